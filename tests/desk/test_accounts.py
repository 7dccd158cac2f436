"""Accounts as an administrator looks after them; PINs; who is seen where."""

from __future__ import annotations

import pytest

from console.desk import Desk, Who
from console.domain.people import SYSTEM
from console.domain.refusal import RefusedError
from tests.installations import OPENING

LEAD = Who("lin", "1")


def owning(desk: Desk, person: str) -> int:
    """A case somebody owns."""
    return desk.do("open", {"number": OPENING["contact_phone"], **OPENING}, Who(person)).case


def test_owners_who_left_then_those_away_then_everybody(desk: Desk) -> None:
    owning(desk, "qin")
    owning(desk, "zhou")
    desk.do("change_person", {"person": "qin", "active": False}, LEAD)
    desk.do("change_person", {"person": "ye", "active": False}, LEAD)
    accounts = desk.accounts(LEAD)
    assert [(one.person.key, one.owns) for one in accounts[:2]] == [("qin", 1), ("zhou", 1)]
    assert accounts[-1].person.key == "ye"
    assert [one.is_missed for one in accounts[:3]] == [True, True, False]


def test_who_is_at_a_seat_is_not_missed(desk: Desk) -> None:
    owning(desk, "zhou")
    desk.sit_down(Who("zhou", "2"), desk.now(), 1001)
    account = next(one for one in desk.accounts(LEAD) if one.person.key == "zhou")
    assert (account.standing, account.is_missed, account.seats[0].case) == ("here", False, 1001)
    assert desk.others_at(1001, LEAD) == list(account.seats)
    assert desk.others_at(1001, Who("zhou", "2")) == []
    assert desk.others_at(1002, LEAD) == []
    desk.stand_up()
    desk.stand_up()
    account = next(one for one in desk.accounts(LEAD) if one.person.key == "zhou")
    assert (account.standing, account.is_missed) == ("away", True)


@pytest.mark.parametrize(("role", "may"), [("admin", True), ("area_lead", True), ("duty", False)])
def test_who_may_look(desk: Desk, role: str, may: bool) -> None:
    desk.do("add_person", {"person": "x", "name": "X", "roles": role}, Who(SYSTEM.key))
    if may:
        assert len(desk.accounts(Who("x"))) == len(desk.people())
        return
    with pytest.raises(RefusedError) as refused:
        desk.accounts(Who("x"))
    assert refused.value.refusal.clause == "rulebook 5.1"


def test_everybody_sets_their_own_pin_and_an_administrator_any(desk: Desk) -> None:
    desk.set_pin("zhou", "2468", Who("zhou"))
    assert desk.has_pin("zhou")
    desk.set_pin("qin", "2468", LEAD)
    assert desk.has_pin("qin")
    with pytest.raises(RefusedError) as refused:
        desk.set_pin("qin", "1357", Who("zhou"))
    assert refused.value.refusal.clause == "rulebook 5.1"
    with pytest.raises(RefusedError):
        desk.set_pin("nobody", "2468", LEAD)


def test_the_cases_of_an_owner_with_whoever_is_to_have_them(desk: Desk) -> None:
    first, second = owning(desk, "zhou"), owning(desk, "zhou")
    owning(desk, "qin")
    desk.do("hand_over_owner", {"case": second, "to": "qin", "reason": "leave"}, LEAD)
    desk.do("offer_transfer", {"case": first, "to": "tan", "summary": "x"}, Who("zhou"))
    owned = {row.case: successor for row, successor in desk.owned_by("zhou")}
    assert owned == {first: "", second: "qin"}


def test_an_emptied_field_is_taken_away_and_a_name_is_not(desk: Desk) -> None:
    typed = {"person": "zhou", "extension": "", "roles": "", "name": "", "active": ""}
    desk.do("change_person", typed, LEAD)
    person = desk.directory.get("zhou")
    assert person is not None
    assert (person.extension, person.roles) == ("", frozenset())
    assert (person.name, person.active) == ("周宁 Zhou", True)
