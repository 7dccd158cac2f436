"""Calls the console places itself: announced, picked up, reached or not, and why."""

from __future__ import annotations

from console.domain.call_events import CallEvent
from tests.sources.lines import NOW, Line, event, kinds, message


def test_a_placed_call_is_announced_before_the_exchange_says_anything(line: Line) -> None:
    [dialled] = line.exchange.place("cb:7", "13955501953", "8001", NOW)
    assert dialled == CallEvent(
        "cb:7", "call_dialled", NOW, {"number": "13955501953", "station": "8001"}
    )
    own = event("Newchannel", "cb:7", Channel="PJSIP/8001-00000001", Context="from-internal")
    assert line.hears(own) == []
    events = line.hears(
        event("DialEnd", "cb:7", leg="cb:7", seat="8001", DialStatus="ANSWER"),
        event("DialEnd", "cb:7", leg="hq-1.2", seat="PJSIP/one-0000000a", DialStatus="CONGESTION"),
        event("DialEnd", "cb:7", leg="hq-1.3", seat="PJSIP/two-0000000a", DialStatus="ANSWER"),
        event("Hangup", "cb:7", Cause="16"),
    )
    assert kinds(events) == ["station_answered", "reached", "ended"]
    assert events[1].body == {"number": "13955501953"}


def test_a_refused_originate_fails_at_once(line: Line) -> None:
    line.exchange.place("cb:8", "13955501953", "8001", NOW)
    events = line.hears(
        message(Response="Error", ActionID="cb:8", Message="Extension does not exist.")
    )
    assert [dict(e.body) for e in events] == [
        {"reason": "failed"},
        {"cause": "Extension does not exist."},
    ]
    assert line.exchange.open_calls == ()


def test_an_originate_that_found_no_telephone_is_known_by_its_action(line: Line) -> None:
    line.exchange.place("cb:9", "13955501953", "8001", NOW)
    events = line.hears(
        message(
            Event="OriginateResponse",
            Response="Failure",
            ActionID="cb:9",
            Uniqueid="<null>",
            Reason="0",
        )
    )
    assert kinds(events) == ["not_reached", "ended"]
    assert events[0].body == {"reason": "no_station"}


def test_a_placed_call_through_a_local_channel(line: Line) -> None:
    line.exchange.place("cb:5", "13955501953", "8001", NOW)
    events = line.hears(
        event("Newchannel", "cb:5", Channel="Local/8001@from-internal-00000001;1"),
        event("DialEnd", "cb:5", leg="hq-1.1", seat="8001", DialStatus="ANSWER"),
        event("DialEnd", "cb:5", leg="hq-1.2", seat="PJSIP/trunk-0000000a", DialStatus="BUSY"),
        event("Hangup", "cb:5"),
    )
    assert kinds(events) == ["station_answered", "not_reached", "ended"]
