"""Finding: by number, by the end of a phone number, by name; Enter opens the case."""

from __future__ import annotations

import pytest

from console.desk import Desk
from console.domain.refusal import RefusedError
from console.screens.case import CaseScreen
from console.screens.find import FindScreen
from console.screens.seat import SeatScreen
from console.widgets.page import Page
from tests.installations import HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, seat, settled, shown


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    return Hotline(desk, now)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_cases_and_calls_are_found_while_one_types(
    hotline: Hotline, lang: str, size: tuple[int, int]
) -> None:
    number = hotline.contacted_late()
    hotline.complaint()
    async with seat(hotline.desk, FindScreen(), lang=lang, size=size) as (app, pilot):
        await pilot.press(*"2187")
        await settled(app, pilot)
        screen = shown(app)
        assert f"{number}" in screen
        assert "长沙公交场站 彭工" in screen
        assert screen.count("0731 5550 2187") == 2
        assert "139 5550 1953" not in screen


async def test_enter_opens_the_case_over_the_seat(hotline: Hotline) -> None:
    hotline.contacted_late()
    number = hotline.complaint()
    async with seat(hotline.desk) as (app, pilot):
        await pilot.press("f", *str(number), "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.number == number
        await pilot.press("escape")
        assert isinstance(app.screen, SeatScreen)


async def test_the_arrows_choose_while_the_line_keeps_the_keys(hotline: Hotline) -> None:
    first, second = hotline.contacted_late(), hotline.complaint()
    async with seat(hotline.desk, FindScreen()) as (app, pilot):
        await pilot.press(*"长沙")
        await settled(app, pilot)
        page = app.screen.query_one(Page)
        assert page.key == f"case:{second}"
        await pilot.press("down")
        assert page.key == f"case:{first}"
        assert app.screen.query_one("#wanted").has_focus


async def test_a_call_leads_to_its_case(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk) as (app, pilot):
        await pilot.press("f", *"2187")
        await settled(app, pilot)
        await pilot.press("down", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.number == number


async def test_a_call_without_a_case_says_so_and_stays(hotline: Hotline) -> None:
    hotline.do("ring", number="13955500007")
    async with seat(hotline.desk, FindScreen()) as (app, pilot):
        await pilot.press(*"0007", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, FindScreen)
        assert "belongs to no case" in shown(app)


async def test_nothing_found_is_said(hotline: Hotline) -> None:
    async with seat(hotline.desk, FindScreen()) as (app, pilot):
        await pilot.press(*"999", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, FindScreen)
        assert "Nothing is found for “999”" in shown(app)


async def test_a_search_that_fails_is_said_and_the_seat_goes_on(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise RefusedError("store", "the disk is gone")

    async with seat(hotline.desk, FindScreen()) as (app, pilot):
        monkeypatch.setattr(app.desk, "find", broken)
        await pilot.press("1", "enter")
        while not app.screen.query_one("#message").display:
            await pilot.pause(0.01)
        assert "That did not work" in shown(app)


async def test_escape_answers_nothing(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk) as (app, pilot):
        await pilot.press("f", *str(number), "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, SeatScreen)
