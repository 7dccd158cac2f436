"""The wall: a board for a screen everybody can see and nobody types at.

Worst first, with room between the cases; how many there are of each state; who waits on the
telephone. Numbers are masked whoever put it up: anybody may walk past.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits, Static

from console.desk import Desk
from console.domain.board import BoardRow, StripRow
from console.domain.numbers import masked
from console.domain.states import STATES
from console.domain.words import L, Label, M
from console.screens import keymap, words
from console.screens.feed import Changes, Feed
from console.speech import Speech
from console.widgets.countdown import NEVER, since, state_of
from console.widgets.headline import Headline, Part
from console.widgets.lines import Item, Line, Span, flowing
from console.widgets.page import Page
from console.widgets.theme import THEMES
from console.widgets.wallboard import WallBoard, WallStrip

COUNTED_SECONDS = 5
"""How often the clocks past due are counted; a case that changes is counted at once."""

ROOMY = 34
"""From so many lines on the figures are drawn large."""

FIGURES: dict[str, tuple[Label, str]] = {
    "time": (L("时间", "time"), "text"),
    "waiting": (L("等待接听", "calls waiting"), "ring"),
    "missed": (L("待回电", "to call back"), "amber"),
    "overdue": (L("逾期", "overdue"), "breached"),
    "open": (L("未结", "open"), "text"),
}
"""What is counted, in the order it is read, and its ink."""


class Figure(Vertical):
    """One number, large, over what it counts."""

    def __init__(self, key: str) -> None:
        super().__init__(id=key, classes=FIGURES[key][1])
        self._shown = ""

    def compose(self) -> ComposeResult:
        yield Digits("")
        yield Static("", markup=False)

    def show(self, number: str, label: str) -> None:
        """The same number again costs nothing."""
        if number != self._shown:
            self._shown = number
            self.query_one(Digits).update(number)
            self.query_one(Static).update(label)


class WallApp(App[int]):
    """The wall of one desk, in one language. It reads and never writes."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "console.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "nothing", show=False),
        Binding("ctrl+z", "nothing", show=False),
    ]

    def __init__(self, desk: Desk, lang: str, keys: keymap.Keymap | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.speech = Speech(lang, desk.config.zone, self._named)
        self.keys = keys or keymap.load(desk.store.directory)
        self.feed = Feed(desk, self._heard)
        self.rows: dict[int, BoardRow] = {}
        self._counted = 0
        self._overdue = 0
        self._alarm: asyncio.TimerHandle | None = None

    def _named(self, person: str) -> str:
        return self.desk.directory.name(person)  # the directory is a new one when people change

    def compose(self) -> ComposeResult:
        now, units = self.desk.now(), words.units(self.speech)
        labels = words.SpokenLabels(self.desk, self.speech)
        self.strip = WallStrip(labels, words.strip_words(self.speech), now, units=units, most=6)
        self.board = WallBoard(labels, now, units=units)
        with Horizontal(id="figures"):
            for key in FIGURES:
                yield Figure(key)
        summary = Page(id="summary")
        summary.can_focus = False
        yield summary
        yield Headline(id="calls")
        yield self.strip
        yield Headline(id="tabs")
        yield self.board

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        for key in self.keys["wall"]["quit"].split(","):
            self._bindings.bind(key, "leave", show=False)
        self.board.empty_text = self.speech.say(M("No open case."))
        self.rows = {row.case: row for row in self.desk.board()}
        self.board.update_rows(self.rows.values())
        self._show_calls()
        self.feed.start()
        self.call_after_refresh(self._tick)

    def on_unmount(self) -> None:
        self.feed.stop()
        if self._alarm is not None:
            self._alarm.cancel()

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.query_one("#figures").display = self.size.height >= ROOMY
        self._show_numbers()

    def on_wall_board_spread(self) -> None:
        """More or fewer cases are in view."""
        self._show_numbers()

    # --- what happens

    def _heard(self, changes: Changes) -> None:
        if changes.cases:
            changed = {number: self.desk.board_row(number) for number in changes.cases}
            for number, row in changed.items():
                if row is None:
                    self.rows.pop(number, None)
                else:
                    self.rows[number] = row
            self.board.patch(changed)
        self._show_calls()
        self._counted = 0
        self._tick()

    def _tick(self) -> None:
        """Repaint what reads differently now, then sleep until the next such moment."""
        now = self.desk.now()
        self.strip.tick(now)
        self.board.tick(now)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Only painting tells how many cases are in view, and when they change."""
        self._show_numbers()
        if self._alarm is not None:
            self._alarm.cancel()
        now = self.desk.now()
        minute = now - now % 60 + 60
        counted = self._counted + COUNTED_SECONDS
        wake = min(self.board.wake, self.strip.wake, minute, counted, NEVER)
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(max(wake - now, 0.25), self._tick)

    # --- what is shown

    def _show_calls(self) -> None:
        rows = [
            row._replace(number=masked(row.number)) for row in self.desk.strip(self.speech.lang)
        ]
        self.strip.display = bool(rows)
        self.strip.update_rows(rows)
        title = self.speech.say(M("Calls") if rows else M("No calls"))
        self.query_one("#calls", Headline).show([Part(title)])

    def _show_numbers(self) -> None:
        """The figures, how many cases there are of each state, and how many are not seen."""
        now, say = self.desk.now(), self.speech.say
        if now >= self._counted + COUNTED_SECONDS or now < self._counted:
            self._counted = now
            self._overdue = sum(is_overdue(row, now) for row in self.rows.values())
        figures = counts(self.strip.rows, len(self.rows), self._overdue)
        figures["time"] = self.speech.time_of_day(now)[:5]
        for key, (label, _) in FIGURES.items():
            self.query_one(f"#{key}", Figure).show(figures[key], say(label))
        large = bool(self.query_one("#figures").display)
        self.query_one("#summary", Page).show(
            lambda width: self._summary({} if large else figures, now, width)
        )
        hidden = len(self.rows) - self.board.room
        parts = [Part(say(M("Cases {n}", n=len(self.rows))))]
        if hidden > 0:
            parts.append(Part(say(M("{n} less urgent ones are not shown", n=hidden))))
        self.query_one("#tabs", Headline).show(parts)

    def _summary(self, figures: dict[str, str], now: int, width: int) -> list[Line]:
        items: list[Item] = []
        for key, number in figures.items():
            label, ink = FIGURES[key]
            items.append((Span(f"{self.speech.say(label)} ", "dim"), Span(number, ink)))
        labels = words.SpokenLabels(self.desk, self.speech)
        for state, count in states(self.rows.values()):
            items.append((Span(f"{labels.state(state)} ", "dim"), Span(str(count), "head")))
        waiting = [row.since for row in self.strip.rows if _waits(row)]
        if waiting:
            longest = since(min(waiting), now, words.units(self.speech))
            said = self.speech.say(L("最久等待", "longest wait"))
            items.append((Span(f"{said} ", "dim"), Span(longest, "ring")))
        return flowing(items, width)

    # --- leaving

    def action_leave(self) -> None:
        self.leave()

    def leave(self, _because: Any = None) -> None:
        """Take the wall down."""
        self.exit(0)

    def action_nothing(self) -> None:
        """Swallow a key that would stop or suspend the wall."""


def is_overdue(row: BoardRow, now: int) -> bool:
    return any(state_of(clock, now) in ("breached", "overdue") for clock in row.clocks)


def _waits(row: StripRow) -> bool:
    return row.state in ("ringing", "queued")


def counts(calls: Sequence[StripRow], cases: int, overdue: int) -> dict[str, str]:
    """The figures but for the time, as text."""
    return {
        "time": "",
        "waiting": str(sum(_waits(row) for row in calls)),
        "missed": str(sum(row.state == "missed" for row in calls)),
        "overdue": str(overdue),
        "open": str(cases),
    }


def states(rows: Iterable[BoardRow]) -> list[tuple[str, int]]:
    """How many cases there are of each state, in the order a case goes through them."""
    order = list(STATES)
    found = Counter(row.state for row in rows)
    known = {state: place for place, state in enumerate(order)}
    return sorted(found.items(), key=lambda one: (known.get(one[0], len(order)), one[0]))
