"""Who sits here: the sign-on of a shared terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from console.app import YOURS_ALONE
from console.domain.people import ROLE_LABELS, Person
from console.domain.refusal import RefusedError
from console.domain.words import L, M
from console.screens.feed import Changes
from console.screens.over import Over, typing
from console.speech import Speech
from console.widgets.lines import Line, Span, wrapped
from console.widgets.page import Page
from console.widgets.safetext import fit


class SignOnScreen(Over[None]):
    """Choose a name, give the PIN where there is one. Somebody who is signed on
    without one may go back; otherwise nothing lies behind this screen that may be used.

    `locked` is who sat at a seat that has locked itself: their PIN is asked for first, and
    whoever else signs on finds nothing of theirs.
    """

    section = "sign_on"
    hinted = (
        ("choose", L("选定", "choose")),
        ("back", L("返回", "back")),
        ("language", L("English", "中文")),
        ("quit", L("退出", "leave")),
    )
    choosing = True
    AUTO_FOCUS: ClassVar[str] = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
    ]

    def __init__(self, locked: str = "") -> None:
        super().__init__()
        self._locked = locked
        self._comer = ""
        self._checking = False

    def body(self) -> Iterable[Widget]:
        yield typing("name")
        yield Static("", id="whose", markup=False)
        yield typing("pin", password=True)
        yield Page(lit=True, id="people")

    def headline(self) -> list[str]:
        say = self.seat.speech.say
        if self._locked:
            name = self.seat.speech.name(self._locked)
            return [say(L("已锁定", "Locked")), say(M("{name} sits here.", name=name))]
        return [say(L("登录", "Sign on")), say(M("Who are you?"))]

    def begin(self) -> None:
        if self._locked:
            self._choose(self._locked)
        else:
            self._ask_name()

    def show(self) -> None:
        say = self.seat.speech.say
        self.query_one("#name", Input).placeholder = say(M("name or key"))
        self.query_one("#whose", Static).update(self._whose())
        wanted = self.query_one("#name", Input).value
        people = matching(self.seat.desk.people(), wanted, self.seat.speech)
        self.page.show(lambda width: lines(people, self.seat.speech, width))

    def _whose(self) -> str:
        speech = self.seat.speech
        return speech.say(M("PIN of {name}:", name=speech.name(self._comer)))

    def heard(self, changes: Changes) -> None:
        """Somebody was added or left."""
        if changes.people:
            self.show()

    # --- the name

    def _ask_name(self) -> None:
        self._comer = ""
        self._show_pin(False)
        self.query_one("#name").focus()

    def _show_pin(self, shown: bool) -> None:
        self.query_one("#pin", Input).value = ""
        self.query_one("#pin").display = shown
        self.query_one("#whose").display = shown
        self.query_one("#name", Input).disabled = shown

    def on_input_changed(self, message: Input.Changed) -> None:
        if message.input.id == "name":
            self.show()

    def action_move(self, lines: int) -> None:
        """Another name, as long as no PIN is asked for."""
        if not self._comer:
            super().action_move(lines)

    def action_turn(self, pages: int) -> None:
        if not self._comer:
            super().action_turn(pages)

    def on_page_opened(self, message: Page.Opened) -> None:
        self._choose(message.key)

    def _choose(self, key: str) -> None:
        """Ask the chosen person for the PIN, or let them in when they have none."""
        if not key:
            self._tell(M("Nobody here is called that."), "refused")
            return
        self._comer = key
        self.tell("", "done")
        if not self.seat.desk.has_pin(key):
            if self.seat.kiosk:
                self._comer = ""
                self._tell(
                    M("Nobody works at this terminal without a PIN. An administrator sets one."),
                    "refused",
                )
                return
            self._sign_on("")
            return
        self._show_pin(True)
        self.query_one("#whose", Static).update(self._whose())
        self.query_one("#pin").focus()

    # --- the PIN

    def on_input_submitted(self, message: Input.Submitted) -> None:
        if message.input.id == "name":
            self._choose(self.page.key)
        elif message.value:
            self._sign_on(message.value)

    def do_choose(self) -> None:
        """Enter outside the inputs."""
        self._choose(self.page.key)

    def _sign_on(self, pin: str) -> None:
        """Off the loop: checking a PIN takes a while, on purpose."""
        if not self._checking:
            self._checking = True
            self.run_worker(self._check(self._comer, pin), exit_on_error=False)

    async def _check(self, comer: str, pin: str) -> None:
        app = self.seat
        self.query_one("#pin", Input).value = ""
        try:
            person = await asyncio.to_thread(app.desk.sign_on, comer, pin, app.who.seat)
        except RefusedError as error:
            app.show_refusal(error.refusal)
            return
        finally:
            self._checking = False
        app.feed.look()
        self.dismiss(None)
        app.become(person.key)
        app.tell(_welcome(person, with_pin=bool(pin)), "done" if pin else "refused")

    # --- keys

    def do_back(self) -> None:
        """From the PIN to the names; from the names to the seat, if it is somebody's."""
        if self.seat.personal:
            self._tell(YOURS_ALONE, "refused")
        elif self._comer:
            self.tell("", "done")
            self._ask_name()
        elif self._may_return():
            self.dismiss(None)
        else:
            self._tell(M("Somebody has to sign on first."), "refused")

    def _may_return(self) -> bool:
        """Whoever has a PIN has signed off by coming here; back takes the PIN."""
        person = self.seat.who.person
        unlocked = bool(person) and not self._locked
        return unlocked and not self.seat.desk.has_pin(person)

    def do_language(self) -> None:
        self.seat.speak("en" if self.seat.speech.lang == "zh" else "zh")

    def do_quit(self) -> None:
        if self.seat.kiosk:
            self._tell(M("This terminal is not left; whoever comes next signs on."), "refused")
        else:
            self.seat.leave()

    def _tell(self, words: object, kind: str) -> None:
        self.tell(self.seat.speech.say(words), kind)


def _welcome(person: Person, *, with_pin: bool) -> object:
    if with_pin:
        return M("{name} is signed on.", name=person.name)
    return M(
        "{name} is signed on without a PIN, as anybody could be. Set one: {command}",
        name=person.name,
        command=f"console people pin {person.key} --as {person.key}",
    )


def matching(people: Iterable[Person], wanted: str, speech: Speech) -> list[Person]:
    """Those who are here and whose name, key or role has what was typed in it."""
    needle = wanted.strip().casefold()
    return [
        person
        for person in people
        if person.active
        and needle in f"{person.key} {person.name} {_roles(person, speech)}".casefold()
    ]


def _roles(person: Person, speech: Speech) -> str:
    roles = [key for key in ROLE_LABELS if key in person.roles]
    return speech.listed(speech.say(ROLE_LABELS[key]) for key in roles)


def lines(people: list[Person], speech: Speech, width: int) -> list[Line]:
    """A name and its roles on each line."""
    if not people:
        return wrapped((Span(speech.say(M("Nobody here is called that.")), "dim"),), width)
    return [
        Line(
            (
                Span(fit(person.name, 20) + "  ", "head"),
                Span(fit(person.key, 12) + "  ", "dim"),
                Span(fit(_roles(person, speech), max(0, width - 36))),
            ),
            person.key,
        )
        for person in people
    ]
