"""Labels, clauses and the sentences operators say."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from unicodedata import east_asian_width

from console.domain.wordings import KNOWN, places
from console.domain.words import Label
from console.plugins.kinds import Words
from console.plugins.source import Spot
from console.plugins.survey import Survey, hint, listed

WIDEST = 24
"""Cells a label has in lists and forms; a Chinese character takes two."""

PLACEHOLDERS = frozenset(("who", "time"))


def check(survey: Survey) -> None:
    for spot, label, in_lists in _labels(survey):
        if in_lists:
            _narrow(survey, spot, label)
        if label.zh == label.en:
            survey.note(Words.SAME, spot.at("", label.en), text=label.en)
        elif _is_chinese(label.en) and not _is_chinese(label.zh):
            survey.note(Words.SWAPPED, spot.at("", label.en), text=label.en)
    for spot, field, _ in survey.fields():
        for label in getattr(field, "choices", {}).values():
            _narrow(survey, spot, label)
    _sources(survey)
    _script(survey)
    _gaps(survey)


def _labels(survey: Survey) -> Iterator[tuple[Spot, Label, bool]]:
    """Labels with whether they stand in lists; those of notices and gates do in sentences,
    those of topics above a list."""
    top = survey.parts[0].spot
    yield top, survey.line.label, True
    yield from ((top.within("slots", key), label, True) for key, label in survey.line.slots.items())
    yield from ((top.within("facts", key), label, True) for key, label in survey.line.facts.items())
    in_lists = survey.each("divisions", "categories", "timers", "forms", "acts", "duties")
    for spot, rule, _ in (*in_lists, *survey.fields(), *survey.steps()):
        yield spot, rule.label, True
    for spot, rule, _ in (*survey.each("notices", "gates"), *survey.topics()):
        yield spot, rule.label, False


def _narrow(survey: Survey, spot: Spot, label: Label) -> None:
    for text in (label.zh, label.en):
        cells = sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
        if cells > WIDEST:
            survey.note(Words.WIDE, spot.at("", text), text=text, cells=cells, most=WIDEST)


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _sources(survey: Survey) -> None:
    for spot, rule, _ in survey.each("timers", "notices", "gates", "forms", "forbids", "duties"):
        if not rule.clause and not getattr(rule, "house", False):
            survey.note(Words.NO_CLAUSE, spot)
    for spot, rule, _ in survey.each("timers", "gates", "duties"):
        if not rule.rule:
            survey.note(Words.NO_RULE, spot)


def _script(survey: Survey) -> None:
    script = survey.line.script
    if script is None:
        return
    spot = survey.parts[0].spot.within("script", "")
    for name in ("greeting", "promise", "farewell"):
        label: Label = getattr(script, name)
        for text in (label.zh, label.en):
            problem = _unfillable(text)
            if problem:
                survey.note(Words.PLACEHOLDER, spot.at(name, text), problem=problem)


def _gaps(survey: Survey) -> None:
    """What is written to people names only what somebody knows."""
    for spot, rule, visible in survey.each("notices", "messages"):
        own = {field.key for field in getattr(rule, "fields", ())}
        known = {*visible, *own, *survey.slots, *KNOWN}
        for name in dict.fromkeys(places(rule.text) if rule.text else ()):
            if name not in known:
                near = hint(name, known)
                survey.note(Words.GAP, spot.at("text"), name=name, hint=near, known=listed(KNOWN))


def _unfillable(text: str) -> str:
    """Why a sentence cannot be filled in; "" when it can."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        return str(error)
    return ", ".join(f"{{{name}}}" for name in names if name not in PLACEHOLDERS)
