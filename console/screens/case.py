"""A case opened over the seat: everything known of it, live, and everything that can be
done with it by the same keys as on the board."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from console.desk import Outcome
from console.desk.ledger import label_of
from console.domain.commands import COMMANDS
from console.domain.facts import Fact
from console.domain.people import SYSTEM
from console.domain.refusal import Refusal
from console.domain.words import L, Label, M
from console.screens import keymap, words
from console.screens.acting import PREFILLED, Acting, title_of_seat, verb_word
from console.screens.case_view import CaseView, title
from console.screens.feed import Changes
from console.widgets.command_bar import CommandBar
from console.widgets.countdown import NEVER
from console.widgets.form import Told
from console.widgets.headline import Headline, Part
from console.widgets.hints import Hint, Hints
from console.widgets.page import Page
from console.widgets.safetext import safe
from console.widgets.titlebar import TitleBar

SHARED = (*PREFILLED, "incident", "command", "find", "help", "language", "theme")
"""Keys of the seat that do the same here."""

HINTS: tuple[tuple[str, str, Label, int], ...] = (
    ("case", "back", L("返回", "back"), 0),
    ("case", "why", L("为何", "why"), 1),
    ("seat", "command", L("命令", "command"), 0),
    ("seat", "help", L("帮助", "help"), 0),
)
_MOST_TOLD = 3

OTHERS_SECONDS = 4.0
"""How often it is asked who else has the case open, as long as it is."""


class CaseScreen(Acting, Screen[None]):
    """One case. The version its reader has seen goes with every command, so that nobody
    writes over a change they have not read."""

    AUTO_FOCUS = "Page"

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._read = 0
        self._typed_over = 0
        self._offered: list[str] = []
        self._alarm: Timer | None = None

    def compose(self) -> ComposeResult:
        app = self.seat
        clock = lambda at: app.speech.time_of_day(at)[:5]  # noqa: E731 - as on the seat
        yield TitleBar(words.title_words(app.speech), app.desk.now(), clock)
        yield Headline(id="header")
        yield Told("others")
        yield Page(id="case_page")
        yield Static("", id="message", markup=False)
        yield CommandBar()
        yield Hints()

    async def _take_down(self) -> None:
        """Write down who looks, where the case holds what needs it."""
        app = self.seat
        await asyncio.to_thread(app.desk.viewed, self.number, app.who)

    def on_mount(self) -> None:
        self.bar = self.query_one(CommandBar)
        self.page = self.query_one(Page)
        self.message = self.query_one("#message", Static)
        self.message.display = False
        self._bind()
        self.refresh_case()
        self._tick()
        self.seat.show_presence()
        self.run_worker(self._take_down(), exit_on_error=False)
        self.show_others()
        self.set_interval(OTHERS_SECONDS, self.show_others)

    def on_unmount(self) -> None:
        self.seat.show_presence()

    def _bind(self) -> None:
        """This screen's own keys first; of the seat's, those that are still free."""
        keys = self.seat.keys
        taken: set[str] = set()
        for screen, actions in (("case", keys["case"]), ("seat", SHARED)):
            for action in actions:
                for key in keys[screen][action].split(","):
                    if key not in taken:
                        self._bindings.bind(key, f"do('{action}')", show=False)
                        taken.add(key)

    # --- what is shown

    def refresh_case(self) -> None:
        """Fold the case anew and show it; what others added since it was last read is set
        off."""
        app = self.seat
        case = app.desk.case(self.number)
        self._offered = app.desk.offered(self.number, app.who)
        seen, self._read = self._read or case.version, case.version
        offered = [(name, self._key_of(name)) for name in self._offered]
        sections, viewer = app.desk.sections(case), app.desk.viewer(app.who)
        self.view = CaseView(case, app.speech, offered, seen, app.who.person, sections, viewer)
        parts = title(case, app.speech)
        self.query_one("#header", Headline).show([Part(parts[0], True), *map(Part, parts[1:])])
        self.query_one(TitleBar).show(title_of_seat(app))
        self.query_one(Hints).show(self.hints())
        self.page.show(lambda width: self.view.lines(width, app.desk.now()))
        self._schedule()

    def show_others(self) -> None:
        """Who else has this case open now: ask them before doing the same."""
        app = self.seat
        speech, others = app.speech, app.desk.others_at(self.number, app.who)
        names = (
            speech.say(M("{who} (seat {seat})", who=speech.name(one.person), seat=one.seat))
            if one.seat
            else speech.name(one.person)
            for one in others
        )
        text = speech.say(M("Also open at: {people}", people=speech.listed(names)))
        self.query_one("#others", Told).say(safe(text) if others else "")

    def _key_of(self, command: str) -> str:
        """The key that begins a command, "" when it has none."""
        action = next((one for one, verb in PREFILLED.items() if verb == command), "")
        return keymap.shown(self.seat.keys["seat"][action]) if action else ""

    def hints(self) -> list[Hint]:
        """The way back, then the keys of what this person may do with this case."""
        keys, say = self.seat.keys, self.seat.speech.say
        fixed = [
            Hint(keymap.shown(keys[screen][action]), say(label), rank)
            for screen, action, label, rank in HINTS
        ]
        verbs = [
            Hint(keymap.shown(keys["seat"][action]), verb_word(verb, self.seat.speech), 2)
            for action, verb in PREFILLED.items()
            if verb in self._offered
        ]
        return [*verbs, *fixed]

    def tell(self, text: str, kind: str) -> None:
        """A sentence above the hints; the next key that acts replaces it."""
        self.message.set_classes(kind)
        self.message.update(text)
        self.message.display = bool(text)

    def respeak(self) -> None:
        """Everything again, in the language and for the person of now."""
        self.tell("", "done")
        self.query_one(TitleBar).speak(words.title_words(self.seat.speech))
        self.refresh_case()
        self.show_others()

    # --- what happens

    def heard(self, changes: Changes) -> None:
        """Facts were added: to this case, or to what the title bar counts."""
        if self.number not in changes.cases:
            self.query_one(TitleBar).show(title_of_seat(self.seat))
            return
        before = self._read
        self.refresh_case()
        self.show_others()
        others = [
            fact for fact in self.view.case.facts if fact.seq > before and self._by_others(fact)
        ]
        if others:
            self._tell_change(others)

    def _by_others(self, fact: Fact) -> bool:
        mine = fact.actor == self.seat.who.person and fact.seat == self.seat.who.seat
        return not mine and fact.actor != SYSTEM.key and fact.kind != "notice_raised"

    def _tell_change(self, facts: list[Fact]) -> None:
        """Who has just changed the case that is being read, and how."""
        speech = self.seat.speech
        names = speech.listed(dict.fromkeys(speech.name(fact.actor) for fact in facts))
        what = speech.listed(
            speech.say(label_of(fact, self.seat.desk.rulebook)) for fact in facts[-_MOST_TOLD:]
        )
        self.tell(
            speech.say(M("{who} has just changed this case: {what}", who=names, what=what)), "news"
        )

    def _tick(self) -> None:
        """Repaint the clocks that read differently now, then sleep until the next does."""
        self.query_one(TitleBar).tick(self.seat.desk.now())
        self.page.relay()
        self._schedule()

    def _schedule(self) -> None:
        if self._alarm is not None:
            self._alarm.stop()
        now = self.seat.desk.now()
        wake = min(self.view.wake(now), self.query_one(TitleBar).wake, NEVER)
        delay = min(max(wake - now, 0.25), 60.0)
        # A timer of the screen's own ends with it; a handle of the loop, even a cancelled
        # one, would keep a screen that is gone in memory until its time has come.
        self._alarm = self.set_timer(delay, self._tick)

    # --- acting

    @property
    def about(self) -> int:
        """This case."""
        return self.number

    def rest(self) -> None:
        self.page.focus()

    def acted(self, outcome: Outcome) -> None:
        """Show what it did at once, without waiting for the feed."""
        if outcome.case == self.number and outcome.version != self._read:
            self._read = outcome.version
            self.refresh_case()

    def seen(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The version on the screen when the bar was opened, for a command about this case."""
        mine = str(typed.get("case", "")).strip().lstrip("#") == str(self.number)
        return {"version": self._typed_over} if mine else {}

    def prefill(self, verb: str) -> None:
        """Open the bar for this case, or say why the command is not to be had here."""
        if verb not in self._offered:
            self._say_why_not(verb)
            return
        self._typed_over = self._read
        super().prefill(verb)

    def do_command(self) -> None:
        self._typed_over = self._read
        super().do_command()

    def refused(self, refusal: Refusal) -> None:
        """After a conflict the change is on the screen: sent again, the command counts."""
        super().refused(refusal)
        if refusal.rule == "version":
            self.refresh_case()
            self._typed_over = self._read

    def _say_why_not(self, verb: str) -> None:
        app = self.seat
        preview = app.desk.preview(verb, {"case": self.number}, app.who)
        if preview.refusal is not None and preview.refusal.clause:
            app.show_refusal(preview.refusal)
            return
        label = COMMANDS[verb].label
        self.tell(
            app.speech.say(M("Not possible with this case: {command}.", command=label)), "refused"
        )

    # --- keys

    def action_do(self, action: str) -> None:
        """Carry out the action of a key."""
        self.tell("", "done")
        if action in PREFILLED:
            self.prefill(PREFILLED[action])
        else:
            getattr(self, f"do_{action}")()

    def do_back(self) -> None:
        """Leave the bar first, then the case."""
        if self.page.has_focus:
            self.dismiss()
            return
        self.bar.close()
        self.rest()

    def do_help(self) -> None:
        from console.screens.help import HelpScreen  # noqa: PLC0415 - opened on demand

        self.seat.push_screen(HelpScreen("case"))

    def on_screen_resume(self) -> None:
        """Back from another screen."""
        if self.is_mounted:
            self.seat.show_presence()
            self.rest()
