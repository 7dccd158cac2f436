"""Which words fit which kind of field: answers, moments, numbers, people, choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from console.desk.sentence import names
from console.desk.sentence.names import Meanings
from console.desk.sentence.tokens import Word, fold
from console.domain.commands import Command
from console.domain.fields import Choice, DateTime, Field, Flag, MultiChoice, Phone

PERSONAL = frozenset(("by", "to", "tracker", "who", "custodian", "person"))
"""Parameters that take one of our own people, a slot or a role on the case."""

VOCABULARIES = ("line", "category", "division")
"""Parameters whose values are what the product lines bring."""

CUSTOMERS = frozenset((("confirm", "who"),))
"""Personal parameters whose person is the customer's."""

ANSWERS = frozenset(("answer", "reached", "satisfied"))
"""Flags a bare yes or no answers. The others are set by their own name."""

_YES = frozenset(("yes", "y", "true", "是", "有", "对", "√"))
_NO = frozenset(("no", "n", "false", "否", "无", "没", "没有"))
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_DAY = r"\d{4}-\d{2}-\d{2}|明天|tomorrow"
_MOMENT = re.compile(rf"{_CLOCK}|\+\d{{1,4}}[mhd分时天]|\d{{4}}-\d{{2}}-\d{{2}}(?:t{_CLOCK}\S*)?")
_TWO_WORDS = re.compile(rf"(?:{_DAY}) {_CLOCK}")
_PHONE = re.compile(r"\+?\d[\d-]{5,19}")

Fit = tuple[Any, int]
"""A value and how many words it took."""


@dataclass(frozen=True, slots=True)
class Known:
    """The installation's vocabularies a sentence is read with."""

    people: Meanings
    lines: Meanings
    categories: Meanings
    divisions: Meanings

    def of(self, key: str) -> Meanings | None:
        """The closed vocabulary of a parameter, None when it has none."""
        closed = {"line": self.lines, "category": self.categories, "division": self.divisions}
        return closed.get(key)


def is_personal(command: Command, key: str) -> bool:
    return key in PERSONAL and (command.name, key) not in CUSTOMERS


def fitting(command: Command, param: Field, words: Sequence[Word], known: Known) -> Fit:
    """The value a parameter takes from the first words, and how many; ("", 0) for none."""
    if isinstance(param, DateTime):
        return moment(words)
    if isinstance(param, Flag):
        return _flag(param, words[0])
    if isinstance(param, MultiChoice):
        return _several(param, words[0])
    if isinstance(param, Choice):
        return names.whole(names.choices(param), words)
    return _text(command, param, words, known)


def _text(command: Command, param: Field, words: Sequence[Word], known: Known) -> Fit:
    """What a text parameter takes by what it is about."""
    vocabulary = known.of(param.key)
    if vocabulary is not None:
        return _closed(vocabulary, words)
    if is_personal(command, param.key):
        return names.whole(known.people, words)
    if (isinstance(param, Phone) or param.key == "number") and is_phone(words[0]):
        return words[0].text, 1
    return "", 0


def moment(words: Sequence[Word]) -> tuple[str, int]:
    """A moment in the form the desk reads, of one word or of a day and a time."""
    texts = [fold(word.text) for word in words[:2] if not word.key]
    if len(texts) == 2 and _TWO_WORDS.fullmatch(" ".join(texts)):
        return " ".join(texts), 2
    if texts and (_MOMENT.fullmatch(texts[0]) or _TWO_WORDS.fullmatch(texts[0])):
        return texts[0].upper() if "t" in texts[0] and "-" in texts[0] else texts[0], 1
    return "", 0


def is_phone(word: Word) -> bool:
    return not word.key and bool(_PHONE.fullmatch(fold(word.text)))


def _flag(param: Flag, word: Word) -> tuple[Any, int]:
    text = fold(word.text)
    if param.key in ANSWERS and text in _YES | _NO:
        return text in _YES, 1
    if text in (fold(param.key), fold(param.label.zh), fold(param.label.en)):
        return True, 1
    return "", 0


def _several(param: MultiChoice, word: Word) -> tuple[str, int]:
    meanings = names.choices(param)
    found = [meanings.get(fold(part)) for part in re.split("[,，、]", word.text)]
    return (",".join(str(one) for one in found), 1) if all(found) else ("", 0)


def _closed(vocabulary: Meanings, words: Sequence[Word]) -> tuple[str, int]:
    value, length = names.whole(vocabulary, words)
    if length:
        return value, length
    value = names.meant(vocabulary, words[0].text)
    return (value, 1) if value else ("", 0)
