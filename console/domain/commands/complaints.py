"""The command by which anybody registers a complaint, wherever they hear of it (W-07).

Nobody may hide or drop one, so it asks for nothing but what is complained of: it opens a
case of its own, under the line's category for complaints, and the line's notices tell those
who settle it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from console.domain.commands.command import Command, Situation
from console.domain.commands.dispatch import line_of
from console.domain.commands.intake import CHANNELS, linked, opening
from console.domain.facts import Draft
from console.domain.fields import Choice, DateTime, Integer, LongText, Phone, Text
from console.domain.permissions import may
from console.domain.refusal import RefusedError
from console.domain.rules import Line
from console.domain.words import L, M

CLAUSE = "002 P2C2 penalties"


def register_complaint(situation: Situation) -> Iterable[Draft]:
    other = situation.args.get("about")
    line = line_of(situation, situation.world.case(other).line if other else "")
    values = {"reason": situation.args["text"], **situation.values}
    told = replace(
        situation, values=values, args={**situation.args, "line": line.key}, about_case=None
    )
    number = situation.world.next_case()
    yield from opening(told, _owner(situation))
    yield Draft(f"case:{number}", "classified", _classified(line))
    if other:
        yield from linked(number, other)


def _owner(situation: Situation) -> str:
    """Whoever took it first; the shift lead when they do not work on cases themselves."""
    actor = situation.actor
    if may("work", actor):
        return actor.key
    return situation.world.directory.resolve("shift_lead", {}) or actor.key


def _classified(line: Line) -> dict[str, Any]:
    category = next((one for one in line.categories if one.settled_by is not None), None)
    if category is None:
        raise RefusedError(
            "W-07",
            M("{line} has no category for complaints.", line=line.label),
            M("Open a case, and name the complaint in it."),
            CLAUSE,
        )
    body: dict[str, Any] = {"line": line.key, "category": category.key}
    division = line.division(category.route)
    if division is not None:
        body |= {"division": division.key, "version": division.version}
    if line.version > 1:
        body["line_version"] = line.version
    return body


COMMANDS = (
    Command(
        "register_complaint",
        L("登记投诉", "register a complaint"),
        "new",
        register_complaint,
        (
            LongText(key="text", label=L("投诉事项", "what is complained of"), required="intake"),
            Text(key="line", label=L("产品线", "product line")),
            Integer(key="about", label=L("相关工单", "about case"), least=1),
            Text(key="call", label=L("来电", "call")),
            Phone(key="number", label=L("号码", "number")),
            Choice(key="channel", label=L("渠道", "channel"), choices=CHANNELS, open=False),
            DateTime(key="submitted", label=L("提出时间", "submitted at")),
        ),
        permission="register_complaint",
        open_fields=True,
        clause=CLAUSE,
        words=("登记投诉",),
    ),
)
