"""A report of a case: written over what the case knows already, read once more as it will
arrive, then sent (W-09)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from textual.widget import Widget

from console.desk import Outcome, reporting
from console.desk.drafting import REPORT
from console.desk.letters import language
from console.desk.reporting import Addressee, Foretold, Sending
from console.domain.case import Case
from console.domain.fields import DateTime, LongText, Text
from console.domain.forms import Form
from console.domain.outbox import REASONS
from console.domain.words import L, Label, M
from console.screens.fact_text import FactText
from console.screens.filling import Filling
from console.screens.over import Over
from console.speech import Speech
from console.widgets.field_inputs import Edited
from console.widgets.lines import Item, Line, Span, flowing, heading, wrapped
from console.widgets.page import Page

TO = L("收件人", "To")
SUBJECT = L("主题", "Subject")
ATTACHED = L("附件", "Attached")
_EMPTY: tuple[Any, ...] = ("", None, [])


class ReportForm(Filling):
    """The fields of a report, filled in as far as the case knows. What is typed is kept until
    it is sent. Answers with the outcome, None when it was not sent."""

    hinted = (("send", L("预览", "preview")), ("back", L("返回，已保存", "back, it is kept")))

    def __init__(self, case: Case, form: Form) -> None:
        self.case = case
        self.form = form
        self.key = f"{REPORT}{case.number}:{form.key}"
        about = M("Case {case}: look it over; nothing is sent yet.", case=case.number)
        super().__init__(form.label, about, form.fields, {})

    def body(self) -> Iterable[Widget]:
        app = self.seat
        kept = app.drafting.get(app.who.person, self.key)
        lang = language(app.desk)
        begun = reporting.begun(app.desk, self.case, self.form, lang)
        self.first = as_typed(self.form, begun, app.speech)
        if kept is not None:
            self.first |= kept.values
        return super().body()

    def on_edited(self, event: Edited) -> None:
        super().on_edited(event)
        app = self.seat
        app.drafting.keep(app.who.person, self.key, app.who.seat, self.values)

    def send(self, values: dict[str, Any]) -> None:
        """Show it as it will arrive; whoever has read it sends it."""
        self.sending = False
        typed = self._worth_saying(values)
        app = self.seat
        foretold = reporting.foretell(
            app.desk, self.case.number, self.form.key, typed, app.who, language(app.desk)
        )
        if foretold.refusal is not None:
            self.refused(foretold.refusal)
            return
        app.push_screen(ReportPreview(self.case, self.form, typed, foretold), self._read)

    def _worth_saying(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What was typed. What is empty is left out, but for words that were there before."""
        words = {one.key for one in self.form.fields if isinstance(one, (Text, LongText))}
        return {
            key: value
            for key, value in values.items()
            if value not in _EMPTY or (key in words and self.first.get(key))
        }

    def _read(self, outcome: Outcome | None) -> None:
        """Back from the preview, with what became of it."""
        app = self.seat
        if outcome is not None:
            app.drafting.drop(app.who.person, self.key)
            self.sent(outcome)


class ReportPreview(Over[Any]):
    """What is sent to whom, word by word, and with which file."""

    section = "report"
    hinted = (("send", L("发送", "send")), ("back", L("返回修改", "back, to change it")))
    AUTO_FOCUS: ClassVar[str] = "Page"

    def __init__(
        self, case: Case, form: Form, typed: Mapping[str, Any], foretold: Foretold
    ) -> None:
        super().__init__()
        self.case, self.form = case, form
        self.typed = dict(typed)
        self.foretold = foretold
        self._sending = False

    def body(self) -> Iterable[Widget]:
        yield Page(id="report_page")

    def headline(self) -> list[str]:
        say = self.seat.speech.say
        return [say(self.form.label), str(self.case.number), say(L("预览", "preview"))]

    def show(self) -> None:
        speech = self.seat.speech
        view = Preview(self.foretold.sendings, FactText(self.case, speech), speech)
        self.page.show(view.lines)
        if any(one.problem for sending in self.foretold.sendings for one in sending.to):
            self.tell(speech.say(M("Somebody cannot be mailed: tell them otherwise.")), "refused")

    def do_send(self) -> None:
        if not self._sending:
            self._sending = True
            typed = {"case": self.case.number, "form": self.form.key, **self.typed}
            self.seat.act("send_report", typed, self._sent, self._refused)

    def _sent(self, outcome: Outcome) -> None:
        if self.is_attached:
            self.dismiss(outcome)

    def _refused(self, refusal: Any) -> None:
        self._sending = False
        self.seat.show_refusal(refusal)

    def do_language(self) -> None:
        self.seat.speak("en" if self.seat.speech.lang == "zh" else "zh")


class Preview:
    """The lines of what is to be sent, for one reader. Pure."""

    def __init__(self, sendings: Iterable[Sending], texts: FactText, speech: Speech) -> None:
        self._sendings = tuple(sendings)
        self._texts = texts
        self._speech = speech

    def lines(self, width: int) -> list[Line]:
        say = self._speech.say
        if not self._sendings:
            return wrapped((Span(say(M("It is written down; nobody is mailed."))),), width)
        found: list[Line] = []
        for sending in self._sendings:
            count = f"{say(TO)} {len(sending.to)}"
            found += [heading(f"{say(sending.notice.label)} · {count}", width)]
            found += flowing([self._addressee(one) for one in sending.to], width)
            found.append(Line())
            found += self._named(SUBJECT, sending.written.subject, width, "head")
            if sending.attached:
                found += self._named(ATTACHED, sending.attached, width, "name")
            found.append(Line())
            found += wrapped((Span(sending.written.full),), width)
        return found

    def _named(self, label: Label, text: str, width: int, ink: str) -> list[Line]:
        return wrapped((Span(f"{self._speech.say(label)} ", "dim"), Span(text, ink)), width, 2)

    def _addressee(self, one: Addressee) -> Item:
        speech = self._speech
        spans = (
            Span(f"{self._texts.slot(one.slot)} ", "dim"),
            Span(speech.name(one.person), "name"),
        )
        if not one.problem:
            return (*spans, Span(f" {one.address}", "dim"))
        why = REASONS.get(one.problem)
        return (*spans, Span(f" {speech.say(why) if why else one.problem}", "breached"))


def as_typed(form: Form, values: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    """The values of a form as its inputs hold them: moments as they are typed."""
    fields = {field.key: field for field in form.fields}
    return {
        key: speech.moment(value) if isinstance(fields[key], DateTime) else value
        for key, value in values.items()
    }
