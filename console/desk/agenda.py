"""What a duty is about: the cases its rule lists under each heading, as they stand now.

The items of a meeting, the rows of a weekly mail: nobody gathers them by hand (W-28).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from console.desk.answers import Answers
from console.domain.calendar import Calendar
from console.domain.case import Case
from console.domain.customer import customer_of
from console.domain.duty import Topic
from console.domain.periods import span_of
from console.domain.schedule import Planned
from console.domain.words import Label


@dataclass(frozen=True, slots=True)
class Item:
    """One case under a heading, with the values the heading asks for, by field, as people
    read them in either language. `opened_at` is UTC seconds."""

    case: int
    customer: str
    category: str
    division: str
    state: Label
    owner: str
    assignee: str
    opened_at: int
    late: bool
    values: tuple[tuple[str, Label, Label], ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A topic of a duty, with the cases under it, the oldest first."""

    key: str
    label: Label
    rule: str
    clause: str
    items: tuple[Item, ...]


def agenda_of(
    desk: Answers, planned: Planned, now: int, as_of: int | None = None
) -> tuple[Heading, ...]:
    """What an occurrence of a duty is about, as the cases stand at `now`."""
    duty = planned.owned.duty
    if not duty.agenda:
        return ()
    calendar = desk.calendars.calendar(planned.owned.calendar)
    since, until = _span(calendar, planned.occurrence.period)
    whole = any(topic.whole_period for topic in duty.agenda)
    cases = list(_cases(desk, planned.owned.line, since if whole else now, now, as_of))
    if duty.division:
        cases = [case for case in cases if case.division == duty.division]
    return tuple(
        Heading(
            topic.key,
            topic.label,
            topic.rule,
            topic.clause,
            tuple(_item(case, topic, now) for case in _listed(topic, cases, since, until, now)),
        )
        for topic in duty.agenda
    )


def _span(calendar: Calendar, period: str) -> tuple[int, int]:
    """The first instant of a period and the first after it (UTC seconds)."""
    first, last = span_of(period)
    return calendar.instant(first), calendar.instant(last + timedelta(days=1))


def _cases(desk: Answers, line: str, since: int, now: int, as_of: int | None) -> Iterator[Case]:
    """The cases of a line that were open at some time from `since` to `now`."""
    world = desk.world(desk.store, as_of)
    for number in desk.store.cases_open_between(line, since, now):
        case = world.case(number)
        if case.facts:
            yield case


def _listed(
    topic: Topic, cases: Iterable[Case], since: int, until: int, now: int
) -> Iterator[Case]:
    for case in cases:
        begun = since <= case.opened_at < until
        if not (begun if topic.whole_period else case.is_open):
            continue
        if topic.if_ is not None and not topic.if_.holds(case.attributes):
            continue
        if not topic.late or _is_late(case, now):
            yield case


def _is_late(case: Case, now: int) -> bool:
    return any(clock.breached_by(now) for clock in case.clocks if clock.timer.level == "hard")


def _item(case: Case, topic: Topic, now: int) -> Item:
    return Item(
        case.number,
        customer_of(case),
        case.category,
        case.division,
        case.rules.state_label(case.state),
        case.owner,
        case.assignee,
        case.opened_at,
        _is_late(case, now),
        tuple(_values(case, topic)),
    )


def _values(case: Case, topic: Topic) -> Iterator[tuple[str, Label, Label]]:
    for key in topic.shows:
        field, value = case.rules.fields.get(key), case.value(key)
        if field is not None and value not in (None, "", []):
            shown = Label(field.format(value, "zh"), field.format(value, "en"))
            yield key, field.label, shown
