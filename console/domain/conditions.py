"""Conditions as data: checked before a rule is loaded, explained to the person it binds.

A condition looks at the attributes of a case: the fields of its line and the built-in
ones (`line`, `category`, `division`, `state`, `cycle`, `owner`, …). It never runs a
plugin's code.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.words import Label, M, Message, listed

Attributes = Mapping[str, Any]

Wording = Callable[[str, Any], Label | str]
"""What a field (value None) or one of its values is called."""


def as_written(field: str, value: Any) -> Label | str:
    """The wording of somebody who knows no labels: the rule's own."""
    return field if value is None else str(value)


class Condition(ABC):
    """Something that holds or does not hold for the attributes of a case."""

    __slots__ = ()

    @abstractmethod
    def holds(self, attributes: Attributes) -> bool:
        """Whether it holds."""

    @abstractmethod
    def fields(self) -> frozenset[str]:
        """The attributes it looks at."""

    @abstractmethod
    def explain(self, wording: Wording = as_written) -> Message:
        """The condition in words, for the why-ledger."""

    def __and__(self, other: Condition) -> Condition:
        return Every((self, other))

    def __or__(self, other: Condition) -> Condition:
        return Either((self, other))

    def __invert__(self) -> Condition:
        return Not(self)


@dataclass(frozen=True, slots=True)
class IsSet(Condition):
    """The attribute has a value (a flag: is ticked)."""

    field: str

    def holds(self, attributes: Attributes) -> bool:
        return bool(attributes.get(self.field))

    def fields(self) -> frozenset[str]:
        return frozenset((self.field,))

    def explain(self, wording: Wording = as_written) -> Message:
        return M("{field} is set", field=wording(self.field, None))


@dataclass(frozen=True, slots=True)
class OneOf(Condition):
    """The attribute has, or for several choices holds, one of the values."""

    field: str
    values: tuple[Any, ...]

    def holds(self, attributes: Attributes) -> bool:
        value = attributes.get(self.field)
        if isinstance(value, (list, tuple)):
            return any(item in self.values for item in value)
        return value in self.values

    def fields(self) -> frozenset[str]:
        return frozenset((self.field,))

    def explain(self, wording: Wording = as_written) -> Message:
        values = [M("{one}", one=wording(self.field, value)) for value in self.values]
        return M("{field} is {values}", field=wording(self.field, None), values=listed(values))


@dataclass(frozen=True, slots=True)
class AtLeast(Condition):
    """The attribute is a number of at least `least`."""

    field: str
    least: float

    def holds(self, attributes: Attributes) -> bool:
        value = attributes.get(self.field)
        return isinstance(value, (int, float)) and value >= self.least

    def fields(self) -> frozenset[str]:
        return frozenset((self.field,))

    def explain(self, wording: Wording = as_written) -> Message:
        name = wording(self.field, None)
        return M("{field} is at least {least}", field=name, least=self.least)


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The opposite."""

    inner: Condition

    def holds(self, attributes: Attributes) -> bool:
        return not self.inner.holds(attributes)

    def fields(self) -> frozenset[str]:
        return self.inner.fields()

    def explain(self, wording: Wording = as_written) -> Message:
        return M("not ({inner})", inner=self.inner.explain(wording))


@dataclass(frozen=True, slots=True)
class Every(Condition):
    """All of several conditions."""

    parts: tuple[Condition, ...]

    def holds(self, attributes: Attributes) -> bool:
        return all(part.holds(attributes) for part in self.parts)

    def fields(self) -> frozenset[str]:
        return frozenset().union(*(part.fields() for part in self.parts))

    def explain(self, wording: Wording = as_written) -> Message:
        return _joined(M("{left} and {right}"), self.parts, wording)


@dataclass(frozen=True, slots=True)
class Either(Condition):
    """At least one of several conditions."""

    parts: tuple[Condition, ...]

    def holds(self, attributes: Attributes) -> bool:
        return any(part.holds(attributes) for part in self.parts)

    def fields(self) -> frozenset[str]:
        return frozenset().union(*(part.fields() for part in self.parts))

    def explain(self, wording: Wording = as_written) -> Message:
        return _joined(M("{left} or {right}"), self.parts, wording)


def _joined(template: Message, parts: tuple[Condition, ...], wording: Wording) -> Message:
    explained = parts[0].explain(wording)
    for part in parts[1:]:
        explained = Message(template.text, {"left": explained, "right": part.explain(wording)})
    return explained


class when:  # noqa: N801 - reads as a word in a rule: when("grid").equals("state")
    """The start of a condition on one attribute."""

    __slots__ = ("field",)

    def __init__(self, field: str) -> None:
        self.field = field

    def is_set(self) -> Condition:
        return IsSet(self.field)

    def is_empty(self) -> Condition:
        return Not(IsSet(self.field))

    def equals(self, value: Any) -> Condition:
        return OneOf(self.field, (value,))

    def one_of(self, *values: Any) -> Condition:
        return OneOf(self.field, values)

    def has(self, value: Any) -> Condition:
        return OneOf(self.field, (value,))

    def at_least(self, least: float) -> Condition:
        return AtLeast(self.field, least)
