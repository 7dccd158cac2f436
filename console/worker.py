"""What must happen when nobody presses a key: limits turn amber, break, are asked about;
whoever was not reached is told again, or another; duties are called to mind; the digest of
the day is made; a calendar replaced by hand is reckoned with; notices are sent.

`console worker` runs it for good; while none runs, any seat does it, but for the sending and
the signing: those take secrets no seat needs. One lease-holder at a time; when the holder
dies another takes over at its next turn.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from console.desk import Desk
from console.desk.duty_moments import DutyMoments
from console.desk.moments import note_next
from console.desk.recalculation import catch_up
from console.domain.facts import Fact

if TYPE_CHECKING:
    from console.desk.delivery import Delivery
    from console.desk.digests import Digests
    from console.desk.upkeep import Upkeep

LOOK_SECONDS = 15
"""How often the holder asks whether a calendar was replaced; without the lease, how long
until it asks for that again."""

TURN_SECONDS = 1.0
"""How often the holder looks, and how soon another takes over."""


class Worker:
    """Takes turns on one desk. With a `delivery` it also sends what waits to be sent, with an
    `upkeep` it signs checkpoints and erases what has been kept long enough."""

    def __init__(
        self, desk: Desk, delivery: Delivery | None = None, upkeep: Upkeep | None = None
    ) -> None:
        self.desk = desk
        self._delivery = delivery
        self._upkeep = upkeep
        self._lease = desk.lease("worker")
        self._duties = DutyMoments(desk)
        self._digests = _digests(desk)
        self._look_at = desk.now() + LOOK_SECONDS

    @property
    def idle(self) -> bool:
        """Whether nothing has come due; costs one look at an index."""
        moment, now = self.desk.next_moment(), self.desk.now()
        return now < self._look_at and (moment is None or moment > now)

    def turn(self, until: int | None = None) -> list[Fact]:
        """Journal every moment that has come by `until` (default: now), the earliest first.

        -> the facts; none while somebody else holds the lease.
        """
        moment = self.desk.now() if until is None else until
        self._look_at = self.desk.now() + LOOK_SECONDS
        if not self._lease.take():
            return []
        facts = catch_up(self.desk)
        while (at := self.desk.next_moment()) is not None and at <= moment:
            if at >= self._duties.next_at:
                facts += self._duties.note(at)
            facts += note_next(self.desk, moment)
        if until is not None or moment >= self._duties.next_at:
            facts += self._duties.note(moment)
        if self._digests is not None:
            facts += self._digests.note(moment)
            self._look_at = min(self._look_at, self._digests.next_at)
        self._look_at = min(self._look_at, max(self._duties.next_at, moment + 1))
        if self._upkeep is not None and until is None:
            self._upkeep.turn()
        return facts

    def deliver(self, until: int | None = None, *, wait: bool = False) -> list[Fact]:
        """Send what waits to be sent by `until` (default: now). -> the facts. With `wait`
        only when everything that could go has gone or failed."""
        if self._delivery is None:
            return []
        return self._delivery.step(self.desk.now() if until is None else until, wait=wait)

    def run(self, stop: threading.Event, noticed: Callable[[list[Fact]], None]) -> None:
        """Take turns until told to stop."""
        try:
            while not stop.is_set():
                facts = [] if self.idle else self.turn()
                facts += self.deliver()
                if facts:
                    noticed(facts)
                sends = self._delivery is not None and self._delivery.busy
                stop.wait(0 if sends else TURN_SECONDS)
        finally:
            self.close()

    def close(self) -> None:
        if self._delivery is not None:
            self._delivery.close()
        self._lease.release()


def _digests(desk: Desk) -> Digests | None:
    """What makes the digest of the day, where somebody gets it."""
    if not desk.config.digest.to:
        return None
    from console.desk.digests import Digests  # noqa: PLC0415 - few installations have one

    return Digests(desk)
