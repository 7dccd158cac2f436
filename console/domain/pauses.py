"""Pauses: stretches of time in which a clock stands still."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from console.domain.calendar import Calendar

Pause = tuple[int, int | None]
"""`[from, to)` in UTC seconds; `to` None means still paused."""

FOREVER: Final = 1 << 62
"""The end of a pause that has none yet; later than any instant."""


def merged(pauses: Iterable[Pause], start: int) -> list[tuple[int, int]]:
    """Pauses from `start` on: sorted, overlaps and neighbours joined, empty ones dropped,
    an open end written as FOREVER."""
    joined: list[tuple[int, int]] = []
    ended = ((begin, FOREVER if end is None else end) for begin, end in pauses)
    for begin, end in sorted((max(begin, start), end) for begin, end in ended):
        if end <= begin:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def earliest_unpaused(
    calendar: Calendar, start: int, seconds: int, rests: Iterable[tuple[int, int]]
) -> int | None:
    """The earliest instant with exactly `seconds` (> 0) of open, unpaused time since
    `start`; None when a pause without end comes first. `rests` are merged pauses.

    Raises OutOfCoverError when the date of `start` or a date on the way is not covered.
    """
    calendar.check_covers(start)
    cursor, left = start, seconds
    for begin, end in rests:
        if begin >= calendar.cover_end:
            break
        free = calendar.open_seconds(cursor, begin)
        if left <= free:
            break
        if end == FOREVER:
            return None
        cursor, left = end, left - free
    return calendar.earliest(cursor, left)


def opening_unpaused(calendar: Calendar, at: int, rests: Iterable[tuple[int, int]]) -> int | None:
    """The first open, unpaused instant at or after `at`; None when there is none."""
    end = earliest_unpaused(calendar, at, 1, rests)
    return None if end is None else end - 1


def paused_open_seconds(
    calendar: Calendar, begin: int, end: int, rests: Iterable[tuple[int, int]]
) -> int:
    """Open seconds of `[begin, end)` that fall into merged pauses."""
    return sum(calendar.open_seconds(max(rest[0], begin), min(rest[1], end)) for rest in rests)
