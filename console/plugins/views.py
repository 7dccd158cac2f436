"""What a plugin's own code gets to see of a case, and what it answers with. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from console.domain.case import Case
from console.domain.facts import Fact
from console.domain.words import Label

SEVERITIES = (1, 2, 3)
"""Noticeable, major, critical."""


@dataclass(frozen=True, slots=True)
class FrozenFact:
    """Something that happened to a case. `at` is UTC seconds, `actor` a person's key."""

    kind: str
    at: int
    actor: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FrozenCase:
    """A case as one moment shows it. `values` holds what its fields say, by key; `opened_at`
    is UTC seconds; `number` is 0 for a case that is only being thought of."""

    number: int
    line: str
    category: str
    division: str
    state: str
    owner: str
    assignee: str
    severity: int
    opened_at: int
    values: Mapping[str, Any]
    facts: tuple[FrozenFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the value of a field, and what to do about it."""

    field: str
    message: Label
    remedy: Label | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph of a case: a title over rows of label and text."""

    title: Label
    rows: tuple[tuple[Label, str], ...] = ()


def frozen(case: Case) -> FrozenCase:
    """A copy of a case that nothing done to it reaches back from."""
    values = {key: case.attributes[key] for key in case.rules.fields if key in case.attributes}
    return FrozenCase(
        case.number,
        case.line,
        case.category,
        case.division,
        case.state,
        case.owner,
        case.assignee,
        int(case.attributes["severity"]),
        case.opened_at,
        _still(values),
        tuple(frozen_fact(fact) for fact in case.facts),
    )


def frozen_fact(fact: Fact) -> FrozenFact:
    return FrozenFact(fact.kind, fact.at, fact.actor, _still(dict(fact.body)))


def _still(value: Any) -> Any:
    if isinstance(value, Mapping):
        return MappingProxyType({key: _still(one) for key, one in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(_still(one) for one in value)
    return value
