"""What the intake form shows around its inputs, and when that changes."""

from __future__ import annotations

from textual.widget import Widget

from console.desk import intake_talk as talk
from console.desk.intake_fields import SECTIONS
from console.domain.board import StripRow
from console.domain.call import Call
from console.domain.ringing import audible
from console.domain.words import L, Label, M
from console.screens import inputs, keymap, words
from console.screens import intake_view as view
from console.screens.intake_slip import IntakeSlip
from console.widgets.choice_inputs import PersonInput
from console.widgets.form import Section, Told
from console.widgets.headline import Headline
from console.widgets.hints import Hint, Hints
from console.widgets.offer import Offer

HINTS: tuple[tuple[str, Label, int], ...] = (
    ("send", L("提交", "send"), 0),
    ("park", L("搁置", "park"), 0),
    ("discard", L("丢弃", "discard"), 2),
    ("claim", L("接下一个", "next call"), 1),
    ("help", L("帮助", "help"), 3),
)


class IntakeShowing(IntakeSlip):
    """The half of the intake screen that shows."""

    offer: Offer
    message: Told
    wrong: set[str]
    sending = False
    _call: Call

    def show_all(self) -> None:
        """Everything that is not an input."""
        say = self.seat.speech.say
        script = self.form.rules.script
        greeting = self._call.greeting or (script.greeting if script else "")
        self.query_one("#greeting", Told).say(
            say(M("Say: {sentence}", sentence=greeting)) if greeting else ""
        )
        self.show_head()
        self.show_offer()
        self.show_incoming()
        self.show_hidden()
        self.show_marks()
        self.show_follows()
        self.query_one(Hints).show(self.hints())

    def hints(self) -> list[Hint]:
        keys, say = self.seat.keys["intake"], self.seat.speech.say
        return [Hint(keymap.shown(keys[action]), say(label), rank) for action, label, rank in HINTS]

    def show_head(self) -> None:
        """Who is on the line."""
        call = self._call
        parts = view.head(self.form, call.state, call.since, self.seat.speech)
        self.query_one("#caller", Headline).show(parts)

    def show_offer(self) -> None:
        """The caller's open cases, unless a case is already open here."""
        app = self.seat
        cases = () if self.form.sent.case else self.form.caller.open
        labels = words.SpokenLabels(app.desk, app.speech)
        title = app.speech.say(
            M("Calling again? Enter joins this call to the case. Or type on for a new one.")
            if self.call
            else M("This number has open cases. Enter opens one. Or go on.")
        )
        self.offer.show(title, view.offered(cases, labels, app.speech))

    def show_incoming(self) -> None:
        """A call arriving meanwhile: one line, and the focus stays where it is."""
        app = self.seat
        waiting = self.waiting()
        key = keymap.shown(app.keys["intake"]["claim"])
        line = self.query_one("#incoming", Told)
        line.say(view.incoming(waiting, key, app.speech))

    def waiting(self) -> list[StripRow]:
        """Calls nobody has claimed yet, those a talking operator hears no bell for included."""
        desk = self.seat.desk
        rows = audible(desk.strip(self.seat.speech.lang, self.seat.who), desk.now())
        return [
            row
            for row in rows
            if row.state in ("ringing", "queued") and not row.claimed_by and row.call != self.call
        ]

    def show_hidden(self) -> None:
        """Fields that are pointless now are not seen."""
        for entry in self.form.entries:
            self.sheet.show_row(entry.key, self.form.shows(entry))

    def show_marks(self) -> None:
        for entry in self.form.entries:
            label = self.sheet.label(entry.key)
            if label is not None:
                wrong = entry.key in self.wrong
                label.mark(view.sign(self.form, entry, self.wrong))
                label.set_class(wrong, "wrong")

    def show_follows(self) -> None:
        """What follows from the form: the promise to speak, the clocks, who will be told."""
        app, form = self.seat, self.form
        sentence = self.promise_spoken()
        script = form.rules.script
        lines = [sentence, script.farewell.within(app.speech.lang) if script else ""]
        self.query_one("#promise", Told).say("\n".join(line for line in lines if line))
        clocks = talk.upcoming(form, app.desk.reckoner, self._hung_up())
        self.query_one("#follows", Told).say(view.follows(form, clocks, app.speech, app.desk.now()))
        for key in ("assignee", "tracker"):
            widget = self.sheet.field(key)
            if isinstance(widget, PersonInput):
                widget.usually(app.speech.name(form.default(key)))

    def promise_spoken(self) -> str:
        app, form = self.seat, self.form
        clocks = talk.upcoming(form, app.desk.reckoner, self._hung_up())
        due = talk.promised_for(form, clocks)
        time = "" if due is None else view.when(due, app.desk.now(), app.speech)
        who = app.speech.name(form.assignee) if form.assignee else ""
        return talk.promise_line(form, app.speech.lang, who, time)

    def _hung_up(self) -> int:
        """The end of the call; while it lasts, now."""
        return self._call.ended_at or self.seat.desk.now()

    def tell(self, text: str, kind: str) -> None:
        """A sentence in the place of the hint, until the next key that changes something."""
        if kind == "error":
            self.sending = False
        self.message.set_classes(kind)
        self.message.say(text)
        self.query_one("#hint", Told).display = not text

    def respeak(self) -> None:
        """Everything in the language the app speaks now; a form of somebody else is parked."""
        app = self.seat
        if app.who.person != self.person:
            self.keep()
            self.leave()
            return
        say = app.speech.say
        for section in self.query(Section).results(Section):
            section.speak(say(SECTIONS[section.key]))
        for entry in self.form.entries:
            label = self.sheet.label(entry.key)
            if label is not None:
                label.speak(say(entry.field.label))
            widget = self.sheet.field(entry.key)
            inputs.respeak(widget, entry.field, self.form.directory, self.seat.speech)
        self.tell("", "done")
        self.show_all()
        self.show_hint(self.focused)

    def show_hint(self, widget: Widget | None) -> None:
        entry = self.form.entry(str(getattr(widget, "key", "")))
        speech = self.seat.speech
        self.query_one("#hint", Told).say(view.hint(entry, speech) if entry else "")
