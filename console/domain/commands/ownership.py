"""Commands that give a case another owner (W-04).

Whoever took the question first owns it until it is closed. Only a supervisor hands it over,
for a reason such as leave, and only to somebody who accepts it; both stay on record. Until
then the owner is accountable.
"""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.case import Case
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Text
from console.domain.people import Person
from console.domain.permissions import may
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Message, Named

CLAUSE = "002 P3C1"


def is_offered_to(case: Case, actor: Person) -> bool:
    return bool(case.value("successor") == actor.key)


def hand_over_owner(situation: Situation) -> Iterable[Draft]:
    """Offer a case to a new owner; who offers it anew withdraws the offer before."""
    case = situation.case
    successor = situation.person(situation.args["to"], L("移交给", "hand over to"))
    if successor.key == case.owner:
        raise _refused(
            M("{who} owns this case already.", who=Named(successor.key)),
            M("Name somebody else."),
        )
    if not successor.active or not may("work", successor):
        raise _refused(
            M("{who} cannot own a case.", who=Named(successor.key)),
            M("Name somebody who works on cases."),
        )
    body = {"to": successor.key, "text": situation.args["reason"]}
    yield Draft(case.subject, "owner_offered", body)


def accept_ownership(situation: Situation) -> Iterable[Draft]:
    _must_be_successor(situation)
    case = situation.case
    offered = case.happened("owner_offered")
    body = {"owner": situation.actor.key, "was": case.owner}
    if offered is not None:
        body |= {"by": offered.actor, "text": offered.body["text"]}
    yield Draft(case.subject, "owner_changed", body)


def refuse_ownership(situation: Situation) -> Iterable[Draft]:
    _must_be_successor(situation)
    yield Draft(situation.case.subject, "owner_kept", {"text": situation.args["reason"]})


def _must_be_successor(situation: Situation) -> None:
    case = situation.case
    if is_offered_to(case, situation.actor):
        return
    offered = case.value("successor")
    if not offered:
        raise _refused(
            M("Nobody is to become the owner of this case."),
            M("A shift lead or area lead hands it over first (hand_over_owner)."),
        )
    raise _refused(
        M("{who} is to become the owner of this case.", who=Named(offered)),
        M("Only they accept or refuse it."),
    )


def _refused(message: Message, remedy: Message) -> RefusedError:
    return RefusedError("W-04", message, remedy, CLAUSE)


_CASE = Text(key="case", label=L("工单", "case"), required="intake")
_REASON = Text(key="reason", label=L("理由", "reason"), required="intake")

COMMANDS = (
    Command(
        "hand_over_owner",
        L("移交首问", "hand over ownership"),
        "case",
        hand_over_owner,
        (_CASE, Text(key="to", label=L("移交给", "to"), required="intake"), _REASON),
        permission="hand_over_owner",
        clause=CLAUSE,
        words=("移交首问",),
    ),
    Command(
        "accept_ownership",
        L("接受首问", "accept ownership"),
        "case",
        accept_ownership,
        (_CASE,),
        permission="work",
        clause=CLAUSE,
        words=("接受首问",),
        suits=is_offered_to,
    ),
    Command(
        "refuse_ownership",
        L("不接受首问", "refuse ownership"),
        "case",
        refuse_ownership,
        (_CASE, _REASON),
        permission="work",
        clause=CLAUSE,
        words=("不接受首问",),
        suits=is_offered_to,
    ),
)
