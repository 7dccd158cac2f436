"""Recorded exchanges, taken down through the desk: what the calls come to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from console.desk import Desk, Who
from console.desk.verification import verify
from console.domain.call import Call
from console.domain.call_events import CallEvent
from console.sources.line_trouble import LoginRefusedError
from console.sources.recorder import enriched, record
from console.sources.replay import ReplaySource
from tests.installations import OPENING
from tests.sources.captures import PATHS, recording

Shown = tuple[str, tuple[str, ...], str]

BY_8001: Shown = ("ended", ("8001",), "")
BY_8002: Shown = ("ended", ("8002",), "")
TRANSFERRED: Shown = ("ended", ("8001", "8016"), "")
PLACED: Shown = ("ended", (), "")


def missed(reason: str) -> Shown:
    return ("missed", (), reason)


OUTCOMES: dict[str, list[Shown]] = {
    "a1": [BY_8001],
    "a2": [BY_8001],
    "a3": [BY_8002],
    "a4": [BY_8001],
    "b1": [missed("abandoned")],
    "b2": [missed("abandoned")],
    "b3": [missed("queue_timeout")],
    "b4": [missed("never_offered")],
    "c1": [BY_8002],
    "d1": [TRANSFERRED],
    "d2": [TRANSFERRED],
    "e1": [BY_8001, BY_8002],
    "f1": [BY_8001],
    "f2": [BY_8001],
    "f4": [BY_8001],
    "f6": [BY_8001],
    "g1": [missed("abandoned")] * 19,
    "h1": [
        BY_8001,
        BY_8002,
        missed("outage"),
        BY_8002,
        ("ended", ("8016",), ""),
        missed("abandoned"),
    ],
    "i1": [("ended", ("",), "")],
    "i2": [PLACED],
    "i3": [PLACED],
    "i4": [PLACED],
    "j1": [BY_8001, missed("abandoned"), missed("abandoned")],
    "k1": [],
    "k2": [BY_8001],
    "m1": [BY_8001],
    "o1": [BY_8001],
}


async def play(key: str, desk: Desk, source: ReplaySource | None = None) -> None:
    await record(source or ReplaySource(recording(key), speed=0), desk)


def oldest_first(desk: Desk) -> list[Call]:
    """Every call with its facts, in the order their first facts were written."""
    return sorted((desk.call(c.key) for c in desk.calls(200)), key=lambda call: call.facts[0].seq)


def shown(desk: Desk) -> list[Shown]:
    return [
        (call.state, tuple(station for _, station in call.answers), call.missed_reason)
        for call in oldest_first(desk)
    ]


def test_every_recording_is_played() -> None:
    assert set(OUTCOMES) | {"l1"} == set(PATHS)


@pytest.mark.parametrize("key", sorted(set(OUTCOMES) - {"k1"}))
async def test_outcome(desk: Desk, key: str) -> None:
    await play(key, desk)
    assert shown(desk) == OUTCOMES[key]
    assert verify(desk).problems == ()


async def test_a_refused_login_leaves_no_call(desk: Desk) -> None:
    with pytest.raises(LoginRefusedError):
        await play("k1", desk)
    assert desk.calls() == []


async def test_a_hundred_calls_twenty_at_once(desk: Desk) -> None:
    await play("l1", desk)
    calls = oldest_first(desk)
    assert len(calls) == 100
    assert {(call.state, len(call.answers)) for call in calls} == {("ended", 1)}


@pytest.mark.parametrize(
    ("key", "waited"), [("b1", 5), ("b2", 4), ("b3", 13), ("b4", 1), ("c1", 11)]
)
async def test_how_long_the_caller_waited(desk: Desk, key: str, waited: int) -> None:
    await play(key, desk)
    [call] = oldest_first(desk)
    end = call.answers[0][0] if call.answers else call.ended_at
    assert end is not None
    assert end - call.rang_at == waited


async def test_numbers_are_understood_or_kept(desk: Desk) -> None:
    await play("g1", desk)
    calls = oldest_first(desk)
    assert [call.number for call in calls] == [
        "+8613955501953",
        "+8675555509528",
        "55509528",
        "+8613955501953",
        "+8613955501953",
        "+8613955501953",
        "+8675555509528",
        "+8613955501953",
        "+864008001234",
        "+868008201234",
        "95588",
        "12345",
        "+14155550123",
        "+14155550123",
        "+85221231234",
        "+8613955501953",
        "+8675555509528",
        "+8613955501953",
        "unknown",
    ]
    assert calls[0].place["zh"]
    assert calls[0].received == "13955501953"


@pytest.mark.parametrize(
    ("key", "name"),
    [("f4", "张三 13955501953"), ("f6", 'Event: Hangup; a|b, \\\\\\"q\\\\\\" <x> %s & 100%')],
)
async def test_names_are_shown_safely(desk: Desk, key: str, name: str) -> None:
    await play(key, desk)
    [call] = oldest_first(desk)
    assert call.name == name


async def test_a_placed_call_goes_out_and_is_never_in_the_strip(desk: Desk) -> None:
    for event in await collect(ReplaySource(recording("i1"), speed=0)):
        desk.report(enriched(event))
        assert desk.strip() == []
    [call] = oldest_first(desk)
    assert (call.direction, call.number) == ("out", "+8613955501953")


async def test_a_placed_call_knows_whether_the_customer_was_reached(desk: Desk) -> None:
    outcomes = {}
    for key in ("i1", "i2", "i3", "i4"):
        await play(key, desk)
        outcomes[key] = getattr(desk.calls(1)[0], "outcome", None)
    assert outcomes == {"i1": "reached", "i2": "no_station", "i3": "busy", "i4": "no_answer"}


# --- repeated reports


async def collect(source: ReplaySource) -> list[CallEvent]:
    return [event async for event in source.events()]


class Stutter:
    """A source that says everything twice."""

    def __init__(self, source: ReplaySource) -> None:
        self._source = source

    async def events(self) -> AsyncIterator[CallEvent]:
        async for event in self._source.events():
            yield event
            yield event


@pytest.mark.parametrize("key", sorted(set(OUTCOMES) - {"k1"}))
async def test_a_recording_played_again_changes_nothing(desk: Desk, key: str) -> None:
    await play(key, desk)
    before = desk.store.last_seq()
    await play(key, desk)
    assert desk.store.last_seq() == before
    assert shown(desk) == OUTCOMES[key]


@pytest.mark.parametrize("key", sorted(set(OUTCOMES) - {"k1"}))
async def test_everything_said_twice_comes_to_the_same(desk: Desk, key: str) -> None:
    await record(Stutter(ReplaySource(recording(key), speed=0)), desk)
    assert shown(desk) == OUTCOMES[key]


async def test_answering_at_the_seat_and_at_the_telephone_is_one_answer(desk: Desk) -> None:
    events = await collect(ReplaySource(recording("a1"), speed=0))
    for event in events:
        desk.report(enriched(event))
        if event.kind == "call_offered":
            desk.do("answer", {"call": event.call}, Who("lin"), at=event.at)
    assert [answers for _, answers, _ in shown(desk)] == [("8001",)]


# --- what a report means for cases


async def test_the_end_of_the_call_reaches_the_case(desk: Desk) -> None:
    for event in await collect(ReplaySource(recording("a1"), speed=0)):
        if event.kind == "call_ended":
            desk.do("open", {**OPENING, "call": event.call}, Who("lin"), at=event.at - 1)
        outcome = desk.report(enriched(event))
    assert [fact.subject for fact in outcome.facts][-1] == "case:1001"
    contact = next(c for c in desk.case(1001).running() if c.key == "contact")
    assert contact.due == outcome.facts[-1].at + 900
    assert {fact.actor for fact in outcome.facts} == {"line:hotline"}
    assert {fact.actor for fact in desk.call(event.call).facts} >= {"line:hotline"}


def test_an_event_about_an_unknown_call_does_no_harm(desk: Desk) -> None:
    desk.report(CallEvent("zz", "call_ended", 1_795_320_000, {"cause": "x"}))
    assert desk.strip() == []
    assert verify(desk).problems == ()
