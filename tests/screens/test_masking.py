"""What a seat shows of a number to whoever sits there."""

from __future__ import annotations

import pytest

from console.desk import Desk, Who
from console.domain.people import SYSTEM
from console.screens.case import CaseScreen
from console.screens.find import FindScreen
from tests.installations import HandSet
from tests.screens.hotline import LARGE, Hotline, seat, settled, shown

WHOLE, MASKED, E164 = "0731 5550 2187", "0731****2187", "73155502187"


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    person = {"person": "audit", "name": "审计", "roles": "auditor"}
    desk.do("add_person", person, Who(SYSTEM.key))
    return Hotline(desk, now)


@pytest.mark.parametrize(("person", "seen", "hidden"), [("lin", 1, 0), ("audit", 0, 1)])
async def test_a_case_is_shown_with_the_number_the_reader_may_see(
    hotline: Hotline, person: str, seen: int, hidden: int
) -> None:
    number = hotline.contacted_late()
    screen = CaseScreen(number)
    async with seat(hotline.desk, screen, person=person, size=LARGE) as (app, pilot):
        await settled(app, pilot)
        text = shown(app)
        assert (WHOLE in text, MASKED in text) == (bool(seen), bool(hidden))
        assert not hidden or E164 not in text


@pytest.mark.parametrize(("person", "number"), [("lin", WHOLE), ("audit", MASKED)])
async def test_so_are_what_is_found_and_what_rings(
    hotline: Hotline, person: str, number: str
) -> None:
    hotline.contacted_late()
    hotline.do("ring", number="073155502187", call="again")
    async with seat(hotline.desk, person=person, size=LARGE) as (app, pilot):
        await settled(app, pilot)
        assert number in shown(app)
    async with seat(hotline.desk, FindScreen(), person=person, size=LARGE) as (app, pilot):
        await pilot.press(*"2187")
        await settled(app, pilot)
        assert shown(app).count(number) >= 3
