"""People: their accounts, roles, PINs and keys, where they are, and what they own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from console.desk import Outcome
from console.desk.accounts import Account
from console.domain.people import ROLE_LABELS, Person
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Message, Named
from console.screens import keymap
from console.screens.feed import Changes
from console.screens.filling import CommandForm, fill_in
from console.screens.over import Over, typing
from console.screens.people_view import details, lines, matching
from console.widgets.page import Page

if TYPE_CHECKING:
    from console.app import SeatApp

LOOK_SECONDS = 5.0
"""How often it is asked who is at which seat, as long as this lies open."""


def open_people(app: SeatApp) -> None:
    """Show the accounts, or say why somebody may not see them."""
    try:
        app.push_screen(PeopleScreen(app.desk.accounts(app.who)))
    except RefusedError as error:
        app.show_refusal(error.refusal)


class PeopleScreen(Over[None]):
    """Everybody, owners of open cases who are not here first; the chosen one in full below."""

    section = "people"
    hinted = (
        ("find", L("查找", "find")),
        ("add", L("添加", "add")),
        ("change", L("修改", "change")),
        ("leave", L("停用", "leaves")),
        ("pin", L("设 PIN", "PIN")),
        ("add_key", L("加密钥", "add key")),
        ("owned", L("首问", "owns")),
        ("help", L("帮助", "help")),
        ("back", L("返回", "back")),
    )
    AUTO_FOCUS: ClassVar[str] = "#people_page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, accounts: list[Account]) -> None:
        super().__init__()
        self.accounts = accounts
        self._asked = ""

    def body(self) -> Iterable[Widget]:
        yield typing("wanted")
        yield Page(lit=True, id="people_page")
        account = Page(id="account")
        account.can_focus = False
        yield account

    def headline(self) -> list[str]:
        say, here = self.seat.speech.say, sum(one.standing == "here" for one in self.accounts)
        return [
            say(M("People {n}", n=sum(one.person.active for one in self.accounts))),
            say(M("at a seat {n}", n=here)),
        ]

    def begin(self) -> None:
        self.query_one("#wanted").display = False
        self.set_interval(LOOK_SECONDS, self._look)
        self.call_after_refresh(self._show_chosen)

    def show(self) -> None:
        speech, wanted = self.seat.speech, self.query_one("#wanted", Input)
        wanted.placeholder = speech.say(M("name, key or role"))
        found = matching(self.accounts, wanted.value, speech)
        self.page.show(lambda width: lines(found, speech, width))
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen, speech = self.chosen, self.seat.speech
        below = self.query_one("#account", Page)
        below.show(lambda width: details(chosen, speech, width) if chosen else [])

    @property
    def chosen(self) -> Account | None:
        found = (one for one in self.accounts if one.person.key == self.page.key)
        return next(found, None)

    def heard(self, changes: Changes) -> None:
        """Somebody was added, changed or signed on, or cases went from hand to hand."""
        if changes.people or changes.cases:
            self._look()

    def _look(self) -> None:
        try:
            self.accounts = self.seat.desk.accounts(self.seat.who)
        except RefusedError:  # the right to look was taken away meanwhile
            self.dismiss(None)
            return
        self.respeak()

    def on_page_chosen(self, _message: Page.Chosen) -> None:
        self._asked = ""
        self.tell("", "done")
        self._show_chosen()

    def on_page_opened(self, _message: Page.Opened) -> None:
        self.do_change()

    def action_do(self, action: str) -> None:
        if action != "leave":
            self._asked = ""
        self.tell("", "done")
        super().action_do(action)

    # --- searching

    def do_find(self) -> None:
        box = self.query_one("#wanted", Input)
        box.display = True
        box.focus()

    def on_input_changed(self, _message: Input.Changed) -> None:
        self.show()

    def on_input_submitted(self, _message: Input.Submitted) -> None:
        """The keys go back to the list, which stays as it is."""
        self.page.focus()

    def do_back(self) -> None:
        """From what was searched for to everybody; from everybody to the seat."""
        box = self.query_one("#wanted", Input)
        if box.display:
            box.value = ""
            box.display = False
            self.page.focus()
        else:
            super().do_back()

    # --- accounts

    def do_add(self) -> None:
        about = M("A key of small letters, such as li.na, stays theirs for good.")
        first = {"roles": ["operator"], "active": True}
        fill_in(self.seat, CommandForm("add_person", about, first=first), self._changed)

    def do_change(self) -> None:
        account = self.chosen
        if account is not None:
            person = account.person
            about = M("What is emptied is taken away.")
            form = CommandForm("change_person", about, {"person": person.key}, typed(person))
            fill_in(self.seat, form, self._changed)

    def _changed(self, outcome: Outcome | None) -> None:
        if outcome is None:
            return
        self._look()
        if not outcome.facts:
            self._tell(M("Nothing to do: it is so already."))
            return
        key = outcome.facts[0].subject.partition(":")[2]
        self.page.choose(key)
        self._show_chosen()
        self._tell(M("Written down: {who}.", who=Named(key)))

    def do_leave(self) -> None:
        """Deactivate somebody, or have them back; asked once more. Whoever owns open cases
        is shown with them first."""
        account = self.chosen
        if account is None:
            return
        person = account.person
        if person.active and account.owns:
            self.do_owned()
        elif self._asked != person.key:
            self._asked = person.key
            key = keymap.shown(self.seat.keys[self.section]["leave"])
            sentence = (
                M(
                    "{who} owns no open case. Press {key} again: the account is closed.",
                    **_of(person, key),
                )
                if person.active
                else M(
                    "{who} has left. Press {key} again: the account is open again.",
                    **_of(person, key),
                )
            )
            self._tell(sentence, "refused")
        else:
            self._asked = ""
            values = {"person": person.key, "active": not person.active}
            self.seat.act("change_person", values, self._changed)

    def do_owned(self) -> None:
        """The open cases somebody owns."""
        account = self.chosen
        if account is None:
            return
        if not account.owns:
            self._tell(M("{who} owns no open case.", who=Named(account.person.key)))
            return
        from console.screens.owned import OwnedScreen  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(OwnedScreen(account.person.key), lambda _: self._look())

    # --- PIN and keys

    def do_pin(self) -> None:
        account = self.chosen
        if account is None:
            return
        try:
            if account.person.key != self.seat.who.person:
                self.seat.desk.demand("manage_people", self.seat.who)
        except RefusedError as error:
            self.seat.show_refusal(error.refusal)
            return
        from console.screens.pin import PinForm  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(PinForm(account.person.key), self._pin_set)

    def _pin_set(self, person: str | None) -> None:
        if person:
            self._look()
            self._tell(M("PIN set for {name}.", name=Named(person)))

    def do_add_key(self) -> None:
        account = self.chosen
        if account is not None:
            about = M("Opens the seat of {who}.", who=Named(account.person.key))
            form = CommandForm("add_key", about, {"person": account.person.key})
            fill_in(self.seat, form, self._changed)

    def do_remove_key(self) -> None:
        account = self.chosen
        if account is None:
            return
        if not account.person.keys:
            self._tell(M("{who} has no key.", who=Named(account.person.key)), "refused")
            return
        first = {"key": account.person.keys[0].fingerprint}
        about = M("No longer opens the seat of {who}.", who=Named(account.person.key))
        form = CommandForm("remove_key", about, {"person": account.person.key}, first)
        fill_in(self.seat, form, self._changed)

    # --- and besides

    def do_help(self) -> None:
        from console.screens.help import HelpScreen  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(HelpScreen(self.section))

    def do_language(self) -> None:
        self.seat.speak("en" if self.seat.speech.lang == "zh" else "zh")

    def _tell(self, words: Message, kind: str = "done") -> None:
        self.tell(self.seat.speech.say(words), kind)


def _of(person: Person, key: str) -> dict[str, Any]:
    return {"who": Named(person.key), "key": key}


def typed(person: Person) -> dict[str, Any]:
    """An account as the fields of a form hold it."""
    return {
        "name": person.name,
        "roles": [key for key in ROLE_LABELS if key in person.roles],
        "phone": person.phone,
        "extension": person.extension,
        "skills": ", ".join(sorted(person.skills)),
        "mail": person.mail,
        "im": person.im,
        "quiet": person.quiet,
        "active": person.active,
    }
