"""S-06: an hour's promise, a transfer without asking again, a visit of the branch, and no
closing on "try it"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.lines import Story, enable

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = "2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09"
CALL = {
    "line": "roadsoft",
    "known": "yes",
    "contact_name": "潘",
    "honorific": "工",
    "employer": "武汉某路桥公司",
    "branch": "wuhan",
    "cust_tier": "project",
    "product": "measurement_payment",
    "record_kind": "software_error",
    "reason": "计量模块报错",
    "need": "恢复计量",
    "os": "Windows 10",
    "machine_brand": "联想",
    "steps": "打开第12期计量",
    "cause_guess": "数据库",
}
LEFT_OUT = {"product_version": "8.2", "error_result": "报错退出"}


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "roadsoft")
    return Story(console)


def act(story: Story, date: str, time: str, who: str, key: str, **typed: str) -> None:
    story.on(date).do(time, who, "act", case=1001, act=key, **typed)


def form(story: Story, time: str, key: str, step: str, /, **typed: str) -> None:
    """A form of the visit is filled in and signed there."""
    tuesday = story.on(TUESDAY)
    tuesday.do(time, "tu", "fill_form", case=1001, form=key, **typed)
    tuesday.do(time, "tu", "step_form", case=1001, form=key, step=step)


def first_step(story: Story) -> None:
    monday = story.on(MONDAY)
    monday.do("10:03:00", "ai", "ring", number="02755501006", call="a")
    monday.do("10:03:10", "ai", "answer", call="a")
    monday.do("10:09:00", "ai", "open", call="a", **CALL)
    monday.do("10:11:00", "ai", "end_call", call="a")
    monday.do("10:11:30", "ai", "classify", case=1001, category="technical")
    monday.do("10:12:00", "ai", "promise", case=1001, due=f"{MONDAY} 11:00:00")


def second_step(story: Story) -> None:
    first_step(story)
    monday = story.on(MONDAY)
    monday.do("10:18:00", "ai", "record", case=1001, **LEFT_OUT)
    offer = {"to": "bo", "summary": "第12期计量打开即退出，重装无效"}
    monday.do("10:18:30", "ai", "offer_transfer", case=1001, **offer)
    monday.do("10:19:00", "bo", "accept_transfer", case=1001)


def third_step(story: Story) -> None:
    second_step(story)
    monday = story.on(MONDAY)
    monday.do("10:52:00", "ai", "contact", case=1001, text="须到现场修复")
    act(story, MONDAY, "10:53:00", "ai", "onsite_decided", text="重建计量库")
    monday.do("10:54:00", "ai", "reach", case=1001, who="branch_manager", channel="phone")
    act(story, MONDAY, "11:20:00", "tu", "visit_appointed", due=f"{TUESDAY} 14:00:00")


def fourth_step(story: Story) -> None:
    third_step(story)
    story.on(MONDAY).do("17:40:00", "ai", "record", case=1001, service_mode="on_site")
    story.on(MONDAY).do("17:45:00", "ai", "assign", case=1001, to="tu")


def fifth_step(story: Story) -> None:
    fourth_step(story)
    act(story, TUESDAY, "14:00:00", "tu", "arrived")
    form(story, "16:00", "service_registration", "signed_by_customer", opinion="服务及时")
    form(story, "16:05", "usage_survey", "filled", answers="每周使用")
    act(story, TUESDAY, "16:10:00", "tu", "leave_agreed")
    act(story, TUESDAY, "16:20:00", "tu", "left", text="请客户今晚试一试")
    advice = {"advice": "yes", "text": "请客户今晚试一试"}
    story.on(TUESDAY).do("16:20:00", "tu", "resolve", case=1001, **advice)


def handed_in(story: Story) -> None:
    wednesday = story.on(WEDNESDAY)
    wednesday.do("09:05:00", "tu", "fill_form", case=1001, form="onsite_record", work="重建计量库")
    for key in ("onsite_record", "usage_survey"):
        wednesday.do("09:05:00", "tu", "step_form", case=1001, form=key, step="handed_in")


def sixth_step(story: Story) -> None:
    fifth_step(story)
    handed_in(story)
    wednesday = story.on(WEDNESDAY)
    wednesday.do("09:06:00", "tu", "fill_form", case=1001, form="problem_feedback", problem="缺陷")
    wednesday.do("09:20:00", "ai", "contact", case=1001)
    wednesday.do("09:20:00", "ai", "resolve", case=1001, text="昨晚试用正常")
    wednesday.do("09:20:00", "ai", "confirm", case=1001, who="潘工", channel="phone")
    wednesday.do("09:20:30", "ai", "close", case=1001)


def test_step_1_longer_than_an_hour_needs_a_reason(story: Story) -> None:
    first_step(story)
    monday = story.on(MONDAY)
    late = {"due": f"{MONDAY} 11:30:00"}
    refusal = monday.refused("10:12:30", "ai", "promise", case=1001, **late)
    assert (refusal["rule"], refusal["clause"]) == (
        "T2-01",
        "002 P3C1 hotline; 002 P1C1 #5",
    )
    assert "11:11:00" in refusal["message"]
    assert "reason" in refusal["remedy"]
    edge = {"due": f"{MONDAY} 11:11:00"}
    preview = monday.preview("10:12:30", "ai", "promise", case=1001, **edge)
    assert preview["refusal"] is None
    over = {"due": f"{MONDAY} 11:11:01"}
    assert monday.refused("10:12:30", "ai", "promise", case=1001, **over)["rule"] == "T2-01"
    monday.do("10:12:30", "ai", "promise", case=1001, reason="须查现场资料", **late)
    assert monday.clock("10:13", "T2-01")[1] == monday.due("11:30:00")


def test_step_1_the_hour_she_named_is_what_is_kept(story: Story) -> None:
    first_step(story)
    monday = story.on(MONDAY)
    due = monday.due("11:00:00")
    assert monday.clock("10:12:00", "T2-01") == ("running", due, 0)
    assert monday.clock("11:00:00", "T2-01")[0] == "amber"
    assert monday.clock("11:00:01", "T2-01") == ("breached", due, 1)
    assert monday.case("10:12")["owner"] == "ai"


def test_step_2_an_unclear_problem_is_not_pushed_on(story: Story) -> None:
    first_step(story)
    monday = story.on(MONDAY)
    offer = {"to": "bo", "summary": "打开即退出"}
    refusal = monday.refused("10:18:00", "ai", "offer_transfer", case=1001, **offer)
    assert (refusal["rule"], refusal["clause"]) == ("F2-02", "002 P3C1 branch support")
    assert refusal["message"].endswith("Missing: product version, error result")
    monday.do("10:18:00", "ai", "record", case=1001, **LEFT_OUT)
    refusal = monday.refused("10:18:10", "ai", "offer_transfer", case=1001, to="bo")
    assert (refusal["rule"], refusal["clause"]) == ("W-06", "002 P1C1 #4")
    assert "summary" in refusal["remedy"]
    refusal = monday.refused("10:18:10", "bo", "offer_transfer", case=1001, **offer)
    assert refusal["rule"] == "W-06"


def test_step_2_the_receiver_reads_and_takes_it(story: Story) -> None:
    second_step(story)
    monday = story.on(MONDAY)
    case = monday.case("10:18:30", who="bo")
    assert (case["owner"], case["assignee"]) == ("ai", "")
    assert ("offered", "receiver", "bo", "sent") in monday.told("10:18:30")
    assert monday.clock("10:18:30", "W-06") == ("amber", monday.due("10:20:30"), 0)
    case = monday.case("10:19:00")
    assert (case["state"], case["owner"], case["assignee"]) == ("in_progress", "ai", "bo")
    assert monday.clock("10:19:00", "W-06")[0] == "met"
    assert (case["values"]["os"], case["values"]["error_result"]) == ("Windows 10", "报错退出")


def test_step_2_only_the_receiver_answers_and_nothing_else_is_offered(story: Story) -> None:
    first_step(story)
    monday = story.on(MONDAY)
    monday.do("10:18:00", "ai", "record", case=1001, **LEFT_OUT)
    offer = {"to": "bo", "summary": "打开即退出"}
    monday.do("10:18:30", "ai", "offer_transfer", case=1001, **offer)
    for command in ("accept_transfer", "refuse_transfer"):
        typed: dict[str, Any] = {"reason": "忙"} if command == "refuse_transfer" else {}
        assert monday.refused("10:18:40", "tu", command, case=1001, **typed)["rule"] == "W-06"
    refusal = monday.refused("10:18:40", "ai", "offer_transfer", case=1001, to="tu", summary="x")
    assert "Bo" in refusal["message"]
    monday.do("10:18:50", "bo", "refuse_transfer", case=1001, reason="正在通话")
    case = monday.case("10:18:50")
    assert (case["owner"], case["assignee"]) == ("ai", "ai")
    assert ("refused", "owner", "ai", "sent") in monday.told("10:18:50")


def test_step_2_what_nobody_answers_in_two_minutes_is_the_owners_again(story: Story) -> None:
    first_step(story)
    monday = story.on(MONDAY)
    monday.do("10:18:00", "ai", "record", case=1001, **LEFT_OUT)
    offer = {"to": "bo", "summary": "打开即退出"}
    monday.do("10:18:30", "ai", "offer_transfer", case=1001, **offer)
    story.worker(f"{MONDAY} 10:20:30")
    assert monday.clock("10:20:30", "W-06") == ("amber", monday.due("10:20:30"), 0)
    refusal = monday.refused("10:20:31", "bo", "accept_transfer", case=1001)
    assert "lapsed" in refusal["message"]
    story.worker(f"{MONDAY} 10:20:31")
    case = monday.case("10:20:31")
    returned = next(f for f in case["facts"] if f["kind"] == "transfer_returned")
    assert (returned["at"], returned["actor"]) == (monday.due("10:20:31"), "console")
    assert (case["owner"], case["assignee"]) == ("ai", "ai")
    assert ("returned", "owner", "ai", "sent") in monday.told("10:20:31")
    refusal = monday.refused("10:21", "bo", "accept_transfer", case=1001)
    assert "not being offered" in refusal["message"]
    assert story.is_sound()


def test_step_2_asking_again_needs_a_reason(story: Story) -> None:
    second_step(story)
    monday = story.on(MONDAY)
    refusal = monday.refused("10:19:30", "bo", "record", case=1001, os="Windows 11")
    assert (refusal["rule"], refusal["clause"]) == ("W-06", "002 P3C1")
    assert "艾工 Ai has filled in operating system already" in refusal["message"]
    monday.do("10:19:30", "bo", "record", case=1001, os="Windows 10", domain="measurement")
    assert monday.refused("10:19:40", "bo", "assign", case=1001, to="tu", os="W")["rule"]
    monday.do("10:20:00", "bo", "record", case=1001, os="Windows 11", because="客户已更正")
    filled = monday.case("10:20:00")["facts"][-1]
    assert filled["body"]["was"] == {"os": "Windows 10"}
    assert filled["body"]["because"] == "客户已更正"
    monday.do("10:21:00", "bo", "record", case=1001, os="Windows 11 专业版")


def test_step_3_the_promise_is_kept_and_the_owner_stays(story: Story) -> None:
    third_step(story)
    monday = story.on(MONDAY)
    assert monday.clock("11:20", "T2-01") == ("met", monday.due("11:00:00"), 0)
    clocks = [t for t in monday.case("11:20")["timers"] if t["rule"] == "T2-04"]
    assert [(t["state"], t["due"], t["stopped"]) for t in clocks] == [
        ("met", monday.due("10:58:00"), monday.due("10:54:00"))
    ]
    rows = [r for r in monday.case("11:20")["notices"] if r["notice"] == "on_site"]
    assert [(r["slot"], r["person"], r["channel"]) for r in rows] == [
        ("branch_manager", "hua", "phone")
    ]
    case = monday.case("11:20")
    assert (case["owner"], case["state"]) == ("ai", "visit_appointed")
    visit = story.on(TUESDAY).due("14:00:00")
    assert monday.clock("11:20", "T2-19")[1] == visit


def test_step_4_the_record_is_due_the_same_day(story: Story) -> None:
    third_step(story)
    monday = story.on(MONDAY)
    midnight = "2026-07-07T00:00:00+08:00"
    assert monday.clock("17:39", "T2-06")[1:] == (midnight, 0)
    refusal = monday.refused("17:39", "ai", "assign", case=1001, to="tu")
    assert refusal["message"].endswith("Missing: service mode")
    monday.do("17:40:00", "ai", "record", case=1001, service_mode="on_site")
    assert monday.clock("17:40:00", "T2-06") == ("met", midnight, 0)


def test_step_4_a_record_left_open_establishes_a_complaint(story: Story) -> None:
    third_step(story)
    tuesday = story.on(TUESDAY)
    story.worker(f"{TUESDAY} 00:00:00")
    assert tuesday.clock("00:00:00", "T2-06")[0] == "amber"
    story.worker(f"{TUESDAY} 00:00:01")
    case = tuesday.case("00:00:01")
    assert case["state"] == "complaint_established"
    told = next(f for f in case["facts"] if f["kind"] == "complaint_established")
    assert (told["actor"], told["body"]) == (
        "console",
        {"timer": "same_day_record", "rule": "T2-06"},
    )
    rows = tuesday.told("00:00:01")
    assert ("established", "centre_assistant", "an", "sent") in rows
    tuesday.do("09:00", "ai", "record", case=1001, service_mode="on_site")
    assert tuesday.clock("09:00", "T2-06")[0] == "late"
    typed = {"act": "complaint_upheld", "accused": "艾"}
    refusal = tuesday.refused("09:10", "ai", "act", case=1001, **typed)
    assert refusal["clause"] == "002 P1C2S2 1.2.1"
    tuesday.do("09:10:00", "an", "act", case=1001, **typed)
    assert tuesday.clock("09:10:00", "W-07")[:2] == ("met", tuesday.due("00:05:01"))
    assert tuesday.clock("09:10:00", "T2-11")[:2] == ("amber", tuesday.due("09:15:00"))
    offered = set(tuesday.case("09:11", who="ai")["offered"])
    assert not {"settle", "close"} & offered
    assert "settle" in tuesday.case("09:11", who="an")["offered"]
    typed = {"form": "accused_report", "dissatisfaction": "未记录"}
    tuesday.do("10:00", "ai", "fill_form", case=1001, **typed)
    tuesday.do("11:00:00", "ning", "sign_form", case=1001, form="accused_report")
    assert tuesday.clock("11:00:00", "T2-12")[1] == "2026-07-09T11:00:00+08:00"
    answer = {"text": "已补记录", "satisfied": "no"}
    refusal = tuesday.refused("11:30", "ning", "settle", case=1001, **answer)
    assert (refusal["rule"], refusal["clause"]) == ("W-07", "002 P1C2S2 1.2.2")
    tuesday.do("12:00:00", "ning", "settle", case=1001, apology="yes", **answer)
    assert tuesday.clock("12:00:00", "T2-13")[1] == "2026-07-09T12:00:00+08:00"
    thursday = story.on(THURSDAY)
    thursday.do("12:00:00", "ning", "settle", case=1001, text="客户认可", satisfied="yes")
    assert thursday.clock("12:00:00", "T2-13")[0] == "met"
    assert story.is_sound()


def test_step_5_advice_to_try_it_closes_nothing(story: Story) -> None:
    fifth_step(story)
    tuesday = story.on(TUESDAY)
    case = tuesday.case("16:20:00", who="ai")
    assert (case["state"], case["owner"]) == ("advised", "ai")
    assert "close" not in case["offered"]
    refusal = tuesday.refused("16:21", "ai", "close", case=1001, reason="x")
    assert (refusal["rule"], refusal["clause"]) == ("W-15", "002 P3C1 record")
    assert tuesday.clock("16:20:00", "T2-16")[:2] == ("running", "2026-07-08T18:00:00+08:00")
    assert tuesday.clock("14:00:00", "T2-19") == ("met", tuesday.due("14:00:00"), 0)


def test_step_5_nobody_leaves_without_a_signature(story: Story) -> None:
    fourth_step(story)
    tuesday = story.on(TUESDAY)
    act(story, TUESDAY, "14:00:00", "tu", "arrived")
    refusal = tuesday.refused("16:20", "tu", "act", case=1001, act="left")
    assert (refusal["rule"], refusal["clause"]) == ("T2-17", "002 P3C1 on-site")
    for missing in ("service registration", "usage survey", "customer agreed to leave"):
        assert missing in refusal["message"]


def test_step_6_record_and_survey_come_before_closing(story: Story) -> None:
    fifth_step(story)
    wednesday = story.on(WEDNESDAY)
    wednesday.do("09:00", "ai", "resolve", case=1001, text="昨晚试用正常")
    wednesday.do("09:00", "ai", "confirm", case=1001, who="潘工")
    refusals = [wednesday.refused("09:01", "ai", "close", case=1001, reason="x")["rule"]]
    wednesday.do("09:02", "tu", "fill_form", case=1001, form="problem_feedback", problem="缺陷")
    refusals.append(wednesday.refused("09:03", "ai", "close", case=1001, reason="x")["rule"])
    assert refusals == ["T2-15", "T2-16"]
    handed_in(story)
    assert wednesday.clock("09:05:00", "T2-16") == ("met", "2026-07-08T18:00:00+08:00", 0)
    wednesday.do("09:06", "ai", "close", case=1001)


def test_step_6_the_customer_says_so_and_the_owner_closes(story: Story) -> None:
    sixth_step(story)
    wednesday = story.on(WEDNESDAY)
    case = wednesday.case("09:21")
    assert (case["state"], case["owner"], case["cycle"]) == ("closed", "ai", 1)
    confirmed = next(f for f in case["facts"] if f["kind"] == "confirmed")
    assert (confirmed["at"], confirmed["actor"]) == (wednesday.due("09:20:00"), "ai")
    assert confirmed["body"] == {"who": "潘工", "channel": "phone", "satisfied": True}
    assert case["facts"][-1]["actor"] == "ai"
    assert [t["rule"] for t in case["timers"] if t["breached_by"]] == []


def test_the_whole_story_is_sound(story: Story) -> None:
    sixth_step(story)
    story.worker(f"{THURSDAY} 09:00:00")
    assert story.is_sound()
