"""A telephone customer complains: the rep tries on the line, the engineer next, the supervisor
coordinates, the manager visits; answered twice, followed up, closed by the supervisor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day
from tests.stories.lines import Story, enable

CUSTOMER = {
    "line": "iptel",
    "known": "yes",
    "contact_name": "韩",
    "employer": "海淀某贸易公司",
    "account_no": "HD-2041",
    "cust_class": "key",
    "line_kind": "ip",
    "product": "直拨",
    "reason": "天天断线",
    "need": "恢复",
    "matter": "天天断线，无人回电",
}
COORDINATED = "004 9.2 C(2)"


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "iptel")
    return Story(console)


def tuesday(story: Story) -> Day:
    return story.on("2026-09-15")


def act(day: Day, time: str, who: str, key: str, **typed: Any) -> None:
    day.do(time, who, "act", case=1001, act=key, **typed)


def states(day: Day, time: str) -> dict[str, str]:
    return {one["key"]: one["state"] for one in day.case(time)["timers"]}


def told(day: Day, time: str, notice: str) -> list[tuple[str, str]]:
    rows = day.case(time)["notices"]
    return [(row["person"], row["channel"]) for row in rows if row["notice"] == notice]


def received(story: Story) -> None:
    day = tuesday(story)
    day.do("09:00:00", "chu", "ring", number="010-5550-2041", call="a")
    day.do("09:00:10", "chu", "answer", call="a")
    day.do("09:02:00", "chu", "open", call="a", **CUSTOMER)
    typed = {"category": "complaint", "sub_kind": "complaint"}
    day.do("09:03:00", "chu", "classify", case=1001, **typed)


def with_the_engineer(story: Story) -> None:
    received(story)
    offer = {"to": "mo", "summary": "天天断线，重启无效"}
    tuesday(story).do("09:05:00", "chu", "offer_transfer", case=1001, **offer)
    tuesday(story).do("09:05:30", "mo", "accept_transfer", case=1001)


def coordinated(story: Story) -> None:
    with_the_engineer(story)
    day = tuesday(story)
    act(day, "09:20", "mo", "complaint_unsolved", text="线路侧故障")
    act(day, "10:00", "guan", "complaint_taken")
    act(day, "10:10", "guan", "complaint_passed", department="技术支持组")
    act(day, "10:30", "guan", "complaint_planned", plan="换线路", due="2026-09-16 18:00")


def rectified(story: Story) -> None:
    coordinated(story)
    put_right(story)


def put_right(story: Story) -> None:
    act(story.on("2026-09-16"), "16:00", "mo", "rectified", text="线路已换")
    story.on("2026-09-16").do("16:01", "mo", "resolve", case=1001, text="线路已换")


def ready_to_close(story: Story) -> Day:
    rectified(story)
    day = story.on("2026-09-17")
    day.do("09:00", "guan", "settle", case=1001, text="致歉，线路已换", satisfied="no")
    act(day, "09:30", "long", "manager_visited", text="当面致歉")
    act(day, "10:00", "chu", "crm_entered", crm_no="C-1001")
    act(day, "10:30", "guan", "complaint_followed_up", satisfied="no")
    return day


def test_the_engineer_is_on_the_telephone_with_the_customer(story: Story) -> None:
    with_the_engineer(story)
    assert told(tuesday(story), "09:05:00", "live_transfer") == [("mo", "phone")]
    case = tuesday(story).case("09:05:30")
    assert (case["owner"], case["assignee"]) == ("chu", "mo")


def test_a_mail_is_no_live_transfer(story: Story) -> None:
    day = tuesday(story)
    day.do("09:02:00", "chu", "open", channel="mail", contact_phone="01055502041", **CUSTOMER)
    day.do("09:03:00", "chu", "classify", case=1001, category="complaint", sub_kind="complaint")
    day.do("09:05:00", "chu", "offer_transfer", case=1001, to="mo", summary="断线")
    assert told(day, "09:05:00", "live_transfer") == []


def test_what_neither_solves_the_supervisor_coordinates(story: Story) -> None:
    with_the_engineer(story)
    day = tuesday(story)
    act(day, "09:20", "mo", "complaint_unsolved", text="线路侧故障")
    assert told(day, "09:20", "complaint_unsolved") == [("guan", "console"), ("guan", "phone")]
    assert states(day, "09:20")["coordinate"] == "running"
    refusal = day.refused("09:30", "chu", "act", case=1001, act="complaint_taken")
    assert refusal["clause"] == COORDINATED
    act(day, "10:00", "guan", "complaint_taken")
    assert states(day, "10:00")["coordinate"] == "met"
    refusal = day.refused("10:20", "mo", "act", case=1001, act="rectified")
    assert (refusal["rule"], refusal["clause"]) == ("W-07", COORDINATED)


def test_the_plan_is_kept_to_its_time(story: Story) -> None:
    coordinated(story)
    day = story.on("2026-09-16")
    [plan] = [one for one in day.case("15:00")["timers"] if one["key"] == "rectify"]
    assert plan["due"] == day.due("18:00")
    put_right(story)
    assert states(day, "16:00")["rectify"] == "met"
    assert states(day, "16:00")["answer_complaint"] == "running"


def test_reps_and_engineers_advise_and_settle_nothing(story: Story) -> None:
    rectified(story)
    day = story.on("2026-09-16")
    for who in ("chu", "dai", "mo", "hui"):
        refusal = day.refused("16:10", who, "settle", case=1001, text="x")
        assert (refusal["rule"], refusal["clause"]) == ("D-24", "004 9.3 A(2), 9.4 A(2)")
    day.do("16:11", "chu", "advise_complaint", case=1001, text="先致歉")


def test_another_round_until_the_customer_is_satisfied(story: Story) -> None:
    day = ready_to_close(story)
    assert states(day, "10:30")["next_answer"] == "running"
    assert told(day, "10:30", "finding") == [("long", "console"), ("chu", "console")]
    day.do("11:00", "guan", "confirm", case=1001, who="韩", satisfied="yes")
    refusal = day.refused("11:01", "guan", "close", case=1001, reason="x")
    assert (refusal["rule"], refusal["clause"]) == ("W-07", COORDINATED)
    friday = story.on("2026-09-18")
    friday.do("09:00", "guan", "settle", case=1001, text="减免月费", satisfied="yes")
    act(friday, "09:10", "guan", "complaint_followed_up", satisfied="yes")
    act(friday, "09:11", "guan", "satisfaction_rated", satisfaction="4", rated_by="phone")
    assert states(friday, "09:11")["next_answer"] == "met"
    friday.do("09:20", "guan", "close", case=1001, reason="已办结")
    assert friday.case("09:20")["state"] == "closed"


def test_nobody_makes_it_disappear(story: Story) -> None:
    received(story)
    day = tuesday(story)
    for who in ("chu", "guan"):
        typed = {"category": "service", "sub_kind": "consultation"}
        assert day.refused("09:10", who, "classify", case=1001, **typed)["rule"] == "W-07"
    day.do("09:11", "guan", "classify", case=1001, category="service", because="误分类")


def test_what_is_called_a_complaint_is_classified_as_one(story: Story) -> None:
    day = tuesday(story)
    day.do("09:02:00", "chu", "open", contact_phone="01055502041", **CUSTOMER)
    day.do("09:03:00", "chu", "classify", case=1001, category="service", sub_kind="complaint")
    assert day.refused("09:04", "chu", "assign", case=1001, to="dai")["rule"] == "W-07"


def test_it_is_in_the_weekly_reports_of_the_reps_and_of_nobody_elses(story: Story) -> None:
    coordinated(story)
    agenda = story.agenda("2026-09-20 20:00", "rep_1_weekly", "2026-09-20")
    [item] = agenda["complaints"]
    assert (item["case"], item["values"]["account_no"]) == (1001, "HD-2041")
    assert agenda["consultations"] == []
    later = story.agenda("2026-09-27 20:00", "rep_1_weekly", "2026-09-27")
    assert later["complaints"] == []


def test_the_whole_story_is_sound(story: Story) -> None:
    ready_to_close(story)
    story.worker("2026-09-21 09:00")
    assert story.is_sound()
