"""All clocks of one case, folded fact by fact.

The invariants the regulations ask for live here and nowhere else: assignment and transfer
reset nothing (D-17); only a matching fact stops a clock (D-14); a rule that comes to apply
later counts from the original start (D-16); what no longer applies is dropped with its
reason and stays readable; no clock hides another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from console.domain.calendars import Due
from console.domain.clock import Clock, DueChange, amber_of
from console.domain.facts import Fact
from console.domain.patterns import matches_any
from console.domain.rulebook import OwnedTimer, RuleSet
from console.domain.words import Label, M, Message


class Reckoner(Protocol):
    """Turns a limit and a start into a due instant (see `console.domain.reckoning`)."""

    def due(self, owned: OwnedTimer, start: Fact) -> Due: ...


class Clockwork:
    """The clocks of a case. Feed it every fact in order, with the attributes it left."""

    __slots__ = ("_seen", "clocks", "cycle", "reckoner", "rules")

    def __init__(self, rules: RuleSet, reckoner: Reckoner) -> None:
        self.rules = rules
        self.reckoner = reckoner
        self.clocks: list[Clock] = []
        self.cycle = 1
        self._seen: list[Fact] = []

    def follow(self, fact: Fact, attributes: Mapping[str, Any], changed: Iterable[str]) -> None:
        """Fold one fact. `attributes` are those after it, `changed` the ones it altered."""
        if fact.kind == "reopened":
            self._begin_cycle(fact)
        self._seen.append(fact)
        for clock in self.clocks:
            if clock.ended is None and fact.kind in clock.owned.stop_kinds:
                self._stop(clock, fact)
        for owned in self.rules.started_by.get(fact.kind, ()):
            self._start(owned, fact, attributes)
        affected = {
            owned.key: owned for name in changed for owned in self.rules.changed_by.get(name, ())
        }
        for owned in affected.values():
            self._recheck(owned, fact, attributes)
        if fact.kind == "timer_extended":
            self._extend(fact)
        elif fact.kind == "promise_renewed":
            self._renew(fact)
        elif fact.kind == "closed":
            self._freeze(fact)

    def adopt(self, rules: RuleSet, fact: Fact, attributes: Mapping[str, Any]) -> None:
        """Change to the rules of another line or division, from the original starts (D-16)."""
        self.rules = rules
        for clock in self.clocks:
            if clock.running and clock.owned.key not in rules.timer_keys:
                reason = M("reclassified to {line}", line=_name(rules))
                self._drop(clock, fact, reason)
        for owned in rules.timers:
            self._recheck(owned, fact, attributes)

    def _start(self, owned: OwnedTimer, fact: Fact, attributes: Mapping[str, Any]) -> None:
        timer = owned.timer
        if not matches_any(timer.starts(), fact):
            return
        if timer.if_ is not None and not timer.if_.holds(attributes):
            return
        mine = [c for c in self.clocks if c.owned.key == owned.key and c.cycle == self.cycle]
        if mine and not timer.each:
            return
        self._wind(owned, fact, len(mine) + 1)

    def _wind(self, owned: OwnedTimer, fact: Fact, number: int) -> Clock:
        due = self.reckoner.due(owned, fact)
        clock = Clock(
            owned=owned,
            started=fact,
            began=fact.at,
            due=due.at,
            amber=amber_of(owned.timer, fact.at, due.at),
            provisional=due.provisional_years,
            number=number,
            cycle=self.cycle,
        )
        clock.dues.append(
            DueChange(due.at, fact.at, M("{limit} from the start", limit=owned.timer.within))
        )
        self.clocks.append(clock)
        return clock

    def _stop(self, clock: Clock, fact: Fact) -> None:
        if fact.seq != clock.started.seq and fact.at >= clock.began:
            clock.meet(fact)

    def _recheck(self, owned: OwnedTimer, fact: Fact, attributes: Mapping[str, Any]) -> None:
        """After a change of attributes: drop what no longer applies, start what now does."""
        timer = owned.timer
        applies = timer.if_ is None or timer.if_.holds(attributes)
        mine = [c for c in self.clocks if c.owned.key == owned.key and c.cycle == self.cycle]
        if not applies:
            for clock in mine:
                if clock.running:
                    assert timer.if_ is not None
                    self._drop(clock, fact, M("no longer: {why}", why=timer.if_.explain()))
            return
        revived = [clock for clock in mine if clock.dropped is not None]
        for clock in revived:
            clock.dropped = None
            clock.ended = None
            clock.dues.append(DueChange(clock.due, fact.at, M("applies again")))
            self._catch_up(clock)
        if not mine:
            self._start_late(owned)

    def _start_late(self, owned: OwnedTimer) -> None:
        """A rule that applies only now counts from the fact that would have started it."""
        starts = owned.timer.starts()
        for earlier in list(self._seen):
            if matches_any(starts, earlier):
                number = sum(c.owned.key == owned.key for c in self.clocks) + 1
                self._catch_up(self._wind(owned, earlier, number))
                if not owned.timer.each:
                    return

    def _catch_up(self, clock: Clock) -> None:
        for fact in self._seen:
            if fact.seq > clock.started.seq and clock.running:
                self._stop(clock, fact)

    def _drop(self, clock: Clock, fact: Fact, reason: Message) -> None:
        clock.dropped = reason
        clock.ended = fact.at

    def _extend(self, fact: Fact) -> None:
        for clock in self.clocks:
            if clock.running and clock.key == fact.body.get("timer"):
                cause = M("extended with notice: {reason}", reason=str(fact.body.get("reason", "")))
                clock.retarget(Due(int(fact.body["due"])), fact.at, cause)

    def _renew(self, fact: Fact) -> None:
        """A promise renewed before it was due is neither kept nor broken (W-05)."""
        open_promises = [c for c in self.clocks if c.running and c.timer.length.unit == "promise"]
        for clock in open_promises:
            if clock.started.seq != fact.seq and (clock.due is None or fact.at <= clock.due):
                clock.renewed = True
                clock.stopped = fact
                clock.ended = fact.at

    def _freeze(self, fact: Fact) -> None:
        for clock in self.clocks:
            if clock.running:
                self._drop(clock, fact, M("the case was closed"))

    def _begin_cycle(self, fact: Fact) -> None:
        for clock in self.clocks:
            if clock.running:
                self._drop(clock, fact, M("the case was reopened"))
        self.cycle += 1
        self._seen = []


def _name(rules: RuleSet) -> Label:
    return rules.line.label
