"""From a limit and a start to a due instant, by the calendar the rule names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from console.domain.calendar import Calendar, OutOfCoverError
from console.domain.calendars import Due, due_or_provisional
from console.domain.facts import Fact
from console.domain.pauses import Pause
from console.domain.rulebook import OwnedTimer

IMMEDIATE_TARGET = 5 * 60
"""What "at once" is measured against in the house; never a breach (D-06). Seconds."""

ELAPSED = "elapsed"
"""The calendar that is always open: minutes and hours run day and night (D-02)."""


class Reckoning:
    """Answers when a limit ends. `calendar` gives a compiled calendar by its id."""

    __slots__ = ("calendar",)

    def __init__(self, calendar: Callable[[str], Calendar]) -> None:
        self.calendar = calendar

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

    def _by_calendar(self, owned: OwnedTimer, start: int, pauses: list[Pause]) -> Due:
        length = owned.timer.length
        calendar = self.calendar(ELAPSED if length.unit == "sec" else owned.calendar)
        if length.unit == "day":
            return Due(calendar.end_of_day(start))
        if length.unit == "month":
            return Due(calendar.end_of_month(start))
        if length.unit == "week":
            return _next_week(calendar, start)
        convention = _convention(owned)
        return due_or_provisional(calendar, start, length.amount, length.unit, convention, pauses)


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


def _years(calendar: Calendar, day: date) -> tuple[int, ...]:
    return tuple(range(calendar.last_covered.year + 1, day.year + 1)) or (day.year,)


def _convention(owned: OwnedTimer) -> str:
    """How the timer's own convention reads for its unit (D-03, D-04)."""
    unit = owned.timer.length.unit
    if unit in ("sec", "min"):
        return "earliest"
    if unit == "cd":
        return "civil_24"
    return "hours" if owned.timer.convention == "rolling" else owned.timer.convention
