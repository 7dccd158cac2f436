"""Saying that somebody is away, who stands in for them, and that they are back.

What a rule tells somebody who is away reaches whoever stands in; what they own stays theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import DateTime, Text
from console.domain.people import Person
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Named

RULE, CLAUSE = "D-19", "000 III.1.2.7"
AWAY, BACK = "person_away", "person_back"


def away(situation: Situation) -> Iterable[Draft]:
    """Somebody is away from now until a moment to come."""
    person = _whom(situation)
    until = situation.args["until"]
    if until <= situation.at:
        raise RefusedError(
            RULE, M("That moment is over."), M("Give a time to come: until=2026-05-06 08:30.")
        )
    body: dict[str, Any] = {"until": until}
    if situation.args.get("deputy"):
        body["deputy"] = _deputy(situation, person)
    yield Draft(f"person:{person.key}", AWAY, body)


def back(situation: Situation) -> Iterable[Draft]:
    """They are here again, before they said they would be."""
    person = _whom(situation)
    if person.away(situation.at) is not None:
        yield Draft(f"person:{person.key}", BACK, {})


def _whom(situation: Situation) -> Person:
    """Whoever gives the command, or somebody else for whom a shift lead does."""
    typed = situation.args.get("person")
    person = situation.person(typed, L("人员", "person")) if typed else situation.actor
    demand("declare_away", situation.actor, holds=person.key == situation.actor.key)
    return person


def _deputy(situation: Situation, person: Person) -> str:
    deputy = situation.person(situation.args["deputy"], L("代班人", "deputy"))
    if deputy.key == person.key:
        raise RefusedError(
            RULE, M("Nobody stands in for themselves."), M("Name somebody else, or leave it out.")
        )
    if not deputy.active:
        raise RefusedError(
            RULE,
            M("{who} has left.", who=Named(deputy.key)),
            M("Name somebody who works here."),
        )
    return deputy.key


_PERSON = Text(
    key="person",
    label=L("人员", "person"),
    help=L("不填则为本人", "left out: whoever gives the command"),
)

COMMANDS = (
    Command(
        "away",
        L("登记不在岗", "declare somebody away"),
        "nothing",
        away,
        (
            DateTime(key="until", label=L("至", "until"), required="intake"),
            Text(key="deputy", label=L("代班人", "deputy")),
            _PERSON,
        ),
        permission="declare_away",
        clause=CLAUSE,
        words=("不在岗", "请假"),
    ),
    Command(
        "back",
        L("返岗", "back again"),
        "nothing",
        back,
        (_PERSON,),
        permission="declare_away",
        clause=CLAUSE,
        words=("返岗",),
    ),
)
