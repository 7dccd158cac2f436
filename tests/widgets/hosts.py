"""What the widget tests share: rows, words in both languages, and a board in an app."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widget import Widget

from console.domain.board import BoardClock, BoardRow
from console.widgets.board import Board
from console.widgets.countdown import EN, Units
from console.widgets.theme import THEMES

NOW = 1_790_000_000
HOUR = 3600


class Words:
    """Labels from one table; an unknown key answers with itself."""

    def __init__(self, words: dict[str, str] | None = None) -> None:
        self._words = words or {}

    def line(self, key: str) -> str:
        return self._words.get(key, key)

    category = division = clock = state = person = mark = line


CHINESE = Words(
    {
        "technical": "技术",
        "complaint": "投诉",
        "meter": "电能表",
        "contact": "联系客户",
        "repair": "修复",
        "lina": "李娜",
        "wang": "投诉专员 王强",
        "urged": "催办",
        "repairing": "修复中",
    }
)


def clock(due: int | None, *, key: str = "contact", level: str = "hard") -> BoardClock:
    """A clock that began an hour before it is due; amber in its last third."""
    started = NOW - HOUR if due is None else due - HOUR
    return BoardClock(key, level, started, None if due is None else due - HOUR // 3, due)


def row(case: int, *clocks: BoardClock, customer: str = "Lin", version: int = 1) -> BoardRow:
    """A technical case of Wang's, first taken by Li Na."""
    people = ("lina", "wang", "", "", "")
    texts = ("repairing", "power", "technical", "meter", customer)
    return BoardRow(case, version, *texts, *people, ("urged",), clocks)


def rows(count: int, *, first_due: int = NOW + 2 * HOUR, apart: int = HOUR) -> list[BoardRow]:
    """Cases 1000, 1001, … in the order they are due."""
    return [row(1000 + number, clock(first_due + number * apart)) for number in range(count)]


class OneWidget(App[None]):
    """An app that shows one widget, keeps its messages and counts what it repaints."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.heard: list[tuple[str, object]] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "console-night"

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.widget.focus()

    def on_board_selected(self, message: Board.Selected) -> None:
        self.heard.append(("selected", message.case))

    def on_board_opened(self, message: Board.Opened) -> None:
        self.heard.append(("opened", message.case))


class CountingBoard(Board):
    """A board that remembers which of its lines were painted."""

    def __init__(self, shown: Iterable[BoardRow], words: Words, units: Units = EN) -> None:
        super().__init__(words, NOW, units=units)
        self.painted: list[int] = []
        self.update_rows(shown)

    def render_line(self, y: int):  # type: ignore[no-untyped-def]
        self.painted.append(y)
        return super().render_line(y)


def text_of(widget: Widget, y: int) -> str:
    """What the widget paints on one of its lines."""
    return widget.render_line(y).text


def cell_of(text: str, part: str) -> int:
    """The screen column at which `part` begins."""
    return cell_len(text[: text.index(part)])
