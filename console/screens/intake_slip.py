"""The intake form as a slip: kept from the first key, parked, taken up again, thrown away."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from textual.screen import Screen

from console.app import SeatApp, seat_of
from console.desk.drafting import INTAKE
from console.desk.intake_chain import opened_meanwhile
from console.desk.intake_form import IntakeForm
from console.domain.call import Call
from console.domain.words import Duration, M
from console.screens import keymap
from console.widgets.field_inputs import LineInput, LongInput
from console.widgets.form import Form

PREFIX = INTAKE
"""What the keys of all drafts of this form begin with."""

FRESH = 5 * 60
"""A draft saved at another seat within this many seconds is being typed there."""

Caret = int | list[int]
"""Where the cursor is in a field: a position, or line and column."""


class IntakeSlip(Screen[None]):
    """The half of the intake screen that keeps what is typed."""

    form: IntakeForm
    sheet: Form
    call: str
    key: str
    person: str = ""
    _discarding = False

    @property
    def seat(self) -> SeatApp:
        return seat_of(self)

    def tell(self, text: str, kind: str) -> None:
        """A sentence in the place of the hint."""
        raise NotImplementedError

    # --- taking up

    def take_up(self) -> None:
        """Find the draft this form goes on with, and whose it is."""
        app = self.seat
        self.person = app.who.person
        self.told_first: Any = None
        self.kept_at = app.desk.now()
        found = app.drafting.get(self.person, self.key) if self.key else None
        self.draft: dict[str, Any] = dict(found.values) if found else {}
        self.call = self.call or str(self.draft.get("call") or "")
        if not self.key:
            self.key = f"{PREFIX}new-{uuid4().hex[:8]}"
        if found and found.seat != app.who.seat and app.desk.now() - found.saved < FRESH:
            self._go_on_with_a_copy(found.seat, app.desk.now() - found.saved)

    def _go_on_with_a_copy(self, seat: str, ago: int) -> None:
        """Somebody types in this draft elsewhere: leave it alone."""
        self.key = f"{self.key}+{uuid4().hex[:8]}"
        self.told_first = M(
            "This form was being filled in at seat {seat} {ago} ago. It is left as it is; "
            "you go on with a copy.",
            seat=seat or "–",
            ago=Duration(ago),
        )

    def restore(self) -> None:
        """Put what was kept back into the form."""
        if not self.draft:
            return
        desk = self.seat.desk
        self.form.restore(self.draft, desk.now())
        sent = self.form.sent
        if not sent.case and sent.trying >= 0:
            facts = desk.follow(sent.trying)
            sent.case = opened_meanwhile(facts, self.person, self.call)
        if self.told_first is not None:
            self.keep()

    def return_to_place(self) -> bool:
        """The cursor where it was. False when that place is not there."""
        key = str(self.draft.get("focus") or "")
        widget = self.sheet.field(key)
        if widget is None or not self.sheet.go_to(key):
            return False
        caret = self.draft.get("caret")
        if isinstance(widget, LineInput) and isinstance(caret, int):
            widget.put_caret(caret)
        elif isinstance(widget, LongInput) and isinstance(caret, list) and len(caret) == 2:
            widget.cursor_location = (int(caret[0]), int(caret[1]))
        return True

    # --- keeping

    def keep(self) -> None:
        """Keep everything as it is now; the disk is not waited for."""
        app = self.seat
        now = app.desk.now()
        if now - self.kept_at > FRESH:
            self._look_who_typed()
        self.kept_at = now
        focus, caret = self._place()
        values = {**self.form.draft(), "focus": focus, "caret": caret, "about": self._about()}
        app.drafting.keep(self.person, self.key, app.who.seat, values)

    def _look_who_typed(self) -> None:
        """After a long pause: another seat may have taken this draft up meanwhile."""
        app = self.seat
        found = app.drafting.get(self.person, self.key)
        if found and found.seat != app.who.seat and found.saved > self.kept_at:
            self._go_on_with_a_copy(found.seat, app.desk.now() - found.saved)
            self.tell(app.speech.say(self.told_first), "refused")

    def _place(self) -> tuple[str, Caret]:
        """The field the cursor is in and where."""
        if not self.is_mounted:
            return str(self.draft.get("focus") or ""), self.draft.get("caret") or 0
        focused = self.focused
        if isinstance(focused, LongInput):
            return focused.key, list(focused.cursor_location)
        if isinstance(focused, LineInput):
            return focused.key, focused.cursor_position
        return str(getattr(focused, "key", "")), 0

    def _about(self) -> dict[str, str]:
        """What the list of slips says of it."""
        values = self.form.values
        person = f"{values.get('contact_name') or ''}{values.get('honorific') or ''}"
        who = " ".join(one for one in (str(values.get("employer") or ""), person) if one)
        number = self.form.caller.shown or str(values.get("contact_phone") or "")
        what = str(values.get("need") or values.get("reason") or "")
        return {"number": number, "who": who, "what": what[:80]}

    # --- leaving

    @property
    def worth_keeping(self) -> bool:
        """Something was typed, or the caller is still on the line."""
        return self.form.typed_in or self._on_the_line()

    def _on_the_line(self) -> bool:
        call: Call = self.seat.desk.call(self.call) if self.call else Call("")
        return call.live

    def park(self) -> None:
        """Back to the seat; the form waits among the slips."""
        app = self.seat
        kept = self.worth_keeping
        if kept:
            self.keep()
        self.leave()
        if kept:
            key = keymap.shown(app.keys["seat"]["slips"])
            app.tell(M("Parked. {key} shows the parked forms.", key=key))

    def discard(self) -> None:
        """Throw the draft away; it takes two presses in a row."""
        app = self.seat
        if not self._discarding:
            self._discarding = True
            key = keymap.shown(app.keys["intake"]["discard"])
            words = M("Press {key} once more to throw away what is typed here.", key=key)
            self.tell(app.speech.say(words), "refused")
            return
        case = self.form.sent.case
        app.drafting.drop(self.person, self.key)
        self.leave()
        app.tell(
            M("Thrown away. Case {case} stays open.", case=case) if case else M("Thrown away.")
        )

    def leave(self) -> None:
        """Close this screen."""
        if self in self.app.screen_stack and self.is_current:
            self.dismiss()
