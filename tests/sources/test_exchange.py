"""The state machine on what the recordings do not hold: odd orders, transfers, any stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.cleantext import is_clean
from console.sources.ami import Message
from tests.sources.lines import NOW, ROOT, Line, event, greeting, kinds, message, rings, talking

# Misses


def test_a_second_queue_may_still_answer_after_the_first_gave_up(line: Line) -> None:
    events = line.hears(
        rings(),
        event("QueueCallerJoin", Queue="support"),
        event("QueueCallerAbandon", Queue="support"),
        event("QueueCallerLeave", Queue="support"),
        event("QueueCallerJoin", Queue="sales"),
        event("DialBegin", leg="hq-1.1", seat="8002"),
        event("DialEnd", leg="hq-1.1", seat="8002", DialStatus="ANSWER"),
        event("Hangup", **{"Cause-txt": "Normal Clearing"}),
    )
    assert kinds(events) == ["rang", "queued", "queued", "offered", "answered", "ended"]


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ([], "never_offered"),
        ([event("HangupRequest")], "abandoned"),
        ([event("QueueCallerAbandon")], "queue_timeout"),
        ([event("QueueCallerAbandon"), event("HangupRequest")], "abandoned"),
        ([event("SoftHangupRequest", Cause="16")], "never_offered"),
        ([event("SoftHangupRequest", Cause="4")], "outage"),
        ([event("DialBegin", leg="hq-1.1", seat="8001")], "queue_timeout"),
    ],
)
def test_the_reason_of_a_miss(line: Line, before: list[Message], reason: str) -> None:
    events = line.hears(rings(), *before, event("Hangup"))
    assert events[-1].kind == "call_missed"
    assert events[-1].body == {"reason": reason}


def test_a_seat_declining_is_not_the_caller_giving_up(line: Line) -> None:
    declined = event("HangupRequest", Uniqueid="hq-1.1")
    events = line.hears(rings(), declined, event("QueueCallerAbandon"), event("Hangup"))
    assert events[-1].body == {"reason": "queue_timeout"}


def test_a_caller_channel_that_is_up_is_not_answered(line: Line) -> None:
    events = line.hears(rings(), event("Newstate", ChannelState="6"), event("Hangup"))
    assert kinds(events) == ["rang", "missed"]


def test_a_telephone_left_ringing_is_withdrawn_with_the_call(line: Line) -> None:
    events = line.hears(
        rings(),
        event("DialBegin", leg="hq-1.1", seat="8001"),
        event("HangupRequest"),
        event("Hangup"),
    )
    assert kinds(events) == ["rang", "offered", "withdrawn", "missed"]


def test_a_leg_hanging_up_withdraws_it_once(line: Line) -> None:
    events = line.hears(
        rings(),
        event("DialBegin", leg="hq-1.1", seat="8001"),
        event("DialBegin", leg="hq-1.1", seat="8001"),
        event("Hangup", Uniqueid="hq-1.1"),
        event("DialEnd", leg="hq-1.1", seat="8001", DialStatus="CANCEL"),
    )
    assert kinds(events) == ["rang", "offered", "withdrawn"]


def test_an_agent_behind_a_nameless_pipe_answers_once(line: Line) -> None:
    talking(line)
    pipe = "Local/s@agent-00000001;1"
    assert line.hears(event("AgentConnect", leg="hq-1.5", seat=pipe)) == []


def test_an_agent_without_a_telephone_is_known_by_the_queue_alone(line: Line) -> None:
    pipe = "Local/9001@robots-00000001;1"
    events = line.hears(rings(), event("AgentConnect", leg="hq-1.5", seat=pipe))
    assert [e.body for e in events[1:]] == [{"station": "9001"}]


# Which channels are calls


@pytest.mark.parametrize(
    "ignored",
    [
        rings(Linkedid="hq-0.9"),
        rings(Channel="Local/8001@from-queue-00000096;2"),
        rings(Context="from-internal"),
        rings(Uniqueid=""),
        event("Hangup"),
        event("DialBegin", leg="hq-1.1", seat="8001"),
        message(Event="Newchannel"),
        message(Event="FullyBooted"),
        Message(""),
    ],
)
def test_what_is_no_call(line: Line, ignored: Message) -> None:
    assert line.hears(ignored) == []


def test_a_call_rings_once_and_ends_once(line: Line) -> None:
    assert kinds(line.hears(rings(), rings(), event("Hangup"), event("Hangup"))) == [
        "rang",
        "missed",
    ]


def test_only_the_hotline_s_numbers_and_queues_are_followed() -> None:
    line = Line(dids=frozenset({"4008001234"}), queues=frozenset({"support"}))
    assert line.hears(rings(Exten="075555509599")) == []
    events = line.hears(
        rings(), event("QueueCallerJoin", Queue="x"), event("QueueCallerJoin", Queue="support")
    )
    assert [(e.kind, e.body.get("queue")) for e in events[1:]] == [("call_queued", "support")]


def test_a_named_exchange_keeps_its_calls_apart() -> None:
    [rang] = Line(name="hq").hears(rings())
    assert (rang.call, rang.body["exchange"]) == (f"hq:{ROOT}", "hq")


def test_stations_are_found_by_the_configured_pattern() -> None:
    line = Line(station_pattern=r"seat-(?P<station>\d+)")
    events = line.hears(
        rings(),
        event("DialBegin", leg="hq-1.1", seat="SIP/seat-12-0000beef"),
        event("DialBegin", leg="hq-1.2", seat="SIP/door-0000beef"),
    )
    assert [e.body["station"] for e in events[1:]] == ["12", "door"]


def test_the_instant_is_the_message_s_own_where_it_has_one(line: Line) -> None:
    [first] = line.hears(rings(Timestamp="1795322954.538223"))
    [second] = line.hears(rings("hq-2.0"))
    [third] = line.hears(rings("hq-3.0", Timestamp="nan"))
    assert (first.at, second.at, third.at) == (1795322954, NOW + 1, NOW + 2)


def test_a_name_in_gbk_is_left_out_rather_than_shown_broken(line: Line) -> None:
    [rang] = line.hears(rings(CallerIDName="\ufffd\ufffd\ufffd"))
    assert rang.body["name"] == ""


# Transfers


def test_an_attended_transfer_is_answered_by_who_was_asked_first(line: Line) -> None:
    talking(line)
    events = line.hears(
        message(
            Event="AttendedTransfer",
            Result="Success",
            OrigTransfererChannel="PJSIP/8001-00000001",
            OrigTransfererLinkedid=ROOT,
            TransfereeUniqueid=ROOT,
            TransfereeLinkedid=ROOT,
            TransferTargetChannel="PJSIP/8016-00000005",
            TransferTargetChannelState="6",
            TransferTargetUniqueid="hq-1.7",
        ),
        event("Hangup"),
    )
    assert kinds(events) == ["transferred", "answered", "ended"]
    assert events[0].body == {"station": "8001", "to": "8016"}
    assert events[1].body == {"station": "8016"}


def test_a_transfer_that_failed_is_none(line: Line) -> None:
    talking(line)
    failed = message(Event="BlindTransfer", Result="Fail", TransfereeUniqueid=ROOT)
    assert line.hears(failed) == []


def test_a_call_handed_back_is_answered_by_the_same_seat_again(line: Line) -> None:
    talking(line)
    handed = {"Result": "Success", "TransfereeUniqueid": ROOT}
    to_8001 = event("DialEnd", leg="hq-1.3", seat="8001", DialStatus="ANSWER")
    events = line.hears(message(Event="BlindTransfer", Extension="8001", **handed), to_8001)
    assert kinds(events) == ["transferred", "answered"]


def test_a_redirected_call_is_answered_again_without_a_transfer(line: Line) -> None:
    talking(line)
    events = line.hears(
        event("DialBegin", leg="hq-1.2", seat="8016"),
        event("DialEnd", leg="hq-1.2", seat="8016", DialStatus="ANSWER"),
    )
    assert kinds(events) == ["offered", "answered"]


def test_a_transferred_call_nobody_takes_is_not_missed(line: Line) -> None:
    talking(line)
    events = line.hears(
        message(
            Event="BlindTransfer",
            Result="Success",
            Extension="8016",
            TransfererChannel="PJSIP/8001-00000001",
            TransfereeUniqueid=ROOT,
        ),
        event("HangupRequest"),
        event("Hangup", Cause="16"),
    )
    assert kinds(events) == ["transferred", "ended"]
    assert events[-1].body == {"cause": "16"}


# Recording and presentation


def test_the_recording_path_is_asked_for_and_told_once(line: Line) -> None:
    line.hears(rings(), event("MixMonitorStart"))
    ask = {action["Variable"]: action for action in line.exchange.actions()}
    question = ask["MIXMONITOR_FILENAME"]
    assert question["Channel"] == "PJSIP/trunk-00000001"
    answer = message(Response="Success", ActionID=question["ActionID"], Value="day/1.wav")
    assert [e.body for e in line.hears(answer, answer)] == [{"path": "day/1.wav"}]
    assert line.exchange.actions() == []


def test_a_recording_path_set_by_the_dial_plan(line: Line) -> None:
    variable = event("VarSet", Variable="MIXMONITOR_FILENAME", Value="day/2.wav")
    assert line.hears(variable) == []
    assert kinds(line.hears(rings(), variable, event("VarSet", Variable="X", Value="1"))) == [
        "rang",
        "recording",
    ]


@pytest.mark.parametrize(
    ("presentation", "expected"),
    [("prohib_passed_screen", ["withheld"]), ("allowed_not_screened", [])],
)
def test_a_number_sent_in_clear_may_be_withheld_all_the_same(
    line: Line, presentation: str, expected: list[str]
) -> None:
    line.hears(rings())
    [question] = line.exchange.actions()
    assert question["Variable"] == "CALLERID(pres)"
    answer = message(Response="Success", ActionID=question["ActionID"], Value=presentation)
    assert kinds(line.hears(answer)) == expected


# Whatever comes

KINDS = """
Newchannel DialBegin DialEnd Hangup HangupRequest QueueCallerJoin QueueCallerLeave AgentCalled
QueueCallerAbandon AgentConnect AgentRingNoAnswer BlindTransfer AttendedTransfer VarSet
OriginateResponse Status StatusComplete QueueEntry Shutdown MixMonitorStart
"""
USUAL = {
    "Uniqueid": ROOT,
    "Linkedid": ROOT,
    "Channel": "PJSIP/trunk-00000001",
    "Context": "from-trunk",
    "DestUniqueid": "hq-1.1",
    "DestLinkedid": ROOT,
    "DestChannel": "PJSIP/8001-00000002",
    "DialStatus": "ANSWER",
    "Result": "Success",
    "TransfereeUniqueid": ROOT,
    "TransfererChannel": "PJSIP/8001-00000002",
    "ChannelState": "6",
    "Variable": "MIXMONITOR_FILENAME",
    "DNID": "4008001234",
}
ODD = (ROOT, "hq-1.1", "console-1", "Local/8001@q-00000001;2", "CANCEL", "5", "")
HOSTILE = "x\x1b[31m\0\u202e"

values = st.sampled_from([*ODD, HOSTILE])
EXTRA = """
CallerIDName CallerIDNum Queue Interface MemberName Value Exten Cause-txt Timestamp Response
ActionID BridgeID Extension
"""
keys = st.sampled_from([*USUAL, *EXTRA.split()])
streams = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(KINDS.split()), st.dictionaries(keys, values, max_size=4)),
        st.just(("", {"Response": "Success", "Message": "Channel status will follow"})),
        st.just(("", dict(greeting()))),
    ),
    max_size=40,
)


@given(streams)
def test_any_stream_begins_and_ends_a_call_once_and_cleanly(
    stream: list[tuple[str, dict[str, str]]],
) -> None:
    line = Line()
    ended: set[str] = set()
    begun: set[str] = set()
    for kind, fields in stream:
        heard = message(**({"Event": kind} | USUAL | fields if kind else fields))
        for told in line.hears(heard):
            if told.kind in ("call_rang", "call_dialled"):
                begun.add(told.call)
                ended.discard(told.call)
            assert told.call in begun
            assert told.call not in ended
            if told.kind in ("call_ended", "call_missed"):
                ended.add(told.call)
            assert all(is_clean(text) for text in told.body.values() if isinstance(text, str))
    assert set(line.exchange.open_calls) >= begun - ended
