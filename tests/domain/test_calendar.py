from __future__ import annotations

import importlib.util
import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import chinese_calendar
import holidays
import pytest

from console.domain.calendar import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    Calendar,
    OutOfCoverError,
    day_of_month,
    nth_weekday,
)
from console.domain.calendar_spec import BadCalendarError, in_english
from console.domain.words import Message
from console.domain.zone import zone_named

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "console" / "data" / "calendars"
VECTORS: dict[str, Any] = json.loads(
    (ROOT / "tests" / "data" / "clock" / "calendars.json").read_text(encoding="utf-8")
)


def shipped(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHIPPED / name).read_text(encoding="utf-8"))
    return found


CN = shipped("cn.json")["calendars"]
OFFICE = Calendar.parse("cn-office", CN["cn-office"])
DUTY = Calendar.parse("cn-weekend-duty", CN["cn-weekend-duty"])
COVERED = [date(2019, 1, 1) + timedelta(days=n) for n in range(8 * 365 + 2)]


def at(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.astimezone(OFFICE.zone.tzinfo)).timestamp())


def shanghai(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+08:00").timestamp())


def spec(**changes: object) -> dict[str, object]:
    base: dict[str, object] = {"tz": "Asia/Shanghai", "weekly": {"mon": [["09:00", "17:00"]]}}
    return {**base, **changes}


# The calendars the package carries


def test_the_office_calendar_agrees_with_two_libraries_on_every_published_day() -> None:
    published = holidays.country_holidays("CN", years=range(2019, 2027))
    for day in COVERED:
        ours = OFFICE.is_working_day(day)
        assert ours == chinese_calendar.is_workday(day) == published.is_working_day(day), day
    assert COVERED[-1] == OFFICE.last_covered
    assert COVERED[0] == OFFICE.first_covered


def test_2026_has_the_working_days_of_the_notice() -> None:
    assert sum(OFFICE.is_working_day(day) for day in COVERED if day.year == 2026) == 248
    makeup = [d for d in COVERED if d.year == 2026 and d.weekday() > FRIDAY]
    assert [d.strftime("%m-%d") for d in makeup if OFFICE.is_working_day(d)] == [
        "01-04",
        "02-14",
        "02-28",
        "05-09",
        "09-20",
        "10-10",
    ]


def test_duty_is_open_exactly_when_the_office_is_not() -> None:
    assert all(OFFICE.is_working_day(day) != DUTY.is_working_day(day) for day in COVERED)


@pytest.mark.parametrize("name", ["cn-office", "cn-weekend-duty", "elapsed"])
def test_shipped_hours_are_those_of_the_vectors(name: str) -> None:
    ours = {**CN, **shipped("elapsed.json")["calendars"]}[name]
    mine, theirs = Calendar.parse(name, ours), Calendar.parse(name, VECTORS[name])
    days = [day.toordinal() for day in COVERED]
    assert [mine.spec.windows(d) for d in days] == [theirs.spec.windows(d) for d in days]
    assert mine.spec.day_seconds == theirs.spec.day_seconds


def test_the_shipped_files_are_what_the_script_writes() -> None:
    place = ROOT / "scripts" / "make_calendar.py"
    found = importlib.util.spec_from_file_location("make_calendar", place)
    assert found is not None
    assert found.loader is not None
    script = importlib.util.module_from_spec(found)
    found.loader.exec_module(script)
    for name, document in script.documents().items():
        there = shipped(name)
        assert there["calendars"] == document["calendars"]
        assert there["version"] == document["version"]


# Dates around an instant


def test_the_end_of_a_day_a_week_and_a_month() -> None:
    night = shanghai("2026-05-20T23:50:00")
    assert OFFICE.local_date(night) == date(2026, 5, 20)
    assert OFFICE.end_of_day(night) == shanghai("2026-05-21T00:00:00")
    assert OFFICE.end_of_day(shanghai("2026-05-21T00:00:00")) == shanghai("2026-05-22T00:00:00")
    assert OFFICE.end_of_week(night) == shanghai("2026-05-25T00:00:00")
    for day in ("2026-05-18", "2026-05-24"):
        assert OFFICE.end_of_week(shanghai(f"{day}T12:00:00")) == shanghai("2026-05-25T00:00:00")
    assert OFFICE.end_of_month(night) == shanghai("2026-06-01T00:00:00")
    assert OFFICE.end_of_month(shanghai("2026-12-31T23:59:59")) == shanghai("2027-01-01T00:00:00")


def test_a_day_of_the_calendar_has_the_hours_the_clock_gives_it() -> None:
    berlin = Calendar.parse("berlin", spec(tz="Europe/Berlin"))
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert berlin.end_of_day(berlin.instant(spring)) - berlin.instant(spring) == 23 * 3600
    assert berlin.end_of_day(berlin.instant(autumn)) - berlin.instant(autumn) == 25 * 3600


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        ("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T03:00:00+02:00"),
        ("Europe/Berlin", "2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"),
        ("Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"),
        ("Europe/Berlin", "2026-10-25T02:00:00", "2026-10-25T02:00:00+02:00"),
        ("Europe/Berlin", "2026-10-25T02:59:59", "2026-10-25T02:59:59+02:00"),
        ("Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"),
        ("America/Sao_Paulo", "2018-11-04T00:00:00", "2018-11-04T01:00:00-02:00"),
        ("America/Sao_Paulo", "2018-02-17T23:30:00", "2018-02-17T23:30:00-02:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-04T02:30:00+11:00"),
        ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-31T00:00:00+14:00"),
    ],
)
def test_an_instant_of_the_wall_clock(zone: str, wall: str, expected: str) -> None:
    moment = datetime.fromisoformat(wall)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    assert zone_named(zone).instant(moment.toordinal(), seconds) == at(expected)


