"""The open cases somebody owns, each to be offered to a new owner when they leave (W-04)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.widget import Widget

from console.desk import Outcome
from console.domain.board import BoardRow
from console.domain.words import L, M, Message, Named
from console.screens import keymap
from console.screens.feed import Changes
from console.screens.filling import CommandForm, fill_in
from console.screens.over import Over
from console.screens.words import SpokenLabels, units
from console.speech import Speech
from console.widgets.countdown import UNICODE, face, state_of
from console.widgets.lines import Line, Span, heading, wrapped
from console.widgets.page import Page
from console.widgets.safetext import fit

Owned = Sequence[tuple[BoardRow, str]]
"""Cases with whoever is offered their ownership, "" nobody."""


class OwnedScreen(Over[None]):
    """The cases of one owner. An offer goes out case by case; the owner answers for each
    until somebody has accepted it."""

    section = "owned"
    hinted = (
        ("offer", L("移交首问", "offer it")),
        ("open", L("打开", "open")),
        ("leave", L("仍然停用", "leaves all the same")),
        ("help", L("帮助", "help")),
        ("back", L("返回", "back")),
    )
    choosing = True
    AUTO_FOCUS: ClassVar[str] = "Page"

    def __init__(self, person: str) -> None:
        super().__init__()
        self.person = person
        self.owned: Owned = ()
        self._last: dict[str, Any] = {}
        self._asked = False

    def body(self) -> Iterable[Widget]:
        yield Page(id="owned_page")

    def headline(self) -> list[str]:
        speech = self.seat.speech
        return [speech.say(M("{who} owns {n}", who=Named(self.person), n=len(self.owned)))]

    def begin(self) -> None:
        self.owned = self.seat.desk.owned_by(self.person)
        self.set_interval(1.0, self.show)

    def show(self) -> None:
        app = self.seat
        labels, now = SpokenLabels(app.desk, app.speech, app.who), app.desk.now()
        self.page.show(lambda width: lines(self.owned, app.speech, labels, now, width))

    def heard(self, changes: Changes) -> None:
        """An offer was made, accepted or refused; a case was closed."""
        if changes.cases:
            self.owned = self.seat.desk.owned_by(self.person)
            self.respeak()

    def action_do(self, action: str) -> None:
        if action != "leave":
            self._asked = False
        self.tell("", "done")
        super().action_do(action)

    def on_page_opened(self, _message: Page.Opened) -> None:
        self.do_offer()

    def do_offer(self) -> None:
        """To whom and why; what was said for the case before stands there already."""
        case = self.page.key
        if case:
            about = M("{who} answers for it until somebody has accepted.", who=Named(self.person))
            form = CommandForm("hand_over_owner", about, {"case": case}, self._last)
            fill_in(self.seat, form, self._offered)

    def _offered(self, outcome: Outcome | None) -> None:
        if outcome is None or not outcome.facts:
            return
        body = outcome.facts[0].body
        self._last = {"to": body["to"], "reason": body["text"]}
        self._tell(M("{case} waits for {who}.", case=outcome.case, who=Named(body["to"])))

    def do_open(self) -> None:
        if self.page.key:
            from console.screens.case import CaseScreen  # noqa: PLC0415 - opened on demand

            self.seat.push_screen(CaseScreen(int(self.page.key)))

    def do_leave(self) -> None:
        """Close the account though cases are still theirs; asked once more."""
        if not self._asked:
            self._asked = True
            key = keymap.shown(self.seat.keys[self.section]["leave"])
            self._tell(
                M(
                    "{who} still owns {n}. Press {key} again: the account is closed, and nobody"
                    " else answers for these cases until an offer is accepted.",
                    who=Named(self.person),
                    n=len(self.owned),
                    key=key,
                ),
                "refused",
            )
            return
        values = {"person": self.person, "active": False}
        self.seat.act("change_person", values, self._left)

    def _left(self, _outcome: Outcome) -> None:
        self.dismiss(None)

    def do_help(self) -> None:
        from console.screens.help import HelpScreen  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(HelpScreen(self.section))

    def _tell(self, words: Message, kind: str = "done") -> None:
        self.tell(self.seat.speech.say(words), kind)


def lines(owned: Owned, speech: Speech, labels: SpokenLabels, now: int, width: int) -> list[Line]:
    """One line each, the most urgent first; a sentence when there is none."""
    if not owned:
        nothing = speech.say(M("No open case is left."))
        return wrapped((Span(nothing, "dim"),), width)
    title = speech.say(M("Each is offered to a new owner, for a reason, and accepted or not."))
    return [heading(title, width), *(_line(*one, speech, labels, now, width) for one in owned)]


def _line(
    row: BoardRow, successor: str, speech: Speech, labels: SpokenLabels, now: int, width: int
) -> Line:
    words, wide = units(speech), width >= 110
    clock = row.clocks[0] if row.clocks else None
    state = state_of(clock, now) if clock else "gate"
    lead = face(clock, now, words) if clock else ""
    offered = speech.say(M("waits for {who}", who=Named(successor))) if successor else ""
    room = width - words.width - 2 - 7 - 23 - 12
    spans = (
        Span((UNICODE.of(state) if clock else " ") + fit(lead, words.width, right=True), state),
        Span(" " + fit(str(row.case), 6), "head"),
        Span(fit(row.customer, 36 if wide else 22) + " ", "name"),
        Span(fit(labels.state(row.state), 11) + " ", "dim"),
        Span(fit(offered, max(0, room - (14 if wide else 0))), "amber"),
    )
    return Line(spans, str(row.case))
