"""One running limit of a case: when it began, when it is due, how it ended, and why.

A clock is derived from facts each time; nothing here is stored that cannot be re-derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from console.domain.calendars import Due
from console.domain.facts import Fact
from console.domain.lengths import parse_length
from console.domain.patterns import AllOf
from console.domain.pauses import Pause
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
    """A limit in one cycle of one case. `number` counts repeated instances of a rule.

    `opens` is the instant before which no stop counts. `warned`, `noted` and `asked` are
    when the journal took down its amber, its breach, and the last repeated question;
    `followed` says that no further period of a recurring limit begins when this one ends,
    `handed_over` that somebody else does the asking now.
    """

    owned: OwnedTimer
    started: Fact
    began: int
    due: int | None
    amber: int | None
    opens: int
    provisional: tuple[int, ...] = ()
    number: int = 1
    cycle: int = 1
    dues: list[DueChange] = field(default_factory=list)
    acts: list[Fact] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    stopped: Fact | None = None
    ended: int | None = None
    dropped: Message | None = None
    renewed: bool = False
    given_up: bool = False
    extended: bool = False
    warned: int | None = None
    noted: int | None = None
    asked: int | None = None
    followed: bool = False
    handed_over: bool = False

    @property
    def timer(self) -> Timer:
        return self.owned.timer

    @property
    def key(self) -> str:
        return self.owned.timer.key

    @property
    def running(self) -> bool:
        return self.ended is None

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def breaks(self) -> bool:
        """Whether passing the due instant is a breach."""
        return self.timer.level in ("hard", "soft")

    @property
    def original(self) -> int | None:
        """The due instant before anybody extended it."""
        return self.dues[0].due

    def state(self, now: int) -> str:
        """running, paused, amber, breached (still open), met, late (met after due), renewed
        or dropped. What is only due at once (level now) is never breached: past its house target
        it is "behind" (D-06)."""
        if self.dropped is not None:
            return "dropped"
        if self.ended is not None:
            if self.renewed:
                return "renewed"
            return "late" if self.breaks and self._past(self.ended) else "met"
        if self.paused:
            return "paused"
        if self._past(now):
            return "breached" if self.breaks else "behind"
        if self.amber is not None and now >= self.amber:
            return "amber"
        return "running"

    def breached_by(self, now: int) -> int:
        """Seconds past due, 0 while in time. A breach is kept for ever (D-15)."""
        if not self.breaks or self.due is None:
            return 0
        if self.dropped is not None and not self.given_up:
            return 0
        moment = now if self.ended is None else self.ended
        return max(0, moment - self.due)

    def _past(self, moment: int) -> bool:
        if self.due is None:
            return False
        return moment >= self.due if self.timer.reaching else moment > self.due

    def breach_at(self) -> int | None:
        """The first second in which the limit is broken (D-12)."""
        if self.due is None or not self.breaks:
            return None
        return self.due if self.timer.reaching else self.due + 1

    def progress(self) -> tuple[int, int]:
        """Acts done and acts needed, e.g. (3, 4) phones reached."""
        stop = self.timer.stop
        needed = len(stop.acts) if isinstance(stop, AllOf) else self.timer.times
        return (needed if self.stopped else len(self.acts), needed)

    def missing(self) -> list[int]:
        """The positions of the acts not done yet, of a limit that needs several."""
        stop = self.timer.stop
        if not isinstance(stop, AllOf):
            return []
        return [n for n, act in enumerate(stop.acts) if not any(map(act.matches, self.acts))]

    def meet(self, fact: Fact) -> bool:
        """Take note of a fact that may stop the clock; True when it did."""
        stop = self.timer.stop
        if isinstance(stop, AllOf):
            if any(stop.acts[position].matches(fact) for position in self.missing()):
                self.acts.append(fact)
            if self.missing():
                return False
        else:
            if not any(pattern.matches(fact) for pattern in self.timer.stops()):
                return False
            self.acts.append(fact)
            if len(self.acts) < self.timer.times:
                return False
        self.stopped = fact
        self.ended = fact.at
        return True

    def retarget(self, due: Due, since: int, cause: Message) -> None:
        """Give the clock another due instant and keep the old one in its ledger."""
        self.due, self.provisional = due
        self.amber = amber_of(self.timer, self.began, due.at)
        self.warned = self.noted = None
        self.dues.append(DueChange(due.at, since, cause))

    def next_moment(self) -> int | None:
        """When something about it must be journaled though nobody presses a key."""
        moments = (self._next_of_this(), self.period_end())
        return min((moment for moment in moments if moment is not None), default=None)

    def period_end(self) -> int | None:
        """When the next period of a limit that recurs begins, met or not."""
        if not self.timer.recurs or self.followed or self.dropped is not None:
            return None
        return self.due

    def _next_of_this(self) -> int | None:
        if self.ended is not None or self.paused:
            return None
        breach = self.breach_at()
        if self.amber is not None and self.warned is None and self.noted is None:
            return self.amber if breach is None else min(self.amber, breach)
        if breach is not None and self.noted is None:
            return breach
        return self.next_question()

    def next_question(self) -> int | None:
        """When to ask again about a limit that was not met (D-32)."""
        if not self.timer.ask_every or self.handed_over:
            return None
        if self.due is None or self.noted is None:
            return None
        every = parse_length(self.timer.ask_every).amount
        return (self.due if self.asked is None else self.asked) + every


def amber_of(timer: Timer, began: int, due: int | None) -> int | None:
    """When the warning begins: as the rule says, else in the last third, at least two
    minutes before due (D-21). What is due at once is amber from the start (D-06)."""
    if timer.level == "now":
        return began
    if due is None:
        return None
    if timer.amber:
        return max(began, due - parse_length(timer.amber).amount)
    return max(began, due - max((due - began) // 3, LEAST_AMBER))


def worst_first(clocks: Sequence[Clock]) -> list[Clock]:
    """Running clocks, the one that needs somebody soonest first."""
    running = [clock for clock in clocks if clock.running]
    return sorted(running, key=lambda c: (c.due is None, c.due or c.began, c.key))
