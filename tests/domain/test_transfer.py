"""Passing work on: an offer, its answer, and nobody asked twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.case import Case
from console.domain.patterns import on
from console.domain.rules import Timer
from console.domain.words import L
from console.speech import Speech
from tests.domain.hotline import HOUSE, LINE, Hotline, at

NOON = at("12:00:00")
OFFER = {"to": "tan", "summary": "重启无效"}
say = Speech("en").say

ANSWER = Timer(
    "accept_transfer",
    L("接手", "accept"),
    start="transfer_offered",
    stop=(on("transfer_accepted"), on("transfer_refused"), on("assigned")),
    within="2m",
    level="soft",
    each=True,
    on_breach="transfer_returned",
)


@pytest.fixture
def hotline() -> Hotline:
    world = Hotline(LINE, house=replace(HOUSE, timers=(*HOUSE.timers, ANSWER)))
    world.classified(NOON, grid="state")
    return world


def people(case: Case) -> tuple[str, str, str]:
    return case.owner, case.assignee, case.value("receiver")


def test_an_offer_moves_nobody_and_an_answer_moves_the_assignee(hotline: Hotline) -> None:
    hotline.do("offer_transfer", "lin", NOON + 60, case=1001, **OFFER)
    assert people(hotline.case(1001)) == ("lin", "he", "tan")
    hotline.do("accept_transfer", "tan", NOON + 90, case=1001)
    assert people(hotline.case(1001)) == ("lin", "tan", "")
    assert hotline.case(1001).state == "in_progress"


def test_a_refusal_gives_it_back_to_the_owner(hotline: Hotline) -> None:
    hotline.do("offer_transfer", "he", NOON + 60, case=1001, **OFFER)
    hotline.do("refuse_transfer", "tan", NOON + 90, case=1001, reason="在忙")
    assert people(hotline.case(1001)) == ("lin", "lin", "")


def test_assigning_it_settles_the_offer(hotline: Hotline) -> None:
    hotline.do("offer_transfer", "lin", NOON + 60, case=1001, **OFFER)
    hotline.do("assign", "lin", NOON + 70, case=1001, to="mei")
    assert people(hotline.case(1001)) == ("lin", "mei", "")
    assert hotline.case(1001).clocks[-1].state(NOON + 300) == "met"


def test_the_last_second_of_two_minutes_is_in_time(hotline: Hotline) -> None:
    hotline.do("offer_transfer", "lin", NOON + 60, case=1001, **OFFER)
    late = hotline.refusal("accept_transfer", "tan", NOON + 181, case=1001)
    assert "lapsed" in say(late.message)
    hotline.do("accept_transfer", "tan", NOON + 180, case=1001)


@pytest.mark.parametrize(
    ("who", "offer", "said"),
    [
        ("zhou", OFFER, "Only those who work on a case"),
        ("lin", {**OFFER, "to": "he"}, "he cannot take"),
        ("lin", {**OFFER, "to": "audit"}, "audit cannot take"),
        ("lin", {"to": "tan"}, "needs a summary"),
        ("lin", {**OFFER, "to": "x"}, "nobody is called"),
    ],
)
def test_an_offer_that_makes_no_sense(
    hotline: Hotline, who: str, offer: dict[str, str], said: str
) -> None:
    refusal = hotline.refusal("offer_transfer", who, NOON + 60, case=1001, **offer)
    assert said in say(refusal.message)


def test_without_an_offer_nobody_answers(hotline: Hotline) -> None:
    refusal = hotline.refusal("accept_transfer", "tan", NOON + 60, case=1001)
    assert "not being offered" in say(refusal.message)
    hotline.do("offer_transfer", "lin", NOON + 60, case=1001, **OFFER)
    refusal = hotline.refusal("refuse_transfer", "lin", NOON + 70, case=1001, reason="x")
    assert "being offered to tan" in say(refusal.message)
    refusal = hotline.refusal("offer_transfer", "he", NOON + 70, case=1001, **OFFER)
    assert "already" in say(refusal.message)


def test_what_somebody_filled_in_is_his_until_a_reason_is_given(hotline: Hotline) -> None:
    assert hotline.case(1001).filled_by["grid"] == "lin"
    refusal = hotline.refusal("record", "tan", NOON + 50, case=1001, grid="none")
    assert (refusal.rule, refusal.clause) == ("W-06", "002 P3C1")
    hotline.do("classify", "zhou", NOON + 52, case=1001, category="technical", grid="none")
    hotline.do("record", "lin", NOON + 55, case=1001, grid="state")
    hotline.do("offer_transfer", "lin", NOON + 60, case=1001, **OFFER)
    hotline.do("accept_transfer", "tan", NOON + 90, case=1001)
    for command, typed in (("assign", {"to": "he"}), ("classify", {"category": "technical"})):
        refusal = hotline.refusal(command, "zhou", NOON + 95, case=1001, grid="none", **typed)
        assert (refusal.rule, refusal.clause) == ("W-06", "002 P3C1")
    refusal = hotline.refusal("record", "tan", NOON + 100, case=1001, grid="none")
    assert say(refusal.message) == "lin has filled in grid already."
    hotline.do("record", "tan", NOON + 100, case=1001, grid="state", qty="3")
    hotline.do("record", "tan", NOON + 110, case=1001, grid="none", because="客户更正")
    assert hotline.case(1001).filled_by["grid"] == "tan"
    hotline.do("record", "tan", NOON + 120, case=1001, grid="state")


def test_two_cases_are_linked_once(hotline: Hotline) -> None:
    hotline.open(NOON + 600, call="b")
    facts = hotline.do("link", "lin", NOON + 700, case=1001, to=1002)
    assert [(fact.subject, fact.body["case"]) for fact in facts] == [
        ("case:1001", 1002),
        ("case:1002", 1001),
    ]
    assert hotline.do("link", "lin", NOON + 710, case=1002, to=1001) == []
    for other in (1001, 1009):
        assert hotline.refusal("link", "lin", NOON + 720, case=1001, to=other).rule == "case"
