"""Why a clock shows what it shows, and why somebody was told what: line by line, with the
clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.widget import Widget

from console.desk import notice_ledger
from console.desk.ledger import STATE_LABELS, Ledger, why
from console.domain.clock import Clock
from console.domain.words import L, M
from console.screens.case_view import NOTICES, clock_order
from console.screens.feed import Changes
from console.screens.over import Over
from console.speech import Speech
from console.widgets.lines import Line, Span, heading, wrapped
from console.widgets.page import Page

OPEN, SHUT = "▾", "▸"


class WhyScreen(Over[None]):
    """The clocks of a case, worst first, then its notices; the chosen one is told in full."""

    section = "why"
    hinted = (("back", L("返回", "back")),)
    choosing = True
    AUTO_FOCUS: ClassVar[str] = "Page"

    def __init__(self, number: int, timer: str = "") -> None:
        """`timer` opens the clock with that key or rule number, else the notice, else the
        worst clock."""
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
        self.chosen = str(next(places, self._notice_wanted()))
        self.set_interval(1.0, self.show)

    def show(self) -> None:
        now = self.seat.desk.now()
        order = self._order()
        places = {id(clock): place for place, clock in enumerate(self.case.clocks)}
        told = why(self.case, "", now)
        ledgers = [(clock, told[places[id(clock)]]) for clock in order]
        notices = [(row.key, notice_ledger.why(self.case, row)) for row in self.case.notices]
        speech = self.seat.speech
        self.page.show(lambda width: lines(ledgers, self.chosen, speech, now, width, notices))
        self.page.choose(self.chosen)

    def _notice_wanted(self) -> str:
        """The notice to open first, where no clock is asked for; the worst clock otherwise."""
        wanted = self._timer_wanted
        rows = notice_ledger.rows_named(self.case, wanted) if wanted else []
        return rows[0].key if rows else "0"

    def _order(self) -> list[Clock]:
        return clock_order(self.case)

    def heard(self, changes: Changes) -> None:
        """A fact may have moved a clock, stopped it or begun another; the one that is being
        read stays open."""
        if self.number not in changes.cases:
            return
        before = self._identity()
        self.case = self.seat.desk.case(self.number)
        if before is None:  # a notice: its key stays the same
            self.show()
            return
        same = (str(n) for n, clock in enumerate(self._order()) if _identity(clock) == before)
        self.chosen = next(same, "0")
        self.show()

    def _identity(self) -> object:
        """The chosen clock; None for a notice."""
        order = self._order()
        place = int(self.chosen) if self.chosen.isdigit() else len(order)
        return _identity(order[place]) if place < len(order) else None

    def on_page_chosen(self, message: Page.Chosen) -> None:
        self.chosen = message.key
        self.show()


def _identity(clock: Clock) -> object:
    return (clock.owned.key, clock.number, clock.cycle)


def lines(
    ledgers: list[tuple[Clock, Ledger]],
    chosen: str,
    speech: Speech,
    now: int,
    width: int,
    notices: Sequence[tuple[str, Ledger]] = (),
) -> list[Line]:
    """Every clock's title with its state, every notice's, and all of the ledger of the chosen
    one."""
    found: list[Line] = []
    if not ledgers:
        found.append(Line((Span(speech.say(M("This case has no clock yet.")), "dim"),)))
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
            found += _steps(ledger, speech, width)
    if notices:
        found.append(heading(speech.say(NOTICES), width))
    for key, ledger in notices:
        mark, ink = (OPEN, "head") if key == chosen else (SHUT, "text")
        spans = (Span(f"{mark} ", "ring"), Span(speech.say(ledger[0]), ink))
        found += wrapped(spans, width, 4, key)
        if key == chosen:
            found += _steps(ledger, speech, width)
    return found


def _steps(ledger: Ledger, speech: Speech, width: int) -> list[Line]:
    steps = (wrapped((Span(f"    {speech.say(step)}"),), width, 8) for step in ledger[1:])
    return [line for step in steps for line in step]
