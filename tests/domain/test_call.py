"""A call, folded from what the telephone line reported."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.call import Call, fold, is_repeated
from console.domain.facts import Fact

RANG = ("call_rang", {"number": "13955501953", "e164": "+8613955501953", "direction": "in"})
ANSWERED = ("call_answered", {"station": "8001"})
ENDED = ("call_ended", {"cause": "hangup"})


def call(*facts: tuple[str, dict[str, Any]]) -> Call:
    """A call whose n-th fact happens n seconds after 100."""
    return fold(
        "a",
        [Fact(n, 100 + n, 100 + n, "lin", "seat 1", "call:a", *one) for n, one in enumerate(facts)],
    )


@pytest.mark.parametrize(
    ("facts", "state", "live"),
    [
        ((RANG,), "ringing", True),
        ((RANG, ("call_queued", {"queue": "support"})), "queued", True),
        ((RANG, ANSWERED), "answered", True),
        ((RANG, ANSWERED, ("call_queued", {"queue": "x"})), "answered", True),
        ((RANG, ANSWERED, ENDED), "ended", False),
        ((RANG, ("call_missed", {"reason": "abandoned"})), "missed", False),
        ((RANG, ("call_missed", {"reason": "abandoned"}), ANSWERED), "missed", False),
    ],
)
def test_states(facts: tuple[Any, ...], state: str, live: bool) -> None:
    assert (call(*facts).state, call(*facts).live) == (state, live)


def test_who_rang() -> None:
    rang = call(("call_rang", dict(RANG[1], name="彭工", did="4008001234", exchange="hq")))
    assert (rang.number, rang.received, rang.shown) == (
        "+8613955501953",
        "13955501953",
        "+8613955501953",
    )
    assert (rang.name, rang.did, rang.exchange, rang.rang_at) == ("彭工", "4008001234", "hq", 100)


def test_a_number_nobody_understands_is_kept_as_received() -> None:
    assert call(("call_rang", {"number": "unknown"})).number == "unknown"


def test_a_withheld_number_is_not_shown() -> None:
    assert call(RANG, ("call_withheld", {})).shown == ""


def test_waiting_counts_from_the_first_ring() -> None:
    queued = call(RANG, ("call_queued", {"queue": "support"}))
    assert (queued.since, queued.rang_at) == (100, 100)
    assert call(RANG, ("call_queued", {}), ANSWERED).since == 102


def test_the_telephones_that_ring() -> None:
    offered = [("call_offered", {"station": station}) for station in ("8001", "8002", "8001")]
    assert call(RANG, *offered).stations == ("8001", "8002")
    withdrawn = ("call_withdrawn", {"station": "8001"})
    assert call(RANG, *offered, withdrawn).stations == ("8002",)
    assert call(RANG, *offered, ANSWERED).stations == ()


def test_a_transferred_call_is_one_call_with_two_answers() -> None:
    transferred = ("call_transferred", {"station": "8001", "to": "8016"})
    both = call(RANG, ANSWERED, transferred, ("call_answered", {"station": "8016"}), ENDED)
    assert both.answers == ((101, "8001"), (103, "8016"))
    assert (both.state, both.since, both.ended_at) == ("ended", 104, 104)


def test_a_claim_belongs_to_the_last_who_made_it() -> None:
    claimed = call(RANG, ("call_claimed", {}))
    assert (claimed.claimed_by, claimed.claimed_at, claimed.claimed_seat) == ("lin", 101, "seat 1")
    assert claimed.state == "ringing"


def test_a_call_the_console_placed_goes_out() -> None:
    assert call(("call_dialled", {"number": "1", "station": "8001"})).direction == "out"
    assert call(RANG).direction == "in"


def test_cases_and_recording() -> None:
    joined = [("case_joined", {"case": number}) for number in (1001, 1002, 1001)]
    full = call(RANG, *joined, ("call_recording", {"path": "a.wav"}))
    assert (full.cases, full.recording) == ((1001, 1002), "a.wav")
    assert call(RANG, ("call_missed", {"reason": "outage"})).missed_reason == "outage"


def test_unknown_facts_are_kept_and_change_nothing() -> None:
    later = call(RANG, ("call_hummed", {"tune": "x"}))
    assert (later.state, later.version, len(later.facts)) == ("ringing", 1, 2)


@pytest.mark.parametrize(
    ("before", "report", "repeated"),
    [
        ((), ANSWERED, False),
        ((ANSWERED,), ANSWERED, True),
        ((ANSWERED,), ("call_answered", {"station": "8002"}), False),
        ((ANSWERED, ("call_transferred", {"station": "8001", "to": "8016"})), ANSWERED, False),
        ((("call_offered", {"station": "8001"}),), ("call_offered", {"station": "8001"}), True),
        ((("call_offered", {"station": "8001"}),), ("call_offered", {"station": "8002"}), False),
        (
            (("call_offered", {"station": "8001"}), ("call_withdrawn", {"station": "8001"})),
            ("call_offered", {"station": "8001"}),
            False,
        ),
        ((("call_queued", {"queue": "a"}),), ("call_queued", {"queue": "a"}), True),
        ((("call_queued", {"queue": "a"}),), ("call_queued", {"queue": "b"}), False),
        ((("call_recording", {"path": "a"}),), ("call_recording", {"path": "a"}), True),
    ],
)
def test_what_a_line_repeats(before: tuple[Any, ...], report: Any, repeated: bool) -> None:
    assert is_repeated(call(RANG, *before), *report) is repeated
