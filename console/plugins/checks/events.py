"""Facts that start and stop clocks, cause notices and stand in gates; forms they speak of."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.patterns import AllOf, On, alternatives
from console.domain.rules import Timer
from console.plugins.kinds import Events
from console.plugins.source import Spot
from console.plugins.survey import Survey, hint, listed


def check(survey: Survey) -> None:
    for spot, timer, _ in survey.each("timers"):
        _timer(survey, spot, timer)
    for spot, pattern in patterns(survey):
        if pattern.kind and pattern.kind not in survey.facts:
            survey.note(
                Events.UNKNOWN,
                Spot(spot.path, spot.argument, pattern.kind, spot.nth),
                fact=pattern.kind,
                hint=hint(pattern.kind, survey.facts),
            )
        _forms(survey, spot, pattern)
    for spot, form, _ in survey.each("forms"):
        for key in form.requires:
            _form(survey, spot.at("requires", key), key)


def patterns(survey: Survey) -> Iterator[tuple[Spot, On]]:
    """Every single pattern with the argument it stands in."""
    for spot, timer, _ in survey.each("timers"):
        yield from ((spot.at("start"), pattern) for pattern in alternatives(timer.start))
        yield from ((spot.at("stop"), pattern) for pattern in alternatives(timer.stop))
    breaches = survey.each("timers")
    yield from ((spot.at("on_breach"), On(timer.on_breach)) for spot, timer, _ in breaches)
    for spot, notice, _ in survey.each("notices"):
        yield spot.at("on"), notice.trigger()
    yield from ((spot.at("begins"), On(table.begins)) for spot, table, _ in survey.each("tables"))
    for spot, gate, _ in survey.each("gates"):
        yield spot.at("before"), gate.guarded()
        for pattern in gate.happened:
            yield from ((spot.at("happened"), one) for one in alternatives(pattern))


def _timer(survey: Survey, spot: Spot, timer: Timer) -> None:
    if not any(pattern.kind for pattern in alternatives(timer.stop)):
        survey.note(Events.NO_STOP, spot.at("stop"))
    if not any(pattern.kind for pattern in alternatives(timer.start)):
        survey.note(Events.NO_START, spot.at("start"))
    if isinstance(timer.stop, AllOf) and len(set(timer.stop.acts)) < len(timer.stop.acts):
        survey.note(Events.SAME_ACTS, spot.at("stop"))


def _forms(survey: Survey, spot: Spot, pattern: On) -> None:
    """A fact about a form names one there is, and a step that form has."""
    said = dict(pattern.where)
    key, step = said.get("form"), said.get("step")
    if not isinstance(key, str) or not pattern.kind.startswith("form_"):
        return
    placed = Spot(spot.path, spot.argument, key, spot.nth)
    if not _form(survey, placed, key) or not isinstance(step, str):
        return
    form = survey.forms[key]
    if form.step(step) is None:
        steps = listed(one.key for one in form.steps)
        survey.note(Events.UNKNOWN_STEP, spot, form=key, step=step, steps=steps)


def _form(survey: Survey, spot: Spot, key: str) -> bool:
    if key in survey.forms:
        return True
    known, near = listed(survey.forms), hint(key, survey.forms)
    survey.note(Events.UNKNOWN_FORM, spot, form=key, hint=near, known=known)
    return False
