"""Gates: what may not happen before other things have."""

from __future__ import annotations

import pytest

from console.domain.facts import Draft
from console.domain.gates import check, listed, open_gates
from console.domain.refusal import RefusedError
from console.domain.words import L, M
from console.speech import Speech
from tests.domain.hotline import Hotline, at

ENDED = at("09:19:00")
say = Speech("en").say


@pytest.fixture
def hotline() -> Hotline:
    return Hotline()


def test_a_shut_gate_says_what_is_missing_and_what_to_do(hotline: Hotline) -> None:
    hotline.open(ENDED, need="")
    hotline.do("classify", "lin", ENDED + 10, case=1001, category="technical", province="湖南")
    with pytest.raises(RefusedError) as caught:
        check(hotline.case(1001), Draft("case:1001", "assigned", {"assignee": "he"}), ENDED + 20)
    refusal = caught.value.refusal
    assert (refusal.rule, refusal.clause) == ("F-01", "small 5")
    assert say(refusal.message) == "not yet: recorded before dispatch. Missing: record complete"
    assert say(refusal.remedy) == "Complete the record first."


def test_an_open_gate_lets_through(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    case = hotline.case(1001)
    check(case, Draft("case:1001", "assigned", {"assignee": "he"}), ENDED)
    check(case, Draft("case:1001", "noted", {}), ENDED)
    assert [gate.key for gate, _ in open_gates(case)] == ["confirmed"]


def accident(hotline: Hotline, **values: object) -> list[str]:
    hotline.classified(ENDED)
    hotline.do("record", "lin", ENDED + 30, case=1001, accident="yes", **values)
    return [say(part) for gate, parts in open_gates(hotline.case(1001)) for part in parts]


def test_a_gate_may_ask_for_fields_under_a_condition(hotline: Hotline) -> None:
    assert accident(hotline) == ["confirmed by customer", "grid", "quantity"]
    refusal = hotline.refusal("resolve", "he", ENDED + 40, case=1001, text="done")
    assert refusal.rule == "F-02"
    assert say(refusal.message) == "not yet: grid known. Missing: grid, quantity"


def test_a_gate_may_be_lifted_by_another_condition(hotline: Hotline) -> None:
    assert accident(hotline, province="海外") == ["confirmed by customer"]
    hotline.do("resolve", "he", ENDED + 40, case=1001, text="done")


def test_nought_is_a_value(hotline: Hotline) -> None:
    assert accident(hotline, grid="none", qty=0) == ["confirmed by customer"]


def test_what_happened_before_a_reopening_opens_no_gate(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    hotline.do("record", "lin", ENDED + 30, case=1001, cause="wear")
    for n in range(2):
        refusal = hotline.refusal("close", "lin", ENDED + 40, case=1001, reason="x")
        assert (refusal.rule, refusal.clause) == ("D-23", "house 1")
        hotline.do("resolve", "he", ENDED + 50 + n, case=1001, text="done")
        hotline.do("confirm", "lin", ENDED + 60 + n, case=1001, who="Peng")
        hotline.do("close", "lin", ENDED + 70 + n, case=1001, reason="x")
        hotline.do("reopen", "lin", ENDED + 80 + n, case=1001, reason="repeat_call")


def test_a_confirmation_taken_back_shuts_the_gate_again(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    hotline.do("record", "lin", ENDED + 30, case=1001, cause="wear")
    hotline.do("resolve", "he", ENDED + 50, case=1001, text="done")
    hotline.do("confirm", "lin", ENDED + 60, case=1001, who="Peng")
    hotline.do("confirm", "lin", ENDED + 70, case=1001, who="Peng", satisfied="no")
    assert hotline.refusal("close", "lin", ENDED + 80, case=1001, reason="x").rule == "D-23"


def test_several_things_in_one_sentence() -> None:
    assert say(listed([L("甲", "a"), M("b"), L("丙", "c")])) == "a, b, c"
