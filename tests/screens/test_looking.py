"""Who opened a case with sensitive data is written down, at the seat as by command."""

from __future__ import annotations

from dataclasses import replace

from console.desk import Desk
from console.screens.case import CaseScreen
from tests.installations import HandSet
from tests.screens.hotline import Hotline, becomes, seat


def looks(desk: Desk) -> list[int]:
    facts = desk.store.load("person:zhou")
    return [fact.body["case"] for fact in facts if fact.kind == "viewed"]


async def test_opening_a_sensitive_case_is_written_down_once(desk: Desk, now: HandSet) -> None:
    case = Hotline(desk, now).complaint()
    lines = desk.rulebook.lines
    lines["power"] = replace(lines["power"], sensitive=True)
    desk.rulebook._sets.clear()
    for _ in range(2):
        async with seat(desk, CaseScreen(case), person="zhou") as (_app, pilot):
            await becomes(pilot, lambda: looks(desk) == [case])


async def test_opening_any_other_is_not(desk: Desk, now: HandSet) -> None:
    case = Hotline(desk, now).complaint()
    async with seat(desk, CaseScreen(case), person="zhou") as (app, pilot):
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert looks(desk) == []
