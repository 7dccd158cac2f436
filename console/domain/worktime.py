"""When a limit in working time is due, and how much working time lies between two instants.

| unit | conventions | due |
| --- | --- | --- |
| `sec`, `min` | `earliest` | the earliest instant with exactly that much open time |
| | `roll` | the same, moved to the first open instant |
| `wd` | `civil` | close of the Nth working day after the start's date (D-03) |
| | `civil_24` | the same, 24:00 |
| | `civil_close` | as `civil`; keeps to close of business when paused |
| | `deemed` | as `civil`, from the next opening when started outside hours |
| | `inclusive` | the date of the (next) opening is day 1 |
| | `same_time` | N working days on at the same wall clock |
| | `hours` | N standard days of working time (D-03 `rolling`) |
| `cd` | `civil`, `civil_24` | N dates on, moved off a rest day; close or 24:00 (D-04) |

A pause takes its open time away from a limit in seconds or minutes. A limit in days is
first laid out without pauses; the open time up to there is then the budget. All instants
are whole UTC seconds; an amount of 0 is due at the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from console.domain.calendar import Calendar
from console.domain.calendar_spec import BadCalendarError, CalendarError
from console.domain.pauses import (
    Pause,
    earliest_unpaused,
    merged,
    opening_unpaused,
    paused_open_seconds,
)
from console.domain.words import M

CONVENTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "sec": ("earliest", "roll"),
    "min": ("earliest", "roll"),
    "wd": ("civil", "civil_24", "civil_close", "deemed", "inclusive", "same_time", "hours"),
    "cd": ("civil", "civil_24"),
}
"""Every unit and the conventions it may be counted by."""

_SECONDS: Final[Mapping[str, int]] = {"sec": 1, "min": 60}


class BadLimitError(CalendarError):
    """A unit, convention or amount that does not exist."""


def due(
    calendar: Calendar,
    start: int,
    amount: int,
    unit: str,
    convention: str,
    pauses: Sequence[Pause] = (),
) -> int | None:
    """The instant a limit ends; None while a pause without end holds it.

    Raises OutOfCoverError when a date outside the calendar's cover has to be looked at,
    BadLimitError for an unknown unit or convention or a negative amount, and
    BadCalendarError for `hours` on a calendar without `day_minutes`.
    """
    # The two everyday limits come first: a board of thousands is derived through here.
    if not pauses and amount > 0:
        if convention == "earliest" and unit in _SECONDS:
            return calendar.earliest(start, amount * _SECONDS[unit])
        if convention == "civil" and unit == "wd":
            return calendar.close_after(start, amount)
    _check(amount, unit, convention)
    rests = merged(pauses, start) if pauses else []
    if unit in _SECONDS:
        return _due_in_seconds(calendar, start, amount * _SECONDS[unit], convention, rests)
    if amount == 0:
        return start
    if unit == "cd":
        return _due_in_calendar_days(calendar, start, amount, convention, rests)
    return _due_in_working_days(calendar, start, amount, convention, rests)


def between(calendar: Calendar, begin: int, end: int, pauses: Sequence[Pause] = ()) -> int:
    """Working, unpaused seconds in `[begin, end)`; negative when `end` comes first.

    Raises OutOfCoverError when a date of the stretch is not covered.
    """
    if end < begin:
        return -between(calendar, end, begin, pauses)
    worked = calendar.open_seconds(begin, end)
    return worked - paused_open_seconds(calendar, begin, end, merged(pauses, begin))


def _check(amount: int, unit: str, convention: str) -> None:
    known = CONVENTIONS.get(unit)
    if known is None:
        raise BadLimitError(
            M("{unit} is no unit; known: {known}.", unit=unit, known=", ".join(CONVENTIONS))
        )
    if convention not in known:
        raise BadLimitError(
            M(
                "{convention} is no convention for {unit}; known: {known}.",
                convention=convention,
                unit=unit,
                known=", ".join(known),
            )
        )
    if amount < 0:
        raise BadLimitError(M("A limit of {amount} is negative; write 0 or more.", amount=amount))


def _due_in_seconds(
    calendar: Calendar, start: int, seconds: int, convention: str, rests: list[tuple[int, int]]
) -> int | None:
    at: int | None = start
    if seconds:
        at = earliest_unpaused(calendar, start, seconds, rests)
    if at is None or convention == "earliest":
        return at
    return opening_unpaused(calendar, at, _from(at, rests))


def _due_in_calendar_days(
    calendar: Calendar, start: int, amount: int, convention: str, rests: list[tuple[int, int]]
) -> int | None:
    day = calendar.working_day_from(calendar.date_after(start, amount))
    at = _end_of_business(calendar, day, convention)
    return _stretched_to(calendar, start, at, convention, rests)


def _due_in_working_days(
    calendar: Calendar, start: int, amount: int, convention: str, rests: list[tuple[int, int]]
) -> int | None:
    if convention == "same_time":
        at, clamped = _same_time(calendar, start, amount)
        moved = _stretched(calendar, start, at, rests)
        if moved is None or clamped:
            return moved
        return opening_unpaused(calendar, moved, _from(moved, rests))
    if convention == "hours":
        at = calendar.earliest(start, amount * _day_seconds(calendar))
    else:
        day = _last_working_day(calendar, start, amount, convention)
        at = _end_of_business(calendar, day, convention)
    return _stretched_to(calendar, start, at, convention, rests)


def _last_working_day(calendar: Calendar, start: int, amount: int, convention: str) -> date:
    """The working day a limit in working days ends on."""
    if convention in ("deemed", "inclusive"):
        start = calendar.opening_from(start)
    if convention == "inclusive":
        amount -= 1
    if amount == 0:
        return calendar.local_date(start)
    return calendar.working_day_after(start, amount)


def _end_of_business(calendar: Calendar, day: date, convention: str) -> int:
    """Close of business of a working day, or its 24:00."""
    if convention == "civil_24":
        return calendar.instant(day, 24)
    close = calendar.close(day)
    assert close is not None, "only working days end here"
    return close


def _same_time(calendar: Calendar, start: int, amount: int) -> tuple[int, bool]:
    """The wall clock of the (next) opening N working days on, and whether the close of a
    shorter day came first."""
    opened = calendar.opening_from(start)
    day = calendar.working_day_after(opened, amount)
    close = _end_of_business(calendar, day, "civil")
    wall = calendar.zone.local(opened)
    at = calendar.instant(day, wall.hour, wall.minute, wall.second)
    last_window = calendar.spec.windows(day.toordinal())[-1]
    seconds = wall.hour * 3600 + wall.minute * 60 + wall.second
    if at >= close or seconds >= last_window[1]:
        return close, True
    return calendar.opening_from(at), False


def _stretched(calendar: Calendar, start: int, at: int, rests: list[tuple[int, int]]) -> int | None:
    """A due instant moved on by the open time that merged pauses took away."""
    budget = calendar.open_seconds(start, at) if rests else 0
    return earliest_unpaused(calendar, start, budget, rests) if budget else at


def _stretched_to(
    calendar: Calendar, start: int, at: int, convention: str, rests: list[tuple[int, int]]
) -> int | None:
    """The same, moved to the end of its date where the convention keeps to it. At 24:00
    the wall shows the next date already, so the last second worked decides."""
    moved = _stretched(calendar, start, at, rests)
    if moved is None or moved == at or convention not in ("civil_close", "civil_24"):
        return moved
    return _end_of_business(calendar, calendar.local_date(moved - 1), convention)


def _from(at: int, rests: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merged pauses as far as they reach past an instant."""
    return [(max(begin, at), end) for begin, end in rests if end > at]


def _day_seconds(calendar: Calendar) -> int:
    seconds = calendar.spec.day_seconds
    if seconds is None:
        raise BadCalendarError(
            M(
                "Calendar {calendar}, day_minutes: give the length of a working day, "
                "which the convention hours counts in.",
                calendar=calendar.id,
            )
        )
    return seconds
