"""Logins, lost connections, and what a snapshot makes of the calls known before."""

from __future__ import annotations

import pytest

from console.sources.ami import Message
from console.sources.line_trouble import LoginRefusedError
from tests.sources.lines import (
    NOW,
    ROOT,
    STATUS_COMPLETE,
    STATUS_FOLLOWS,
    Line,
    event,
    greeting,
    kinds,
    message,
    rings,
    status,
    talking,
)


@pytest.mark.parametrize("said", ["Authentication failed", "Permission denied", ""])
def test_a_refused_login_is_fatal(line: Line, said: str) -> None:
    refusal = Message(f"Asterisk Call Manager/11.0.0\r\nResponse: Error\r\nMessage: {said}")
    with pytest.raises(LoginRefusedError, match=said or "no reason given"):
        line.hears(refusal)


def test_an_action_refused_after_login_is_not(line: Line) -> None:
    denied = message(Response="Error", ActionID="x", Message="Permission denied")
    assert line.hears(greeting(), denied) == []


def test_a_login_asks_for_everything_that_is_up() -> None:
    line = Line(queues=frozenset({"support", "sales"}))
    line.hears(greeting())
    actions = line.exchange.actions()
    assert [(a["Action"], a.get("Queue")) for a in actions] == [
        ("CoreStatus", None),
        ("Status", None),
        ("QueueStatus", "sales"),
        ("QueueStatus", "support"),
    ]
    assert "CALLERID(pres)" in actions[1]["Variables"]
    assert len({a["ActionID"] for a in actions}) == len(actions)
    unfiltered = Line()
    unfiltered.hears(greeting())
    assert unfiltered.exchange.actions()[-1].keys() == {"Action", "ActionID"}


def test_what_happens_while_the_snapshot_is_sent_is_not_lost(line: Line) -> None:
    line.exchange.disconnected()
    events = line.hears(
        greeting(),
        STATUS_FOLLOWS,
        status(ROOT, DNID="4008001234", CallerIDNum="13955501953"),
        event("DialBegin", leg="hq-1.1", seat="8001"),
        rings("hq-2.0"),
        event("DialEnd", leg="hq-1.1", seat="8001", DialStatus="ANSWER"),
        STATUS_COMPLETE,
        event("Hangup", **{"Cause-txt": "Normal Clearing"}),
    )
    assert [(e.call, e.kind) for e in events] == [
        (ROOT, "call_rang"),
        (ROOT, "call_offered"),
        ("hq-2.0", "call_rang"),
        (ROOT, "call_answered"),
        (ROOT, "call_ended"),
    ]
    assert line.exchange.open_calls == ("hq-2.0",)


def test_a_hangup_told_before_the_snapshot_was_complete_is_no_outage(line: Line) -> None:
    line.hears(rings())
    line.exchange.disconnected()
    events = line.hears(
        greeting(), STATUS_FOLLOWS, event("HangupRequest"), event("Hangup"), STATUS_COMPLETE
    )
    assert [e.body for e in events] == [{"reason": "abandoned"}]


def test_answered_calls_gone_in_an_outage_ended_and_the_others_are_missed(line: Line) -> None:
    talking(line)
    line.hears(rings("hq-2.0"))
    line.exchange.place("cb:1", "13955501953", "8002", NOW)
    line.exchange.disconnected()
    events = line.hears(greeting(), STATUS_FOLLOWS, STATUS_COMPLETE)
    assert [(e.call, e.kind, dict(e.body)) for e in events] == [
        (ROOT, "call_ended", {"cause": "outage"}),
        ("hq-2.0", "call_missed", {"reason": "outage"}),
        ("cb:1", "call_not_reached", {"reason": "no_station"}),
        ("cb:1", "call_ended", {"cause": "outage"}),
    ]


def test_a_call_answered_during_the_outage_is_answered(line: Line) -> None:
    line.hears(
        rings(),
        event("DialBegin", leg="hq-1.1", seat="8001"),
        event("DialBegin", leg="hq-1.2", seat="8002"),
    )
    line.exchange.disconnected()
    leg = {"Channel": "PJSIP/8001-00000001", "BridgeID": "b"}
    events = line.hears(
        greeting(),
        STATUS_FOLLOWS,
        status(ROOT, BridgeID="b"),
        status(ROOT, "hq-1.1", **leg),
        STATUS_COMPLETE,
    )
    assert kinds(events) == ["answered", "withdrawn"]
    assert events[1].body == {"station": "8002", "reason": "answered_elsewhere"}


