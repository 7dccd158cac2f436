"""A permission: whom it lets, what it says to others, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.people import ROLE_LABELS, SYSTEM, Person
from console.domain.permission import WORKERS, Permission, ask, demand
from console.domain.permissions import PERMISSIONS, mask_number, may, settling
from console.domain.refusal import Refusal, RefusedError
from console.domain.words import L, M
from console.speech import Speech

SAY = Speech("en", name=str).say
LIN = Person("lin", "林晓", frozenset(("operator",)))
AUDIT = Person("audit", "审计", frozenset(("auditor",)))
NEW = Person("new", "新人")
WEED = Permission(
    "weed",
    L("除草", "weed"),
    ("operator", "field"),
    "garden 1",
    L("别人不认识草。", "Others do not know weeds."),
)


def refusal(permission: Permission, actor: Person, **case: Any) -> Refusal:
    with pytest.raises(RefusedError) as caught:
        demand(permission, actor, case or None)
    return caught.value.refusal


def varied(**changes: Any) -> Permission:
    return Permission(**{name: getattr(WEED, name) for name in WEED.__dataclass_fields__} | changes)


def test_a_role_is_enough() -> None:
    demand(WEED, LIN)
    demand(WEED, LIN, {"owner": "audit"})


def test_others_are_told_why_and_whom_to_ask() -> None:
    refused = refusal(WEED, AUDIT)
    assert (refused.rule, refused.clause) == ("weed", "garden 1")
    assert SAY(refused.message) == "Your role does not allow: weed. Others do not know weeds."
    assert SAY(refused.remedy) == "Ask one of: operator, field engineer."


def test_what_to_do_instead_comes_first() -> None:
    wanted = varied(instead=L("请浇水。", "Water them."), rule="G-1")
    assert SAY(ask(wanted)) == "Water them. Ask one of: operator, field engineer."
    assert refusal(wanted, AUDIT).rule == "G-1"


def test_what_nobody_may_names_nobody_to_ask() -> None:
    refused = refusal(varied(roles=(), instead=L("请浇水。", "Water them.")), LIN)
    assert SAY(refused.message) == "Nobody may do this: weed. Others do not know weeds."
    assert SAY(refused.remedy) == "Water them."
    assert SAY(ask(varied(roles=()))) == "Others do not know weeds."


def test_everybody_includes_those_without_a_role() -> None:
    demand(PERMISSIONS["register_complaint"], NEW)
    assert not may("work", NEW)


def test_the_person_a_case_names_is_asked_for_by_name() -> None:
    wanted = varied(
        only=("assignee", "owner"), leads=("field",), said=M("Only {who} weeds.", who="")
    )
    demand(wanted, LIN, {"assignee": "lin", "owner": "zhou"})
    demand(wanted, LIN, {"assignee": "", "owner": "lin"})
    demand(wanted, Person("he", "何工", frozenset(("field",))), {"assignee": "lin"})
    refused = refusal(wanted, LIN, assignee="zhou", owner="lin")
    assert SAY(refused.message) == "Only zhou weeds."
    assert SAY(refused.remedy) == "Ask them; in their absence: field engineer."
    assert refusal(wanted, LIN, assignee="", owner="").rule == "weed"
    assert SAY(wanted.who()) == "assignee, owner, field engineer"


def test_whoever_a_rule_names_may_unless_barred() -> None:
    wanted = varied(roles=("auditor",), holder=L("园丁", "the gardener"), barred=("duty",))
    duty = Person("qin", "秦川", frozenset(("duty",)))
    demand(wanted, NEW, holds=True)
    demand(wanted, Person("x", "x", frozenset(("duty", "field"))), holds=True)
    with pytest.raises(RefusedError):
        demand(wanted, duty, holds=True)
    assert [wanted.cell(role) for role in ("auditor", "field", "duty")] == ["yes", "named", "no"]
    assert SAY(wanted.who()) == "auditor, the gardener"


def test_the_console_itself_does_only_what_says_so() -> None:
    demand(varied(console=True), SYSTEM)
    assert refusal(WEED, SYSTEM).rule == "weed"
    with_roles = Person("console", "console", frozenset())
    assert refusal(varied(console=True), with_roles).rule == "weed"


def test_groups_of_roles_have_names() -> None:
    assert SAY(varied(roles=WORKERS).who()) == "anybody who works on cases"
    assert SAY(varied(roles=(*WORKERS, "auditor")).who()) == "anybody who works on cases, auditor"
    assert SAY(varied(roles=tuple(ROLE_LABELS)).who()) == "anybody"
    assert SAY(varied(not_of=("owner",)).who()) == (
        "operator, field engineer; not of the case: owner"
    )


def test_a_line_says_who_settles_its_complaints() -> None:
    wanted = settling(("field",), "line 7")
    assert (wanted.roles, wanted.clause, wanted.rule) == (("field",), "line 7", "D-24")
    assert settling(("field",), "").clause == PERMISSIONS["settle_complaint"].clause


def test_numbers_are_masked_for_who_does_not_need_them() -> None:
    assert mask_number("139 5550 1953", LIN) == "139 5550 1953"
    assert mask_number("139 5550 1953", AUDIT) == "139****1953"
    assert mask_number("139 5550 1953", None) == "139****1953"


@pytest.mark.parametrize("one", PERMISSIONS.values(), ids=list(PERMISSIONS))
def test_every_permission_is_whole(one: Permission) -> None:
    assert one.clause
    assert {*one.roles, *one.leads, *one.barred} <= set(ROLE_LABELS)
    assert len(set(one.roles)) == len(one.roles)
    assert set(one.leads) <= set(one.roles)
    assert bool(one.only) >= bool(one.leads)
    assert not one.only or one.said is not None
    for lang in ("zh", "en"):
        speech = Speech(lang)
        assert speech.say(one.who())
        assert speech.say(ask(one))
