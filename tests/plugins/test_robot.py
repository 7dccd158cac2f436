"""The rules of the robotics line that no story tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day
from tests.stories.lines import Story, enable

CELL = {
    "line": "robot",
    "known": "yes",
    "contact_name": "陆",
    "contact_phone": "0512-5550-3310",
    "employer": "苏州零部件厂",
    "reason": "来电",
    "product": "焊接工作站",
    "need": "处理",
    "stage": "after_sales",
}
REGISTERED = {"matter": "三次停机", "demand": "更换", "resp_dept": "technical"}
PLANNED = {"plan": "更换电缆", "plan_due": "2026-03-13"}


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "robot")
    story = Story(console)
    story.on("2026-03-09").do("10:00", "tian", "open", **CELL)
    return story


@pytest.fixture
def day(story: Story) -> Day:
    return story.on("2026-03-09")


def clocks(day: Day, time: str, rule: str) -> list[dict[str, Any]]:
    return [one for one in day.case(time)["timers"] if one["rule"] == rule]


def act(day: Day, time: str, key: str, who: str = "tian", **typed: str) -> None:
    day.do(time, who, "act", case=1001, act=key, **typed)


def fill(day: Day, time: str, form: str, **typed: str) -> None:
    day.do(time, "tian", "fill_form", case=1001, form=form, **typed)


# --- complaints


def complaint(day: Day) -> None:
    day.do("10:05", "tian", "classify", case=1001, category="complaint")


def test_a_complaint_is_registered_at_once_and_passed_within_a_working_day(day: Day) -> None:
    complaint(day)
    [register], [passing] = (clocks(day, "10:06", rule) for rule in ("T3-16", "T3-17"))
    assert (register["level"], register["state"]) == ("now", "behind")
    assert passing["due"] == "2026-03-10T18:00:00+08:00"
    typed = {"case": 1001, "act": "complaint_passed", "department": "technical"}
    assert day.refused("10:07", "tian", "act", **typed)["rule"] == "F3-09"
    fill(day, "10:08", "complaint_register", **REGISTERED)
    day.do("10:09", "tian", "act", **typed)
    assert clocks(day, "10:09", "T3-16")[0]["state"] == "met"
    assert clocks(day, "10:09", "T3-17")[0]["state"] == "met"
    assert day.case("10:09")["state"] == "complaint_passed"


def test_a_complaint_has_no_limit_of_a_fault(day: Day) -> None:
    complaint(day)
    for rule in ("T3-07", "T3-09", "T3-10", "T3-11"):
        assert {one["state"] for one in clocks(day, "10:06", rule)} <= {"dropped"}


def test_the_plan_names_its_own_date(day: Day) -> None:
    complaint(day)
    plan = {"case": 1001, "form": "rectification_plan", **PLANNED}
    assert day.refused("10:06", "tian", "fill_form", **plan)["rule"] == "F3-10"
    fill(day, "10:08", "complaint_register", **REGISTERED)
    assert day.refused("10:09", "tian", "act", case=1001, act="rectified")["rule"] == "F3-10"
    day.do("11:00", "tian", "fill_form", **plan)
    assert clocks(day, "11:00", "F3-10")[0]["due"] == "2026-03-14T00:00:00+08:00"


def test_the_customer_is_told_and_asked_three_working_days_after_the_rectification(
    story: Story, day: Day
) -> None:
    complaint(day)
    fill(day, "10:08", "complaint_register", **REGISTERED)
    fill(day, "11:00", "rectification_plan", **PLANNED)
    thursday, friday = story.on("2026-03-12"), story.on("2026-03-13")
    act(thursday, "15:00", "rectified")
    [answer] = clocks(thursday, "15:00", "T3-18")
    assert (answer["due"], answer["progress"]) == ("2026-03-17T18:00:00+08:00", "0/2")
    friday.do("09:00", "tian", "settle", case=1001, text="已更换", satisfied="yes")
    assert clocks(friday, "09:00", "T3-18")[0]["progress"] == "1/2"
    act(friday, "09:01", "satisfaction_rated", satisfaction="4", rated_by="phone")
    assert clocks(friday, "09:01", "T3-18")[0]["state"] == "met"


def test_a_specialist_without_the_role_settles_nothing(day: Day) -> None:
    complaint(day)
    for who in ("lv", "cao", "fu"):
        assert day.refused("10:10", who, "settle", case=1001, text="x")["rule"] == "D-24"


# --- visits, projects, quality


def fault(day: Day, fault_class: str = "routine") -> None:
    typed = {"category": "technical", "fault_class": fault_class}
    day.do("10:05", "tian", "classify", case=1001, **typed)


def test_time_and_preparation_are_agreed_before_a_visit(day: Day) -> None:
    fault(day)
    refusal = day.refused("13:00", "cao", "act", case=1001, act="arrived")
    assert (refusal["rule"], refusal["clause"]) == ("T3-13", "003 Art.11(3)")
    act(day, "10:30", "visit_appointed", due="14:00", prepare="停机、清场")
    assert clocks(day, "10:30", "T3-13")[0]["due"] == day.due("14:00")
    act(day, "13:55", "arrived", who="cao")
    assert clocks(day, "13:55", "T3-13")[0]["state"] == "met"


def test_the_service_record_is_signed_before_leaving_and_anew_in_a_second_cycle(
    story: Story, day: Day
) -> None:
    fault(day)
    act(day, "10:30", "visit_appointed", due="14:00", prepare="停机")
    act(day, "14:00", "arrived", who="cao")
    fill(day, "15:00", "site_record", cause="电缆磨损", remedy="更换", advice="每月检查")
    assert day.refused("15:01", "cao", "act", case=1001, act="left")["rule"] == "F3-07"
    day.do("15:02", "cao", "step_form", case=1001, form="site_record")
    act(day, "15:03", "left", who="cao")
    day.do("15:10", "cao", "resolve", case=1001, text="已更换电缆")
    tuesday = story.on("2026-03-10")
    found = {"finding": "problem", "running_state": "仍报警"}
    act(tuesday, "10:00", "followup_done", **found)
    tuesday.do("10:00", "tian", "reopen", case=1001, reason="followup_problem")
    act(tuesday, "10:30", "visit_appointed", due="14:00", prepare="停机")
    act(tuesday, "14:00", "arrived", who="cao")
    assert tuesday.refused("15:01", "cao", "act", case=1001, act="left")["rule"] == "F3-07"


def test_a_foreseen_delay_is_explained_before_the_limit(day: Day) -> None:
    fault(day)
    act(day, "11:00", "delay_foreseen", who="cao")
    assert clocks(day, "11:00", "T3-12")[0]["state"] == "running"
    typed = {"timer": "T3-10", "due": "2026-03-16 18:00", "reason": "等备件", "told": "11:05"}
    day.do("11:05", "cao", "extend", case=1001, **typed)
    assert clocks(day, "11:05", "T3-12")[0]["state"] == "met"


def test_a_milestone_is_told_at_once(day: Day) -> None:
    act(day, "11:00", "milestone_reached")
    assert clocks(day, "11:00", "T3-06")[0]["state"] == "amber"
    day.do("11:02", "cao", "contact", case=1001)
    assert clocks(day, "11:02", "T3-06")[0]["state"] == "met"


def test_an_improvement_is_kept_to_its_date(day: Day) -> None:
    act(day, "11:00", "improvement_agreed", who="zeng", due="2026-03-20 18:00", responsible="cao")
    assert clocks(day, "11:00", "T3-22")[0]["due"] == "2026-03-20T18:00:00+08:00"
    assert day.refused("11:00", "zeng", "act", case=1001, act="customer_received")["rule"] == (
        "T3-24"
    )


def test_records_are_checked_on_every_working_day(story: Story) -> None:
    checks = story.duties("2026-02-13 09:00", "2026-02-13", "2026-02-25", "T3-19")
    assert [row["day"] for row in checks] == [
        "2026-02-13",
        "2026-02-14",
        "2026-02-24",
        "2026-02-25",
    ]
    assert {row["person"] for row in checks} == {"zeng"}
