"""The command that calls somebody from a seat: first its own telephone rings (W-02, W-03).

The command only asks; the process that runs the telephone lines places the call and says
what became of it. Until the customer picks up nothing has happened to any clock (D-14).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from console.domain.call import Call
from console.domain.case import Case
from console.domain.commands.callbacks import TRIED
from console.domain.commands.command import Command, Situation
from console.domain.commands.contact import roles_of
from console.domain.facts import Draft
from console.domain.fields import Text
from console.domain.numbers import PhoneNumber, digits, understand
from console.domain.people import Person
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Named

_EXTENSION = re.compile(r"[0-9]{2,8}")


def dial(situation: Situation) -> Iterable[Draft]:
    station = situation.actor.extension
    if not _EXTENSION.fullmatch(station):
        raise RefusedError(
            "dial",
            M("No telephone is known at your desk."),
            M(
                "Enter its number: console people change {person} extension=8001.",
                person=situation.actor.key,
            ),
        )
    person = _colleague(situation)
    number = _number(situation) if person is None else _number_of(person)
    dialled = digits(number)
    if not dialled:
        raise RefusedError(
            "dial",
            M("“{number}” cannot be dialled.", number=number.received),
            M("Give the whole number, with its area code (number=…)."),
        )
    exchange = _exchange(situation)
    body: dict[str, Any] = {
        "number": dialled,
        "e164": number.e164 or "",
        "shown": number.shown,
        "name": situation.about_call.name if situation.about_call else "",
        "station": station,
        "exchange": exchange,
        "direction": "out",
    }
    if situation.about_case is not None:
        body["case"] = situation.about_case.number
    if person is not None:
        body |= {"person": person.key, "name": person.name}
    key = f"console-{exchange}-{situation.world.new_call()}"
    yield Draft(f"call:{key}", "call_requested", body)


def told(call: Call, case: Case, *, picked_up: bool, reason: str, at: int) -> Iterable[Draft]:
    """What a case learns of a call placed about it: our own person or the customer was
    reached, or was not. An attempt stops nothing (D-14)."""
    if not picked_up and reason not in TRIED:
        return
    body: dict[str, Any] = {"channel": "phone", "call": call.key}
    if call.called:
        roles, _ = roles_of(case, call.called, "phone")
        body["person"] = call.called
        for role in roles if picked_up else roles[:1]:
            kind = "role_reached" if picked_up else "role_missed"
            yield Draft(case.subject, kind, {"role": role, **body}, at)
        return
    body |= {"by": call.claimed_by, "role": case.role_of(call.claimed_by)}
    yield Draft(case.subject, "customer_contacted" if picked_up else "contact_missed", body, at)


def _colleague(situation: Situation) -> Person | None:
    """Our own person to be called, by name or as the slot they fill for the case."""
    typed = situation.args.get("who")
    if not typed:
        return None
    if situation.about_case is None:
        raise RefusedError("dial", M("About which case?"), M("Add case=NUMBER."))
    return situation.person(typed, L("呼叫谁", "whom to call"))


def _number_of(person: Person) -> PhoneNumber:
    number = person.extension or person.phone
    if number:
        return understand(number)
    raise RefusedError(
        "dial",
        M("No number of {who} is known.", who=Named(person.key)),
        M("Enter it: console people change {person} phone=….", person=person.key),
    )


def _number(situation: Situation) -> PhoneNumber:
    """The number named, else that of the call, else that of the case."""
    typed = situation.args.get("number", "")
    call = situation.about_call
    if not typed and call is not None:
        if call.withheld:
            raise RefusedError(
                "dial",
                M("This caller hides the number."),
                M("Ask for it, and give it as number=…"),
            )
        typed = call.number
    if not typed and situation.about_case is not None:
        attributes = situation.about_case.attributes
        typed = str(attributes.get("contact_phone") or attributes["number"] or "")
    if not typed:
        raise RefusedError("dial", M("Whom?"), M("Add number=…, call=KEY or case=NUMBER."))
    return understand(typed, area_code=situation.world.area_code)


def _exchange(situation: Situation) -> str:
    """The exchange to place the call on: the one the caller came by, if it is up."""
    running = situation.world.exchanges()
    if not running:
        raise RefusedError(
            "dial",
            M("No telephone line is running that could place the call."),
            M("Dial by hand; `console show lines` and `console doctor` say what is wrong."),
        )
    call = situation.about_call
    return call.exchange if call is not None and call.exchange in running else running[0]


COMMANDS = (
    Command(
        "dial",
        L("拨号", "call from the seat"),
        "nothing",
        dial,
        (
            Text(key="number", label=L("号码", "number")),
            Text(key="call", label=L("来电", "call")),
            Text(key="case", label=L("工单", "case")),
            Text(key="who", label=L("呼叫谁", "whom")),
        ),
        permission="work",
        clause="000 III.1.5.6",
        words=("拨打", "呼叫"),
    ),
)
