"""What the keys of the seat do. One table: action → command line or method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from console.desk import Outcome
from console.domain.words import L, Label, M
from console.screens import keymap
from console.screens.acting import PREFILLED, Acting
from console.screens.board_filters import FILTERS
from console.widgets.hints import Hint

if TYPE_CHECKING:
    from console.widgets.board import Board
    from console.widgets.strip import CallStrip

HINTS: tuple[tuple[str, Label, int], ...] = (
    ("claim", L("接听", "claim"), 0),
    ("new", L("新建", "new"), 0),
    ("contact", L("已联系", "contacted"), 1),
    ("verify", L("核实", "verify"), 1),
    ("promise", L("承诺", "promise"), 2),
    ("resolve", L("解决", "resolve"), 2),
    ("why", L("为何", "why"), 3),
    ("incident", L("立即告知", "tell at once"), 3),
    ("command", L("命令", "command"), 0),
    ("help", L("帮助", "help"), 0),
    ("find", L("查找", "find"), 4),
    ("handover", L("交接班", "shift"), 4),
    ("language", L("English", "中文"), 5),
    ("quit", L("退出", "leave"), 5),
)


class SeatActions(Acting):
    """The acting half of the seat screen."""

    board: Board
    strip: CallStrip
    filter: int
    show_board: Callable[[], None]

    @property
    def about(self) -> int:
        """The selected case."""
        return self.board.case

    def listed(self) -> Sequence[int]:
        return self.board.cases

    def rest(self) -> None:
        self.board.focus()

    def acted(self, outcome: Outcome) -> None:
        if outcome.case:
            self.board.select(outcome.case)

    def hints(self) -> list[Hint]:
        """The keys worth knowing here, most needed first."""
        app = self.seat
        keys, say = app.keys["seat"], app.speech.say
        return [Hint(keymap.shown(keys[action]), say(label), rank) for action, label, rank in HINTS]

    def action_do(self, action: str) -> None:
        """Carry out the action of a key."""
        self.tell("", "done")
        if action in PREFILLED:
            self.prefill(PREFILLED[action])
        elif action.startswith("tab_"):
            self.filter = min(int(action[4:]), len(FILTERS)) - 1
            self.show_board()
        else:
            getattr(self, f"do_{action}")()

    # --- calls

    def do_claim(self) -> None:
        """Claim the selected ringing call, or the one that has waited longest."""
        app = self.seat
        waiting = [
            row
            for row in self.strip.rows
            if row.state in ("ringing", "queued") and not row.claimed_by
        ]
        mine = next((row for row in waiting if row.call == self.strip.call), None)
        chosen = mine or (waiting[0] if waiting else None)
        if chosen is None:
            chosen = next(
                (row for row in self.strip.rows if row.claimed_by == app.who.person), None
            )
        if chosen is None:
            self.tell(app.speech.say(M("No call is waiting.")), "refused")
            return
        self.claim(chosen.call)

    def claim(self, call: str) -> None:
        """Exactly one seat wins; the others are told who."""
        self.seat.act("claim", {"call": call}, lambda _: self.open_intake(call))

    def do_take_over(self) -> None:
        call = self.strip.call
        if call:
            self.seat.act("take_over", {"call": call}, lambda _: self.open_intake(call))

    def do_return_call(self) -> None:
        """The selected missed caller, or the one who has waited longest: the bar opens with
        everything but whether they were reached."""
        app = self.seat
        missed = [row for row in self.strip.rows if row.state == "missed"]
        chosen = next((row for row in missed if row.call == self.strip.call), None)
        if chosen is None and not missed:
            self.tell(app.speech.say(M("Nobody waits for a call back.")), "refused")
            return
        row = chosen or missed[0]
        self.bar.open(f"return_call call={row.call} ")

    def do_dial(self) -> None:
        """Call the selected missed caller from this seat, or else the customer of the case."""
        chosen = next((row for row in self.strip.rows if row.call == self.strip.call), None)
        if self.strip.has_focus and chosen is not None and chosen.state == "missed":
            self.bar.open(f"dial call={chosen.call}")
        else:
            super().do_dial()

    def do_quiet(self) -> None:
        """Leave the bar, or quiet the sentence on the message line."""
        self.bar.close()
        self.board.focus()

    def do_strip(self) -> None:
        """Between the board and the calls."""
        (self.board if self.strip.has_focus or not self.strip.rows else self.strip).focus()

    # --- screens

    def open_intake(self, call: str = "", draft: str = "") -> None:
        from console.screens.intake import IntakeScreen  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(IntakeScreen(call, draft))

    def do_new(self) -> None:
        self.open_intake()

    def do_open(self) -> None:
        if self.board.case:
            self.open_case(self.board.case)

    def do_slips(self) -> None:
        from console.screens.slips import SlipsScreen  # noqa: PLC0415

        self.seat.push_screen(SlipsScreen(), self._slip_chosen)

    def _slip_chosen(self, draft: str | None) -> None:
        if draft:
            self.open_intake(draft=draft)

    def do_handover(self) -> None:
        from console.screens.handover import HandoverScreen  # noqa: PLC0415

        self.seat.push_screen(HandoverScreen())

    def do_people(self) -> None:
        from console.screens.people import open_people  # noqa: PLC0415

        open_people(self.seat)

    def do_settings(self) -> None:
        from console.screens.settings import SettingsScreen  # noqa: PLC0415

        self.seat.push_screen(SettingsScreen())

    def do_help(self) -> None:
        from console.screens.help import HelpScreen  # noqa: PLC0415

        self.seat.push_screen(HelpScreen("seat"))

    def do_switch(self) -> None:
        self.seat.ask_who()

    def do_quit(self) -> None:
        self.seat.leave()
