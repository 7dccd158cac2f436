"""The command bar in an app whose other widget wants every letter for itself."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from console.widgets.command_bar import CommandBar


class Offered(NamedTuple):
    """A completed line as the bar needs it."""

    line: str
    label: str


def verbs(text: str) -> list[Offered]:
    """Three verbs, two of which begin alike."""
    known = ("confirm ", "contact ", "urge ")
    return [Offered(verb, verb.strip()) for verb in known if verb.startswith(text)]


class Board(Widget, can_focus=True):
    """What has the focus while the bar is hidden."""


class Host(App[None]):
    """An app with single-letter keys, as the seat has."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"key('{key}')") for key in ("c", "1", "slash", "enter", "escape")),
        Binding("tab", "key('tab')"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.changed: list[str] = []
        self.sent: list[str] = []

    def compose(self) -> ComposeResult:
        yield Board()
        yield CommandBar(verbs)

    def on_mount(self) -> None:
        self.query_one(Board).focus()

    @property
    def bar(self) -> CommandBar:
        return self.query_one(CommandBar)

    @property
    def foretold(self) -> str:
        return str(self.bar.preview.render())

    def action_key(self, key: str) -> None:
        self.keys.append(key)

    def on_command_bar_changed(self, message: CommandBar.Changed) -> None:
        self.changed.append(message.text)

    def on_command_bar_sent(self, message: CommandBar.Sent) -> None:
        self.sent.append(message.text)


async def opened(pilot: Pilot[None], text: str = "") -> CommandBar:
    """The bar of the app under test, opened and settled."""
    bar = pilot.app.query_one(CommandBar)
    bar.open(text)
    await pilot.pause()
    return bar


async def test_it_is_hidden_until_opened_and_gives_the_focus_back() -> None:
    async with Host().run_test() as pilot:
        app = pilot.app
        bar = app.query_one(CommandBar)
        assert not bar.display
        await opened(pilot, "contact 1042 ")
        assert bar.display
        assert isinstance(app.focused, Input)
        assert bar.text == "contact 1042 "
        assert bar.line.cursor_position == len(bar.text)
        bar.close()
        await pilot.pause()
        assert not bar.display
        assert isinstance(app.focused, Board)


async def test_every_key_has_one_owner() -> None:
    host = Host()
    async with host.run_test() as pilot:
        await pilot.press("c", "1", "slash")
        assert host.keys == ["c", "1", "slash"]
        bar = await opened(pilot)
        await pilot.press("c", "1", "slash", "tab", "enter")
        assert bar.text == "c1/"
        await pilot.press("escape")
        assert host.keys == ["c", "1", "slash"]
        assert not bar.display
        await pilot.press("c")
        assert host.keys[-1] == "c"


async def test_it_tells_of_every_text_that_was_painted() -> None:
    host = Host()
    async with host.run_test() as pilot:
        await opened(pilot, "no")
        assert host.changed == ["no"]
        await pilot.press("t", "e")
        await pilot.pause()
        assert host.changed[-1] == "note"
        host.bar.line.value = "a"
        host.bar.line.value = "ab"
        await pilot.pause()
        assert host.changed[-1] == "ab"
        assert "a" not in host.changed


async def test_enter_sends_once_until_there_is_an_answer() -> None:
    host = Host()
    async with host.run_test() as pilot:
        bar = await opened(pilot, "  ")
        await pilot.press("enter")
        assert host.sent == []
        await opened(pilot, "note x")
        await pilot.press("enter", "enter")
        assert host.sent == ["note x"]
        bar.refused()
        await pilot.press("enter")
        assert host.sent == ["note x"] * 2
        await pilot.press("y", "backspace", "enter")
        assert host.sent == ["note x"] * 3


async def test_what_was_refused_stays_and_comes_back() -> None:
    host = Host()
    async with host.run_test() as pilot:
        bar = await opened(pilot, "close 1042")
        await pilot.press("enter")
        bar.refused()
        assert (bar.display, bar.text) == (True, "close 1042")
        await pilot.press("escape")
        assert not bar.display
        await opened(pilot)
        assert bar.text == "close 1042"
        await pilot.press("escape")
        await opened(pilot)
        assert bar.text == ""


async def test_what_is_left_of_a_line_replaces_it() -> None:
    host = Host()
    async with host.run_test() as pilot:
        bar = await opened(pilot, "note x; close")
        await pilot.press("enter")
        bar.refused("close case=1042")
        assert bar.text == "close case=1042"


async def test_done_closes_unless_something_else_was_typed() -> None:
    host = Host()
    async with host.run_test() as pilot:
        bar = await opened(pilot, "note x")
        await pilot.press("enter")
        assert bar.done()
        await opened(pilot)
        assert bar.text == ""
        await pilot.press("a", "enter", "b")
        assert not bar.done()
        assert (bar.display, bar.text) == (True, "ab")


async def test_the_arrows_go_through_what_was_sent() -> None:
    host = Host()
    async with host.run_test() as pilot:
        bar = await opened(pilot)
        for text in ("one", "two", "one"):
            await opened(pilot, text)
            await pilot.press("enter")
            bar.done()
        await opened(pilot, "new")
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await pilot.press(key)
            seen.append(bar.text)
        assert seen == ["one", "two", "two", "one", "new", "new"]
        bar.forget()
        await opened(pilot)
        await pilot.press("up")
        assert bar.text == ""


async def test_tab_completes_as_far_as_all_agree_then_one_by_one() -> None:
    host = Host()
    async with host.run_test() as pilot:
        bar = await opened(pilot, "u")
        await pilot.press("tab")
        assert bar.text == "urge "
        assert bar.line.cursor_position == 5
        await opened(pilot, "c")
        await pilot.press("tab")
        assert (bar.text, host.foretold) == ("con", "confirm  contact")
        await pilot.press("tab")
        assert (bar.text, host.foretold) == ("confirm ", "[confirm]  contact")
        await pilot.press("tab", "tab", "shift+tab")
        assert bar.text == "contact "
        await pilot.press("x")
        await pilot.pause()
        assert host.foretold == ""
        await pilot.press("tab")
        assert bar.text == "contact x"


async def test_a_preview_stands_under_the_line() -> None:
    host = Host()
    async with host.run_test() as pilot:
        bar = await opened(pilot, "note")
        assert not bar.preview.display
        bar.show_preview("1045 → 充电桩\n[b]not markup[/b] \x1b[31mred\u202e")
        assert bar.preview.display
        assert host.foretold == "1045 → 充电桩\n[b]not markup[/b] red"
        bar.close()
        await opened(pilot)
        assert not bar.preview.display


@pytest.mark.parametrize("pasted", ["a\x1b[2Jb\u202ec", "a\x00bc"])
async def test_a_paste_brings_no_control_characters(pasted: str) -> None:
    host = Host()
    async with host.run_test() as pilot:
        bar = await opened(pilot)
        bar.line.post_message(events.Paste(pasted))
        await pilot.pause()
        await pilot.pause()
        assert bar.text == "abc"
        assert host.changed[-1] == "abc"
