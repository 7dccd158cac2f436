"""Help: the keys of the screen one comes from, the commands, how the board reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from console.domain.words import L, M
from console.screens import help_view, key_labels
from console.screens.over import Over, typing
from console.widgets.lines import Line, Span
from console.widgets.page import Page


class HelpScreen(Over[None]):
    """What can be done on a screen; typing narrows it down."""

    section = "help"
    hinted = (("back", L("返回", "back")),)
    AUTO_FOCUS: ClassVar[str] = "#wanted"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
    ]

    def __init__(self, screen_key: str) -> None:
        """`screen_key` is the screen's part of the keymap: seat, case, intake …"""
        super().__init__()
        self.screen_key = screen_key

    def body(self) -> Iterable[Widget]:
        yield typing("wanted")
        yield Page(id="help_page")

    def headline(self) -> list[str]:
        say = self.seat.speech.say
        return [
            say(L("帮助", "Help")),
            say(key_labels.SCREENS.get(self.screen_key, self.screen_key)),
        ]

    def show(self) -> None:
        box = self.query_one("#wanted", Input)
        box.placeholder = self.seat.speech.say(M("type to search"))
        self.page.show(lambda width: self._lines(box.value, width))

    def _lines(self, wanted: str, width: int) -> list[Line]:
        app = self.seat
        found = help_view.lines(self.screen_key, app.keys, wanted, app.speech, width)
        if found:
            return found
        nothing = app.speech.say(M("Nothing is found for “{wanted}”.", wanted=wanted))
        return [Line((Span(nothing, "dim"),))]

    def on_input_changed(self, _message: Input.Changed) -> None:
        self.page.show(lambda width: self._lines(_message.value, width))
        self.page.scroll_to(y=0, animate=False)
