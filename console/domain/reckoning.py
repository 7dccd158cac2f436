"""From a limit and a start to a due instant, by the calendar the rule names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from console.domain.calendar import Calendar, OutOfCoverError, day_of_month
from console.domain.calendars import Due, due_or_provisional
from console.domain.facts import Fact
from console.domain.lengths import parse_length
from console.domain.pauses import Pause
from console.domain.rulebook import OwnedTimer
from console.domain.workdays import Workdays

IMMEDIATE_TARGET = 5 * 60
"""What "at once" is measured against in the house; never a breach (D-06). Seconds."""

SLOT_REACH = 366
"""How many days ahead a slot is looked for; a calendar without one in a year has none."""

ELAPSED = "elapsed"
"""The calendar that is always open: minutes and hours run day and night (D-02)."""


class Reckoning:
    """Answers when a limit ends. `calendar` gives a compiled calendar by its id; `day_count`
    is how the installation counts working days, civil or rolling, where a rule names no
    other way (D-03)."""

    __slots__ = ("calendar", "day_count")

    def __init__(self, calendar: Callable[[str], Calendar], day_count: str = "civil") -> None:
        self.calendar = calendar
        self.day_count = day_count

    def due(self, owned: OwnedTimer, start: Fact, pauses: list[Pause]) -> Due:
        """The due instant of a timer started by a fact (UTC seconds)."""
        length = owned.timer.length
        unit = length.unit
        if unit == "sec" and not pauses:
            return Due(start.at + length.amount)
        if unit == "timely":
            return Due(None)
        if unit == "now":
            return Due(start.at + IMMEDIATE_TARGET)
        if unit == "promise":
            return Due(int(start.body["due"]))
        return self._by_calendar(owned, start.at, pauses)

    def opens(self, owned: OwnedTimer, start: Fact) -> int:
        """From when on a stop counts (UTC seconds): some time after the start, or from 0:00
        of the nth day after it."""
        if not owned.timer.not_before:
            return start.at
        wait = parse_length(owned.timer.not_before)
        if wait.unit == "sec":
            return start.at + wait.amount
        calendar = self.calendar(ELAPSED)
        return calendar.instant(calendar.local_date(start.at) + timedelta(days=wait.amount))

    def _by_calendar(self, owned: OwnedTimer, start: int, pauses: list[Pause]) -> Due:
        length = owned.timer.length
        calendar = self.calendar(ELAPSED if length.unit == "sec" else owned.calendar)
        if length.unit == "day":
            return Due(calendar.end_of_day(start))
        if length.unit == "month":
            return Due(calendar.end_of_month(start))
        if length.unit == "week":
            return _next_week(calendar, start)
        if length.unit == "slot":
            return _next_slot(calendar, start, length.weekdays)
        if length.unit == "mo":
            days = _days_of_months(calendar, start, length.amount)
            return due_or_provisional(calendar, start, days, "cd", "civil_24", pauses)
        convention = self._convention(owned)
        return due_or_provisional(calendar, start, length.amount, length.unit, convention, pauses)

    def _convention(self, owned: OwnedTimer) -> str:
        """How the timer's own convention reads for its unit (D-03, D-04)."""
        unit, convention = owned.timer.length.unit, owned.timer.convention
        if unit in ("sec", "min"):
            return "earliest"
        if unit == "cd":
            return "civil_24"
        if convention == "civil":
            convention = self.day_count
        return "hours" if convention == "rolling" else convention


def _next_week(calendar: Calendar, start: int) -> Due:
    """Sunday 24:00 of the next ISO week with a working day: a week without one creates no
    obligation (D-08)."""
    day = calendar.local_date(start)
    monday = day + timedelta(days=7 - day.weekday())
    try:
        first = calendar.next_working_day(monday - timedelta(days=1))
        return Due(calendar.end_of_week(calendar.instant(first)))
    except OutOfCoverError:
        first = calendar.provisional.next_working_day(monday - timedelta(days=1))
        return Due(calendar.end_of_week(calendar.instant(first)), _years(calendar, first))


def _next_slot(calendar: Calendar, start: int, weekdays: tuple[int, ...]) -> Due:
    """24:00 of the next of some weekdays that is a working day. The start's own day may be
    over, so it is not counted; nobody meets on a rest day."""
    work = Workdays(calendar)
    first = calendar.local_date(start) + timedelta(days=1)
    days = (first + timedelta(days=n) for n in range(SLOT_REACH))
    slots = (day for day in days if day.weekday() in weekdays and work.is_working(day))
    day = next(slots, None)
    return Due(None) if day is None else Due(calendar.instant(day, 24), work.missing)


def _days_of_months(calendar: Calendar, start: int, amount: int) -> int:
    """Days from a date to the same day some months later, the last one in a shorter month."""
    day = calendar.local_date(start)
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return (day_of_month(year, month + 1, day.day) - day).days


def _years(calendar: Calendar, day: date) -> tuple[int, ...]:
    return tuple(range(calendar.last_covered.year + 1, day.year + 1)) or (day.year,)
