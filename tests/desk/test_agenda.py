"""What a duty is about: which cases stand under which heading, at which moment."""

from __future__ import annotations

from datetime import date

import pytest

from console.desk import Desk, Who
from console.desk.agenda import Heading, agenda_of
from console.desk.duties import DutyRow
from console.domain.conditions import when
from console.domain.duty import Duty, Topic
from console.domain.fields import Choice, Text
from console.domain.moments import parse_moment
from console.domain.recurrence import FirstWorkingDay, Weekly
from console.domain.refusal import RefusedError
from console.domain.rules import Category, Line, Target, Timer
from console.domain.schedule import Schedule
from console.domain.words import L
from tests.installations import CommandLine

LIN = Who("lin")
CALLER = {
    "contact_name": "王",
    "contact_phone": "0755-5550-2140",
    "reason": "x",
    "product": "x",
    "need": "x",
}
RISKS = {"low": L("低", "low"), "high": L("高", "high")}
TOPICS = (
    Topic("risky", L("风险高", "at risk"), when("risk").equals("high"), ("risk", "wish")),
    Topic("late", L("逾期", "late"), late=True),
    Topic("filed", L("本期新单", "filed"), whole_period=True, rule="A-1", clause="a 1"),
)


def duty(key: str, **rest: object) -> Duty:
    return Duty(key, L("周报", "weekly"), Weekly(), who="head", agenda=TOPICS, **rest)  # type: ignore[arg-type]


LINE = Line(
    "small",
    L("小公司", "Small company"),
    categories=(Category("technical", L("技术", "technical")),),
    divisions=(Target("here", L("本部", "here")), Target("there", L("分部", "there"))),
    fields=(
        Choice(key="risk", label=L("风险", "risk"), choices=RISKS),
        Text(key="wish", label=L("愿望", "wish")),
    ),
    timers=(
        Timer("answer", L("答复", "answer"), "submitted", "customer_contacted", "1h"),
        Timer("look", L("查看", "look"), "submitted", "customer_contacted", "1m", level="soft"),
    ),
    duties=(duty("all"), duty("there_only", division="there")),
    slots={"head": L("负责人", "head")},
)


def at(text: str) -> int:
    return parse_moment(text, 0)


@pytest.fixture
def hotline(desk: Desk) -> Desk:
    """Three cases of the week of 9 March, in two divisions, one of them closed on Friday."""
    desk.rulebook.put(LINE)
    desk.schedule = Schedule([LINE], desk.calendars.calendar, {})
    for number, day, division, risk in (
        (1001, "09", "here", "high"),
        (1002, "10", "there", "high"),
        (1003, "11", "there", "low"),
    ):
        values = {**CALLER, "risk": risk, "wish": f"w{number}", "employer": f"c{number}"}
        moment = at(f"2026-03-{day} 10:00")
        desk.do("open", {"line": "small", "channel": "mail", **values}, LIN, moment)
        typed = {"case": number, "category": "technical", "division": division}
        desk.do("classify", typed, LIN, moment)
    for command, typed in (
        ("contact", {}),
        ("resolve", {"text": "ok"}),
        ("confirm", {"who": "c", "satisfied": "yes"}),
        ("close", {}),
    ):
        desk.do(command, {"case": 1002, **typed}, LIN, at("2026-03-13 10:00"))
    return desk


def agenda(
    desk: Desk, key: str, now: str, day: str = "2026-03-15", as_of: str = ""
) -> dict[str, Heading]:
    there = date.fromisoformat(day)
    owned = desk.schedule.known(key)
    [planned] = desk.schedule.of(owned, there, there, lambda _subject: [])
    found = agenda_of(desk, planned, at(now), at(as_of) if as_of else None)
    return {heading.key: heading for heading in found}


def cases(desk: Desk, key: str, now: str, **where: str) -> dict[str, list[int]]:
    found = agenda(desk, key, now, **where)
    return {name: [item.case for item in heading.items] for name, heading in found.items()}


def test_open_cases_stand_under_the_headings_they_belong_to(hotline: Desk) -> None:
    assert cases(hotline, "all", "2026-03-14 10:00") == {
        "risky": [1001],
        "late": [1001, 1003],
        "filed": [1001, 1002, 1003],
    }


def test_a_duty_of_one_division_has_its_cases_only(hotline: Desk) -> None:
    assert cases(hotline, "there_only", "2026-03-14 10:00") == {
        "risky": [],
        "late": [1003],
        "filed": [1002, 1003],
    }


def test_it_can_be_seen_as_it_stood_before(hotline: Desk) -> None:
    then = {"as_of": "2026-03-12 10:00"}
    assert cases(hotline, "all", "2026-03-12 10:00", **then)["risky"] == [1001, 1002]
    then = {"as_of": "2026-03-09 10:30"}
    assert cases(hotline, "all", "2026-03-09 10:30", **then) == {
        "risky": [1001],
        "late": [],
        "filed": [1001],
    }


def test_another_week_has_what_is_still_open_and_nothing_filed(hotline: Desk) -> None:
    found = cases(hotline, "all", "2026-03-20 10:00", day="2026-03-22")
    assert found == {"risky": [1001], "late": [1001, 1003], "filed": []}


def test_a_month_has_all_that_was_filed_in_it(hotline: Desk) -> None:
    monthly = Duty("month", L("月报", "monthly"), FirstWorkingDay(), who="head", agenda=TOPICS)
    line = Line("small", L("小公司", "Small company"), duties=(monthly,))
    hotline.schedule = Schedule([line], hotline.calendars.calendar, {})
    found = cases(hotline, "month", "2026-04-01 10:00", day="2026-04-01")
    assert found["filed"] == [1001, 1002, 1003]
    found = cases(hotline, "month", "2026-03-02 10:00", day="2026-03-02")
    assert found["filed"] == []


def test_an_item_says_what_its_heading_asks_for(hotline: Desk) -> None:
    found = agenda(hotline, "all", "2026-03-14 10:00")
    [item] = found["risky"].items
    assert (item.customer, item.state, item.owner) == ("c1001 王", L("已分类", "classified"), "lin")
    assert item.values == (
        ("risk", L("风险", "risk"), L("高", "high")),
        ("wish", L("愿望", "wish"), L("w1001", "w1001")),
    )
    assert (item.opened_at, item.late) == (at("2026-03-09 10:00"), True)
    assert [one.late for one in found["filed"].items] == [True, True, True]
    assert (found["filed"].rule, found["filed"].clause) == ("A-1", "a 1")


def test_the_agenda_is_there_for_one_duty_and_announced_for_all(hotline: Desk) -> None:
    week = (date(2026, 3, 15), date(2026, 3, 15))
    rows: list[DutyRow] = hotline.duties(*week, at("2026-03-14 10:00"))
    assert [(row.duty, row.topics, row.agenda) for row in rows] == [
        ("small.all", 3, ()),
        ("small.there_only", 3, ()),
    ]
    [row] = hotline.duties(*week, at("2026-03-14 10:00"), duty="there_only")
    assert [heading.key for heading in row.agenda] == ["risky", "late", "filed"]


def test_a_duty_nobody_knows_is_refused(hotline: Desk) -> None:
    week = (date(2026, 3, 15), date(2026, 3, 15))
    with pytest.raises(RefusedError) as refused:
        hotline.duties(*week, duty="nothing")
    assert refused.value.refusal.remedy.args == {"known": "small.all, small.there_only"}  # type: ignore[union-attr]


def test_the_command_line_refuses_it_too(console: CommandLine) -> None:
    assert console.refused("show", "duties", "nothing", who="lin")["rule"] == "duty"
