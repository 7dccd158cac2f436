"""The change of a shift: hand everything over, take it line by line, sign off (W-21)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.widget import Widget

from console.app import Done
from console.desk import Outcome
from console.desk.handover import HandoverItem
from console.desk.offers import Offer
from console.domain.words import L, M, Message, Named
from console.screens import keymap
from console.screens.feed import Changes
from console.screens.filling import CommandForm, fill_in
from console.screens.handover_view import Reader, Shift, key_of, lines
from console.screens.over import Over
from console.screens.words import SpokenLabels
from console.widgets.page import Page


class Answer(NamedTuple):
    """The commands that take and refuse an offer, and the field that names it."""

    take: str
    refuse: str
    names: str = "case"


ANSWERS = {
    "custody": Answer("take_custody", "refuse_custody"),
    "ownership": Answer("accept_ownership", "refuse_ownership"),
    "transfer": Answer("accept_transfer", "refuse_transfer"),
    "callback": Answer("take_callback", "", "number"),
}


class HandoverScreen(Over[None]):
    """What is offered to whoever sits here, and what they look after themselves."""

    section = "handover"
    hinted = (
        ("take", L("接下", "take")),
        ("refuse", L("不接", "refuse")),
        ("take_rest", L("接下非红线", "take the rest")),
        ("hand_over", L("交班", "hand over")),
        ("sign_off", L("下班", "sign off")),
        ("help", L("帮助", "help")),
        ("back", L("返回", "back")),
    )
    AUTO_FOCUS: ClassVar[str] = "Page"

    def __init__(self) -> None:
        super().__init__()
        self.shift = Shift()
        self._owed: Sequence[object] = ()
        self._warned = False

    def body(self) -> Iterable[Widget]:
        yield Page(id="handover_page")

    def headline(self) -> list[str]:
        return [self.seat.speech.say(L("交接班", "Shift"))]

    def begin(self) -> None:
        self._read()
        self.set_interval(1.0, self.show)

    def _read(self) -> None:
        desk, me = self.seat.desk, self.seat.who.person
        offers = desk.offers(me)
        callers = {one.key for one in offers if one.kind == "callback"}
        items = [one for one in desk.handover(me) if one.kind == "case" or one.key not in callers]
        self.shift = Shift(offers, desk.handings(me), items)
        self._owed = desk.owed()

    def show(self) -> None:
        app = self.seat
        labels = SpokenLabels(app.desk, app.speech, app.who)
        reader = Reader(app.speech, labels, app.desk.now())
        self.page.show(lambda width: lines(self.shift, reader, width))

    def heard(self, changes: Changes) -> None:
        """Somebody handed over, took or refused; a clock moved. When the chosen line is gone
        the one that follows it is chosen."""
        if not self._concerns(changes):
            return
        keys = [line.key for line in self.page.lines if line.key]
        place = keys.index(self.page.key) if self.page.key in keys else 0
        self._read()
        self.show()
        left = [line.key for line in self.page.lines if line.key]
        if left and keys and keys[place] not in left:
            self.page.choose(left[min(place, len(left) - 1)])

    def _concerns(self, changes: Changes) -> bool:
        """Whether the list may read differently now. To read it anew costs as much as the
        board; most of what others write has nothing to do with it."""
        desk, me = self.seat.desk, self.seat.who.person
        shown = {one.key for one in self.shift.offers} | {one.key for one in self.shift.items}
        if changes.people or any(str(case) in shown for case in changes.cases):
            return True
        rows = [desk.board_row(case) for case in changes.cases]
        mine = any(row and me in (row.owner, row.custodian, row.offered) for row in rows)
        return mine or (changes.calls and desk.owed() != self._owed)

    # --- what is chosen

    @property
    def offer(self) -> Offer | None:
        """The offer on the chosen line."""
        found = (one for one in self.shift.offers if key_of(one) == self.page.key)
        return next(found, None)

    @property
    def item(self) -> HandoverItem | None:
        """The line of one's own that is chosen."""
        found = (one for one in self.shift.items if key_of(one) == self.page.key)
        return next(found, None)

    def action_do(self, action: str) -> None:
        if action != "sign_off":
            self._warned = False
        self.tell("", "done")
        super().action_do(action)

    def on_page_opened(self, _message: Page.Opened) -> None:
        """Enter takes what is offered, and opens what is one's own."""
        self.tell("", "done")
        if self.item is not None and self.item.kind == "case":
            self.do_open()
        else:
            self.do_take()

    # --- taking

    def do_take(self) -> None:
        """The chosen line, whatever it is."""
        offer, item = self.offer, self.item
        if offer is not None:
            self._act(ANSWERS[offer.kind], offer.key, self._taken)
        elif item is not None and item.kind == "callback":
            self._act(ANSWERS["callback"], item.key, self._taken)
        elif item is not None:
            self._act(ANSWERS["custody"], item.key, self._taken)

    def _act(self, answer: Answer, key: str, done: Done) -> None:
        self.seat.act(answer.take, {answer.names: key}, done)

    def _taken(self, outcome: Outcome) -> None:
        said = M("It is yours now.") if outcome.facts else M("You look after it already.")
        self._tell(said)

    def do_take_rest(self) -> None:
        """Every case that is no red line; the red ones are answered one by one."""
        rest = [one for one in self.shift.offers if one.kind == "custody" and not one.red]
        if rest:
            self._take_next(rest, 0)
        elif self.shift.offers:
            self._tell(M("What is left needs an answer of its own, line by line."), "refused")
        else:
            self._tell(M("Nothing is offered to you."), "refused")

    def _take_next(self, rest: list[Offer], taken: int) -> None:
        if not rest:
            left = len(self.seat.desk.offers(self.seat.who.person))
            self._tell(
                M("{n} cases are in your custody; {left} lines need an answer.", n=taken, left=left)
            )
            return
        offer, *others = rest
        self._act(ANSWERS["custody"], offer.key, lambda _: self._take_next(others, taken + 1))

    def do_refuse(self) -> None:
        """With a reason; it stays with whoever leaves."""
        offer = self.offer
        if offer is None:
            self._tell(M("Choose a line that is offered to you."), "refused")
        elif offer.kind == "callback":
            self._tell(M("A missed caller is not refused: whoever is free calls back."), "refused")
        else:
            about = M(
                "Why not {case}, {customer}? It stays with {who}.",
                case=offer.key,
                customer=offer.about,
                who=Named(offer.giver),
            )
            form = CommandForm(ANSWERS[offer.kind].refuse, about, {"case": offer.key})
            fill_in(self.seat, form, self._refused)

    def _refused(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            self._tell(M("Refused; whoever offered it sees why."))

    # --- leaving

    def do_hand_over(self) -> None:
        """Everything at once; each line is then taken or not."""
        app = self.seat
        about = M("Everything you look after is offered; what is not taken stays with you.")
        first = {"to": app.desk.reliever(app.who.person)}
        fill_in(app, CommandForm("hand_over", about, first=first), self._handed_over)

    def _handed_over(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            body = outcome.facts[-1].body
            n = len(body["cases"])
            self._tell(
                M("{n} cases and the missed calls wait for {who}.", n=n, who=Named(body["to"]))
            )

    def do_sign_off(self) -> None:
        """The shift is over. What nobody took stays, and is said first."""
        staying = [one.key for one in self.shift.items if one.kind == "case" and not one.taken]
        if staying and not self._warned:
            self._warned = True
            self._tell(
                M(
                    "{n} cases stay with you: {cases}. Press {key} again to sign off all the same.",
                    n=len(staying),
                    cases=self.seat.speech.listed(staying[:8]) + ("…" if staying[8:] else ""),
                    key=keymap.shown(self.seat.keys[self.section]["sign_off"]),
                ),
                "refused",
            )
            return
        self.seat.sign_off()

    # --- and besides

    def do_open(self) -> None:
        """The case of the chosen line."""
        one = self.offer or self.item
        if one is not None and one.kind != "callback":
            from console.screens.case import CaseScreen  # noqa: PLC0415 - opened on demand

            self.seat.push_screen(CaseScreen(int(one.key)))

    def do_help(self) -> None:
        from console.screens.help import HelpScreen  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(HelpScreen(self.section))

    def do_language(self) -> None:
        self.seat.speak("en" if self.seat.speech.lang == "zh" else "zh")

    def _tell(self, words: Message, kind: str = "done") -> None:
        self.tell(self.seat.speech.say(words), kind)
