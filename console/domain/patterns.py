"""Event patterns: which facts start a clock, stop it, cause a notice or meet a gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.facts import Fact

Where = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class On:
    """A fact of this kind whose body agrees with `where`.

    A value in `where` may be a tuple (any of them) and a key ending in `!` means "other
    than": `on("customer_contacted", **{"role!": "owner"})`.
    """

    kind: str
    where: Where = ()

    def matches(self, fact: Fact) -> bool:
        if fact.kind != self.kind:
            return False
        return not self.where or agrees(self.where, fact.body)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Several acts that must all have happened: four phones and five mails; phone and mail."""

    acts: tuple[On, ...]


Pattern = On | AllOf | tuple[On, ...]


def on(kind: str, **where: Any) -> On:
    """A pattern for facts of `kind` whose body has these values."""
    return On(kind, tuple(where.items()))


def all_of(*acts: On | str) -> AllOf:
    """A pattern met only when every act has happened, in any order."""
    return AllOf(tuple(as_on(act) for act in acts))


def as_on(pattern: On | str) -> On:
    """A bare kind is a pattern without further conditions."""
    return On(pattern) if isinstance(pattern, str) else pattern


def alternatives(pattern: Pattern | tuple[On | str, ...] | str | None) -> tuple[On, ...]:
    """The single patterns a start or stop consists of (each of AllOf's acts counts too)."""
    if pattern is None:
        return ()
    if isinstance(pattern, AllOf):
        return pattern.acts
    if isinstance(pattern, tuple):
        return tuple(as_on(one) for one in pattern)
    return (as_on(pattern),)


def matches_any(patterns: Iterable[On], fact: Fact) -> bool:
    return any(pattern.matches(fact) for pattern in patterns)


def agrees(where: Where, body: Mapping[str, Any]) -> bool:
    """Whether a fact's body has the values a pattern asks for."""
    for key, wanted in where:
        negated = key.endswith("!")
        value = body.get(key[:-1] if negated else key)
        hit = value in wanted if isinstance(wanted, tuple) else value == wanted
        if hit == negated:
            return False
    return True
