"""A case in a few lines, for the foot of the seat. Pure."""

from __future__ import annotations

from console.domain.case import Case
from console.domain.clock import Clock
from console.domain.facts import Fact
from console.domain.gates import open_gates
from console.domain.notices import CUSTOMER, CUSTOMER_LABEL, NOTICE_STATES
from console.domain.words import M
from console.speech import Speech

_TOLD = frozenset(("notice_raised", "notice_repeated", "submitted", "filled"))


def summary(case: Case, speech: Speech, now: int) -> str:
    """What was asked, what is running, who was told, what happened last."""
    say = speech.say
    lines = [
        _joined(case, speech, ("reason", "need", "product_state")),
        "  ·  ".join(_clock(clock, speech, now) for clock in case.running()),
        _notices(case, speech),
        "  ·  ".join(_fact(case, fact, speech) for fact in _latest(case)),
    ]
    shut = open_gates(case)
    if shut and case.state in ("solved", "confirmed"):
        gate, missing = shut[0]
        parts = speech.listed(say(one) for one in missing)
        lines.append(say(M("before “{gate}”: {missing}", gate=gate.label, missing=parts)))
    return "\n".join(line for line in lines if line)


def _joined(case: Case, speech: Speech, keys: tuple[str, ...]) -> str:
    parts = []
    for key in keys:
        field, value = case.rules.fields.get(key), case.value(key)
        if field is not None and value:
            parts.append(field.format(value, speech.lang))
    return " — ".join(parts)


def _clock(clock: Clock, speech: Speech, now: int) -> str:
    label = speech.say(clock.timer.label)
    if clock.due is None:
        return label
    over = clock.breached_by(now)
    if over:
        return f"{label} {speech.say(M('{over} late', over=speech.length(over)))}"
    return f"{label} {speech.time_of_day(clock.due)[:5]}"


def _notices(case: Case, speech: Speech) -> str:
    told: dict[str, str] = {}
    for row in case.notices:  # a person told several times counts once, as of the last time
        who = speech.name(row.person) if row.person else row.slot
        who = speech.say(CUSTOMER_LABEL) if row.slot == CUSTOMER else who
        told.pop(who, None)
        told[who] = f"{who} {speech.say(NOTICE_STATES[row.state])}"
    parts = list(told.values())[-4:]
    return speech.say(M("told: {people}", people=speech.listed(parts))) if parts else ""


def _latest(case: Case) -> list[Fact]:
    return [fact for fact in case.facts if fact.kind not in _TOLD][-3:]


def _fact(case: Case, fact: Fact, speech: Speech) -> str:
    label = speech.say(case.rulebook.fact_label(fact.kind))
    return f"{speech.time_of_day(fact.at)[:5]} {label}"
