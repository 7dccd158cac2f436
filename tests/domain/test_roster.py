"""Who sits where: read from a table people write, and warned of in time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import roster
from console.domain.people import Directory, Person
from console.domain.roster import Turn
from console.speech import Speech
from tests.domain.hotline import PEOPLE

PEOPLE_HERE = Directory([*PEOPLE, Person("gone", "走人", active=False)])
WEEKEND = """\
date,from,to,seat,person,phone
2026-03-14,08:30,18:00,weekend-1,zhou,
2026-03-14,18:00,08:30,weekend-1,lin,13955500101
2026-03-15,08:30,18:00,weekend-1,周宁,
"""
ZONE = "Asia/Shanghai"
SATURDAY_NOON = 1773460800  # 2026-03-14 12:00 there
say = Speech("en").say

MARCH_OFF = {date(2026, 3, day) for day in (7, 8, 14, 15, 21, 22, 28, 29)}
QINGMING = {date(2026, 4, day) for day in (4, 5, 6)}
GOLDEN_WEEK = {date(2026, 10, day) for day in range(1, 8)} | {
    date(2026, 9, day) for day in (25, 26, 27)
}
MAKE_UP = {date(2026, 10, 10)}


def is_working(day: date) -> bool:
    off = MARCH_OFF | QINGMING | GOLDEN_WEEK
    return day in MAKE_UP or (day not in off and day.weekday() < 5)


def test_the_turns_of_a_weekend() -> None:
    read = roster.read(WEEKEND, PEOPLE_HERE)
    assert read.problems == ()
    assert [turn.person for turn in read.turns] == ["zhou", "lin", "zhou"]
    assert [t.person for t in read.on_duty(SATURDAY_NOON, ZONE)] == ["zhou"]
    assert [t.person for t in read.on_duty(SATURDAY_NOON + 8 * 3600, ZONE)] == ["lin"]
    assert [t.person for t in read.on_duty(SATURDAY_NOON + 20 * 3600, ZONE)] == ["lin"]


def test_who_relieves_whom() -> None:
    read = roster.read(WEEKEND, PEOPLE_HERE)
    assert read.relief_of(read.turns[0], ZONE) == read.turns[1]
    assert read.relief_of(read.turns[2], ZONE) is None


def test_headings_may_be_chinese_and_come_from_a_spreadsheet() -> None:
    text = "\ufeff日期,开始,结束,人员\r\n2026-03-14,08:30,18:00,林晓\r\n"
    (turn,) = roster.read(text, PEOPLE_HERE).turns
    assert (turn.person, turn.seat) == ("lin", "")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2026-03-14,08:30,18:00,1,nobody,", "line 2: nobody here is called “nobody”."),
        ("2026-03-14,08:30,18:00,1,gone,", "line 2: nobody here is called “gone”."),
        ("14.3.2026,08:30,18:00,1,lin,", "line 2: write dates like 2026-03-14"),
        ("2026-03-14,8h30,18:00,1,lin,", "line 2: write dates like"),
        ("2026-03-14", "line 2: nobody here is called “”."),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: str, says: str) -> None:
    read = roster.read(f"date,from,to,seat,person,phone\n{line}\n", PEOPLE_HERE)
    assert read.turns == ()
    assert says in say(read.problems[0])


def test_two_people_at_one_seat_are_noticed() -> None:
    read = roster.read(WEEKEND + "2026-03-14,17:00,18:00,weekend-1,lin,\n", PEOPLE_HERE)
    assert "two people on 2026-03-14 at 17:00" in say(read.problems[0])


def test_a_table_without_people_is_refused() -> None:
    assert "lacks the column person" in say(roster.read("date,from,to\n", PEOPLE_HERE).problems[0])


@pytest.mark.parametrize(
    ("today", "warned"),
    [
        (date(2026, 3, 11), []),  # Wednesday
        (date(2026, 3, 12), [date(2026, 3, 14), date(2026, 3, 15)]),  # Thursday
        (date(2026, 3, 15), [date(2026, 3, 15)]),
        (date(2026, 3, 16), []),
        (date(2026, 4, 1), []),
        (date(2026, 4, 2), [date(2026, 4, 4), date(2026, 4, 5), date(2026, 4, 6)]),
        # National Day begins on a Thursday: warned of from the Thursday before.
        (date(2026, 9, 28), [date(2026, 10, day) for day in range(1, 8)]),
    ],
)
def test_days_off_are_warned_of_from_the_thursday_before(today: date, warned: list[date]) -> None:
    assert roster.Roster().unmanned(today, is_working) == warned


def test_a_make_up_saturday_is_worked_by_the_normal_shift() -> None:
    friday = date(2026, 10, 9)
    assert date(2026, 10, 10) not in roster.Roster().unmanned(friday, is_working)


def test_a_day_with_a_name_is_not_warned_of() -> None:
    read = roster.read(WEEKEND, PEOPLE_HERE)
    assert read.unmanned(date(2026, 3, 12), is_working) == []
    assert read.unmanned(date(2026, 3, 19), is_working) == [date(2026, 3, 21), date(2026, 3, 22)]


@given(st.text(max_size=400))
def test_any_text_gives_turns_or_sentences(text: str) -> None:
    read = roster.read(text, PEOPLE_HERE)
    assert all(isinstance(turn, Turn) for turn in read.turns)
    assert all(say(problem) for problem in read.problems)


@pytest.mark.parametrize(
    ("person", "hours", "off"),
    [
        ("zhou", 0, False),
        ("lin", 0, True),
        ("lin", 8, False),
        ("zhou", 8, True),
        ("he", 0, False),  # on no roster
        ("lin", -24, False),  # the roster names nobody for Friday
    ],
)
def test_somebody_is_off_where_the_roster_has_another_in_their_seat(
    person: str, hours: int, off: bool
) -> None:
    read = roster.read(WEEKEND, PEOPLE_HERE)
    assert read.is_off(person, SATURDAY_NOON + hours * 3600, ZONE) is off


def test_somebody_who_sits_elsewhere_is_not_off() -> None:
    text = WEEKEND + "2026-03-14,08:30,18:00,weekend-2,lin,\n"
    assert not roster.read(text, PEOPLE_HERE).is_off("lin", SATURDAY_NOON, ZONE)


def test_other_seats_say_nothing_about_a_seat() -> None:
    text = WEEKEND + "2026-03-14,08:30,18:00,night,he,\n2026-03-13,08:30,18:00,day,tan,\n"
    assert not roster.read(text, PEOPLE_HERE).is_off("tan", SATURDAY_NOON, ZONE)
