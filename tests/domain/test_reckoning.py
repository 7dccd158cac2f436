"""When limits end that go by weekdays, and from when on a stop counts."""

from __future__ import annotations

import pytest

from console.domain.calendar import Calendar
from console.domain.facts import Fact
from console.domain.moments import iso
from console.domain.reckoning import Reckoning
from console.domain.rulebook import own
from console.domain.rules import Timer
from console.domain.words import L
from tests.domain.hotline import at, fact

WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
OFFICE = Calendar.parse(
    "office",
    {
        "tz": "Asia/Shanghai",
        "weekly": WEEK,
        "holidays": ["2026-06-18", "2026-06-22", "2026-06-25"],
        "day_minutes": 480,
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
    },
)
ALWAYS = Calendar.parse(
    "elapsed",
    {"tz": "Asia/Shanghai", "weekly": {day: [["00:00", "24:00"]] for day in (*WEEK, "sat", "sun")}},
)


def reckoning(day_count: str = "civil") -> Reckoning:
    return Reckoning({"office": OFFICE, "elapsed": ALWAYS}.__getitem__, day_count)


def timer(within: str, not_before: str = "", convention: str = "civil") -> Timer:
    label = L("讨论", "discuss")
    return Timer(
        "t", label, "submitted", "solved", within, not_before=not_before, convention=convention
    )


def start(day: str, clock: str) -> Fact:
    return fact(1, "submitted", at(clock, day))


def due(one: Timer, begun: Fact, day_count: str = "civil") -> str:
    found = reckoning(day_count).due(own("line", one, "office"), begun, [])
    assert found.at is not None
    return iso(found.at)[:16]


@pytest.mark.parametrize(
    ("day", "slot"),
    [
        ("2026-06-07", "2026-06-09"),  # Sunday: the Monday after
        ("2026-06-08", "2026-06-12"),  # Monday's own slot may be over
        ("2026-06-09", "2026-06-12"),
        ("2026-06-11", "2026-06-16"),
        ("2026-06-16", "2026-06-30"),  # nobody meets on the 18th, the 22nd or the 25th
    ],
)
def test_the_next_slot_is_a_working_day_after_the_start(day: str, slot: str) -> None:
    assert due(timer("slot:mon,thu"), start(day, "10:00")) == f"{slot}T00:00"


def test_a_slot_on_one_weekday() -> None:
    assert due(timer("slot:wed"), start("2026-06-10", "00:00")) == "2026-06-18T00:00"


def test_a_slot_past_the_calendar_is_provisional() -> None:
    found = reckoning().due(
        own("line", timer("slot:mon"), "office"), start("2026-12-29", "10:00"), []
    )
    assert (found.at, found.provisional_years) == (at("00:00", "2027-01-05"), (2027,))


def test_where_nobody_ever_works_there_is_no_slot() -> None:
    found = reckoning().due(
        own("line", timer("slot:sun"), "office"), start("2026-01-01", "10:00"), []
    )
    assert found.at is None


@pytest.mark.parametrize(
    ("not_before", "opens"),
    [("", "2026-06-17T15:00"), ("30m", "2026-06-17T15:30"), ("7cd", "2026-06-24T00:00")],
)
def test_a_stop_counts_from_a_time_or_from_a_day(not_before: str, opens: str) -> None:
    owned = own("line", timer("7cd", not_before), "office")
    assert iso(reckoning().opens(owned, start("2026-06-17", "15:00")))[:16] == opens


def test_seven_days_end_on_the_day_they_open_unless_it_is_a_rest_day() -> None:
    assert due(timer("7cd"), start("2026-06-17", "15:00")) == "2026-06-25T00:00"
    assert due(timer("7cd"), start("2026-06-18", "15:00")) == "2026-06-27T00:00"


def test_an_installation_may_count_working_days_by_the_hour() -> None:
    begun = start("2026-06-09", "15:00")
    assert due(timer("2wd"), begun) == "2026-06-11T17:00"
    assert due(timer("2wd"), begun, "rolling") == "2026-06-11T15:00"
    assert due(timer("2wd", convention="inclusive"), begun, "rolling") == "2026-06-10T17:00"
