"""Moments as people type them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.domain.moments import iso, iso_utc, local_time, parse_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = int(datetime(2026, 3, 10, 9, 20, 10, tzinfo=SHANGHAI).timestamp())
CENTURIES = st.integers(100_000, 4_000_000_000)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("09:45", "2026-03-10T09:45:00+08:00"),
        ("9:45", "2026-03-10T09:45:00+08:00"),
        ("09:45:30", "2026-03-10T09:45:30+08:00"),
        (" 09:45 ", "2026-03-10T09:45:00+08:00"),
        ("24:00", "2026-03-11T00:00:00+08:00"),
        ("明天 09:00", "2026-03-11T09:00:00+08:00"),
        ("tomorrow 09:00", "2026-03-11T09:00:00+08:00"),
        ("+30m", "2026-03-10T09:50:10+08:00"),
        ("+2h", "2026-03-10T11:20:10+08:00"),
        ("+1天", "2026-03-11T09:20:10+08:00"),
        ("2026-03-10", "2026-03-10T00:00:00+08:00"),
        ("2026-03-10 09:45", "2026-03-10T09:45:00+08:00"),
        ("2026-03-10 09:45:30", "2026-03-10T09:45:30+08:00"),
        ("2026-03-10T09:45:30", "2026-03-10T09:45:30+08:00"),
        ("2026-03-10T09:45:30+08:00", "2026-03-10T09:45:30+08:00"),
        ("2026-03-10T01:45:30Z", "2026-03-10T09:45:30+08:00"),
        ("2026-03-10 24:00", "2026-03-11T00:00:00+08:00"),
        ("1773106810", "2026-03-10T09:40:10+08:00"),
    ],
)
def test_what_may_be_typed(typed: str, means: str) -> None:
    assert iso(parse_moment(typed, NOW)) == means


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "25:00",
        "24:01",
        "09:60",
        "09:45:61",
        "tomorrow",
        "tomorrow 25:00",
        "2026-02-30",
        "2026-13-01 09:00",
        "+30",
        "-30m",
        "2030",
        "0930",
        "tomorrow 2026-03-10",
        "2026-03-1009:45",
        "9999-12-31 24:00",
        "0001-01-01",
        "0001-01-01 00:00:00",
    ],
)
def test_what_may_not(typed: str) -> None:
    with pytest.raises(ValueError, match=r"not a moment|not a time of day"):
        parse_moment(typed, NOW)


@given(st.text(max_size=30) | st.from_regex(r"[0-9+: T-]{0,20}Z?", fullmatch=True), CENTURIES)
@example("10000-01-01", 0)
@example("٠٩:٤٥", 0)
def test_whatever_is_understood_can_be_shown(typed: str, now: int) -> None:
    try:
        at = parse_moment(typed, now)
    except ValueError:
        return
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d(:\d\d)?", iso(at))


@given(CENTURIES)
def test_what_is_shown_is_understood(at: int) -> None:
    assert parse_moment(iso(at), NOW) == at
    assert parse_moment(iso_utc(at), NOW) == at
    assert parse_moment(local_time(at).strftime("%Y-%m-%d %H:%M:%S"), NOW) == at


@given(CENTURIES, st.sampled_from(["Europe/Berlin", "America/St_Johns", "UTC"]))
def test_other_zones(at: int, zone: str) -> None:
    assert parse_moment(iso(at, zone), NOW, zone) == at
    noon = datetime.fromtimestamp(at, ZoneInfo(zone)).replace(hour=12, minute=0, second=0)
    assert parse_moment("12:00", at, zone) == int(noon.timestamp())


@given(CENTURIES)
def test_24_00_is_midnight_after(at: int) -> None:
    day = local_time(at).date()
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(days=1)
    assert parse_moment("24:00", at) == int(midnight.timestamp())
    assert parse_moment(f"{day} 24:00", NOW) == int(midnight.timestamp())
