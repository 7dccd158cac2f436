"""Sending the intake form: command after command, until all is done or one is refused."""

from __future__ import annotations

from functools import partial

from console.desk import Outcome
from console.desk.intake_chain import Step, accepted, next_step, offender
from console.desk.intake_fields import Entry
from console.domain.refusal import Refusal
from console.domain.words import M, Message
from console.screens import keymap
from console.screens.intake_showing import IntakeShowing

NEVER_SKIPPED = ("save_contact",)
"""Fields without which no form is sent, however often it is asked (000 III.1.5.7)."""


class IntakeSending(IntakeShowing):
    """The half of the intake screen that sends."""

    _asked_twice = False
    spoken = ""
    finished = False

    def send(self) -> None:
        """Send the form, or say what is in the way."""
        if self.sending or self.finished:
            return
        self.wrong.clear()
        if self._unreadable() or self._incomplete():
            return
        self.sending = True
        self.spoken = self.promise_spoken()
        self._go_on()

    def _unreadable(self) -> bool:
        """A field holds what cannot be stored: nothing is sent."""
        now = self.seat.desk.now()
        for entry in self.form.entries:
            problem = self.form.problem(entry.key, now) if self.form.shows(entry) else None
            if problem is not None:
                self._point_at(entry.key, problem)
                return True
        return False

    def _incomplete(self) -> bool:
        """Something is missing. Pressing again sends all the same: the caller may be gone,
        and half a record is better than none."""
        missing = self.form.missing()
        never = [entry for entry in missing if entry.key in NEVER_SKIPPED]
        if not missing or (self._asked_twice and not never):
            return False
        self._asked_twice = True
        self.wrong.update(entry.key for entry in missing)
        words = self._what_is_missing(never or missing, bool(never))
        self._point_at((never or missing)[0].key, words)
        return True

    def _what_is_missing(self, missing: list[Entry], never: bool) -> Message:
        speech = self.seat.speech
        labels = speech.listed(speech.say(entry.field.label) for entry in missing)
        if never:
            return M("Not without: {missing}.", missing=labels)
        key = keymap.shown(self.seat.keys["intake"]["send"])
        return M(
            "Still missing: {missing}. {key} again sends it as it is.", missing=labels, key=key
        )

    def _go_on(self) -> None:
        step = next_step(self.form, self.spoken)
        if step is None:
            self._finish()
            return
        if step.command == "open":
            self.form.sent.trying = self.seat.desk.last_seq()
            self.keep()
        done, refused = partial(self._done, step), partial(self._refused, step)
        self.seat.act(step.command, step.typed, done, refused)

    def _done(self, step: Step, outcome: Outcome) -> None:
        accepted(self.form, step, outcome.case or self.form.sent.case)
        self.keep()
        self._go_on()

    def _refused(self, step: Step, refusal: Refusal) -> None:
        """Nothing typed is lost; what succeeded is remembered."""
        self.sending = False
        if step.command == "open":
            self.form.sent.trying = -1
        self.keep()
        if not self.is_mounted:
            self.seat.show_refusal(refusal)
            return
        key = offender(self.form, step, refusal)
        self.show_head()
        self._point_at(key, None)
        self.seat.show_refusal(refusal)

    def _point_at(self, key: str, words: Message | None) -> None:
        """Mark a field, go there, say why."""
        if key:
            self.wrong.add(key)
            self.sheet.go_to(key)
        self.show_marks()
        if words is not None:
            self.tell(self.seat.speech.say(words), "refused")

    # --- done

    def _finish(self) -> None:
        self.sending = False
        self.finished = True
        app = self.seat
        app.drafting.drop(self.person, self.key)
        case, words = self.form.sent.case, self._confirmation()
        self.leave()
        self._show_on_seat(case)
        app.tell(words)

    def _confirmation(self) -> Message:
        form, say = self.form, self.seat.speech.say
        parts = []
        if form.sent.classified and form.category:
            parts.append(say(form.category.label))
            target = form.rules.division
            parts += [say(target.label)] if target else []
        if form.sent.assigned:
            parts.append(self.seat.speech.name(form.assignee))
        if form.sent.promised and self.spoken:
            parts.append(self.spoken)
        what = " · ".join(parts)
        case = form.sent.case
        return (
            M("Case {case}: {what}", case=case, what=what)
            if what
            else M("Case {case} is open.", case=case)
        )

    def _show_on_seat(self, case: int) -> None:
        """The new case, selected on the board."""
        for screen in self.app.screen_stack:
            board = getattr(screen, "board", None)
            if board is not None:
                board.select(case)
