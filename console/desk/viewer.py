"""What one reader may see of customers: all there is, or numbers with their middle hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.fields import Phone
from console.domain.numbers import masked
from console.domain.people import Person
from console.domain.permissions import mask_number, may
from console.domain.rulebook import Rulebook

_NUMBERS = frozenset(("number", "e164", "shown", "received", "phone", "contact_phone"))
"""What holds a customer's number in the answers for programs, besides fields for numbers."""

_DIALLED = re.compile(r"(?:sips?:|tel:)?\+?[\d\s()./-]{7,}(?:@.*)?")
"""What may be a telephone number; the number of a form is called a number, too."""

_E164 = re.compile(r"\+\d{7,15}")


class Viewer:
    """A reader. Somebody nobody named has no role and sees what everybody may see.

    The masks are for people and programs alike: `number` for one number, `data` for a whole
    answer.
    """

    __slots__ = ("_keys", "_person", "_rulebook", "sees_numbers")

    def __init__(self, person: Person | None, rulebook: Rulebook) -> None:
        self._person = person
        self._rulebook = rulebook
        self._keys: frozenset[str] = frozenset()
        self.sees_numbers = person is not None and may("see_numbers", person)

    def number(self, number: str) -> str:
        """A number as this reader sees it."""
        return mask_number(number, self._person)

    def text(self, text: str) -> str:
        """A text in which numbers stand as E.164, such as the subject of a call back."""
        return text if self.sees_numbers else _E164.sub(lambda found: masked(found[0]), text)

    def data(self, answer: Any, key: str = "") -> Any:
        """An answer of JSON values, whatever in it is a number masked."""
        if self.sees_numbers:
            return answer
        self._keys = self._keys or _NUMBERS | _phone_fields(self._rulebook)
        if isinstance(answer, Mapping):
            return {name: self.data(value, name) for name, value in answer.items()}
        if isinstance(answer, list):
            return [self.data(one, key) for one in answer]
        if not isinstance(answer, str):
            return answer
        if key in self._keys and _DIALLED.fullmatch(answer):
            return masked(answer)
        return self.text(answer)


def _phone_fields(rulebook: Rulebook) -> frozenset[str]:
    """The keys of the fields that hold telephone numbers."""
    lines = (rulebook.house, *rulebook.lines.values())
    parts: Iterable[Any] = [part for line in lines for part in (line, *line.divisions)]
    return frozenset(f.key for part in parts for f in part.fields if isinstance(f, Phone))
