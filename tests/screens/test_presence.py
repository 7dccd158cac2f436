"""Who is seen at which seat, and who else has a case open."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.app import SeatApp
from console.desk import Desk, Who
from console.domain.people import SYSTEM
from console.installation import open_desk
from console.screens.case import CaseScreen
from console.screens.handover import HandoverScreen
from tests.installations import NOON, HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, seat, shown

HOSTILE = "\x1b[2J坏\u202e人"


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    hotline = Hotline(desk, now)
    hotline.contacted_late()
    hotline.complaint()
    return hotline


@pytest.fixture
def colleague(hotline: Hotline, data: Path) -> Desk:
    """The desk of another seat of the same installation."""
    desk = open_desk(data, hotline.now)
    desk.sit_down(Who("zhou", "2"), NOON, 1001)
    yield desk
    desk.stand_up()
    desk.store.close()


def here(desk: Desk) -> list[tuple[str, str, int]]:
    return [(one.person, one.seat, one.case) for one in desk.present()]


async def test_a_seat_is_seen_with_the_case_that_lies_open(hotline: Hotline) -> None:
    async with seat(hotline.desk) as (app, pilot):
        assert here(hotline.desk) == [("lin", "3", 0)]
        await app.push_screen(CaseScreen(1001))
        assert here(hotline.desk) == [("lin", "3", 1001)]
        await app.push_screen(HandoverScreen())
        await app.push_screen(CaseScreen(1002))
        assert here(hotline.desk) == [("lin", "3", 1002)]
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert here(hotline.desk) == [("lin", "3", 1001)]
        await pilot.press("escape")
        await pilot.pause()
        assert here(hotline.desk) == [("lin", "3", 0)]
    assert here(hotline.desk) == [], "nobody is left behind"


async def test_whoever_signs_on_is_seen_and_nobody_is_not(hotline: Hotline) -> None:
    app = SeatApp(hotline.desk, "", "en", seat="3")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert here(hotline.desk) == []
        app.become("zhou")
        assert here(hotline.desk) == [("zhou", "3", 0)]
        app.become("")
        assert here(hotline.desk) == []


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_case_says_who_else_has_it_open(
    hotline: Hotline, colleague: Desk, lang: str, size: tuple[int, int]
) -> None:
    async with seat(hotline.desk, CaseScreen(1001), lang=lang, size=size) as (app, pilot):
        told = str(app.screen.query_one("#others").render())
        assert "周宁 Zhou" in told
        assert "2" in told
        assert "林晓" not in told
        assert "周宁 Zhou" in shown(app)
        colleague.sit_down(Who("zhou", "2"), NOON, 1002)
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        screen.show_others()
        await pilot.pause()
        assert not app.screen.query_one("#others").display


async def test_a_hostile_name_is_shown_tamely(hotline: Hotline, colleague: Desk) -> None:
    person = {"person": "bad", "name": HOSTILE, "roles": "operator"}
    hotline.desk.do("add_person", person, Who(SYSTEM.key))
    colleague.sit_down(Who("bad", HOSTILE), NOON, 1001)
    async with seat(hotline.desk, CaseScreen(1001)) as (app, _):
        text = shown(app)
        assert "坏" in text
        assert not {"\x1b", "\u202e"} & set(text)
        assert len(text.splitlines()) == SMALL[1]
