"""The command that records an act of a line (see `console.domain.acts`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.acts import Act
from console.domain.case import Case
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Text
from console.domain.moments import parse_moment
from console.domain.people import named
from console.domain.refusal import RefusedError
from console.domain.words import L, M, choices


def act(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    wanted = _act(situation)
    if wanted.roles and not situation.actor.has(*wanted.roles):
        raise RefusedError(
            wanted.key,
            M("Your role may not record: {act}.", act=wanted.label),
            M("Ask one of: {roles}.", roles=named(wanted.roles)),
            wanted.clause,
        )
    if any(case.value(role) == situation.actor.key for role in wanted.not_by):
        raise RefusedError(
            wanted.key,
            M("Nobody records “{act}” of their own work.", act=wanted.label),
            M("Ask somebody who has not worked on this case."),
            wanted.clause,
        )
    if wanted.if_ is not None and not wanted.if_.holds(case.attributes):
        raise RefusedError(
            wanted.key,
            M(
                "{act} belongs to cases where {condition}.",
                act=wanted.label,
                condition=wanted.if_.explain(case.rules.wording),
            ),
            M("Check the category and the fields of this case."),
            wanted.clause,
        )
    missing = [f for f in wanted.fields if f.required and f.key not in situation.values]
    if missing:
        raise RefusedError(
            wanted.key,
            M("{command} needs {field}.", command=wanted.label, field=missing[0].label),
            M("Add {field}=….", field=missing[0].key),
            wanted.clause,
        )
    _newest_only(wanted, situation)
    own = {key: situation.values[key] for key in wanted.fills if key in situation.values}
    yield from given(case, {**wanted.sets, **own})
    yield Draft(case.subject, wanted.key, _body(wanted, situation))


def given(case: Case, values: Mapping[str, Any]) -> Iterable[Draft]:
    """The values a step of the line's work gives to fields of the case."""
    new = {key: value for key, value in values.items() if case.value(key) != value}
    if new:
        was = {key: case.value(key) for key in new if case.value(key) not in (None, "")}
        yield Draft(case.subject, "filled", {"values": new, "was": was})


def _newest_only(wanted: Act, situation: Situation) -> None:
    """What was written last sets the least number that may be written next (F1-02)."""
    key = wanted.newest
    typed = situation.values.get(key) if key else None
    if typed is None:
        return
    written = [fact.body.get(key) for fact in situation.case.facts if fact.kind == wanted.key]
    newest = max(filter(None, written), default=typed)
    if typed < newest:
        label = next(field.label for field in wanted.fields if field.key == key)
        raise RefusedError(
            wanted.key,
            M("{field} {typed} is out of date.", field=label, typed=typed),
            M("The newest is {newest}: take that one.", newest=newest),
            wanted.clause,
        )


def _body(wanted: Act, situation: Situation) -> dict[str, Any]:
    body = dict(situation.values)
    if body.get(wanted.due_field):
        body["due"] = parse_moment(f"{body[wanted.due_field]} 24:00", situation.at, situation.zone)
    return body


def _act(situation: Situation) -> Act:
    known = situation.case.rules.acts
    found = known.get(situation.args["act"])
    if found is None:
        raise RefusedError(
            "act",
            M("This line has no act “{act}”.", act=situation.args["act"]),
            M("Its acts are: {known}.", known=choices(known.values())),
        )
    return found


COMMANDS = (
    Command(
        "act",
        L("记录", "record an act"),
        "case",
        act,
        (
            Text(key="case", label=L("工单", "case"), required="intake"),
            Text(key="act", label=L("事项", "act"), required="intake"),
        ),
        permission="work",
        open_fields=True,
        words=("记录",),
    ),
)
