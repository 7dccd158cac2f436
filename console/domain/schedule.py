"""The duties of all lines in force, laid out in time, with what people did about them.

Nothing is stored about a duty but the facts of its occurrences: `duty:LINE.KEY:PERIOD`
is their subject, `duty_moved`, `duty_done`, `duty_reminded` and `duty_overdue` their kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from console.domain.calendar import Calendar, OutOfCoverError
from console.domain.duty import Duty
from console.domain.facts import Fact
from console.domain.people import Directory
from console.domain.periods import span_of, split_anchor
from console.domain.recurrence import EveryWeeks, Occurrence, OnDate, occurrences, placed
from console.domain.refusal import RefusedError
from console.domain.rules import Line
from console.domain.words import M
from console.domain.workdays import Workdays

REACH = timedelta(days=31)
"""How far a meeting may be moved from its date, and so how far around to look for one."""

History = Callable[[str], list[Fact]]
"""The facts of a subject, in sequence."""


@dataclass(slots=True)
class DutyRecord:
    """What the facts of one occurrence say. `done` holds a fact per part done ("" the
    whole); `moved` the latest fact that moved it."""

    done: dict[str, Fact] = field(default_factory=dict)
    moved: Fact | None = None
    reminded: Fact | None = None
    overdue: Fact | None = None

    @property
    def day(self) -> date | None:
        """The date it was moved to."""
        return None if self.moved is None else date.fromisoformat(self.moved.body["to"])


@dataclass(frozen=True, slots=True)
class OwnedDuty:
    """A duty together with its line and the calendar it goes by."""

    line: str
    duty: Duty
    calendar: str

    @property
    def key(self) -> str:
        return f"{self.line}.{self.duty.key}"

    @property
    def dated(self) -> bool:
        """Whether it is known when it recurs."""
        recurrence = self.duty.recurrence
        return not isinstance(recurrence, (EveryWeeks, OnDate)) or bool(recurrence.anchor)


@dataclass(frozen=True, slots=True)
class Planned:
    """One occurrence as it stands: `occurrence` has the date in force, `moved_from` the one
    it had before somebody moved it."""

    owned: OwnedDuty
    occurrence: Occurrence
    record: DutyRecord
    moved_from: date | None = None

    @property
    def subject(self) -> str:
        return subject_of(self.owned.key, self.occurrence.period)

    def missing(self, parts: Iterable[str]) -> tuple[str, ...]:
        """The parts not done yet; `parts` are those the duty consists of, () = the whole."""
        if "" in self.record.done:
            return ()
        return tuple(part for part in (tuple(parts) or ("",)) if part not in self.record.done)

    def missing_keys(self, parts: Iterable[str]) -> list[str]:
        """What is not done yet, as rules write it: `branch_records[harbin]`."""
        key = self.owned.duty.key
        return [f"{key}[{part}]" if part else key for part in self.missing(parts)]

    def done_at(self, parts: Iterable[str]) -> int | None:
        """When the last of it was done (UTC seconds)."""
        if self.missing(parts):
            return None
        return max(fact.at for fact in self.record.done.values())


def subject_of(key: str, period: str) -> str:
    """The subject of an occurrence's facts; `key` is LINE.KEY."""
    return f"duty:{key}:{period}"


def recorded(facts: Iterable[Fact]) -> DutyRecord:
    """The fold of an occurrence's facts."""
    record = DutyRecord()
    for fact in facts:
        if fact.kind == "duty_done":
            record.done.setdefault(str(fact.body.get("part", "")), fact)
        elif fact.kind == "duty_moved":
            record.moved = fact
            record.reminded = record.overdue = None
        elif fact.kind == "duty_reminded":
            record.reminded = fact
        elif fact.kind == "duty_overdue":
            record.overdue = fact
    return record


