"""Taking a call down: what the caller says, while the caller says it.

Everything known stands at the top before the first key is typed, the caller's open cases
are offered before a new one, and from the first key on nothing typed is lost: not by a
refusal, not by another call, not by a dying process.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from console.app import seat_of
from console.desk.caller import Caller, caller_at, caller_of
from console.desk.intake_fields import CONVERSATION, SECTIONS
from console.desk.intake_form import IntakeForm
from console.domain.call import Call
from console.domain.fields import Field
from console.domain.words import M
from console.screens import intake_view as view
from console.screens import keymap
from console.screens.feed import Changes
from console.screens.intake_sending import IntakeSending
from console.widgets.field_inputs import Edited, LineInput
from console.widgets.form import Form, Row, Section, Told, as_field
from console.widgets.headline import Headline
from console.widgets.hints import Hints
from console.widgets.offer import Offer

COLUMNS = (("caller", "need"), ("details", "dispatch", "promise"))
PAUSE = 0.15
"""Seconds without a key after which what follows from the form is worked out anew."""


class IntakeScreen(IntakeSending):
    """The intake form of a call, or of a case that came another way (`call` ""). `draft` is
    the key of a parked draft to go on with."""

    AUTO_FOCUS = ""  # `begin` decides; None would mean the first field
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, call: str = "", draft: str = "") -> None:
        super().__init__()
        self.call = call
        self.key = draft or (f"intake:{call}" if call else "")
        self.wrong: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._looked_up = ""
        self._made: dict[str, tuple[Field, Widget]] = {}

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
        yield Told("greeting")
        yield Told("incoming")
        self.offer = Offer()
        self.sheet = Form(self._columns(), top=(self.offer,))
        yield self.sheet
        yield Told("hint", stays=True)
        yield Told("message")
        yield Hints()

    def _caller(self) -> Caller:
        desk = seat_of(self).desk
        self._call = desk.call(self.call) if self.call else Call("")
        return caller_of(desk, self._call) if self.call else Caller()

    def _columns(self) -> list[list[Section]]:
        say = seat_of(self).speech.say
        rows = self._rows()
        said = (Told("promise"),)
        follows = (Told("follows"),)
        around = {"promise": (said, follows)}
        return [
            [Section(key, say(SECTIONS[key]), rows[key], *around.get(key, ())) for key in column]
            for column in COLUMNS
        ]

    def _rows(self) -> dict[str, list[Row]]:
        """The rows of each section, with what is typed in them. Inputs that are there and
        still right for their field stay."""
        app = seat_of(self)
        rows: dict[str, list[Row]] = {section: [] for section, _ in CONVERSATION}
        for entry in self.form.entries:
            made, widget = self._made.get(entry.key, (None, None))
            if widget is None or made != entry.field:
                widget = view.make_input(entry, self.form, app.speech, app.desk.now)
                self._show_value(entry.key, widget)
                self._made[entry.key] = (entry.field, widget)
            row = Row(entry.key, app.speech.say(entry.field.label), widget)
            rows[entry.section].append(row)
        shown = {entry.key for entry in self.form.entries}
        self._made = {key: made for key, made in self._made.items() if key in shown}
        return rows

    def _show_value(self, key: str, widget: Widget) -> None:
        typed = self.form.values.get(key)
        if typed is None:
            return
        if type(widget) is LineInput and not self.form.typed_in:
            widget.suggest(str(typed))
        else:
            as_field(widget).fill(typed)

    def on_mount(self) -> None:
        for action, keys in self.seat.keys["intake"].items():
            self._bindings.bind(keys, f"do('{action}')", show=False)
        self.message = self.query_one("#message", Told)
        self.show_all()
        self.set_interval(5, self.show_follows)
        self.call_after_refresh(self.begin)

    def on_unmount(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def begin(self) -> None:
        """The cursor where the work is: where it was, at the open cases, or at the first
        field still empty."""
        if not (self.draft and self.return_to_place()):
            empty = [one for one in self.form.missing("intake") if self.sheet.field(one.key)]
            if self.offer.rows:
                self.offer.focus()
            elif empty:
                self.sheet.go_to(empty[0].key)
        if self.told_first is not None:
            self.tell(self.seat.speech.say(self.told_first), "refused")

    # --- what happens

    def on_edited(self, event: Edited) -> None:
        """A key changed a field: keep it, and work out the rest a moment later."""
        event.stop()
        before = self.form.entries
        self.form.put(event.key, event.typed, self.seat.desk.now())
        self.wrong.discard(event.key)
        self._asked_twice = self._discarding = False
        self.keep()
        if self.message.text:
            self.tell("", "done")
        if self.form.entries is not before:
            self.run_worker(self._other_fields(), exclusive=True)
        else:
            self._later()

    async def _other_fields(self) -> None:
        """Another line or division asks for other fields: what is typed stays."""
        await self.sheet.show_rows(self._rows())
        self.show_all()

    def _later(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(PAUSE, self._settle)

    def _settle(self) -> None:
        self.show_hidden()
        self.show_marks()
        self.show_follows()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._discarding = False
        self.show_hint(event.widget)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving a field says at once what cannot be stored in it."""
        key = str(getattr(event.widget, "key", ""))
        problem = self.form.problem(key, self.seat.desk.now()) if key else None
        if problem is not None:
            self.wrong.add(key)
            self.show_marks()
            self.tell(self.seat.speech.say(problem), "refused")
        if key == "contact_phone" and not self.call:
            self._look_up(str(self.form.parsed("contact_phone") or ""))

    def _look_up(self, number: str) -> None:
        """A number typed by hand: who is it?"""
        if number and number != self._looked_up:
            self._looked_up = number
            self.form.caller = caller_at(self.seat.desk, number)
            self.run_worker(self._other_fields(), exclusive=True)

    def on_offer_passed(self, event: Offer.Passed) -> None:
        """Not a repeat call: on with the form, and with what was typed."""
        event.stop()
        widget = self.sheet.first()
        if widget is not None:
            widget.focus()
            if event.typed and isinstance(widget, LineInput):
                widget.value = event.typed
                widget.put_caret(len(event.typed))

    def on_offer_taken(self, event: Offer.Taken) -> None:
        """A repeat call: it belongs to the case that is open."""
        event.stop()
        if not self.call:
            self._open_case(event.case)
            return
        typed = {"case": event.case, "call": self.call}
        self.seat.act("join_call", typed, lambda _: self._open_case(event.case))

    def _open_case(self, case: int) -> None:
        from console.screens.case import CaseScreen  # noqa: PLC0415 - opened on demand

        app = self.seat
        if self.form.typed_in:
            self.keep()
        else:
            app.drafting.drop(self.person, self.key)
        self.leave()
        app.push_screen(CaseScreen(case))

    def on_form_left(self, event: Form.Left) -> None:
        event.stop()
        key = keymap.shown(self.seat.keys["intake"]["send"])
        self.tell(self.seat.speech.say(M("That was the last field. {key} sends.", key=key)), "done")

    def heard(self, changes: Changes) -> None:
        """Facts were added elsewhere: repaint the two lines they can touch."""
        if changes.calls:
            if self.call:
                self._call = self.seat.desk.call(self.call)
            self.show_head()
            self.show_incoming()
            self.show_follows()

    def action_do(self, action: str) -> None:
        """Carry out the action of a key."""
        if action != "discard":
            self._discarding = False
        getattr(self, f"do_{action}")()

    def do_send(self) -> None:
        self.send()

    def do_park(self) -> None:
        if not self.sending:
            self.park()

    def do_discard(self) -> None:
        if not self.sending:
            self.discard()

    def do_claim(self) -> None:
        """Claim the call that waits; only when it is ours is this form parked."""
        app = self.seat
        waiting = self.waiting()
        if not waiting:
            self.tell(app.speech.say(M("No call is waiting.")), "refused")
            return
        call = waiting[0].call
        app.act("claim", {"call": call}, lambda _: self._go_to_call(call))

    def _go_to_call(self, call: str) -> None:
        self.park()
        self.app.push_screen(IntakeScreen(call))

    def do_help(self) -> None:
        from console.screens.help import HelpScreen  # noqa: PLC0415 - opened on demand

        self.app.push_screen(HelpScreen("intake"))

    def do_language(self) -> None:
        self.seat.speak("en" if self.seat.speech.lang == "zh" else "zh")
