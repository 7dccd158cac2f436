"""One running limit of a case: when it began, when it is due, how it ended, and why.

A clock is derived from facts each time; nothing here is stored that cannot be re-derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from console.domain.calendars import Due
from console.domain.facts import Fact
from console.domain.patterns import AllOf
from console.domain.rulebook import OwnedTimer
from console.domain.rules import Timer
from console.domain.words import Message

LEAST_AMBER = 120


class DueChange(NamedTuple):
    """A due instant the clock has had, with what set it. Old ones stay visible (D-16)."""

    due: int | None
    since: int
    cause: Message


@dataclass(slots=True)
class Clock:
    """A limit in one cycle of one case. `number` counts repeated instances of a rule."""

    owned: OwnedTimer
    started: Fact
    began: int
    due: int | None
    amber: int | None
    provisional: tuple[int, ...] = ()
    number: int = 1
    cycle: int = 1
    dues: list[DueChange] = field(default_factory=list)
    acts: dict[int, Fact] = field(default_factory=dict)
    stopped: Fact | None = None
    ended: int | None = None
    dropped: Message | None = None
    renewed: bool = False

    @property
    def timer(self) -> Timer:
        return self.owned.timer

    @property
    def key(self) -> str:
        return self.owned.timer.key

    @property
    def running(self) -> bool:
        return self.ended is None

    def state(self, now: int) -> str:
        """running, amber, breached (still open), met, late (met after due), renewed or
        dropped. A clock that only warns at once (level now) is never breached (D-06)."""
        if self.dropped is not None:
            return "dropped"
        if self.ended is not None:
            if self.renewed:
                return "renewed"
            return "late" if self.breaks and self._past(self.ended) else "met"
        if self._past(now):
            return "breached" if self.breaks else "amber"
        if self.amber is not None and now >= self.amber:
            return "amber"
        return "running"

    @property
    def breaks(self) -> bool:
        """Whether passing the due instant is a breach."""
        return self.timer.level in ("hard", "soft")

    def breached_by(self, now: int) -> int:
        """Seconds past due, 0 while in time. A breach is kept for ever (D-15)."""
        if not self.breaks or self.due is None or self.dropped is not None:
            return 0
        moment = now if self.ended is None else self.ended
        return max(0, moment - self.due)

    def _past(self, moment: int) -> bool:
        return self.due is not None and moment > self.due

    def progress(self) -> tuple[int, int]:
        """Acts done and acts needed, e.g. (3, 4) phones reached."""
        stop = self.timer.stop
        needed = len(stop.acts) if isinstance(stop, AllOf) else 1
        return (needed if self.stopped else len(self.acts), needed)

    def meet(self, fact: Fact) -> bool:
        """Take note of a fact that may stop the clock; True when it did."""
        stop = self.timer.stop
        if isinstance(stop, AllOf):
            for position, act in enumerate(stop.acts):
                if position not in self.acts and act.matches(fact):
                    self.acts[position] = fact
            if len(self.acts) < len(stop.acts):
                return False
        elif not any(pattern.matches(fact) for pattern in self.timer.stops()):
            return False
        self.stopped = fact
        self.ended = fact.at
        return True

    def retarget(self, due: Due, since: int, cause: Message) -> None:
        """Give the clock another due instant and keep the old one in its ledger."""
        self.due, self.provisional = due
        self.amber = amber_of(self.timer, self.began, due.at)
        self.dues.append(DueChange(due.at, since, cause))


def amber_of(timer: Timer, began: int, due: int | None) -> int | None:
    """When the warning begins: the last third, at least two minutes (D-21). An obligation
    that is due at once is amber from the start (D-06)."""
    if timer.level == "now":
        return began
    if due is None:
        return None
    warning = max((due - began) // 3, LEAST_AMBER)
    return max(began, due - warning)


def worst_first(clocks: Sequence[Clock]) -> list[Clock]:
    """Running clocks, the one that needs somebody soonest first."""
    running = [clock for clock in clocks if clock.running]
    return sorted(running, key=lambda c: (c.due is None, c.due or c.began, c.key))
