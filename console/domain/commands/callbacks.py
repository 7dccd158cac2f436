"""Commands on missed calls: call back, give up after several attempts (W-02)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.call import Call
from console.domain.callback import Callback
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Flag, Phone, Text
from console.domain.refusal import RefusedError
from console.domain.words import L, M

TRIED = ("busy", "no_answer", "failed")
"""Why a call did not reach the customer though the seat had picked up."""

ATTEMPTS_BEFORE_DROPPING = 3
"""How often the customer must have been tried before a debt may be dropped (house value)."""


def return_call(situation: Situation) -> Iterable[Draft]:
    """The missed caller was called back. Reached, it becomes a call like any other.

    Where the line has told so already, what is left to say is that an apology was made.
    """
    debt = _debt(situation)
    if situation.args.get("reached") is False:
        yield Draft(debt.subject, "callback_tried", {"by": situation.actor.key})
        return
    apology = bool(situation.args.get("apology"))
    if debt.made:
        if not apology:
            raise RefusedError(
                "T0-04",
                M("This caller was reached already; only the apology is still owed."),
                M("Add apology=yes once it was given."),
                "000 III.1.5.6",
            )
        yield Draft(debt.subject, "callback_made", {"by": situation.actor.key, "apology": True})
        return
    key = situation.world.new_call()
    subject = f"call:{key}"
    station = situation.actor.extension
    body = {
        "number": debt.label,
        "e164": debt.number,
        "shown": debt.label,
        "name": debt.name,
        "place": debt.place,
        "station": station,
        "exchange": "hand",
    }
    yield Draft(subject, "call_dialled", body)
    yield Draft(subject, "call_reached", {"number": debt.number, "station": station})
    made = {
        "by": situation.actor.key,
        "apology": apology,
        "call": key,
    }
    yield Draft(debt.subject, "callback_made", made)


def reached(call: Call, debt: Callback, body: Mapping[str, Any], at: int) -> Iterable[Draft]:
    """The customer picked up a call placed from a seat: that is a real contact. Whether an
    apology was spoken only the operator can tell (`return_call apology=yes`)."""
    yield Draft(call.subject, "call_reached", body, at)
    if debt.open and not debt.made and call.claimed_by:
        made = {"by": call.claimed_by, "apology": False, "call": call.key}
        yield Draft(debt.subject, "callback_made", made, at)


def not_reached(call: Call, debt: Callback, body: Mapping[str, Any], at: int) -> Iterable[Draft]:
    """A call placed from a seat reached nobody: an attempt, if the customer's telephone rang
    or was busy. It stops nothing (D-14)."""
    yield Draft(call.subject, "call_not_reached", body, at)
    if debt.open and call.claimed_by and body.get("reason") in TRIED:
        tried = {"by": call.claimed_by, "call": call.key}
        yield Draft(debt.subject, "callback_tried", tried, at)


def drop_callback(situation: Situation) -> Iterable[Draft]:
    debt = _debt(situation)
    if debt.attempts < ATTEMPTS_BEFORE_DROPPING:
        raise RefusedError(
            "W-02",
            M(
                "This caller was tried {n} times; {least} attempts come first.",
                n=debt.attempts,
                least=ATTEMPTS_BEFORE_DROPPING,
            ),
            M("Try again later (return_call reached=no records an attempt)."),
            "000 III.3.1.1",
        )
    yield Draft(debt.subject, "callback_dropped", {"reason": situation.args["reason"]})


def _debt(situation: Situation) -> Callback:
    call = situation.about_call
    number = call.number if call else situation.args.get("number", "")
    debt = situation.world.callback(number) if number else None
    if debt is None or not debt.open:
        raise RefusedError(
            "W-02",
            M("No missed call of this number is waiting."),
            M("See `console show calls` for the missed calls there are."),
        )
    return debt


_PARAMS = (
    Phone(key="number", label=L("号码", "number")),
    Text(key="call", label=L("来电", "call")),
)

COMMANDS = (
    Command(
        "return_call",
        L("回电", "call back"),
        "nothing",
        return_call,
        (
            *_PARAMS,
            Flag(key="reached", label=L("已联系上", "reached")),
            Flag(key="apology", label=L("已致歉", "apologised")),
        ),
        permission="answer",
        clause="000 III.1.5.6",
        words=("回电", "callback"),
    ),
    Command(
        "drop_callback",
        L("放弃回电", "give up calling back"),
        "nothing",
        drop_callback,
        (*_PARAMS, Text(key="reason", label=L("理由", "reason"), required="intake")),
        permission="drop_callback",
        clause="000 III.3.1.1",
        words=("放弃回电",),
    ),
)
