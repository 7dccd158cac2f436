"""What each product line says about who may do what, against what the rulebook says of it."""

from __future__ import annotations

import pytest

from console.domain.line_permissions import deltas
from console.domain.people import ROLE_LABELS
from scripts.coverage import shipped_lines
from tests.desk.cast import EN, WORK, Cast, assert_helpful

DELTAS = {delta.rule: delta for line in shipped_lines() for delta in deltas(line)}
COMMAND_OF = {"acts": "act", "forms": "fill_form"}


def commanded(rule: str) -> bool:
    """Whether what a line says of a rule is tried by giving a command."""
    _, kind, *key = rule.split(".")
    return kind in COMMAND_OF and len(key) == 1


SETTLERS = {"complaint_officer", "signer"}
LINE_ROWS: dict[str, tuple[set[str], set[str]]] = {
    # where it stands: roles, slots
    "power.categories.complaint": (SETTLERS, set()),
    "emr.categories.complaint": (SETTLERS, set()),
    "roadsoft.categories.complaint": (SETTLERS, set()),
    "robot.categories.complaint": (SETTLERS, set()),
    "iptel.categories.complaint": (SETTLERS, set()),
    "power.divisions.meter_automation": ({"support", "support_mgr"}, {"support_engineer"}),
    "power.divisions.charging_pile": ({"support", "support_mgr"}, {"support_engineer"}),
    "power.divisions.storage": ({"support", "support_mgr"}, {"support_engineer"}),
    "power.divisions.distribution": ({"support", "support_mgr"}, {"support_engineer"}),
    "power.acts.division_contacted": ({"support", "support_mgr"}, set()),
    "power.forms.rnd_demand": ({"support"}, set()),
    "power.forms.rnd_demand.steps.signed_by_centre": (set(), {"gm", "dgm"}),
    "power.deputies.gm": (set(), {"dgm"}),
    "power.acts.dispute_decided": ({"signer"}, set()),
    "emr.acts.requirement_accepted": ({"req_filter"}, set()),
    "emr.acts.requirement_refused": ({"req_filter"}, set()),
    "emr.acts.department_asked": ({"coordinator"}, set()),
    "emr.divisions.rnd": ({"coordinator", "req_filter"}, {"coordinator"}),
    "emr.acts.sales_activity": ({"relation"}, set()),
    "emr.acts.opportunity_decided": ({"signer"}, set()),
    "roadsoft.acts.event_approved": ({"signer"}, set()),
    "roadsoft.forbids.classify": (SETTLERS, set()),
    "robot.acts.spot_checked": ({"quality"}, set()),
    "iptel.acts.spot_checked": ({"quality"}, set()),
    "iptel.forms.install_schedule": ({"schedule"}, set()),
    "iptel.forms.change_order.steps.audited": (set(), {"rep_1"}),
    "iptel.forms.stock_movement": ({"stock"}, set()),
    "iptel.divisions.systems": ({"support_mgr"}, {"support_supervisor"}),
}


@pytest.mark.parametrize("rule", LINE_ROWS)
def test_a_line_says_what_the_rulebook_says(rule: str) -> None:
    found = DELTAS[rule]
    assert (set(found.roles), set(found.slots)) == LINE_ROWS[rule]


@pytest.mark.parametrize("rule", [key for key in DELTAS if commanded(key)])
def test_every_role_may_what_its_line_says(house: Cast, rule: str) -> None:
    delta, (line, kind, key) = DELTAS[rule], rule.split(".")
    for role in ROLE_LABELS:
        typed = {"case": house.blank(line), kind[:-1]: key}
        refusal = house.refusal(role, COMMAND_OF[kind], **typed)
        if role not in WORK:
            assert refusal is not None
            assert refusal.clause == "rulebook 5.1"
        elif delta.roles and role not in delta.roles:
            assert refusal is not None
            assert refusal.clause == delta.clause
            assert_helpful(refusal)
            assert EN(ROLE_LABELS[delta.roles[0]]) in EN(refusal.remedy)
        else:
            assert refusal is None or "Your role" not in EN(refusal.message)


def test_every_rule_of_a_line_about_who_may_has_its_clause() -> None:
    assert [key for key, delta in DELTAS.items() if not delta.clause] == []


def test_the_centre_signs_by_the_general_manager_or_the_deputy(house: Cast) -> None:
    for who, may in (("yan", False), ("tan", False), ("gao", True)):
        number = house.demand_sheet()
        refusal = house.refusal(who, "sign_form", case=number, form="rnd_demand")
        assert (refusal is None) is may
        if refusal is not None:
            assert (refusal.rule, refusal.clause) == ("F0-03", "000 III.3.3.8")
            assert "高总 Gao" in EN(refusal.remedy)


def test_an_order_of_change_is_audited_by_the_first_representative(house: Cast) -> None:
    number = house.case("iptel")
    typed = {"case": number, "form": "change_order"}
    house.do("dai", "fill_form", **typed, kinds="add_line", details="一条")
    house.do("dai", "step_form", **typed)
    refusal = house.refusal("dai", "sign_form", **typed)
    assert refusal is not None
    assert refusal.clause == "004 9.3 A(1)"
    assert house.refusal("chu", "sign_form", **typed) is None


def test_branch_packs_are_received_and_rated_by_the_centre(house: Cast) -> None:
    for duty, person in (("check_records", "ai"), ("rate_records", "ke")):
        typed = {"duty": f"roadsoft.{duty}", "period": "2026-02", "evidence": "1"}
        assert house.refusal("field", "do_duty", **typed) is not None
        assert house.refusal(person, "do_duty", **typed) is None
