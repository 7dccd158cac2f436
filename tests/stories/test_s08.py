"""S-08: an inquiry over the Spring Festival, followed up weekly until the contract, and the
project's briefing and progress reports over Qingming."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installations import CommandLine
from tests.stories.lines import Story, enable

INQUIRY = {
    "channel": "mail",
    "line": "robot",
    "known": "yes",
    "submitted": "2026-02-13 16:40",
    "contact_name": "章",
    "honorific": "经理",
    "contact_phone": "0512-5550-4471",
    "employer": "常熟饮料厂",
    "reason": "询价",
    "product": "双工位码垛线",
    "need": "方案和报价",
    "stage": "pre_sales",
}
INTAKE = {
    "customer": "常熟饮料厂，年产20万吨",
    "project_need": "两个码垛工作站",
    "budget": "180-220万",
    "time_requirement": "9月1日投产",
}
BRIEFING = {
    "milestones": "6月发货",
    "standard": "节拍12次/分",
    "rights": "见附件",
    "service": "质保一年",
}
QUESTIONS = ("1", "2", "3")


def told(data: Path, console: CommandLine, day_count: str) -> Story:
    enable(data, "power", "robot", day_count=day_count)
    return Story(console)


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    return told(data, console, "civil")


@pytest.fixture
def strict(data: Path, console: CommandLine) -> Story:
    """The same on an installation that counts working days as so many working hours."""
    return told(data, console, "rolling")


def act(story: Story, moment: str, key: str, **typed: str) -> None:
    date, time = moment.split(" ")
    story.on(date).do(time, "fu", "act", case=1001, act=key, **typed)


def clock(story: Story, moment: str, rule: str) -> tuple[str, str, int]:
    date, time = moment.split(" ")
    return story.on(date).clock(time, rule)


def first_step(story: Story) -> None:
    friday = story.on("2026-02-13")
    friday.do("16:45", "tian", "open", **INQUIRY)
    friday.do("16:46", "tian", "classify", case=1001, category="quote")
    friday.do("16:47", "tian", "assign", case=1001)


def second_step(story: Story) -> None:
    first_step(story)
    saturday = story.on("2026-02-14")
    saturday.do("10:30", "fu", "fill_form", case=1001, form="presales_intake", **INTAKE)
    for number in QUESTIONS:
        act(story, "2026-02-14 11:00", "question_asked", question=number)
    act(story, "2026-02-14 11:10", "followed_up", intention="open")


def third_step(story: Story) -> None:
    second_step(story)
    for number in QUESTIONS:
        act(story, "2026-02-25 09:50", "question_answered", question=number)
    act(story, "2026-02-25 10:00", "followed_up", intention="open")


def fourth_step(story: Story) -> None:
    third_step(story)
    for day in ("2026-03-05", "2026-03-12", "2026-03-19", "2026-03-26"):
        act(story, f"{day} 10:00", "followed_up", intention="open")
    act(story, "2026-04-01 10:00", "contract_signed", contract_no="HT-0401")


def test_step_1_a_make_up_saturday_is_a_working_day(story: Story) -> None:
    first_step(story)
    saturday = story.on("2026-02-14")
    assert clock(story, "2026-02-13 16:50", "T3-01") == ("running", saturday.due("18:00"), 0)
    assert clock(story, "2026-02-14 18:00:01", "T3-01")[0] == "breached"
    case = saturday.case("09:00")
    assert (case["category"], case["division"], case["assignee"]) == ("quote", "sales", "fu")
    assert case["timers"][0]["started"] == "2026-02-13T16:40:00+08:00"


def test_step_1_strictly_it_is_due_at_the_same_time_of_day(strict: Story) -> None:
    first_step(strict)
    due = strict.on("2026-02-14").due("16:40")
    assert clock(strict, "2026-02-14 16:40", "T3-01") == ("amber", due, 0)
    assert clock(strict, "2026-02-14 16:40:01", "T3-01") == ("breached", due, 1)


def test_step_1_the_intake_is_complete_with_budget_and_time(story: Story) -> None:
    first_step(story)
    saturday = story.on("2026-02-14")
    half = {key: INTAKE[key] for key in ("customer", "project_need")}
    saturday.do("10:00", "fu", "fill_form", case=1001, form="presales_intake", **half)
    assert clock(story, "2026-02-14 10:01", "T3-01")[0] != "met"
    rest = {key: INTAKE[key] for key in ("budget", "time_requirement")}
    saturday.do("10:30", "fu", "fill_form", case=1001, form="presales_intake", **rest)
    assert clock(story, "2026-02-14 10:31", "T3-01") == ("met", saturday.due("18:00"), 0)


def test_an_inquiry_has_none_of_the_limits_of_a_fault(story: Story) -> None:
    first_step(story)
    clocks = story.on("2026-02-13").case("16:50")["timers"]
    assert {one["rule"] for one in clocks} == {"T3-01", "T3-03", "T3-07", "T3-23"}
    [accept] = [one for one in clocks if one["rule"] == "T3-07"]
    assert accept["state"] == "dropped"


@pytest.mark.parametrize(("day_count", "due"), [("civil", "18:00"), ("rolling", "11:00")])
def test_step_2_nine_days_off_are_not_counted(
    data: Path, console: CommandLine, day_count: str, due: str
) -> None:
    story = told(data, console, day_count)
    second_step(story)
    wednesday = story.on("2026-02-25")
    clocks = [one for one in wednesday.case("09:00")["timers"] if one["rule"] == "T3-02"]
    assert [one["due"] for one in clocks] == [wednesday.due(due)] * len(QUESTIONS)


def test_step_2_each_question_waits_for_its_own_answer(story: Story) -> None:
    second_step(story)
    act(story, "2026-02-24 09:00", "question_answered", question="2")
    clocks = story.on("2026-02-25").case("09:50")["timers"]
    states = [one["state"] for one in clocks if one["rule"] == "T3-02"]
    assert states == ["amber", "met", "amber"]
    third = [one for one in clocks if one["rule"] == "T3-02" and one["state"] == "met"]
    assert third[0]["stopped"] == "2026-02-24T09:00:00+08:00"


def test_step_3_a_week_without_a_working_day_asks_for_nothing(story: Story) -> None:
    second_step(story)
    due = "2026-03-02T00:00:00+08:00"
    assert clock(story, "2026-02-14 11:11", "T3-03") == ("running", due, 0)
    assert clock(story, "2026-02-22 23:59", "T3-03")[2] == 0


def test_step_3_every_followup_begins_the_next_week(story: Story) -> None:
    third_step(story)
    due = "2026-03-09T00:00:00+08:00"
    assert clock(story, "2026-02-25 10:01", "T3-03") == ("running", due, 0)
    act(story, "2026-03-05 10:00", "followed_up", intention="open")
    due = "2026-03-16T00:00:00+08:00"
    assert clock(story, "2026-03-05 10:01", "T3-03") == ("running", due, 0)
    assert clock(story, "2026-03-16 00:00:01", "T3-03") == ("breached", due, 1)


@pytest.mark.parametrize("intention", ["clear_yes", "clear_no", "ended"])
def test_step_3_a_clear_answer_ends_it(story: Story, intention: str) -> None:
    third_step(story)
    act(story, "2026-03-05 10:00", "followed_up", intention=intention)
    clocks = story.on("2026-03-05").case("10:01")["timers"]
    assert {one["state"] for one in clocks if one["rule"] == "T3-03"} == {"met"}


@pytest.mark.parametrize(("day_count", "due"), [("civil", "18:00"), ("rolling", "10:00")])
def test_step_4_the_briefing_is_due_after_qingming(
    data: Path, console: CommandLine, day_count: str, due: str
) -> None:
    story = told(data, console, day_count)
    fourth_step(story)
    tuesday = story.on("2026-04-07")
    assert clock(story, "2026-04-01 10:01", "T3-04") == ("running", tuesday.due(due), 0)
    typed = {"form": "briefing", **BRIEFING}
    story.on("2026-04-03").do("15:00", "xiong", "fill_form", case=1001, **typed)
    assert clock(story, "2026-04-03 15:01", "T3-04") == ("met", tuesday.due(due), 0)


def test_step_4_the_contract_ends_the_weekly_followup(story: Story) -> None:
    fourth_step(story)
    clocks = story.on("2026-04-20").case("10:00")["timers"]
    assert {one["state"] for one in clocks if one["rule"] == "T3-03"} == {"met"}
    case = story.on("2026-04-01").case("10:01")
    assert (case["state"], case["values"]["stage"]) == ("contract_signed", "in_sales")


def test_step_5_one_report_of_two_is_amber_towards_the_end_of_the_month(story: Story) -> None:
    fourth_step(story)
    due = "2026-05-01T00:00:00+08:00"
    assert clock(story, "2026-04-20 10:00", "T3-05") == ("running", due, 0)
    act(story, "2026-04-15 10:00", "progress_reported", construction="底座完成")
    assert clock(story, "2026-04-24 10:00", "T3-05") == ("amber", due, 0)
    clocks = story.on("2026-04-24").case("10:00")["timers"]
    assert [one["progress"] for one in clocks if one["rule"] == "T3-05"] == ["1/2"]
    act(story, "2026-04-29 10:00", "progress_reported", commissioning="单机调试")
    assert clock(story, "2026-04-29 10:01", "T3-05") == ("met", due, 0)


def test_step_5_every_month_asks_for_two_again(story: Story) -> None:
    fourth_step(story)
    for day in ("15", "29"):
        act(story, f"2026-04-{day} 10:00", "progress_reported")
    story.worker("2026-05-06 09:00")
    may = ("running", "2026-06-01T00:00:00+08:00", 0)
    assert clock(story, "2026-05-06 09:01", "T3-05") == may
    case = story.on("2026-05-06").case("09:01")
    [begun] = [fact for fact in case["facts"] if fact["kind"] == "timer_recurred"]
    assert begun["at"] == "2026-05-01T00:00:00+08:00"
    act(story, "2026-05-20 10:00", "progress_reported")
    story.worker("2026-06-01 09:00")
    clocks = story.on("2026-06-01").case("09:00")["timers"]
    reports = [one for one in clocks if one["rule"] == "T3-05"]
    assert [one["state"] for one in reports] == ["met", "breached", "running"]
    assert reports[1]["breached_by"] == 9 * 3600
    assert reports[2]["due"] == "2026-07-01T00:00:00+08:00"


def test_step_5_no_month_begins_after_the_acceptance_of_the_project(story: Story) -> None:
    fourth_step(story)
    act(story, "2026-04-20 10:00", "project_accepted")
    story.worker("2026-06-15 09:00")
    clocks = story.on("2026-06-15").case("09:00")["timers"]
    assert [one["state"] for one in clocks if one["rule"] == "T3-05"] == ["dropped"]


def test_the_whole_story_is_sound(story: Story) -> None:
    fourth_step(story)
    act(story, "2026-04-15 10:00", "progress_reported")
    story.worker("2026-05-06 09:00")
    assert story.is_sound()
