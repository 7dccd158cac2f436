"""Who may do what (rulebook §5.1 and §5.2): every permission, every role, through the desk.

The tables below are written from the rulebook and know nothing of those in the code: what
one of them gets wrong, the other shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from console.desk import Who
from console.domain.commands import COMMANDS
from console.domain.people import ROLE_LABELS, SYSTEM
from console.domain.permissions import PERMISSIONS
from console.domain.refusal import Refusal, RefusedError
from console.speech import Speech
from tests.desk.cast import (
    ALL,
    DESK,
    EN,
    LONGER,
    NOBODY,
    OFFICE,
    WORK,
    ZH,
    Cast,
    assert_helpful,
)

Attempt = Callable[[Cast, str], Refusal | None]


class Row(NamedTuple):
    """A row of §5.2: what is tried, who may, and the rule and clause others are refused by."""

    permission: str
    who: frozenset[str]
    rule: str
    clause: str
    attempt: Attempt
    working: bool = False
    """Whether it takes working on cases in the first place."""


def asking(key: str) -> Attempt:
    """Something the desk is asked for that is no command."""

    def attempt(house: Cast, role: str) -> Refusal | None:
        try:
            house.desk.demand(key, Who(role))
        except RefusedError as refused:
            return refused.refusal
        return None

    return attempt


def on_case(command: str, **typed: Any) -> Attempt:
    """A command about a case somebody else works on."""
    return lambda house, role: house.refusal(role, command, case=house.dispatched(), **typed)


def on_complaint(command: str, **typed: Any) -> Attempt:
    return lambda house, role: house.refusal(role, command, case=house.complaint(), **typed)


def assigning(house: Cast, role: str) -> Refusal | None:
    number = house.case()
    house.lead("classify", case=number, category="technical", division="charging_pile")
    return house.refusal(role, "assign", case=number, to="he")


def acknowledging(house: Cast, role: str) -> Refusal | None:
    number = house.dispatched(to=role if role in WORK else "he")
    return house.refusal(role, "acknowledge", case=number)


def extending(house: Cast, role: str) -> Refusal | None:
    number = house.late(role if role in WORK else "cao")
    return house.refusal(role, "extend", case=number, **LONGER)


def closing(house: Cast, role: str) -> Refusal | None:
    return house.refusal(role, "close", case=house.owned(role), reason="all said")


def closing_complaint(house: Cast, role: str) -> Refusal | None:
    number = house.complaint()
    house.do("wen", "settle", case=number, text="sorry", satisfied="yes", apology="yes")
    house.lead("confirm", case=number, who="彭工")
    return house.refusal(role, "close", case=number, reason="all said")


def regrading(house: Cast, role: str) -> Refusal | None:
    typed = {"category": "technical", "because": "misheard"}
    return house.refusal(role, "classify", case=house.complaint(), **typed)


def dropping(house: Cast, role: str) -> Refusal | None:
    house.lead("ring", number="073155502188", call=f"drop-{role}")
    house.lead("miss_call", call=f"drop-{role}")
    for _ in range(3):
        house.lead("return_call", call=f"drop-{role}", reached="no")
    return house.refusal(role, "drop_callback", call=f"drop-{role}", reason="unreachable")


def checking(house: Cast, role: str) -> Refusal | None:
    typed = {"act": "spot_checked", "result": "ok"}
    return house.refusal(role, "act", case=house.dispatched(), **typed)


def adding(house: Cast, role: str) -> Refusal | None:
    key = f"new.{role}"
    return house.refusal(role, "add_person", person=key, name="New", roles="operator")


def keyless(house: Cast, role: str) -> Refusal | None:
    """Somebody who has neither PIN nor key comes to a seat."""
    try:
        house.desk.sign_on(role)
    except RefusedError as refused:
        return refused.refusal
    return None


ROWS = {
    "answer": Row(
        "answer",
        DESK,
        "answer",
        "rulebook 5.2; W-01",
        lambda house, role: house.refusal(role, "answer", call=house.call()),
    ),
    "open a case": Row(
        "answer",
        DESK,
        "answer",
        "rulebook 5.2; W-01",
        lambda house, role: house.refusal(role, "open", need="x"),
    ),
    "classify": Row(
        "classify",
        DESK | {"complaint_officer"},
        "classify",
        "rulebook 5.2; W-03",
        on_case("classify", category="quote"),
    ),
    "dispatch": Row(
        "dispatch",
        DESK | {"support", "support_mgr", "area_lead", "req_filter", "coordinator"},
        "dispatch",
        "rulebook 5.2; W-03",
        assigning,
    ),
    "name the tracker": Row(
        "name_tracker",
        DESK | {"support", "support_mgr"},
        "name_tracker",
        "000 III.3.1.5",
        on_case("track", tracker="tan"),
    ),
    "verify": Row("verify", DESK, "T0-02", "000 III.3.1.4b", on_case("verify", answer="no")),
    "record": Row("work", WORK, "work", "rulebook 5.1", on_case("record", firmware="1.2")),
    "note": Row("work", WORK, "work", "rulebook 5.1", on_case("note", text="x")),
    "contact": Row("work", WORK, "work", "rulebook 5.1", on_case("contact")),
    "acknowledge": Row("acknowledge", WORK, "acknowledge", "W-03", acknowledging),
    "promise": Row("promise", WORK, "promise", "002 P3C1 hotline", on_case("promise", due="+30m")),
    "extend a limit": Row("extend", WORK, "W-19", "003 Art.11(2)", extending),
    "register a complaint": Row(
        "register_complaint",
        ALL,
        "",
        "",
        lambda house, role: house.refusal(role, "register_complaint", text="rude", line="power"),
    ),
    "advise on a complaint": Row(
        "advise_complaint",
        WORK,
        "advise_complaint",
        "004 9.3 A(2), 9.4 A(2)",
        on_complaint("advise_complaint", text="apologise"),
    ),
    "settle a complaint": Row(
        "settle_complaint",
        frozenset({"complaint_officer", "signer"}),
        "D-24",
        "002 P3C1; 000 III.3.1.5",
        on_complaint("settle", text="sorry", apology="yes"),
    ),
    "promise compensation": Row(
        "settle_complaint",
        frozenset({"complaint_officer", "signer"}),
        "D-24",
        "002 P3C1; 000 III.3.1.5",
        on_complaint("compensate", text="free service"),
    ),
    "close a complaint": Row(
        "settle_complaint",
        frozenset({"complaint_officer", "signer"}),
        "D-24",
        "002 P3C1; 000 III.3.1.5",
        closing_complaint,
    ),
    "close a case of one's own": Row("close_case", WORK, "W-04", "002 P3C1", closing),
    "hand ownership over": Row(
        "hand_over_owner",
        frozenset({"shift_lead", "area_lead"}),
        "W-04",
        "002 P3C1",
        on_case("hand_over_owner", to="zhou", reason="leave"),
    ),
    "give up calling back": Row(
        "drop_callback", frozenset({"shift_lead"}), "W-02", "000 III.3.1.1", dropping
    ),
    "spot check": Row(
        "spot_check", frozenset({"quality"}), "spot_checked", "rulebook W-18", checking, True
    ),
    "a duty nobody gave them": Row(
        "do_duty",
        frozenset({"shift_lead", "support_mgr", "area_lead", "coordinator", "signer"}),
        "",
        "000 III.3.1.5; 000 II.3(13)3",
        lambda house, role: house.pack(role),
    ),
    "export a list": Row(
        "export_lists",
        frozenset({"auditor", "quality"}),
        "export_lists",
        "rulebook 5.2",
        lambda house, role: house.refusal(role, "export_list", report="list", reason="audit"),
    ),
    "have somebody act for the general manager": Row(
        "delegate",
        frozenset({"admin"}),
        "delegate",
        "000 II.3(2)8",
        lambda house, role: house.refusal(
            role, "delegate", slot="gm", to="tao", until="+2d", reason="leave"
        ),
    ),
    "declare somebody else away": Row(
        "declare_away",
        frozenset({"admin", "shift_lead"}),
        "declare_away",
        "rulebook D-19",
        lambda house, role: house.refusal(role, "away", person="tao", until="+2d"),
    ),
    "sign for the centre": Row(
        "sign_form",
        NOBODY,
        "F0-03",
        "000 III.3.3.8",
        lambda house, role: house.refusal(
            role, "sign_form", case=house.demand_sheet(), form="rnd_demand"
        ),
    ),
    "people": Row("manage_people", frozenset({"admin"}), "manage_people", "rulebook 5.1", adding),
    "sign on": Row(
        "sign_on",
        ALL - {"division_contact", "plugin_author"},
        "sign_on",
        "rulebook 5.1",
        keyless,
    ),
}
ASKED = {
    # permission: who may, clause
    "see_customers": (ALL - {"plugin_author"}, "rulebook 5.1"),
    "see_numbers": (WORK - {"stock", "req_filter"}, "002 P1C1 #7; 003 Art.8(3)"),
    "edit_roster": (frozenset({"admin", "shift_lead"}), "rulebook 5.2"),
    "configure": (frozenset({"admin"}), "rulebook 5.1"),
    "back_up": (frozenset({"admin"}), "rulebook 5.1"),
    "remove_key": (frozenset({"admin"}), "rulebook 5.1"),
    "sign_off": (ALL, ""),
    "private_deal": (NOBODY, "002 P1C1 #9; 002 P1C3"),
    "casual_promise": (NOBODY, "002 P3C1 hotline; W-05"),
    "withhold_contact": (NOBODY, "002 P3C1; 000 III.1.5.1"),
    "disclose": (NOBODY, "002 P1C1 #7; 003 Art.8(3), 15(2)"),
}
ROWS |= {key: Row(key, who, key, clause, asking(key)) for key, (who, clause) in ASKED.items()}

ELSEWHERE = {"dispatch_to_division", "regrade_complaint", "erase"}
"""Permissions with a test of their own, here or where what they guard is tested."""


@pytest.mark.parametrize("role", ROLE_LABELS)
@pytest.mark.parametrize("name", ROWS)
def test_every_role_may_what_the_rulebook_says(house: Cast, name: str, role: str) -> None:
    row = ROWS[name]
    refusal = row.attempt(house, role)
    if role in row.who:
        assert refusal is None, EN(refusal.message)
        return
    assert refusal is not None
    rule, clause = row.rule or refusal.rule, row.clause
    if row.working and role in OFFICE:
        rule, clause = "work", "rulebook 5.1"
    assert (refusal.rule, refusal.clause) == (rule, clause)
    assert_helpful(refusal)


def test_the_rulebook_is_covered() -> None:
    assert {row.permission for row in ROWS.values()} | ELSEWHERE == set(PERMISSIONS)
    assert {one.permission for one in COMMANDS.values()} <= set(PERMISSIONS)
    taken = {one for command in COMMANDS.values() for one in (command.permission,)}
    assert not taken & {"private_deal", "casual_promise", "withhold_contact", "disclose"}


REPEATED = {
    "settle_complaint": {"complaint_officer", "signer"},
    "regrade_complaint": {"complaint_officer", "signer"},
    "dispatch_to_division": {"support", "support_mgr"},
    "spot_check": {"quality"},
}
"""What every line says for itself, and the table for a line that says nothing."""


@pytest.mark.parametrize("key", REPEATED)
def test_the_table_says_what_the_lines_say(key: str) -> None:
    assert set(PERMISSIONS[key].roles) == REPEATED[key]


def test_a_refusal_names_who_may_in_the_readers_language(house: Cast) -> None:
    number = house.complaint()
    refusal = house.refusal("field", "settle", case=number, text="x")
    assert refusal is not None
    assert EN(refusal.message).startswith("Your role does not allow: answer the complaint.")
    assert "Ask one of: complaint officer, signer." in EN(refusal.remedy)
    assert "投诉专员、签批人" in ZH(refusal.remedy)
    nobody = asking("private_deal")(house, "operator")
    assert nobody is not None
    assert EN(nobody.message).startswith("Nobody may do this")


# --- what depends on who one is to the case


def test_a_duty_person_is_an_operator_without_exports_and_roster(house: Cast) -> None:
    number = house.dispatched()
    offered = [house.desk.offered(number, Who(role)) for role in ("operator", "duty")]
    assert offered[0] == offered[1]
    cells = {key: (one.cell("operator"), one.cell("duty")) for key, one in PERMISSIONS.items()}
    assert {key for key, (more, less) in cells.items() if more != less} == {"export_lists"}
    assert PERMISSIONS["edit_roster"].cell("duty") == "no"


@pytest.mark.parametrize("role", sorted(OFFICE))
def test_who_works_on_no_case_writes_on_none(house: Cast, role: str) -> None:
    assert house.desk.offered(house.dispatched(), Who(role)) == ["sign_form"]


def test_the_assignee_does_not_verify(house: Cast) -> None:
    number = house.dispatched(to="operator")
    refusal = house.refusal("operator", "verify", case=number, answer="no")
    assert refusal is not None
    assert (refusal.rule, refusal.clause) == ("T0-02", "000 III.3.1.4b")
    assert "verify" not in house.desk.offered(number, Who("operator"))
    assert house.refusal("duty", "verify", case=number, answer="no") is None


def test_another_persons_case_is_closed_by_a_shift_lead_only(house: Cast) -> None:
    number = house.owned("operator")
    for role in sorted(WORK - {"operator", "shift_lead"}):
        refusal = house.refusal(role, "close", case=number, reason="x")
        assert refusal is not None
        assert (refusal.rule, refusal.clause) == ("W-04", "002 P3C1")
        assert "operator Ren" in Speech("en", name=house.desk.directory.name).say(refusal.message)
    assert house.refusal("shift_lead", "close", case=number, reason="x") is None


def test_a_limit_is_extended_by_who_was_given_the_case_only(house: Cast) -> None:
    number = house.late("support")
    refusal = house.refusal("field", "extend", case=number, **LONGER)
    assert refusal is not None
    assert (refusal.rule, refusal.clause) == ("W-19", "003 Art.11(2)")
    assert "shift lead" in EN(refusal.remedy)


@pytest.mark.parametrize("being", ["owner", "assignee"])
def test_nobody_checks_their_own_record(house: Cast, being: str) -> None:
    number = house.owned("quality") if being == "owner" else house.dispatched(to="quality")
    refusal = house.refusal("quality", "act", case=number, act="spot_checked", result="ok")
    assert refusal is not None
    assert refusal.clause == "rulebook W-18"


def test_a_casual_promise_is_none(house: Cast) -> None:
    refusal = house.refusal("operator", "promise", case=house.dispatched(), text="soon")
    assert refusal is not None
    assert "promised for" in EN(refusal.message)
    assert refusal.clause == "002 P3C1 hotline"


@pytest.mark.parametrize("role", sorted(OFFICE - {"division_contact"}))
def test_work_goes_to_those_who_work(house: Cast, role: str) -> None:
    typed = {"case": house.dispatched(), "to": role}
    refusal = house.refusal("operator", "assign", **typed)
    assert refusal is not None
    assert "works on no cases" in EN(refusal.message)


# --- complaints


@pytest.mark.parametrize("role", sorted(DESK))
def test_a_complaint_is_never_dropped(house: Cast, role: str) -> None:
    refusal = regrading(house, role)
    assert refusal is not None
    assert (refusal.rule, refusal.clause) == ("W-07", "002 P2C2 penalties; W-07")
    assert "complaint officer" in EN(refusal.remedy)


def test_its_officer_regrades_a_complaint_with_the_reason(house: Cast) -> None:
    number = house.complaint()
    typed = {"case": number, "category": "technical"}
    refusal = house.refusal("complaint_officer", "classify", **typed)
    assert refusal is not None
    assert refusal.rule == "W-07"
    assert house.refusal("complaint_officer", "classify", **typed, because="misheard") is None
    [*_, classified] = [f for f in house.desk.case(number).facts if f.kind == "classified"]
    assert classified.body["text"] == "misheard"


def test_whoever_hears_a_complaint_registers_it(house: Cast) -> None:
    about = house.dispatched()
    typed = {"text": "两次未到场", "about": about, "number": "13955501953"}
    for role, owner in (("field", "field"), ("auditor", "lin"), ("division_contact", "lin")):
        number = house.do(role, "register_complaint", **typed).case
        case = house.desk.case(number)
        assert (case.line, case.category, case.owner) == ("power", "complaint", owner)
        assert case.value("reason") == "两次未到场"
        assert case.facts[0].actor == role
        linked = [f.body["case"] for f in case.facts if f.kind == "case_linked"]
        assert linked == [about]
        assert {"dgm"} <= {row.slot for row in case.notices}


def test_a_complaint_needs_to_be_about_some_product_line(house: Cast) -> None:
    refusal = house.refusal("field", "register_complaint", text="rude")
    assert refusal is not None
    assert refusal.rule == "line"
    assert "iptel" in EN(refusal.remedy)


# --- divisions and other departments


def test_only_technical_support_contacts_a_division(house: Cast) -> None:
    for role in ALL:
        typed = {"case": house.dispatched(), "by": "su"}
        refusal = house.refusal(role, "contact", **typed)
        if role in ("support", "support_mgr"):
            assert refusal is None
        else:
            assert refusal is not None
            assert refusal.clause == ("000 III.3.3.2" if role in WORK else "rulebook 5.1")
            assert_helpful(refusal)


# --- lists, people, numbers


def test_the_owner_of_a_report_exports_its_list_but_no_duty_person(house: Cast) -> None:
    typed = {"report": "power.eorder_pack", "reason": "monthly pack", "rows": 12}
    assert house.refusal("support", "export_list", **typed) is not None
    outcome = house.do("tan", "export_list", **typed)
    [fact] = outcome.facts
    assert (fact.subject, fact.actor) == ("export:power.eorder_pack", "tan")
    assert fact.body == {"reason": "monthly pack", "rows": 12}
    house.desk.do("change_person", {"person": "tan", "roles": "duty"}, Who("lin"))
    try:
        refusal = house.refusal("tan", "export_list", **typed)
    finally:
        house.desk.do("change_person", {"person": "tan", "roles": "support"}, Who("lin"))
    assert refusal is not None
    assert refusal.rule == "export_lists"


def test_the_monthly_pack_is_made_by_support(house: Cast) -> None:
    refusal = house.pack("operator")
    assert refusal is not None
    assert "谭工 Tan" in Speech("en", name=house.desk.directory.name).say(refusal.message)
    assert house.pack("tan") is None


def test_only_an_administrator_gives_roles(house: Cast) -> None:
    refusal = house.refusal("shift_lead", "change_person", person="shift_lead", roles="admin")
    assert refusal is not None
    assert refusal.rule == "manage_people"


def test_a_contact_at_a_division_signs_on_once_given_a_pin(house: Cast) -> None:
    from console.desk.pins import set_pin

    house.desk.do(
        "add_person", {"person": "div", "name": "D", "roles": "division_contact"}, Who(SYSTEM.key)
    )
    with pytest.raises(RefusedError) as caught:
        house.desk.sign_on("div")
    assert "console people pin" in EN(caught.value.refusal.remedy)
    set_pin(house.desk.store, "div", "2468")
    assert house.desk.sign_on("div", "2468").key == "div"
