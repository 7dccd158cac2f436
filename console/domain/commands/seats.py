"""Commands about the seat itself: leave it, come back (W-21)."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Flag, Text
from console.domain.refusal import RefusedError
from console.domain.words import L, M


def leave_seat(situation: Situation) -> Iterable[Draft]:
    args = situation.args
    if args.get("expected") and not args.get("text"):
        raise RefusedError(
            "W-21",
            M("Somebody may call or come meanwhile: tell a colleague first."),
            M("Write whom you told (text=…)."),
            "000 III.1.2.7",
        )
    body = {"text": args.get("text", ""), "expected": bool(args.get("expected"))}
    yield Draft(f"seat:{_seat(situation)}", "seat_left", body)


def man_seat(situation: Situation) -> Iterable[Draft]:
    name = _seat(situation)
    if situation.world.seat(name).open:
        yield Draft(f"seat:{name}", "seat_manned")


def _seat(situation: Situation) -> str:
    name = situation.args.get("seat") or situation.seat
    if not name:
        raise RefusedError("seat", M("Which seat?"), M("Add seat=NAME."))
    return str(name)


_SEAT = Text(key="seat", label=L("席位", "seat"))

COMMANDS = (
    Command(
        "leave_seat",
        L("离开席位", "leave the seat"),
        "nothing",
        leave_seat,
        (
            _SEAT,
            Flag(key="expected", label=L("可能有来电来访", "calls or visitors expected")),
            Text(key="text", label=L("已告知谁", "whom you told")),
        ),
        permission="answer",
        clause="000 III.1.2.7",
        words=("离席",),
    ),
    Command(
        "man_seat",
        L("回到席位", "back at the seat"),
        "nothing",
        man_seat,
        (_SEAT,),
        permission="answer",
        clause="000 III.1.2.2",
        words=("回席",),
    ),
)
