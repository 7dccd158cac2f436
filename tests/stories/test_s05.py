"""S-05: a requirement of a hospital, refused, accepted, told by two channels, and reopened a
week after its update because the effect was not OK."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installations import CommandLine
from tests.stories.lines import Story, enable

REQ_214 = {
    "channel": "on_site",
    "line": "emr",
    "known": "yes",
    "contact_name": "信息科",
    "contact_phone": "0755-5550-2140",
    "employer": "市一医院",
    "department": "心内科",
    "region": "华东",
    "product": "电子病历",
    "product_version": "V5.2",
    "reason": "出院小结模板",
    "need": "统一各科模板",
}
WHAT = {"sub_kind": "requirement", "req_no": "REQ-214", "purpose": "统一模板"}


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "emr")
    return Story(console)


def act(story: Story, moment: str, who: str, key: str, **typed: str) -> None:
    date, time = moment.split(" ")
    story.on(date).do(time, who, "act", case=1001, act=key, **typed)


def signed(story: Story, moment: str, form: str, number: str) -> None:
    """A confirmation comes back from the hospital and is registered."""
    date, time = moment.split(" ")
    typed = {"doc_no": number, "signed_on": date}
    story.on(date).do(time, "song", "fill_form", case=1001, form=form, **typed)
    story.on(date).do(time, "song", "step_form", case=1001, form=form)


def forms(story: Story, date: str, time: str) -> dict[str, str]:
    found: dict[str, str] = story.on(date).case(time)["forms"]
    return found


def first_step(story: Story) -> None:
    monday = story.on("2026-06-08")
    monday.do("10:00", "gu", "open", **REQ_214)
    monday.do("10:00", "gu", "classify", case=1001, category="technical", **WHAT)
    monday.do("10:00", "gu", "assign", case=1001, to="gu")
    act(story, "2026-06-08 10:00", "gu", "requirement_submitted")


def second_step(story: Story) -> None:
    first_step(story)
    act(story, "2026-06-08 10:20", "fan", "requirement_refused", reason="scenario_missing")
    story.on("2026-06-09").do("15:00", "gu", "record", case=1001, scenario="出院当天打印")
    act(story, "2026-06-09 15:00", "gu", "requirement_submitted")
    act(story, "2026-06-09 15:00", "fan", "requirement_accepted")
    signed(story, "2026-06-09 15:00", "form_apply", "REQ-214-1")


def third_step(story: Story) -> None:
    second_step(story)
    act(story, "2026-06-11 10:00", "fan", "requirement_discussed")
    act(story, "2026-06-11 16:45:00", "fan", "solution_received")
    act(story, "2026-06-11 17:10", "fan", "mail_sent", list="solution")
    story.on("2026-06-11").do("18:20", "fan", "reach", case=1001, who="assignee", channel="phone")


def fourth_step(story: Story) -> None:
    third_step(story)
    risk = {"progress": "方案已告知现场", "completion_risk": "low"}
    story.on("2026-06-12").do("17:00", "fan", "record", case=1001, **risk)
    signed(story, "2026-06-15 10:00", "form_solution", "REQ-214-2")
    act(story, "2026-06-15 10:30", "fan", "development_started")
    act(story, "2026-06-18 15:00", "gu", "updated", product_version="V5.2.1")
    signed(story, "2026-06-18 16:00", "form_verify", "REQ-214-3")
    story.on("2026-06-18").do("16:30", "gu", "resolve", case=1001, text="模板已更新")


def sixth_step(story: Story) -> None:
    fourth_step(story)
    act(story, "2026-06-25 10:30", "song", "effect_asked", effect="not_ok", text="两个模板仍错")
    story.on("2026-06-25").do("10:30", "song", "reopen", case=1001, reason="effect_not_ok")


def test_step_1_without_a_scenario_it_cannot_be_accepted(story: Story) -> None:
    first_step(story)
    monday = story.on("2026-06-08")
    refusal = monday.refused("10:20", "fan", "act", case=1001, act="requirement_accepted")
    assert (refusal["rule"], refusal["clause"]) == ("F1-11", "001 P5 2.2.9(1)")
    assert "business scenario" in refusal["message"]


def test_step_1_only_the_filter_refuses_and_says_why(story: Story) -> None:
    first_step(story)
    monday, refuse = story.on("2026-06-08"), {"act": "requirement_refused"}
    for who in ("gu", "song", "jiang"):
        typed = {"reason": "scenario_missing", **refuse}
        refusal = monday.refused("10:20", who, "act", case=1001, **typed)
        assert refusal["clause"] == "001 P5 2.2.9(1)"
    assert "reason" in monday.refused("10:20", "fan", "act", case=1001, **refuse)["remedy"]
    monday.do("10:20", "fan", "act", case=1001, reason="scenario_missing", **refuse)
    case = monday.case("10:20")
    assert (case["state"], case["values"]["req_state"]) == ("requirement_refused", "refused")
    assert case["facts"][-1]["body"] == {"reason": "scenario_missing"}


def test_step_2_the_next_slot_is_thursday(story: Story) -> None:
    second_step(story)
    tuesday = story.on("2026-06-09")
    assert tuesday.clock("15:01", "T1-04") == ("running", "2026-06-12T00:00:00+08:00", 0)
    assert tuesday.case("15:01")["state"] == "requirement_accepted"
    assert forms(story, "2026-06-09", "15:01") == {"form_apply": "complete"}


def test_step_2_no_discussion_before_the_first_form_is_signed(story: Story) -> None:
    first_step(story)
    tuesday = story.on("2026-06-09")
    tuesday.do("15:00", "gu", "record", case=1001, scenario="出院当天打印")
    act(story, "2026-06-09 15:00", "fan", "requirement_accepted")
    typed = {"form": "form_apply", "doc_no": "REQ-214-1"}
    tuesday.do("15:00", "song", "fill_form", case=1001, **typed)
    refusal = tuesday.refused("15:01", "fan", "act", case=1001, act="requirement_discussed")
    assert (refusal["rule"], refusal["clause"]) == ("F1-12", "001 P5 2.2.9(4)")
    assert "requirement application" in refusal["message"]
    assert forms(story, "2026-06-09", "15:01") == {"form_apply": "signed_by_hospital"}


def test_step_3_two_hours_go_on_after_the_close_of_business(story: Story) -> None:
    second_step(story)
    act(story, "2026-06-11 10:00", "fan", "requirement_discussed")
    act(story, "2026-06-11 16:45:00", "fan", "solution_received")
    thursday = story.on("2026-06-11")
    due = thursday.due("18:45:00")
    assert thursday.clock("10:00", "T1-04")[0] == "met"
    assert thursday.clock("18:00:01", "T1-05") == ("running", due, 0)
    assert thursday.clock("18:45:00", "T1-05") == ("amber", due, 0)
    assert thursday.clock("18:45:01", "T1-05") == ("breached", due, 1)


def test_step_3_mail_alone_is_half_of_it(story: Story) -> None:
    third_step(story)
    thursday = story.on("2026-06-11")
    for time, progress, state in (("17:10", "1/2", "running"), ("18:20", "2/2", "met")):
        clocks = thursday.case(time)["timers"]
        [clock] = [one for one in clocks if one["rule"] == "T1-05"]
        assert (clock["progress"], clock["state"]) == (progress, state)
    rows = [row for row in thursday.case("18:20")["notices"] if row["notice"] == "solution"]
    assert [(row["person"], row["channel"]) for row in rows] == [("gu", "mail"), ("gu", "phone")]
    assert [row["reached"] is not None for row in rows] == [False, True]


def test_step_4_development_waits_for_the_second_form(story: Story) -> None:
    third_step(story)
    friday = story.on("2026-06-12")
    for key in ("development_started", "updated"):
        refusal = friday.refused("09:00", "fan", "act", case=1001, act=key)
        assert (refusal["rule"], refusal["clause"]) == ("F1-13", "001 P5 2.2.9(4)")
    refusal = friday.refused("09:00", "song", "fill_form", case=1001, form="form_verify")
    assert (refusal["rule"], "requirement solution" in refusal["message"]) == ("F1-14", True)


def test_step_4_the_friday_mail_finds_progress_and_risk(story: Story) -> None:
    fourth_step(story)
    values = story.on("2026-06-12").case("18:00")["values"]
    assert (values["progress"], values["completion_risk"]) == ("方案已告知现场", "low")
    [mail] = story.duties("2026-06-12 09:00", "2026-06-12", "2026-06-12", "T1-06")
    assert (mail["due"], mail["person"]) == ("2026-06-13T00:00:00+08:00", "fan")


def test_step_4_the_friday_mail_lists_it_with_progress_and_risk(story: Story) -> None:
    fourth_step(story)
    agenda = story.agenda("2026-06-12 18:00", "friday_mail", "2026-06-12")
    [item] = agenda["requirements"]
    assert (item["case"], item["customer"], item["state"]) == (
        1001,
        "市一医院 信息科",
        "solution given",
    )
    assert item["values"] == {
        "req_no": "REQ-214",
        "department": "心内科",
        "req_state": "solution given",
        "progress": "方案已告知现场",
        "completion_risk": "low",
    }
    words = ("show", "duties", "friday_mail", "--from", "2026-06-12", "--to", "2026-06-12")
    shown = story.console(*words, who="lin", at="2026-06-12 18:00").out
    assert "progress: 方案已告知现场, completion risk: low" in shown
    assert "goes to 顾驻院 Gu, 石经理 Shi, 董副经理 Dong, 许组长 Xu" in shown


def test_step_5_the_friday_mail_keeps_its_date_on_a_holiday(story: Story) -> None:
    [mail] = story.duties("2026-06-17 09:00", "2026-06-19", "2026-06-19", "T1-06")
    assert (mail["day"], mail["due"]) == ("2026-06-19", "2026-06-20T00:00:00+08:00")
    assert mail["remind"] == "2026-06-18T08:30:00+08:00"


def test_step_6_the_effect_call_opens_and_is_due_on_the_seventh_day(story: Story) -> None:
    fourth_step(story)
    due = "2026-06-26T00:00:00+08:00"
    act(story, "2026-06-24 17:00", "song", "effect_asked", effect="ok")
    assert story.on("2026-06-24").clock("17:00", "T1-08")[:2] == ("amber", due)
    act(story, "2026-06-25 00:00", "song", "effect_asked", effect="ok")
    assert story.on("2026-06-25").clock("00:00", "T1-08") == ("met", due, 0)


def test_step_6_not_ok_opens_a_second_cycle_for_the_same_owner(story: Story) -> None:
    sixth_step(story)
    case = story.on("2026-06-25").case("10:30")
    assert (case["case"], case["cycle"], case["owner"]) == (1001, 2, "gu")
    assert case["state"] == "reopened"
    assert case["facts"][-1]["body"] == {"reason": "effect_not_ok"}
    clock = next(one for one in case["timers"] if one["rule"] == "T1-08")
    assert (clock["state"], clock["cycle"], clock["breached_by"]) == ("met", 1, 0)


def test_step_6_the_third_form_is_unsigned_again_and_the_others_are_not(story: Story) -> None:
    fourth_step(story)
    assert forms(story, "2026-06-24", "10:00")["form_verify"] == "complete"
    sixth = story.on("2026-06-25")
    act(story, "2026-06-25 10:30", "song", "effect_asked", effect="not_ok")
    sixth.do("10:30", "song", "reopen", case=1001, reason="effect_not_ok")
    standing = {"form_apply": "complete", "form_solution": "complete"}
    assert forms(story, "2026-06-25", "10:30") == standing
    missing = sixth.case("10:30")["missing"]
    assert {"verified_before_closed", "effect_before_closed"} <= missing.keys()
    act(story, "2026-06-26 09:00", "fan", "development_started")
    act(story, "2026-06-26 15:00", "gu", "updated")
    assert story.on("2026-06-26").clock("15:00", "T1-08")[1] == "2026-07-04T00:00:00+08:00"


def test_step_6_it_is_closed_only_when_the_effect_is_ok(story: Story) -> None:
    sixth_step(story)
    act(story, "2026-06-25 15:00", "gu", "updated")
    friday = story.on("2026-06-26")
    friday.do("16:30", "gu", "resolve", case=1001, text="两个模板已改")
    friday.do("16:30", "gu", "confirm", case=1001, who="信息科", satisfied="yes")
    assert friday.refused("16:40", "gu", "close", case=1001, reason="x")["rule"] == "F1-14"
    signed(story, "2026-06-26 17:00", "form_verify", "REQ-214-4")
    assert friday.refused("17:00", "gu", "close", case=1001, reason="x")["rule"] == "T1-08"
    act(story, "2026-07-02 10:00", "song", "effect_asked", effect="ok")
    story.on("2026-07-02").do("10:30", "gu", "close", case=1001)
    assert story.on("2026-07-02").case("10:30")["state"] == "closed"


def test_step_6_it_is_open_for_the_next_mail_and_the_bulletin(story: Story) -> None:
    sixth_step(story)
    [row] = story.console.json("show", "board", at="2026-06-26 09:00")
    assert (row["case"], row["state"], row["marks"]) == (1001, "reopened", ["reopened"])
    [mail] = story.duties("2026-06-26 09:00", "2026-06-26", "2026-06-26", "T1-06")
    assert mail["due"] == "2026-06-27T00:00:00+08:00"
    [bulletin] = story.duties("2026-06-26 09:00", "2026-07-01", "2026-07-01", "T1-07")
    assert (bulletin["period"], bulletin["due"]) == ("2026-06", "2026-07-01T18:00:00+08:00")


def test_step_6_the_next_mail_and_the_bulletin_list_it_again(story: Story) -> None:
    sixth_step(story)
    mail = story.agenda("2026-06-26 16:00", "friday_mail", "2026-06-26")
    [item] = mail["requirements"]
    assert (item["case"], item["state"]) == (1001, "reopened")
    bulletin = story.agenda("2026-07-01 09:00", "requirement_bulletin", "2026-07-01")
    assert [item["case"] for item in bulletin["not_closed"]] == [1001]
    assert [item["case"] for item in bulletin["new"]] == [1001]
    assert bulletin["at_risk"] == []


def test_the_whole_story_is_sound(story: Story) -> None:
    sixth_step(story)
    assert story.is_sound()