def test_a_telephone_that_is_up_but_not_joined_to_the_caller_has_not_answered(line: Line) -> None:
    consulting = status(ROOT, "hq-1.1", Channel="PJSIP/8001-00000001")
    caller = status(ROOT, DNID="4008001234", BridgeID="b")
    events = line.hears(greeting(), STATUS_FOLLOWS, caller, consulting, STATUS_COMPLETE)
    assert kinds(events) == ["rang"]


def test_a_queue_told_after_the_channels(line: Line) -> None:
    events = line.hears(
        greeting(),
        STATUS_FOLLOWS,
        status(ROOT, DNID="4008001234"),
        STATUS_COMPLETE,
        message(Event="QueueEntry", Queue="support", Uniqueid=ROOT, Wait="7"),
    )
    assert kinds(events) == ["rang", "queued"]
    assert events[0].at == NOW + 1 - 30
    assert events[1].at == NOW + 4 - 7


def test_a_withheld_number_found_after_an_outage(line: Line) -> None:
    row = status(ROOT, DNID="4008001234", Variable="CALLERID(pres)=prohib_not_screened")
    [rang] = line.hears(greeting(), STATUS_FOLLOWS, row, STATUS_COMPLETE)
    assert rang.body["withheld"] is True


@pytest.mark.parametrize(
    "row",
    [
        status(ROOT, Channel="PJSIP/8001-00000001", DNID="8002"),
        status(ROOT, Channel="Local/8001@x-00000001;1", DNID="8002"),
        status(ROOT),
    ],
)
def test_internal_channels_of_a_snapshot_are_no_calls(line: Line, row: Message) -> None:
    assert line.hears(greeting(), STATUS_FOLLOWS, row, STATUS_COMPLETE) == []


def test_asking_for_the_status_again_ends_nothing(line: Line) -> None:
    talking(line)
    assert line.hears(STATUS_FOLLOWS, STATUS_COMPLETE) == []
    assert line.exchange.open_calls == (ROOT,)


def test_an_exchange_started_anew_has_lost_all_its_calls(line: Line) -> None:
    def core(time: str) -> Message:
        return message(Response="Success", CoreStartupDate="2026-11-22", CoreStartupTime=time)

    assert line.hears(greeting(), core("04:16:27"), rings(), core("04:16:27")) != []
    line.exchange.disconnected()
    events = line.hears(greeting(), core("05:00:00"))
    assert kinds(events) == ["missed"]


def test_a_snapshot_cut_off_by_another_outage_loses_no_event(line: Line) -> None:
    line.hears(rings(), greeting(), STATUS_FOLLOWS, event("Hangup"))
    assert kinds(line.exchange.disconnected()) == ["missed"]


def test_a_snapshot_that_never_ends_is_given_up(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.sources.snapshot._HELD_LIMIT", 5)
    events = line.hears(STATUS_FOLLOWS, *(rings(f"hq-{n}.0") for n in range(8)))
    assert kinds(events) == ["rang"] * 8


def test_a_shutdown_ends_what_is_up(line: Line) -> None:
    talking(line)
    line.hears(rings("hq-2.0"))
    line.exchange.place("cb:1", "13955501953", "8002", NOW)
    events = line.hears(message(Event="Shutdown", Shutdown="Cleanly"), event("Hangup"))
    assert [(e.call, e.kind, dict(e.body)) for e in events] == [
        (ROOT, "call_ended", {"cause": "exchange stopped"}),
        ("hq-2.0", "call_missed", {"reason": "outage"}),
        ("cb:1", "call_not_reached", {"reason": "no_station"}),
        ("cb:1", "call_ended", {"cause": "exchange stopped"}),
    ]
    assert line.exchange.open_calls == ()


def test_calls_open_before_a_restart_of_the_console_are_settled() -> None:
    line = Line(name="hq")
    line.exchange.recall(f"hq:{ROOT}", answered=False)
    line.exchange.recall("hq:hq-2.0", answered=True)
    line.exchange.recall("hq:hq-3.0", answered=False)
    alive = status("hq-3.0", DNID="4008001234")
    events = line.hears(greeting(), STATUS_FOLLOWS, alive, STATUS_COMPLETE)
    assert [(e.call, e.kind) for e in events] == [
        (f"hq:{ROOT}", "call_missed"),
        ("hq:hq-2.0", "call_ended"),
    ]
    assert line.exchange.open_calls == ("hq:hq-3.0",)
