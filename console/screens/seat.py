"""The seat: calls as they ring, the board of open cases, the selected case, one bar.

Everything else opens over it and returns to it. It learns of changes from the feed, asks
the desk for the rows that changed, and repaints those.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from console.app import seat_of
from console.desk.drafting import INTAKE
from console.domain import ringing
from console.domain.board import GRAVE, BoardRow, StripRow
from console.domain.words import M, Message
from console.screens import detail, keymap, words
from console.screens.alarms import Alarms
from console.screens.board_filters import FILTERS
from console.screens.feed import Changes
from console.screens.seat_actions import SeatActions
from console.widgets.board import Board
from console.widgets.command_bar import CommandBar
from console.widgets.countdown import NEVER, state_of
from console.widgets.headline import Headline, Part
from console.widgets.hints import Hints
from console.widgets.strip import CallStrip
from console.widgets.titlebar import Title, TitleBar

TYPING_PAUSE = 2.0
"""Seconds without a key after which the bell of a clock may sound."""


class SeatScreen(SeatActions, Screen[None]):
    """The screen an operator works at all day."""

    AUTO_FOCUS = "Board"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        super().__init__(id="seat")
        self.filter = len(FILTERS) - 1
        self.alarms = Alarms()
        self.rows: dict[int, BoardRow] = {}
        self.parked = 0
        self.unmanned: list[Message] = []
        self._rung: set[str] = set()
        self._unheard: set[str] = set()
        self._shown_to = ""
        self._overflow: int | None = None
        self._timer: asyncio.TimerHandle | None = None

    def compose(self) -> ComposeResult:
        app = seat_of(self)
        now, speech = app.desk.now(), app.speech
        labels, units = words.SpokenLabels(app.desk, speech), words.units(speech)
        yield TitleBar(words.title_words(speech), now, lambda at: app.speech.time_of_day(at)[:5])
        yield Headline(id="calls")
        yield CallStrip(labels, words.strip_words(speech), now, units=units)
        yield Headline(id="tabs")
        yield Board(labels, now, units=units)
        yield Headline(id="case")
        yield Static("", id="detail", markup=False)
        yield Static("", id="message", markup=False)
        yield CommandBar()
        yield Hints()

    def on_mount(self) -> None:
        app = seat_of(self)
        for action, keys in app.keys["seat"].items():
            self._bindings.bind(keys, f"do('{action}')", show=False)
        self.board = self.query_one(Board)
        self.strip = self.query_one(CallStrip)
        self.bar = self.query_one(CommandBar)
        self.title_bar = self.query_one(TitleBar)
        self.message = self.query_one("#message", Static)
        self.message.display = False
        self.rows = {row.case: row for row in app.desk.board()}
        self._begin_for()
        self.show_strip()
        self.show_board()
        self.show_hints()
        self.call_after_refresh(self.count_parked)
        self._tick()

    def _begin_for(self) -> None:
        """Somebody else sits here: their first tab, their cases."""
        app = seat_of(self)
        if app.who.person != self._shown_to:
            self._shown_to = app.who.person
            keys = [one.key for one in FILTERS]
            self.filter = keys.index(app.preferences.tab)
            self._unheard.clear()
            self.call_after_refresh(self._listen)

    def _listen(self) -> None:
        """From now on the bell tells of the clocks of whoever sits here."""
        app = seat_of(self)
        self.alarms.begin(self.rows.values(), app.who.person, app.desk.now())

    def on_unmount(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    # --- what is shown

    def show_board(self) -> None:
        """All rows of the chosen tab."""
        app = seat_of(self)
        shows, me = FILTERS[self.filter].shows, app.who.person
        self.board.empty_text = app.speech.say(M("No open case here."))
        self.board.update_rows(row for row in self.rows.values() if shows(row, me))
        self.show_tabs()
        self.show_detail()
        self._schedule()

    def show_tabs(self) -> None:
        app = seat_of(self)
        parts = [Part(app.speech.say(M("Cases")))]
        for number, tab in enumerate(FILTERS, 1):
            count = sum(tab.shows(row, app.who.person) for row in self.rows.values())
            label = app.speech.say(tab.label)
            parts.append(Part(f"{number} {label} {count}", number - 1 == self.filter))
        self.query_one("#tabs", Headline).show(parts)
        self.show_title()

    def show_strip(self) -> None:
        """The calls, with a bell for one that rings for the first time."""
        app = seat_of(self)
        rows = self._audible()
        rung = {row.call for row in rows if row.heard == ringing.RINGS}
        if rung - self._rung:
            app.sound("ring")
        self._rung = rung
        self.strip.display = bool(rows)
        self.strip.update_rows(rows)
        title = app.speech.say(M("Calls") if rows else M("No calls"))
        self.query_one("#calls", Headline).show([Part(title)])
        self.show_title()

    def _audible(self) -> list[StripRow]:
        """The calls this seat shows, and when it has to look again though nothing happens."""
        app = seat_of(self)
        now, rows = app.desk.now(), app.desk.strip(app.speech.lang, app.who)
        self._overflow = ringing.next_overflow(rows, now)
        return ringing.audible(rows, now)

    def show_title(self) -> None:
        app = seat_of(self)
        now = app.desk.now()
        calls: tuple[StripRow, ...] = self.strip.rows
        missed = sum(row.state == "missed" for row in calls)
        breached = sum(_is_breached(row, now) for row in self.rows.values())
        app.window_title.show(words.window_title(len(self._rung), breached, app.speech))
        self.title_bar.show(
            Title(
                person=app.speech.name(app.who.person),
                owned=sum(row.owner == app.who.person for row in self.rows.values()),
                grave=sum(GRAVE in row.marks for row in self.rows.values()),
                breached=breached,
                calls=len(calls) - missed,
                missed=missed,
                undelivered=sum("undelivered" in row.marks for row in self.rows.values()),
                seat=app.who.seat,
                banner=self._banner(),
            )
        )

    def _banner(self) -> str:
        app = seat_of(self)
        said = [*app.desk.warnings(self.rows.values()), *self.unmanned]
        offered = sum(row.offered == app.who.person for row in self.rows.values())
        if offered:
            key = keymap.shown(app.keys["seat"]["handover"])
            said.append(M("offered to you {n} ({key})", n=offered, key=key))
        if self.parked:
            key = keymap.shown(app.keys["seat"]["slips"])
            said.append(M("parked {n} ({key})", n=self.parked, key=key))
        if app.desk.problems:
            said.append(M("left out: {names}", names=", ".join(sorted(app.desk.problems))))
        return "  ".join(app.speech.say(one) for one in said)

    def show_detail(self) -> None:
        """The selected case in a few lines."""
        app = seat_of(self)
        number = self.board.case
        headline, text = "", ""
        if number:
            case = app.desk.case(number)
            headline = str(number)
            text = detail.summary(case, app.speech, app.desk.now())
        self.query_one("#case", Headline).show([Part(headline)] if headline else [])
        self.query_one("#detail", Static).update(text)

    def show_hints(self) -> None:
        self.query_one(Hints).show(self.hints())

    def tell(self, text: str, kind: str) -> None:
        """A sentence above the hints; the next key that acts replaces it."""
        self.message.set_classes(kind)
        self.message.update(text)
        self.message.display = bool(text)

    def respeak(self) -> None:
        """Everything again, in the language the app speaks now."""
        app = seat_of(self)
        speech = app.speech
        self._begin_for()
        labels, units = words.SpokenLabels(app.desk, speech), words.units(speech)
        self.board.speak(labels, units)
        self.strip.speak(labels, words.strip_words(speech), units)
        self.title_bar.speak(words.title_words(speech))
        self.tell("", "done")
        self.show_strip()
        self.show_board()
        self.show_hints()

    # --- what happens

    def heard(self, changes: Changes) -> None:
        """Facts were added: fetch and repaint only what they touch."""
        app = seat_of(self)
        if changes.people:
            self.respeak()
        if changes.cases:
            self._patch({number: app.desk.board_row(number) for number in changes.cases})
        if changes.calls or changes.cases:
            self.show_strip()
        self._schedule()

    def _patch(self, changed: dict[int, BoardRow | None]) -> None:
        app = seat_of(self)
        shows, me = FILTERS[self.filter].shows, app.who.person
        self._heed_grave(changed)
        for number, row in changed.items():
            if row is None:
                self.rows.pop(number, None)
            else:
                self.rows[number] = row
        self.alarms.patch(changed)
        self.board.patch(
            {n: row if row is not None and shows(row, me) else None for n, row in changed.items()}
        )
        self.show_tabs()
        if self.board.case in changed or not self.board.case:
            self.show_detail()

    def _heed_grave(self, changed: dict[int, BoardRow | None]) -> None:
        """A case has become grave: it sounds like no ring, and the seat says what to do."""
        app = seat_of(self)
        fresh = [number for number, row in changed.items() if _turns_grave(self.rows, number, row)]
        if fresh:
            app.sound(GRAVE)
            key = keymap.shown(app.keys["seat"]["incident"])
            app.tell(
                M("Case {case} is a major one: {key} shows whom to tell.", case=fresh[0], key=key),
                "news",
            )

    def _tick(self) -> None:
        """Repaint what reads differently now, then sleep until the next such moment, for a
        second at most."""
        now = seat_of(self).desk.now()
        if self._overflow is not None and self._overflow <= now:
            self.show_strip()
        self.title_bar.tick(now)
        self.strip.tick(now)
        self.board.tick(now)
        self._heed_clocks(now)
        self._schedule()

    def _heed_clocks(self, now: int) -> None:
        """The bell for a clock that turned amber or was broken; it waits until nobody types."""
        app = seat_of(self)
        turned = self.alarms.look(now)
        if turned:
            self._unheard |= turned
            self.show_title()
        if self._unheard and app.resting >= TYPING_PAUSE:
            app.sound("breach" if "breach" in self._unheard else "amber")
            self._unheard.clear()

    def _schedule(self) -> None:
        """Sleep until the next change of what is painted. Only painting tells what is in
        view and when it changes, so ask after it."""
        self.call_after_refresh(self._set_alarm)

    def _set_alarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if not self.is_attached:
            return
        now = seat_of(self).desk.now()
        wakes = [self.board.wake, self.strip.wake, self.title_bar.wake, NEVER]
        wakes.append(now + 1 if self._unheard else self.alarms.wake)
        if self._overflow is not None:
            wakes.append(self._overflow)
        wake = min(wakes)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(min(max(wake - now, 0.25), 60.0), self._tick)

    def on_board_selected(self, _message: Any) -> None:
        self.show_detail()
        self._schedule()

    def on_board_opened(self, message: Board.Opened) -> None:
        self.open_case(message.case)

    def on_call_strip_opened(self, message: CallStrip.Opened) -> None:
        self.claim(message.call)

    def on_screen_resume(self) -> None:
        """Back from another screen: what changed meanwhile is already in the rows."""
        if self.is_mounted:
            self.board.focus()
            self.count_parked()

    def count_parked(self) -> None:
        """How many forms wait to be gone on with; said in the title."""
        app = seat_of(self)
        drafts = app.drafting.of(app.who.person)
        self.parked = sum(one.key.startswith(INTAKE) for one in drafts)
        self.unmanned = app.desk.roster_warnings(app.desk.now())
        self.show_title()


def _is_breached(row: BoardRow, now: int) -> bool:
    return any(state_of(clock, now) in ("breached", "overdue") for clock in row.clocks)


def _turns_grave(rows: Mapping[int, BoardRow], number: int, row: BoardRow | None) -> bool:
    """Whether a row as it is now has a mark it had not before."""
    before = rows.get(number)
    was = before is not None and GRAVE in before.marks
    return row is not None and GRAVE in row.marks and not was
