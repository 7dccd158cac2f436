"""Conditions and gates: the fields they look at and the values they expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.domain.case import BUILT_IN
from console.domain.conditions import Condition, Either, Every, Not, OneOf
from console.domain.fields import Choice, Field, Flag
from console.domain.states import STATES
from console.plugins.kinds import Fields, Looks
from console.plugins.source import Spot
from console.plugins.survey import Survey, hint, listed


def check(survey: Survey) -> None:
    for spot, condition, visible in survey.conditions():
        for name in sorted(condition.fields() - BUILT_IN):
            _named(survey, Spot(spot.path, spot.argument, name, spot.nth), name, visible)
        for leaf in _leaves(condition):
            if isinstance(leaf, OneOf):
                _values(survey, spot, leaf, visible)
    for spot, gate, visible in survey.each("gates"):
        for name in gate.filled:
            placed, field = spot.at("filled", name), visible.get(name)
            if field is None and name not in BUILT_IN:
                survey.note(Looks.FILLED, placed, field=name, hint=hint(name, visible))
            elif field is not None and field.retired:
                survey.note(Fields.RETIRED, placed, key=name)
    _given(survey)
    _tables(survey)
    for spot, topic, visible in survey.topics():
        for name in topic.shows:
            _named(survey, spot.at("shows", name), name, visible)


def _given(survey: Survey) -> None:
    """What acts and forms write into fields of the case, and what fields say themselves."""
    for spot, rule, visible in survey.each("acts", "forms"):
        for name, value in rule.sets.items():
            _named(survey, spot.at("sets", name), name, visible)
            if name in visible:
                _values(survey, spot.at("sets"), OneOf(name, (value,)), visible)
        own = {field.key: field for field in rule.fields}
        for name in rule.fills:
            _named(survey, spot.at("fills", name), name, visible if name in own else own)
    for spot, field, _ in survey.fields():
        for value in field.derived if isinstance(field, Choice) else ():
            _values(survey, spot.at("derived"), OneOf(field.key, (value,)), {field.key: field})
    for spot, act, _ in survey.each("acts"):
        own = {field.key: field for field in act.fields}
        _named(survey, spot.at("newest", act.newest), act.newest, own)


def _named(survey: Survey, spot: Spot, name: str, fields: dict[str, Field]) -> None:
    """A field that a rule names is there; "" names none."""
    if name and name not in fields:
        survey.note(Looks.ATTRIBUTE, spot, field=name, hint=hint(name, fields))


def _tables(survey: Survey) -> None:
    """The columns of a table are fields of the line."""
    for spot, table, visible in survey.each("tables"):
        for name in table.names():
            _named(survey, spot.at("", name), name, visible)
        _values(survey, spot.at("category"), OneOf("category", (table.category,)), visible)
        for name, value in table.sets.items():
            _values(survey, spot.at("sets"), OneOf(name, (value,)), visible)


def _leaves(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, (Every, Either)):
        for part in condition.parts:
            yield from _leaves(part)
    elif isinstance(condition, Not):
        yield from _leaves(condition.inner)
    else:
        yield condition


def _values(survey: Survey, spot: Spot, leaf: OneOf, visible: dict[str, Field]) -> None:
    possible = _possible(survey, leaf.field, visible.get(leaf.field))
    if possible is None:
        return
    for value in leaf.values:
        if value not in possible:
            placed = Spot(spot.path, spot.argument, str(value), spot.nth)
            known = listed(possible)
            survey.note(Looks.VALUE, placed, field=leaf.field, value=value, known=known)


def _possible(survey: Survey, name: str, field: Field | None) -> Iterable[object] | None:
    """The values an attribute can have; None when anything may be written there."""
    line = survey.line
    if isinstance(field, Choice):
        return None if field.open else field.choices
    if isinstance(field, Flag):
        return (True, False)
    if name == "category":
        return [category.key for category in line.categories] or None
    if name == "division":
        return [target.key for target in line.divisions] or None
    return (*STATES, *survey.acts) if name == "state" else None
