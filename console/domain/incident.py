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
    """Somebody to be told in person, in all the slots they fill.

    `rows` are the notices that want it, `attempts` the calls in vain since the first of
    them, `clocks` what runs because they could not be reached, `weight` how many pressing
    clocks wait for them.
    """

    slots: tuple[str, ...]
    person: str
    channel: str
    rows: tuple[NoticeRow, ...]
    attempts: tuple[Attempt, ...] = ()
    clocks: tuple[Clock, ...] = ()
    weight: int = 0

    @property
    def slot(self) -> str:
        """The slot they are to be told in first."""
        return self.slots[0]

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

    @property
    def instead_of(self) -> str:
        """Who could not be reached, where it was passed on to this one; else ""."""
        return next((row.meant for row in self.rows if row.why == "unreached"), "")


@dataclass(frozen=True, slots=True)
class Mailing:
    """What goes to several people by a machine: one notice by one channel."""

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
    def causes(self) -> tuple[Fact, ...]:
        """What called for the notices, but for those that only carry a report."""
        rules = self._case.rules
        carried = {key for form in rules.forms.values() if form.report for key in form.attach_to}
        keys = {ground.notice for row in self._rows for ground in row.grounds} - carried
        triggers = [one.trigger() for one in rules.notices if one.key in keys]
        return tuple(fact for fact in self._case.this_cycle() if matches_any(triggers, fact))

    @property
    def first(self) -> Fact | None:
        """How it became known: the first cause. Its actor is the first to know, its instant
        since when."""
        return next(iter(self.causes), None)

    @property
    def first_knower(self) -> str:
        """The person who knew first; "" where a clock or a telephone line did."""
        actor = self.first.actor if self.first is not None else ""
        return "" if actor == SYSTEM.key or ":" in actor else actor

    @cached_property
    def rings(self) -> tuple[Ring, ...]:
        """Everybody to be told in person: who more clocks wait for comes first."""
        found: dict[tuple[str, str], list[NoticeRow]] = {}
        for row in self._rows:
            if row.channel in BY_HAND:
                found.setdefault((row.person or row.slot, row.channel), []).append(row)
        rings = [self._ring(tuple(rows)) for rows in found.values()]
        return tuple(sorted(rings, key=lambda ring: -ring.weight))

    def _ring(self, rows: tuple[NoticeRow, ...]) -> Ring:
        person, channel = rows[0].person, rows[0].channel
        slots = tuple(dict.fromkeys(ground.slot for row in rows for ground in row.grounds))
        told = [_told(slot, person, channel) for slot in slots]
        waiting = [clock for clock in self._clocks if _is_furthered(clock, told)]
        own = [clock for clock in waiting if _is_own(clock, slots)]
        common = [c for c in waiting if not c.timer.pair and c.timer.level in PRESSING]
        tries = tuple(self._attempts(rows))
        return Ring(slots, person, channel, rows, tries, tuple(own), len(common))

    def _attempts(self, rows: tuple[NoticeRow, ...]) -> Iterator[Attempt]:
        since = min((row.due for row in rows if row.state == "due"), default=rows[0].due)
        for fact in self._case.this_cycle():
            if fact.kind != "role_missed" or fact.at < since:
                continue
            who, channel = fact.body.get("role", ""), fact.body.get("channel", "")
            if any(row.is_for(who) and channel in ("", row.channel) for row in rows):
                yield Attempt(fact.at, fact.body.get("again"))

    @property
    def reached(self) -> tuple[int, int]:
        """How many of those the rules name have been told in person, of how many."""
        named = [ring for ring in self.rings if not ring.instead_of]
        return sum(not ring.waits for ring in named), len(named)

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
            if row.channel in BY_HAND:
                continue
            for ground in row.grounds:
                raised = ground.key.partition(".")[0]
                found.setdefault((raised, ground.notice, row.channel), []).append(row)
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
        told = [_told(slot, r.person, r.channel) for r in self.rings for slot in r.slots]
        reports = [clock for report in self.reports for clock in report.clocks]
        found = [
            clock
            for clock in self._clocks
            if clock.timer.level in PRESSING
            and not clock.timer.pair
            and (clock in reports or _is_furthered(clock, told))
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


def _told(slot: str, person: str, channel: str) -> On:
    """The fact that somebody was reached in a slot."""
    return On("role_reached", (("role", slot), ("person", person), ("channel", channel)))


def _is_furthered(clock: Clock, facts: Iterable[On]) -> bool:
    """Whether any of these facts furthers or stops a clock."""
    stops = alternatives(clock.timer.stop)
    happened = (Fact(0, 0, 0, "", "", "", one.kind, dict(one.where)) for one in facts)
    return any(matches_any(stops, fact) for fact in happened)


def _is_own(clock: Clock, slots: tuple[str, ...]) -> bool:
    """Whether a clock runs for whoever fills one of these slots alone."""
    pair = clock.timer.pair
    return bool(pair) and clock.running and clock.started.body.get(pair) in slots


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