def test_pieces_of_unchanged_offset_join_up() -> None:
    zone = zone_named("Europe/Berlin")
    begin, end = at("2026-01-01T00:00:00+01:00"), at("2026-12-31T00:00:00+01:00")
    spans = list(zone.spans(begin, end))
    changes = [at("2026-03-29T01:00:00+00:00"), at("2026-10-25T01:00:00+00:00")]
    assert [since for since, _, _ in spans] == [begin, *changes]
    assert [until for _, until, _ in spans] == [*changes, end]
    assert [offset for _, _, offset in spans] == [3600, 7200, 3600]


# Working days


def test_working_days_around_a_date() -> None:
    assert OFFICE.next_working_day(date(2026, 2, 14)) == date(2026, 2, 24)
    assert OFFICE.previous_working_day(date(2026, 2, 24)) == date(2026, 2, 14)
    assert OFFICE.next_working_day(date(2026, 2, 13)) == date(2026, 2, 14)
    assert OFFICE.working_day_from(date(2026, 2, 15)) == date(2026, 2, 24)
    assert OFFICE.working_day_from(date(2026, 2, 14)) == date(2026, 2, 14)
    assert OFFICE.previous_working_day(date(2026, 1, 4)) == date(2025, 12, 31)
    assert OFFICE.working_day_after(shanghai("2026-02-14T23:00:00"), 2) == date(2026, 2, 25)


def test_helpers_agree_with_a_look_at_every_date() -> None:
    working = [day for day in COVERED if OFFICE.is_working_day(day)]
    fresh = Calendar.parse("cn-office", CN["cn-office"])
    for day in COVERED[400:2400:13]:
        assert fresh.next_working_day(day) == min(d for d in working if d > day)
        assert fresh.previous_working_day(day) == max(d for d in working if d < day)
        assert fresh.working_day_from(day) == min(d for d in working if d >= day)


def test_the_first_working_day_of_each_month_of_2026() -> None:
    found = [OFFICE.first_working_day(2026, month) for month in range(1, 13)]
    assert [day.day for day in found] == [4, 2, 2, 1, 6, 1, 1, 3, 1, 8, 2, 1]
    assert [day.month for day in found] == list(range(1, 13))


def test_division_meeting_tuesdays_of_2026() -> None:
    def tuesday(month: int, nth: int) -> date:
        found = nth_weekday(2026, month, TUESDAY, nth)
        assert found is not None
        return found

    first = [tuesday(month, 1).day for month in range(1, 13)]
    last = [tuesday(month, -1).day for month in range(1, 13)]
    assert first == [6, 3, 3, 7, 5, 2, 7, 4, 1, 6, 3, 1]
    assert last == [27, 24, 31, 28, 26, 30, 28, 25, 29, 27, 24, 29]
    resting = [month for month in range(1, 13) if not OFFICE.is_working_day(tuesday(month, 1))]
    assert resting == [5, 10]


def test_a_weekday_a_month_does_not_have() -> None:
    assert nth_weekday(2026, 6, MONDAY, 5) == date(2026, 6, 29)
    assert nth_weekday(2026, 6, MONDAY, -5) == date(2026, 6, 1)
    assert nth_weekday(2026, 2, MONDAY, 5) is None
    assert nth_weekday(2026, 2, MONDAY, -5) is None
    with pytest.raises(ValueError, match="counts from 1"):
        nth_weekday(2026, 2, MONDAY, 0)


