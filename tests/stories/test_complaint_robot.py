"""A robot customer complains: registered now, passed on within a working day, rectified by the
date of the plan, told and rated within three working days, and again until satisfied."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day
from tests.stories.lines import Story, enable

CELL = {
    "line": "robot",
    "channel": "mail",
    "known": "yes",
    "contact_name": "陆工",
    "contact_phone": "0512-5550-3310",
    "employer": "苏州零部件厂",
    "reason": "一个月停机三次",
    "product": "焊接工作站",
    "need": "更换电缆",
    "stage": "after_sales",
}
REGISTER = {"matter": "一个月停机三次", "demand": "更换电缆", "resp_dept": "technical"}
PLAN = {"plan": "更换电缆并复检", "plan_due": "2026-10-15"}
CLAUSE = "003 Art.13(3)"


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "robot")
    return Story(console)


def wednesday(story: Story) -> Day:
    """The last working day before National Day."""
    return story.on("2026-09-30")


def act(day: Day, time: str, who: str, key: str, **typed: Any) -> None:
    day.do(time, who, "act", case=1001, act=key, **typed)


def clock(day: Day, time: str, key: str) -> tuple[str, str, str]:
    [*_, one] = [one for one in day.case(time)["timers"] if one["key"] == key]
    return one["state"], one["due"], one["progress"]


def received(story: Story) -> None:
    wednesday(story).do("17:20:00", "tian", "open", **CELL)
    wednesday(story).do("17:21:00", "tian", "classify", case=1001, category="complaint")


def passed(story: Story) -> None:
    received(story)
    passed_on(story)


def passed_on(story: Story) -> None:
    typed = {"form": "complaint_register", **REGISTER}
    wednesday(story).do("17:25:00", "tian", "fill_form", case=1001, **typed)
    act(story.on("2026-10-08"), "09:00", "tian", "complaint_passed", department="technical")


def rectified(story: Story) -> None:
    passed(story)
    put_right(story)


def put_right(story: Story) -> None:
    friday = story.on("2026-10-09")
    friday.do("10:00", "qiu", "fill_form", case=1001, form="rectification_plan", **PLAN)
    act(story.on("2026-10-14"), "15:00", "qiu", "rectified", text="电缆已换")


def answered(story: Story, satisfied: str, score: str, date: str = "2026-10-16") -> None:
    day = story.on(date)
    day.do("09:00", "tian", "settle", case=1001, text="已更换", satisfied=satisfied)
    act(day, "09:05", "tian", "satisfaction_rated", satisfaction=score, rated_by="phone")


def test_it_is_registered_now_and_passed_on_in_a_working_day(story: Story) -> None:
    received(story)
    due = "2026-10-08T18:00:00+08:00"
    assert clock(wednesday(story), "17:21:00", "register_complaint")[0] == "amber"
    assert clock(wednesday(story), "17:21:00", "pass_complaint")[:2] == ("running", due)
    passed_on(story)
    thursday = story.on("2026-10-08")
    assert clock(thursday, "09:00:00", "pass_complaint")[:2] == ("met", due)
    assert clock(thursday, "09:00:00", "urge_plan")[0] == "running"


def test_the_responsible_department_hears_of_it_and_no_other(story: Story) -> None:
    passed(story)
    told = {
        (notice, person)
        for notice, _, person, _ in story.on("2026-10-08").told("09:00:00")
        if notice.startswith("complaint")
    }
    assert told == {("complaint", "zeng"), ("complaint_to_technical", "qiu")}


def test_the_result_is_told_after_it_is_rectified_and_not_before(story: Story) -> None:
    passed(story)
    refusal = story.on("2026-10-08").refused("10:00", "tian", "settle", case=1001, text="x")
    assert (refusal["rule"], refusal["clause"]) == ("T3-18", CLAUSE)
    put_right(story)
    due = "2026-10-19T18:00:00+08:00"
    day = story.on("2026-10-14")
    assert clock(day, "15:00:00", "rectify")[:2] == ("met", "2026-10-16T00:00:00+08:00")
    assert clock(day, "15:00:00", "answer_complaint") == ("running", due, "0/2")


def test_told_is_half_of_it_without_the_rating(story: Story) -> None:
    rectified(story)
    friday = story.on("2026-10-16")
    friday.do("09:00", "tian", "settle", case=1001, text="已更换", satisfied="yes")
    assert clock(friday, "09:01", "answer_complaint")[2] == "1/2"
    act(friday, "09:05", "tian", "satisfaction_rated", rated_by="no_reply")
    assert clock(friday, "09:05", "answer_complaint")[0] == "met"
    assert friday.case("09:05")["values"].get("satisfaction") is None


def test_another_round_until_the_customer_is_satisfied(story: Story) -> None:
    rectified(story)
    answered(story, "no", "2")
    friday = story.on("2026-10-16")
    assert clock(friday, "09:06", "next_answer")[0] == "running"
    assert ("not_satisfied", "zeng") in {(one, who) for one, _, who, _ in friday.told("09:06")}
    friday.do("09:10", "tian", "confirm", case=1001, who="陆工", satisfied="yes")
    refusal = friday.refused("09:11", "tian", "close", case=1001, reason="x")
    assert (refusal["rule"], refusal["clause"]) == ("W-07", CLAUSE)
    monday = story.on("2026-10-19")
    act(monday, "15:00", "qiu", "rectified", text="又换接头")
    assert clock(monday, "15:00", "answer_complaint")[:2] == (
        "running",
        "2026-10-22T18:00:00+08:00",
    )
    answered(story, "yes", "5", "2026-10-20")
    tuesday = story.on("2026-10-20")
    tuesday.do("09:10", "tian", "confirm", case=1001, who="陆工", satisfied="yes")
    tuesday.do("09:11", "tian", "close", case=1001)
    case = tuesday.case("09:11")
    assert (case["state"], case["values"]["satisfaction"]) == ("closed", 5)


def test_officers_only_and_never_hidden(story: Story) -> None:
    rectified(story)
    day = story.on("2026-10-14")
    for who in ("lv", "cao", "fu", "qiu"):
        assert day.refused("16:00", who, "settle", case=1001, text="x")["rule"] == "D-24"
    typed = {"category": "technical", "fault_class": "routine"}
    assert day.refused("16:00", "lin", "classify", case=1001, **typed)["rule"] == "W-07"
    assert day.refused("16:00", "tian", "classify", case=1001, **typed)["rule"] == "W-07"
    day.do("16:01", "tian", "classify", case=1001, because="客户说明是报修", **typed)


def test_it_is_on_the_agenda_of_the_quality_meeting(story: Story) -> None:
    rectified(story)
    answered(story, "no", "2")
    moment, day = "2026-11-02 09:00", "2026-11-02"
    agenda = story.agenda(moment, "quality_meeting", day)
    assert [item["case"] for item in agenda["not_satisfied"]] == [1001]
    assert agenda["complaints"] == []
    agenda = story.agenda("2026-10-08 17:00", "quality_check", "2026-10-08")
    [item] = agenda["complaints"]
    assert (item["case"], item["values"]["reason"]) == (1001, "一个月停机三次")


def test_the_whole_story_is_sound(story: Story) -> None:
    rectified(story)
    answered(story, "no", "2")
    story.worker("2026-10-20 09:00")
    assert story.is_sound()
