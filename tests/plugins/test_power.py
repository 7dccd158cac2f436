"""What the power-electronics line asks for beside its stories: orders after the case is
closed, appointments that slip, Southern Grid, evidence, minutes, agendas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import OPENING, CommandLine
from tests.stories.acts import Day
from tests.stories.lines import Story

DATE = "2026-03-10"


@pytest.fixture
def day(console: CommandLine) -> Day:
    day = Story(console).on(DATE)
    day.do("09:00:00", "lin", "open", known="yes", **OPENING)
    day.do("09:01:00", "lin", "classify", case=1001, category="technical", division="charging")
    day.do("09:02:00", "lin", "assign", case=1001, to="he")
    return day


def act(day: Day, time: str, who: str, key: str, **typed: Any) -> None:
    day.do(time, who, "act", case=1001, act=key, **typed)


def rule_of(day: Day, time: str, who: str, key: str, **typed: Any) -> tuple[str, str]:
    refusal = day.refused(time, who, "act", case=1001, act=key, **typed)
    return refusal["rule"], refusal["clause"]


def closed(day: Day) -> None:
    act(day, "10:00:00", "he", "order_opened", number="E-1", product_type="pile", job="过温")
    act(day, "10:01:00", "he", "order_completed", number="E-1", result="已修复")
    day.do("10:02:00", "he", "resolve", case=1001, text="已修复")
    day.do("10:03:00", "lin", "confirm", case=1001, who="彭工")
    day.do("10:04:00", "lin", "close", case=1001, reason="已结")


def test_orders_are_verified_packed_and_bound_after_the_case_is_closed(day: Day) -> None:
    archive = "000 III.3.1.5; 000 II.3(13)3"
    closed(day)
    assert rule_of(day, "10:10", "tan", "order_packed", number="E-1", pack_no="2026-03") == (
        "W-23",
        archive,
    )
    assert rule_of(day, "10:10", "lin", "order_verified", result="ok")[1] == archive
    act(day, "10:11", "mao", "order_verified", number="E-1", result="ok")
    act(day, "10:12", "tan", "order_packed", number="E-1", pack_no="2026-03")
    act(day, "10:13", "tan", "order_bound", number="E-1")
    case = day.case("10:13")
    assert (case["state"], case["facts"][-1]["kind"]) == ("closed", "order_bound")
    assert day.console("verify").code == 0


def test_an_order_sent_back_is_told_to_who_wrote_it(day: Day) -> None:
    act(day, "10:00:00", "he", "order_completed", number="E-1")
    act(day, "10:05:00", "mao", "order_verified", result="returned", text="缺签字人")
    assert ("order_returned", "assignee", "he", "sent") in day.told("10:05:00")
    act(day, "10:06:00", "he", "order_completed", number="E-1", signer="彭工")
    assert day.clock("10:06:00", "W-23")[0] == "met"


def test_a_visit_slips_only_with_an_apology_beforehand(day: Day) -> None:
    act(day, "09:10:00", "he", "visit_appointed", due=f"{DATE} 14:00:00")
    typed = {"due": f"{DATE} 15:00:00", "reason": "堵车"}
    assert rule_of(day, "13:30", "he", "visit_delayed", apology="no", **typed) == (
        "T0-17",
        "000 III.1.5.2; III.3.2.1.1",
    )
    act(day, "13:31:00", "he", "visit_delayed", apology="yes", **typed)
    clocks = [t for t in day.case("13:31:00")["timers"] if t["rule"] == "T0-17"]
    assert [(t["state"], t["due"]) for t in clocks] == [
        ("met", day.due("14:00:00")),
        ("running", day.due("15:00:00")),
    ]
    assert day.case("13:31:00")["state"] == "visit_delayed"


def test_southern_grid_is_told_to_the_deputy_manager_whenever_it_is_known(day: Day) -> None:
    day.do("09:10:00", "lin", "record", case=1001, grid="state")
    assert "southern_grid" not in {row[0] for row in day.told("09:10:00")}
    day.do("09:11:00", "lin", "record", case=1001, grid="southern")
    assert ("southern_grid", "deputy_service_manager", "shen", "sent") in day.told("09:11:00")


def test_who_was_not_called_in_a_quarter_of_an_hour_is_told_without_anybody_asking(
    day: Day,
) -> None:
    day.do("09:05:00", "lin", "ring", number="073155502187", call="a")
    day.do("09:05:10", "lin", "answer", call="a")
    day.do("09:05:20", "lin", "join_call", case=1001, call="a")
    day.do("09:06:00", "lin", "end_call", call="a")
    assert day.console("worker", "--once", at=day.at("09:21:01")).code == 0
    told = day.told("09:21:01")
    assert {("overdue", "assignee", "he", "sent"), ("overdue_alarm", "dgm", "tao", "sent")} <= set(
        told
    )
    day.do("09:22:00", "lin", "verify", case=1001, answer="no")
    day.do("09:23:00", "lin", "hand_over_asking", case=1001)
    assert ("asking_left", "tracker", "tan", "sent") in day.told("09:23:00")
    assert day.console("worker", "--once", at=day.at("09:40:00")).code == 0
    assert "timer_asked" not in {fact["kind"] for fact in day.case("09:40:00")["facts"]}


def test_evidence_is_asked_for_by_support_and_disputes_are_decided_by_the_dgm(day: Day) -> None:
    clause = "000 III.3.3.6"
    assert rule_of(day, "09:10", "he", "evidence_asked", text="录波")[1] == clause
    act(day, "09:11:00", "tan", "evidence_asked", text="录波文件")
    act(day, "09:12:00", "he", "evidence_disputed", text="现场无法录波")
    assert ("dispute", "dgm", "tao", "sent") in day.told("09:12:00")
    assert rule_of(day, "09:13", "yan", "dispute_decided", text="x")[1] == clause
    act(day, "09:14:00", "tao", "dispute_decided", text="提供照片即可")
    clocks = {t["key"]: t["state"] for t in day.case("09:14:00")["timers"]}
    assert (clocks["decide_dispute"], clocks["give_evidence"]) == ("met", "running")


def test_minutes_follow_a_technical_meeting(day: Day) -> None:
    act(day, "10:00:00", "he", "meeting_held", subject="过温保护")
    assert day.clock("10:00:00", "T0-44")[0] == "running"
    act(day, "16:00:00", "he", "minutes_mailed", number="JY-1")
    rows = [r for r in day.case("16:00:00")["notices"] if r["notice"] == "minutes"]
    assert [(r["slot"], r["channel"]) for r in rows] == [
        ("regional_sales_manager", "mail"),
        ("provincial_supervisor", "mail"),
    ]


def test_a_visited_case_is_closed_with_the_salesperson_of_the_area(day: Day) -> None:
    act(day, "09:10:00", "he", "visit_prepared")
    act(day, "09:11:00", "he", "visit_confirmed")
    act(day, "09:12:00", "he", "arrived")
    day.do("10:02:00", "he", "resolve", case=1001, text="已修复")
    day.do("10:03:00", "lin", "confirm", case=1001, who="彭工")
    refusal = day.refused("10:04:00", "lin", "close", case=1001, reason="已结")
    assert (refusal["rule"], refusal["clause"]) == ("T0-29", "000 III.3.4.5")
    day.do("10:05:00", "lin", "record", case=1001, sales_contact="mei")
    day.do("10:06:00", "lin", "close", case=1001, reason="已结")


def test_a_customer_who_does_not_answer_is_rung_again_and_again(day: Day) -> None:
    for time in ("09:10:00", "09:18:00"):
        day.do(time, "he", "contact", case=1001, reached="no")
    clocks = [t for t in day.case("09:20:00")["timers"] if t["rule"] == "T0-16"]
    assert [(t["state"], t["due"]) for t in clocks] == [
        ("met", day.due("09:20:00")),
        ("running", day.due("09:28:00")),
    ]


def test_a_grave_case_says_so(day: Day) -> None:
    day.do("09:10:00", "lin", "record", case=1001, major_onsite="yes")
    day.do("09:11:00", "lin", "record", case=1001, quality_accident="yes")
    raised = [f for f in day.case("09:11:00")["facts"] if f["kind"] == "severity_raised"]
    assert [fact["body"]["severity"] for fact in raised] == [2, 3]
    rows = [r for r in day.case("09:11:00")["notices"] if r["notice"] == "major_on_site"]
    assert [(r["slot"], r["person"], r["channel"]) for r in rows] == [
        ("provincial_supervisor", "pan", "phone")
    ]


def test_the_campaign_of_state_grid_counts_from_its_scoring(
    data: Path, console: CommandLine
) -> None:
    path = data / "console.toml"
    text = path.read_text("utf-8").replace(
        "[duties]\n", '[duties]\n"power.grid_scoring" = "2026-09-15"\n'
    )
    path.write_text(text, "utf-8")
    rows = console.json(
        "show", "duties", "--from", "2026-07-25", "--to", "2026-10-10", who="lin",
        at="2026-07-25 09:00",
    )  # fmt: skip
    found = {row["duty"]: row["day"] for row in rows if row["duty"].startswith("power.grid")}
    assert found == {
        "power.grid_meeting": "2026-08-01",
        "power.grid_guidance": "2026-08-02",
        "power.grid_office": "2026-08-08",
        "power.grid_plan": "2026-08-10",
        "power.grid_review": "2026-08-17",
        "power.grid_scoring": "2026-09-15",
        "power.grid_summary": "2026-09-22",
    }


def test_the_meeting_of_a_division_speaks_of_its_cases(day: Day) -> None:
    day.do("09:10:00", "lin", "record", case=1001, division_need="onsite_rnd")
    day.do("09:11:00", "lin", "classify", case=1001, division="distribution")
    words = ("show", "duties", "distribution_meeting", "--from", DATE, "--to", "2026-03-31")
    shown = day.console(*words, who="lin", at=day.at("09:12:00")).out
    assert "2026-03-31" in shown
    assert "1001" in shown
