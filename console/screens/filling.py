"""A form over the seat: a few labelled fields, sent together. What is refused stays typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.widget import Widget

from console.app import SeatApp
from console.desk import Outcome
from console.desk.sentence.kinds import is_personal
from console.domain.commands import COMMANDS, Command
from console.domain.fields import Field, Flag, Person
from console.domain.refusal import Refusal, RefusedError
from console.domain.words import L, Label, M, Message
from console.screens import inputs, keymap
from console.screens.over import Over
from console.widgets.field_inputs import Edited
from console.widgets.form import Fields, Form, Row, Section, Told, as_field

Words = Label | Message | str


class Filling(Over[Any]):
    """A form of `fields`, with `first` in them to begin with. A subclass sends it."""

    section = "form"
    hinted = (("send", L("提交", "send")), ("back", L("返回", "back")))
    AUTO_FOCUS: ClassVar[str] = ""  # `begin` decides; None would mean the first field

    def __init__(
        self, title: Words, about: Words, fields: Sequence[Field], first: Mapping[str, Any]
    ) -> None:
        """`about` says in a line what the form is for."""
        super().__init__()
        self._title_words, self._about = title, about
        self.fields = tuple(fields)
        self.first = dict(first)
        self.sending = False
        self._wrong = ""

    def send(self, values: dict[str, Any]) -> None:
        """Do what the form is for; `sent` or `refused` is called when it is over."""
        raise NotImplementedError

    def input_of(self, field: Field) -> Widget:
        """The input of a field, empty."""
        app = self.seat
        return inputs.input_of(field, field.key, app.desk.directory, app.speech)

    # --- what is shown

    def body(self) -> Iterable[Widget]:
        say = self.seat.speech.say
        rows = []
        for field in self.fields:
            widget = self.input_of(field)
            as_field(widget).fill(self.first.get(field.key))
            rows.append(Row(field.key, say(field.label), widget))
        self.sheet = Form([[Section("fields", say(self._about), rows)]])
        yield self.sheet
        yield Told("hint", stays=True)

    def headline(self) -> list[str]:
        return [self.seat.speech.say(self._title_words)]

    def begin(self) -> None:
        """The cursor in the first field that is still empty, or else in the first."""
        heights = ("3" if field.widget == "long" else "1" for field in self.fields)
        self.query_one(Fields).styles.grid_rows = " ".join(heights)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        empty = (one.key for one in self.fields if not self.first.get(one.key))
        first = next(empty, self.fields[0].key)
        self.sheet.go_to(first)

    def show(self) -> None:
        app = self.seat
        say, directory = app.speech.say, app.desk.directory
        self.query_one(Section).speak(say(self._about))
        for field in self.fields:
            label = self.sheet.label(field.key)
            if label is not None:
                label.speak(say(field.label))
            inputs.respeak(self.sheet.field(field.key), field, directory, app.speech)
        self._mark()
        self._show_hint(self.focused)

    def _mark(self) -> None:
        for field in self.fields:
            label = self.sheet.label(field.key)
            if label is not None:
                wrong = field.key == self._wrong
                label.mark("!" if wrong else "*" if field.required else " ")
                label.set_class(wrong, "wrong")

    def _show_hint(self, widget: Widget | None) -> None:
        key = str(getattr(widget, "key", ""))
        field = next((one for one in self.fields if one.key == key), None)
        text = " · ".join(inputs.advice(field, self.seat.speech)) if field else ""
        self.query_one("#hint", Told).say(text)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._show_hint(event.widget)

    def on_edited(self, event: Edited) -> None:
        event.stop()
        self.tell("", "done")
        if self._wrong:
            self._wrong = ""
            self._mark()

    def on_form_left(self, event: Form.Left) -> None:
        event.stop()
        key = keymap.shown(self.seat.keys[self.section]["send"])
        self.tell(self.seat.speech.say(M("That was the last field. {key} sends.", key=key)), "done")

    # --- sending

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the fields."""
        return {field.key: self.typed(field.key) for field in self.fields}

    def typed(self, key: str) -> Any:
        widget = self.sheet.field(key)
        return as_field(widget).typed if widget is not None else None

    def do_send(self) -> None:
        missing = next(
            (one for one in self.fields if one.required and not self.typed(one.key)), None
        )
        if missing is not None:
            self.point_at(missing.key)
            needed = M("This is needed: {field}.", field=missing.label)
            self.tell(self.seat.speech.say(needed), "refused")
        elif not self.sending:
            self.sending = True
            self.send(self.values)

    def point_at(self, key: str) -> None:
        """The cursor to the field that has to be mended."""
        self._wrong = key
        self._mark()
        self.sheet.go_to(key)

    def sent(self, outcome: Any) -> None:
        """It is done: back to where the form was opened, with the outcome."""
        self.sending = False
        if self.is_attached:
            self.dismiss(outcome)

    def refused(self, refusal: Refusal) -> None:
        """Say why, and where."""
        self.sending = False
        self.seat.show_refusal(refusal)
        if any(one.key == refusal.rule for one in self.fields):
            self.point_at(refusal.rule)

    def tell(self, text: str, kind: str) -> None:
        if kind == "error":
            self.sending = False
        super().tell(text, kind)

    def do_language(self) -> None:
        self.seat.speak("en" if self.seat.speech.lang == "zh" else "zh")


class CommandForm(Filling):
    """The fields of a command, apart from those that are `fixed`. Answers with the outcome,
    None when it was not sent."""

    def __init__(
        self,
        command: str,
        about: Words,
        fixed: Mapping[str, Any] | None = None,
        first: Mapping[str, Any] | None = None,
    ) -> None:
        self.command = COMMANDS[command]
        self.fixed = dict(fixed or {})
        fields = [_asked(self.command, one) for one in self.command.params]
        shown = [one for one in fields if one.key not in self.fixed]
        super().__init__(self.command.label, about, shown, first or {})

    def send(self, values: dict[str, Any]) -> None:
        """What was there before and still is, is not said again."""
        typed = values
        if self.command.clears:
            typed = {key: one for key, one in values.items() if not self._stays(key, one)}
        self.seat.act(self.command.name, {**self.fixed, **typed}, self._done, self.refused)

    def _stays(self, key: str, typed: Any) -> bool:
        return typed == self.first.get(key) or not (typed or self.first.get(key))

    def _done(self, outcome: Outcome) -> None:
        self.sent(outcome)


def fill_in(app: SeatApp, form: CommandForm, done: Callable[[Outcome | None], None]) -> None:
    """Open a form; for somebody who may not give its command, say so instead."""
    try:
        app.desk.demand(form.command.permission, app.who)
    except RefusedError as error:
        app.show_refusal(error.refusal)
        return
    app.push_screen(form, done)


def _asked(command: Command, field: Field) -> Field:
    """A parameter that names one of our people is asked for as a person; the key of an
    account may be a new one."""
    if is_personal(command, field.key) and field.key != "person" and not isinstance(field, Flag):
        return Person(key=field.key, label=field.label, required=field.required, help=field.help)
    return field
