"""Whom a call rings for, and that none waits unheard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.board import StripRow
from console.domain.call import Call
from console.domain.ringing import (
    ELSEWHERE,
    EVERYBODY,
    OVERFLOW_SECONDS,
    RINGS,
    WAITS,
    Listener,
    audible,
    heard,
    next_overflow,
    overflow_at,
)

NOW = 1_000_000
LIN = Listener("lin", "8001", known=frozenset(("8001", "8002")))
ZHOU = replace(LIN, person="zhou", extension="8002")
RINGING = Call("a", state="ringing", rang_at=NOW - 5)


@pytest.mark.parametrize(
    ("call", "seat", "expected"),
    [
        (RINGING, LIN, RINGS),
        (RINGING, EVERYBODY, WAITS),
        (RINGING, replace(LIN, on_call=True), WAITS),
        (RINGING, replace(LIN, on_shift=False), WAITS),
        (replace(RINGING, stations=("8001",)), LIN, RINGS),
        (replace(RINGING, stations=("8001",)), ZHOU, ELSEWHERE),
        (replace(RINGING, stations=("9000",)), ZHOU, RINGS),
        (replace(RINGING, line="emr"), replace(LIN, skills=frozenset(("power",))), ELSEWHERE),
        (replace(RINGING, line="emr"), replace(LIN, skills=frozenset(("emr",))), RINGS),
        (replace(RINGING, line="emr"), LIN, RINGS),
        (replace(RINGING, queue="night"), replace(LIN, skills=frozenset(("night",))), RINGS),
        (RINGING, replace(LIN, skills=frozenset(("power",))), RINGS),
        (replace(RINGING, claimed_by="zhou"), LIN, WAITS),
        (
            replace(RINGING, stations=("8001",), rang_at=NOW - OVERFLOW_SECONDS),
            ZHOU,
            RINGS,
        ),
    ],
)
def test_whom_it_rings_for(call: Call, seat: Listener, expected: str) -> None:
    assert heard(call, seat, NOW) == expected


def test_answered_elsewhere_vanishes_and_stays_where_it_was_answered() -> None:
    by_telephone = Call("a", state="answered", answers=((NOW, "8001"),))
    by_hand = Call("a", state="answered", answers=((NOW, ""),), claimed_by="zhou")
    assert (heard(by_telephone, LIN, NOW), heard(by_telephone, ZHOU, NOW)) == (WAITS, ELSEWHERE)
    assert (heard(by_hand, LIN, NOW), heard(by_hand, ZHOU, NOW)) == (ELSEWHERE, WAITS)


def test_what_waits_too_long_rings_everywhere_though_nothing_happens() -> None:
    row = StripRow("a", "1", "", "", "ringing", NOW, 0, 0, 0, "", "", ("8001",))
    hidden = row._replace(heard=ELSEWHERE, overflow_at=NOW + 15)
    answered = row._replace(call="b", heard=ELSEWHERE)
    assert audible([hidden, answered], NOW) == []
    assert next_overflow([hidden, answered], NOW) == NOW + 15
    assert [r.heard for r in audible([hidden, answered], NOW + 15)] == [RINGS]
    assert next_overflow([hidden, answered], NOW + 15) is None


def test_only_what_still_waits_overflows() -> None:
    assert overflow_at(RINGING) == RINGING.rang_at + OVERFLOW_SECONDS
    assert overflow_at(replace(RINGING, claimed_by="lin")) == 0
    assert overflow_at(replace(RINGING, state="answered")) == 0
