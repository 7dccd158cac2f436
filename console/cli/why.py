"""`console why`: the ledger of a clock."""

from __future__ import annotations

import argparse

from console.cli.context import Context
from console.cli.output import DONE
from console.cli.show import number_of


def run(context: Context, options: argparse.Namespace) -> int:
    context.read()
    number = number_of(options.case)
    ledgers = context.desk.why(number, options.timer, context.at)
    output = context.output()
    if output.as_json:
        output.data({"case": number, "why": ledgers})
    else:
        for title, *steps in ledgers:
            output.line(title)
            for step in steps:
                output.line(step, 2)
    return DONE
