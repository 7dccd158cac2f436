"""The full-screen front door: one seat on one desk."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # Chinese input methods need it

from textual import events
from textual._styles_cache import StylesCache
from textual.app import ScreenStackError
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import Screen

from console.desk import Desk, Outcome, Who
from console.desk.drafting import Drafting
from console.domain.refusal import Refusal, RefusedError
from console.domain.words import M, Message
from console.screens import keymap
from console.screens.feed import Changes, Feed
from console.screens.idle import IdleLock
from console.screens.key_queue import KeyQueue
from console.screens.personal import PersonalApp
from console.speech import Speech
from console.store.errors import StoreError
from console.widgets.theme import THEMES
from console.worker import TURN_SECONDS, Worker

Done = Callable[[Outcome], None]
YOURS_ALONE = M("Your key opened this seat, and it is yours alone.")

SEAT_DEPTH = 2
"""How many screens there are when nothing lies over the seat: Textual's own, and the seat."""


class SeatApp(PersonalApp):
    """One operator at one seat.

    Screens ask the desk through `desk`, write through `act`, speak through `speech`, and
    hear of changes by their own `heard(changes)`.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "screens/console.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "nothing", show=False),
        Binding("ctrl+q", "nothing", show=False),
        Binding("ctrl+z", "nothing", show=False),
    ]

    def __init__(
        self,
        desk: Desk,
        person: str,
        lang: str,
        *,
        seat: str = "",
        keys: keymap.Keymap | None = None,
        kiosk: bool = False,
        ssh_key: str = "",
    ) -> None:
        """Without a `person` the seat asks who sits here. A `kiosk` is never left: whoever
        leaves signs off, and the next one is asked. `ssh_key`, the fingerprint of what somebody
        came in with, makes the seat theirs alone, for as long as the key opens it."""
        super().__init__()
        self.desk = desk
        self.who = Who(person, seat)
        self.speech = self._speech(lang)
        self.keys = keys or keymap.load(desk.store.directory)
        self.feed = Feed(desk, self._heard)
        self.drafting = Drafting(desk.store.directory, desk.now)
        self.kiosk = kiosk
        self._idle = IdleLock(desk.config.lock_after, self.lock)
        self._ssh_key = ssh_key
        self.key_queue = KeyQueue(self, self._take_key)
        self._worker = Worker(desk)
        self._busy: set[asyncio.Task[None]] = set()

    def _speech(self, lang: str) -> Speech:
        def name(key: str) -> str:
            return self.desk.directory.name(key)  # the directory is a new one when people change

        return Speech(lang, self.desk.config.zone, name)

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for the one before them; everything else goes on at once."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._idle.touch()
            await self.key_queue.put(event)
        else:
            await super().on_event(event)

    async def _take_key(self, key: events.Key) -> None:
        await super().on_event(key)

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.welcome()
        from console.screens.seat import SeatScreen  # noqa: PLC0415 - after the loop runs

        self.push_screen(SeatScreen())
        self.feed.start()
        self.call_after_refresh(self._heed_key)
        self.call_after_refresh(self.show_presence)
        if not self.who.person:
            self.ask_who()
        self._idle.start()
        self.set_interval(TURN_SECONDS, self._work, name="worker")
        self.call_after_refresh(_settle_memory)

    async def _work(self) -> None:
        """Take the worker's turn, unless a worker or another seat holds its lease."""
        if self._worker.idle:
            return
        try:
            await asyncio.to_thread(self._worker.turn)
        except StoreError as error:
            self.tell(M("{what} {remedy}", what=error.message, remedy=error.remedy), "error")

    def pop_screen(self) -> AwaitComplete:
        """Close the top screen and let go of all it had painted."""
        closing = super().pop_screen()
        self.call_after_refresh(_let_go)
        return closing

    @property
    def personal(self) -> bool:
        """Whether a key has opened the seat, for its owner and nobody else."""
        return bool(self._ssh_key)

    def ask_who(self) -> None:
        """Show the sign-on screen: the seat belongs to nobody until somebody signs on. One
        that a key has opened stays with whose key it is."""
        if self.personal:
            self.tell(YOURS_ALONE, "refused")
            return
        from console.screens.sign_on import SignOnScreen  # noqa: PLC0415

        self.push_screen(SignOnScreen())

    def lock(self) -> None:
        """Cover everything until whoever sits here has given the PIN again. A seat whose
        person has none stays open: there would be nothing to ask for."""
        from console.screens.sign_on import SignOnScreen  # noqa: PLC0415

        person = self.who.person
        asking = isinstance(self.screen, SignOnScreen)
        if person and not asking and self.desk.has_pin(person):
            self.push_screen(SignOnScreen(person))
        else:
            self._idle.start()

    def sign_off(self) -> None:
        """The seat is nobody's from now on: what is left to whom is journaled (W-21)."""
        if self.who.person:
            self.act("sign_off", {}, lambda _: self._nobody())

    def _nobody(self) -> None:
        if self.personal:
            self.leave()
            return
        self.become("")
        self.ask_who()

    # --- acting

    def act(
        self,
        command: str,
        typed: Mapping[str, Any],
        done: Done | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Carry out a command off the screen's loop, then call `done` or `refused` on it.

        Without a `refused`, the refusal is shown on the current screen's message line.
        """
        task = asyncio.create_task(self._act(command, dict(typed), done, refused))
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _act(
        self,
        command: str,
        typed: dict[str, Any],
        done: Done | None,
        refused: Callable[[Refusal], None] | None,
    ) -> None:
        try:
            outcome = await asyncio.to_thread(self.desk.do, command, typed, self.who)
        except RefusedError as error:
            (refused or self.show_refusal)(error.refusal)
            return
        except StoreError as error:
            (refused or self.show_refusal)(Refusal("store", error.message, error.remedy))
            return
        self.feed.look()
        if done is not None:
            done(outcome)

    def show_refusal(self, refusal: Refusal) -> None:
        """A refusal in one line: what, by which clause, what to do instead."""
        source = refusal.clause or refusal.rule
        words = M(
            "{message} [{source}] → {remedy}",
            message=refusal.message,
            source=source,
            remedy=refusal.remedy,
        )
        self.tell(
            words
            if refusal.remedy
            else M("{message} [{source}]", message=refusal.message, source=source),
            "refused",
        )

    def tell(self, words: Any, kind: str = "done") -> None:
        """Show a sentence on the current screen's message line. `kind`: done, refused, error."""
        show = getattr(self.screen, "tell", None)
        if show is not None:
            show(self.speech.say(words), kind)

    # --- hearing

    def _heard(self, changes: Changes) -> None:
        if changes.people:
            self._heed_key()
        try:
            stack = list(self.screen_stack)
        except ScreenStackError:
            return
        for screen in stack:
            hear = getattr(screen, "heard", None)
            if hear is not None:
                hear(changes)

    # --- language and looks

    def speak(self, lang: str) -> None:
        """Change the language of everything on every screen."""
        self.speech = self._speech(lang)
        for screen in self.screen_stack:
            respeak = getattr(screen, "respeak", None)
            if respeak is not None:
                respeak()

    def other_theme(self) -> None:
        """The next of the seat's themes."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def become(self, person: str) -> None:
        """Somebody acts at this seat from now on. What somebody else had open is closed; their
        drafts wait for them."""
        if person != self.who.person:
            if self.personal:
                self.leave(YOURS_ALONE)
                return
            while len(self.screen_stack) > SEAT_DEPTH:
                self.pop_screen()
        self.who = Who(person, self.who.seat)
        self.welcome()
        self.show_presence()
        self._idle.start()
        for screen in self.screen_stack:
            respeak = getattr(screen, "respeak", None)
            if respeak is not None:
                respeak()

    def action_nothing(self) -> None:
        """Swallow a key that would stop or suspend the seat: F12 leaves."""
        self.tell(M("To leave, press {key}.", key=keymap.shown(self.keys["seat"]["quit"])))

    def _heed_key(self) -> None:
        """Close a seat whose key has been taken away, or whose owner has left."""
        if self._ssh_key and not self.desk.holds(self.who.person, self._ssh_key):
            self.leave(M("Your key no longer opens this seat. What you typed is kept."))

    def leave(self, because: Message | None = None) -> None:
        """Close the seat, or leave a kiosk to the next person. Drafts are kept."""
        if self.kiosk and because is None:
            self.sign_off()
            return
        self._idle.stop()
        self.feed.stop()
        self.drafting.close()
        self._worker.close()
        self.exit(0, message=None if because is None else self.speech.say(because))


def seat_of(screen: Screen[Any]) -> SeatApp:
    """The seat a screen belongs to."""
    app = screen.app
    assert isinstance(app, SeatApp)
    return app


def _let_go() -> None:
    """Empty a cache of colours in which Textual keeps widgets that are gone, with every
    line they painted (Textual #6665)."""
    StylesCache.get_inner_outer.cache_clear()


def _settle_memory() -> None:
    """After the first paint: collect once, then leave what is loaded out of every later
    collection (long pauses while scrolling come from those)."""
    gc.collect()
    gc.freeze()
    gc.enable()
