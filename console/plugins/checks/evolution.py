"""What cases already rely on: versions, kinds of field, choices."""

from __future__ import annotations

from dataclasses import replace

from console.domain import specs
from console.domain.fields import Choice, Field
from console.domain.rules import Line, Target
from console.domain.specs import SpecError
from console.domain.words import M
from console.plugins.kinds import Keys
from console.plugins.later_kinds import Evolution
from console.plugins.source import Spot
from console.plugins.survey import Survey

_KINDS = M("only what console.plugins offers")


def check(survey: Survey) -> None:
    for part in survey.parts:
        rules, key = part.rules, survey.line.key
        if survey.added is not None and (isinstance(rules, Line) or rules.key not in survey.added):
            continue
        if isinstance(rules, Line):
            rules = replace(rules, divisions=())
        else:
            key = f"{key}/{rules.key}"
        if not _can_be_kept(survey, part.spot, rules):
            continue
        before = survey.known.before(key) if key in survey.known.used else None
        if type(before) is type(rules):
            _compare(survey, part.spot, key, before, rules)


def _can_be_kept(survey: Survey, spot: Spot, rules: Line | Target) -> bool:
    """Cases outlive the file they were made under, so all of it has to be kept as data."""
    try:
        specs.written(rules)
    except SpecError as error:
        survey.note(Keys.SHAPE, spot, argument=str(error), expected=_KINDS)
        return False
    return True


def _compare(
    survey: Survey, spot: Spot, key: str, before: Line | Target, now: Line | Target
) -> None:
    later = before.version + 1
    args = {"key": key, "version": before.version, "next": later}
    if now.version < before.version:
        survey.note(Evolution.OLDER, spot.at("version"), found=now.version, **args)
    elif now.version == before.version and specs.binding(now) != specs.binding(before):
        survey.note(Evolution.VERSION, spot.at("version"), **args)
    present = {field.key: field for field in now.fields}
    followed = {field.renamed_from for field in now.fields}
    for field in before.fields:
        where = spot.within("fields", field.key)
        if field.key in present:
            _compare_field(survey, where, field, present[field.key])
        elif field.key not in followed:
            survey.note(Evolution.FIELD_GONE, spot.at("fields"), key=field.key)


def _compare_field(survey: Survey, spot: Spot, before: Field, now: Field) -> None:
    old, new = type(before).__name__, type(now).__name__
    if old != new:
        survey.note(Evolution.TYPE, spot, key=now.key, old=old, new=new)
    elif isinstance(before, Choice) and isinstance(now, Choice):
        for choice in before.choices.keys() - now.choices.keys():
            survey.note(Evolution.CHOICE_GONE, spot.at("choices"), key=now.key, choice=choice)
