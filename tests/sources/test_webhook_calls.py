"""What the events of a hosted exchange mean, in whatever order and however often they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.call import Call, fold
from console.domain.call_events import CallEvent
from console.domain.facts import Fact
from console.sources.line_settings import Did
from console.sources.webhook_calls import LATEST, REUSED, SETTLE, HostedCalls
from console.sources.webhook_config import WebhookSettings
from console.sources.webhook_event import HookEvent

NOW = 1_800_000_000
RING, TALK = 60, 600
SETTINGS = WebhookSettings("cloud", "x" * 16, ring_limit=RING, talk_limit=TALK)


def told(kind: str, call: str = "1", **more: object) -> HookEvent:
    start = HookEvent(kind, call, number="13955501953", called="4008001234")
    return replace(start, **more)  # type: ignore[arg-type]


class Exchange:
    """A hosted exchange: each event comes a second after the one before."""

    def __init__(self, settings: WebhookSettings = SETTINGS) -> None:
        self.calls = HostedCalls(settings)
        self.now = NOW
        self.heard: list[CallEvent] = []

    def tells(self, *events: HookEvent) -> list[str]:
        """Kinds and stations of what came of these."""
        found = []
        for one in events:
            self.now += 1
            found += self.calls.hear(one, self.now)
        self.take_down(found)
        return words(found)

    def waits(self, seconds: int) -> list[str]:
        self.now += seconds
        found = self.calls.tick(self.now)
        self.take_down(found)
        return words(found)

    def take_down(self, events: Iterable[CallEvent]) -> None:
        """What the desk makes of it: no call begins anew, and one that is over stays so."""
        for event in events:
            call = self.ledger().get(event.call)
            begins = event.kind in ("call_rang", "call_dialled")
            if call is None or (call.live and not begins) or event.kind == "call_recording":
                self.heard.append(event)

    def last(self, kind: str) -> CallEvent:
        return [event for event in self.heard if event.kind == f"call_{kind}"][-1]

    def ledger(self) -> dict[str, Call]:
        """The calls the events make, folded the way the store does."""
        keys = dict.fromkeys(event.call for event in self.heard)
        return {key: fold(key, _facts(self.heard, key)) for key in keys}


def _facts(events: Iterable[CallEvent], call: str) -> list[Fact]:
    return [
        Fact(number, one.at, one.at, "line:cloud", "", f"call:{call}", one.kind, one.body)
        for number, one in enumerate(events, 1)
        if one.call == call
    ]


def words(events: Iterable[CallEvent]) -> list[str]:
    return [
        " ".join(
            [event.kind.removeprefix("call_")]
            + [str(event.body[key]) for key in ("station", "to", "reason") if key in event.body]
        ).strip()
        for event in events
    ]


NEW, ANSWER = told("newCall"), told("answer", answering="8001")
OVER = told("hangup", cause="normalClearing")


# --- as exchanges should tell it


def test_a_call_that_is_answered() -> None:
    exchange = Exchange()
    assert exchange.tells(NEW) == ["rang"]
    assert exchange.calls.open_calls == ("cloud:1",)
    assert exchange.tells(ANSWER) == ["answered 8001"]
    assert exchange.tells(OVER) == ["ended"]
    assert exchange.calls.open_calls == ()
    assert exchange.last("rang").body == {
        "number": "13955501953",
        "name": "",
        "did": "4008001234",
        "exchange": "cloud",
        "direction": "in",
        "withheld": False,
    }


def test_telephones_ring_until_one_of_them_is_picked_up() -> None:
    exchange = Exchange()
    rings = replace(NEW, users=("8001", "8002"), queue="support")
    assert exchange.tells(rings) == ["rang", "queued", "offered 8001", "offered 8002"]
    assert exchange.tells(replace(ANSWER, answering="8002")) == [
        "answered 8002",
        "withdrawn 8001 answered_elsewhere",
    ]


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        ("cancel", "abandoned"),
        ("noAnswer", "queue_timeout"),
        ("busy", "never_offered"),
        ("congestion", "never_offered"),
        ("notFound", "never_offered"),
        ("something new", "abandoned"),
    ],
)
def test_a_call_nobody_answered(cause: str, reason: str) -> None:
    exchange = Exchange()
    told_users = replace(NEW, users=("8001",))
    assert exchange.tells(told_users, told("hangup", cause=cause)) == [
        "rang",
        "offered 8001",
        "withdrawn 8001 cancelled",
        f"missed {reason}",
    ]


def test_a_call_that_is_handed_on() -> None:
    exchange = Exchange()
    exchange.tells(NEW, ANSWER)
    assert exchange.tells(replace(ANSWER, answering="8002")) == [
        "transferred 8001 8002",
        "answered 8002",
    ]


def test_a_call_that_went_elsewhere_is_neither_answered_nor_missed() -> None:
    exchange = Exchange()
    elsewhere = told("hangup", cause="forwarded")
    assert exchange.tells(NEW, elsewhere) == ["rang", "transferred", "ended"]
    assert exchange.ledger()["cloud:1"].state == "ended"


def test_a_withheld_number() -> None:
    exchange = Exchange()
    exchange.tells(replace(NEW, number="anonymous"))
    assert exchange.last("rang").body["withheld"] is True


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [("busy", "busy"), ("noAnswer", "no_answer"), ("cancel", "no_answer"), ("notFound", "failed")],
)
def test_a_call_made_from_the_hotline(cause: str, outcome: str) -> None:
    out = replace(NEW, outgoing=True, called="075555501234", users=("8001",))
    exchange = Exchange()
    assert exchange.tells(out) == ["dialled 8001"]
    assert exchange.last("dialled").body["number"] == "075555501234"
    assert exchange.tells(replace(out, kind="hangup", cause=cause)) == [
        f"not_reached {outcome}",
        "ended",
    ]
    other = [replace(out, id="2", kind=kind) for kind in ("newCall", "answer", "hangup", "hangup")]
    assert exchange.tells(*other) == ["dialled 8001", "reached", "ended"]
    assert exchange.ledger()["cloud:2"].outcome == "reached"


# --- late, twice, unknown, in the wrong order, not at all


def test_an_answer_without_a_beginning_is_a_call_all_the_same() -> None:
    exchange = Exchange()
    assert exchange.tells(ANSWER, NEW) == ["rang", "answered 8001"]


def test_an_end_waits_for_the_beginning_it_has_overtaken() -> None:
    exchange = Exchange()
    assert exchange.tells(OVER) == []
    assert exchange.calls.is_waiting("1")
    assert exchange.tells(replace(NEW, users=("8001",)), ANSWER) == [
        "rang",
        "offered 8001",
        "answered 8001",
        "ended",
    ]
    assert not exchange.calls.is_waiting("1")


def test_an_end_nothing_else_is_heard_of_is_a_missed_call() -> None:
    exchange = Exchange()
    exchange.tells(told("hangup", cause="cancel"), told("hangup", "2", cause="normalClearing"))
    assert exchange.waits(SETTLE) == ["rang", "missed abandoned", "rang", "missed outage"]
    assert exchange.tells(NEW) == []


def test_an_end_that_names_who_answered_tells_of_the_answer_too() -> None:
    exchange = Exchange()
    assert exchange.tells(NEW, replace(OVER, answering="8001")) == [
        "rang",
        "answered 8001",
        "ended",
    ]
    exchange.tells(replace(OVER, id="2", answering="8001"))
    assert exchange.waits(SETTLE) == ["rang", "answered 8001", "ended"]


def test_many_exchanges_call_every_end_a_normal_one() -> None:
    exchange = Exchange()
    assert exchange.tells(NEW, OVER) == ["rang"]
    assert exchange.waits(SETTLE - 1) == []
    assert exchange.waits(1) == ["missed abandoned"]


def test_waiting_ends_with_the_line() -> None:
    exchange = Exchange()
    exchange.tells(NEW, OVER, told("newCall", "2"))
    assert words(exchange.calls.settle(exchange.now)) == ["missed abandoned"]
    assert exchange.calls.open_calls == ("cloud:2",)


def test_what_is_told_twice_happened_once() -> None:
    exchange = Exchange()
    rings = replace(NEW, users=("8001",), queue="support", recording="a.wav")
    over = replace(OVER, recording="a.wav")
    heard = exchange.tells(rings, rings, ANSWER, ANSWER, rings, over, over, rings, ANSWER)
    assert heard == ["rang", "queued", "offered 8001", "recording", "answered 8001", "ended"]


def test_nothing_rings_for_ever() -> None:
    exchange = Exchange()
    exchange.tells(replace(NEW, users=("8001",)))
    assert exchange.waits(RING - 1) == []
    assert exchange.waits(1) == ["withdrawn 8001 cancelled", "missed outage"]
    assert exchange.last("missed").at == NOW + 1 + RING
    assert exchange.calls.open_calls == ()


def test_nobody_talks_for_ever() -> None:
    exchange = Exchange()
    exchange.tells(NEW, ANSWER, NEW)
    assert exchange.waits(TALK - 2) == []
    assert exchange.waits(1) == ["ended"]
    assert exchange.last("ended").at == NOW + 2 + TALK


def test_nobody_is_called_for_ever() -> None:
    exchange = Exchange()
    exchange.tells(replace(NEW, outgoing=True))
    assert exchange.waits(RING) == ["not_reached failed", "ended"]


def test_a_call_told_of_too_late_does_not_ring_but_what_follows_is_waited_for() -> None:
    exchange = Exchange()
    exchange.tells(replace(NEW, at=NOW - 1000), replace(ANSWER, at=NOW - 990))
    assert exchange.waits(1) == []
    assert exchange.tells(replace(OVER, at=NOW - 10)) == ["ended"]
    assert [exchange.last(kind).at for kind in ("rang", "answered", "ended")] == [
        NOW - 1000,
        NOW - 990,
        NOW - 10,
    ]
    exchange.tells(replace(NEW, id="2", at=NOW - 1000))
    assert exchange.waits(SETTLE) == ["missed outage"]
    assert exchange.last("missed").at == NOW - 1000 + RING


def test_the_time_told_is_believed_within_reason() -> None:
    exchange = Exchange()
    for number, at in enumerate((NOW + 500, NOW - LATEST - 5, 0)):
        exchange.tells(told("newCall", f"{number}", at=at))
        assert exchange.last("rang").at == exchange.now


def test_an_answer_older_than_the_latest_one_changes_nothing() -> None:
    exchange = Exchange()
    exchange.tells(replace(NEW, at=NOW - 9), replace(ANSWER, at=NOW - 5, answering="8002"))
    assert exchange.tells(replace(ANSWER, at=NOW - 7)) == []
    assert exchange.tells(replace(ANSWER, at=NOW - 5, answering="8002")) == []
    assert exchange.tells(replace(ANSWER, at=NOW - 3)) == ["transferred 8002 8001", "answered 8001"]


def test_a_recording_is_told_of_whenever_it_is_there() -> None:
    exchange = Exchange()
    exchange.tells(NEW, ANSWER, OVER)
    late = replace(OVER, recording="https://pbx.example/1.mp3")
    assert exchange.tells(late, late) == ["recording"]
    assert exchange.last("recording").body == {"path": "https://pbx.example/1.mp3"}


def test_an_unknown_event_is_none() -> None:
    exchange = Exchange()
    assert exchange.tells(told("dtmf"), told("")) == []


def test_an_id_that_comes_back_after_hours_is_another_call() -> None:
    exchange = Exchange()
    exchange.tells(NEW, ANSWER, OVER)
    exchange.waits(REUSED)
    assert exchange.tells(ANSWER, OVER) == []
    assert exchange.tells(NEW, NEW, ANSWER, OVER) == ["rang", "answered 8001", "ended"]
    assert [call.state for call in exchange.ledger().values()] == ["ended", "ended"]
    assert list(exchange.ledger()) == ["cloud:1", f"cloud:1~{NOW + REUSED + 6}"]


# --- whose call it is


def test_only_the_numbers_of_the_hotline_ring() -> None:
    settings = replace(SETTINGS, dids={"4008001234": Did("4008001234", "power")})
    exchange = Exchange(settings)
    assert exchange.tells(replace(NEW, called="4009009999")) == []
    assert exchange.tells(replace(NEW, id="2", called="864008001234")) == ["rang"]
    assert exchange.last("rang").body["did"] == "4008001234"
    assert exchange.tells(replace(NEW, id="3", called="")) == ["rang"]
    assert exchange.tells(replace(NEW, id="4", called="1", outgoing=True)) == ["dialled"]


@pytest.mark.parametrize(
    ("answering", "users", "station"),
    [
        ("8001", (), "8001"),
        ("", ("8001",), "8001"),
        ("4008001234-8002", (), "8002"),
        ("", ("Li Na",), "8003"),
        ("li.na@example.com", ("Li Na",), "8003"),
        ("13800005555", (), "13800005555"),
        ("", ("Wang Wei",), "Wang Wei"),
        ("", (), ""),
    ],
)
def test_who_answered(answering: str, users: tuple[str, ...], station: str) -> None:
    settings = replace(
        SETTINGS,
        seats={"Li Na": "8003"},
        station_pattern=r"(?:4008001234-)?(?P<station>\d{4})",
    )
    exchange = Exchange(settings)
    exchange.tells(NEW, replace(ANSWER, answering=answering, users=users))
    assert exchange.last("answered").body["station"] == station
    # That nobody in particular answered once more says nothing new.
    assert exchange.tells(replace(ANSWER, answering="", users=())) == []


# --- known again after a restart


def restarted(exchange: Exchange) -> Exchange:
    fresh = Exchange()
    fresh.now, fresh.heard = exchange.now, exchange.heard
    for call in exchange.ledger().values():
        if call.live:
            fresh.calls.recall(call, fresh.now)
    return fresh


def test_a_restart_forgets_no_call_and_doubles_none() -> None:
    exchange = Exchange()
    exchange.tells(
        replace(NEW, users=("8001",)),
        told("newCall", "2"),
        told("answer", "2", answering="8002"),
        replace(NEW, id="3", outgoing=True),
    )
    fresh = restarted(exchange)
    assert fresh.calls.open_calls == ("cloud:1", "cloud:2", "cloud:3")
    assert fresh.tells(NEW, told("answer", "2", answering="8002")) == []
    assert fresh.tells(told("hangup", "2"), told("answer", "3")) == ["ended", "reached"]
    assert fresh.tells(told("hangup", cause="cancel"), told("hangup", "3")) == [
        "withdrawn 8001 cancelled",
        "missed abandoned",
        "ended",
    ]
    assert len(fresh.ledger()) == 3


def test_limits_run_on_through_a_restart() -> None:
    exchange = Exchange()
    exchange.tells(NEW, told("newCall", "2"), told("answer", "2"))
    exchange.waits(RING - 10)
    fresh = restarted(exchange)
    assert fresh.waits(9) == ["missed outage"]
    assert fresh.waits(TALK) == ["ended"]


def test_calls_of_other_lines_are_left_alone() -> None:
    exchange = Exchange()
    exchange.calls.recall(Call("clouds:1", state="ringing"), NOW)
    exchange.calls.recall(Call("console-cloud-7", state="requested", direction="out"), NOW)
    assert exchange.calls.open_calls == ()


# --- any order, any repetition


@dataclass(frozen=True)
class Script:
    """A call as it really went: who answered one after another (nobody: missed), and how
    the exchange said that it was over."""

    answers: tuple[str, ...]
    cause: str
    named: bool

    def events(self, call: str, start: int) -> list[HookEvent]:
        """What a truthful exchange tells, with the time of each."""
        events = [told("newCall", call, at=start)]
        for number, station in enumerate(self.answers, 1):
            events.append(told("answer", call, at=start + number, answering=station))
        by = self.answers[-1] if self.named and self.answers else ""
        end = start + len(events)
        return [*events, told("hangup", call, at=end, cause=self.cause, answering=by)]


def scripts() -> st.SearchStrategy[Script]:
    seat = st.sampled_from(["8001", "8002", "8003"])
    talk = st.lists(seat, min_size=1, max_size=3).filter(
        lambda found: all(a != b for a, b in pairwise(found))
    )
    answered = st.builds(
        Script, talk.map(tuple), st.sampled_from(["normalClearing", ""]), st.booleans()
    )
    missed = st.builds(
        Script, st.just(()), st.sampled_from(["cancel", "noAnswer", "busy", ""]), st.just(False)
    )
    return answered | missed


def shuffled(data: st.DataObject, events: Sequence[HookEvent]) -> list[HookEvent]:
    """The events in some order, some of them more than once."""
    twice = data.draw(st.lists(st.sampled_from(events), max_size=len(events)))
    return data.draw(st.permutations([*events, *twice]))


@given(st.lists(scripts(), min_size=1, max_size=4), st.data())
def test_the_ledger_is_that_of_the_scripts(calls: list[Script], data: st.DataObject) -> None:
    """All events of all calls, within the time an end waits, in any order, repeated. Only
    who answered last may be missing, where the end has overtaken that answer."""
    exchange = Exchange()
    told_of = [call.events(f"{number}", NOW - 9) for number, call in enumerate(calls)]
    order = shuffled(data, [event for events in told_of for event in events])
    for one in order:
        exchange.take_down(exchange.calls.hear(one, NOW))
    exchange.waits(SETTLE)
    ledger = exchange.ledger()
    assert exchange.calls.open_calls == ()
    assert sorted(ledger) == [f"cloud:{number}" for number in range(len(calls))]
    for number, script in enumerate(calls):
        call = ledger[f"cloud:{number}"]
        assert call.state == ("ended" if script.answers else "missed")
        *_, latest, end = told_of[number]
        if order.index(latest) < order.index(end):
            assert [station for _, station in call.answers][-1:] == list(script.answers[-1:])
        assert {station for _, station in call.answers} <= set(script.answers)
        _once(call)


@given(st.lists(scripts(), min_size=1, max_size=3), st.data())
def test_whatever_is_lost_delayed_or_repeated_a_call_is_one_call(
    calls: list[Script], data: st.DataObject
) -> None:
    """Any of the events, with any time and restarts in between."""
    exchange = Exchange()
    events = [one for number, call in enumerate(calls) for one in call.events(f"{number}", NOW)]
    some = data.draw(st.lists(st.sampled_from(events), max_size=12))
    for one in some:
        if data.draw(st.integers(0, 5)) == 0:
            exchange = restarted(exchange)
        exchange.waits(data.draw(st.sampled_from([0, 1, SETTLE, RING, TALK])))
        exchange.take_down(exchange.calls.hear(one, exchange.now))
    for _ in range(2):
        exchange.waits(TALK)
    assert exchange.calls.open_calls == ()
    ledger = exchange.ledger()
    assert set(ledger) == {f"cloud:{one.id}" for one in some}
    for call in ledger.values():
        _once(call)


def _once(call: Call) -> None:
    kinds = [fact.kind for fact in call.facts]
    assert not call.live
    assert kinds[0] == "call_rang"
    assert kinds.count("call_rang") == 1
    assert kinds.count("call_ended") + kinds.count("call_missed") == 1
    instants = [fact.at for fact in call.facts]
    assert instants == sorted(instants)
    assert (call.state == "missed") is not bool(call.answers or "call_transferred" in kinds)
