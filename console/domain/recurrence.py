"""When something recurs: every week, on the last Tuesday, on the first working day of the
next month.

A recurrence is data. `occurrences` lays it out over a calendar: what is dated keeps its date
on a rest day and is called to mind on the last working day before (D-09), a week without a
working day asks for nothing (D-08), and a meeting that falls on a rest day is flagged with
a new date proposed, never moved (S-03). Days are local dates, instants whole UTC seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from console.domain.calendar import SATURDAY, SUNDAY, Calendar, day_of_month, nth_weekday
from console.domain.periods import clock_face, month_of, months, week_of
from console.domain.workdays import Workdays

MIDNIGHT = "24:00"
CLOSE = "18:00"
EVENING = "19:00"
"""What "evening" means where a clause gives no time (D-10)."""

_ONE = timedelta(days=1)
_WEEK = timedelta(days=7)


class Occurrence(NamedTuple):
    """One time at which something recurs.

    `period` names it for good, whatever becomes of its date: `2026-05-06`, `2026-W19`,
    `2026-05`, `2026-Q2` or `2026`. `due` and `remind` are UTC seconds. `clash`: a meeting
    on a rest day, for which `proposal` is another date. `provisional` are the years whose
    calendar is missing (D-22). `late_after` is `due`, but the end of the day for a meeting,
    which begins when it is due.
    """

    period: str
    day: date
    due: int
    clash: bool = False
    proposal: date | None = None
    remind: int | None = None
    provisional: tuple[int, ...] = ()
    late_after: int = 0


Related = Callable[[str, date, date], Iterable[Occurrence]]
"""The occurrences of another duty of the same line, by its key, between two dates."""

Dated = Iterator[tuple[str, date]]
"""Periods and their dates, in order; those outside what was asked for are left out later."""


@dataclass(frozen=True, slots=True)
class Daily:
    """Every working day."""

    at: str = CLOSE

    def dates(self, first: date, last: date, work: Workdays, _related: Related) -> Dated:
        day = first
        while day <= last:
            if work.is_working(day):
                yield day.isoformat(), day
            day += _ONE


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every ISO week that has a working day, by Sunday 24:00 unless a day is named (D-08).

    `idle_weeks` keeps the obligation in weeks without a working day too.
    """

    weekday: int = SUNDAY
    at: str = MIDNIGHT
    idle_weeks: bool = False

    @classmethod
    def before(cls, weekday: int) -> Weekly:
        """By the end of the day before: "before" excludes the day named (D-08)."""
        return cls((weekday - 1) % 7)

    def dates(self, first: date, last: date, work: Workdays, _related: Related) -> Dated:
        monday = first - timedelta(days=first.weekday())
        while monday <= last:
            day = monday + timedelta(days=self.weekday)
            if first <= day and (self.idle_weeks or work.any_from(monday, 7)):
                yield week_of(day), day
            monday += _WEEK


@dataclass(frozen=True, slots=True)
class EveryWeeks:
    """Every few weeks, counted in both directions from a known date, the `anchor`
    ("2026-01-07"). Without an anchor nobody knows when, and there is no occurrence."""

    weeks: int
    anchor: str = ""
    at: str = EVENING

    def __post_init__(self) -> None:
        if self.weeks < 1:
            raise ValueError("every few weeks means at least every week")
        if self.anchor:
            date.fromisoformat(self.anchor)

    def dates(self, first: date, last: date, _work: Workdays, _related: Related) -> Dated:
        if not self.anchor:
            return
        step = 7 * self.weeks
        day = first + timedelta(days=(date.fromisoformat(self.anchor) - first).days % step)
        while day <= last:
            yield week_of(day), day
            day += timedelta(days=step)


