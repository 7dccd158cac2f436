"""What the keys of the seat do. One table: action → command line or method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from console.app import seat_of
from console.desk import Outcome
from console.domain.commands import COMMANDS
from console.domain.refusal import Refusal
from console.domain.words import L, Label, M
from console.screens import keymap, sentences
from console.screens.board_filters import FILTERS
from console.widgets.hints import Hint

if TYPE_CHECKING:
    from console.widgets.board import Board
    from console.widgets.command_bar import CommandBar
    from console.widgets.strip import CallStrip

PREFILLED = {
    "contact": "contact",
    "verify": "verify",
    "promise": "promise",
    "resolve": "resolve",
    "confirm": "confirm",
    "close": "close",
    "urge": "urge",
    "assign": "assign",
    "classify": "classify",
    "reach": "reach",
    "note": "note",
}
"""Actions that open the command bar with a verb and the selected case, ready to finish."""

HINTS: tuple[tuple[str, Label, int], ...] = (
    ("claim", L("接听", "claim"), 0),
    ("new", L("新建", "new"), 0),
    ("contact", L("已联系", "contacted"), 1),
    ("verify", L("核实", "verify"), 1),
    ("promise", L("承诺", "promise"), 2),
    ("resolve", L("解决", "resolve"), 2),
    ("why", L("为何", "why"), 3),
    ("command", L("命令", "command"), 0),
    ("help", L("帮助", "help"), 0),
    ("find", L("查找", "find"), 4),
    ("language", L("English", "中文"), 5),
    ("quit", L("退出", "leave"), 5),
)


class SeatActions:
    """The acting half of the seat screen."""

    board: Board
    strip: CallStrip
    bar: CommandBar
    filter: int
    show_board: Callable[[], None]
    tell: Callable[[str, str], None]

    def hints(self) -> list[Hint]:
        """The keys worth knowing here, most needed first."""
        app = seat_of(self)  # type: ignore[arg-type]
        keys, say = app.keys["seat"], app.speech.say
        return [Hint(keymap.shown(keys[action]), say(label), rank) for action, label, rank in HINTS]

    def action_do(self, action: str) -> None:
        """Carry out the action of a key."""
        self.tell("", "done")
        if action in PREFILLED:
            self._prefill(PREFILLED[action])
        elif action.startswith("tab_"):
            self.filter = min(int(action[4:]), len(FILTERS)) - 1
            self.show_board()
        else:
            getattr(self, f"do_{action}")()

    def _prefill(self, verb: str) -> None:
        app = seat_of(self)  # type: ignore[arg-type]
        if not self.board.case:
            self.tell(app.speech.say(M("Select a case first.")), "refused")
            return
        word = app.speech.say(COMMANDS[verb].label) if app.speech.lang == "zh" else verb
        self.bar.open(f"{word.replace(' ', '_')} {self.board.case} ")

    # --- calls

    def do_claim(self) -> None:
        """Claim the selected ringing call, or the one that has waited longest."""
        app = seat_of(self)  # type: ignore[arg-type]
        waiting = [row for row in self.strip.rows if row.state in ("ringing", "queued") and not row.claimed_by]
        mine = next((row for row in waiting if row.call == self.strip.call), None)
        chosen = mine or (waiting[0] if waiting else None)
        if chosen is None:
            chosen = next((row for row in self.strip.rows if row.claimed_by == app.who.person), None)
        if chosen is None:
            self.tell(app.speech.say(M("No call is waiting.")), "refused")
            return
        self.claim(chosen.call)

    def claim(self, call: str) -> None:
        """Exactly one seat wins; the others are told who."""
        seat_of(self).act("claim", {"call": call}, lambda _: self.open_intake(call))  # type: ignore[arg-type]

    def do_take_over(self) -> None:
        call = self.strip.call
        if call:
            seat_of(self).act("take_over", {"call": call}, lambda _: self.open_intake(call))  # type: ignore[arg-type]

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

        seat_of(self).push_screen(IntakeScreen(call, draft))  # type: ignore[arg-type]

    def open_case(self, number: int) -> None:
        from console.screens.case import CaseScreen  # noqa: PLC0415

        seat_of(self).push_screen(CaseScreen(number))  # type: ignore[arg-type]

    def do_new(self) -> None:
        self.open_intake()

    def do_open(self) -> None:
        if self.board.case:
            self.open_case(self.board.case)

    def do_why(self) -> None:
        from console.screens.why import WhyScreen  # noqa: PLC0415

        if self.board.case:
            seat_of(self).push_screen(WhyScreen(self.board.case))  # type: ignore[arg-type]

    def do_slips(self) -> None:
        from console.screens.slips import SlipsScreen  # noqa: PLC0415

        seat_of(self).push_screen(SlipsScreen(), self._slip_chosen)  # type: ignore[arg-type]

    def _slip_chosen(self, draft: str | None) -> None:
        if draft:
            self.open_intake(draft=draft)

    def do_find(self) -> None:
        from console.screens.find import FindScreen  # noqa: PLC0415

        seat_of(self).push_screen(FindScreen(), self._found)  # type: ignore[arg-type]

    def _found(self, number: int | None) -> None:
        if number:
            self.open_case(number)

    def do_help(self) -> None:
        from console.screens.help import HelpScreen  # noqa: PLC0415

        seat_of(self).push_screen(HelpScreen("seat"))  # type: ignore[arg-type]

    def do_switch(self) -> None:
        seat_of(self).ask_who()  # type: ignore[arg-type]

    def do_language(self) -> None:
        app = seat_of(self)  # type: ignore[arg-type]
        app.speak("en" if app.speech.lang == "zh" else "zh")

    def do_theme(self) -> None:
        seat_of(self).other_theme()  # type: ignore[arg-type]

    def do_quit(self) -> None:
        seat_of(self).leave()  # type: ignore[arg-type]

    # --- the command bar

    def do_command(self) -> None:
        self.bar.open("")

    def on_command_bar_changed(self, message: CommandBar.Changed) -> None:
        app = seat_of(self)  # type: ignore[arg-type]
        self.bar.show_preview(sentences.preview(app, message.text, self.board.case))

    def on_command_bar_sent(self, message: CommandBar.Sent) -> None:
        app = seat_of(self)  # type: ignore[arg-type]
        for sentence in sentences.parse(app, message.text, self.board.case):
            if sentence.problem is not None:
                app.show_refusal(sentence.problem)
                return
            app.act(sentence.command, sentence.typed, self._done, self._refused)

    def _done(self, outcome: Outcome) -> None:
        app = seat_of(self)  # type: ignore[arg-type]
        self.bar.close()
        self.board.focus()
        if outcome.case:
            self.board.select(outcome.case)
        self.tell(app.speech.say(sentences.done(outcome)), "done")

    def _refused(self, refusal: Refusal) -> None:
        """What was typed stays in the bar."""
        seat_of(self).show_refusal(refusal)  # type: ignore[arg-type]
