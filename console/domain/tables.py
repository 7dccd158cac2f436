"""Tables: files whose rows become cases, such as a weekly list of traffic.

A line says which of its fields the columns are, which rows matter and what a case made of
one begins with. A row is told from every other by its identity, so that reading a file
twice opens nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from console.domain.conditions import Condition
from console.domain.words import Label


@dataclass(frozen=True, slots=True)
class Drop:
    """How far a number has fallen below another, in percent with one decimal: 210 against
    1840 is 88.6. Against nothing, nothing can fall."""

    now: str
    base: str

    def of(self, values: Mapping[str, Any]) -> float:
        now, base = values.get(self.now) or 0, values.get(self.base) or 0
        return round((base - now) * 100 / base, 1) if base > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a line.

    `columns` are fields of the line; the header names them by key or label. Those in
    `needed` are never empty, those in `identity` tell rows apart. `drops` fills further
    fields by reckoning. Rows that satisfy `if_` become cases of `category`, with the values
    in `sets`, owned by whoever fills the slot `who`, and begin with the fact `begins`.
    """

    key: str
    label: Label
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    identity: tuple[str, ...]
    category: str
    who: str
    begins: str
    drops: Mapping[str, Drop] = default(default_factory=dict)
    if_: Condition | None = None
    sets: Mapping[str, Any] = default(default_factory=dict)
    rule: str = ""
    clause: str = ""

    def reckoned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a row with what is reckoned from them."""
        return {**values, **{key: drop.of(values) for key, drop in self.drops.items()}}

    def missing(self, values: Mapping[str, Any]) -> list[str]:
        """The columns that must not be empty and are."""
        return [key for key in self.needed if values.get(key) in (None, "", [])]

    def named(self, values: Mapping[str, Any]) -> str:
        """The identity of a row."""
        return ":".join(str(values.get(key, "")) for key in self.identity)

    def names(self) -> Iterable[str]:
        """Every field of the line it speaks of."""
        return dict.fromkeys((*self.columns, *self.drops, *self.sets, *self.needed, *self.identity))
