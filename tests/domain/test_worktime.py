from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.calendar import Calendar, OutOfCoverError
from console.domain.calendar_spec import BadCalendarError
from console.domain.worktime import CONVENTIONS, BadLimitError, between, due
from tests.domain.clocks import LIMITS, Scene, scenes
from tests.domain.slow_worktime import TICK, OutOfRangeError, SlowClock, sure

VECTORS = Path(__file__).parents[1] / "data" / "clock"
SPECS: dict[str, Any] = json.loads((VECTORS / "calendars.json").read_text(encoding="utf-8"))
CALENDARS = {key: Calendar.parse(key, spec) for key, spec in SPECS.items()}
OFFICE = CALENDARS["cn-office"]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> int:
    """An instant written as wall clock in Shanghai, or with its own offset."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).timestamp())


def read(pauses: list[list[str | None]]) -> list[tuple[int, int | None]]:
    return [(at(a or ""), None if b is None else at(b)) for a, b in pauses]


def cases() -> Iterator[Any]:
    for line in (VECTORS / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield pytest.param(case, id=case["id"])


@pytest.mark.parametrize("case", cases())
def test_vector(case: dict[str, Any]) -> None:
    calendar, start = CALENDARS[case["calendar"]], at(case["start"])
    pauses, expected = read(case["pauses"]), case["expect"]
    limit = (case["amount"], case["unit"], case["convention"])
    if isinstance(expected, dict):
        with pytest.raises(OutOfCoverError):
            due(calendar, start, *limit, pauses)
    elif case["op"] == "between":
        assert between(calendar, start, at(case["amount"]), pauses) == expected
    else:
        found = due(calendar, start, *limit, pauses)
        assert found == (None if expected is None else at(expected))


@pytest.mark.parametrize(
    ("start", "days", "civil", "rolling"),
    [
        ("2026-02-13 16:40", 1, "2026-02-14 18:00", "2026-02-14 16:40"),
        ("2026-02-14 11:00", 2, "2026-02-25 18:00", "2026-02-25 11:00"),
        ("2026-02-14 18:30", 1, "2026-02-24 18:00", "2026-02-24 18:00"),
        ("2026-02-10 09:00", 7, "2026-02-26 18:00", "2026-02-26 09:00"),
        ("2026-02-27 14:00", 1, "2026-02-28 18:00", "2026-02-28 14:00"),
        ("2026-02-27 14:00", 3, "2026-03-03 18:00", "2026-03-03 14:00"),
        ("2026-03-09 07:00", 1, "2026-03-10 18:00", "2026-03-09 18:00"),
        ("2026-03-09 12:30", 1, "2026-03-10 18:00", "2026-03-10 12:00"),
        ("2026-03-14 10:00", 1, "2026-03-16 18:00", "2026-03-16 18:00"),
        ("2026-04-01 10:00", 3, "2026-04-07 18:00", "2026-04-07 10:00"),
        ("2026-04-30 09:00", 7, "2026-05-13 18:00", "2026-05-13 09:00"),
        ("2026-04-30 17:20", 1, "2026-05-06 18:00", "2026-05-06 17:20"),
        ("2026-05-08 15:00", 3, "2026-05-12 18:00", "2026-05-12 15:00"),
        ("2026-06-10 14:00", 7, "2026-06-22 18:00", "2026-06-22 14:00"),
        ("2026-06-18 16:30", 3, "2026-06-24 18:00", "2026-06-24 16:30"),
        ("2026-09-24 09:00", 3, "2026-09-30 18:00", "2026-09-30 09:00"),
        ("2026-09-30 12:00", 3, "2026-10-10 18:00", "2026-10-10 12:00"),
        ("2026-09-30 18:30", 7, "2026-10-15 18:00", "2026-10-15 18:00"),
        ("2026-10-03 22:40", 1, "2026-10-08 18:00", "2026-10-08 18:00"),
        ("2026-10-03 22:40", 3, "2026-10-10 18:00", "2026-10-10 18:00"),
        ("2026-10-03 22:40", 7, "2026-10-15 18:00", "2026-10-15 18:00"),
    ],
)
def test_rulebook_vector_in_working_days(start: str, days: int, civil: str, rolling: str) -> None:
    assert due(OFFICE, at(start), days, "wd", "civil") == at(civil)
    assert due(OFFICE, at(start), days, "wd", "hours") == at(rolling)


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("2026-04-03 17:52", 15, "2026-04-03 18:07"),
        ("2026-10-03 23:50", 30, "2026-10-04 00:20"),
        ("2026-07-10 16:40", 48 * 60, "2026-07-12 16:40"),
    ],
)
def test_rulebook_vector_in_elapsed_time(start: str, amount: int, expected: str) -> None:
    assert due(CALENDARS["elapsed"], at(start), amount, "min", "earliest") == at(expected)


def test_rulebook_vectors_in_calendar_days() -> None:
    assert due(OFFICE, at("2026-03-01 16:00"), 5, "cd", "civil_24") == at("2026-03-07 00:00")
    assert due(OFFICE, at("2026-06-18 09:00"), 7, "cd", "civil_24") == at("2026-06-26 00:00")


def test_a_year_not_loaded_is_not_guessed() -> None:
    with pytest.raises(OutOfCoverError, match="covers 2019-01-01 to 2026-12-31, not 2027-01-01"):
        due(OFFICE, at("2026-12-31 10:00"), 1, "wd", "civil")


# The random calendars are compared with a walk through real time.


def answers(scene: Scene, amount: int, unit: str, convention: str) -> tuple[object, object]:
    calendar = Calendar.parse("random", scene.spec)
    try:
        expected: object = SlowClock(scene.spec, scene.pauses).due(
            scene.start, amount, unit, convention
        )
    except OutOfRangeError:
        expected = "out of range"
    try:
        found: object = due(calendar, scene.start, amount, unit, convention, scene.pauses)
    except OutOfCoverError:
        found = "out of range"
    return found, expected


@pytest.mark.parametrize(("unit", "convention"), LIMITS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(scene=scenes(), amount=st.integers(0, 5), paused=st.booleans())
def test_due_is_what_a_walk_through_time_finds(
    unit: str, convention: str, scene: Scene, amount: int, paused: bool
) -> None:
    scene = scene if paused else scene._replace(pauses=[])
    scaled = amount * 135 if unit == "min" else amount
    found, expected = answers(scene, scaled, unit, convention)
    assert found == expected


@settings(max_examples=100, deadline=None, derandomize=True)
@given(scene=scenes(), ticks=st.integers(-300, 300))
def test_between_is_what_a_walk_through_time_counts(scene: Scene, ticks: int) -> None:
    calendar, end = Calendar.parse("random", scene.spec), scene.start + ticks * 900
    try:
        expected = SlowClock(scene.spec, scene.pauses).between(scene.start, end)
    except OutOfRangeError:
        with pytest.raises(OutOfCoverError):
            between(calendar, scene.start, end, scene.pauses)
    else:
        assert between(calendar, scene.start, end, scene.pauses) == expected


@settings(max_examples=200, deadline=None, derandomize=True)
@given(scene=scenes(), offset=st.integers(0, 899), amount=st.integers(1, 100_000))
def test_seconds_are_exact(scene: Scene, offset: int, amount: int) -> None:
    """Exactly the amount passes before the due instant, and its last second counts."""
    calendar, start = Calendar.parse("random", scene.spec), scene.start + offset
    pauses = [(a + 7, None if b is None else b + 11) for a, b in scene.pauses]
    try:
        found = due(calendar, start, amount, "sec", "earliest", pauses)
    except OutOfCoverError:
        return
    if found is not None:
        assert between(calendar, start, found, pauses) == amount
        assert between(calendar, found - 1, found, pauses) == 1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(scene=scenes(), amount=st.integers(1, 5), limit=st.sampled_from(LIMITS))
def test_pauses_outside_working_time_change_nothing(
    scene: Scene, amount: int, limit: tuple[str, str]
) -> None:
    calendar, unit = Calendar.parse("random", scene.spec), limit[0]
    scaled = amount * 135 if unit == "min" else amount
    slow = SlowClock(scene.spec)
    try:
        expected = sure(due(calendar, scene.start, scaled, *limit))
        ticks = range(scene.start, expected, TICK)
        closed = [(tick, tick + TICK) for tick in ticks if not slow.open(tick)]
    except (OutOfCoverError, OutOfRangeError):
        return
    assert due(calendar, scene.start, scaled, *limit, closed) == expected


# What the vectors leave open, and what nobody should be allowed to ask.


def test_an_amount_of_nothing_is_due_at_the_start() -> None:
    sunday = at("2026-05-17 10:00")
    still = [(sunday - 60, None)]
    for unit, conventions in CONVENTIONS.items():
        for convention in conventions:
            if convention != "roll":
                assert due(OFFICE, sunday, 0, unit, convention, still) == sunday
    assert due(OFFICE, sunday, 0, "min", "roll") == at("2026-05-18 08:30")
    assert due(OFFICE, sunday, 0, "min", "roll", still) is None


def test_the_date_of_the_start_is_not_looked_at_when_it_does_not_count() -> None:
    eve = at("2018-12-31 10:00")
    assert due(OFFICE, eve, 1, "wd", "civil") == at("2019-01-02 18:00")
    assert due(OFFICE, eve, 1, "cd", "civil") == at("2019-01-02 18:00")
    for unit, convention in [("wd", "deemed"), ("wd", "hours"), ("min", "earliest")]:
        with pytest.raises(OutOfCoverError):
            due(OFFICE, eve, 1, unit, convention)
    with pytest.raises(OutOfCoverError):
        due(OFFICE, eve - 86_400, 1, "wd", "civil")


def test_the_end_of_the_cover_is_not_a_date_outside_it() -> None:
    new_year = at("2027-01-01 00:00")
    assert due(OFFICE, at("2026-12-30 10:00"), 1, "wd", "civil_24") == new_year
    assert between(OFFICE, at("2026-12-31 17:00"), new_year) == 3600
    assert between(OFFICE, new_year, new_year) == 0
    with pytest.raises(OutOfCoverError):
        between(OFFICE, new_year, new_year + 1)
    with pytest.raises(OutOfCoverError):
        between(OFFICE, at("2018-12-31 23:59:59"), at("2019-01-02 09:00"))


def test_a_pause_without_end_ends_the_search_inside_the_cover() -> None:
    last_hour = at("2026-12-31 17:00")
    assert due(OFFICE, last_hour, 90, "min", "earliest", [(last_hour + 60, None)]) is None
    assert due(OFFICE, last_hour, 1, "min", "roll", [(at("2026-12-31 20:00"), None)]) == (
        last_hour + 60
    )
    assert due(OFFICE, last_hour, 60, "min", "roll", [(at("2026-12-31 20:00"), None)]) is None
    with pytest.raises(OutOfCoverError):
        due(OFFICE, last_hour, 60, "min", "roll", [(at("2027-01-01 20:00"), None)])


def test_a_pause_past_the_cover_leaves_no_due_instant_in_it() -> None:
    last_hour = at("2026-12-31 17:00")
    pause = [(last_hour + 600, at("2027-01-05 09:00"))]
    assert due(OFFICE, last_hour, 10, "min", "earliest", pause) == last_hour + 600
    with pytest.raises(OutOfCoverError):
        due(OFFICE, last_hour, 11, "min", "earliest", pause)


def test_a_close_at_midnight_belongs_to_the_day_that_ends() -> None:
    berlin = CALENDARS["berlin-247"]
    start, midnight = at("2026-05-14T12:00:00+02:00"), at("2026-05-16T00:00:00+02:00")
    before = [(start - 60, start)]
    for convention in ("civil", "civil_close", "civil_24"):
        assert due(berlin, start, 1, "wd", convention) == midnight
        assert due(berlin, start, 1, "wd", convention, before) == midnight
    hour = [(start, start + 3600)]
    assert due(berlin, start, 1, "wd", "civil", hour) == midnight + 3600
    assert due(berlin, start, 1, "wd", "civil_close", hour) == midnight + 86_400


def test_same_time_keeps_to_the_close_of_a_shorter_day_when_paused() -> None:
    short = CALENDARS["cn-halfday"]
    start, lunch = at("2026-02-12 15:00"), [(at("2026-02-12 19:00"), at("2026-02-12 20:00"))]
    assert due(short, start, 1, "wd", "same_time", lunch) == at("2026-02-13 12:00")
    exact = at("2026-09-29 16:00")
    night = [(at("2026-09-29 19:00"), at("2026-09-29 20:00"))]
    assert due(short, exact, 1, "wd", "same_time", night) == at("2026-09-30 16:00")


def test_same_time_moves_to_a_later_opening_paused_or_not() -> None:
    calendar, start = CALENDARS["cn-shortfri"], at("2026-02-13 08:40")
    night = [(at("2026-02-13 19:00"), at("2026-02-13 20:00"))]
    assert due(calendar, start, 1, "wd", "same_time") == at("2026-02-14 09:00")
    assert due(calendar, start, 1, "wd", "same_time", night) == at("2026-02-14 09:00")


def test_same_time_in_a_gap_is_the_first_instant_after_it() -> None:
    calendar = CALENDARS["ny-sunday-early"]
    start, gap = at("2026-03-01T02:30:00-05:00"), at("2026-03-08T03:00:00-04:00")
    assert due(calendar, start, 1, "wd", "same_time") == gap


def test_close_of_business_in_a_fold_is_the_second_pass() -> None:
    spec = {"tz": "America/New_York", "weekly": {"sun": [["00:00", "01:30"]]}}
    calendar = Calendar.parse("folded", spec)
    start = at("2026-10-28T12:00:00-04:00")
    assert due(calendar, start, 1, "wd", "civil") == at("2026-11-01T01:30:00-05:00")
    assert due(calendar, start, 120, "min", "earliest") == at("2026-11-01T01:30:00-05:00")


def test_a_window_the_clock_skips_ends_with_the_gap() -> None:
    spec = {"tz": "America/New_York", "weekly": {"sun": [["02:15", "02:45"]]}}
    calendar, start = Calendar.parse("skipped", spec), at("2026-03-05T12:00:00-05:00")
    after_gap = at("2026-03-08T03:00:00-04:00")
    assert due(calendar, start, 1, "wd", "civil") == after_gap
    assert due(calendar, start, 1, "wd", "civil", [(start, start + 60)]) == after_gap
    assert due(calendar, start, 1, "min", "earliest") == at("2026-03-15T02:16:00-04:00")


def test_pauses_may_be_reversed_empty_and_in_any_order() -> None:
    start = at("2026-05-14 10:00")
    pauses = [
        (start + 3000, start + 3600),
        (start + 600, start + 600),
        (start + 900, start + 300),
        (start - 9000, start - 60),
        (start - 60, start + 60),
    ]
    assert due(OFFICE, start, 60, "min", "earliest", pauses) == start + 3600 + 600 + 60
    assert between(OFFICE, start, start + 3600, pauses) == 3600 - 660
    assert between(OFFICE, start + 3600, start, pauses) == -(3600 - 660)


@pytest.mark.parametrize(
    ("amount", "unit", "convention", "said"),
    [
        (1, "week", "civil", "week is no unit; known: sec, min, wd, cd"),
        (1, "min", "civil", "civil is no convention for min; known: earliest, roll"),
        (1, "wd", "earliest", "earliest is no convention for wd"),
        (0, "cd", "hours", "hours is no convention for cd; known: civil, civil_24"),
        (-1, "min", "earliest", "-1 is negative"),
        (-1, "wd", "civil", "-1 is negative"),
    ],
)
def test_a_limit_that_does_not_exist(amount: int, unit: str, convention: str, said: str) -> None:
    with pytest.raises(BadLimitError, match=said):
        due(OFFICE, at("2026-05-14 10:00"), amount, unit, convention)


def test_hours_need_the_length_of_a_day() -> None:
    calendar = Calendar.parse("short", {"tz": "UTC", "weekly": {"mon": [["09:00", "10:00"]]}})
    with pytest.raises(BadCalendarError, match="day_minutes"):
        due(calendar, 0, 1, "wd", "hours")


def test_a_mistyped_amount_ends_in_an_answer() -> None:
    for unit in ("min", "wd", "cd"):
        with pytest.raises(OutOfCoverError):
            due(OFFICE, at("2026-05-14 10:00"), 10**30, unit, CONVENTIONS[unit][0])
