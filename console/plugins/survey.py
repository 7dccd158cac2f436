"""A product line laid out for checking: its parts, what they may name, what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any, NamedTuple

from console.domain.acts import Act
from console.domain.conditions import Condition
from console.domain.fields import Field
from console.domain.forms import Form
from console.domain.people import CASE_ROLES
from console.domain.rules import Line, Target
from console.domain.words import M, Message
from console.plugins.findings import Finding, Kind
from console.plugins.known import Known
from console.plugins.source import Source, Spot

CONDITIONS = ("if_", "unless", "pause_while", "required_if", "show_when", "also_if")


@dataclass(frozen=True, slots=True)
class Part:
    """The line itself or one of its divisions. `visible` are the fields its rules may look
    at: the house's, the line's, the division's; for the line, those of every division."""

    spot: Spot
    rules: Line | Target
    visible: dict[str, Field]


class Placed(NamedTuple):
    """A rule, where it stands, and the fields its conditions may look at."""

    spot: Spot
    rule: Any
    visible: dict[str, Field]


class Survey:
    """One line under examination. Checks ask it what there is and note what they find."""

    def __init__(
        self,
        line: Line,
        source: Source | None,
        known: Known,
        added: Iterable[str] | None = None,
    ) -> None:
        self.line = line
        self.added = None if added is None else frozenset(added)
        self.known = known
        self.findings: list[Finding] = []
        self._source = source

    def note(self, kind: Kind, spot: Spot, **args: Any) -> None:
        """Report a finding at a spot."""
        file, line = ("", 1) if self._source is None else self._placed(self._source, spot)
        self.findings.append(kind.found(str(spot), file, line, **args))

    @staticmethod
    def _placed(source: Source, spot: Spot) -> tuple[str, int]:
        return source.name, source.line_of(spot)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        line, top = self.line, Spot((self.line.key,))
        common = _by_key((*self.known.house.fields, *line.fields))
        of_all = _by_key(field for division in line.divisions for field in division.fields)
        parts = [Part(top, line, {**of_all, **common})]
        seen: Counter[str] = Counter()
        for division in line.divisions:
            spot = top.within("divisions", division.key, seen[division.key])
            seen[division.key] += 1
            parts.append(Part(spot, division, {**common, **_by_key(division.fields)}))
        return tuple(parts)

    def each(self, *collections: str) -> Iterator[Placed]:
        """The rules of these collections, in the line and in its divisions."""
        for part in self.parts:
            for collection in collections:
                yield from _placed(part.spot, part.rules, collection, part.visible)

    def fields(self) -> Iterator[Placed]:
        """Every field: of the line, its divisions, its forms and its acts."""
        yield from self.each("fields")
        for owner in self.each("forms", "acts"):
            visible = {**owner.visible, **_by_key(owner.rule.fields)}
            yield from _placed(owner.spot, owner.rule, "fields", visible)

    def steps(self) -> Iterator[Placed]:
        """The steps of every form."""
        for form in self.each("forms"):
            yield from _placed(form.spot, form.rule, "steps", form.visible)

    def topics(self) -> Iterator[Placed]:
        """What every duty is about."""
        for duty in self.each("duties"):
            yield from _placed(duty.spot, duty.rule, "agenda", duty.visible)

    def conditions(self) -> Iterator[tuple[Spot, Condition, dict[str, Field]]]:
        """Every condition with the fields it may look at."""
        rules = self.each("timers", "notices", "gates", "forbids", "acts", "categories", "tables")
        for spot, rule, visible in (*rules, *self.topics(), *self.fields()):
            for argument in CONDITIONS:
                condition = getattr(rule, argument, None)
                if condition is not None:
                    yield spot.at(argument), condition, visible
        for spot, field, visible in self.fields():
            said = getattr(field, "derived", None) or {}
            for condition in said.values() if isinstance(said, Mapping) else (said,):
                yield spot.at("derived"), condition, visible

    @cached_property
    def acts(self) -> dict[str, Act]:
        """Acts by key: the fact each leaves has the same name."""
        own = [placed.rule for placed in self.each("acts")]
        return {act.key: act for act in (*self.known.house.acts, *own)}

    @cached_property
    def forms(self) -> dict[str, Form]:
        own = [placed.rule for placed in self.each("forms")]
        return {form.key: form for form in (*self.known.house.forms, *own)}

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every kind of fact a rule of this line may name."""
        return frozenset((*self.known.facts, *self.known.house.facts, *self.line.facts, *self.acts))

    @cached_property
    def slots(self) -> frozenset[str]:
        """Every slot a rule of this line may name."""
        return frozenset((*self.line.slots, *self.known.house.slots, *CASE_ROLES))


def hint(word: str, known: Iterable[str]) -> Message | str:
    """What somebody may have meant, to be put into a sentence; "" when nothing is near."""
    near = get_close_matches(word, sorted(known), n=1)
    return M(" (perhaps {near})", near=near[0]) if near else ""


def listed(known: Iterable[object]) -> str:
    """Keys to choose from."""
    return ", ".join(sorted(str(one) for one in known)) or "–"


def _by_key(fields: Iterable[Field]) -> dict[str, Field]:
    return {field.key: field for field in fields}


def _placed(
    owner: Spot, rules: Any, collection: str, visible: dict[str, Field]
) -> Iterator[Placed]:
    seen: Counter[str] = Counter()
    for rule in getattr(rules, collection, ()):
        key = rule.command if collection == "forbids" else rule.key
        yield Placed(owner.within(collection, key, seen[key]), rule, visible)
        seen[key] += 1