@dataclass(frozen=True, slots=True)
class OnDate:
    """On a date somebody else sets, such as a customer's scoring, the `anchor`
    ("2026-09-15"). Without an anchor nobody knows when, and there is no occurrence."""

    anchor: str = ""
    at: str = MIDNIGHT

    def __post_init__(self) -> None:
        if self.anchor:
            date.fromisoformat(self.anchor)

    def dates(self, first: date, last: date, _work: Workdays, _related: Related) -> Dated:
        if self.anchor and first <= date.fromisoformat(self.anchor) <= last:
            yield self.anchor, date.fromisoformat(self.anchor)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth weekday of every month, -1 the last (D-10). A month without it has none."""

    nth: int
    weekday: int
    at: str = EVENING

    def dates(self, first: date, last: date, _work: Workdays, _related: Related) -> Dated:
        for year, month in months(first, last):
            day = nth_weekday(year, month, self.weekday, self.nth)
            if day is not None:
                yield month_of(day), day


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every month, the last one in a shorter month (D-09)."""

    day: int
    at: str = MIDNIGHT

    def dates(self, first: date, last: date, _work: Workdays, _related: Related) -> Dated:
        for year, month in months(first, last):
            day = day_of_month(year, month, self.day)
            yield month_of(day), day


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of every month."""

    at: str = MIDNIGHT

    def dates(self, first: date, last: date, _work: Workdays, _related: Related) -> Dated:
        for year, month in months(first, last):
            day = day_of_month(year, month, 31)
            yield month_of(day), day


@dataclass(frozen=True, slots=True)
class LastWeek:
    """An afternoon in the last seven days of every month: on the weekday named, otherwise
    on the last working day among them."""

    at: str = "14:00"
    weekday: int | None = None

    def dates(self, first: date, last: date, work: Workdays, _related: Related) -> Dated:
        for year, month in months(first, last):
            end = day_of_month(year, month, 31)
            day = self._day(end, work)
            yield month_of(day), day

    def _day(self, end: date, work: Workdays) -> date:
        if self.weekday is not None:
            return end - timedelta(days=(end.weekday() - self.weekday) % 7)
        week = [end - timedelta(days=n) for n in range(7)]
        worked = (day for day in week if work.is_working(day))
        usual = (day for day in week if day.weekday() < SATURDAY)
        return next(worked, None) or next(usual)


@dataclass(frozen=True, slots=True)
class FirstWorkingDay:
    """The first working day of the month after the one it is about (D-11)."""

    at: str = CLOSE

    def dates(self, first: date, last: date, work: Workdays, _related: Related) -> Dated:
        for year, month in months(first, last):
            day = work.from_day(date(year, month, 1))
            if day is not None:
                yield month_of(date(year, month, 1) - _ONE), day


@dataclass(frozen=True, slots=True)
class Quarterly:
    """A day of the month after the quarter it is about."""

    day: int = 2
    at: str = MIDNIGHT

    def dates(self, first: date, last: date, _work: Workdays, _related: Related) -> Dated:
        for year, month in months(first, last):
            if month % 3 == 1:
                ended = date(year, month, 1) - _ONE
                yield f"{ended.year}-Q{ended.month // 3}", day_of_month(year, month, self.day)


@dataclass(frozen=True, slots=True)
class Yearly:
    """A day of every year."""

    month: int = 1
    day: int = 1
    at: str = MIDNIGHT

    def dates(self, first: date, last: date, _work: Workdays, _related: Related) -> Dated:
        for year in range(first.year, last.year + 1):
            yield f"{year}", day_of_month(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """Some days before another duty of the line: the notice of a meeting. It goes along
    when the meeting is moved."""

    duty: str
    days: int = 1
    at: str = MIDNIGHT

    def dates(self, first: date, last: date, _work: Workdays, related: Related) -> Dated:
        ahead = timedelta(days=self.days)
        for other in related(self.duty, first + ahead, last + ahead):
            yield other.period, other.day - ahead


@dataclass(frozen=True, slots=True)
class AfterDuty:
    """After another duty of the line: some days later, or on the next `day` of a month.
    `rolls`: not on a rest day, but on the working day after it (D-04)."""

    duty: str
    days: int = 0
    day: int = 0
    at: str = MIDNIGHT
    rolls: bool = False

    def dates(self, first: date, last: date, work: Workdays, related: Related) -> Dated:
        later = timedelta(days=31 if self.day or self.rolls else self.days)
        for other in related(self.duty, first - later, last):
            day = self._day(other.day)
            yield other.period, (work.from_day(day) or day) if self.rolls else day

    def _day(self, after: date) -> date:
        if not self.day:
            return after + timedelta(days=self.days)
        day = day_of_month(after.year, after.month, self.day)
        if day > after:
            return day
        following = day_of_month(after.year, after.month, 31) + _ONE
        return day_of_month(following.year, following.month, self.day)


Recurrence = (
    Daily
    | Weekly
    | EveryWeeks
    | OnDate
    | NthWeekday
    | MonthDay
    | LastDay
    | LastWeek
    | FirstWorkingDay
    | Quarterly
    | Yearly
    | DaysBefore
    | AfterDuty
)


def _unrelated(duty: str, _first: date, _last: date) -> Iterable[Occurrence]:
    raise ValueError(f"nothing is known of the duty {duty!r}")


def occurrences(
    recurrence: Recurrence,
    first: date,
    last: date,
    calendar: Calendar,
    meeting: bool = False,
    related: Related = _unrelated,
) -> Iterator[Occurrence]:
    """Every occurrence dated in `[first, last]`, in order.

    `meeting` says that people come together, so that a rest day is a clash; `related`
    answers for other duties (DaysBefore, AfterDuty). Beyond what the calendar covers its
    weekly hours are taken to go on, and the years missing are named (D-22).
    """
    work = Workdays(calendar)
    for period, day in recurrence.dates(first, last, work, related):
        if first <= day <= last:
            yield placed(period, day, recurrence.at, work, meeting)
        work.forget()


def placed(period: str, day: date, at: str, work: Workdays, meeting: bool) -> Occurrence:
    """An occurrence on a date, at a time of day, as the calendar sees it."""
    due = work.calendar.instant(day, *clock_face(at))
    rests = not work.is_working(day)
    clash = meeting and rests
    proposal = work.nearest_in_month(day) if clash else None
    remind = work.opening_before(day, due)
    late_after = work.calendar.instant(day, 24) if meeting else due
    return Occurrence(period, day, due, clash, proposal, remind, work.missing, late_after)
