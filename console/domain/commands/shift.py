"""Commands at the change of a shift (W-21): hand over, take line by line, sign off.

The owner stays accountable; whoever takes custody of a case holds it while the owner is off
shift and gets its alarms (D-19). What is not taken stays with the one who leaves.
"""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.case import Case
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import LongText, Phone, Text
from console.domain.people import Person
from console.domain.permissions import may
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Message, Named

CLAUSE = "000 III.1.2.7"


def holder_of(case: Case) -> str:
    """Who looks after a case now: its custodian, or else its owner."""
    return str(case.value("custodian")) or case.owner


def is_offered_to(case: Case, actor: Person) -> bool:
    return bool(case.value("relief") == actor.key)


def may_take_back(case: Case, actor: Person) -> bool:
    """An owner who is back takes the own case from its custodian."""
    return case.owner == actor.key and case.value("custodian") not in ("", actor.key)


def hand_over(situation: Situation) -> Iterable[Draft]:
    """Offer everything one looks after to whoever comes, with what else they must know."""
    actor = situation.actor
    relief = situation.person(situation.args["to"], L("交给", "hand over to"))
    if relief.key == actor.key:
        raise _refused(M("Nobody hands over to themselves."), M("Name who relieves you."))
    if not relief.active or not may("work", relief):
        raise _refused(
            M("{who} cannot take a shift over.", who=Named(relief.key)),
            M("Name somebody who works on cases."),
        )
    world = situation.world
    cases = list(world.held_by(actor.key))
    owed = list(world.owed())
    for number in cases:
        if world.case(number).value("relief") != relief.key:
            yield Draft(f"case:{number}", "custody_offered", {"to": relief.key})
    body = {"to": relief.key, "cases": cases, "callbacks": owed}
    for key in ("expected", "text"):
        if situation.args.get(key):
            body[key] = situation.args[key]
    yield Draft(f"person:{actor.key}", "shift_handed_over", body)


def take_custody(situation: Situation) -> Iterable[Draft]:
    """One case of the list is taken, or one whose owner is away; an owner who is back takes
    the own case from its custodian."""
    case = situation.case
    custodian = _custodian(situation)
    offered = case.value("relief")
    if offered and custodian.key not in (offered, case.owner):
        raise _offered_to(offered)
    holder = "" if custodian.key == case.owner else custodian.key
    if offered or holder != case.value("custodian"):
        body = {"custodian": holder, "was": holder_of(case)}
        yield Draft(case.subject, "custody_taken", body)


def _custodian(situation: Situation) -> Person:
    """Whoever takes it; a shift lead may name somebody else."""
    typed = situation.args.get("custodian")
    if not typed:
        return situation.actor
    person = situation.person(typed, L("代管人", "custodian"))
    if person.key != situation.actor.key and not situation.actor.has("shift_lead"):
        raise _refused(
            M("Only a shift lead gives custody to somebody else."),
            M("Take the case yourself, or hand the shift over (hand_over)."),
        )
    return person


def refuse_custody(situation: Situation) -> Iterable[Draft]:
    _must_be_relief(situation)
    body = {"text": situation.args["reason"]}
    yield Draft(situation.case.subject, "custody_refused", body)


def take_callback(situation: Situation) -> Iterable[Draft]:
    """A missed caller of the list is taken: from now on this person calls back."""
    debt = situation.world.callback(situation.args["number"])
    if not debt.open:
        raise _refused(
            M("No missed call of this number is waiting."),
            M("See `console show calls` for the missed calls there are."),
        )
    if debt.taken_by != situation.actor.key:
        yield Draft(debt.subject, "callback_taken", {"by": situation.actor.key})


def sign_off(situation: Situation) -> Iterable[Draft]:
    """The shift is over. What nobody took stays with whoever leaves, and is written down."""
    actor, world = situation.actor, situation.world
    held = list(world.held_by(actor.key))
    yield Draft(f"person:{actor.key}", "signed_off", {"held": held})


def _must_be_relief(situation: Situation) -> None:
    case = situation.case
    offered = case.value("relief")
    if not offered:
        raise _refused(
            M("Nobody hands this case over; {who} looks after it.", who=Named(holder_of(case))),
            M("Ask them to hand over first (hand_over)."),
        )
    if offered != situation.actor.key:
        raise _offered_to(offered)


def _offered_to(relief: str) -> RefusedError:
    return _refused(
        M("This case is being handed over to {who}.", who=Named(relief)),
        M("Only they take or refuse it."),
    )


def _refused(message: Message, remedy: Message) -> RefusedError:
    return RefusedError("W-21", message, remedy, CLAUSE)


_CASE = Text(key="case", label=L("工单", "case"), required="intake")

COMMANDS = (
    Command(
        "hand_over",
        L("交班", "hand the shift over"),
        "nothing",
        hand_over,
        (
            Text(key="to", label=L("交给", "to"), required="intake"),
            LongText(key="expected", label=L("预计来电来访", "calls and visitors expected")),
            LongText(key="text", label=L("说明", "note")),
        ),
        permission="answer",
        clause=CLAUSE,
        words=("交班",),
    ),
    Command(
        "take_custody",
        L("代管", "take custody"),
        "case",
        take_custody,
        (_CASE, Text(key="custodian", label=L("代管人", "custodian"))),
        permission="work",
        clause=CLAUSE,
        words=("代管", "接班"),
        suits=lambda case, actor: is_offered_to(case, actor) or may_take_back(case, actor),
    ),
    Command(
        "refuse_custody",
        L("不代管", "refuse custody"),
        "case",
        refuse_custody,
        (_CASE, Text(key="reason", label=L("理由", "reason"), required="intake")),
        permission="work",
        clause=CLAUSE,
        words=("不接班",),
        suits=is_offered_to,
    ),
    Command(
        "take_callback",
        L("认领回电", "take a call back on"),
        "nothing",
        take_callback,
        (Phone(key="number", label=L("号码", "number"), required="intake"),),
        permission="answer",
        clause="000 III.3.1.1",
        words=("认领回电",),
    ),
    Command(
        "sign_off",
        L("下班", "sign off"),
        "nothing",
        sign_off,
        (),
        permission="sign_off",
        clause=CLAUSE,
        words=("下班",),
    ),
)
