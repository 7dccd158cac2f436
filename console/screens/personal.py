"""The part of a seat that follows the person: what they have chosen, how they are called,
and how others see that they are here."""

from __future__ import annotations

import os
from dataclasses import asdict

from textual.app import App

from console.desk import Desk, Who
from console.desk.drafting import Drafting
from console.domain.board import GRAVE
from console.screens import preferences
from console.screens.idle import IdleLock
from console.screens.preferences import Preferences
from console.screens.window_title import WindowTitle
from console.speech import Speech
from console.widgets.theme import THEMES

BELLS = {GRAVE: 3}
"""How often the bell sounds for what is not heard like a ring."""

BELL_SECONDS = 0.4
"""Between two bells: a terminal makes one of those that come together."""


class PersonalApp(App[int]):
    """The half of `console.app.SeatApp` that is somebody's own."""

    desk: Desk
    who: Who
    speech: Speech
    drafting: Drafting
    keeps_language = False
    """Whether the command line named a language: that holds whatever anybody has chosen."""

    _idle: IdleLock

    def __init__(self) -> None:
        super().__init__()
        self.preferences = Preferences()
        self.window_title = WindowTitle(self._write, os.environ.get("TERM", ""))
        self._usual_lang, self._usual_theme = "", THEMES[0].name
        self._seen: tuple[Who, int] = (Who(""), 0)
        self._since = 0

    def speak(self, lang: str) -> None:
        """Change the language of everything on every screen."""
        raise NotImplementedError

    # --- what each person has chosen

    def prefer(self, wanted: Preferences) -> None:
        """Remember what somebody chose, and follow it from now on."""
        who, before = self.who, self.preferences
        self.drafting.keep(who.person, preferences.KEY, who.seat, asdict(wanted))
        self._follow(wanted, wanted.lang != before.lang, wanted.theme != before.theme)

    def welcome(self) -> None:
        """Somebody else sits here: follow what they chose, and let others see them."""
        self._usual_lang = self._usual_lang or self.speech.lang
        self._since = self.desk.now()
        kept = self.drafting.get(self.who.person, preferences.KEY) if self.who.person else None
        wanted = preferences.read(kept.values) if kept is not None else Preferences()
        self._follow(wanted, not self.keeps_language, True)

    def _follow(self, wanted: Preferences, lang: bool, theme: bool) -> None:
        """What nobody has chosen is again as the installation says; what was changed by a key
        stays."""
        before, self.preferences = self.preferences, wanted
        if lang:
            now = self.speech.lang
            asked = wanted.lang or (self._usual_lang if now == before.lang else now)
            if asked != now:
                self.speak(asked)
        if theme:
            now = self.theme
            self.theme = wanted.theme or (self._usual_theme if now == before.theme else now)

    # --- how they are called

    def sound(self, kind: str) -> None:
        """The terminal's bell for a ring, an amber, a breach or a grave case, where it is
        wanted: once, but three times, a little apart, for what is grave."""
        if self.preferences.rings(kind):
            self.bell()
            for further in range(1, BELLS.get(kind, 1)):
                self.set_timer(further * BELL_SECONDS, self.bell)

    @property
    def resting(self) -> float:
        """Seconds since the last key."""
        return self._idle.resting

    def _write(self, sequence: str) -> None:
        if not self.is_headless and self._driver is not None:
            self._driver.write(sequence)

    # --- how others see that they are here

    def show_presence(self) -> None:
        """Let other seats see who is here, and with which case open. The same again costs
        nothing."""
        numbers = (getattr(screen, "number", 0) for screen in reversed(self.screen_stack))
        seen = (self.who, next((number for number in numbers if number), 0))
        if seen == self._seen:
            return
        self._seen = seen
        if self.who.person:
            self.desk.sit_down(self.who, self._since, seen[1])
        else:
            self.desk.stand_up()

    def on_unmount(self) -> None:
        """Nobody is here any more, however it ended."""
        self.window_title.restore()
        self.desk.stand_up()
