"""Hearing what other seats and the telephone lines write: the tail of the journal.

Correctness comes from the journal's sequence numbers; the bell writers ring, and the cheap
question "has anything been committed?", only say when to look.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.desk import Desk

if TYPE_CHECKING:
    from inotify_simple import INotify

INTERVAL = 1 / 16
"""Seconds between two looks at most often, and without a bell always."""

SAFETY_INTERVAL = 2.0
"""Seconds between two looks while the bell tells when to look."""

SETTLING = 1.0
"""Seconds after the start until the bell is listened to: the first screen comes first."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The subjects that changed: case numbers, whether calls or people did."""

    cases: frozenset[int]
    calls: bool
    people: bool


class Feed:
    """Calls `heard` on the event loop whenever facts were added to the journal."""

    def __init__(self, desk: Desk, heard: Callable[[Changes], None]) -> None:
        self._desk = desk
        self._heard = heard
        self._seq = 0
        self._version = -1
        self._interval = INTERVAL
        self._timer: asyncio.TimerHandle | None = None
        self._settled: asyncio.TimerHandle | None = None
        self._looked = 0.0
        self._bell: INotify | None = None

    def start(self) -> None:
        """Begin with what is there now; only later facts are reported."""
        self._version = self._desk.pulse()
        self._seq = self._desk.last_seq()
        self._again(self._interval)
        self._settled = asyncio.get_running_loop().call_later(SETTLING, self.listen)

    def stop(self) -> None:
        for timer in (self._timer, self._settled):
            if timer is not None:
                timer.cancel()
        self._timer = None
        if self._bell is not None:
            asyncio.get_running_loop().remove_reader(self._bell.fileno())
            self._bell.close()
            self._bell = None

    def listen(self) -> None:
        """Look when the bell rings, and between times only to be safe. Where the system has
        no such bell the feed goes on looking often."""
        try:
            from inotify_simple import INotify, flags  # noqa: PLC0415 - 20 ms; Linux only

            bell = INotify(nonblocking=True)
        except (ImportError, OSError):
            return
        try:
            bell.add_watch(self._desk.bell, flags.MODIFY)
        except OSError:
            bell.close()
            return
        self._bell = bell
        self._interval = SAFETY_INTERVAL
        asyncio.get_running_loop().add_reader(bell.fileno(), self._rung)

    def _rung(self) -> None:
        """Look at once; a bell that keeps ringing is heard so many times a second at most."""
        assert self._bell is not None
        self._bell.read(timeout=0)
        wait = self._looked + INTERVAL - asyncio.get_running_loop().time()
        self._again(max(0.0, wait))

    def look(self) -> None:
        """Look at once, as after a write of our own."""
        version = self._desk.pulse()
        if version == self._version:
            return
        self._version = version
        self._seq, subjects = self._desk.changes(self._seq)
        if subjects:
            self._heard(_sorted_out(subjects))

    def _again(self, wait: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(wait, self._tick)

    def _tick(self) -> None:
        self._looked = asyncio.get_running_loop().time()
        try:
            self.look()
        finally:
            self._again(self._interval)


def _sorted_out(subjects: set[str]) -> Changes:
    cases, calls, people = set(), False, False
    for subject in subjects:
        kind, _, key = subject.partition(":")
        if kind == "case":
            cases.add(int(key))
        calls = calls or kind in ("call", "callback")
        people = people or kind == "person"
    return Changes(frozenset(cases), calls, people)
