"""What has to be told at once of a case: whom to telephone, what is mailed, which reports are
due, until when. Pure, and by the rules alone.

Urgent is a notice that has to be given now or within hours. With it belong the clocks that
telling people and sending reports stop, the reports those clocks wait for, and what else
they wait for that somebody records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from console.domain.case import Case
from console.domain.clock import Clock
from console.domain.facts import Fact
from console.domain.forms import Form, FormState
from console.domain.lengths import parse_length
from console.domain.notices import BY_HAND, CONSOLE, NoticeRow
from console.domain.patterns import AllOf, On, alternatives, matches_any
from console.domain.people import SYSTEM
from console.domain.rules import Notice

PRESSING = ("now", "hard")
"""Levels of the clocks that are shown; what only warns or ages is shown with its report."""

_PLENTY = 1 << 62


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody was rung in vain: when, and when to ring again if that was agreed (UTC
    seconds)."""

    at: int
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """Somebody to be told in person, in the slot they fill.

    `rows` are the notices that want it, `attempts` the calls in vain since the first of
    them, `clocks` what runs because they could not be reached, `weight` how many pressing
    clocks wait for them.
    """

    slot: str
    person: str
    channel: str
    rows: tuple[NoticeRow, ...]
    attempts: tuple[Attempt, ...] = ()
    clocks: tuple[Clock, ...] = ()
    weight: int = 0

    @property
    def waits(self) -> bool:
        """Whether they still have to be told."""
        return any(row.state == "due" for row in self.rows)

    @property
    def told(self) -> NoticeRow | None:
        """The row that says when and by whom they were reached last."""
        reached = [row for row in self.rows if row.reached is not None]
        return max(reached, key=lambda row: row.reached or 0, default=None)

    @property
    def again(self) -> int | None:
        """When to ring them again, as long as they wait to be told."""
        return self.attempts[-1].again if self.waits and self.attempts else None


