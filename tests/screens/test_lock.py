"""A seat left alone locks itself; a shared terminal is handed on, never left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.app import SeatApp
from console.desk import Desk, Who
from console.desk.pins import set_pin
from console.screens.case import CaseScreen
from console.screens.intake import IntakeScreen
from console.screens.seat import SeatScreen
from console.screens.sign_on import SignOnScreen
from tests.installations import HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, seat, settled, shown

PIN, OTHER = "2468", "8642"


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    set_pin(desk.store, "lin", PIN)
    set_pin(desk.store, "zhou", OTHER)
    hotline = Hotline(desk, now)
    hotline.contacted_late()
    return hotline


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(("lang", "word"), [("zh", "已锁定"), ("en", "Locked")])
async def test_what_customers_said_is_covered(
    hotline: Hotline, lang: str, word: str, size: tuple[int, int]
) -> None:
    async with seat(hotline.desk, CaseScreen(1001), lang=lang, size=size) as (app, pilot):
        assert "长沙公交场站" in shown(app)
        app.lock()
        await pilot.pause()
        assert word in shown(app)
        assert "林晓 Lin" in shown(app)
        for secret in ("长沙公交场站", "73155502187", "1001"):
            assert secret not in shown(app)


async def test_the_pin_brings_back_what_lay_open(hotline: Hotline) -> None:
    async with seat(hotline.desk, CaseScreen(1001)) as (app, pilot):
        app.lock()
        await pilot.pause()
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, SignOnScreen), "a lock is not left by going back"
        app.screen.begin()
        await pilot.press(*PIN, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CaseScreen)
        assert app.who.person == "lin"


async def test_somebody_else_finds_nothing_of_it_and_the_draft_waits(hotline: Hotline) -> None:
    async with seat(hotline.desk, IntakeScreen()) as (app, pilot):
        await pilot.press(*"secret")
        await pilot.pause()
        app.lock()
        await pilot.pause()
        await pilot.press("escape", *"zhou", "enter", *OTHER, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, SeatScreen)
        assert app.who.person == "zhou"
        assert "secret" not in shown(app)
        assert [draft.person for draft in app.drafting.of("lin")] == ["lin"]
        assert app.drafting.of("zhou") == []


async def test_it_locks_by_itself_and_a_key_puts_it_off(hotline: Hotline) -> None:
    desk = hotline.desk
    desk.config = replace(desk.config, lock_after=600)
    async with seat(desk) as (app, pilot):
        app._idle._touched -= 599
        await pilot.press("down")
        app._idle._look()
        await pilot.pause()
        assert isinstance(app.screen, SeatScreen)
        app._idle._touched -= 600
        app._idle._look()
        await pilot.pause()
        assert isinstance(app.screen, SignOnScreen)


async def test_who_has_no_pin_is_not_locked_out(hotline: Hotline) -> None:
    async with seat(hotline.desk, person="qin") as (app, pilot):
        app.lock()
        await pilot.pause()
        assert isinstance(app.screen, SeatScreen)


async def test_a_shared_terminal_is_handed_on(hotline: Hotline) -> None:
    app = SeatApp(hotline.desk, "", "en", seat="weekend-1", kiosk=True)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press(*"zhou", "enter", *OTHER, "enter")
        await settled(app, pilot)
        assert app.who == Who("zhou", "weekend-1")
        await pilot.press("f12")
        await settled(app, pilot)
        assert app.who.person == ""
        assert isinstance(app.screen, SignOnScreen)
        await pilot.press("f12", "ctrl+c", "ctrl+q", "ctrl+z", "escape")
        await pilot.pause()
        assert isinstance(app.screen, SignOnScreen)
        assert app.is_running
    said = [fact.kind for fact in hotline.desk.store.load("person:zhou")[1:]]
    assert said == ["signed_on", "signed_off"]


async def test_nobody_works_at_it_without_a_pin(hotline: Hotline) -> None:
    app = SeatApp(hotline.desk, "", "en", seat="weekend-1", kiosk=True)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press(*"qin", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, SignOnScreen)
        assert "without a PIN" in shown(app)
