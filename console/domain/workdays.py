"""Working days around a date, past what a calendar covers too, remembering which years of
it are missing (D-22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from console.domain.calendar import Calendar, OutOfCoverError

T = TypeVar("T")


class Workdays:
    """Questions about working days. `missing` are the years looked at without cover since
    the last `forget`."""

    __slots__ = ("_years", "calendar")

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._years: set[int] = set()

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(sorted(self._years))

    def forget(self) -> None:
        """Begin to remember anew."""
        self._years = set()

    def is_working(self, day: date) -> bool:
        return self._asked(lambda calendar: calendar.is_working_day(day), day)

    def any_from(self, day: date, count: int) -> bool:
        """Whether any of some consecutive dates is a working day."""
        return any(self.is_working(day + timedelta(days=n)) for n in range(count))

    def from_day(self, day: date) -> date | None:
        """The date itself when worked, otherwise the next working day; None when the
        calendar never opens again."""
        return self._found(lambda calendar: calendar.working_day_from(day), day)

    def before(self, day: date) -> date | None:
        """The last working day before a date; None when there never was one."""
        return self._found(lambda calendar: calendar.previous_working_day(day), day)

    def nearest_in_month(self, day: date) -> date | None:
        """The next working day, or the one before when that would be another month."""
        later = self.from_day(day)
        if later is not None and later.month == day.month and later.year == day.year:
            return later
        return self.before(day) or later

    def opening_before(self, day: date, due: int) -> int | None:
        """When business begins on the last working day before something is due, its own
        date counting when it is a working day that opens before `due` (UTC seconds)."""
        opening = self._opening(day)
        if opening is not None and opening < due:
            return opening
        earlier = self.before(day)
        return None if earlier is None else self._opening(earlier)

    def _opening(self, day: date) -> int | None:
        return self._asked(lambda calendar: calendar.opening(day), day)

    def _asked(self, ask: Callable[[Calendar], T], day: date) -> T:
        try:
            return ask(self.calendar)
        except OutOfCoverError:
            self._years.add(day.year)
            return ask(self.calendar.provisional)

    def _found(self, search: Callable[[Calendar], date], day: date) -> date | None:
        try:
            return search(self.calendar)
        except OutOfCoverError:
            pass
        try:
            found = search(self.calendar.provisional)
        except OutOfCoverError:
            return None
        years = range(min(day, found).year, max(day, found).year + 1)
        self._years.update(year for year in years if not self._covers(year))
        return found

    def _covers(self, year: int) -> bool:
        spec = self.calendar.spec
        return spec.covers(date(year, 1, 1).toordinal()) and spec.covers(
            date(year, 12, 31).toordinal()
        )
