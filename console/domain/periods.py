"""Periods and times of day as duties write them: `2026-05`, `2026-W19`, `19:00`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from console.domain.calendar import day_of_month

_CLOCK_FACE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")


def clock_face(text: str) -> tuple[int, int]:
    """Hour and minute of `08:30`, at most `24:00`. Raises ValueError."""
    if not _CLOCK_FACE.fullmatch(text):
        raise ValueError(f"{text!r} is no time of day; write it as 19:00, at most 24:00")
    hour, _, minute = text.partition(":")
    return int(hour), int(minute)


def split_anchor(text: str) -> tuple[str, str]:
    """The date and the time of day ("" = none) of an anchor: `2026-01-07 19:00`.

    Raises ValueError.
    """
    day, _, at = text.partition(" ")
    date.fromisoformat(day)
    if at:
        clock_face(at)
    return day, at


def months(first: date, last: date) -> Iterator[tuple[int, int]]:
    """The (year, month) of every month between two dates."""
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield count // 12, count % 12 + 1


def week_of(day: date) -> str:
    """The ISO week of a date, `2026-W19`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def month_of(day: date) -> str:
    """The month of a date, `2026-05`."""
    return f"{day.year}-{day.month:02}"


def span_of(period: str) -> tuple[date, date]:
    """The first and last date of a period as a duty's occurrences write it.

    Raises ValueError for anything else.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", period):
        day = date.fromisoformat(period)
        return day, day
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", period):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return monday, monday + timedelta(days=6)
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", period):
        year, end = int(quarter[1]), int(quarter[2]) * 3
        return date(year, end - 2, 1), day_of_month(year, end, 31)
    if month := re.fullmatch(r"(\d{4})-(\d\d)", period):
        begin = date(int(month[1]), int(month[2]), 1)
        return begin, day_of_month(begin.year, begin.month, 31)
    if re.fullmatch(r"\d{4}", period):
        return date(int(period), 1, 1), date(int(period), 12, 31)
    raise ValueError(f"{period!r} is no period; write 2026-05, 2026-W19, 2026-Q2 or 2026-05-06")
