"""What one version of a calendar says differently from another, date by date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from console.domain.calendar import Calendar
from console.domain.calendar_spec import CalendarSpec, Windows

ADDED, REMOVED, COVER, ZONE, CHANGED = "added", "removed", "cover", "zone", "changed"
LONGEST = 366 * 100
"""Days compared at most: an unlimited calendar repeats itself."""


class Difference(NamedTuple):
    """One thing that differs. `kind` is added, removed, cover, zone or changed; `day` is
    given for a date, `before` and `after` are how the two put it ("" = nothing)."""

    calendar: str
    kind: str
    day: str = ""
    before: str = ""
    after: str = ""


def differences(old: Mapping[str, Calendar], new: Mapping[str, Calendar]) -> Iterator[Difference]:
    """Every difference between two sets of calendars, by id and date."""
    for identity in sorted(set(old) | set(new)):
        if identity not in old:
            yield Difference(identity, ADDED, after=_cover(new[identity].spec))
        elif identity not in new:
            yield Difference(identity, REMOVED, before=_cover(old[identity].spec))
        else:
            yield from _between(identity, old[identity].spec, new[identity].spec)


def _between(identity: str, old: CalendarSpec, new: CalendarSpec) -> Iterator[Difference]:
    if old.zone.name != new.zone.name:
        yield Difference(identity, ZONE, before=old.zone.name, after=new.zone.name)
    if _cover(old) != _cover(new):
        yield Difference(identity, COVER, before=_cover(old), after=_cover(new))
    for day in _worth_a_look(old, new):
        before, after = _hours(old, day), _hours(new, day)
        if before != after:
            yield Difference(identity, CHANGED, date.fromordinal(day).isoformat(), before, after)


def _worth_a_look(old: CalendarSpec, new: CalendarSpec) -> list[int]:
    """The dates both cover, and the exceptions of a cover only one of them has."""
    days = {day for spec in (old, new) for day in spec.exceptions if spec.covers(day)}
    if old.weekly != new.weekly:
        first, last = max(old.first_day, new.first_day), min(old.last_day, new.last_day)
        days.update(range(first, min(last, first + LONGEST) + 1))
    return sorted(days)


def _hours(spec: CalendarSpec, day: int) -> str:
    return written(spec.windows(day)) if spec.covers(day) else ""


def written(windows: Windows) -> str:
    """Opening hours as people write them; a rest day is a dash."""
    return " ".join(f"{_face(opens)}-{_face(closes)}" for opens, closes in windows) or "–"


def _face(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"


def _cover(spec: CalendarSpec) -> str:
    ends = (date.fromordinal(day).isoformat() for day in (spec.first_day, spec.last_day))
    return " – ".join(ends)
