"""S-03: the Friday before a holiday, a complaint and a price inquiry within six minutes."""

from __future__ import annotations

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day

COMPLAINT, QUOTE = 1001, 1002
SETTLING = {"settle", "compensate", "close"}

MS_GUO = {
    "contact_name": "郭",
    "honorific": "女士",
    "employer": "南昌变电承包",
    "reason": "投诉现场工程师的态度",
    "product": "distribution_device",
    "product_state": "环网柜",
    "need": "道歉",
}
CABINET = {
    "contact_name": "何",
    "employer": "园区",
    "reason": "询价",
    "product": "storage_system",
    "product_state": "200 kWh 储能柜",
    "need": "报价",
}


@pytest.fixture
def day(console: CommandLine) -> Day:
    return Day(console, "2026-04-03")


def call(day: Day, key: str, number: str, rang: str, ended: str, **values: str) -> None:
    day.do(rang, "zhou", "ring", number=number, call=key)
    day.do(rang, "zhou", "answer", call=key)
    day.do(rang, "zhou", "open", call=key, **values)
    day.do(ended, "zhou", "end_call", call=key)


def first_step(day: Day) -> None:
    call(day, "a", "079155504411", "17:46:00", "17:52:00", **MS_GUO)
    typed = {"category": "complaint", "division": "distribution", "province": "江西"}
    day.do("17:52:30", "zhou", "classify", case=COMPLAINT, **typed)
    day.do("17:52:40", "zhou", "assign", case=COMPLAINT, to="wen")


def second_step(day: Day) -> None:
    first_step(day)
    call(day, "b", "075555509528", "17:53:30", "17:58:00", **CABINET)
    day.do("17:58:20", "zhou", "classify", case=QUOTE, category="quote", province="广东")
    day.do("17:58:30", "zhou", "assign", case=QUOTE)


def third_step(day: Day) -> None:
    second_step(day)
    day.do("18:05:00", "wen", "contact", case=COMPLAINT)
    day.do("18:06:00", "zhou", "verify", case=COMPLAINT, answer="yes")
    day.do("18:12:30", "zhou", "verify", case=QUOTE, answer="no")
    day.do("18:21:00", "mei", "contact", case=QUOTE)


def test_step_1_the_close_of_business_does_not_stop_a_quarter_of_an_hour(day: Day) -> None:
    first_step(day)
    for rule in ("T0-01", "T0-02"):
        assert day.clock("18:00:01", rule) == ("running", day.due("18:07:00"), 0)
        assert day.clock("18:07:00", rule)[0] == "amber"
        assert day.clock("18:07:01", rule) == ("breached", day.due("18:07:00"), 1)


def test_step_1_manager_and_support_are_told(day: Day) -> None:
    first_step(day)
    assert day.told("17:52:41") == [
        ("classified", "dgm", "tao", "sent"),
        ("classified", "support_engineer", "tan", "sent"),
        ("assigned", "assignee", "wen", "sent"),
    ]


def test_step_1_the_operator_may_advise_and_nothing_else(day: Day) -> None:
    first_step(day)
    offered = set(day.case("17:53:00", who="zhou")["offered"])
    assert not SETTLING & offered
    assert "advise_complaint" in offered
    for command, typed in (
        ("settle", {"text": "x"}),
        ("compensate", {"text": "x"}),
        ("close", {"reason": "x"}),
    ):
        refusal = day.refused("17:53:00", "zhou", command, case=COMPLAINT, **typed)
        assert (refusal["rule"], refusal["clause"]) == ("D-24", "002 P3C1; 000 III.3.1.5")
        assert "advise_complaint" in refusal["remedy"]
    day.do("17:53:00", "zhou", "advise_complaint", case=COMPLAINT, text="请先致歉")
    assert day.case("17:53:01")["facts"][-1]["kind"] == "advice_noted"


def test_step_1_the_officer_may_settle(day: Day) -> None:
    first_step(day)
    assert set(day.case("17:53:00", who="wen")["offered"]) >= SETTLING
    day.do("18:05:00", "wen", "settle", case=COMPLAINT, text="已致歉", apology="yes")


def test_step_2_a_price_inquiry_goes_to_marketing_and_not_to_the_manager(day: Day) -> None:
    second_step(day)
    case = day.case("17:58:31", QUOTE)
    assert (case["category"], case["division"]) == ("quote", "marketing_centre")
    assert (case["owner"], case["assignee"], case["tracker"]) == ("zhou", "mei", "")
    assert day.told("17:58:31", QUOTE) == [
        ("quote", "marketing_contact", "mei", "sent"),
        ("assigned", "assignee", "mei", "sent"),
    ]
    for rule in ("T0-01", "T0-02"):
        assert day.clock("17:58:31", rule, QUOTE) == ("running", day.due("18:13:00"), 0)


def test_step_3_the_complaint_is_answered_in_time(day: Day) -> None:
    third_step(day)
    assert day.case("18:30:00")["state"] == "verified"
    for rule, stopped in (("T0-01", "18:05:00"), ("T0-02", "18:06:00")):
        clock = next(t for t in day.case("18:30:00")["timers"] if t["rule"] == rule)
        assert (clock["state"], clock["stopped"]) == ("met", day.due(stopped))


def test_step_3_no_means_urge(day: Day) -> None:
    second_step(day)
    answer = day.do("18:12:30", "zhou", "verify", case=QUOTE, answer="no")
    assert [fact["kind"] for fact in answer["facts"]] == [
        "contact_verified",
        "urged",
        "notice_raised",
    ]
    assert answer["facts"][1]["body"]["who"] == "mei"
    urged = day.case("18:12:31", QUOTE)["notices"][-2:]
    assert [(row["person"], row["channel"]) for row in urged] == [
        ("mei", "console"),
        ("mei", "phone"),
    ]
    assert not {row["person"] for row in day.case("18:12:31", QUOTE)["notices"]} & {"tao", "tan"}


def test_step_3_broken_the_second_after_it_was_due_and_counting(day: Day) -> None:
    third_step(day)
    for rule in ("T0-01", "T0-02"):
        assert day.clock("18:13:00", rule, QUOTE) == ("amber", day.due("18:13:00"), 0)
        assert day.clock("18:13:01", rule, QUOTE) == ("breached", day.due("18:13:00"), 1)
        assert day.clock("18:20:59", rule, QUOTE) == ("breached", day.due("18:13:00"), 479)


def test_step_3_a_breach_of_eight_minutes_is_kept(day: Day) -> None:
    third_step(day)
    assert day.clock("18:21:00", "T0-01", QUOTE) == ("late", day.due("18:13:00"), 480)
    assert day.clock("23:59:59", "T0-01", QUOTE) == ("late", day.due("18:13:00"), 480)
    why = day.console.json("why", str(QUOTE), "T0-01", at=day.at("20:00:00"))["why"]
    assert why[0][-1].endswith(", 8 min late")
    assert day.clock("18:22:00", "T0-02", QUOTE) == ("breached", day.due("18:13:00"), 540)
    day.do("18:22:00", "zhou", "verify", case=QUOTE, answer="yes")
    assert day.clock("20:00:00", "T0-02", QUOTE) == ("late", day.due("18:13:00"), 540)
    assert day.case("18:22:00", QUOTE)["state"] == "verified"


def test_the_whole_story_is_sound(day: Day) -> None:
    third_step(day)
    assert day.console("verify").code == 0
