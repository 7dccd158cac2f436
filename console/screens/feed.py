"""Hearing what other seats and the telephone lines write: the tail of the journal.

Correctness comes from the journal's sequence numbers; the cheap question "has anything
been committed?" only says when to look.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from console.desk import Desk

INTERVAL = 1 / 16
"""Seconds between two looks: a commit is seen within this, at 0.1 % of a core."""


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
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin with what is there now; only later facts are reported."""
        self._version = self._desk.pulse()
        self._seq = self._desk.last_seq()
        self._again()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def look(self) -> None:
        """Look at once, as after a write of our own."""
        version = self._desk.pulse()
        if version == self._version:
            return
        self._version = version
        self._seq, subjects = self._desk.changes(self._seq)
        if subjects:
            self._heard(_sorted_out(subjects))

    def _again(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(INTERVAL, self._tick)

    def _tick(self) -> None:
        try:
            self.look()
        finally:
            self._again()


def _sorted_out(subjects: set[str]) -> Changes:
    cases, calls, people = set(), False, False
    for subject in subjects:
        kind, _, key = subject.partition(":")
        if kind == "case":
            cases.add(int(key))
        calls = calls or kind in ("call", "callback")
        people = people or kind == "person"
    return Changes(frozenset(cases), calls, people)
