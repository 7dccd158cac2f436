"""The product lines a sentence may be about, and the vocabulary they bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from console.desk.sentence import names
from console.desk.sentence.kinds import Known
from console.desk.sentence.tokens import fold
from console.desk.sentence.verbs import Verb
from console.domain.people import Directory
from console.domain.rulebook import Rulebook
from console.domain.rules import Category, Line, Target

PRODUCT = "product"
"""The field of a case that says which product the need is about."""


@lru_cache(maxsize=8)
def known(directory: Directory, rulebook: Rulebook, line: str = "") -> Known:
    """What words may mean, for one product line or ("") for all of them."""
    lines = [rulebook.lines[line]] if line in rulebook.lines else list(rulebook.lines.values())
    return Known(
        names.people(directory, rulebook),
        names.labelled(rulebook.lines.values()),
        names.labelled(_categories(lines)),
        names.labelled(one for each in lines for one in each.divisions),
    )


def choices_of(rulebook: Rulebook, key: str) -> list[Line | Category | Target]:
    """Everything a "line", a "category" or a "division" can be."""
    lines = rulebook.lines.values()
    if key == "line":
        return list(lines)
    if key == "category":
        return list(_categories(lines))
    return [division for line in lines for division in line.divisions]


def _categories(lines: Iterable[Line]) -> list[Category]:
    return [category for line in lines for category in line.categories]


def categories_meant(rulebook: Rulebook, typed: str) -> tuple[str, ...]:
    """The categories a first word opens a case with: one letter or sign is the initial of
    a key or of a Chinese label, more is a name or its beginning."""
    categories = _categories(rulebook.lines.values())
    begun = fold(typed)
    if len(begun) == 1:
        initials = [c.key for c in categories if begun in (fold(c.key)[0], c.label.zh[0])]
        return tuple(dict.fromkeys(initials))
    found = names.meant(names.labelled(categories), begun)
    return (found,) if found else ()


def may_open(rulebook: Rulebook, typed: str, verb: Verb) -> bool:
    """Whether a first word is rather a category than the verb it may also be: a single
    letter is, and so is the whole name of a category."""
    if len(typed) == 1 or not verb.commands:
        return True
    whole = fold(typed) in names.labelled(_categories(rulebook.lines.values()))
    return whole and not verb.whole


def division_meant(line: Line, typed: str) -> str:
    return names.meant(names.labelled(line.divisions), typed)


def product_meant(rulebook: Rulebook, line: Line, typed: str) -> str:
    field = rulebook.rules(line.key).fields.get(PRODUCT)
    return names.meant(names.choices(field), typed) if field is not None else ""


def lines_with(
    rulebook: Rulebook, category: str = "", target: str = "", line: str = ""
) -> Sequence[Line]:
    """The lines that have a category, and a division or product somebody named."""
    found = [one for one in rulebook.lines.values() if line in ("", one.key)]
    if category:
        found = [one for one in found if one.category(category)]
    if target:
        found = [
            one
            for one in found
            if division_meant(one, target) or product_meant(rulebook, one, target)
        ]
    return found
