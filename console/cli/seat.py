"""`console` and `console seat`: open the full-screen seat."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from console.cli.context import Context
from console.cli.hangup import leave_with_terminal
from console.cli.output import DONE
from console.config import language
from console.domain.words import M, Message

if TYPE_CHECKING:
    from console.app import SeatApp

LEAST_COLUMNS, LEAST_LINES = 60, 16


def run(context: Context, options: argparse.Namespace) -> int:
    gc.disable()  # until the seat is painted: what a start loads is no garbage
    if getattr(options, "ssh", ""):
        from console.cli import ssh_seat  # noqa: PLC0415

        return ssh_seat.run(context, options.ssh)
    from console import installation  # noqa: PLC0415 - nothing else is needed on most starts

    if not installation.is_installed(context.directory):
        installation.install(context.directory)
    if not len(context.desk.directory):
        from console.cli.init import first_supervisor  # noqa: PLC0415

        first_supervisor(context)
    return open_seat(context)


def open_seat(
    context: Context,
    first: Callable[[SeatApp], None] | None = None,
    ssh_key: str = "",
    *,
    kiosk: bool = False,
) -> int:
    """Open the seat in this terminal; 2 with a sentence when it cannot be. `first` is done
    once it is shown; `ssh_key` is the fingerprint of what its owner came in with. A `kiosk`
    belongs to nobody until somebody has signed on."""
    unusable = terminal_problem()
    if unusable is not None:
        return context.output().unusable(*unusable)
    insist_on_utf8()
    people = context.desk.people()
    alone = context.person or (people[0].key if len(people) == 1 and not kiosk else "")
    person = context.desk.demand("see_customers", context.who).key if alone else ""
    from console.app import SeatApp  # noqa: PLC0415 - Textual is most of the start

    lang = language(context.lang, context.desk.config)
    app = SeatApp(
        context.desk,
        person,
        lang,
        seat=seat_name(),
        kiosk=kiosk,
        ssh_key=ssh_key,
    )
    app.keeps_language = bool(context.lang)
    # Once it runs: Textual's own handler would stop the process.
    app.call_later(signal.signal, signal.SIGTSTP, signal.SIG_IGN)
    leave_with_terminal(app)
    if first is not None:
        app.call_later(app.call_after_refresh, first, app)
    return app.run(mouse=False) or app.return_code or DONE


def terminal_problem() -> tuple[Message, Message] | None:
    """Why no seat can be shown here, and what to do; None when one can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return (
            M("The seat needs a terminal."),
            M("Start it in a terminal, or use `console do` and `console show` in scripts."),
        )
    columns, lines = os.get_terminal_size()
    if columns < LEAST_COLUMNS or lines < LEAST_LINES:
        return (
            M(
                "This terminal is {columns}×{lines}; the seat needs {least_columns}×{least_lines}.",
                columns=columns,
                lines=lines,
                least_columns=LEAST_COLUMNS,
                least_lines=LEAST_LINES,
            ),
            M("Enlarge the window; 80×24 or more reads best."),
        )
    return None


def seat_name() -> str:
    """What tells two seats of one person apart: their terminals, when nobody named them."""
    return os.environ.get("CONSOLE_SEAT") or os.ttyname(sys.stdin.fileno()).removeprefix("/dev/")


def insist_on_utf8() -> None:
    """Start again with UTF-8 where the locale would garble Chinese."""
    if sys.stdout.encoding.lower() != "utf-8" and not sys.flags.utf8_mode:
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "console", *sys.argv[1:]])
