"""Taking a call down: what the caller says, while the caller says it.

Everything known stands at the top before the first key is typed, the caller's open cases
are offered before a new one, and from the first key on nothing typed is lost: not by a
refusal, not by another call, not by a dying process.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from console.app import seat_of
from console.desk import intake_talk as talk
from console.desk.caller import Caller, caller_at, caller_of
from console.desk.intake_fields import CONVERSATION, SECTIONS, Entry
from console.desk.intake_form import IntakeForm
from console.domain.call import Call
from console.domain.fields import Choice
from console.domain.words import L, Label, M
from console.screens import intake_view as view
from console.screens import keymap, words
from console.screens.feed import Changes
from console.screens.intake_sending import Sending
from console.screens.intake_slip import Slip
from console.widgets.field_inputs import (
    ChoiceInput,
    Edited,
    FlagInput,
    LineInput,
    PersonInput,
)
from console.widgets.form import Form, Row, Section, as_field
from console.widgets.headline import Headline
from console.widgets.hints import Hint, Hints
from console.widgets.offer import Offer

COLUMNS = (("caller", "need"), ("details", "dispatch", "promise"))
PAUSE = 0.15
"""Seconds without a key after which what follows from the form is worked out anew."""

HINTS: tuple[tuple[str, Label, int], ...] = (
    ("send", L("提交", "send"), 0),
    ("park", L("挂起", "park"), 0),
    ("discard", L("丢弃", "discard"), 2),
    ("claim", L("接下一个", "next call"), 1),
    ("help", L("帮助", "help"), 3),
)


class IntakeScreen(Slip, Sending, Screen[None]):
    """The intake form of a call, or of a case that came another way (`call` ""). `draft` is
    the key of a parked draft to go on with."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, call: str = "", draft: str = "") -> None:
        super().__init__()
        self.call = call
        self.key = draft or (f"intake:{call}" if call else "")
        self.wrong: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._looked_up = ""

    # --- building

    def compose(self) -> ComposeResult:
        self.take_up()
        app = seat_of(self)
        caller = self._caller()
        zone = app.desk.config.zone
        self.form = IntakeForm(app.desk.rulebook, app.desk.directory, self.call, caller, zone)
        self.restore()
        self._entries = self.form.entries
        yield Headline(id="caller")
        yield Static("", id="greeting", markup=False)
        yield Static("", id="incoming", markup=False)
        self.offer = Offer()
        self.sheet = Form(self._columns(), top=(self.offer,))
        yield self.sheet
        yield Static("", id="hint", markup=False)
        yield Static("", id="message", markup=False)
        yield Hints()

    def _caller(self) -> Caller:
        desk = seat_of(self).desk
        self._call = desk.call(self.call) if self.call else Call("")
        return caller_of(desk, self._call) if self.call else Caller()

    def _columns(self) -> list[list[Section]]:
        say = seat_of(self).speech.say
        rows = self._rows(self.form.entries)
        tails = {"promise": (Static("", id="promise", markup=False), Static("", id="follows", markup=False))}
        return [
            [Section(key, say(SECTIONS[key]), rows[key], tails.get(key, ())) for key in column]
            for column in COLUMNS
        ]

    def _rows(self, entries: tuple[Entry, ...]) -> dict[str, list[Row]]:
        """The rows of each section, with what is typed in them."""
        app = seat_of(self)
        rows: dict[str, list[Row]] = {section: [] for section, _ in CONVERSATION}
        for entry in entries:
            row = view.make_row(entry, self.form, app.speech, app.desk.now)
            self._show_value(entry.key, row.input)
            rows[entry.section].append(row)
        return rows

    def _show_value(self, key: str, widget: Widget) -> None:
        typed = self.form.values.get(key)
        if typed is None:
            return
        if isinstance(widget, LineInput) and not self.form.typed_in:
            widget.suggest(str(typed)) if not isinstance(widget, ChoiceInput) else widget.fill(typed)
            return
        as_field(widget).fill(typed)

    def on_mount(self) -> None:
        app = seat_of(self)
        for action, keys in app.keys["intake"].items():
            self._bindings.bind(keys, f"do('{action}')", show=False, priority=action in ("send",))
        self.message = self.query_one("#message", Static)
        self.message.display = False
        self.show_all()
        self.set_interval(5, self.show_follows)
        self.call_after_refresh(self.begin)

    def on_unmount(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
