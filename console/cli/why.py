"""`console why`: the ledger of a clock."""

from __future__ import annotations

import argparse

from console.cli.context import Context
from console.cli.output import DONE


def run(context: Context, options: argparse.Namespace) -> int:
    ledgers = context.desk.why(options.case, options.timer, context.at)
    output = context.output()
    if output.as_json:
        output.data({"case": options.case, "why": ledgers})
    else:
        for title, *steps in ledgers:
            output.line(title)
            for step in steps:
                output.line(step, 2)
    return DONE
