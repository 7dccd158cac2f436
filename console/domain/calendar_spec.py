"""What a calendar says about each date, read and checked from plain data.

| key | meaning |
| --- | --- |
| `tz` | IANA zone; everything else is wall clock in it |
| `weekly` | windows of each weekday, `{"mon": [["08:30", "12:00"]]}`; a missing day is closed |
| `holidays` | dates closed all day |
| `makeup_workdays`, `makeup_hours` | dates with their own windows instead of the weekday's |
| `special_hours` | `{date: windows}`; wins over everything |
| `day_minutes` | one standard working day, for the convention `hours` |
| `valid_from`, `valid_to` | first and last date covered; absent = unlimited |
| `note` | for people |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, cast
from zoneinfo import ZoneInfoNotFoundError

from console.domain.words import M, Message
from console.domain.zone import DAY, Zone, zone_named

Windows = tuple[tuple[int, int], ...]
"""Opening hours of one date: half-open, ascending, in seconds after midnight."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_KEYS: Final = frozenset(
    (
        "tz",
        "weekly",
        "holidays",
        "makeup_workdays",
        "makeup_hours",
        "special_hours",
        "day_minutes",
        "valid_from",
        "valid_to",
        "note",
    )
)
_CLOCK_FACE: Final = re.compile(r"(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")

# What "unlimited" means: wide enough for any duty, near enough for a mistyped amount to
# end in an answer instead of filling the memory.
_FIRST_DAY: Final = date(1800, 1, 1).toordinal()
_LAST_DAY: Final = date(2999, 12, 31).toordinal()


def in_english(message: Message) -> str:
    """A message as developers, logs and the bare clock read it: untranslated."""
    args = {
        name: in_english(value) if isinstance(value, Message) else value
        for name, value in message.args.items()
    }
    return message.text.format(**args)


class CalendarError(ValueError):
    """Something is wrong with a calendar or its use; `message` says what, and the remedy."""

    def __init__(self, message: Message) -> None:
        super().__init__(in_english(message))
        self.message = message


class BadCalendarError(CalendarError):
    """A calendar's data cannot be used. The message names the calendar, key and remedy."""


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """A checked calendar. Days are ordinals, times seconds.

    `exceptions` holds every date that does not follow its weekday.
    """

    id: str
    zone: Zone
    weekly: tuple[Windows, ...]
    exceptions: Mapping[int, Windows]
    day_seconds: int | None
    first_day: int
    last_day: int

    def windows(self, day: int) -> Windows:
        """Opening hours of a day, whether covered or not; empty on a rest day."""
        special = self.exceptions.get(day)
        return self.weekly[(day - 1) % 7] if special is None else special

    def covers(self, day: int) -> bool:
        """Whether the calendar says anything about a day."""
        return self.first_day <= day <= self.last_day

    def idle_after(self, day: int) -> bool:
        """Whether the calendar never opens again after a day (it has no weekly hours)."""
        if any(self.weekly):
            return False
        return not any(windows and other > day for other, windows in self.exceptions.items())

    def unlimited(self) -> CalendarSpec:
        """The same calendar without a cover: weekly hours go on where its data end, and
        1 January is what it was in the last year covered (D-22)."""
        last_year = date.fromordinal(self.last_day).year
        new_year = self.windows(date(last_year, 1, 1).toordinal())
        guesses = (
            date(year, 1, 1).toordinal()
            for year in range(_year_of(_FIRST_DAY), _year_of(_LAST_DAY) + 1)
        )
        guessed = {day: new_year for day in guesses if not self.covers(day)}
        exceptions = {**guessed, **self.exceptions}
        return replace(self, exceptions=exceptions, first_day=_FIRST_DAY, last_day=_LAST_DAY)


def parse_calendar(calendar: str, data: object) -> CalendarSpec:
    """Check one calendar given as plain data. Raises BadCalendarError."""
    return _Reader(calendar, data).spec()


