"""A working calendar: what is open when, which days are worked, and dates around them.

Instants are whole UTC seconds; days in the public helpers are `datetime.date`. A date
outside the calendar's cover raises OutOfCoverError wherever it is looked at; nothing is
ever guessed here (see `calendars.due_or_provisional` for that).

Only the years that are asked for get compiled, so a seat starts without paying for all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import Final

from console.domain.calendar_spec import CalendarError, CalendarSpec, parse_calendar
from console.domain.opening_table import NOTHING, OpeningTable, compile_days
from console.domain.words import M
from console.domain.zone import Zone

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


class OutOfCoverError(CalendarError):
    """A date was looked at that the calendar does not cover, or (with no weekly hours)
    one after its last opening."""


class Calendar:
    """One calendar, compiled as it is used. `id` is its key, `version` that of its data,
    `digest` a hash of the data it was read from ("" when read by itself)."""

    __slots__ = ("_cover_end", "_provisional", "_table", "digest", "id", "spec", "version", "zone")

    def __init__(self, spec: CalendarSpec, version: str = "", digest: str = "") -> None:
        self.id: Final = spec.id
        self.spec: Final = spec
        self.zone: Final[Zone] = spec.zone
        self.version: Final = version
        self.digest: Final = digest
        self._table = NOTHING
        self._cover_end: int | None = None
        self._provisional: Calendar | None = None

    @classmethod
    def parse(cls, calendar: str, data: object) -> Calendar:
        """A calendar from plain data. Raises BadCalendarError."""
        return cls(parse_calendar(calendar, data))

    def __repr__(self) -> str:
        return f"Calendar({self.id!r}, version={self.version!r})"

    # Working time

    def earliest(self, start: int, seconds: int) -> int:
        """The earliest instant with exactly `seconds` (> 0) of open time since `start`."""
        table = self._table
        if not table.begin <= start < table.end:
            table = self._reach(self.zone.day(start))
        closes, worked = table.closes, table.worked
        k = bisect_right(table.opens, start)
        target = worked[k] + seconds
        if start < closes[k]:
            target -= closes[k] - start
        while target > worked[-1]:
            table = self._searched_later(table)
            closes, worked = table.closes, table.worked
        k = bisect_left(worked, target, k)
        return closes[k] - worked[k] + target

    def open_seconds(self, begin: int, end: int) -> int:
        """Open seconds in `[begin, end)`; 0 when that is empty. Only instants before `end`
        are looked at, so the end of the cover itself is a valid end."""
        if end <= begin:
            return 0
        table = self._table
        if begin < table.begin or end > table.end:
            self._reach(self.zone.day(begin))
            table = self._reach(self.zone.day(end - 1))
        return table.worked_by(end) - table.worked_by(begin)

    def opening_from(self, at: int) -> int:
        """The first open instant at or after `at`."""
        return self.earliest(at, 1) - 1

    def is_open(self, at: int) -> bool:
        """Whether an instant lies inside a window."""
        return self.open_seconds(at, at + 1) == 1

    def close_after(self, start: int, count: int) -> int:
        """Close of business of the count-th working day (≥ 1) after the local date of
        `start`, which itself is not looked at."""
        table = self._table
        if not table.begin <= start < table.end:
            table = self._reach_after(start)
        k = bisect_right(table.dawns, start) + count - 1
        while k >= len(table.shuts):
            table = self._searched_later(table)
        return table.shuts[k]

    def working_day_after(self, start: int, count: int) -> date:
        """The count-th working day (≥ 1) after the local date of `start`, not looked at."""
        table = self._table
        if not table.begin <= start < table.end:
            table = self._reach_after(start)
        k = bisect_right(table.dawns, start) + count - 1
        while k >= len(table.days):
            table = self._searched_later(table)
        return date.fromordinal(table.days[k])

    # Dates and instants

    def local_date(self, at: int) -> date:
        """The date on the wall at an instant."""
        return self.zone.local(at).date()

    def date_after(self, at: int, days: int) -> date:
        """The date some days after the one of an instant, provided it is covered."""
        day = self.zone.day(at) + days
        if not self.spec.covers(day):
            raise self._outside(day)
        return date.fromordinal(day)

    def instant(self, day: date, hour: int = 0, minute: int = 0, second: int = 0) -> int:
        """When the wall clock reads a time of a day; hour 24 is its end. A reading skipped
        by a change of the clock gives the first instant after it, a double one the first."""
        return self.zone.instant(day.toordinal(), hour * 3600 + minute * 60 + second)

    def end_of_day(self, at: int) -> int:
        """24:00 of the calendar day of an instant (D-05)."""
        return self.zone.instant(self.zone.day(at) + 1)

    def end_of_week(self, at: int) -> int:
        """Sunday 24:00 of the ISO week of an instant (D-08)."""
        day = self.zone.day(at)
        return self.zone.instant(day + 7 - (day - 1) % 7)

    def end_of_month(self, at: int) -> int:
        """24:00 of the last day of the calendar month of an instant."""
        year, month = _next_month(self.local_date(at))
        return self.instant(date(year, month, 1))

    # Working days

    @property
    def first_covered(self) -> date:
        """The first date the calendar covers."""
        return date.fromordinal(self.spec.first_day)

    @property
    def last_covered(self) -> date:
        """The last date the calendar covers."""
        return date.fromordinal(self.spec.last_day)

    @property
    def cover_end(self) -> int:
        """24:00 of the last date covered."""
        if self._cover_end is None:
            self._cover_end = self.zone.instant(self.spec.last_day + 1)
        return self._cover_end

    def is_working_day(self, day: date) -> bool:
        """Whether a date has at least one window."""
        return bool(self._windows(day))

    def opening(self, day: date) -> int | None:
        """When business begins on a date; None on a rest day."""
        windows = self._windows(day)
        return self.zone.instant(day.toordinal(), windows[0][0]) if windows else None

    def close(self, day: date) -> int | None:
        """Close of business of a date; None on a rest day."""
        if not self._windows(day):
            return None
        table = self._reach(day.toordinal())
        return table.shuts[table.index_from(day.toordinal())]

    def working_day_from(self, day: date) -> date:
        """A date itself when it is a working day, otherwise the next working day."""
        ordinal = day.toordinal()
        table = self._reach(ordinal)
        k = table.index_from(ordinal)
        while k >= len(table.days):
            table = self._searched_later(table)
        return date.fromordinal(table.days[k])

    def next_working_day(self, day: date) -> date:
        """The first working day after a date."""
        return self.working_day_from(date.fromordinal(day.toordinal() + 1))

    def previous_working_day(self, day: date) -> date:
        """The last working day before a date."""
        ordinal = day.toordinal() - 1
        table = self._reach(ordinal)
        while not table.days or table.days[0] > ordinal:
            table = self._extended_earlier(table)
        return date.fromordinal(table.days[table.index_from(ordinal + 1) - 1])

    def first_working_day(self, year: int, month: int) -> date:
        """The first working day of a month (D-11), or of the next one that has any."""
        return self.working_day_from(date(year, month, 1))

    def check_covers(self, at: int) -> None:
        """Raise OutOfCoverError unless the date of an instant is covered."""
        day = self.zone.day(at)
        if not self.spec.covers(day):
            raise self._outside(day)

    @property
    def provisional(self) -> Calendar:
        """This calendar going on where its data end (D-22): weekly hours, 1 January as in
        the last year covered. What it says there is a guess and must be shown as one."""
        if self._provisional is None:
            self._provisional = Calendar(self.spec.unlimited(), self.version, self.digest)
        return self._provisional

    # Growing

    def _windows(self, day: date) -> tuple[tuple[int, int], ...]:
        ordinal = day.toordinal()
        if not self.spec.covers(ordinal):
            raise self._outside(ordinal)
        return self.spec.windows(ordinal)

    def _reach_after(self, start: int) -> OpeningTable:
        """The table holding the day after an instant's, and the instant if it is covered."""
        day = self.zone.day(start)
        return self._reach(day + 1 if day + 1 == self.spec.first_day else day)

    def _reach(self, day: int) -> OpeningTable:
        """The table grown until it holds a day."""
        if not self.spec.covers(day):
            raise self._outside(day)
        table = self._table
        if table is NOTHING:
            table = self._table = self._compiled(day, day)
        while day < table.first_day:
            table = self._extended_earlier(table)
        while day > table.last_day:
            table = self._extended_later(table)
        return table

    def _searched_later(self, table: OpeningTable) -> OpeningTable:
        """More of the table, in which something is still to be found."""
        if self.spec.idle_after(table.last_day):
            last = date.fromordinal(table.last_day).isoformat()
            raise OutOfCoverError(
                M("Calendar {calendar} never opens after {day}.", calendar=self.id, day=last)
            )
        return self._extended_later(table)

    def _extended_later(self, table: OpeningTable) -> OpeningTable:
        """As many years more at the end. A table is replaced, never changed: a reader in
        another thread keeps the one it has."""
        first = table.last_day + 1
        if not self.spec.covers(first):
            raise self._outside(first)
        last = first + table.last_day - table.first_day
        self._table = table.joined(self._compiled(first, last))
        return self._table

    def _extended_earlier(self, table: OpeningTable) -> OpeningTable:
        """As many years more at the beginning."""
        last = table.first_day - 1
        if not self.spec.covers(last):
            raise self._outside(last)
        first = last - (table.last_day - table.first_day)
        self._table = self._compiled(first, last).joined(table)
        return self._table

    def _compiled(self, first_day: int, last_day: int) -> OpeningTable:
        """Whole calendar years around some days, as far as they are covered."""
        since = date(date.fromordinal(first_day).year, 1, 1).toordinal()
        until = date(date.fromordinal(last_day).year, 12, 31).toordinal()
        spec = self.spec
        return compile_days(spec, max(since, spec.first_day), min(until, spec.last_day))

    def _outside(self, day: int) -> OutOfCoverError:
        nearest = min(max(day, 1), date.max.toordinal())
        return OutOfCoverError(
            M(
                "Calendar {calendar} covers {first} to {last}, not {day}: "
                "load a version that covers it.",
                calendar=self.id,
                first=self.first_covered.isoformat(),
                last=self.last_covered.isoformat(),
                day=date.fromordinal(nearest).isoformat(),
            )
        )


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth weekday (Monday 0) of a month; nth -1 is the last (D-10). None when the
    month has no such day. Raises ValueError for nth 0."""
    if nth == 0:
        raise ValueError("nth counts from 1, or from -1 at the end of the month")
    if nth > 0:
        first = date(year, month, 1)
        day = 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1)
    else:
        following = date(*_next_month(date(year, month, 1)), 1)
        last = date.fromordinal(following.toordinal() - 1)
        day = last.day - (last.weekday() - weekday) % 7 + 7 * (nth + 1)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_month(year: int, month: int, day: int) -> date:
    """A day of a month; the last one when the month is shorter (D-09)."""
    following = date(*_next_month(date(year, month, 1)), 1)
    last = date.fromordinal(following.toordinal() - 1)
    return last.replace(day=min(day, last.day))


def _next_month(day: date) -> tuple[int, int]:
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