class Schedule:
    """When the duties of some lines come up. An object per process.

    `calendar` gives a calendar by its id, asked only when dates are. `anchors` holds dates
    an installation gives, by LINE.KEY: `2026-01-07` or `2026-01-07 19:00`. Raises
    ValueError for a date that is none.
    """

    __slots__ = ("_calendar", "_duties")

    def __init__(
        self,
        lines: Iterable[Line],
        calendar: Callable[[str], Calendar],
        anchors: Mapping[str, str],
    ) -> None:
        self._calendar = calendar
        owned = (
            OwnedDuty(line.key, duty, duty.calendar or line.calendar)
            for line in lines
            for duty in line.duties
        )
        self._duties = {one.key: _anchored(one, anchors.get(one.key, "")) for one in owned}

    def __iter__(self) -> Iterator[OwnedDuty]:
        return iter(self._duties.values())

    def get(self, key: str) -> OwnedDuty | None:
        """A duty by LINE.KEY, or by KEY alone when only one line has it."""
        if key in self._duties:
            return self._duties[key]
        named = [one for one in self if one.duty.key == key]
        return named[0] if len(named) == 1 else None

    def known(self, key: str) -> OwnedDuty:
        """A duty that exists. Raises RefusedError naming those there are."""
        found = self.get(key)
        if found is None:
            raise RefusedError(
                "duty",
                M("There is no duty “{typed}”.", typed=key),
                M("Known duties: {known}.", known=", ".join(self._duties) or "–"),
            )
        return found

    def planned(self, first: date, last: date, history: History) -> list[Planned]:
        """What falls in `[first, last]` by the dates in force, the earliest due first."""
        found = [one for owned in self for one in self.of(owned, first, last, history)]
        order = list(self._duties)
        found.sort(key=lambda one: (one.occurrence.due, order.index(one.owned.key)))
        return found

    def of(self, owned: OwnedDuty, first: date, last: date, history: History) -> Iterator[Planned]:
        """The occurrences of one duty in `[first, last]`."""
        duty, calendar = owned.duty, self._calendar(owned.calendar)

        def related(key: str, since: date, until: date) -> Iterator[Occurrence]:
            other = self._duties[f"{owned.line}.{key}"]
            return (one.occurrence for one in self.of(other, since, until, history))

        reach = REACH if duty.meeting else timedelta()
        try:
            dated = list(
                occurrences(
                    duty.recurrence, first - reach, last + reach, calendar, duty.meeting, related
                )
            )
        except OutOfCoverError:
            return
        for one in dated:
            planned = self._in_force(owned, one, history)
            if first <= planned.occurrence.day <= last:
                yield planned

    def _in_force(self, owned: OwnedDuty, occurrence: Occurrence, history: History) -> Planned:
        record = recorded(history(subject_of(owned.key, occurrence.period)))
        planned = Planned(owned, occurrence, record)
        if record.day is None:
            return planned
        moved = self.on(planned, record.day)
        return replace(planned, occurrence=moved, moved_from=occurrence.day)

    def on(self, planned: Planned, day: date) -> Occurrence:
        """What an occurrence would be on another date."""
        duty, work = planned.owned.duty, Workdays(self._calendar(planned.owned.calendar))
        return placed(planned.occurrence.period, day, duty.recurrence.at, work, duty.meeting)

    def date_at(self, owned: OwnedDuty, at: int) -> date:
        """The local date of an instant where a duty's calendar holds."""
        return self._calendar(owned.calendar).local_date(at)

    def find(self, owned: OwnedDuty, period: str, history: History) -> Planned | None:
        """The occurrence of a period. Raises ValueError when `period` is not one."""
        first, last = span_of(period)
        around = self.of(owned, first - 2 * REACH, last + 3 * REACH, history)
        return next((one for one in around if one.occurrence.period == period), None)


def parts_of(directory: Directory, duty: Duty) -> tuple[str, ...]:
    """The parts a duty consists of: the scopes its slot is filled for. () = the whole."""
    if not duty.parts:
        return ()
    slot = re.compile(re.escape(duty.who) + r"\[(.+)\]")
    found = (slot.fullmatch(name) for name in directory.slots)
    return tuple(sorted(match[1] for match in found if match))


def fillers_of(directory: Directory, owned: OwnedDuty, slot: str) -> Iterator[str]:
    """Who fills a slot for a duty's line: one person, or one for every scope of it."""
    slots = directory.slots
    one = slots.get(f"{slot}[{owned.line}]") or slots.get(slot)
    scoped = [who for name, who in slots.items() if name.startswith(f"{slot}[")]
    for key in [one] if one else scoped:
        person = directory.get(key)
        if person is not None and person.active:
            yield key


def filler_of(directory: Directory, owned: OwnedDuty, part: str = "") -> str:
    """The person a duty, or a part of it, falls to; "" when nobody who is still here does."""
    slots, who = directory.slots, owned.duty.who
    scopes = (part, owned.duty.division, owned.line)
    scoped = (slots.get(f"{who}[{scope}]") for scope in scopes if scope)
    person = directory.get(next(filter(None, scoped), "") or slots.get(who, ""))
    return person.key if person is not None and person.active else ""


def waiting_for(
    planned: Planned, schedule: Schedule, directory: Directory, history: History
) -> tuple[str, ...]:
    """What comes before a duty in its period and is not all done, as rules write it."""
    waiting: list[str] = []
    for key in planned.owned.duty.after:
        other = schedule.get(f"{planned.owned.line}.{key}")
        found = other and schedule.find(other, planned.occurrence.period, history)
        if found:
            waiting += found.missing_keys(parts_of(directory, found.owned.duty))
    return tuple(waiting)


def _anchored(owned: OwnedDuty, anchor: str) -> OwnedDuty:
    recurrence = owned.duty.recurrence
    if not anchor or not isinstance(recurrence, (EveryWeeks, OnDate)):
        return owned
    day, at = split_anchor(anchor)
    dated = replace(recurrence, anchor=day, at=at or recurrence.at)
    return replace(owned, duty=replace(owned.duty, recurrence=dated))
