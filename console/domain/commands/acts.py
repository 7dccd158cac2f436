"""The command that records an act of a line (see `console.domain.acts`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.domain.acts import Act
from console.domain.commands.command import WORKERS, Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Text
from console.domain.moments import parse_moment
from console.domain.people import named
from console.domain.refusal import RefusedError
from console.domain.words import L, M


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
    sets = {key: value for key, value in wanted.sets.items() if case.value(key) != value}
    if sets:
        was = {key: case.value(key) for key in sets if case.value(key) not in (None, "")}
        yield Draft(case.subject, "filled", {"values": sets, "was": was})
    yield Draft(case.subject, wanted.key, _body(wanted, situation))


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
            M("Its acts are: {known}.", known=", ".join(known) or "–"),
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
        WORKERS,
        open_fields=True,
        words=("记录",),
    ),
)
