"""A contractor complains of an engineer: the accused reports at once, the manager answers
within 48 hours of that report, again and again, until the customer is satisfied."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day
from tests.stories.lines import Story, enable

FRIDAY, SUNDAY, MONDAY, TUESDAY = "2026-07-10", "2026-07-12", "2026-07-13", "2026-07-14"
CALL = {
    "line": "roadsoft",
    "channel": "phone",
    "known": "yes",
    "contact_name": "潘",
    "contact_phone": "02755501006",
    "employer": "武汉某路桥公司",
    "branch": "wuhan",
    "cust_tier": "project",
    "product": "measurement_payment",
    "product_version": "8.2",
    "record_kind": "operation_problem",
    "service_mode": "phone",
    "reason": "工程师态度差",
    "need": "要求道歉",
}
REGISTER = {"form": "complaint_register", "matter": "态度差", "demand": "道歉", "accused": "涂工"}
REPORT = {"form": "accused_report", "dissatisfaction": "语气生硬", "external_causes": "连续加班"}
CLAUSE = "002 P1C2S2 1.2.2"


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "roadsoft")
    return Story(console)


def act(day: Day, time: str, who: str, key: str, **typed: Any) -> None:
    day.do(time, who, "act", case=1001, act=key, **typed)


def received(story: Story) -> Day:
    friday = story.on(FRIDAY)
    friday.do("16:00:00", "ai", "open", **CALL)
    friday.do("16:01:00", "ai", "classify", case=1001, category="complaint")
    friday.do("16:02:00", "ai", "fill_form", case=1001, **REGISTER)
    return friday


def reported(story: Story) -> Day:
    friday = received(story)
    act(friday, "16:05:00", "an", "complaint_taken")
    act(friday, "16:10:00", "an", "complaint_passed", department="武汉分公司")
    friday.do("16:30:00", "tu", "fill_form", case=1001, **REPORT)
    friday.do("16:40:00", "ning", "sign_form", case=1001, form="accused_report")
    return friday


def settled(day: Day, time: str, satisfied: str, **typed: str) -> None:
    typed = {"text": "致歉并整改", "apology": "yes", **typed}
    day.do(time, "ning", "settle", case=1001, satisfied=satisfied, **typed)


def test_it_goes_to_the_centre_assistant_and_nobody_settles_it_alone(story: Story) -> None:
    friday = received(story)
    case = friday.case("16:02:00")
    assert (case["division"], case["values"]["accused"], case["values"]["demand"]) == (
        "complaints",
        "涂工",
        "道歉",
    )
    told = friday.told("16:02:00")
    assert ("complaint", "centre_assistant", "an", "sent") in told
    assert ("report_wanted", "department_manager", "ning", "sent") in told
    for who in ("ai", "tu", "hua"):
        refusal = friday.refused("16:03", who, "settle", case=1001, text="x", apology="yes")
        assert (refusal["rule"], refusal["clause"]) == ("D-24", "002 P3C1 hotline")


def test_the_accused_reports_at_once(story: Story) -> None:
    friday = received(story)
    assert friday.clock("16:02:00", "T2-11")[:2] == ("amber", friday.due("16:06:00"))
    friday.do("16:30:00", "tu", "fill_form", case=1001, **REPORT)
    assert friday.clock("16:30:00", "T2-11")[0] == "behind"
    friday.do("16:40:00", "ning", "sign_form", case=1001, form="accused_report")
    assert friday.clock("16:40:00", "T2-11")[0] == "met"


def test_the_48_hours_begin_with_the_report_and_run_through_the_weekend(story: Story) -> None:
    friday = reported(story)
    due = "2026-07-12T16:40:00+08:00"
    assert friday.clock("16:40:00", "T2-12") == ("running", due, 0)
    assert ("report_received", "department_manager", "ning", "sent") in friday.told("16:40:00")
    sunday = story.on(SUNDAY)
    assert sunday.clock("16:40:00", "T2-12") == ("amber", due, 0)
    assert sunday.clock("16:40:01", "T2-12") == ("breached", due, 1)


def test_rounds_of_48_hours_until_the_customer_is_satisfied(story: Story) -> None:
    reported(story)
    sunday, monday, tuesday = story.on(SUNDAY), story.on(MONDAY), story.on(TUESDAY)
    settled(sunday, "16:00:00", "no")
    assert sunday.clock("16:00:00", "T2-12") == ("met", "2026-07-12T16:40:00+08:00", 0)
    assert sunday.clock("16:00:00", "T2-13")[1] == "2026-07-14T16:00:00+08:00"
    settled(monday, "10:00:00", "no")
    rounds = [t for t in monday.case("10:00:00")["timers"] if t["rule"] == "T2-13"]
    assert [(t["state"], t["due"]) for t in rounds] == [
        ("met", "2026-07-14T16:00:00+08:00"),
        ("running", "2026-07-15T10:00:00+08:00"),
    ]
    monday.do("10:05:00", "ai", "confirm", case=1001, who="潘工")
    typed = {"case": 1001, "reason": "x"}
    assert monday.refused("10:06:00", "ning", "close", **typed)["rule"] == "T2-13"
    settled(tuesday, "09:00:00", "yes")
    act(tuesday, "09:01:00", "ai", "satisfaction_rated", satisfaction="5", rated_by="phone")
    tuesday.do("09:02:00", "ai", "confirm", case=1001, who="潘工")
    tuesday.do("09:03:00", "an", "close", case=1001, reason="已满意")
    assert tuesday.case("09:03:00")["state"] == "closed"
    assert story.is_sound()


def test_a_plan_comes_before_it_is_rectified(story: Story) -> None:
    friday = reported(story)
    refusal = friday.refused("17:00", "hua", "act", case=1001, act="rectified")
    assert (refusal["rule"], refusal["clause"]) == ("W-07", CLAUSE)
    plan = {"form": "rectification_plan", "plan": "培训", "plan_due": MONDAY}
    friday.do("17:05:00", "hua", "fill_form", case=1001, **plan)
    act(story.on(MONDAY), "10:00:00", "hua", "rectified", text="已培训")
    [clock] = [t for t in story.on(MONDAY).case("10:00:00")["timers"] if t["key"] == "rectify"]
    assert (clock["state"], clock["due"]) == ("met", "2026-07-14T00:00:00+08:00")


def test_nine_grounds_and_the_officer_names_them(story: Story) -> None:
    friday = received(story)
    typed = {"act": "complaint_upheld", "accused": "涂工", "grounds": "unfriendly,not_recorded"}
    assert friday.refused("16:10", "ai", "act", case=1001, **typed)["clause"] == "002 P1C2S2 1.2.1"
    friday.do("16:11", "an", "act", case=1001, **typed)
    values = friday.case("16:11")["values"]
    assert values["grounds"] == ["unfriendly", "not_recorded"]
    assert values["complaint_stands"] is True


def test_an_established_complaint_takes_the_same_course(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("16:00:00", "ai", "open", **CALL)
    friday.do("16:01:00", "ai", "classify", case=1001, category="technical")
    act(friday, "16:05:00", "ai", "complaint_established", grounds="form_not_filed")
    assert ("established", "centre_assistant", "an", "sent") in friday.told("16:05:00")
    act(friday, "16:10:00", "an", "complaint_upheld", accused="艾工")
    act(friday, "16:11:00", "an", "complaint_taken")
    refusal = friday.refused("16:12:00", "ai", "close", case=1001, reason="x")
    assert refusal["rule"] == "D-24"