@dataclass(frozen=True, slots=True)
class Mailing:
    """What goes to several people by a machine: one notice, one channel."""

    notice: str
    channel: str
    rows: tuple[NoticeRow, ...]

    @property
    def gone(self) -> int:
        """How many have been sent."""
        return sum(row.sent is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Report:
    """A report clocks of the case wait for. `state` is how far it has been drawn up, None
    when nobody has begun."""

    form: Form
    state: FormState | None
    clocks: tuple[Clock, ...]

    @property
    def sent(self) -> int | None:
        """When it was sent (UTC seconds), or what its clocks wait for was done otherwise."""
        if self.state is not None and self.state.completed is not None:
            return self.state.completed.at
        ends = [clock.ended for clock in self.clocks]
        if any(end is None for end in ends):
            return None
        return max(end for end in ends if end is not None)


@dataclass(frozen=True, slots=True)
class Remaining:
    """An act that a pressing clock still waits for besides, with what is already known of
    it."""

    act: str
    given: Mapping[str, Any]
    clock: Clock


class Incident:
    """The urgent side of one case, as its facts have it."""

    def __init__(self, case: Case, rows: list[NoticeRow]) -> None:
        self._case = case
        self._rows = rows
        self._clocks = [clock for clock in case.clocks if _is_of_now(clock, case)]

    @cached_property
    def first(self) -> Fact | None:
        """How it became known: the first fact that called for a notice. Its actor is the
        first to know, its instant since when."""
        keys = {row.notice for row in self._rows}
        triggers = [one.trigger() for one in self._case.rules.notices if one.key in keys]
        facts = self._case.this_cycle()
        return next((fact for fact in facts if matches_any(triggers, fact)), None)

    @property
    def first_knower(self) -> str:
        """The person who knew first; "" where a clock or a telephone line did."""
        actor = self.first.actor if self.first is not None else ""
        return "" if actor == SYSTEM.key or ":" in actor else actor

    @cached_property
    def rings(self) -> tuple[Ring, ...]:
        """Everybody to be told in person: who more clocks wait for comes first."""
        found: dict[tuple[str, str, str], list[NoticeRow]] = {}
        for row in self._rows:
            if row.channel in BY_HAND:
                found.setdefault((row.slot, row.person, row.channel), []).append(row)
        rings = [self._ring(*who, tuple(rows)) for who, rows in found.items()]
        return tuple(sorted(rings, key=lambda ring: -ring.weight))

    def _ring(self, slot: str, person: str, channel: str, rows: tuple[NoticeRow, ...]) -> Ring:
        told = {"role": slot, "person": person, "channel": channel}
        waiting = [clock for clock in self._clocks if _waits_for(clock, "role_reached", told)]
        own = [clock for clock in waiting if _pair(clock, slot)]
        common = [c for c in waiting if not c.timer.pair and c.timer.level in PRESSING]
        since = min((row.due for row in rows if row.state == "due"), default=rows[0].due)
        tries = tuple(self._attempts(slot, person, channel, since))
        return Ring(slot, person, channel, rows, tries, tuple(own), len(common))

    def _attempts(self, slot: str, person: str, channel: str, since: int) -> Iterator[Attempt]:
        for fact in self._case.this_cycle():
            body = fact.body
            named = body.get("role", "") in (slot, person) or body.get("person") == person != ""
            if fact.kind != "role_missed" or fact.at < since or not named:
                continue
            if body.get("channel", "") in ("", channel):
                yield Attempt(fact.at, body.get("again"))

    @property
    def reached(self) -> tuple[int, int]:
        """How many of those to be told in person have been, of how many."""
        return sum(not ring.waits for ring in self.rings), len(self.rings)

    def next_ring(self, now: int) -> Ring | None:
        """Whom to ring now: who asked for it by now; who has not been tried; who was tried
        longest ago; last, who asked to be rung later."""
        waiting = [ring for ring in self.rings if ring.waits]
        return min(waiting, key=lambda ring: _turn(ring, now), default=None)

    @cached_property
    def mails(self) -> tuple[Mailing, ...]:
        """What the console sends, in the order it was raised."""
        found: dict[tuple[str, str, str], list[NoticeRow]] = {}
        for row in self._rows:
            if row.channel not in BY_HAND:
                raised = row.key.partition(".")[0]
                found.setdefault((raised, row.notice, row.channel), []).append(row)
        return tuple(Mailing(*key[1:], tuple(rows)) for key, rows in found.items())

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The reports that clocks of this cycle wait for, or waited for."""
        case = self._case
        found = []
        for form in case.rules.forms.values():
            clocks = self._waiting_for(form) if form.report else []
            if clocks:
                found.append(Report(form, case.forms.get(form.key), tuple(clocks)))
        return tuple(found)

    def _waiting_for(self, form: Form) -> list[Clock]:
        sent = sendings(form, self._case.rules.notices)
        return [clock for clock in self._clocks if _is_furthered(clock, sent)]

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """The pressing clocks that are stopped by telling people or by a report, but for
        those of single people; the earliest due first."""
        told = [{"role": r.slot, "person": r.person, "channel": r.channel} for r in self.rings]
        reports = [clock for report in self.reports for clock in report.clocks]
        found = [
            clock
            for clock in self._clocks
            if clock.timer.level in PRESSING
            and not clock.timer.pair
            and (clock in reports or any(_waits_for(clock, "role_reached", one) for one in told))
        ]
        return tuple(sorted(found, key=lambda clock: clock.due or _PLENTY))

    @cached_property
    def remaining(self) -> tuple[Remaining, ...]:
        """What the clocks wait for that is neither a telephone call nor a report."""
        case = self._case
        sent = [one for report in self.reports for one in sendings(report.form, case.rules.notices)]
        found: dict[tuple[str, str], Remaining] = {}
        for clock in self.clocks:
            for act in _unmet(clock):
                if act.kind in case.rules.acts and act not in sent:
                    given = {key: value for key, value in act.where if _is_one(key, value)}
                    found.setdefault((act.kind, str(given)), Remaining(act.kind, given, clock))
        return tuple(found.values())


def incident_of(case: Case) -> Incident | None:
    """The urgent side of a case; None when nobody has to be told anything at once."""
    since = min((fact.seq for fact in case.this_cycle()), default=0)
    rows = [row for row in case.notices if _is_urgent(row) and _raised_at(row) >= since]
    return Incident(case, rows) if rows else None


def sendings(form: Form, notices: Iterable[Notice]) -> list[On]:
    """The facts by which a report is sent: what its notices wait for, its steps, that it is
    complete."""
    own = [On("form_step_done", (("form", form.key), ("step", step.key))) for step in form.steps]
    waited = [one.trigger() for one in notices if one.key in form.attach_to]
    return [*dict.fromkeys((*waited, *own, On("form_completed", (("form", form.key),))))]


def _is_urgent(row: NoticeRow) -> bool:
    """Whether a machine or a person has to tell them at once or within hours. What a seat
    shows by itself has been told."""
    if row.channel == CONSOLE:
        return False
    return row.when == "now" or parse_length(row.when).unit == "sec"


def _raised_at(row: NoticeRow) -> int:
    return int(row.key.partition(".")[0])


def _is_of_now(clock: Clock, case: Case) -> bool:
    return clock.cycle == case.attributes["cycle"] and clock.dropped is None


def _waits_for(clock: Clock, kind: str, body: Mapping[str, Any]) -> bool:
    """Whether a fact like this furthers or stops a clock."""
    fact = Fact(0, 0, 0, "", "", "", kind, body)
    return matches_any(alternatives(clock.timer.stop), fact)


def _is_furthered(clock: Clock, sent: Iterable[On]) -> bool:
    return any(_waits_for(clock, one.kind, dict(one.where)) for one in sent)


def _pair(clock: Clock, slot: str) -> bool:
    """Whether a clock is one of its own for whoever fills a slot, and still runs."""
    pair = clock.timer.pair
    return bool(pair) and clock.running and clock.started.body.get(pair) == slot


def _unmet(clock: Clock) -> list[On]:
    """What a clock that needs several acts still waits for."""
    stop = clock.timer.stop
    if not clock.running or not isinstance(stop, AllOf):
        return []
    return [stop.acts[place] for place in clock.missing()]


def _is_one(key: str, value: Any) -> bool:
    return not key.endswith("!") and not isinstance(value, tuple)


def _turn(ring: Ring, now: int) -> tuple[int, int]:
    """Whose turn it is to be rung; the least first, equals in their order."""
    if ring.again is not None:
        return (0, ring.again) if ring.again <= now else (3, ring.again)
    if not ring.attempts:
        return (1, 0)
    return (2, ring.attempts[-1].at)
