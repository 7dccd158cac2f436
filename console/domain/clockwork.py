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
from console.domain.clock import Clock, DueChange, amber_of, worst_first
from console.domain.conditions import Condition
from console.domain.facts import Fact
from console.domain.lengths import in_words
from console.domain.patterns import matches_any
from console.domain.pauses import Pause
from console.domain.rulebook import OwnedTimer, RuleSet
from console.domain.words import M, Message


class Reckoner(Protocol):
    """Turns a limit and a start into a due instant (see `console.domain.reckoning`)."""

    def due(self, owned: OwnedTimer, start: Fact, pauses: list[Pause]) -> Due: ...

    def opens(self, owned: OwnedTimer, start: Fact) -> int: ...


class Clockwork:
    """The clocks of a case. Feed it every fact in order, with the attributes it left."""

    __slots__ = ("_closed", "_kinds", "_seen", "clocks", "cycle", "reckoner", "rules")

    def __init__(self, rules: RuleSet, reckoner: Reckoner) -> None:
        self.rules = rules
        self.reckoner = reckoner
        self.clocks: list[Clock] = []
        self.cycle = 1
        self._seen: list[Fact] = []
        self._kinds: set[str] = set()
        self._closed = False

    def follow(self, fact: Fact, attributes: Mapping[str, Any], changed: Iterable[str]) -> None:
        """Fold one fact. `attributes` are those after it, `changed` the ones it altered."""
        for clock in self.clocks:
            if clock.ended is None and fact.kind in clock.owned.stop_kinds:
                self._stop(clock, fact)
        if fact.kind == "reopened":
            self._begin_cycle(fact)
        self._seen.append(fact)
        self._kinds.add(fact.kind)
        if not self._closed:
            for owned in self.rules.started_by.get(fact.kind, ()):
                self._start(owned, fact, attributes)
            for name in changed:
                for owned in self.rules.changed_by.get(name, ()):
                    self._recheck(owned, fact, attributes)
        special = _SPECIAL.get(fact.kind)
        if special is not None:
            special(self, fact)

    def adopt(self, rules: RuleSet, fact: Fact, attributes: Mapping[str, Any]) -> None:
        """Change to the rules of another line or division, from the original starts (D-16)."""
        self.rules = rules
        known = {owned.key: owned for owned in rules.timers}
        for clock in self.clocks:
            if not clock.running:
                continue
            owned = known.get(clock.owned.key)
            if owned is None:
                self._drop(clock, fact, M("reclassified to {line}", line=rules.line.label))
            elif owned != clock.owned:
                self._change_rule(clock, owned, fact)
        for owned in rules.timers:
            self._recheck(owned, fact, attributes)

    def _change_rule(self, clock: Clock, owned: OwnedTimer, fact: Fact) -> None:
        """The rule of the same key in another line, or with other working hours, goes on
        from the original start (D-16)."""
        clock.owned = owned
        due = self.reckoner.due(owned, clock.started, clock.pauses)
        if due.at != clock.due:
            clock.retarget(
                due, fact.at, M("{limit} by the new rules", limit=in_words(owned.timer.within))
            )

    def running(self) -> list[Clock]:
        """Open clocks, the most pressing first."""
        return worst_first(self.clocks)

    def next_moment(self) -> int | None:
        """When something must be journaled though nobody presses a key (UTC seconds)."""
        moments = [clock.next_moment() for clock in self.clocks]
        return min((moment for moment in moments if moment is not None), default=None)

    # --- starting

    def _start(self, owned: OwnedTimer, fact: Fact, attributes: Mapping[str, Any]) -> None:
        timer = owned.timer
        if not matches_any(owned.starts, fact):
            return
        if timer.if_ is not None and not timer.if_.holds(attributes):
            return
        mine = self._mine(owned)
        if timer.pair:
            value = fact.body.get(timer.pair)
            if any(c.running and c.started.body.get(timer.pair) == value for c in mine):
                return
        elif mine and not timer.begins_again(fact):
            return
        self._wind(owned, fact, len(mine) + 1)
        if timer.pause_while is not None:
            self._pause_or_resume(owned, fact, attributes)

    def _mine(self, owned: OwnedTimer) -> list[Clock]:
        key, cycle = owned.key, self.cycle
        return [c for c in self.clocks if c.cycle == cycle and c.owned.key == key]

    def _wind(self, owned: OwnedTimer, fact: Fact, number: int) -> Clock:
        due = self.reckoner.due(owned, fact, [])
        timer = owned.timer
        clock = Clock(
            owned=owned,
            started=fact,
            began=fact.at,
            due=due.at,
            amber=self._amber(owned, fact, due),
            opens=self.reckoner.opens(owned, fact) if timer.not_before else fact.at,
            provisional=due.provisional_years,
            number=number,
            cycle=self.cycle,
        )
        cause = M("{limit} from the start", limit=in_words(timer.within))
        clock.dues.append(DueChange(due.at, fact.at, cause))
        self.clocks.append(clock)
        return clock

    def _amber(self, owned: OwnedTimer, fact: Fact, due: Due) -> int | None:
        """When the warning begins; what only ages is reckoned from its start (D-07)."""
        if owned.ageing is not None:
            return self.reckoner.due(owned.ageing, fact, []).at
        return amber_of(owned.timer, fact.at, due.at)

    # --- stopping

    def _stop(self, clock: Clock, fact: Fact) -> None:
        pair = clock.timer.pair
        if pair and fact.body.get(pair) != clock.started.body.get(pair):
            return
        if fact.seq != clock.started.seq and fact.at >= clock.opens:
            clock.meet(fact)

    def _drop(self, clock: Clock, fact: Fact, reason: Message) -> None:
        clock.dropped = reason
        clock.ended = fact.at

    # --- when attributes change

    def _recheck(self, owned: OwnedTimer, fact: Fact, attributes: Mapping[str, Any]) -> None:
        """Drop what no longer applies, start what now does, pause or resume."""
        timer = owned.timer
        mine = self._mine(owned)
        if not mine and owned.start_kinds.isdisjoint(self._kinds):
            return
        if timer.if_ is not None and not timer.if_.holds(attributes):
            for clock in mine:
                if clock.running:
                    self._drop(clock, fact, M("no longer: {why}", why=self._words(timer.if_)))
            return
        for clock in mine:
            if clock.dropped is not None:
                self._revive(clock, fact)
        self._start_late(owned, mine)
        if timer.pause_while is not None:
            self._pause_or_resume(owned, fact, attributes)

    def _revive(self, clock: Clock, fact: Fact) -> None:
        clock.dropped = None
        clock.ended = None
        clock.acts.clear()
        clock.dues.append(DueChange(clock.due, fact.at, M("applies again")))
        self._catch_up(clock)

    def _start_late(self, owned: OwnedTimer, mine: list[Clock]) -> None:
        """A rule that applies only now counts from the facts that would have started it."""
        timer = owned.timer
        if mine and not (timer.each or timer.pair or timer.recurs):
            return
        begun = {clock.started.seq for clock in mine}
        starts = timer.starts()
        kinds = {pattern.kind for pattern in starts}
        for earlier in list(self._seen):
            if earlier.kind not in kinds or earlier.seq in begun:
                continue
            number = len(self._mine(owned)) + 1
            first = number == 1 or timer.pair or timer.begins_again(earlier)
            if first and matches_any(starts, earlier):
                self._catch_up(self._wind(owned, earlier, number))

    def _catch_up(self, clock: Clock) -> None:
        for fact in self._seen:
            if fact.seq > clock.started.seq and clock.ended is None:
                self._stop(clock, fact)

    def _words(self, condition: Condition) -> Message:
        return condition.explain(self.rules.wording)

    def _pause_or_resume(
        self, owned: OwnedTimer, fact: Fact, attributes: Mapping[str, Any]
    ) -> None:
        condition = owned.timer.pause_while
        assert condition is not None
        holds = condition.holds(attributes)
        for clock in self._mine(owned):
            if not clock.running or holds == clock.paused:
                continue
            if holds:
                clock.pauses.append((fact.at, None))
                clock.retarget(Due(None), fact.at, M("paused: {why}", why=self._words(condition)))
            else:
                clock.pauses[-1] = (clock.pauses[-1][0], fact.at)
                due = self.reckoner.due(owned, clock.started, clock.pauses)
                clock.retarget(due, fact.at, M("goes on after the pause"))

    # --- facts about clocks

    def _named(self, fact: Fact) -> list[Clock]:
        """The clocks of this cycle a fact speaks of, by key and, if given, by number."""
        key, number = fact.body.get("timer"), fact.body.get("number")
        return [
            clock
            for clock in self.clocks
            if clock.key == key and clock.cycle == self.cycle and number in (None, clock.number)
        ]

    def _extend(self, fact: Fact) -> None:
        for clock in self._named(fact):
            if clock.running:
                cause = M("extended with notice: {reason}", reason=str(fact.body.get("reason", "")))
                clock.retarget(Due(int(fact.body["due"])), fact.at, cause)
                clock.extended = True

    def _recomputed(self, fact: Fact) -> None:
        """The calendar changed: today's fold already answers with the new one. What was
        noted of a deadline that lies ahead again is noted anew when it comes."""
        for clock in self._named(fact):
            cause = M("before calendar {version}", version=str(fact.body.get("calendar", "")))
            earlier = sum(change.cause.text == cause.text for change in clock.dues)
            clock.dues.insert(earlier, DueChange(fact.body.get("old"), clock.began, cause))
            if clock.due is not None and fact.at <= clock.due:
                clock.warned = clock.noted = clock.asked = None

    def _renew(self, fact: Fact) -> None:
        """A promise renewed before it was due is neither kept nor broken (W-05)."""
        for clock in self.clocks:
            if not clock.running or clock.timer.concern != "promise":
                continue
            if clock.started.seq != fact.seq and (clock.due is None or fact.at <= clock.due):
                clock.renewed = True
                clock.stopped = fact
                clock.ended = fact.at

    def _warned(self, fact: Fact) -> None:
        for clock in self._named(fact):
            clock.warned = fact.at

    def _noted(self, fact: Fact) -> None:
        for clock in self._named(fact):
            clock.noted = fact.at

    def _recurred(self, fact: Fact) -> None:
        for clock in self._named(fact):
            clock.followed = True

    def _asked(self, fact: Fact) -> None:
        for clock in self._named(fact):
            clock.asked = fact.at

    def _handed_over(self, fact: Fact) -> None:
        for clock in self._named(fact):
            clock.handed_over = True

    def _freeze(self, fact: Fact) -> None:
        self._closed = True
        self._drop_all(fact, M("the case was closed"))

    def _give_up(self, fact: Fact) -> None:
        self._drop_all(fact, M("given up"))

    def _drop_all(self, fact: Fact, reason: Message) -> None:
        for clock in self.clocks:
            clock.followed = True
            if clock.running:
                self._drop(clock, fact, reason)
                clock.given_up = True

    def _begin_cycle(self, fact: Fact) -> None:
        self._drop_all(fact, M("the case was reopened"))
        self.cycle += 1
        self._closed = False
        self._seen = []
        self._kinds = set()


_SPECIAL = {
    "timer_extended": Clockwork._extend,
    "timer_recomputed": Clockwork._recomputed,
    "timer_warned": Clockwork._warned,
    "timer_breached": Clockwork._noted,
    "timer_asked": Clockwork._asked,
    "asking_handed_over": Clockwork._handed_over,
    "timer_recurred": Clockwork._recurred,
    "promise_renewed": Clockwork._renew,
    "closed": Clockwork._freeze,
    "callback_dropped": Clockwork._give_up,
}
