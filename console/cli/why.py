"""`console why`: the ledger of a clock, or of who was told what."""

from __future__ import annotations

import argparse

from console.cli.context import Context
from console.cli.output import DONE
from console.cli.show import number_of
from console.desk import notice_ledger
from console.desk.ledger import Ledger, clocks_named

NOTICES = "notices"


def run(context: Context, options: argparse.Namespace) -> int:
    context.read()
    number = number_of(options.case)
    ledgers = _ledgers(context, number, options.timer)
    output = context.output()
    if output.as_json:
        output.data({"case": number, "why": ledgers})
    else:
        for title, *steps in ledgers:
            output.line(title)
            for step in steps:
                output.line(step, 2)
    return DONE


def _ledgers(context: Context, number: int, wanted: str) -> list[Ledger]:
    """Those of all clocks or all notices, or of what has this name: both where a clock and a
    notice have it."""
    desk, at = context.desk, context.at
    case = desk.case(number, at)
    rows = notice_ledger.rows_named(case, "" if wanted == NOTICES else wanted) if wanted else []
    told = [notice_ledger.why(case, row) for row in rows]
    if wanted == NOTICES or (told and not clocks_named(case, wanted)):
        return told
    return [*desk.why(number, wanted, at), *told]
