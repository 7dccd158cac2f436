"""Keys that arrive together go where they would have gone one by one."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from console.app import SeatApp
from console.desk import Desk
from console.screens.intake import IntakeScreen


def type_ahead(app: SeatApp, text: str) -> None:
    """All keys in one packet, as a paste or a slow line brings them."""
    names = {"/": "slash", " ": "space"}
    for char in text:
        app.post_message(events.Key(names.get(char, char), char))


async def test_a_pasted_command_lands_in_the_bar(desk: Desk) -> None:
    app = SeatApp(desk, "lin", "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        type_ahead(app, "/note 1001 new cable")
        for _ in range(60):
            await pilot.pause()
        assert app.screen.query_one("CommandBar Input", Input).value == "note 1001 new cable"


async def test_what_is_typed_ahead_of_the_form_lands_in_its_first_field(desk: Desk) -> None:
    app = SeatApp(desk, "lin", "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        type_ahead(app, "nPeng")
        for _ in range(60):
            await pilot.pause()
        assert isinstance(app.screen, IntakeScreen)
        assert "Peng" in str(app.screen.form.values)
