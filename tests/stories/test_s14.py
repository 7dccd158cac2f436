"""S-14: a caller at night who cannot name the product, on an installation with five lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.lines import Story, enable

EVENING, NIGHT = "2026-05-12", "2026-05-13"
MIDNIGHT = "2026-05-13T00:00:00+08:00"
CALLER = {
    "contact_name": "陆",
    "honorific": "先生",
    "employer": "苏州零部件厂",
    "reason": "设备停机",
    "product": "说不清，黄色的机器",
}


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "emr", "roadsoft", "robot", "iptel")
    return Story(console)


def first_step(story: Story) -> None:
    evening = story.on(EVENING)
    evening.do("23:47:50", "qin", "ring", number="051255503310", call="a")
    evening.do("23:48:00", "qin", "answer", call="a")
    evening.do("23:53:00", "qin", "open", call="a", **CALLER)
    evening.do("23:55:00", "qin", "end_call", call="a")
    evening.do("23:55:30", "qin", "save_contact", case=1001)


def second_step(story: Story) -> None:
    first_step(story)
    story.on(EVENING).do("23:57:00", "qin", "record", case=1001, need="恢复生产")


def third_step(story: Story) -> None:
    second_step(story)
    classified(story)


def classified(story: Story) -> None:
    typed = {"line": "robot", "category": "technical", "stage": "after_sales"}
    story.on(NIGHT).do("00:03:00", "qin", "classify", case=1001, **typed)


def timers(story: Story, date: str, time: str) -> dict[str, dict[str, Any]]:
    return {one["rule"]: one for one in story.on(date).case(time)["timers"]}


def test_the_strictest_of_five_lines_run_before_anybody_knows(story: Story) -> None:
    first_step(story)
    found = timers(story, EVENING, "23:56:00")
    dues = {rule: found[rule]["due"] for rule in ("T0-01", "T0-02", "T2-06", "T3-07")}
    assert dues == {
        "T0-01": "2026-05-13T00:10:00+08:00",
        "T0-02": "2026-05-13T00:10:00+08:00",
        "T2-06": MIDNIGHT,
        "T3-07": "2026-05-13T00:18:00+08:00",
    }
    assert story.on(EVENING).case("23:56:00")["line"] == ""


def test_the_call_ends_before_midnight_and_the_quarter_after_it(story: Story) -> None:
    second_step(story)
    night = story.on(NIGHT)
    assert night.clock("00:10:00", "T0-01")[0] == "amber"
    assert night.clock("00:10:01", "T0-01") == ("breached", night.due("00:10:00"), 1)


def test_what_only_one_line_asks_for_is_not_missing_yet(story: Story) -> None:
    first_step(story)
    evening = story.on(EVENING)
    assert evening.clock("23:56", "T2-06")[:2] == ("amber", MIDNIGHT)
    assert evening.case("23:56")["state"] == "open"
    evening.do("23:57:00", "qin", "record", case=1001, need="恢复生产")
    assert evening.case("23:57:00")["state"] == "recorded"
    assert evening.clock("23:57:00", "T2-06") == ("met", MIDNIGHT, 0)


def test_the_day_ends_at_midnight_at_night_too(story: Story) -> None:
    first_step(story)
    night = story.on(NIGHT)
    assert night.clock("00:00:00", "T2-06")[0] == "amber"
    assert night.clock("00:00:01", "T2-06") == ("breached", MIDNIGHT, 1)


def test_known_to_be_a_robot_it_keeps_the_robots_rules(story: Story) -> None:
    third_step(story)
    found = timers(story, NIGHT, "00:03:00")
    assert (found["T3-07"]["state"], found["T3-07"]["due"]) == (
        "met",
        "2026-05-13T00:18:00+08:00",
    )
    assert found["T3-07"]["started"] == "2026-05-12T23:48:00+08:00"
    case = story.on(NIGHT).case("00:03:00")
    assert (case["line"], case["state"], case["owner"]) == ("robot", "classified", "qin")


def test_the_quarter_of_an_hour_is_dropped_with_its_reason(story: Story) -> None:
    third_step(story)
    found = timers(story, NIGHT, "00:03:00")
    for rule in ("T0-01", "T0-02"):
        clock = found[rule]
        assert (clock["state"], clock["due"]) == ("dropped", "2026-05-13T00:10:00+08:00")
        assert (clock["stopped"], clock["breached_by"]) == ("2026-05-13T00:03:00+08:00", 0)
        lines = story.why(f"{NIGHT} 00:30", rule)
        assert any("reclassified to Robotics" in line for line in lines), lines
    story.worker(f"{NIGHT} 00:30:00")
    facts = story.on(NIGHT).case("00:30")["facts"]
    broken = [f["body"]["timer"] for f in facts if f["kind"] == "timer_breached"]
    assert broken == []


def test_late_after_midnight_is_kept_though_another_line_takes_it(story: Story) -> None:
    first_step(story)
    story.worker(f"{NIGHT} 00:02:00")
    classified(story)
    facts = story.on(NIGHT).case("00:04")["facts"]
    broken = [(f["body"]["timer"], f["at"]) for f in facts if f["kind"] == "timer_breached"]
    assert broken == [("same_day_record", "2026-05-13T00:00:01+08:00")]
    assert timers(story, NIGHT, "00:04")["T2-06"]["state"] == "dropped"
    assert story.is_sound()


def test_acceptance_counts_from_the_call_however_late_the_line_is_known(story: Story) -> None:
    first_step(story)
    night = story.on(NIGHT)
    typed = {"line": "robot", "category": "technical", "stage": "after_sales"}
    night.do("00:19:00", "qin", "classify", case=1001, **typed)
    night.do("00:20:00", "qin", "record", case=1001, need="恢复生产")
    state, due, late = night.clock("00:20:00", "T3-07")
    assert (state, due, late) == ("late", night.due("00:18:00"), 120)


def test_the_whole_story_is_sound(story: Story) -> None:
    third_step(story)
    story.worker(f"{NIGHT} 09:00:00")
    assert story.is_sound()
