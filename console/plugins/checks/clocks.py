"""Clocks: lengths that can be meant, and settings that agree with each other."""

from __future__ import annotations

from console.domain.fields import DateTime
from console.domain.lengths import BadLengthError, Length, parse_length
from console.domain.patterns import On
from console.domain.rules import CONCERNS, Timer
from console.domain.worktime import CONVENTIONS
from console.plugins.kinds import Clocks, Files
from console.plugins.source import Spot
from console.plugins.survey import Survey, listed

WITHOUT_LENGTH = ("now", "timely")
BREAKABLE = ("hard", "soft")
COUNTINGS = ("rolling", *CONVENTIONS["wd"])
LONGEST = 2 * 366 * 86400
"""Two years, in seconds."""

_LEAST_SECONDS = {"sec": 1, "min": 60, "wd": 86400, "cd": 86400}
"""The least time one of a unit takes."""

_ELAPSED = ("amber", "not_before", "ask_every", "cap")
_MEASURES = {"not_before": ("sec", "cd")}
"""Arguments that may be written otherwise than in elapsed time."""


def check(survey: Survey) -> None:
    for spot, timer, _ in survey.each("timers"):
        _level(survey, spot, timer)
        _lengths(survey, spot, timer)
        _settings(survey, spot, timer)
        if timer.within == "promise":
            for pattern in timer.starts():
                _carries_due(survey, spot, pattern)
    for spot, notice, _ in survey.each("notices"):
        try:
            parse_length(notice.when)
        except BadLengthError as error:
            survey.note(Files.LENGTH, spot.at("when"), written=error.written)


def _level(survey: Survey, spot: Spot, timer: Timer) -> None:
    level, within = timer.level, timer.within
    if level != within and (level in WITHOUT_LENGTH or within in WITHOUT_LENGTH):
        survey.note(Clocks.LEVEL, spot.at("within"), level=level, within=within)


def _lengths(survey: Survey, spot: Spot, timer: Timer) -> None:
    for argument in ("within", *_ELAPSED):
        written: str = getattr(timer, argument)
        if not written:
            continue
        length = parse_length(written)
        if argument != "within" and length.unit not in _measures(timer, argument):
            survey.note(Clocks.NOT_ELAPSED, spot.at(argument), attribute=argument, written=written)
        elif length.unit in _LEAST_SECONDS and not 0 < _least(length) <= LONGEST:
            survey.note(Clocks.IMPOSSIBLE, spot.at(argument), written=written)
    within = timer.length
    if timer.amber and within.unit in _LEAST_SECONDS:
        amber = parse_length(timer.amber)
        if amber.unit == "sec" and amber.amount >= _least(within):
            survey.note(Clocks.AMBER, spot.at("amber"), amber=timer.amber, within=timer.within)


def _measures(timer: Timer, argument: str) -> tuple[str, ...]:
    """The units an argument may be written in; what only ages may do so in working hours."""
    if argument == "amber" and timer.level == "timely":
        return ("sec", "min")
    return _MEASURES.get(argument, ("sec",))


def _least(length: Length) -> int:
    return length.amount * _LEAST_SECONDS[length.unit]


def _settings(survey: Survey, spot: Spot, timer: Timer) -> None:
    if timer.ask_every and timer.level not in BREAKABLE:
        survey.note(Clocks.NEVER_ASKS, spot.at("ask_every"), level=timer.level)
    if timer.times < 1:
        survey.note(Clocks.TIMES, spot.at("times"), times=timer.times)
    if timer.convention not in COUNTINGS:
        survey.note(
            Clocks.CONVENTION,
            spot.at("convention"),
            convention=timer.convention,
            known=", ".join(COUNTINGS),
        )
    if (timer.concern or timer.unclassified) and timer.concern not in CONCERNS:
        survey.note(
            Clocks.CONCERN, spot.at("concern"), concern=timer.concern, known=", ".join(CONCERNS)
        )


def _carries_due(survey: Survey, spot: Spot, pattern: On) -> None:
    """Whether a fact brings the promised time along; a fact of the author's own may."""
    kind = pattern.kind
    if kind in survey.known.promises or kind in survey.line.facts or kind not in survey.facts:
        return
    act = survey.acts.get(kind)
    if act is not None and any(
        (field.key == "due" and isinstance(field, DateTime)) or field.key == act.due_field
        for field in act.fields
    ):
        return
    if kind == "form_completed":
        named = dict(pattern.where).get("form")
        forms = [form for form in survey.forms.values() if named in (None, form.key)]
        if any(form.due_field for form in forms):
            return
    survey.note(
        Clocks.NO_DUE, spot.at("start", kind), fact=kind, facts=listed(survey.known.promises)
    )
