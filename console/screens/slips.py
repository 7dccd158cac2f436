"""Slips: the forms a person has parked, with how long each has waited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.widget import Widget

from console.domain.refusal import RefusedError
from console.domain.states import CALL_STATES
from console.domain.words import L, M
from console.screens.feed import Changes
from console.screens.intake_slip import PREFIX
from console.screens.over import Over
from console.screens.words import units
from console.speech import Speech
from console.widgets.countdown import since
from console.widgets.lines import Line, Span, wrapped
from console.widgets.page import Page
from console.widgets.safetext import fit


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One parked form. `held` is when it was last typed in (UTC seconds), `state` that of
    its call, `case` the case it has already opened (0 none)."""

    key: str
    held: int
    seat: str
    state: str
    number: str
    who: str
    what: str
    case: int = 0


class SlipsScreen(Over[str | None]):
    """Answers with the key of the draft to go on with, None when none was chosen."""

    section = "slips"
    hinted = (("open", L("继续填写", "go on with it")), ("back", L("返回", "back")))
    AUTO_FOCUS: ClassVar[str] = "Page"

    def body(self) -> Iterable[Widget]:
        yield Page(id="slips_page")

    def headline(self) -> list[str]:
        speech = self.seat.speech
        return [speech.say(M("Parked forms {n}", n=len(self.slips)))]

    def begin(self) -> None:
        self._read()
        self.set_interval(1.0, self.show)

    def _read(self) -> None:
        app = self.seat
        self.slips = [
            slip_of(one.key, one.saved, one.seat, one.values, self._state(one.values))
            for one in app.drafting.of(app.who.person)
            if one.key.startswith(PREFIX)
        ]

    def _state(self, values: Mapping[str, Any]) -> str:
        call = str(values.get("call") or "")
        try:
            return self.seat.desk.call(call).state if call else ""
        except RefusedError:
            return ""

    def show(self) -> None:
        now, speech = self.seat.desk.now(), self.seat.speech
        self.page.show(lambda width: lines(self.slips, speech, now, width))

    def heard(self, changes: Changes) -> None:
        """A call that waits may have ended."""
        if changes.calls:
            self._read()
            self.show()

    def on_page_opened(self, message: Page.Opened) -> None:
        self.dismiss(message.key)

    def do_open(self) -> None:
        if self.page.key:
            self.dismiss(self.page.key)


def slip_of(key: str, saved: int, seat: str, values: Mapping[str, Any], state: str) -> SlipRow:
    """A kept draft as a line of the list."""
    about = values.get("about") or {}
    sent = values.get("sent") or {}
    texts = (str(about.get(one) or "") for one in ("number", "who", "what"))
    number, who, what = texts
    return SlipRow(key, saved, seat, state, number, who, what, int(sent.get("case") or 0))


def lines(slips: list[SlipRow], speech: Speech, now: int, width: int) -> list[Line]:
    """One line each, the latest first; a sentence when nothing is parked."""
    if not slips:
        return wrapped((Span(speech.say(M("Nothing is parked.")), "dim"),), width)
    return [_line(slip, speech, now, width) for slip in slips]


def _line(slip: SlipRow, speech: Speech, now: int, width: int) -> Line:
    say = speech.say
    state = say(CALL_STATES[slip.state]) if slip.state in CALL_STATES else say(L("新建", "new"))
    waiting = slip.state in ("ringing", "queued", "answered")
    who = slip.who or say(M("unknown caller"))
    spans = [
        Span(fit(since(slip.held, now, units(speech)), 8, right=True) + "  ", "amber"),
        Span(fit(state, 9) + " ", "ring" if waiting else "dim"),
        Span(fit(slip.number, 16) + "  ", "head"),
        Span(fit(who, 24 if width >= 100 else 18) + "  ", "name" if slip.who else "dim"),
    ]
    if slip.case:
        spans.append(Span(say(M("case {case} is open", case=slip.case)) + "  ", "text"))
    spans.append(Span(slip.what, "dim"))
    return Line(tuple(spans), slip.key)
