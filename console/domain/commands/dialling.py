"""The command that calls somebody from a seat: first its own telephone rings (W-02, W-03).

The command only asks; the process that runs the telephone lines places the call and says
what became of it. Until the customer picks up nothing has happened to any clock (D-14).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from console.domain.commands.command import WORKERS, Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Text
from console.domain.numbers import PhoneNumber, digits, understand
from console.domain.refusal import RefusedError
from console.domain.words import L, M

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
    number = _number(situation)
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
    key = f"console-{exchange}-{situation.world.new_call()}"
    yield Draft(f"call:{key}", "call_requested", body)


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
        ),
        WORKERS,
        clause="000 III.1.5.6",
        words=("拨打", "呼叫"),
    ),
)