class _Reader:
    """Reads one calendar; knows its id for the sake of the messages."""

    def __init__(self, calendar: str, data: object) -> None:
        self.calendar = calendar
        if not isinstance(data, Mapping):
            raise self.bad("tz", M("a calendar is an object with at least tz and weekly"))
        self.data: Mapping[str, Any] = data

    def bad(self, key: str, remedy: Message) -> BadCalendarError:
        return BadCalendarError(
            M(
                "Calendar {calendar}, {key}: {remedy}.",
                calendar=self.calendar,
                key=key,
                remedy=remedy,
            )
        )

    def spec(self) -> CalendarSpec:
        for key in self.data:
            if key not in _KEYS:
                raise self.bad(str(key), M("no such key; remarks belong in note"))
        first, last = self.cover()
        return CalendarSpec(
            id=self.calendar,
            zone=self.zone(),
            weekly=self.weekly(),
            exceptions=self.exceptions(),
            day_seconds=self.day_seconds(),
            first_day=first,
            last_day=last,
        )

    def zone(self) -> Zone:
        name = self.data.get("tz")
        try:
            return zone_named(cast(str, name))
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            remedy = M("{name} is no time zone; write one such as Asia/Shanghai", name=repr(name))
            raise self.bad("tz", remedy) from None

    def weekly(self) -> tuple[Windows, ...]:
        given = self.data.get("weekly")
        if not isinstance(given, Mapping):
            raise self.bad("weekly", M('write the weekdays, such as "mon": [["08:30", "12:00"]]'))
        for weekday in given:
            if weekday not in WEEKDAYS:
                raise self.bad(
                    f"weekly.{weekday}", M("weekdays are mon, tue, wed, thu, fri, sat, sun")
                )
        return tuple(self.windows(f"weekly.{day}", given.get(day, ())) for day in WEEKDAYS)

    def exceptions(self) -> dict[int, Windows]:
        found: dict[int, Windows] = dict.fromkeys(self.days("holidays"), ())
        makeup_days = self.days("makeup_workdays")
        makeup_hours = self.windows("makeup_hours", self.data.get("makeup_hours", ()))
        if makeup_days and not makeup_hours:
            raise self.bad("makeup_hours", M("give the hours of the make-up working days"))
        for day in makeup_days:
            if day in found:
                raise self.bad(
                    "makeup_workdays",
                    M("{day} is among the holidays too; keep one", day=str(date.fromordinal(day))),
                )
            found[day] = makeup_hours
        special = self.data.get("special_hours", {})
        if not isinstance(special, Mapping):
            raise self.bad("special_hours", M("write an object of dates and their windows"))
        for text, windows in special.items():
            key = f"special_hours.{text}"
            found[self.day(key, text)] = self.windows(key, windows)
        return found

    def day_seconds(self) -> int | None:
        minutes = self.data.get("day_minutes")
        if minutes is None:
            return None
        if type(minutes) is not int or not 0 < minutes <= DAY // 60:
            raise self.bad("day_minutes", M("write the minutes of a working day, 1 to 1440"))
        return minutes * 60

    def cover(self) -> tuple[int, int]:
        ends = [self.data.get("valid_from"), self.data.get("valid_to")]
        first = _FIRST_DAY if ends[0] is None else self.day("valid_from", ends[0])
        last = _LAST_DAY if ends[1] is None else self.day("valid_to", ends[1])
        if last < first:
            raise self.bad("valid_to", M("the cover ends before it begins; swap the dates"))
        return first, last

    def days(self, key: str) -> list[int]:
        given = self.data.get(key, ())
        if not isinstance(given, Sequence) or isinstance(given, str):
            raise self.bad(key, M('write a list of dates, such as ["2026-01-01"]'))
        return [self.day(key, text) for text in given]

    def day(self, key: str, text: object) -> int:
        try:
            if not isinstance(text, str) or not _DATE.fullmatch(text):
                raise ValueError(text)
            day = date.fromisoformat(text).toordinal()
            if not _FIRST_DAY <= day <= _LAST_DAY:
                raise ValueError(text)
        except ValueError:
            remedy = M("{given} is no date; write it as 2026-01-31", given=repr(text))
            raise self.bad(key, remedy) from None
        return day

    def windows(self, key: str, given: object) -> Windows:
        if not isinstance(given, Sequence) or isinstance(given, str):
            raise self.bad(key, M('write a list of windows, such as [["08:30", "12:00"]]'))
        found: list[tuple[int, int]] = []
        for window in given:
            if not isinstance(window, Sequence) or isinstance(window, str) or len(window) != 2:
                raise self.bad(key, M('a window has two ends, such as ["08:30", "12:00"]'))
            opens, closes = (self.clock_face(key, end) for end in window)
            if opens >= closes:
                raise self.bad(
                    key, M("a window ends after it opens; a night is written as two windows")
                )
            if found and opens < found[-1][1]:
                raise self.bad(key, M("windows stand in order and do not overlap"))
            found.append((opens, closes))
        return tuple(found)

    def clock_face(self, key: str, text: object) -> int:
        face = _CLOCK_FACE.fullmatch(text) if isinstance(text, str) else None
        if face is None:
            remedy = M("{given} is no time; write it as 08:30, at most 24:00", given=repr(text))
            raise self.bad(key, remedy)
        hour, minute = face[1] or face[3], face[2] or face[4]
        return int(hour) * 3600 + int(minute) * 60


def _year_of(day: int) -> int:
    return date.fromordinal(day).year
