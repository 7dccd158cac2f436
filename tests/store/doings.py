"""What a busy hotline does to a store: random commands, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from console.desk import Desk, Outcome, Who
from console.domain.refusal import RefusedError
from tests.installations import OPENING

CATEGORIES = ("technical", "complaint", "quote")
DIVISIONS = ("charging_pile", "storage", "")


class Doing(NamedTuple):
    """One command somebody gives."""

    name: str
    typed: dict[str, Any]
    who: str


def doings(source: random.Random) -> Iterator[Doing]:
    """Commands without end. Many are refused, as in life."""
    calls, cases = 0, 0
    while True:
        chance = source.random()
        if chance < 0.15 or not calls:
            calls += 1
            yield Doing("ring", {"number": f"1395550{calls:04}", "call": f"k{calls}"}, "lin")
        elif chance < 0.35:
            call = f"k{source.randint(1, calls)}"
            name = source.choice(("claim", "answer", "end_call", "miss_call", "take_over"))
            yield Doing(name, {"call": call}, source.choice(("lin", "zhou")))
        elif chance < 0.38 or not cases:
            cases += 1
            yield Doing("open", {**OPENING, "call": f"k{source.randint(1, calls)}"}, "lin")
        else:
            number = 1000 + source.randint(max(1, cases - 2), cases)
            yield from _finishing(number) if chance < 0.43 else (_about(source, number),)


def _about(source: random.Random, case: int) -> Doing:
    name, typed, who = source.choice(
        (
            ("record", {"reason": f"reason {source.random():.3}"}, "lin"),
            ("record", {"grid": source.choice(("state", "southern", "none"))}, "tan"),
            ("classify", {"category": source.choice(CATEGORIES)}, "lin"),
            ("classify", {"division": source.choice(DIVISIONS)}, "zhou"),
            ("assign", {"to": "he", "tracker": "tan"}, "lin"),
            ("assign", {"to": "wen"}, "zhou"),
            ("acknowledge", {}, "he"),
            ("contact", {"reached": source.choice(("yes", "no"))}, "he"),
            ("verify", {"answer": source.choice(("yes", "no"))}, "lin"),
            ("urge", {}, "lin"),
            ("promise", {"due": "+30m", "text": "于三十分钟内"}, "he"),
            ("note", {"text": "备注\n第二行"}, "tan"),
            ("reach", {"who": "dgm"}, "lin"),
            ("resolve", {"text": "done"}, "he"),
            ("confirm", {"who": "Peng"}, "lin"),
            ("reopen", {"reason": "repeat_call"}, "lin"),
        )
    )
    return Doing(name, {**typed, "case": case}, who)


def _finishing(case: int) -> Iterator[Doing]:
    """The way to the end of a case, if nothing forbids it."""
    yield Doing("resolve", {"text": "done", "case": case}, "he")
    yield Doing("confirm", {"who": "Peng", "case": case}, "lin")
    for who in ("lin", "wen"):
        yield Doing("close", {"reason": "agreed", "case": case}, who)


def do(desk: Desk, doing: Doing) -> Outcome | None:
    """Give a command; None when it was refused."""
    try:
        return desk.do(doing.name, doing.typed, Who(doing.who, "seat"))
    except RefusedError:
        return None
