"""The call strip of a desk: claims and their age, hidden numbers, short codes, one number
behind which two people call."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk import Desk, Who
from console.desk.caller import caller_of
from console.domain.board import StripRow
from console.domain.call_events import CallEvent
from console.domain.refusal import RefusedError
from console.sources.recorder import enriched
from tests.installations import NOON, HandSet

LIN, ZHOU = Who("lin", "1"), Who("zhou", "2")


def rings(desk: Desk, call: str = "hq:1", number: str = "13955501953", **body: Any) -> None:
    told = {"number": number, "exchange": "hq", "did": "4008001234", **body}
    desk.report(enriched(CallEvent(call, "call_rang", desk.now(), told), "0755"))


def only(desk: Desk) -> StripRow:
    [row] = desk.strip()
    return row


def test_a_claim_grows_stale_after_a_minute_and_can_be_taken_over_then(
    desk: Desk, now: HandSet
) -> None:
    rings(desk)
    assert only(desk).stale_at == 0
    now.at += 5
    desk.do("claim", {"call": "hq:1"}, LIN)
    assert (only(desk).claimed_by, only(desk).stale_at) == ("lin", NOON + 65)
    now.at = NOON + 64
    with pytest.raises(RefusedError):
        desk.do("take_over", {"call": "hq:1"}, ZHOU)
    now.at += 1
    desk.do("take_over", {"call": "hq:1"}, ZHOU)
    assert (only(desk).claimed_by, only(desk).stale_at) == ("zhou", NOON + 125)


def test_a_claim_that_was_acted_on_does_not_grow_stale(desk: Desk) -> None:
    rings(desk)
    desk.do("claim", {"call": "hq:1"}, LIN)
    desk.report(CallEvent("hq:1", "call_answered", NOON + 3, {"station": "8001"}))
    assert (only(desk).claimed_by, only(desk).stale_at) == ("lin", 0)


def test_of_several_seats_exactly_one_claims(desk: Desk) -> None:
    rings(desk)
    desk.do("claim", {"call": "hq:1"}, LIN)
    with pytest.raises(RefusedError) as refused:
        desk.do("claim", {"call": "hq:1"}, ZHOU)
    assert refused.value.refusal.rule == "claim"
    assert only(desk).claimed_by == "lin"


def test_what_was_answered_elsewhere_no_longer_rings(desk: Desk) -> None:
    rings(desk)
    for station in ("8001", "8002"):
        desk.report(CallEvent("hq:1", "call_offered", NOON, {"station": station}))
    assert only(desk).stations == ("8001", "8002")
    desk.report(CallEvent("hq:1", "call_answered", NOON + 2, {"station": "8002"}))
    assert (only(desk).state, only(desk).stations) == ("answered", ())


@pytest.mark.parametrize("number", ["anonymous", "restricted", "Anonymous"])
def test_an_anonymous_caller_is_shown_as_such_and_owed_nothing(desk: Desk, number: str) -> None:
    rings(desk, number=number, withheld=True)
    assert (only(desk).number, only(desk).place, only(desk).history) == (number, "", 0)
    desk.report(CallEvent("hq:1", "call_missed", NOON + 9, {"reason": "abandoned"}))
    assert desk.strip() == []
    assert desk.owed() == []


def test_a_number_said_to_be_withheld_after_the_ring_is_shown_no_more(desk: Desk) -> None:
    rings(desk)
    assert only(desk).number == "139 5550 1953"
    desk.report(CallEvent("hq:1", "call_withheld", NOON))
    assert "1953" not in only(desk).number
    desk.report(CallEvent("hq:1", "call_missed", NOON + 9, {"reason": "abandoned"}))
    assert desk.owed() == []


@pytest.mark.parametrize("number", ["95588", "12345"])
def test_a_short_code_is_kept_as_it_is_and_owed_a_call(desk: Desk, number: str) -> None:
    rings(desk, number=number)
    assert only(desk).number == number
    desk.report(CallEvent("hq:1", "call_missed", NOON + 9, {"reason": "abandoned"}))
    assert [debt.number for debt in desk.owed()] == [number]


def test_a_local_number_is_completed_with_the_area_of_the_line(desk: Desk) -> None:
    rings(desk, number="55509528")
    assert only(desk).number == "0755 5550 9528"


def test_two_callers_behind_one_number_are_two_calls_and_one_debt(desk: Desk) -> None:
    rings(desk, "hq:1", name="张三")
    rings(desk, "hq:2", name="李四")
    assert [(row.call, row.caller) for row in desk.strip()] == [("hq:1", "张三"), ("hq:2", "李四")]
    desk.do("claim", {"call": "hq:1"}, LIN)
    desk.do("claim", {"call": "hq:2"}, ZHOU)
    assert [row.claimed_by for row in desk.strip()] == ["lin", "zhou"]
    for call in ("hq:1", "hq:2"):
        desk.report(CallEvent(call, "call_missed", NOON + 9, {"reason": "abandoned"}))
    [debt] = desk.owed()
    assert (debt.number, debt.rings, debt.since) == ("+8613955501953", 2, NOON + 9)
    assert [row.state for row in desk.strip()] == ["missed"]


def test_the_recording_is_kept_with_the_call_even_if_told_after_its_end(desk: Desk) -> None:
    rings(desk)
    desk.report(CallEvent("hq:1", "call_answered", NOON + 2, {"station": "8001"}))
    desk.report(CallEvent("hq:1", "call_ended", NOON + 9, {"cause": "Normal Clearing"}))
    desk.report(CallEvent("hq:1", "call_recording", NOON + 9, {"path": "2026/11/22/1.wav"}))
    assert desk.call("hq:1").recording == "2026/11/22/1.wav"


def test_the_number_called_says_which_line_and_what_to_say(desk: Desk) -> None:
    rings(desk, line="power", greeting="您好，电力热线")
    call = desk.call("hq:1")
    assert (call.line, call.greeting) == ("power", "您好，电力热线")
    assert caller_of(desk, call).values["line"] == "power"
    rings(desk, "hq:2", line="gone")
    assert "line" not in caller_of(desk, desk.call("hq:2")).values
