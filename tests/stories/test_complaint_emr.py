"""A hospital complains: registered at once, decided by the head, planned, rectified, answered
twice, rated. Nobody but its officers settles it, and nobody makes it disappear."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day
from tests.stories.lines import Story, enable

WARD = {
    "line": "emr",
    "known": "yes",
    "contact_name": "护士长",
    "contact_phone": "0755-5550-2140",
    "employer": "市一医院",
    "department": "心内科",
    "region": "华东",
    "product": "电子病历",
    "product_version": "V5.2",
    "reason": "三次报修无人回复",
    "need": "给个说法",
}
REGISTER = {"form": "complaint_register", "matter": "三次报修无人回复", "demand": "专人负责"}
PLAN = {"form": "rectification_plan", "plan": "指定专人", "plan_due": "2026-06-12"}
HIDING = "002 P2C2 penalties; W-07"


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "emr")
    return Story(console)


def monday(story: Story) -> Day:
    return story.on("2026-06-08")


def received(story: Story) -> None:
    monday(story).do("10:00:00", "gu", "open", **WARD)
    monday(story).do("10:01:00", "gu", "classify", case=1001, category="complaint")
    monday(story).do("10:02:00", "gu", "assign", case=1001)


def act(day: Day, time: str, who: str, key: str, **typed: Any) -> None:
    day.do(time, who, "act", case=1001, act=key, **typed)


def registered(story: Story) -> None:
    received(story)
    monday(story).do("10:05:00", "gu", "fill_form", case=1001, accused="某工程师", **REGISTER)


def decided(story: Story) -> None:
    registered(story)
    act(monday(story), "11:00", "xu", "complaint_taken")
    typed = {"department": "region_tsm", "text": "大区整改，专人负责"}
    act(monday(story), "14:00", "shi", "complaint_passed", **typed)
    act(monday(story), "16:00", "jiang", "complaint_analysed", cause="值班表漏排")


def rectified(story: Story) -> None:
    decided(story)
    tuesday = story.on("2026-06-09")
    tuesday.do("09:00", "xu", "fill_form", case=1001, **PLAN)
    act(story.on("2026-06-11"), "15:00", "jiang", "rectified", text="专人已到岗")


def first_answer(story: Story) -> None:
    rectified(story)
    typed = {"text": "已安排专人", "apology": "yes", "satisfied": "no"}
    story.on("2026-06-11").do("16:00", "xu", "settle", case=1001, **typed)


def second_answer(story: Story) -> None:
    first_answer(story)
    answered_well(story)


def answered_well(story: Story) -> None:
    friday = story.on("2026-06-12")
    typed = {"text": "科主任当面致歉", "apology": "yes", "satisfied": "yes"}
    friday.do("10:00", "xu", "settle", case=1001, **typed)
    act(friday, "10:05", "gu", "satisfaction_rated", satisfaction="4", rated_by="phone")


def states(day: Day, time: str) -> dict[str, str]:
    return {one["key"]: one["state"] for one in day.case(time)["timers"]}


def test_the_heads_the_leader_and_the_csm_hear_of_it_and_the_csm_follows(story: Story) -> None:
    received(story)
    told = {slot for notice, slot, *_ in monday(story).told("10:02") if notice == "complaint"}
    assert told == {"dept_head_1", "dept_head_2", "group_leader", "csm"}
    case = monday(story).case("10:02")
    assert (case["owner"], case["assignee"], case["tracker"]) == ("gu", "xu", "ye")


def test_it_is_registered_at_once_and_not_decided_before(story: Story) -> None:
    received(story)
    assert states(monday(story), "10:02")["register_complaint"] == "amber"
    typed = {"act": "complaint_passed", "department": "region_tsm", "text": "x"}
    refusal = monday(story).refused("10:03", "shi", "act", case=1001, **typed)
    assert (refusal["rule"], refusal["clause"]) == ("W-07", "001 P2 2.2, 2.5")
    monday(story).do("10:05:00", "gu", "fill_form", case=1001, accused="某工程师", **REGISTER)
    case = monday(story).case("10:05")
    assert states(monday(story), "10:05")["register_complaint"] == "met"
    assert case["values"]["accused"] == "某工程师"


def test_the_head_decides_and_nobody_below(story: Story) -> None:
    registered(story)
    act(monday(story), "11:00", "xu", "complaint_taken")
    typed = {"act": "complaint_passed", "department": "region_tsm", "text": "x"}
    for who in ("gu", "xu", "jiang", "ye"):
        refusal = monday(story).refused("13:00", who, "act", case=1001, **typed)
        assert refusal["clause"] == "001 P2 2.2, 2.5"
    act(monday(story), "14:00", "dong", "complaint_passed", department="region_tsm", text="整改")
    case = monday(story).case("14:00")
    assert case["state"] == "complaint_passed"
    assert case["values"]["department"] == "心内科"
    assert states(monday(story), "14:00")["decide_complaint"] == "met"


def test_the_plan_sets_the_date_it_is_kept_to(story: Story) -> None:
    decided(story)
    tuesday = story.on("2026-06-09")
    refusal = tuesday.refused("08:40", "jiang", "act", case=1001, act="rectified")
    assert refusal["rule"] == "W-07"
    tuesday.do("09:00", "xu", "fill_form", case=1001, **PLAN)
    [plan] = [one for one in tuesday.case("09:00")["timers"] if one["key"] == "rectify"]
    assert (plan["state"], plan["due"]) == ("running", "2026-06-13T00:00:00+08:00")
    assert states(story.on("2026-06-13"), "00:00:01")["rectify"] == "breached"


def test_only_its_officers_answer_it_and_only_with_an_apology(story: Story) -> None:
    rectified(story)
    thursday = story.on("2026-06-11")
    for who in ("gu", "jiang", "ye", "fan"):
        refusal = thursday.refused("15:30", who, "settle", case=1001, text="x", apology="yes")
        assert (refusal["rule"], refusal["clause"]) == ("D-24", "001 P2 2.2, 2.5")
    assert "settle" not in thursday.case("15:30", who="gu")["offered"]
    thursday.do("15:31", "gu", "advise_complaint", case=1001, text="先致歉")
    refusal = thursday.refused("15:40", "xu", "settle", case=1001, text="已安排")
    assert "apology=yes" in refusal["remedy"]


def test_who_is_not_satisfied_is_answered_again(story: Story) -> None:
    first_answer(story)
    thursday, friday = story.on("2026-06-11"), story.on("2026-06-12")
    assert states(thursday, "16:00")["next_answer"] == "running"
    told = [slot for notice, slot, *_ in thursday.told("16:00") if notice == "not_satisfied"]
    assert "dept_head_1" in told
    thursday.do("16:10", "xu", "confirm", case=1001, who="护士长", satisfied="yes")
    refusal = thursday.refused("16:20", "xu", "close", case=1001, reason="x")
    assert (refusal["rule"], refusal["clause"]) == ("W-07", "001 P2 2.2, 2.5")
    answered_well(story)
    assert states(friday, "10:05")["next_answer"] == "met"


def test_a_satisfied_customer_ends_it(story: Story) -> None:
    second_answer(story)
    friday = story.on("2026-06-12")
    friday.do("10:10", "xu", "confirm", case=1001, who="护士长", satisfied="yes")
    assert friday.refused("10:11", "gu", "close", case=1001)["rule"] == "D-24"
    friday.do("10:15", "xu", "close", case=1001)
    case = friday.case("10:15")
    assert (case["state"], case["values"]["satisfaction"]) == ("closed", 4)


def test_nobody_makes_it_disappear(story: Story) -> None:
    registered(story)
    for who, typed in (
        ("gu", {"category": "technical", "sub_kind": "issue"}),
        ("gu", {"line": "power", "category": "technical"}),
    ):
        refusal = monday(story).refused("11:00", who, "classify", case=1001, **typed)
        assert (refusal["rule"], refusal["clause"]) == ("W-07", HIDING)
    typed = {"category": "technical", "sub_kind": "issue"}
    assert monday(story).refused("11:05", "shi", "classify", case=1001, **typed)["rule"] == "W-07"
    monday(story).do("11:06", "shi", "classify", case=1001, because="客户撤回", **typed)
    assert monday(story).case("11:06")["category"] == "technical"


def test_what_is_called_a_complaint_is_classified_as_one(story: Story) -> None:
    monday(story).do("10:00:00", "gu", "open", **WARD)
    typed = {"category": "technical", "sub_kind": "complaint"}
    monday(story).do("10:01:00", "gu", "classify", case=1001, **typed)
    refusal = monday(story).refused("10:02", "gu", "assign", case=1001, to="jiang")
    assert refusal["rule"] == "W-07"
    assert monday(story).refused("10:02", "gu", "settle", case=1001, text="x")["rule"] == "D-24"
    monday(story).do("10:03", "gu", "classify", case=1001, category="complaint")
    monday(story).do("10:04", "gu", "assign", case=1001)


def test_it_is_on_wednesdays_agenda_until_it_is_closed(story: Story) -> None:
    decided(story)
    agenda = story.agenda("2026-06-10 19:00", "customer_analysis", "2026-06-10")
    assert [item["case"] for item in agenda["complaints"]] == [1001]
    assert agenda["unhappy"] == []
    assert agenda["complaints"][0]["values"]["region"] == "east"


def test_the_whole_story_is_sound(story: Story) -> None:
    second_answer(story)
    story.worker("2026-06-15 09:00")
    assert story.is_sound()
