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
    friday.do("16:10", "an", "classify", case=1001, category="technical")


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
