"""The rules of the medical-records line that no story tells."""

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
    rows = day.case(time)["notices"]
    found = [row for row in rows if (row["notice"], row["channel"]) == (notice, channel)]
    return [row["slot"] for row in found]


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
