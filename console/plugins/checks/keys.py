"""Keys: how they are written, and that each names one thing."""

from __future__ import annotations

import re
from collections import Counter

from console.domain.case import BUILT_IN
from console.plugins.kinds import Keys
from console.plugins.source import Spot
from console.plugins.survey import Survey

KEY = re.compile(r"[a-z][a-z0-9_]*")
COLLECTIONS = ("fields", "timers", "notices", "gates", "forms", "acts")


def check(survey: Survey) -> None:
    _written(survey)
    _unique(survey)
    _own_facts(survey)
    for spot, field, _ in survey.each("fields"):
        if field.key in BUILT_IN:
            survey.note(Keys.BUILT_IN, spot, key=field.key)


def _written(survey: Survey) -> None:
    top = survey.parts[0].spot
    rules = survey.each("divisions", "categories", "duties", *COLLECTIONS[1:])
    within = (*survey.topics(), *survey.fields(), *survey.steps())
    named = [(spot, rule.key) for spot, rule, _ in (*rules, *within)]
    named += [(top.within("slots", key), key) for key in survey.line.slots]
    named += [(top.within("facts", key), key) for key in survey.line.facts]
    for spot, key in ((top, survey.line.key), *named):
        if not KEY.fullmatch(key):
            survey.note(Keys.FORM, spot.at("key", key), key=key)


def _unique(survey: Survey) -> None:
    """Within the line, and within the line and any one division together."""
    line, *divisions = survey.parts
    for collection in (*COLLECTIONS, "categories", "divisions"):
        keys = [rule.key for rule in getattr(line.rules, collection)]
        for key in _repeated(keys):
            _twice(survey, line.spot.within(collection, key, 1), key)
    for part in divisions:
        for collection in COLLECTIONS:
            above = {rule.key for rule in getattr(line.rules, collection)}
            keys = [rule.key for rule in getattr(part.rules, collection)]
            for key in dict.fromkeys(keys):
                if keys.count(key) > 1:
                    _twice(survey, part.spot.within(collection, key, 1), key)
                elif key in above:
                    spot = part.spot.within(collection, key)
                    survey.note(Keys.ABOVE, spot.at("key", key), key=key)
    for owner in survey.each("forms", "acts"):
        for key in _repeated([field.key for field in owner.rule.fields]):
            _twice(survey, owner.spot.within("fields", key, 1), key)


def _twice(survey: Survey, spot: Spot, key: str) -> None:
    survey.note(Keys.TWICE, spot.at("key", key), key=key)


def _repeated(keys: list[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]


def _own_facts(survey: Survey) -> None:
    top, known = survey.parts[0].spot, survey.known.facts
    own = [(top.within("facts", key), key) for key in survey.line.facts]
    own += [(spot, act.key) for spot, act, _ in survey.each("acts")]
    for spot, key in own:
        if key in known:
            survey.note(Keys.KNOWN_FACT, spot, key=key, label=known[key])
