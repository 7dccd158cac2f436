"""Random calendars, starts and pauses around the days on which clocks go wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.domain.slow_worktime import TICK, WEEKDAYS

# A zone and a day near which its clock changes (at 2:00, at midnight, by half an hour),
# or near which nothing happens.
PLACES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Asia/Beirut", date(2026, 10, 25)),
    ("America/Havana", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/St_Johns", date(2026, 11, 1)),
    ("Asia/Kathmandu", date(2026, 1, 1)),
    ("Asia/Shanghai", date(2026, 12, 31)),
]

LIMITS = [
    ("min", "earliest"),
    ("min", "roll"),
    ("wd", "civil"),
    ("wd", "civil_24"),
    ("wd", "civil_close"),
    ("wd", "deemed"),
    ("wd", "inclusive"),
    ("wd", "same_time"),
    ("wd", "hours"),
    ("cd", "civil"),
    ("cd", "civil_24"),
]


class Scene(NamedTuple):
    """A calendar as plain data, an instant in it, and pauses around that."""

    spec: dict[str, Any]
    start: int
    pauses: list[tuple[int, int | None]]


def face(quarter: int) -> str:
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"


@st.composite
def windows(draw: st.DrawFn, least: int = 0) -> list[list[str]]:
    """Opening hours of a date. No window is shorter than the longest gap of a clock, so
    that each is open at some instant."""
    found: list[list[str]] = []
    quarter = 0
    for _ in range(draw(st.integers(least, 3))):
        opens = draw(st.integers(quarter, quarter + 40))
        closes = opens + draw(st.integers(5, 60))
        if opens > 91:
            break
        found.append([face(opens), face(min(closes, 96))])
        quarter = min(closes, 96)
    return found


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    zone, middle = draw(st.sampled_from(PLACES))
    nearby = [(middle + timedelta(days=n)).isoformat() for n in range(-8, 9)]
    kinds = draw(st.lists(st.sampled_from("nnnnhms"), min_size=17, max_size=17))
    named = {kind: [d for d, k in zip(nearby, kinds, strict=True) if k == kind] for kind in "hms"}
    spec: dict[str, Any] = {
        "tz": zone,
        "weekly": {day: draw(windows()) for day in draw(st.sets(st.sampled_from(WEEKDAYS)))},
        "holidays": named["h"],
        "makeup_workdays": named["m"],
        "makeup_hours": draw(windows(least=1)),
        "special_hours": {day: draw(windows()) for day in named["s"]},
        "day_minutes": draw(st.sampled_from([240, 480, 1440])),
        "valid_from": (middle - timedelta(days=draw(st.integers(1, 30)))).isoformat(),
        "valid_to": (middle + timedelta(days=draw(st.integers(1, 30)))).isoformat(),
    }
    noon = int(datetime(middle.year, middle.month, middle.day, tzinfo=ZoneInfo(zone)).timestamp())
    start = noon // TICK * TICK + TICK * draw(st.integers(-400, 400))
    return Scene(spec, start, draw(pauses(start)))


@st.composite
def pauses(draw: st.DrawFn, start: int) -> list[tuple[int, int | None]]:
    found: list[tuple[int, int | None]] = []
    for _ in range(draw(st.integers(0, 3))):
        begin = start + TICK * draw(st.integers(-200, 500))
        length = draw(st.one_of(st.integers(0, 300), st.integers(0, 300), st.none()))
        found.append((begin, None if length is None else begin + TICK * length))
    return found
