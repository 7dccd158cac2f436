"""What the highway-software line asks for beside its stories: data taken away, the day's job,
support of branches, complaints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installations import CommandLine
from tests.stories.lines import Story, enable

FRIDAY, SATURDAY, SUNDAY = "2026-07-03", "2026-07-04", "2026-07-05"
CALL = {
    "line": "roadsoft",
    "channel": "mail",
    "known": "yes",
    "contact_name": "潘",
    "contact_phone": "02755501006",
    "employer": "武汉某路桥公司",
    "branch": "wuhan",
    "cust_tier": "project",
    "product": "measurement_payment",
    "product_version": "8.2",
    "record_kind": "operation_problem",
    "service_mode": "mail",
    "reason": "计量",
    "need": "恢复计量",
}


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "roadsoft")
    story = Story(console)
    story.on(FRIDAY).do("16:00:00", "ai", "open", **CALL)
    story.on(FRIDAY).do("16:00:30", "ai", "classify", case=1001, category="technical")
    return story


def act(story: Story, moment: str, key: str, who: str = "tu", **typed: str) -> None:
    date, time = moment.split(" ")
    story.on(date).do(time, who, "act", case=1001, act=key, **typed)


def taken(story: Story) -> None:
    act(story, f"{FRIDAY} 16:30:00", "custody_agreed")
    act(story, f"{FRIDAY} 16:40:00", "data_taken", due=f"{SUNDAY} 20:00:00", media="U盘")


def test_no_data_leave_without_consent_and_a_time_to_return(story: Story) -> None:
    friday = story.on(FRIDAY)
    typed = {"act": "data_taken", "due": f"{SUNDAY} 20:00:00", "media": "U盘"}
    refusal = friday.refused("16:30", "tu", "act", case=1001, **typed)
    assert (refusal["rule"], refusal["clause"]) == ("T2-09", "002 P3C1 on-site")
    friday.do("16:30", "tu", "act", case=1001, act="custody_agreed")
    del typed["due"]
    assert "due" in friday.refused("16:31", "tu", "act", case=1001, **typed)["remedy"]


def test_data_in_custody_run_through_the_weekend(story: Story) -> None:
    taken(story)
    sunday = story.on(SUNDAY)
    assert sunday.clock("16:40:00", "T2-07") == ("amber", sunday.due("16:40:00"), 0)
    assert sunday.clock("16:40:01", "T2-07") == ("breached", sunday.due("16:40:00"), 1)
    assert sunday.clock("16:40", "T2-09")[1] == sunday.due("20:00:00")
    assert sunday.case("16:40")["values"]["data_in_custody"] is True
    act(story, f"{SUNDAY} 19:00:00", "data_returned")
    assert sunday.case("19:00")["values"]["data_in_custody"] is False
    assert sunday.clock("19:00:00", "T2-09")[0] == "met"


@pytest.mark.parametrize("key", ["data_processed", "data_reported"])
def test_the_processor_has_a_day_or_says_that_he_cannot(story: Story, key: str) -> None:
    taken(story)
    act(story, f"{FRIDAY} 18:00:00", "data_at_processor")
    saturday = story.on(SATURDAY)
    assert saturday.clock("17:59", "T2-08")[:2] == ("amber", saturday.due("18:00:00"))
    typed = {"text": "加密"} if key == "data_reported" else {}
    act(story, f"{SATURDAY} 18:00:00", key, **typed)
    assert saturday.clock("18:00:00", "T2-08")[0] == "met"


@pytest.mark.parametrize(
    ("rule", "start", "moment"),
    [
        ("T2-07", "", f"{SUNDAY} 16:40:01"),
        ("T2-08", "data_at_processor", f"{SATURDAY} 18:00:01"),
        ("T2-10", "job_planned", f"{SUNDAY} 00:00:01"),
    ],
)
def test_what_is_broken_establishes_a_complaint(
    story: Story, rule: str, start: str, moment: str
) -> None:
    taken(story)
    typed = {"day": SATURDAY} if start == "job_planned" else {}
    if start:
        act(story, f"{FRIDAY} 18:00:00", start, **typed)
    story.worker(moment)
    date, time = moment.split(" ")
    facts = story.on(date).case(time)["facts"]
    told = [f for f in facts if f["kind"] == "complaint_established"]
    assert [(f["body"]["rule"], f["at"]) for f in told] == [(rule, f"{date}T{time}+08:00")]


def test_a_day_job_is_done_or_another_day_is_agreed(story: Story) -> None:
    act(story, f"{FRIDAY} 16:10:00", "job_planned", day=SATURDAY)
    saturday = story.on(SATURDAY)
    assert saturday.clock("09:00", "T2-10")[:2] == ("running", "2026-07-05T00:00:00+08:00")
    act(story, f"{SATURDAY} 10:00:00", "job_planned", day=SUNDAY)
    clocks = [t for t in saturday.case("10:01")["timers"] if t["rule"] == "T2-10"]
    assert [(t["state"], t["due"]) for t in clocks] == [
        ("met", "2026-07-05T00:00:00+08:00"),
        ("running", "2026-07-06T00:00:00+08:00"),
    ]


def test_the_centre_answers_branch_and_customer_the_same_day(story: Story) -> None:
    friday = story.on(FRIDAY)
    act(story, f"{FRIDAY} 16:20:00", "support_requested", who="hua")
    act(story, f"{FRIDAY} 17:00:00", "branch_answered", who="ke", text="见说明")
    assert friday.clock("17:00", "T2-18")[:2] == ("running", "2026-07-04T00:00:00+08:00")
    friday.do("17:10:00", "ai", "contact", case=1001)
    assert friday.clock("17:10:00", "T2-18")[0] == "met"


def test_a_software_error_is_described_before_the_branch_asks(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("16:05", "ai", "record", case=1001, record_kind="software_error")
    refusal = friday.refused("16:20", "hua", "act", case=1001, act="support_requested")
    assert (refusal["rule"], refusal["clause"]) == ("F2-02", "002 P3C1 branch support")
    assert "steps that produce it" in refusal["message"]


def test_lost_data_go_up_to_the_director(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("16:05", "ai", "record", case=1001, data_lost="yes")
    [clock] = [t for t in friday.case("16:05")["timers"] if t["rule"] == "T2-23"]
    assert (clock["due"], clock["amber"]) == (None, "2026-07-06T10:35:00+08:00")
    assert ("upwards", "director", "jin", "sent") in friday.told("16:05")
    friday.do("16:30", "ai", "reach", case=1001, who="director", channel="phone")
    assert friday.clock("16:30", "T2-23")[0] == "met"


def test_a_deadline_is_set_by_managers_and_told(story: Story) -> None:
    friday = story.on(FRIDAY)
    typed = {"act": "deadline_set", "due": f"{SUNDAY} 12:00:00", "text": "已说明"}
    assert friday.refused("16:10", "tu", "act", case=1001, **typed)["clause"] == "002 P1C4 #2"
    friday.do("16:10", "ke", "act", case=1001, **typed)
    assert friday.clock("16:10", "T2-22")[1] == "2026-07-05T12:00:00+08:00"
    assert friday.case("16:10")["state"] == "deadline_set"


def test_a_complaint_is_never_dropped_but_by_its_officer(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("16:05", "ai", "classify", case=1001, category="complaint")
    rows = friday.told("16:05")
    assert ("complaint", "centre_assistant", "an", "sent") in rows
    refusal = friday.refused("16:06", "ai", "classify", case=1001, category="technical")
    assert refusal["clause"] == "002 P2C2 penalties"
    assert "classify" not in friday.case("16:06", who="ai")["offered"]
    assert friday.refused("16:10", "an", "classify", case=1001, category="technical")["rule"] == (
        "W-07"
    )
    friday.do("16:10", "an", "classify", case=1001, category="technical", because="misheard")


def test_an_urgent_complaint_reaches_the_branch_manager(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("16:05:00", "ai", "record", case=1001, urgent_complaint="yes")
    assert friday.clock("16:05:00", "T2-14")[:2] == ("amber", friday.due("16:10:00"))
    friday.do("16:07:00", "ai", "reach", case=1001, who="branch_manager", channel="phone")
    assert friday.clock("16:07:00", "T2-14")[0] == "met"


def test_nobody_samples_their_own_record(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("16:05", "ai", "assign", case=1001, to="ke")
    typed = {"act": "spot_checked", "result": "late"}
    refusal = friday.refused("16:10", "ke", "act", case=1001, **typed)
    assert "own work" in refusal["message"]
    friday.do("16:10", "an", "act", case=1001, **typed)
    assert ("finding", "owner", "ai", "sent") in friday.told("16:10")


def colour(story: Story, time: str) -> str:
    return str(story.on(FRIDAY).case(time)["values"]["row_colour"])


def test_the_colour_of_a_record_follows_what_happens_to_it(story: Story) -> None:
    friday = story.on(FRIDAY)
    seen = [colour(story, "16:00:30")]
    friday.do("16:01:00", "ai", "promise", case=1001, due=f"{FRIDAY} 16:40:00")
    seen.append(colour(story, "16:01:00"))
    act(story, f"{FRIDAY} 16:05:00", "solutions_asked", who="ai", text="算法")
    seen.append(colour(story, "16:05:00"))
    friday.do("16:30:00", "ai", "contact", case=1001)
    friday.do("16:31:00", "ai", "resolve", case=1001, text="已解决")
    seen.append(colour(story, "16:31:00"))
    friday.do("16:32:00", "ai", "confirm", case=1001, who="潘工")
    friday.do("16:33:00", "ai", "close", case=1001)
    seen.append(colour(story, "16:33:00"))
    assert seen == ["red", "yellow", "blue", "yellow", "green"]
    assert "green: closed" in friday.console("show", "case", "1001", at=friday.at("16:34")).out
    friday.do("16:40:00", "ai", "reopen", case=1001, reason="repeat_call")
    assert colour(story, "16:40:00") == "red"
    assert story.is_sound()


def test_nobody_paints_a_record(story: Story) -> None:
    friday = story.on(FRIDAY)
    refusal = friday.refused("16:10", "ai", "record", case=1001, row_colour="green")
    assert (refusal["rule"], refusal["clause"]) == ("row_colour", "002 P3C1 record")


def test_project_information_goes_to_the_department_concerned(story: Story) -> None:
    typed = {"project_info": "某高速二期招标", "department": "sales"}
    act(story, f"{FRIDAY} 16:10:00", "project_info_noted", who="ai", **typed)
    friday = story.on(FRIDAY)
    assert ("project_info_sales", "sales_dept", "xia", "sent") in friday.told("16:10:00")
    assert friday.case("16:10:00")["values"]["project_info"] == "某高速二期招标"


def test_a_finding_is_put_right_by_the_owner(story: Story) -> None:
    typed = {"result": "wrong_entry", "text": "应为业务问题"}
    act(story, f"{FRIDAY} 16:10:00", "spot_checked", who="an", **typed)
    friday = story.on(FRIDAY)
    assert friday.clock("16:10:00", "W-18")[0] == "running"
    act(story, f"{FRIDAY} 16:20:00", "finding_fixed", who="ai", text="已更正")
    assert friday.clock("16:20:00", "W-18")[0] == "met"


def test_nothing_is_closed_while_we_hold_the_customers_data(story: Story) -> None:
    friday = story.on(FRIDAY)
    taken(story)
    friday.do("16:50:00", "ai", "resolve", case=1001, text="已解决")
    friday.do("16:51:00", "ai", "confirm", case=1001, who="潘工")
    refusal = friday.refused("16:52:00", "ai", "close", case=1001, reason="x")
    assert (refusal["rule"], refusal["clause"]) == ("W-15", "002 P3C1 on-site")


def test_the_customer_gets_a_receipt_for_the_data(story: Story) -> None:
    friday = story.on(FRIDAY)
    typed = {"media": "U盘", "return_by": f"{SUNDAY} 20:00", "to": "13955501953"}
    refusal = friday.refused(
        "16:10", "tu", "message", case=1001, message="custody_receipt", **typed
    )
    assert refusal["clause"] == "002 P3C1 on-site"
    taken(story)
    friday.do("16:45:00", "tu", "message", case=1001, message="custody_receipt", **typed)
    [written] = [f for f in friday.case("16:45:00")["facts"] if f["kind"] == "message_written"]
    assert "2026-07-05 20:00" in written["body"]["text"]
    assert "U盘" in written["body"]["text"]


def test_a_complaint_by_staff_goes_to_the_director(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("16:05:00", "ai", "record", case=1001, internal_complaint="yes")
    friday.do("16:06:00", "ai", "classify", case=1001, category="complaint")
    told = friday.told("16:06:00")
    assert ("internal_complaint", "director", "jin", "sent") in told
    assert "complaint" not in {row[0] for row in told}


def test_an_item_goes_through_the_month_though_its_case_is_closed(story: Story) -> None:
    friday = story.on(FRIDAY)
    typed = {"record_kind": "suggestion", "suggest_contact": "潘工 02755501006"}
    friday.do("16:05:00", "ai", "record", case=1001, **typed)
    item = {"form": "list_item", "kind": "requirement", "text": "批量导出"}
    assert friday.refused("16:06", "ai", "fill_form", case=1001, **item)["rule"] == "F2-08"
    friday.do("16:07:00", "ai", "fill_form", case=1001, form="problem_feedback", problem="导出")
    friday.do("16:08:00", "ai", "resolve", case=1001, text="已登记")
    friday.do("16:09:00", "ai", "confirm", case=1001, who="潘工")
    friday.do("16:10:00", "ai", "close", case=1001)
    friday.do("16:11:00", "ai", "fill_form", case=1001, **item)
    steps = {"case": 1001, "form": "list_item"}
    friday.do("16:12:00", "ai", "step_form", step="listed", **steps)
    refusal = friday.refused("16:13:00", "ai", "step_form", step="sent", **steps)
    assert "technical team leader" in refusal["message"] or "tech_team_leader" in refusal["message"]
    friday.do("16:14:00", "ke", "sign_form", **steps)
    for time, who, step in (
        ("16:15:00", "ke", "sent"),
        ("16:16:00", "miao", "replied"),
        ("16:17:00", "ai", "in_faq"),
    ):
        friday.do(time, who, "step_form", step=step, **steps)
    case = friday.case("16:17:00")
    assert (case["state"], case["facts"][-1]["kind"]) == ("closed", "form_completed")
    assert story.is_sound()


def test_system_down_is_as_grave_as_it_gets(story: Story) -> None:
    friday = story.on(FRIDAY)
    friday.do("16:05", "ai", "record", case=1001, system_down="yes")
    raised = [f for f in friday.case("16:05")["facts"] if f["kind"] == "severity_raised"]
    assert [fact["body"]["severity"] for fact in raised] == [3]
