"""What words mean in one installation: people, slots, categories, divisions, choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from console.desk.sentence.tokens import Word, fold
from console.domain.fields import Choice, Field
from console.domain.people import CASE_ROLE_LABELS, CASE_ROLES, Directory
from console.domain.rulebook import Rulebook
from console.domain.rules import Category, Line, Target
from console.domain.words import Label

Meanings = Mapping[str, str]
"""Folded text → what the desk understands."""

_LONGEST = 5


@lru_cache(maxsize=4)
def people(directory: Directory, rulebook: Rulebook) -> Meanings:
    """People by key, name or part of a name; slots by key or label; roles on the case.

    A name two people share means nobody: the desk then asks for a key.
    """
    here = [person for person in directory.__iter__() if person.active]
    sure = {fold(person.key): person.key for person in here}
    sure.update({fold(slot): slot for slot in directory.slots})
    sure.update({role: role for role in CASE_ROLES})
    named: dict[str, set[str]] = {}
    for person in here:
        for text in (person.name, *person.name.split()):
            named.setdefault(fold(text), set()).add(person.key)
    for key, label in [*_slots(rulebook), *CASE_ROLE_LABELS.items()]:
        for text in (label.zh, label.en, key):
            named.setdefault(fold(text), set()).add(key)
    return {**_certain(named), **sure}


def _slots(rulebook: Rulebook) -> Iterable[tuple[str, Label]]:
    for line in rulebook.lines.values():
        yield from line.slots.items()


def _certain(named: Mapping[str, set[str]]) -> dict[str, str]:
    return {text: next(iter(keys)) for text, keys in named.items() if len(keys) == 1}


def labelled(choices: Iterable[Line | Category | Target]) -> Meanings:
    """Product lines, categories or divisions by key and by both labels."""
    return _by_label((choice.key, choice.label) for choice in choices)


def choices(field: Field) -> Meanings:
    """The values of a choice by key and by both labels; nothing for other fields."""
    return _by_label(field.offered.items()) if isinstance(field, Choice) else {}


def _by_label(pairs: Iterable[tuple[str, Label]]) -> Meanings:
    listed = list(pairs)
    named: dict[str, set[str]] = {}
    for key, label in listed:
        for text in (label.zh, label.en):
            named.setdefault(fold(text), set()).add(key)
    return {**_certain(named), **{fold(key): key for key, _ in listed}}


def whole(meanings: Meanings, words: Sequence[Word]) -> tuple[str, int]:
    """The longest run of words from the first on that means something: (meaning, words)."""
    run = 0
    while run < min(len(words), _LONGEST) and not words[run].key:
        run += 1
    for length in range(run, 0, -1):
        text = fold(" ".join(word.text for word in words[:length]))
        if text in meanings:
            return meanings[text], length
    return "", 0


def meant(meanings: Meanings, text: str) -> str:
    """What a text means, written out or begun in a way that leaves one meaning; else ""."""
    begun = fold(text)
    if not begun:
        return ""
    if begun in meanings:
        return meanings[begun]
    found = {meaning for text, meaning in meanings.items() if text.startswith(begun)}
    return found.pop() if len(found) == 1 else ""


def fields(several: Iterable[Field]) -> dict[str, Field]:
    """Fields by key and by both labels, as they may stand before `=`."""
    found: dict[str, Field] = {}
    listed = list(several)
    for field in listed:
        for text in (field.label.zh, field.label.en):
            found.setdefault(fold(text), field)
    return {**found, **{fold(field.key): field for field in listed}}
