"""`console kiosk`: the seat of a shared terminal. It is never left, only handed on: whoever
signs off, or hangs up, leaves the question who sits there."""

from __future__ import annotations

import argparse
import os
import signal

from console.cli.context import Context
from console.cli.seat import open_seat
from console.domain.refusal import RefusedError
from console.domain.words import M

UNHEARD = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)
"""What a keyboard can send to stop or suspend a program."""


def run(context: Context, _options: argparse.Namespace) -> int:
    """Open the seat for nobody yet. Raises RefusedError when somebody is named: identity
    comes from the PIN alone."""
    if context.person:
        raise RefusedError(
            "W-21",
            M("At a shared terminal nobody is signed on beforehand."),
            M("Start it without --as and without $CONSOLE_PERSON."),
            "000 III.1.2.2",
        )
    for number in UNHEARD:
        signal.signal(number, signal.SIG_IGN)
    os.environ["CONSOLE_SEAT"] = os.environ.get("CONSOLE_SEAT") or os.uname().nodename
    return open_seat(context, kiosk=True)
