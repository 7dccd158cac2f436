"""What must happen when nobody presses a key: limits turn amber, break, are asked about.

`console worker` runs it for good; while none runs, any seat does it. One lease-holder at a
time; when the holder dies another takes over at its next turn.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from console.desk import Desk
from console.desk.moments import note_next
from console.domain.facts import Fact

TURN_SECONDS = 1.0
"""How often the holder looks, and how soon another takes over."""


class Worker:
    """Takes turns on one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._lease = desk.lease("worker")

    @property
    def idle(self) -> bool:
        """Whether nothing has come due; costs one look at an index."""
        moment = self.desk.next_moment()
        return moment is None or moment > self.desk.now()

    def turn(self, until: int | None = None) -> list[Fact]:
        """Journal every moment that has come by `until` (default: now), the earliest first.

        -> the facts; none while somebody else holds the lease.
        """
        if not self._lease.take():
            return []
        moment = self.desk.now() if until is None else until
        facts: list[Fact] = []
        while noted := note_next(self.desk, moment):
            facts += noted
        return facts

    def run(self, stop: threading.Event, noticed: Callable[[list[Fact]], None]) -> None:
        """Take turns until told to stop."""
        try:
            while not stop.is_set():
                if not self.idle and (facts := self.turn()):
                    noticed(facts)
                stop.wait(TURN_SECONDS)
        finally:
            self._lease.release()

    def close(self) -> None:
        self._lease.release()
