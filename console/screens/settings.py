"""What somebody chooses for their own seat: language, colours, bells, the first tab."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.widget import Widget

from console.domain.words import L
from console.screens.over import Over
from console.screens.preferences import SETTINGS, Preferences, Setting
from console.speech import Speech
from console.widgets.lines import Line, Span
from console.widgets.page import Page
from console.widgets.safetext import fit

_LABEL = 28


class SettingsScreen(Over[None]):
    """One line each; what is chosen holds at once, and at every seat."""

    section = "settings"
    hinted = (("next", L("换一个", "another choice")), ("back", L("返回", "back")))
    choosing = True
    AUTO_FOCUS: ClassVar[str] = "Page"

    def body(self) -> Iterable[Widget]:
        yield Page(id="settings_page")

    def headline(self) -> list[str]:
        return [self.seat.speech.say(L("个人设置", "Settings"))]

    def show(self) -> None:
        app = self.seat
        self.page.show(lambda _width: lines(app.preferences, app.speech))

    def on_page_opened(self, _message: Page.Opened) -> None:
        self.do_next()

    def do_next(self) -> None:
        self._turn(1)

    def do_previous(self) -> None:
        self._turn(-1)

    def _turn(self, steps: int) -> None:
        """The next value of the chosen line, round and round."""
        setting = next(one for one in SETTINGS if one.key == self.page.key)
        values = [value for value, _ in setting.options]
        at = values.index(getattr(self.seat.preferences, setting.key))
        chosen = values[(at + steps) % len(values)]
        self.seat.prefer(replace(self.seat.preferences, **{setting.key: chosen}))
        self.show()


def lines(preferences: Preferences, speech: Speech) -> list[Line]:
    """Every setting with its values, the chosen one in brackets."""
    return [_line(one, getattr(preferences, one.key), speech) for one in SETTINGS]


def _line(setting: Setting, chosen: str, speech: Speech) -> Line:
    spans = [Span(fit(speech.say(setting.label), _LABEL), "text")]
    for value, label in setting.options:
        text = speech.say(label)
        if value == chosen:
            spans.append(Span(f"[{text}] ", "head"))
        else:
            spans.append(Span(f" {text}  ", "dim"))
    return Line(tuple(spans), setting.key)
