"""`console find`: cases and calls by number, phone suffix or name."""

from __future__ import annotations

import argparse

from console.cli import naming
from console.cli.context import Context
from console.cli.output import DONE
from console.cli.show import call_data
from console.domain.words import Instant, M


def run(context: Context, options: argparse.Namespace) -> int:
    return show_found(context, " ".join(options.text))


def show_found(context: Context, text: str) -> int:
    """Print what a search finds."""
    viewer, output = context.read(), context.output()
    cases, calls = context.desk.find(text)
    if output.as_json:
        zone = output.speech.zone
        output.data({"cases": cases, "calls": [call_data(call, zone) for call in calls]})
        return DONE
    if not cases and not calls:
        output.line(M("Nothing found for “{text}”.", text=text))
    for case in cases:
        state = output.speech.say(naming.case_state(str(case["state"])))
        phone = viewer.number(str(case["phone"]))
        output.line(f"{case['number']}  {state}  {case['customer']}  {phone}")
    for call in calls:
        output.line(
            M(
                "call {key}  {at}  {number}  {state}",
                key=call.key,
                at=Instant(call.rang_at),
                number=viewer.number(call.shown),
                state=naming.call_state(call),
            )
        )
    return DONE