def test_a_day_a_month_does_not_have_is_its_last() -> None:
    assert day_of_month(2026, 2, 29) == date(2026, 2, 28)
    assert day_of_month(2024, 2, 31) == date(2024, 2, 29)
    assert day_of_month(2026, 12, 31) == date(2026, 12, 31)
    resting = [m for m in range(1, 13) if not OFFICE.is_working_day(day_of_month(2026, m, 28))]
    assert resting == [3, 6, 11]


def test_hours_of_a_date() -> None:
    makeup, holiday = date(2026, 2, 14), date(2026, 2, 17)
    assert OFFICE.opening(makeup) == shanghai("2026-02-14T08:30:00")
    assert OFFICE.close(makeup) == shanghai("2026-02-14T18:00:00")
    assert OFFICE.opening(holiday) is None
    assert OFFICE.close(holiday) is None
    assert OFFICE.is_open(shanghai("2026-02-14T11:59:59"))
    assert not OFFICE.is_open(shanghai("2026-02-14T12:00:00"))
    assert OFFICE.opening_from(shanghai("2026-02-14T12:00:00")) == shanghai("2026-02-14T13:30:00")


def test_opening_hours_in_the_order_they_win() -> None:
    calendar = Calendar.parse(
        "order",
        spec(
            holidays=["2026-05-04", "2026-05-11"],
            makeup_workdays=["2026-05-09", "2026-05-16"],
            makeup_hours=[["10:00", "12:00"]],
            special_hours={"2026-05-11": [["13:00", "14:00"]], "2026-05-16": []},
        ),
    )

    def minutes(day: int) -> int:
        begin = calendar.instant(date(2026, 5, day))
        return calendar.open_seconds(begin, begin + 86_400) // 60

    assert {day: minutes(day) for day in (4, 9, 11, 16, 17, 18)} == {
        4: 0,
        9: 120,
        11: 60,
        16: 0,
        17: 0,
        18: 480,
    }


# Cover


def test_no_helper_looks_past_the_cover() -> None:
    outside, last = date(2027, 1, 1), date(2026, 12, 31)
    for look in (OFFICE.is_working_day, OFFICE.opening, OFFICE.close, OFFICE.working_day_from):
        assert look(last)
        with pytest.raises(OutOfCoverError):
            look(outside)
    with pytest.raises(OutOfCoverError):
        OFFICE.next_working_day(last)
    with pytest.raises(OutOfCoverError):
        OFFICE.previous_working_day(date(2019, 1, 2))
    with pytest.raises(OutOfCoverError):
        OFFICE.first_working_day(2027, 1)
    with pytest.raises(OutOfCoverError):
        OFFICE.check_covers(OFFICE.cover_end)
    OFFICE.check_covers(OFFICE.cover_end - 1)


def test_a_refused_date_says_what_is_covered_and_what_to_do() -> None:
    with pytest.raises(OutOfCoverError) as refused:
        OFFICE.is_working_day(date(2027, 1, 4))
    assert str(refused.value) == (
        "Calendar cn-office covers 2019-01-01 to 2026-12-31, not 2027-01-04: "
        "load a version that covers it."
    )
    assert refused.value.message.args["day"] == "2027-01-04"


def test_an_instant_beyond_all_dates_lies_outside() -> None:
    elapsed = Calendar.parse("elapsed", VECTORS["elapsed"])
    for instant in (-(10**14), 10**14):
        with pytest.raises(OutOfCoverError):
            elapsed.earliest(instant, 60)


def test_a_calendar_that_never_opens_again_says_so() -> None:
    calendar = Calendar.parse(
        "once",
        {"tz": "UTC", "weekly": {}, "special_hours": {"2026-05-04": [["09:00", "10:00"]]}},
    )
    start = at("2026-05-01T00:00:00+00:00")
    assert calendar.earliest(start, 3600) == at("2026-05-04T10:00:00+00:00")
    with pytest.raises(OutOfCoverError, match="never opens after 2026-12-31"):
        calendar.earliest(start, 3601)
    assert calendar.open_seconds(start, start + 10 * 365 * 86_400) == 3600


def test_growing_in_either_direction_changes_no_answer() -> None:
    instants = [shanghai(f"{year}-03-02T10:00:00") for year in range(2019, 2027)]
    forward, backward, middle = (Calendar.parse("x", CN["cn-office"]) for _ in range(3))
    expected = [(t, forward.earliest(t, 10**6), forward.close_after(t, 9)) for t in instants]
    assert [
        (t, backward.earliest(t, 10**6), backward.close_after(t, 9)) for t in reversed(instants)
    ] == expected[::-1]
    order = [4, 6, 2, 7, 0, 1, 3, 5]
    assert [
        (t, middle.earliest(t, 10**6), middle.close_after(t, 9))
        for t in (instants[i] for i in order)
    ] == [expected[i] for i in order]
    whole = forward.open_seconds(instants[0], instants[-1])
    assert whole == sum(middle.open_seconds(a, b) for a, b in pairwise(instants))


