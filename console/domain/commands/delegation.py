"""The command that lets somebody act for the holder of a post in their absence.

Who may act for whom is a rule of the line (`Line.deputies`): for the general manager the
deputy does, and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.domain.commands.command import Command, Situation
from console.domain.delegation import ENTERED, subject_of
from console.domain.facts import Draft
from console.domain.fields import DateTime, Text
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Message

CLAUSE = "000 II.3(2)8"


def delegate(situation: Situation) -> Iterable[Draft]:
    args, slot = situation.args, situation.args["slot"]
    lines = list(_lines(situation, slot))
    if not lines:
        raise _refused(
            M("Nobody may act for “{slot}”.", slot=slot),
            M("A product line says for which posts somebody may act."),
        )
    directory = situation.world.directory
    holders = {directory.resolve(slot, {"line": line}) for line, _ in lines}
    demand("delegate", situation.actor, holds=situation.actor.key in holders)
    deputy = situation.person(args["to"], L("代理人", "deputy"))
    allowed = [one for _, deputies in lines for one in deputies]
    named = {directory.resolve(one, {"line": line}) for line, some in lines for one in some}
    if deputy.key not in named or not deputy.active:
        raise _refused(
            M("{name} may not act for “{slot}”.", name=deputy.name, slot=slot),
            M("Those who may: {slots}.", slots=", ".join(dict.fromkeys(allowed))),
        )
    since = args.get("since") or situation.at
    if args["until"] < since:
        raise _refused(M("It ends before it begins."), M("Give a later end (until=…)."))
    body = {"to": deputy.key, "since": since, "until": args["until"], "reason": args["reason"]}
    yield Draft(subject_of(slot), ENTERED, body)


def _lines(situation: Situation, slot: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lines that let somebody act for a post, and the posts of those who may."""
    for line in situation.world.rulebook.lines.values():
        if slot in line.deputies:
            yield line.key, line.deputies[slot]


def _refused(message: Message, remedy: Message) -> RefusedError:
    return RefusedError("delegate", message, remedy, CLAUSE)


COMMANDS = (
    Command(
        "delegate",
        L("授权代理", "let somebody act for a post"),
        "nothing",
        delegate,
        (
            Text(key="slot", label=L("职位", "post"), required="intake", example="gm"),
            Text(key="to", label=L("代理人", "deputy"), required="intake"),
            DateTime(key="since", label=L("自", "from")),
            DateTime(key="until", label=L("至", "until"), required="intake"),
            Text(key="reason", label=L("理由", "reason"), required="intake"),
        ),
        permission="delegate",
        clause=CLAUSE,
        words=("代理",),
    ),
)
