"""The calendars of an installation, and due instants past what they cover (D-22)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from console.domain.calendar import Calendar, OutOfCoverError
from console.domain.calendar_spec import BadCalendarError, CalendarError
from console.domain.pauses import Pause
from console.domain.words import M
from console.domain.worktime import due


class UnknownCalendarError(CalendarError):
    """A calendar was asked for by an id that is not loaded."""


class Due(NamedTuple):
    """When a limit ends, in UTC seconds (None while a pause without end holds it), and the
    years whose calendar is missing, in order: with any, `at` is provisional."""

    at: int | None
    provisional_years: tuple[int, ...] = ()


class CalendarBook(Mapping[str, Calendar]):
    """Calendars by id. Each knows its `version` and `digest`; `digest` of the book changes
    when any of them does. Asking for an unknown id raises UnknownCalendarError."""

    __slots__ = ("_calendars", "digest", "version")

    def __init__(self, calendars: Iterable[Calendar]) -> None:
        self._calendars = {calendar.id: calendar for calendar in calendars}
        versions = {one.version for one in self._calendars.values() if one.version}
        self.version = ", ".join(sorted(versions))
        self.digest = _digest({key: one.digest for key, one in self._calendars.items()})

    @classmethod
    def parse(cls, documents: Iterable[object]) -> CalendarBook:
        """Read documents of the form `{"version": …, "source": …, "calendars": {id: spec}}`
        or the bare `{id: spec}`. A later document replaces a calendar of the same id.

        Raises BadCalendarError.
        """
        return cls(one for document in documents for one in _calendars_of(document))

    def __getitem__(self, calendar: str) -> Calendar:
        try:
            return self._calendars[calendar]
        except KeyError:
            raise UnknownCalendarError(
                M(
                    "There is no calendar {calendar}; loaded: {known}.",
                    calendar=calendar,
                    known=", ".join(sorted(self._calendars)),
                )
            ) from None

    def __contains__(self, calendar: object) -> bool:
        return calendar in self._calendars

    def __iter__(self) -> Iterator[str]:
        return iter(self._calendars)

    def __len__(self) -> int:
        return len(self._calendars)


def due_or_provisional(
    calendar: Calendar,
    start: int,
    amount: int,
    unit: str,
    convention: str,
    pauses: Sequence[Pause] = (),
) -> Due:
    """The instant a limit ends, past the cover too: weekly hours are taken to go on there
    and 1 January to be what it was, and the years missing are named (D-22).

    Raises what `due` raises, OutOfCoverError only when the limit never ends.
    """
    try:
        return Due(due(calendar, start, amount, unit, convention, pauses))
    except OutOfCoverError:
        at = due(calendar.provisional, start, amount, unit, convention, pauses)
    return Due(at, () if at is None else missing_years(calendar, start, at))


def missing_years(calendar: Calendar, begin: int, end: int) -> tuple[int, ...]:
    """The years of `[begin, end]` in which a date is not covered. 24:00 of a date belongs
    to that date, unless nothing else of the stretch is missing."""
    spec, zone = calendar.spec, calendar.zone
    first = zone.day(begin)
    for last in (zone.day(max(begin, end - 1)), zone.day(end)):
        gaps = (
            (first, min(last, spec.first_day - 1)),
            (max(first, spec.last_day + 1), last),
        )
        years = {
            year
            for since, until in gaps
            if since <= until
            for year in range(_year(since), _year(until) + 1)
        }
        if years:
            return tuple(sorted(years))
    return ()


def _calendars_of(document: object) -> Iterator[Calendar]:
    if not isinstance(document, Mapping):
        raise BadCalendarError(
            M(
                "Calendars are an object of ids and what each says, not {given}.",
                given=_kind(document),
            )
        )
    inner = document.get("calendars")
    wrapped = isinstance(inner, Mapping) and "tz" not in inner
    version = str(document.get("version", "")) if wrapped else ""
    specs: Mapping[str, Any] = inner if wrapped and isinstance(inner, Mapping) else document
    for calendar, data in specs.items():
        read = Calendar.parse(calendar, data)
        yield Calendar(read.spec, version, _digest(data))


def _digest(data: object) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _kind(value: object) -> str:
    return "null" if value is None else type(value).__name__


def _year(day: int) -> int:
    return date.fromordinal(day).year