# Reading


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tz": "Mars/Olympus"}, "tz: 'Mars/Olympus' is no time zone"),
        ({"tz": None}, "tz: None is no time zone"),
        ({"tz": ["UTC"]}, r"tz: \['UTC'\] is no time zone"),
        ({"tz": "../etc"}, "tz: '../etc' is no time zone"),
        ({"weekly": None}, "weekly: write the weekdays"),
        ({"weekly": {"monday": []}}, "weekly.monday: weekdays are mon, tue"),
        ({"weekly": {"mon": "09:00"}}, "weekly.mon: write a list of windows"),
        ({"weekly": {"mon": [["09:00"]]}}, "weekly.mon: a window has two ends"),
        ({"weekly": {"mon": ["09"]}}, "weekly.mon: a window has two ends"),
        ({"weekly": {"mon": [["9:00", "17:00"]]}}, "weekly.mon: '9:00' is no time"),
        ({"weekly": {"mon": [["09:00", "24:01"]]}}, "weekly.mon: '24:01' is no time"),
        ({"weekly": {"mon": [["09:00", 17]]}}, "weekly.mon: 17 is no time"),
        ({"weekly": {"mon": [["09:00:00", "17:00"]]}}, "'09:00:00' is no time"),
        ({"weekly": {"mon": [["22:00", "06:00"]]}}, "a night is written as two windows"),
        ({"weekly": {"mon": [["09:00", "09:00"]]}}, "ends after it opens"),
        ({"weekly": {"mon": [["13:00", "17:00"], ["09:00", "12:00"]]}}, "stand in order"),
        ({"weekly": {"mon": [["09:00", "12:00"], ["11:59", "17:00"]]}}, "do not overlap"),
        ({"holidays": "2026-01-01"}, "holidays: write a list of dates"),
        ({"holidays": ["2026-02-30"]}, "holidays: '2026-02-30' is no date"),
        ({"holidays": ["20260101"]}, "holidays: '20260101' is no date"),
        ({"holidays": [20260101]}, "holidays: 20260101 is no date"),
        ({"holidays": ["0001-01-01"]}, "holidays: '0001-01-01' is no date"),
        ({"makeup_workdays": ["2026-01-04"]}, "makeup_hours: give the hours"),
        (
            {
                "holidays": ["2026-01-04"],
                "makeup_workdays": ["2026-01-04"],
                "makeup_hours": [["09:00", "12:00"]],
            },
            "makeup_workdays: 2026-01-04 is among the holidays too",
        ),
        ({"special_hours": []}, "special_hours: write an object"),
        ({"special_hours": {"today": []}}, "special_hours.today: 'today' is no date"),
        ({"special_hours": {"2026-01-04": [[]]}}, "special_hours.2026-01-04: a window has"),
        ({"day_minutes": 0}, "day_minutes: write the minutes"),
        ({"day_minutes": 480.0}, "day_minutes: write the minutes"),
        ({"day_minutes": True}, "day_minutes: write the minutes"),
        ({"day_minutes": 1441}, "day_minutes: write the minutes"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-31"}, "valid_to: the cover ends"),
        ({"valid_to": 2026}, "valid_to: 2026 is no date"),
        ({"holiday": []}, "holiday: no such key"),
    ],
)
def test_a_bad_calendar_is_refused_with_its_key(changes: dict[str, object], said: str) -> None:
    with pytest.raises(BadCalendarError, match=f"^Calendar office, .*{said}"):
        Calendar.parse("office", spec(**changes))


def test_a_calendar_that_is_no_object_is_refused() -> None:
    with pytest.raises(BadCalendarError, match="Calendar office, tz: a calendar is an object"):
        Calendar.parse("office", [])


def test_the_remedy_can_be_translated_by_itself() -> None:
    with pytest.raises(BadCalendarError) as refused:
        Calendar.parse("office", spec(tz="Mars/Olympus"))
    remedy = refused.value.message.args["remedy"]
    assert isinstance(remedy, Message)
    assert in_english(remedy) == "'Mars/Olympus' is no time zone; write one such as Asia/Shanghai"


def test_what_the_format_allows() -> None:
    calendar = Calendar.parse(
        "allowed",
        spec(
            weekly={"mon": [["00:00", "09:00"], ["09:00", "24:00"]], "tue": []},
            note="touching windows, a whole day, an empty day",
            makeup_workdays=[],
            makeup_hours=[],
        ),
    )
    monday = calendar.instant(date(2026, 5, 4))
    assert calendar.open_seconds(monday, monday + 2 * 86_400) == 86_400
    assert calendar.close(date(2026, 5, 4)) == monday + 86_400
