"""From a limit and a start to a due instant, by the calendar the rule names."""

from __future__ import annotations

from collections.abc import Callable

from console.domain.calendar import Calendar
from console.domain.calendars import Due, due_or_provisional
from console.domain.facts import Fact
from console.domain.rulebook import OwnedTimer

IMMEDIATE_TARGET = 5 * 60
"""What "at once" is measured against in the house; never a breach (D-06). Seconds."""


class Reckoning:
    """Answers when a limit ends. `calendar` gives a compiled calendar by its id."""

    __slots__ = ("calendar",)

    def __init__(self, calendar: Callable[[str], Calendar]) -> None:
        self.calendar = calendar

    def due(self, owned: OwnedTimer, start: Fact) -> Due:
        """The due instant of a timer started by a fact (UTC seconds)."""
        length = owned.timer.length
        unit = length.unit
        if unit == "sec":
            return Due(start.at + length.amount)
        if unit == "timely":
            return Due(None)
        if unit == "now":
            return Due(start.at + IMMEDIATE_TARGET)
        if unit == "promise":
            return Due(int(start.body["due"]))
        return self._by_calendar(owned, start.at)

    def _by_calendar(self, owned: OwnedTimer, start: int) -> Due:
        length, calendar = owned.timer.length, self.calendar(owned.calendar)
        ends = {
            "day": calendar.end_of_day,
            "week": calendar.end_of_week,
            "month": calendar.end_of_month,
        }
        if length.unit in ends:
            return Due(ends[length.unit](start))
        return due_or_provisional(
            calendar, start, length.amount, length.unit, _convention(owned)
        )


def _convention(owned: OwnedTimer) -> str:
    """How the timer's own convention reads for its unit (D-03, D-04)."""
    unit = owned.timer.length.unit
    if unit == "min":
        return "earliest"
    if unit == "cd":
        return "civil_24"
    return "hours" if owned.timer.convention == "rolling" else owned.timer.convention
