"""A substation contractor complains: registered at once, taken by the DGM's assistant, passed
on, planned, rectified, answered twice with an apology, rated, and never made to disappear."""

from __future__ import annotations

from typing import Any

import pytest

from tests.installations import OPENING, CommandLine
from tests.stories.acts import Day
from tests.stories.lines import Story

FRIDAY, MONDAY, WEDNESDAY = "2026-05-08", "2026-05-11", "2026-05-13"
REGISTER = {"form": "complaint_register", "matter": "工程师态度差", "demand": "道歉"}
PLAN = {"form": "rectification_plan", "plan": "换人并培训", "plan_due": MONDAY}
COURSE = "W-07; 002 P1C2S2 1.2.2"


@pytest.fixture
def story(console: CommandLine) -> Story:
    return Story(console)


def act(day: Day, time: str, who: str, key: str, **typed: Any) -> None:
    day.do(time, who, "act", case=1001, act=key, **typed)


def received(story: Story) -> Day:
    friday = story.on(FRIDAY)
    friday.do("10:00:00", "zhou", "open", known="yes", channel="mail", **OPENING)
    friday.do("10:01:00", "zhou", "classify", case=1001, category="complaint")
    friday.do("10:02:00", "zhou", "assign", case=1001, to="wen")
    return friday


def registered(story: Story) -> Day:
    friday = received(story)
    friday.do("10:04:00", "zhou", "fill_form", case=1001, accused="何工", **REGISTER)
    return friday


def rectified(story: Story) -> None:
    friday = registered(story)
    act(friday, "10:30:00", "wen", "complaint_taken")
    act(friday, "11:00:00", "wen", "complaint_passed", department="技术服务部")
    friday.do("15:00:00", "shen", "fill_form", case=1001, **PLAN)
    act(story.on(MONDAY), "16:00:00", "shen", "rectified", text="已换人")


def settled(story: Story, date: str, time: str, **typed: str) -> None:
    story.on(date).do(time, "wen", "settle", case=1001, apology="yes", **typed)


def test_it_is_registered_at_once(story: Story) -> None:
    friday = received(story)
    clocks = {t["key"]: (t["state"], t["due"]) for t in friday.case("10:01:00")["timers"]}
    assert clocks["register_complaint"] == ("amber", friday.due("10:06:00"))
    assert clocks["take_complaint"] == ("running", None)
    registered(story)
    case = friday.case("10:04:00")
    assert case["values"]["accused"] == "何工"
    assert [t["state"] for t in case["timers"] if t["key"] == "register_complaint"] == ["met"]


def test_the_front_line_settles_nothing(story: Story) -> None:
    friday = registered(story)
    for command, typed in (
        ("settle", {"text": "x", "apology": "yes"}),
        ("compensate", {"text": "x"}),
        ("close", {"reason": "x"}),
    ):
        for who in ("zhou", "he", "tan"):
            refusal = friday.refused("10:10:00", who, command, case=1001, **typed)
            assert (refusal["rule"], refusal["clause"]) == ("D-24", "002 P3C1; 000 III.3.1.5")
    for key in ("complaint_taken", "complaint_passed"):
        typed = {"act": key, "department": "x"} if key == "complaint_passed" else {"act": key}
        assert friday.refused("10:10:00", "zhou", "act", case=1001, **typed)["clause"] == COURSE
    friday.do("10:11:00", "zhou", "advise_complaint", case=1001, text="请先致歉")


def test_the_stages_keep_their_order(story: Story) -> None:
    friday = received(story)
    typed = {"act": "complaint_passed", "department": "技术服务部"}
    refusal = friday.refused("10:03:00", "wen", "act", case=1001, **typed)
    assert (refusal["rule"], refusal["clause"]) == ("W-07", COURSE)
    registered_again = {"accused": "何工", **REGISTER}
    friday.do("10:04:00", "zhou", "fill_form", case=1001, **registered_again)
    friday.do("10:05:00", "wen", "act", case=1001, **typed)
    assert friday.case("10:05:00")["state"] == "complaint_passed"
    refusal = friday.refused("10:06:00", "shen", "act", case=1001, act="rectified")
    assert "rectification plan" in refusal["message"]


def test_the_plan_is_kept_to_the_date_it_names(story: Story) -> None:
    rectified(story)
    monday = story.on(MONDAY)
    [plan] = [t for t in monday.case("15:59:59")["timers"] if t["key"] == "rectify"]
    assert (plan["state"], plan["due"]) == ("amber", "2026-05-12T00:00:00+08:00")
    assert monday.case("16:00:00")["state"] == "rectified"
    [answer] = [t for t in monday.case("16:00:00")["timers"] if t["key"] == "answer_rectified"]
    assert answer["state"] == "running"


def test_nobody_answers_without_an_apology(story: Story) -> None:
    rectified(story)
    monday = story.on(MONDAY)
    refusal = monday.refused("17:00:00", "wen", "settle", case=1001, text="已换人")
    assert (refusal["rule"], refusal["clause"]) == ("W-07", COURSE)
    assert "apology=yes" in refusal["remedy"]


def test_it_is_answered_until_the_customer_is_satisfied(story: Story) -> None:
    rectified(story)
    settled(story, MONDAY, "17:00:00", text="已换人", satisfied="no")
    monday, wednesday = story.on(MONDAY), story.on(WEDNESDAY)
    assert ("not_satisfied", "dgm", "tao", "sent") in monday.told("17:00:00")
    monday.do("17:05:00", "zhou", "confirm", case=1001, who="彭工")
    typed = {"case": 1001, "reason": "x"}
    assert monday.refused("17:06:00", "wen", "close", **typed)["clause"] == COURSE
    settled(story, WEDNESDAY, "09:00:00", text="副总登门致歉", satisfied="yes")
    act(wednesday, "09:05:00", "zhou", "satisfaction_rated", satisfaction="4", rated_by="phone")
    wednesday.do("09:06:00", "zhou", "confirm", case=1001, who="彭工")
    wednesday.do("09:10:00", "wen", "close", case=1001)
    answers = [
        (fact["body"]["satisfied"], fact["body"]["apology"])
        for fact in wednesday.case("09:10:00")["facts"]
        if fact["kind"] == "complaint_answered"
    ]
    assert answers == [(False, True), (True, True)]
    late = {"satisfaction": "5", "rated_by": "questionnaire"}
    act(wednesday, "18:00:00", "zhou", "satisfaction_rated", **late)
    case = wednesday.case("18:00:00")
    assert (case["state"], case["values"]["satisfaction"]) == ("closed", 5)
    assert story.is_sound()


def test_it_is_never_made_to_disappear(story: Story) -> None:
    friday = registered(story)
    typed = {"case": 1001, "category": "technical"}
    assert friday.refused("10:20:00", "zhou", "classify", **typed)["clause"].startswith("002 P2C2")
    assert friday.refused("10:20:00", "wen", "classify", **typed)["rule"] == "W-07"
    friday.do("10:21:00", "wen", "classify", because="误听，并非投诉", **typed)
    assert friday.case("10:21:00")["category"] == "technical"


def test_anybody_registers_one(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("10:00:00", "he", "register_complaint", line="power", text="客户说热线没人接")
    case = friday.case("10:00:00")
    assert (case["category"], case["owner"]) == ("complaint", "he")
    assert ("classified", "dgm", "tao", "sent") in friday.told("10:00:00")
