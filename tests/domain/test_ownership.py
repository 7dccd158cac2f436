"""Who took the question first owns it until a supervisor hands it over and another accepts."""

from __future__ import annotations

import pytest

from console.domain.case import Case
from console.speech import Speech
from tests.domain.hotline import HOUSE, LINE, Hotline, at

NOON = at("12:00:00")
LEAVE = {"to": "zhou", "reason": "产假"}
say = Speech("en").say


@pytest.fixture
def hotline() -> Hotline:
    world = Hotline(LINE, house=HOUSE)
    world.classified(NOON, grid="state")
    return world


def owners(case: Case) -> tuple[str, str]:
    return case.owner, case.value("successor")


def test_an_operator_cannot_give_a_case_away(hotline: Hotline) -> None:
    refusal = hotline.refusal("hand_over_owner", "zhou", NOON + 60, case=1001, **LEAVE)
    assert refusal.clause == "002 P3C1"
    assert owners(hotline.case(1001)) == ("lin", "")


def test_the_owner_stays_until_the_successor_accepts(hotline: Hotline) -> None:
    clocks = [(c.key, c.due) for c in hotline.case(1001).clocks]
    hotline.do("hand_over_owner", "boss", NOON + 60, case=1001, **LEAVE)
    assert owners(hotline.case(1001)) == ("lin", "zhou")
    changed = hotline.do("accept_ownership", "zhou", NOON + 90, case=1001)
    assert owners(hotline.case(1001)) == ("zhou", "")
    assert changed[0].body == {"owner": "zhou", "was": "lin", "by": "boss", "text": "产假"}
    assert [(c.key, c.due) for c in hotline.case(1001).clocks] == clocks


def test_who_refuses_leaves_it_with_the_owner(hotline: Hotline) -> None:
    hotline.do("hand_over_owner", "boss", NOON + 60, case=1001, **LEAVE)
    hotline.do("refuse_ownership", "zhou", NOON + 90, case=1001, reason="同日休假")
    assert owners(hotline.case(1001)) == ("lin", "")
    late = hotline.refusal("accept_ownership", "zhou", NOON + 100, case=1001)
    assert "hand_over_owner" in say(late.remedy)


def test_nobody_else_answers_for_the_successor(hotline: Hotline) -> None:
    hotline.do("hand_over_owner", "boss", NOON + 60, case=1001, **LEAVE)
    refusal = hotline.refusal("accept_ownership", "tan", NOON + 70, case=1001)
    assert (refusal.rule, say(refusal.message)) == (
        "W-04",
        "zhou is to become the owner of this case.",
    )


@pytest.mark.parametrize("successor", ["lin", "audit", "su"])
def test_only_somebody_at_work_on_cases_and_not_its_owner_can_be_named(
    hotline: Hotline, successor: str
) -> None:
    typed = {"to": successor, "reason": "产假"}
    refusal = hotline.refusal("hand_over_owner", "boss", NOON + 60, case=1001, **typed)
    assert refusal.rule == "W-04"
