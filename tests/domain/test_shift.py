"""A shift ends: what is handed over, line by line, and what stays with whoever leaves."""

from __future__ import annotations

import pytest

from console.speech import Speech
from tests.domain.hotline import HOUSE, LINE, Hotline, at

NOON = at("12:00:00")
say = Speech("en").say


@pytest.fixture
def hotline() -> Hotline:
    world = Hotline(LINE, house=HOUSE)
    world.classified(NOON, grid="state")
    world.open(NOON + 600, who="lin", call="b")
    return world


def held(hotline: Hotline, number: int) -> tuple[str, str, str]:
    case = hotline.case(number)
    return case.owner, case.value("custodian"), case.value("relief")


def test_handing_over_offers_every_case_and_moves_none(hotline: Hotline) -> None:
    facts = hotline.do("hand_over", "lin", NOON + 900, to="zhou", expected="佛山来访")
    assert [fact.kind for fact in facts] == [
        "custody_offered",
        "custody_offered",
        "shift_handed_over",
    ]
    assert facts[-1].body == {
        "to": "zhou",
        "cases": [1001, 1002],
        "callbacks": [],
        "expected": "佛山来访",
    }
    assert held(hotline, 1001) == ("lin", "", "zhou")


def test_what_is_taken_has_a_custodian_and_what_is_not_stays(hotline: Hotline) -> None:
    hotline.do("hand_over", "lin", NOON + 900, to="zhou")
    clocks = [(c.key, c.due) for c in hotline.case(1001).clocks]
    hotline.do("take_custody", "zhou", NOON + 910, case=1001)
    hotline.do("refuse_custody", "zhou", NOON + 920, case=1002, reason="不熟悉")
    assert held(hotline, 1001) == ("lin", "zhou", "")
    assert held(hotline, 1002) == ("lin", "", "")
    assert [(c.key, c.due) for c in hotline.case(1001).clocks] == clocks
    (gone,) = hotline.do("sign_off", "lin", NOON + 930)
    assert gone.body == {"held": [1002]}


def test_the_next_shift_passes_on_what_it_holds_and_the_owner_takes_it_back(
    hotline: Hotline,
) -> None:
    hotline.do("hand_over", "lin", NOON + 900, to="zhou")
    hotline.do("take_custody", "zhou", NOON + 910, case=1001)
    handed = hotline.do("hand_over", "zhou", NOON + 3600, to="tan")
    assert handed[-1].body["cases"] == [1001]
    hotline.do("take_custody", "tan", NOON + 3610, case=1001)
    assert held(hotline, 1001) == ("lin", "tan", "")
    hotline.do("take_custody", "lin", NOON + 7200, case=1001)
    assert held(hotline, 1001) == ("lin", "", "")


def test_handing_over_twice_offers_nothing_twice(hotline: Hotline) -> None:
    hotline.do("hand_over", "lin", NOON + 900, to="zhou")
    again = hotline.do("hand_over", "lin", NOON + 960, to="zhou")
    assert [fact.kind for fact in again] == ["shift_handed_over"]


@pytest.mark.parametrize(
    ("command", "who", "typed", "says"),
    [
        ("hand_over", "lin", {"to": "lin"}, "Nobody hands over to themselves."),
        ("hand_over", "lin", {"to": "audit"}, "audit cannot take a shift over."),
        ("take_custody", "tan", {"case": 1001}, "This case is being handed over to zhou."),
        (
            "take_custody",
            "zhou",
            {"case": 1001, "custodian": "tan"},
            "Only a shift lead gives custody to somebody else.",
        ),
        (
            "refuse_custody",
            "tan",
            {"case": 1001, "reason": "忙"},
            "This case is being handed over to zhou.",
        ),
    ],
)
def test_who_may_answer_and_who_may_not(
    hotline: Hotline, command: str, who: str, typed: dict[str, object], says: str
) -> None:
    hotline.do("hand_over", "lin", NOON + 900, to="zhou")
    refusal = hotline.refusal(command, who, NOON + 910, **typed)
    assert (refusal.rule, refusal.clause) == ("W-21", "000 III.1.2.7")
    assert say(refusal.message) == says


def test_a_missed_caller_is_taken_on_by_name(hotline: Hotline) -> None:
    hotline.do("ring", "lin", NOON + 1000, number="13955501953", call="m")
    hotline.do("miss_call", "lin", NOON + 1030, call="m")
    handed = hotline.do("hand_over", "lin", NOON + 1100, to="zhou")
    assert handed[-1].body["callbacks"] == ["+8613955501953"]
    hotline.do("take_callback", "zhou", NOON + 1110, number="13955501953")
    debt = hotline.callback("+8613955501953")
    assert (debt.taken_by, debt.open) == ("zhou", True)
