"""S-09: a line down on National Day, an extension with notice, a fault found at the follow-up,
and a second cycle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.lines import Story, enable

WELDING = {
    "contact_name": "陆",
    "honorific": "工",
    "employer": "苏州零部件厂",
    "reason": "焊接工作站停机，产线停线",
    "product": "焊接工作站",
    "need": "恢复生产",
}
FAULT = {
    "line": "robot",
    "category": "technical",
    "stage": "after_sales",
    "fault_class": "complex",
    "emergency": "yes",
    "cell": "W2",
}


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "robot")
    return Story(console)


def clock(story: Story, moment: str, rule: str) -> tuple[str, str, int]:
    date, time = moment.split(" ")
    return story.on(date).clock(time, rule)


def clocks(story: Story, moment: str, rule: str) -> list[dict[str, Any]]:
    date, time = moment.split(" ")
    return [one for one in story.on(date).case(time)["timers"] if one["rule"] == rule]


def extend(story: Story, moment: str) -> tuple[str, str, str, dict[str, str]]:
    """The arguments of the extension to 20 October, told to the customer at a moment."""
    date, time = moment.split(" ")
    due = {"timer": "T3-11", "due": "2026-10-20 18:00", "reason": "减速机备件未到"}
    return date, time, "cao", {"case": "1001", "told": moment, "channel": "phone", **due}


def call(story: Story) -> None:
    night = story.on("2026-10-03")
    night.do("22:39:50", "tian", "ring", number="0512-5550-3310", call="a")
    night.do("22:40:00", "tian", "answer", call="a")
    night.do("22:44:00", "tian", "open", call="a", **WELDING)


def first_step(story: Story) -> None:
    call(story)
    night = story.on("2026-10-03")
    night.do("22:47:00", "tian", "classify", case=1001, **FAULT)
    night.do("22:47:20", "tian", "end_call", call="a")
    night.do("22:47:30", "tian", "save_contact", case=1001)
    night.do("22:47:40", "tian", "assign", case=1001, to="cao")
    night.do("22:48:00", "tian", "reach", case=1001, who="technical_specialist", channel="phone")
    night.do("22:50:00", "cao", "act", case=1001, act="departed")
    story.on("2026-10-04").do("01:30", "cao", "act", case=1001, act="arrived")


def third_step(story: Story) -> None:
    first_step(story)
    date, time, who, typed = extend(story, "2026-10-14 15:00")
    story.on(date).do(time, who, "extend", **typed)


def fourth_step(story: Story) -> None:
    third_step(story)
    story.on("2026-10-19").do("16:00", "cao", "resolve", case=1001, text="更换减速机")
    wednesday, found = story.on("2026-10-21"), {"finding": "problem", "running_state": "报警7-201"}
    wednesday.do("10:30", "tian", "act", case=1001, act="followup_done", **found)
    wednesday.do("10:30", "tian", "reopen", case=1001, reason="followup_problem")
    wednesday.do("10:31", "tian", "record", case=1001, fault_class="routine")


def fifth_step(story: Story) -> None:
    fourth_step(story)
    story.on("2026-10-23").do("11:00", "cao", "resolve", case=1001, text="重新标定")
    good = {"finding": "ok", "running_state": "正常", "satisfaction": "5"}
    tuesday = story.on("2026-10-27")
    tuesday.do("10:00", "tian", "act", case=1001, act="followup_done", **good)
    tuesday.do("10:00", "tian", "confirm", case=1001, who="陆工", satisfied="yes")


def test_step_1_half_an_hour_from_the_submission_at_night(story: Story) -> None:
    call(story)
    due = "2026-10-03T23:10:00+08:00"
    assert clock(story, "2026-10-03 22:44:01", "T3-07") == ("running", due, 0)
    assert clock(story, "2026-10-03 23:00:00", "T3-07") == ("amber", due, 0)
    assert clock(story, "2026-10-03 23:10:01", "T3-07") == ("breached", due, 1)


def test_step_1_accepted_is_registered_and_classified(story: Story) -> None:
    first_step(story)
    [accept] = clocks(story, "2026-10-03 22:48", "T3-07")
    assert (accept["state"], accept["progress"]) == ("met", "2/2")
    assert (accept["started"], accept["stopped"]) == (
        "2026-10-03T22:40:00+08:00",
        "2026-10-03T22:47:00+08:00",
    )


def test_step_1_an_emergency_is_due_at_once_and_never_broken(story: Story) -> None:
    first_step(story)
    target = "2026-10-03T22:52:00+08:00"
    night = story.on("2026-10-03")
    assert night.clock("22:47:00", "T3-08") == ("amber", target, 0)
    assert [one["progress"] for one in clocks(story, "2026-10-03 22:48", "T3-08")] == ["1/2"]
    assert night.clock("22:50:00", "T3-08") == ("met", target, 0)
    rows = [row for row in night.case("22:48:00")["notices"] if row["notice"] == "emergency"]
    assert [(row["person"], row["channel"], row["reached"] is not None) for row in rows] == [
        ("lv", "phone", True),
        ("cao", "phone", False),
    ]


def test_step_1_late_help_is_late_against_a_house_target_only(story: Story) -> None:
    call(story)
    story.on("2026-10-03").do("22:47:00", "tian", "classify", case=1001, **FAULT)
    story.worker("2026-10-04 00:00")
    assert clock(story, "2026-10-04 00:00:00", "T3-08")[::2] == ("behind", 0)
    facts = story.on("2026-10-04").case("00:00")["facts"]
    assert not [f for f in facts if f["kind"] == "timer_breached" and "emergency" in f["body"]]


def test_step_1_in_an_emergency_nobody_waits_for_an_appointment(story: Story) -> None:
    first_step(story)
    assert story.on("2026-10-04").case("01:30")["state"] == "arrived"
    refusal = story.on("2026-10-04").refused("04:00", "cao", "act", case=1001, act="left")
    assert (refusal["rule"], refusal["clause"]) == ("F3-07", "003 Art.11(3)")


def test_step_2_seven_working_days_over_national_day(story: Story) -> None:
    first_step(story)
    due = "2026-10-15T18:00:00+08:00"
    assert clock(story, "2026-10-03 22:48", "T3-11") == ("running", due, 0)
    assert clock(story, "2026-10-15 18:00:00", "T3-11") == ("amber", due, 0)
    assert clock(story, "2026-10-15 18:00:01", "T3-11") == ("breached", due, 1)
    assert not clocks(story, "2026-10-03 22:48", "T3-09")
    assert not clocks(story, "2026-10-03 22:48", "T3-10")


def test_step_2_another_class_counts_from_the_same_submission(story: Story) -> None:
    first_step(story)
    for fault, rule, due in (
        ("routine", "T3-10", "2026-10-10T18:00:00+08:00"),
        ("general", "T3-09", "2026-10-08T18:00:00+08:00"),
    ):
        typed = {"fault_class": fault, "because": "技术复核"}
        story.on("2026-10-04").do("09:00", "lv", "record", case=1001, **typed)
        [one] = clocks(story, "2026-10-04 09:00", rule)
        assert (one["due"], one["started"]) == (due, "2026-10-03T22:40:00+08:00")
    assert clock(story, "2026-10-04 09:00", "T3-11")[0] == "dropped"


def test_step_3_an_extension_shows_both_dues(story: Story) -> None:
    third_step(story)
    why = story.why("2026-10-14 15:01", "T3-11")
    assert "due 2026-10-15 18:00:00: 7wd from the start" in why
    assert "due 2026-10-20 18:00:00: extended with notice: 减速机备件未到" in why
    assert clock(story, "2026-10-16 09:00", "T3-11") == ("amber", "2026-10-20T18:00:00+08:00", 0)
    extended = story.on("2026-10-14").case("15:01")["facts"][-1]
    assert extended["kind"] == "timer_extended"
    assert extended["body"]["channel"] == "phone"


def test_step_3_after_the_due_time_there_is_only_a_new_promise(story: Story) -> None:
    first_step(story)
    story.worker("2026-10-16 14:00")
    date, time, who, typed = extend(story, "2026-10-16 15:00")
    refusal = story.on(date).refused(time, who, "extend", **typed)
    assert (refusal["rule"], refusal["clause"]) == ("T3-11", "003 Art.11(2); 003 Art.12(2)")
    assert "promise" in refusal["remedy"]
    promise = {"due": "2026-10-20 18:00", "reason": "减速机备件未到"}
    story.on(date).do(time, who, "promise", case=1001, **promise)
    assert clock(story, "2026-10-16 15:01", "T3-11")[::2] == ("breached", 21 * 3600 + 60)
    assert clock(story, "2026-10-16 15:01", "W-05")[1] == "2026-10-20T18:00:00+08:00"
    story.on("2026-10-19").do("16:00", "cao", "resolve", case=1001, text="更换减速机")
    assert clock(story, "2026-10-19 17:00", "T3-11")[0] == "late"


def test_step_3_half_an_hour_can_never_be_extended(story: Story) -> None:
    call(story)
    typed = {"case": 1001, "timer": "accept", "due": "2026-10-03 23:30", "reason": "忙"}
    assert story.on("2026-10-03").refused("22:45", "tian", "extend", **typed)["rule"] == "T3-07"


def test_step_4_solved_begins_the_followup(story: Story) -> None:
    third_step(story)
    story.on("2026-10-19").do("16:00", "cao", "resolve", case=1001, text="更换减速机")
    due = "2026-10-22T18:00:00+08:00"
    assert clock(story, "2026-10-19 16:00", "T3-14") == ("running", due, 0)
    assert clock(story, "2026-10-19 16:00", "T3-11") == ("met", "2026-10-20T18:00:00+08:00", 0)


def test_step_4_a_problem_at_the_followup_opens_a_second_cycle(story: Story) -> None:
    fourth_step(story)
    case = story.on("2026-10-21").case("10:31")
    assert (case["case"], case["cycle"], case["owner"]) == (1001, 2, "tian")
    [followup] = clocks(story, "2026-10-21 10:31", "T3-14")
    assert (followup["state"], followup["cycle"]) == ("met", 1)
    assert clocks(story, "2026-10-21 10:31", "T3-15")[0]["state"] == "met"


def test_step_4_a_routine_fault_has_three_working_days_from_the_reopening(story: Story) -> None:
    fourth_step(story)
    due = "2026-10-26T18:00:00+08:00"
    [routine] = clocks(story, "2026-10-21 10:31", "T3-10")
    assert (routine["state"], routine["due"], routine["cycle"]) == ("running", due, 2)
    assert routine["started"] == "2026-10-21T10:30:00+08:00"
    states = [one["state"] for one in clocks(story, "2026-10-21 10:31", "T3-11")]
    assert states == ["met", "dropped"]


def test_step_5_the_second_followup_closes_it(story: Story) -> None:
    fifth_step(story)
    [_, second] = clocks(story, "2026-10-23 11:00", "T3-14")
    assert (second["due"], second["cycle"]) == ("2026-10-28T18:00:00+08:00", 2)
    story.on("2026-10-27").do("10:05", "tian", "close", case=1001)
    assert story.on("2026-10-27").case("10:05")["state"] == "closed"


def test_step_5_it_is_not_closed_without_a_followup(story: Story) -> None:
    fourth_step(story)
    story.on("2026-10-23").do("11:00", "cao", "resolve", case=1001, text="重新标定")
    friday = story.on("2026-10-23")
    friday.do("11:30", "tian", "confirm", case=1001, who="陆工", satisfied="yes")
    refusal = friday.refused("11:31", "tian", "close", case=1001, reason="x")
    assert (refusal["rule"], refusal["clause"]) == ("T3-14", "003 Art.11(4)")


def test_step_5_it_was_not_solved_first_time(story: Story) -> None:
    fifth_step(story)
    [row] = story.console.json("show", "board", at="2026-10-27 10:01")
    assert row["marks"] == ["grave", "reopened"]
    assert story.on("2026-10-27").case("10:01")["cycle"] == 2
    assert [one["cycle"] for one in clocks(story, "2026-10-27 10:01", "T3-14")] == [1, 2]


def test_the_whole_story_is_sound(story: Story) -> None:
    fifth_step(story)
    assert story.is_sound()
