"""Commands that pass work on without asking the customer again (W-06).

A transfer is an offer: the receiver reads the record and takes it, or it goes back to the
owner. What has to be filled in before is a gate of the line on `transfer_offered`; what an
offer nobody answers leads to is the house's timer. The owner never moves (W-04).
"""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.case import Case
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import LongText, Text
from console.domain.people import Person
from console.domain.permissions import may
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Message, Named

OFFER = "transfer_offered"
PUSHED_ON = "002 P1C1 #4"


def may_offer(case: Case, actor: Person) -> bool:
    """Only those who work on a case pass it on."""
    return actor.key in (case.owner, case.assignee, case.value("custodian"))


def is_offered_to(case: Case, actor: Person) -> bool:
    return bool(case.value("receiver") == actor.key)


def offer_transfer(situation: Situation) -> Iterable[Draft]:
    case, actor = situation.case, situation.actor
    receiver = situation.person(situation.args["to"], L("转交给", "transfer to"))
    if not may_offer(case, actor):
        raise _refused(
            M(
                "Only those who work on a case pass it on; its owner is {owner}.",
                owner=_owner(case),
            ),
            M("Ask the owner."),
        )
    if case.value("receiver"):
        raise _refused(
            M("It is being offered to {who} already.", who=Named(case.value("receiver"))),
            M("Wait for the answer; without one it is back after two minutes."),
        )
    if receiver.key == case.assignee or not receiver.active or not may("work", receiver):
        raise _refused(
            M("{who} cannot take this case over.", who=Named(receiver.key)),
            M("Offer it to somebody else who works on cases."),
        )
    if not situation.args.get("summary"):
        raise _refused(
            M("A transfer needs a summary: nobody pushes an unclear problem on."),
            M("Add summary=…: what the problem is and what was tried."),
            PUSHED_ON,
        )
    yield Draft(case.subject, OFFER, {"to": receiver.key, "text": situation.args["summary"]})


def accept_transfer(situation: Situation) -> Iterable[Draft]:
    """The receiver has read the record and takes the case."""
    _must_be_receiver(situation)
    case = situation.case
    late = [c for c in case.running() if c.started.kind == OFFER and c.breached_by(situation.at)]
    if late:
        raise _refused(
            M("This offer has lapsed; the case is {owner}'s again.", owner=_owner(case)),
            M("Ask for it to be offered anew."),
        )
    yield Draft(case.subject, "transfer_accepted", {"from": case.owner})


def refuse_transfer(situation: Situation) -> Iterable[Draft]:
    _must_be_receiver(situation)
    body = {"text": situation.args["reason"]}
    yield Draft(situation.case.subject, "transfer_refused", body)


def _must_be_receiver(situation: Situation) -> None:
    case = situation.case
    if is_offered_to(case, situation.actor):
        return
    offered = case.value("receiver")
    if not offered:
        raise _refused(
            M("This case is not being offered to anybody."), M("Offer it first (offer_transfer).")
        )
    raise _refused(
        M("This case is being offered to {who}.", who=Named(offered)),
        M("Only the receiver answers an offer."),
    )


def _owner(case: Case) -> Named:
    return Named(case.owner)


def _refused(message: Message, remedy: Message, clause: str = "002 P3C1") -> RefusedError:
    return RefusedError("W-06", message, remedy, clause)


_CASE = Text(key="case", label=L("工单", "case"), required="intake")

COMMANDS = (
    Command(
        "offer_transfer",
        L("转交", "offer a transfer"),
        "case",
        offer_transfer,
        (
            _CASE,
            Text(key="to", label=L("转交给", "to"), required="intake"),
            LongText(key="summary", label=L("摘要", "summary")),
        ),
        permission="work",
        clause="002 P3C1",
        words=("转交", "transfer"),
        suits=may_offer,
    ),
    Command(
        "accept_transfer",
        L("接手", "accept the transfer"),
        "case",
        accept_transfer,
        (_CASE,),
        permission="work",
        clause="002 P3C1",
        words=("接手",),
        suits=is_offered_to,
    ),
    Command(
        "refuse_transfer",
        L("拒绝接手", "refuse the transfer"),
        "case",
        refuse_transfer,
        (_CASE, Text(key="reason", label=L("理由", "reason"), required="intake")),
        permission="work",
        clause="002 P3C1",
        words=("不接手",),
        suits=is_offered_to,
    ),
)
