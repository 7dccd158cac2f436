"""Printing answers: text for people, JSON for programs, refusals with rule and remedy."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, is_dataclass
from typing import Any

from console.domain.cleantext import clean, visible
from console.domain.facts import Fact
from console.domain.moments import iso
from console.domain.refusal import Refusal
from console.domain.words import Duration, Instant, Label, Message, Named
from console.speech import Speech

DONE, REFUSED, UNUSABLE = 0, 1, 2
_LINE_LIMIT = 4000


class Output:
    """Where one command's answer goes, in the reader's language."""

    def __init__(
        self, speech: Speech, as_json: bool, shown: Callable[[Any], Any] | None = None
    ) -> None:
        """`shown` turns an answer into what its reader may see of it."""
        self.speech = speech
        self.as_json = as_json
        self._shown = shown

    def line(self, words: Any, indent: int = 0) -> None:
        """One line for a person. Control characters from outside never reach the screen."""
        print(" " * indent + visible(self.speech.say(words))[:_LINE_LIMIT])

    def data(self, value: Any) -> None:
        """One JSON document for a program. What a terminal might act on is escaped."""
        answer = plain(value, self.speech)
        text = json.dumps(self._shown(answer) if self._shown else answer, ensure_ascii=False)
        if not text.isprintable():
            text = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
        print(text)

    def table(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Rows with columns as wide as their widest cell (Chinese counts double)."""
        shown = [tuple(clean(cell, 200) for cell in row) for row in rows]
        if not shown:
            return
        widths = [max(width(row[i]) for row in shown) for i in range(len(shown[0]))]
        for row in shown:
            cells = (cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row))
            print("  ".join(cells).rstrip())

    def refusal(self, refusal: Refusal) -> int:
        """Say why nothing was done and what to do instead; the exit code of a refusal."""
        if self.as_json:
            self.data({"refused": refusal})
            return REFUSED
        say = self.speech.say
        head = f"{self.speech.gettext('Refused')} [{refusal.rule}"
        head += f", {refusal.clause}]" if refusal.clause else "]"
        print(clean(f"{head}: {say(refusal.message)}", _LINE_LIMIT), file=sys.stderr)
        if refusal.remedy:
            print("  " + clean(f"→ {say(refusal.remedy)}", _LINE_LIMIT), file=sys.stderr)
        return REFUSED

    def unusable(self, message: Any, remedy: Any) -> int:
        """Something outside the rules is wrong: a file, the disk, a broken argument."""
        say = self.speech.say
        if self.as_json:
            self.data({"error": say(message), "remedy": say(remedy)})
        else:
            print(clean(say(message), _LINE_LIMIT), file=sys.stderr)
            print("  " + clean(f"→ {say(remedy)}", _LINE_LIMIT), file=sys.stderr)
        return UNUSABLE


def width(text: str) -> int:
    """Terminal cells of a text; East Asian wide characters take two."""
    from unicodedata import east_asian_width  # noqa: PLC0415

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def plain(value: Any, speech: Speech) -> Any:
    """Anything the desk answers, as JSON values."""
    if isinstance(value, (Message, Label, Named, Duration)):
        return speech.say(value)
    if isinstance(value, Instant):
        return iso(value.at, speech.zone)
    if isinstance(value, Fact):
        return fact_data(value, speech)
    if hasattr(value, "_asdict"):
        return plain(value._asdict(), speech)
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(one, speech) for key, one in _fields(value).items()}
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(key): plain(one, speech) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one, speech) for one in value]
    return value


def _fields(value: Any) -> dict[str, Any]:
    names = getattr(value, "__dataclass_fields__", None)
    return {name: getattr(value, name) for name in names} if names else asdict(value)


def fact_data(fact: Fact, speech: Speech) -> dict[str, Any]:
    """A fact as one JSON object: the format of `console follow`."""
    return {
        "seq": fact.seq,
        "at": iso(fact.at, speech.zone),
        "recorded": iso(fact.recorded, speech.zone),
        "actor": fact.actor,
        "seat": fact.seat,
        "subject": fact.subject,
        "kind": fact.kind,
        "body": plain(dict(fact.body), speech),
        "previous": fact.previous,
        "digest": fact.digest,
    }
