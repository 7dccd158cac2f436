"""Which word is which field of a command.

Words are matched by kind, in the order of the command's parameters. Where a command takes
free text, the first word of no kind begins it and everything after belongs to it, so that
a time or a name inside a sentence stays in the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from console.desk.sentence import names
from console.desk.sentence.kinds import Known, fitting, is_personal
from console.desk.sentence.tokens import Word, fold
from console.domain.commands import Command
from console.domain.fields import Choice, Field, Serial, Text
from console.domain.refusal import Refusal
from console.domain.words import M

PROSE = "text"
TARGET = "to"
"""Who gets the work: named right after the case, so an unknown name is never text."""

VERSION = "version"
"""What the desk compares with the case; a screen knows it, nobody types it."""

_HOLDERS = (Text, Choice, Serial)

Fields = Callable[[], dict[str, Field]]


class Placing:
    """The fields of one sentence as they fill up.

    `fields` gives the fields of the case, asked for only when a word needs them.
    `anywhere` reads words by kind also after free text has begun.
    """

    def __init__(
        self,
        command: Command,
        typed: dict[str, Any],
        known: Known,
        fields: Fields,
        anywhere: bool = False,
    ) -> None:
        self.command = command
        self.typed = typed
        self._known = known
        self._fields = fields
        self._prose = command.param(PROSE) is not None
        self._anywhere = anywhere or not self._prose
        self._rest: list[Word] = []

    def place(self, words: Sequence[Word]) -> Refusal | None:
        """Fill in the words. -> why some of them fit nowhere, None when all do."""
        position = 0
        while position < len(words):
            position += self._next(words[position:])
        return self._place_rest()

    def _next(self, words: Sequence[Word]) -> int:
        if words[0].key:
            if not self._named(words[0]):
                self._rest.append(words[0])
            return 1
        taken = 0
        if self._anywhere or not self._rest:
            taken = self._by_mark(words[0]) or self._by_kind(words)
        if not taken:
            self._rest.append(words[0])
        return taken or 1

    def _named(self, word: Word) -> bool:
        """Take `key=value`. What no field is called stays text, where there is text."""
        own = names.fields(self.command.params)
        field = own.get(fold(word.key))
        if field is None and self.command.open_fields:
            field = self._fields().get(fold(word.key))
        if field is None:
            text = self._prose and (self._rest or not self.command.open_fields)
            if text or word.key == VERSION:
                return False
            self.typed[word.key] = word.text
            return True
        self.typed[field.key] = self._value(field, word)
        return True

    def _value(self, field: Field, word: Word) -> str:
        vocabulary = self._known.of(field.key)
        if vocabulary is None and is_personal(self.command, field.key):
            return self._known.people.get(fold(word.text), word.text)
        if vocabulary is not None:
            return names.meant(vocabulary, word.text) or word.text
        if field.key == "case":
            return word.text.removeprefix("#")
        return names.choices(field).get(fold(word.text), word.text)

    def _by_mark(self, word: Word) -> int:
        """`>division`, wherever a division can be given."""
        if word.mark != ">" or not word.text[1:] or self.command.param("division") is None:
            return 0
        self.typed["division"] = self._known_division(word.text[1:])
        return 1

    def _known_division(self, text: str) -> str:
        return names.meant(self._known.divisions, text) or text

    def _by_kind(self, words: Sequence[Word]) -> int:
        for param in self.command.params:
            if param.key in self.typed or param.key in ("case", PROSE):
                continue
            value, length = fitting(self.command, param, words, self._known)
            if length:
                self.typed[param.key] = value
                return length
        return 0

    # --- what is of no kind

    def _place_rest(self) -> Refusal | None:
        if self._rest and self._free(TARGET) and not self._rest[0].key:
            self.typed[TARGET] = self._rest.pop(0).text
        if not self._rest:
            return None
        if self._prose:
            begun = [str(self.typed[PROSE])] if self.typed.get(PROSE) else []
            self.typed[PROSE] = " ".join([*begun, as_text(self._rest)])
            return None
        holders = self._holders()
        if not holders:
            return self._unplaced()
        while len(holders) > 1 and len(self._rest) > 1:
            self.typed[holders.pop(0).key] = self._rest.pop(0).text
        self.typed[holders[0].key] = as_text(self._rest)
        return None

    def _free(self, key: str) -> bool:
        return self.command.param(key) is not None and key not in self.typed

    def _holders(self) -> list[Field]:
        """The parameters that words of no kind go to: what must be given, else one more."""
        free = [p for p in self.command.params if p.key != "case" and p.key not in self.typed]
        needed = [param for param in free if param.required]
        if needed:
            return needed
        texts: list[Field] = [param for param in free if isinstance(param, _HOLDERS)]
        return sorted(texts, key=lambda param: param.key == "call")[:1]

    def _unplaced(self) -> Refusal:
        keys = ", ".join(param.key for param in self.command.params)
        return Refusal(
            self.command.name,
            M("“{words}” fits nowhere here.", words=as_text(self._rest)),
            M("Write field=value. Known fields: {known}.", known=keys),
        )


def as_text(words: Sequence[Word]) -> str:
    """Words as one text: a single quoted one without its quotes, several as they were."""
    return words[0].text if len(words) == 1 and words[0].quoted else " ".join(w.raw for w in words)
