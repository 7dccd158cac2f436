"""Numbers are whole for those who talk to customers, and masked for everybody else."""

from __future__ import annotations

import pytest

from console.desk import Who
from console.domain.people import ROLE_LABELS
from tests.desk.cast import OFFICE, Cast


@pytest.mark.parametrize("role", ROLE_LABELS)
def test_numbers_are_whole_for_those_who_talk_to_customers(house: Cast, role: str) -> None:
    house.lead("ring", number="13955501953", call=f"mask-{role}")
    whole = role not in OFFICE | {"stock", "req_filter"}
    viewer = house.desk.viewer(Who(role))
    assert viewer.number("139 5550 1953") == ("139 5550 1953" if whole else "139****1953")
    [row] = [r for r in house.desk.strip("en", Who(role)) if r.call == f"mask-{role}"]
    assert row.number == ("139 5550 1953" if whole else "139****1953")


def test_nobody_signed_on_sees_no_whole_number(house: Cast) -> None:
    assert house.desk.viewer().number("139 5550 1953") == "139****1953"
    assert house.desk.viewer(Who("")).number("+8613955501953") == "139****1953"


def test_an_answer_for_a_program_is_masked_throughout(house: Cast) -> None:
    viewer = house.desk.viewer(Who("auditor"))
    answer = {
        "values": {"contact_phone": "+8613955501953", "need": "13 cabinets"},
        "calls": [{"received": "sip:013955501953@pbx", "call": "hq-17"}],
        "subject": "callback:+8613955501953",
        "number": 1042,
        "form": {"number": "RD-2026-0014"},
        "owed": ["+8613955501953"],
    }
    assert viewer.data(answer) == {
        "values": {"contact_phone": "139****1953", "need": "13 cabinets"},
        "calls": [{"received": "0139****1953", "call": "hq-17"}],
        "subject": "callback:139****1953",
        "number": 1042,
        "form": {"number": "RD-2026-0014"},
        "owed": ["139****1953"],
    }
    assert house.desk.viewer(Who("operator")).data(answer) == answer
