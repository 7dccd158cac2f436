"""Acting on a case from a screen: the keys of the verbs and the command bar.

Shared by the seat and the case view; what differs is which case is meant and what is
shown afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from console.app import SeatApp, seat_of
from console.desk import Outcome
from console.domain.commands import COMMANDS
from console.domain.refusal import Refusal
from console.domain.words import M
from console.speech import Speech
from console.widgets.titlebar import Title

if TYPE_CHECKING:
    from console.desk.sentence import Completion
    from console.widgets.command_bar import CommandBar

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
"""Actions that open the command bar with a verb and the case, ready to finish."""


class Acting:
    """The half of a screen that acts. A screen gives it a bar, the case it is about, where
    keys go when the bar closes, and what to do when something was done."""

    bar: CommandBar
    tell: Callable[[str, str], None]

    @property
    def about(self) -> int:
        """The case that commands are about, 0 for none."""
        raise NotImplementedError

    def listed(self) -> Sequence[int]:
        """The cases on the screen, the most urgent first."""
        return ()

    def rest(self) -> None:
        """Give the keys back to what the screen is for."""
        raise NotImplementedError

    def acted(self, outcome: Outcome) -> None:
        """Something was done."""

    def seen(self, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the author of a command has seen: added to it, so that the desk can refuse."""
        return {}

    @property
    def seat(self) -> SeatApp:
        return seat_of(self)  # type: ignore[arg-type]

    # --- the command bar

    def prefill(self, verb: str) -> None:
        """Open the bar with a verb and the case."""
        if not self.about:
            self.tell(self.seat.speech.say(M("Select a case first.")), "refused")
            return
        self._open_bar(f"{verb_word(verb, self.seat.speech)} {self.about} ")

    def do_command(self) -> None:
        self._open_bar("")

    def _open_bar(self, text: str) -> None:
        self.bar.complete = self._complete
        self.bar.open(text)

    def _complete(self, text: str) -> list[Completion]:
        from console.screens import sentences  # noqa: PLC0415 - nobody types at start

        return sentences.complete(self.seat, text, self.about, self.listed())

    def on_command_bar_changed(self, message: CommandBar.Changed) -> None:
        from console.screens import sentences  # noqa: PLC0415

        self.bar.show_preview(sentences.preview(self.seat, message.text, self.about))

    def on_command_bar_sent(self, message: CommandBar.Sent) -> None:
        """Carry out what was typed, sentence by sentence."""
        from console.screens import sentences  # noqa: PLC0415

        todo = sentences.parse(self.seat, message.text, self.about)
        sentences.carry_out(self.seat, todo, self._done, self._stopped, self.seen)

    def _done(self, outcome: Outcome) -> None:
        from console.screens import sentences  # noqa: PLC0415

        if self.bar.done():
            self.rest()
        self.acted(outcome)
        self.tell(self.seat.speech.say(sentences.done(self.seat, outcome)), "done")

    def _stopped(self, refusal: Refusal, left: str | None) -> None:
        """What was typed stays in the bar, or what is `left` of it when a part was done."""
        self.bar.refused(left)
        self.refused(refusal)

    def refused(self, refusal: Refusal) -> None:
        """Say why nothing was done."""
        self.seat.show_refusal(refusal)

    def do_dial(self) -> None:
        """The bar opens ready to call the customer of the case from this seat."""
        self.prefill("dial")

    # --- screens

    def open_case(self, number: int) -> None:
        from console.screens.case import CaseScreen  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(CaseScreen(number))

    def do_why(self) -> None:
        from console.screens.why import WhyScreen  # noqa: PLC0415

        if self.about:
            self.seat.push_screen(WhyScreen(self.about))

    def do_incident(self) -> None:
        """Whom to tell at once about the case, where anybody has to be."""
        from console.domain.incident import incident_of  # noqa: PLC0415
        from console.screens.incident import IncidentScreen  # noqa: PLC0415

        if not self.about:
            self.tell(self.seat.speech.say(M("Select a case first.")), "refused")
        elif incident_of(self.seat.desk.case(self.about)) is None:
            nobody = M("Nobody has to be told anything at once about this case.")
            self.tell(self.seat.speech.say(nobody), "refused")
        else:
            self.seat.push_screen(IncidentScreen(self.about))

    def do_find(self) -> None:
        from console.screens.find import FindScreen  # noqa: PLC0415

        self.seat.push_screen(FindScreen(), self._found)

    def _found(self, number: int | None) -> None:
        if number:
            self.open_case(number)

    def do_language(self) -> None:
        self.seat.speak("en" if self.seat.speech.lang == "zh" else "zh")

    def do_theme(self) -> None:
        self.seat.other_theme()


def verb_word(verb: str, speech: Speech) -> str:
    """A verb as the command bar writes it for this reader."""
    word = speech.say(COMMANDS[verb].label) if speech.lang == "zh" else verb
    return word.replace(" ", "_")


def title_of_seat(app: SeatApp) -> Title:
    """What the title bar of the seat says, for a screen that covers it."""
    for screen in app.screen_stack:
        bar = getattr(screen, "title_bar", None)
        if bar is not None and screen is not app.screen:
            title: Title = bar.title
            return title
    return Title(person=app.speech.name(app.who.person), seat=app.who.seat)
