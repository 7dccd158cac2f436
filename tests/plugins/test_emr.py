"""The rules of the medical-records line that no story tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.plugins import letters
from tests.stories.acts import Day
from tests.stories.lines import Story, enable

WARD = {
    "line": "emr",
    "known": "yes",
    "contact_name": "信息科",
    "contact_phone": "0755-5550-2140",
    "employer": "市一医院",
    "department": "心内科",
    "region": "华东",
    "product": "电子病历",
    "product_version": "V5.2",
    "reason": "来电",
    "need": "处理",
}


@pytest.fixture
def day(data: Path, console: CommandLine) -> Day:
    enable(data, "emr")
    day = Story(console).on("2026-06-08")
    day.do("10:00", "gu", "open", **WARD)
    return day


def classified(day: Day, category: str, **values: str) -> None:
    day.do("10:01", "gu", "classify", case=1001, category=category, **values)


def clocks(day: Day, time: str, rule: str) -> list[dict[str, Any]]:
    return [one for one in day.case(time)["timers"] if one["rule"] == rule]


def told(day: Day, time: str, notice: str, channel: str) -> list[str]:
    rows = [row for row in day.case(time)["notices"] if row["channel"] == channel]
    grounds = (ground for row in rows for ground in (row, *row["also"]))
    return [ground["slot"] for ground in grounds if ground["notice"] == notice]


# --- major problems


def test_a_major_problem_is_phoned_and_mailed_to_everybody_named(day: Day) -> None:
    classified(day, "technical", sub_kind="major", major_kind="data_lost")
    assert told(day, "10:01", "major_phone", "phone") == ["major_owner"]
    mailed = told(day, "10:01", "major_mail", "mail")
    assert len(mailed) == len(set(mailed)) == 12
    assert {"major_target_5", "major_cc_extra", "dept_head_2", "tsm"} <= set(mailed)
    [report] = clocks(day, "10:01", "T1-02")
    assert (report["level"], report["state"], report["progress"]) == ("now", "amber", "0/2")


def test_the_direct_report_needs_both_phone_and_mail(day: Day) -> None:
    classified(day, "technical", sub_kind="issue")
    day.do("10:05", "gu", "record", case=1001, major_kind="program_crash")
    day.do("10:06", "gu", "reach", case=1001, who="major_owner", channel="phone")
    assert clocks(day, "10:06", "T1-02")[0]["progress"] == "1/2"
    typed = {"form": "major_report", "kind": "program_crash", "scope": "全院", "since": "09:50"}
    day.do("10:10", "gu", "fill_form", case=1001, **typed)
    assert clocks(day, "10:10", "T1-02")[0]["state"] == "amber"
    day.do("10:12", "gu", "step_form", case=1001, form="major_report")
    assert clocks(day, "10:12", "T1-02")[0]["state"] == "met"
    day.do("10:15", "gu", "record", case=1001, major_kind="program_crash,data_lost")
    assert told(day, "10:15", "major_phone", "phone") == ["major_owner"]


# --- reaching each other


def test_staff_not_reached_call_back_by_house_values(day: Day) -> None:
    classified(day, "technical", sub_kind="issue")
    day.do("11:00", "gu", "reach", case=1001, who="tsm", channel="phone", reached="no")
    found = {one["level"]: one["due"] for one in clocks(day, "11:01", "T1-01")}
    assert found == {"hard": day.due("12:00"), "soft": day.due("11:30")}
    assert "house value" in Story(day.console).why(day.at("11:01"), "T1-01")[0]
    day.do("11:20", "gu", "reach", case=1001, who="tsm", channel="phone")
    assert {one["state"] for one in clocks(day, "11:21", "T1-01")} == {"met"}


def test_every_conversation_is_written_into_the_empty_document(day: Day) -> None:
    day.do("10:10", "gu", "contact", case=1001)
    [log] = clocks(day, "10:10", "T1-20")
    assert (log["level"], log["state"]) == ("now", "amber")
    act = {"case": 1001, "act": "emptydoc_written"}
    assert "emptydoc_version" in day.refused("10:11", "gu", "act", **act)["remedy"]
    day.do("10:11", "gu", "act", emptydoc_version="7", **act)
    assert clocks(day, "10:11", "T1-20")[0]["state"] == "met"


# --- other departments


def test_other_departments_are_asked_by_form_and_by_the_coordinator(day: Day) -> None:
    classified(day, "technical", sub_kind="issue")
    ask = {"case": 1001, "act": "department_asked"}
    refusal = day.refused("10:10", "song", "act", **ask)
    assert (refusal["rule"], refusal["clause"]) == ("T1-21", "001 P5 2.2.4")
    form = {"form": "assistance_request", "wanted_from": "rnd", "wanted_until": "2026-06-12"}
    day.do("10:11", "gu", "fill_form", case=1001, need="查日志", **form)
    assert told(day, "10:11", "assistance_request", "mail") == ["coordinator", "tsm", "csm"]
    step = {"case": 1001, "form": "assistance_request"}
    assert day.refused("10:12", "gu", "step_form", **step)["rule"] == "F1-07"
    day.do("10:12", "song", "step_form", **step)
    assert day.refused("10:13", "gu", "act", **ask)["clause"] == "001 P5 2.2.4"
    day.do("10:13", "song", "act", **ask)


def test_work_reaches_research_through_the_coordinator(day: Day) -> None:
    classified(day, "technical", sub_kind="issue", division="rnd")
    refusal = day.refused("10:10", "gu", "assign", case=1001, to="nie")
    assert (refusal["rule"], refusal["clause"]) == ("rnd", "001 P5 2.2.4")
    day.do("10:11", "song", "assign", case=1001, to="nie")
    assert day.case("10:11")["assignee"] == "nie"


def test_help_for_another_department_waits_for_its_notice(day: Day) -> None:
    given = {"case": 1001, "act": "assistance_given"}
    assert day.refused("10:10", "gu", "act", **given)["rule"] == "F1-10"
    day.do("10:11", "gu", "act", case=1001, act="assistance_noticed", number="XZ-3")
    day.do("10:12", "gu", "act", **given)


# --- opportunities and complaints


def test_an_opportunity_is_filed_at_once(day: Day) -> None:
    classified(day, "quote", opp_kind="second_sale")
    [filing] = clocks(day, "10:01", "T1-03")
    assert (filing["level"], filing["state"]) == ("now", "amber")
    form = {"form": "second_sale", "kind": "second_sale", "hospital": "市一医院"}
    day.do("10:05", "gu", "fill_form", case=1001, hint="新院区", emptydoc_version="3", **form)
    assert clocks(day, "10:05", "T1-03")[0]["state"] == "met"
    assert told(day, "10:05", "opportunity", "mail") == ["dept_head_1", "dept_head_2", "csm"]


def test_nobody_sells_before_the_company_has_decided(day: Day) -> None:
    classified(day, "quote", opp_kind="second_sale")
    sell = {"case": 1001, "act": "sales_activity", "text": "演示"}
    for who in ("gu", "jiang"):
        assert day.refused("10:05", who, "act", **sell)["clause"] == "001 P5 2.2.6"
    assert day.refused("10:05", "ye", "act", **sell)["rule"] == "T1-03"
    decide = {"case": 1001, "act": "opportunity_decided", "decision": "region"}
    assert day.refused("10:06", "ye", "act", **decide)["clause"] == "001 P5 2.2.6(1)"
    day.do("10:06", "shi", "act", **decide)
    day.do("10:07", "ye", "act", **sell)
    assert day.refused("10:08", "gu", "act", **sell)["clause"] == "001 P5 2.2.6"


def test_a_complaint_goes_to_the_heads_and_is_tracked_by_the_csm(day: Day) -> None:
    classified(day, "complaint")
    to = ["dept_head_1", "dept_head_2", "group_leader", "csm"]
    assert told(day, "10:01", "complaint", "console") == to
    day.do("10:02", "gu", "assign", case=1001)
    case = day.case("10:02")
    assert (case["assignee"], case["tracker"]) == ("xu", "ye")
    assert day.refused("10:03", "gu", "settle", case=1001, text="x")["rule"] == "D-24"


def test_a_refused_requirement_closes_without_the_three_forms(day: Day) -> None:
    classified(day, "technical", sub_kind="requirement", purpose="统一")
    day.do("10:02", "gu", "act", case=1001, act="requirement_submitted")
    refuse = {"act": "requirement_refused", "reason": "scenario_missing"}
    day.do("10:03", "fan", "act", case=1001, **refuse)
    day.do("10:04", "gu", "resolve", case=1001, text="已向医院说明")
    day.do("10:05", "gu", "confirm", case=1001, who="信息科", satisfied="yes")
    day.do("10:06", "gu", "close", case=1001)
    assert day.case("10:06")["state"] == "closed"


# --- what is written, and to whom


def test_the_direct_report_says_what_where_and_who(day: Day) -> None:
    classified(day, "technical", sub_kind="major", major_kind="data_lost,data_duplicated")
    phone, mail = (letters.notice(day.console, key) for key in ("major_phone", "major_mail"))
    assert mail.subject == "Direct report: 市一医院, data lost, data duplicated"
    for said in (
        "市一医院, 心内科",
        "V5.2",
        "来电",
        "信息科",
        "Case: 1001",
        "顾驻院 Gu",
        "白主任 Bai",
    ):
        assert said in mail.full
    assert phone.short.startswith("市一医院, 心内科, V5.2: data lost, data duplicated.")


def test_an_opportunity_warns_whoever_might_sell(day: Day) -> None:
    classified(day, "quote", opp_kind="second_sale")
    assert told(day, "10:01", "sales_ban", "console") == ["owner"]
    day.do("10:02", "gu", "assign", case=1001)
    assert told(day, "10:02", "sales_ban_at_work", "console") == ["assignee"]
    for key in ("sales_ban", "sales_ban_at_work"):
        text = letters.notice(day.console, key).short
        assert "second sale" in text
        assert "engineers and TSM never do" in text
    form = {"form": "second_sale", "kind": "second_sale", "hospital": "市一医院"}
    day.do("10:05", "gu", "fill_form", case=1001, hint="新院区", emptydoc_version="3", **form)
    mail = letters.notice(day.console, "opportunity")
    assert mail.subject == "Opportunity: 市一医院, second sale"
    assert "Hint: 新院区" in mail.full
    assert "Nobody sells" in mail.full


def test_an_issue_warns_nobody_of_selling(day: Day) -> None:
    classified(day, "technical", sub_kind="issue")
    day.do("10:02", "gu", "assign", case=1001)
    assert told(day, "10:02", "sales_ban", "console") == []
    assert told(day, "10:02", "sales_ban_at_work", "console") == []


def test_the_request_for_assistance_says_whose_and_until_when(day: Day) -> None:
    classified(day, "technical", sub_kind="issue")
    form = {"form": "assistance_request", "wanted_from": "rnd", "wanted_until": "2026-06-12"}
    day.do("10:11", "gu", "fill_form", case=1001, need="查日志", **form)
    mail = letters.notice(day.console, "assistance_request")
    assert mail.subject == "Assistance request: 市一医院"
    assert "Department wanted: R&D\nWanted until: 2026-06-12" in mail.full
    assert day.case("10:11")["values"]["need"] == "处理"
    states = {one["key"]: one["state"] for one in clocks(day, "10:12", "F1-07")}
    assert states == {"pass_request_on": "running"}
    step = {"case": 1001, "form": "assistance_request"}
    day.do("10:12", "song", "step_form", **step)
    answered = {"case": 1001, "act": "department_answered", "text": "日志已查"}
    assert day.refused("10:13", "song", "act", **answered)["rule"] == "T1-21"
    day.do("10:13", "song", "act", case=1001, act="department_asked")
    day.do("11:00", "song", "act", **answered)
    day.do("11:01", "song", "step_form", **step)
    states = {one["key"]: one["state"] for one in clocks(day, "11:01", "F1-07")}
    assert states == {"pass_request_on": "met", "answer_request": "met"}


def test_the_heads_verify_who_did_not_call_back(day: Day) -> None:
    classified(day, "technical", sub_kind="issue")
    day.do("11:00", "gu", "reach", case=1001, who="tsm", channel="phone", reached="no")
    Story(day.console).worker(day.at("12:00:01"))
    assert told(day, "12:00:01", "unreachable", "console") == ["dept_head_1", "dept_head_2"]
    verified = {"act": "unreachable_verified", "person": "jiang", "text": "关机"}
    assert day.refused("12:10", "gu", "act", case=1001, **verified)["clause"] == "001 P5 2.1.5"
    day.do("12:10", "shi", "act", case=1001, **verified)


# --- running documents, versions, transfer


def test_nobody_writes_into_an_older_empty_document(day: Day) -> None:
    act = {"case": 1001, "act": "emptydoc_written"}
    day.do("10:10", "gu", "act", emptydoc_version="7", **act)
    refusal = day.refused("10:11", "jiang", "act", emptydoc_version="6", **act)
    assert (refusal["rule"], refusal["clause"]) == ("emptydoc_written", "001 P5 2.2.8(1)")
    assert "7" in refusal["remedy"]
    day.do("10:12", "jiang", "act", emptydoc_version="8", **act)
    assert day.case("10:12")["values"]["emptydoc_version"] == 8


def test_an_upgrade_is_kept_to_its_plan_and_changes_the_version(day: Day) -> None:
    classified(day, "technical", sub_kind="upgrade")
    plan = {"act": "upgrade_planned", "target": "V5.3", "due": "2026-06-10 18:00"}
    day.do("10:05", "gu", "act", case=1001, **plan)
    assert clocks(day, "10:05", "F1-22")[0]["due"] == "2026-06-10T18:00:00+08:00"
    day.do("10:06", "gu", "resolve", case=1001, text="x")
    day.do("10:07", "gu", "confirm", case=1001, who="信息科", satisfied="yes")
    assert day.refused("10:08", "gu", "close", case=1001, reason="x")["rule"] == "F1-22"
    done = {"act": "upgraded", "product_version": "V5.3", "effect": "正常"}
    day.do("11:00", "gu", "act", case=1001, **done)
    assert clocks(day, "11:00", "F1-22")[0]["state"] == "met"
    assert day.case("11:00")["values"]["product_version"] == "V5.3"


def test_an_unclear_case_is_not_passed_on(day: Day) -> None:
    left_out = {key: value for key, value in WARD.items() if key != "need"}
    day.do("10:05", "gu", "open", **left_out)
    offer = {"to": "xu", "summary": "x"}
    refusal = day.refused("10:06", "gu", "offer_transfer", case=1002, **offer)
    assert refusal["rule"] == "W-06"


def test_a_region_is_known_by_its_name_and_any_other_is_kept(day: Day) -> None:
    assert day.case("10:01")["values"]["region"] == "east"
    day.do("10:02", "gu", "record", case=1001, region="海外")
    assert day.case("10:02")["values"]["region"] == "other:海外"


def test_a_finding_goes_back_to_its_owner(day: Day) -> None:
    day.do("17:00", "mao", "act", case=1001, act="spot_checked", result="impolite")
    assert told(day, "17:00", "check_finding", "console") == ["owner"]
    assert clocks(day, "17:00", "W-18")[0]["state"] == "running"
    day.do("17:10", "gu", "act", case=1001, act="finding_fixed", text="已致歉")
    assert clocks(day, "17:10", "W-18")[0]["state"] == "met"


# --- requirements between the stories


def requirement(day: Day) -> None:
    what = {"sub_kind": "requirement", "req_no": "REQ-9", "purpose": "统一", "scenario": "出院"}
    classified(day, "technical", **what)
    day.do("10:02", "gu", "assign", case=1001, to="gu")
    for time, who, key in (
        ("10:03", "gu", "requirement_submitted"),
        ("10:04", "fan", "requirement_accepted"),
    ):
        day.do(time, who, "act", case=1001, act=key)
    day.do("10:05", "song", "fill_form", case=1001, form="form_apply", doc_no="1")
    day.do("10:05", "song", "step_form", case=1001, form="form_apply")


def test_the_filter_is_waited_for(day: Day) -> None:
    classified(day, "technical", sub_kind="requirement")
    day.do("10:03", "gu", "act", case=1001, act="requirement_submitted")
    [clock] = clocks(day, "10:03", "F1-11")
    assert (clock["state"], clock["due"]) == ("running", None)
    day.do("10:04", "fan", "act", case=1001, act="requirement_refused", reason="purpose_missing")
    assert clocks(day, "10:04", "F1-11")[0]["state"] == "met"


def test_the_site_is_written_the_solution_and_is_informed_by_both_ways(day: Day) -> None:
    requirement(day)
    day.do("14:00", "fan", "act", case=1001, act="requirement_discussed")
    day.do("15:00", "fan", "act", case=1001, act="solution_received", solution="加模板开关")
    mail = letters.notice(day.console, "solution")
    assert mail.subject == "Solution for requirement REQ-9"
    assert "Solution: 加模板开关" in mail.full
    assert "Business scenario: 出院" in mail.full
    day.do("15:10", "fan", "act", case=1001, act="mail_sent", list="solution")
    refusal = day.refused("15:11", "fan", "act", case=1001, act="site_informed")
    assert (refusal["rule"], refusal["clause"]) == ("T1-05", "001 P5 2.2.9(2)")
    day.do("15:20", "fan", "reach", case=1001, who="assignee", channel="phone")
    day.do("15:21", "fan", "act", case=1001, act="site_informed")
    assert day.case("15:21")["values"]["req_state"] == "informed"


def test_its_state_goes_with_the_signed_forms(day: Day) -> None:
    requirement(day)
    for time, form, state in (
        ("16:00", "form_solution", "confirmed"),
        ("16:10", "form_verify", "verified"),
    ):
        day.do(time, "song", "fill_form", case=1001, form=form, doc_no="2")
        assert day.case(time)["values"]["req_state"] != state
        day.do(time, "song", "step_form", case=1001, form=form)
        assert day.case(time)["values"]["req_state"] == state


def test_an_effect_that_is_not_ok_is_followed_until_it_is_reopened(day: Day) -> None:
    requirement(day)
    day.do("16:00", "song", "act", case=1001, act="effect_asked", effect="not_ok")
    clock = next(one for one in day.case("16:00")["timers"] if one["key"] == "effect_problem")
    assert clock["state"] == "running"
    assert told(day, "16:00", "effect_not_ok", "console") == ["req_filter", "assignee", "owner"]


# --- what recurs


def test_mondays_and_thursdays_discussion_has_what_was_accepted(day: Day) -> None:
    requirement(day)
    story = Story(day.console)
    agenda = story.agenda("2026-06-08 10:06", "discussion_thursday", "2026-06-11")
    [item] = agenda["to_discuss"]
    assert item["values"] == {"req_no": "REQ-9", "purpose": "统一", "scenario": "出院"}
    day.do("14:00", "fan", "act", case=1001, act="requirement_discussed")
    agenda = story.agenda("2026-06-08 14:01", "discussion_thursday", "2026-06-11")
    assert agenda["to_discuss"] == []
    assert [item["case"] for item in agenda["awaiting_solution"]] == [1001]
    earlier = story.agenda("2026-06-08 10:06", "discussion_thursday", "2026-06-11")
    assert [item["case"] for item in earlier["to_discuss"]] == [1001]


def test_the_csm_writes_about_eight_matters(day: Day) -> None:
    day.do("10:02", "gu", "record", case=1001, replace_risk="high")
    typed = {"act": "inspection_planned", "due": "2026-06-10 09:00"}
    day.do("10:03", "ye", "act", case=1001, **typed)
    agenda = Story(day.console).agenda("2026-06-08 10:04", "csm_pack", "2026-06-13")
    assert list(agenda) == [
        "inspections",
        "satisfaction",
        "complaints",
        "replacement_risk",
        "maintenance_contract",
        "final_payment",
        "second_sale",
        "overall_risk",
    ]
    assert agenda["inspections"][0]["values"] == {"region": "east", "inspection": "planned"}
    assert [item["case"] for item in agenda["replacement_risk"]] == [1001]
