"""A seat that a key has opened is its owner's alone, and only as long as the key is."""

from __future__ import annotations

import pytest

from console.app import SeatApp
from console.desk import Desk, Who
from console.desk.pins import set_pin
from console.domain.keys import parse
from console.screens.case import CaseScreen
from console.screens.seat import SeatScreen
from console.screens.sign_on import SignOnScreen
from tests.desk.test_keys import key
from tests.installations import HandSet
from tests.screens.hotline import Hotline, seat, settled, shown

PIN = "2468"
KEY = parse(key("a")).fingerprint


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    desk.do("add_key", {"person": "zhou", "key": key("a", "laptop")}, Who("lin"))
    hotline = Hotline(desk, now)
    hotline.contacted_late()
    return hotline


def told(app: SeatApp) -> str:
    return str(app.screen.query_one("#message").render())


async def test_nobody_is_asked_who_they_are(hotline: Hotline) -> None:
    async with seat(hotline.desk, person="zhou", ssh_key=KEY) as (app, pilot):
        assert isinstance(app.screen, SeatScreen)
        await pilot.press("f4")
        assert isinstance(app.screen, SeatScreen)
        assert "yours alone" in told(app)


async def test_a_locked_one_is_unlocked_by_its_owner_only(hotline: Hotline) -> None:
    set_pin(hotline.desk.store, "zhou", PIN)
    async with seat(hotline.desk, CaseScreen(1001), person="zhou", ssh_key=KEY) as (app, pilot):
        app.lock()
        await pilot.pause()
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, SignOnScreen)
        assert app.screen.query_one("#pin").display, "other names are not offered"
        assert "yours alone" in told(app)
        assert "长沙公交场站" not in shown(app)
        await pilot.press(*PIN, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CaseScreen)
        assert app.who.person == "zhou"


@pytest.mark.parametrize("person", ["lin", ""])
async def test_it_ends_before_it_becomes_anybody_elses(hotline: Hotline, person: str) -> None:
    async with seat(hotline.desk, person="zhou", ssh_key=KEY) as (app, _):
        app.become(person)
        assert app.who.person == "zhou"
        assert app.return_code == 0


@pytest.mark.parametrize(
    ("command", "typed"),
    [("remove_key", {"key": "laptop"}), ("change_person", {"active": "no"})],
)
async def test_it_closes_when_the_key_is_taken_away(
    hotline: Hotline, command: str, typed: dict[str, str]
) -> None:
    async with seat(hotline.desk, person="zhou", ssh_key=KEY) as (app, _):
        hotline.desk.do("note", {"case": 1001, "text": "other news"}, Who("lin"))
        hotline.desk.do("change_person", {"person": "tan", "im": "tan"}, Who("lin"))
        app.feed.look()
        assert app.return_code is None
        hotline.desk.do(command, {"person": "zhou", **typed}, Who("lin"))
        app.feed.look()
        assert app.return_code == 0


async def test_it_does_not_open_with_a_key_that_is_gone(hotline: Hotline) -> None:
    hotline.desk.do("remove_key", {"person": "zhou", "key": "laptop"}, Who("lin"))
    app = SeatApp(hotline.desk, "zhou", "en", ssh_key=KEY)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.return_code == 0


async def test_a_seat_without_a_key_is_handed_on_as_ever(hotline: Hotline) -> None:
    async with seat(hotline.desk, person="zhou") as (app, pilot):
        assert not app.personal
        await pilot.press("f4")
        assert isinstance(app.screen, SignOnScreen)
