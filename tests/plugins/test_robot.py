"""The rules of the robotics line that no story tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.plugins import letters
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
    day.do("11:05", "tian", "extend", case=1001, **typed)
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


# --- what is written, and to whom


def test_an_emergency_says_where_to_go_and_what_to_heed(day: Day) -> None:
    fault(day, "complex")
    there = {"cell": "W2", "controller_alarm": "7-201", "site_rules": "戴安全帽"}
    day.do("10:06", "tian", "record", case=1001, contact_addr="工业园3号", **there)
    day.do("10:07", "tian", "record", case=1001, emergency="yes")
    said = letters.notice(day.console, "emergency").short
    for word in ("苏州零部件厂", "W2", "7-201", "陆, 0512 5550 3310", "工业园3号", "戴安全帽"):
        assert word in said


def test_a_customer_is_written_of_a_milestone_and_of_a_problem(day: Day) -> None:
    day.do("10:05", "tian", "classify", case=1001, category="quote")
    act(day, "10:06", "contract_signed", who="fu", contract_no="HT-0309")
    assert day.case("10:06")["values"]["contract_no"] == "HT-0309"
    milestone = letters.message(day.console, "milestone", event="发货", next="安装")
    assert "(contract HT-0309) has reached a milestone: 发货.\nNext: 安装." in milestone.full
    problem = {"event": "缺件", "measure": "空运", "due": 1773212400}
    short = letters.message(day.console, "sudden_problem", lang="zh", **problem).short
    assert "出现突发问题：缺件" in short
    assert "2026-03-11 15:00前" in short


def test_a_customer_is_written_why_it_takes_longer_and_until_when(day: Day) -> None:
    fault(day)
    day.do("10:06", "tian", "assign", case=1001, to="cao")
    act(day, "11:00", "delay_foreseen", who="cao", text="等备件")
    assert [one for one, *_ in day.told("11:00")].count("delay") == 2
    assert "extend (extend)" in letters.notice(day.console, "delay").short
    typed = {"cause": "备件未到", "due": 1773655200, "meanwhile": "手动模式生产"}
    letter = letters.message(day.console, "delay_explained", lang="zh", **typed)
    assert letter.subject == "焊接工作站维修延期说明"
    assert "新时限为2026-03-16 18:00，由曹维保 Cao负责" in letter.short
    assert "在此期间：手动模式生产。" in letter.full


def test_a_late_explanation_is_a_promise(day: Day) -> None:
    fault(day)
    act(day, "11:00", "delay_foreseen", who="tian")
    day.do("11:05", "tian", "promise", case=1001, due="2026-03-16 18:00", reason="等备件")
    assert clocks(day, "11:05", "T3-12")[0]["state"] == "met"


def test_a_contract_calls_for_its_briefing(day: Day) -> None:
    day.do("10:05", "tian", "classify", case=1001, category="quote")
    act(day, "10:06", "contract_signed", who="fu", contract_no="HT-0309")
    told = {(one, who) for one, _, who, _ in day.told("10:06")}
    assert {("contract", "xiong"), ("contract", "zeng")} <= told
    assert "HT-0309" in letters.notice(day.console, "contract").short


# --- inquiries, ledgers, checks


def test_an_inquiry_is_closed_once_the_intention_is_clear(day: Day) -> None:
    day.do("10:04", "tian", "record", case=1001, stage="pre_sales")
    day.do("10:05", "tian", "classify", case=1001, category="quote")
    act(day, "10:10", "solution_proposed", who="fu", doc_no="FA-12", text="两工位")
    act(day, "10:20", "followed_up", who="fu", intention="open")
    assert day.case("10:20")["values"]["intention"] == "open"
    day.do("10:21", "tian", "resolve", case=1001, text="x")
    day.do("10:22", "tian", "confirm", case=1001, who="陆", satisfied="yes")
    refusal = day.refused("10:23", "tian", "close", case=1001, reason="x")
    assert (refusal["rule"], refusal["clause"]) == ("T3-03", "003 Art.9(3)")
    act(day, "10:30", "followed_up", who="fu", intention="clear_no")
    day.do("10:31", "tian", "close", case=1001, reason="客户放弃")


def test_a_followup_keeps_what_the_customer_thinks(day: Day) -> None:
    fault(day)
    day.do("10:10", "tian", "resolve", case=1001, text="已修")
    found = {"finding": "ok", "running_state": "正常", "satisfaction": "5", "remark": "快"}
    act(day, "11:00", "followup_done", **found)
    assert day.case("11:00")["values"]["satisfaction"] == 5


def test_a_problem_at_the_followup_is_coordinated(day: Day) -> None:
    fault(day)
    day.do("10:10", "tian", "resolve", case=1001, text="已修")
    act(day, "11:00", "followup_done", finding="problem", running_state="仍报警")
    told = {(one, who) for one, _, who, _ in day.told("11:00")}
    assert {("followup_problem", "tian"), ("followup_problem", "qiu")} <= told


def test_a_finding_goes_back_to_its_owner_until_it_is_put_right(day: Day) -> None:
    fault(day)
    checked = {"act": "spot_checked", "result": "wrong_entry", "text": "类别有误"}
    for who in ("tian", "cao"):
        assert day.refused("17:00", who, "act", case=1001, **checked)["clause"] == "003 Art.13(1)"
    act(day, "17:00", "spot_checked", who="zeng", result="wrong_entry", text="类别有误")
    assert ("check_finding", "tian") in {(one, who) for one, _, who, _ in day.told("17:00")}
    assert clocks(day, "17:00", "W-18")[0]["state"] == "running"
    act(day, "17:30", "finding_fixed", text="已改")
    assert clocks(day, "17:30", "W-18")[0]["state"] == "met"


def test_what_is_in_order_bothers_nobody(day: Day) -> None:
    fault(day)
    act(day, "17:00", "spot_checked", who="zeng", result="ok")
    assert clocks(day, "17:00", "W-18") == []
    assert "check_finding" not in [one for one, *_ in day.told("17:00")]


def test_the_ledgers_are_kept_with_the_case(day: Day) -> None:
    fill(day, "10:10", "customer_ledger", basic="年产20万吨", cooperation="2024年起")
    act(day, "10:11", "communication_logged", **{"with": "陆工", "text": "约明日到场"})
    case = day.case("10:11")
    assert case["forms"] == {"customer_ledger": "complete"}
    assert case["facts"][-1]["body"] == {"with": "陆工", "text": "约明日到场"}


def test_an_unclear_case_is_not_passed_on(day: Day) -> None:
    left_out = {key: value for key, value in CELL.items() if key != "stage"}
    day.do("10:05", "tian", "open", **left_out)
    offer = {"to": "cao", "summary": "x"}
    refusal = day.refused("10:06", "tian", "offer_transfer", case=1002, **offer)
    assert refusal["rule"] == "W-06"


def test_the_daily_check_has_the_cases_of_the_day(story: Story, day: Day) -> None:
    fault(day)
    agenda = story.agenda("2026-03-09 17:00", "spot_check", "2026-03-09")
    assert [item["case"] for item in agenda["service_records"]] == [1001]
    agenda = story.agenda("2026-03-13 17:00", "spot_check", "2026-03-13")
    assert agenda["service_records"] == []
    assert [item["case"] for item in agenda["communication"]] == [1001]
    [late] = agenda["late"]
    assert late["late"] is True
