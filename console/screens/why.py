"""Why a clock shows what it shows: its derivation, line by line, with the clause."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from console.desk.ledger import STATE_LABELS, Ledger, why
from console.domain.clock import Clock
from console.domain.words import L, M
from console.screens.case_view import clock_order
from console.screens.feed import Changes
from console.screens.over import Over
from console.speech import Speech
from console.widgets.lines import Line, Span, wrapped
from console.widgets.page import Page

OPEN, SHUT = "▾", "▸"


class WhyScreen(Over[None]):
    """The clocks of a case, worst first; the chosen one is told in full."""

    section = "why"
    hinted = (("back", L("返回", "back")),)
    choosing = True
    AUTO_FOCUS: ClassVar[str] = "Page"

    def __init__(self, number: int, timer: str = "") -> None:
        """`timer` opens the clock with that key or rule number, else the worst."""
        super().__init__()
        self.number = number
        self._timer_wanted = timer

    def body(self) -> Iterable[Widget]:
        yield Page(id="why_page")

    def headline(self) -> list[str]:
        return [self.seat.speech.say(L("为何", "Why")), str(self.number)]

    def begin(self) -> None:
        self.case = self.seat.desk.case(self.number)
        wanted = self._timer_wanted
        places = (
            place
            for place, clock in enumerate(self._order())
            if wanted in (clock.key, clock.timer.rule)
        )
        self.chosen = str(next(places, 0))
        self.set_interval(1.0, self.show)

    def show(self) -> None:
        now = self.seat.desk.now()
        order = self._order()
        places = {id(clock): place for place, clock in enumerate(self.case.clocks)}
        told = why(self.case, "", now)
        ledgers = [(clock, told[places[id(clock)]]) for clock in order]
        self.page.show(lambda width: lines(ledgers, self.chosen, self.seat.speech, now, width))
        self.page.choose(self.chosen)

    def _order(self) -> list[Clock]:
        return clock_order(self.case)

    def heard(self, changes: Changes) -> None:
        """A fact may have moved a clock, stopped it or begun another; the one that is being
        read stays open."""
        if self.number not in changes.cases:
            return
        before = self._identity()
        self.case = self.seat.desk.case(self.number)
        same = (str(n) for n, clock in enumerate(self._order()) if _identity(clock) == before)
        self.chosen = next(same, "0")
        self.show()

    def _identity(self) -> object:
        order = self._order()
        place = int(self.chosen)
        return _identity(order[place]) if place < len(order) else None

    def on_page_chosen(self, message: Page.Chosen) -> None:
        self.chosen = message.key
        self.show()


def _identity(clock: Clock) -> object:
    return (clock.owned.key, clock.number, clock.cycle)


def lines(
    ledgers: list[tuple[Clock, Ledger]], chosen: str, speech: Speech, now: int, width: int
) -> list[Line]:
    """Every clock's title with its state, and all of the ledger of the chosen one."""
    if not ledgers:
        return [Line((Span(speech.say(M("This case has no clock yet.")), "dim"),))]
    found: list[Line] = []
    for place, (clock, ledger) in enumerate(ledgers):
        key = str(place)
        state = clock.state(now)
        ink = "breached" if state == "breached" else "amber" if state == "amber" else "text"
        title = (
            Span(f"{OPEN if key == chosen else SHUT} ", "ring"),
            Span(speech.say(ledger[0]), "head" if key == chosen else "text"),
            Span(f"  {speech.say(STATE_LABELS[state])}", ink),
        )
        found += wrapped(title, width, 4, key)
        if key == chosen:
            for step in ledger[1:]:
                found += wrapped((Span(f"    {speech.say(step)}"),), width, 8)
    return found
