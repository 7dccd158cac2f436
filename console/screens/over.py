"""What the small screens over the seat share: a headline, a body, a message line, hints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from console.app import SeatApp, seat_of
from console.domain.words import L, Label, M
from console.screens import keymap
from console.widgets.headline import Headline, Part
from console.widgets.hints import Hint, Hints
from console.widgets.page import Page


class Over(Screen[ScreenResultType]):
    """A screen opened over the seat. `section` is its part of the keymap; every action
    there is carried out by the method `do_ACTION`. `hinted` names those worth a hint, and
    `choosing` says that the page has lines to choose from."""

    section: ClassVar[str] = ""
    hinted: ClassVar[tuple[tuple[str, Label], ...]] = ()
    choosing: ClassVar[bool] = False

    def body(self) -> Iterable[Widget]:
        """The widgets between headline and message line."""
        raise NotImplementedError

    def headline(self) -> list[str]:
        """What the first line says."""
        raise NotImplementedError

    def begin(self) -> None:
        """Called once the widgets are there."""

    def show(self) -> None:
        """Lay everything out anew: after a change, and in another language."""
        raise NotImplementedError

    @property
    def seat(self) -> SeatApp:
        return seat_of(self)

    @property
    def page(self) -> Page:
        return self.query_one(Page)

    def compose(self) -> ComposeResult:
        yield Headline(id="header")
        yield from self.body()
        yield Static("", id="message", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        for action, keys in self.seat.keys.get(self.section, {}).items():
            self._bindings.bind(keys, f"do('{action}')", show=False)
        self.query_one("#message").display = False
        self.begin()
        self.respeak()

    def respeak(self) -> None:
        """Everything in the language and for the person of now."""
        app = self.seat
        first, *rest = self.headline()
        who = app.speech.name(app.who.person)
        parts = [Part(first, True), *map(Part, rest), *([Part(who)] if who else [])]
        self.query_one("#header", Headline).show(parts)
        keys, say = app.keys[self.section], app.speech.say
        hints = [Hint(keymap.shown(keys[action]), say(label)) for action, label in self.hinted]
        arrows = [Hint("↑↓", say(L("选择", "choose")))] if self.choosing else []
        self.query_one(Hints).show([*arrows, *hints])
        self.show()

    def tell(self, text: str, kind: str) -> None:
        """A sentence above the hints. `kind`: done, refused, error, news."""
        message = self.query_one("#message", Static)
        message.set_classes(kind)
        message.update(text)
        message.display = bool(text)

    def action_do(self, action: str) -> None:
        """Carry out the action of a key."""
        getattr(self, f"do_{action}")()

    def do_back(self) -> None:
        """Return to what lies below."""
        self.dismiss(None)

    def action_move(self, lines: int) -> None:
        """Move in the page while an input has the keys."""
        self.page.action_move(lines)

    def action_turn(self, pages: int) -> None:
        """A screenful in the page while an input has the keys."""
        self.page.action_turn(pages)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What goes wrong off the loop is said, and the seat goes on."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            what = getattr(error, "message", str(error))
            self.tell(self.seat.speech.say(M("That did not work: {what}", what=what)), "error")


def typing(id_: str, *, password: bool = False) -> Input:
    """One line to type into; the cursor rests, because blinking costs bytes."""
    box = Input(id=id_, password=password, compact=True, max_length=100)
    box.cursor_blink = False
    return box
