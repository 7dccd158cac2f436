"""Rendering messages, labels, instants and people for one reader.

The catalogue's source language is English; `console/locale` holds the Chinese one.
"""

from __future__ import annotations

import gettext
import string
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from console.domain.moments import DEFAULT_ZONE, zone_of
from console.domain.words import Duration, Instant, Label, Message, Named

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("zh", "en")


@lru_cache(maxsize=2)
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation("console", LOCALE, ["zh_CN"])


class _Fill(string.Formatter):
    """Fills a template with arguments that are themselves words in the reader's language."""

    def __init__(self, say: Callable[[Any], str]) -> None:
        self._say = say

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return self._say(kwargs[str(key)])


class Speech:
    """One reader's language and time zone. `name` turns a person's key into their name."""

    def __init__(
        self, lang: str = "en", zone: str = DEFAULT_ZONE, name: Callable[[str], str] = str
    ) -> None:
        self.lang = "zh" if lang.startswith("zh") else "en"
        self.zone = zone
        self.name = name
        self._fill = _Fill(self.say)

    def gettext(self, text: str) -> str:
        """A fixed sentence, translated."""
        return _catalogue(self.lang).gettext(text)

    def say(self, words: Any) -> str:
        """Anything the domain answers with, as text."""
        if isinstance(words, str):
            return words
        if isinstance(words, Message):
            return self._fill.vformat(self.gettext(words.text), (), words.args)
        if isinstance(words, Label):
            return words.within(self.lang)
        if isinstance(words, Instant):
            return self.moment(words.at)
        if isinstance(words, Named):
            return self.name(words.key) or self.gettext("nobody")
        if isinstance(words, Duration):
            return self.length(words.seconds)
        return str(words)

    def listed(self, parts: Iterable[str]) -> str:
        """Several names in one sentence."""
        return self.gettext(", ").join(parts)

    def moment(self, at: int, seconds: bool = True) -> str:
        """A date and time of day, `2026-03-10 09:34:00`."""
        local = datetime.fromtimestamp(at, zone_of(self.zone))
        return local.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%m-%d %H:%M")

    def time_of_day(self, at: int) -> str:
        return datetime.fromtimestamp(at, zone_of(self.zone)).strftime("%H:%M:%S")

    def length(self, seconds: int) -> str:
        """A length of time in the two largest units that matter."""
        minutes, rest = divmod(abs(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        units = (
            (days, self.gettext("{n} d")),
            (hours, self.gettext("{n} h")),
            (minutes, self.gettext("{n} min")),
            (rest, self.gettext("{n} s")),
        )
        shown = [template.format(n=amount) for amount, template in units if amount][:2]
        return " ".join(shown) or self.gettext("{n} s").format(n=0)
