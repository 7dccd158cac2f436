"""When the terminal is gone: the drafts are written, and no process stays behind."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.app import SeatApp
    from console.screens.wall import WallApp

GRACE = 3.0
"""Seconds a seat may take to leave. A line that hangs can hold up the loop for ever; what
was typed is in the drafts by then."""


def leave_with_terminal(app: SeatApp | WallApp) -> None:
    """Close the screen when it is told to, and when nobody can see it any more."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_REAL, GRACE)  # SIGALRM ends it wherever it hangs
        app.call_later(app.leave)

    for told in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(told, leave)
    threading.Thread(target=_watch, args=(sys.stdin.fileno(),), name="hang-up", daemon=True).start()


def _watch(terminal: int) -> None:
    """Wait until the other end of the terminal is closed. The kernel tells only the leader
    of a session; whoever is not would read nothing, again and again."""
    poll = select.poll()
    poll.register(terminal, 0)
    if any(found & (select.POLLHUP | select.POLLERR) for _, found in poll.poll()):
        os.kill(os.getpid(), signal.SIGHUP)
