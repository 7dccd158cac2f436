"""Kinds of value: a text where a text belongs, several where several do.

Python itself does not look, and the other checks rely on it: the comma forgotten in
`to=("manager")` makes a text of what should be a list of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from console.domain.rules import Script
from console.domain.words import M, Message
from console.plugins.kinds import Keys
from console.plugins.source import Spot
from console.plugins.survey import Survey

_ALIASES = {"Pattern": "On | AllOf | tuple[On | str, ...]"}
_UNCHECKED = frozenset(("Any", "Recurrence"))
_OR = re.compile(r" \| (?![^\[]*\])")
_SEVERAL = re.compile(r"tuple\[(.+), \.\.\.\]")
_PAIRS = re.compile(r"Mapping\[str, (.+)\]")

_EXPECTED = {
    "Label": M('both languages: L("中文", "English")'),
    "Mapping[str, Label]": M('names with labels: {{"leak": L("泄漏", "leak")}}'),
    "Condition": M('a condition: when("field").is_set()'),
    "Pattern | str": M('a fact, "solved" or on("solved"), or several of them'),
    "On | str": M('a fact: "solved" or on("solved")'),
    "str": M("text in quotation marks"),
    "bool": M("True or False"),
    "int": M("a whole number"),
}


def check(survey: Survey) -> None:
    line = survey.line
    for spot, argument, expected in _misshapen(line, Spot((str(line.key),))):
        survey.note(Keys.SHAPE, spot.at(argument), argument=argument, expected=expected)


def _misshapen(rule: Any, spot: Spot) -> Iterator[tuple[Spot, str, Message | str]]:
    """Every argument of a rule, and of those in it, that is not of the kind it should be."""
    for field in fields(rule):
        value = getattr(rule, field.name)
        if not _fits(value, str(field.type)):
            yield spot, field.name, _words(str(field.type))
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if hasattr(one, "label") or isinstance(one, Script):
                key = getattr(one, "key", "")
                named = key if isinstance(key, str) else ""
                yield from _misshapen(one, spot.within(field.name, named))


def _fits(value: Any, written: str) -> bool:
    """Whether a value is of the type an annotation names."""
    written = _ALIASES.get(written, written)
    several, pairs = _SEVERAL.fullmatch(written), _PAIRS.fullmatch(written)
    if several:
        inner = several[1]
        return isinstance(value, tuple) and all(_fits(one, inner) for one in value)
    if pairs:
        return isinstance(value, Mapping) and all(_fits(one, pairs[1]) for one in value.values())
    parts = _OR.split(written)
    if len(parts) > 1:
        return any(_fits(value, part) for part in parts)
    if written in _UNCHECKED:
        return True
    names = {kind.__name__ for kind in type(value).__mro__} - {"object"}
    return written in names or (written == "None" and value is None)


def _words(written: str) -> Message | str:
    """What an annotation asks for, in words."""
    several = _SEVERAL.fullmatch(written)
    if several:
        return M("several, with a comma after each: ({one},)", one=_OR.split(several[1])[0])
    kind = written.removesuffix(" | None")
    return _EXPECTED.get(kind, kind)
