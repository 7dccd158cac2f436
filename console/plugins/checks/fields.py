"""Fields: phases, patterns, examples, and what became of older ones."""

from __future__ import annotations

import re
from typing import Any

from console.domain.fields import DateTime, Field, FieldProblemError, Serial
from console.domain.words import M, Message
from console.plugins.kinds import Fields
from console.plugins.source import Spot
from console.plugins.survey import Survey

PHASES = ("", "intake", "dispatch", "close")


def check(survey: Survey) -> None:
    for spot, field, _ in survey.fields():
        if field.required not in PHASES:
            survey.note(Fields.PHASE, spot.at("required"), phase=field.required)
        if field.retired and field.required:
            survey.note(Fields.RETIRED, spot.at("required"), key=field.key)
        _pattern_and_example(survey, spot, field)
    _renamed(survey)


def _pattern_and_example(survey: Survey, spot: Spot, field: Field) -> None:
    if isinstance(field, Serial):
        try:
            re.compile(field.pattern)
        except re.error as error:
            survey.note(Fields.PATTERN, spot.at("pattern"), error=str(error))
            return
    problem = _refused(field)
    if problem:
        example = spot.at("example")
        survey.note(Fields.EXAMPLE, example, example=field.example, error=problem)


def _refused(field: Field) -> Message | str:
    """Why a field does not accept its own example; "" when it does.

    A moment is read by the desk, which knows the day, so its example is not tried.
    """
    if not field.example or isinstance(field, DateTime):
        return ""
    try:
        stored: Any = field.parse(field.example)
        field.format(stored, "zh")
    except FieldProblemError as problem:
        if isinstance(field, Serial):  # its sentence would point at the example
            return M("the pattern is {pattern}", pattern=field.pattern)
        return problem.message
    except Exception as error:  # a field type of the author's own may raise anything
        return f"{type(error).__name__}: {error}"
    return ""


def _renamed(survey: Survey) -> None:
    for part in survey.parts:
        there = part.visible
        seen: set[str] = set()
        for field in part.rules.fields:
            old = field.renamed_from
            if old and (old in there or old in seen):
                spot = part.spot.within("fields", field.key).at("renamed_from")
                survey.note(Fields.RENAMED, spot, key=field.key, old=old)
            seen.add(old)
