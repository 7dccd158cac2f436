"""A case, folded from its facts."""

from __future__ import annotations

import pytest

from console.domain.case import BUILT_IN, Case, fold
from console.domain.states import STATES, state_after
from tests.domain.hotline import MINUTE, Elapsed, Hotline, at, fact

ENDED = at("09:19:00")


@pytest.fixture
def hotline() -> Hotline:
    return Hotline()


def test_the_first_who_was_asked_owns_the_case_for_good(hotline: Hotline) -> None:
    case = hotline.classified(ENDED)
    hotline.do("take_custody", "zhou", ENDED + 30, case=1001)
    hotline.do("assign", "zhou", ENDED + 40, case=1001, to="wen", tracker="tan")
    case = hotline.case(1001)
    roles = [case.attributes[role] for role in ("owner", "assignee", "tracker", "custodian")]
    assert roles == ["lin", "wen", "tan", "zhou"]


def test_only_an_explicit_change_moves_the_owner() -> None:
    world = Hotline()
    opened = fact(1, "case_opened", ENDED, line="small")
    changed = fact(2, "owner_changed", ENDED, owner="zhou")
    assert fold(1001, [opened], world.rulebook, Elapsed()).owner == "lin"
    assert fold(1001, [opened, changed], world.rulebook, Elapsed()).owner == "zhou"


def test_what_a_person_is_to_a_case(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    case = hotline.case(1001)
    people = ("he", "tan", "lin", "zhou", "")
    assert [case.role_of(p) for p in people] == ["assignee", "tracker", "owner", "other", "other"]
    hotline.do("assign", "lin", ENDED + 40, case=1001, to="lin")
    assert hotline.case(1001).role_of("lin") == "assignee"


def test_how_far_a_case_has_come(hotline: Hotline) -> None:
    states = []

    def do(name: str, who: str, second: int, /, **typed: object) -> None:
        hotline.do(name, who, ENDED + second, case=1001, **typed)
        states.append(hotline.case(1001).state)

    case = hotline.open(ENDED)
    states.append(case.state)
    do("classify", "lin", 10, category="technical", province="湖南")
    do("assign", "lin", 20, to="he")
    do("acknowledge", "he", 30)
    do("contact", "he", 40)
    do("verify", "lin", 50, answer="yes")
    do("contact", "he", 60)
    do("start_work", "he", 70)
    do("resolve", "he", 80, text="advice", advice="yes")
    do("resolve", "he", 90, text="done")
    do("confirm", "lin", 100, who="Peng", satisfied="no")
    do("resolve", "he", 110, text="done")
    do("confirm", "lin", 120, who="Peng")
    assert states == [
        "recorded",
        "classified",
        "dispatched",
        "acknowledged",
        "contacted",
        "verified",
        "verified",
        "in_progress",
        "advised",
        "solved",
        "in_progress",
        "solved",
        "confirmed",
    ]


def test_a_case_goes_forward_only() -> None:
    for state in STATES:
        for kind in ("recorded", "classified", "assigned", "customer_contacted", "noted"):
            after = state_after(state, fact(1, kind, 0))
            assert list(STATES).index(after) >= list(STATES).index(state) or state == "reopened"
    assert state_after("reopened", fact(1, "assigned", 0)) == "dispatched"
    assert state_after("reopened", fact(1, "classified", 0)) == "reopened"
    assert state_after("contacted", fact(1, "contact_verified", 0, answer=False)) == "contacted"


def test_reopening_begins_a_cycle_and_keeps_number_and_owner(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    for name, who, typed in (
        ("resolve", "he", {"text": "done"}),
        ("confirm", "lin", {"who": "Peng"}),
        ("record", "lin", {"cause": "wear"}),
        ("close", "lin", {"reason": "told by phone"}),
    ):
        hotline.do(name, who, ENDED + MINUTE, case=1001, **typed)
    closed = hotline.case(1001)
    assert (closed.is_open, closed.closed_at) == (False, ENDED + MINUTE)
    hotline.do("reopen", "zhou", ENDED + 2 * MINUTE, case=1001, reason="not_satisfied")
    case = hotline.case(1001)
    assert (case.number, case.owner, case.assignee) == (1001, "lin", "he")
    assert (case.state, case.value("cycle"), case.closed_at) == ("reopened", 2, None)
    assert case.happened("confirmed") is None
    assert case.happened("reopened") is not None


def test_values_and_versions() -> None:
    world = Hotline()
    facts = [
        fact(1, "case_opened", ENDED, line="small", values={"grid": "none"}),
        fact(2, "filled", ENDED, values={"grid": "state", "qty": 3}),
        fact(3, "urged", ENDED),
        fact(7, "urged", ENDED),
    ]
    case = fold(1001, facts, world.rulebook, Elapsed())
    assert (case.value("grid"), case.value("qty"), case.value("urged")) == ("state", 3, 2)
    assert (case.version, case.subject, case.opened_at) == (7, "case:1001", ENDED)
    assert case.value("nothing") is None


def test_an_empty_case_has_every_built_in_attribute() -> None:
    world = Hotline()
    case = Case(1001, world.rulebook, Elapsed())
    assert set(case.attributes) == BUILT_IN
    assert (case.state, case.is_open, case.running()) == ("open", True, [])


def test_unknown_facts_change_nothing_but_stay_readable() -> None:
    world = Hotline()
    opened = fact(1, "case_opened", ENDED, line="small")
    case = fold(1001, [opened], world.rulebook, Elapsed())
    before = dict(case.attributes)
    case.apply(fact(2, "invented_by_a_newer_version", ENDED, line="other"))
    assert case.attributes == before
    assert [f.kind for f in case.facts] == ["case_opened", "invented_by_a_newer_version"]


def test_a_case_of_a_line_that_is_gone_can_still_be_read() -> None:
    facts = [
        fact(1, "case_opened", ENDED),
        fact(2, "classified", ENDED, line="gone", category="technical", division="pile"),
        fact(3, "filled", ENDED, values={"device": "X1"}),
    ]
    case = fold(1001, facts, Hotline().rulebook, Elapsed())
    assert (case.line, case.category, case.value("device")) == ("gone", "technical", "X1")
    assert case.rules.category("technical") is None
    assert case.is_open
