"""From the events of a FreeSWITCH exchange to call events, wherever the connection is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.call_events import CallEvent
from console.sources.channels import ExchangeConfig
from console.sources.freeswitch_channels import instant, resource, station, status
from tests.sources.freeswitch_events import QUEUE, Call, Fields, channel, uuid_of
from tests.sources.freeswitch_line import NOW, SETTINGS, FreeswitchLine
from tests.sources.freeswitch_scenes import (
    OUTCOMES,
    Scene,
    answered,
    at_once,
    blind_transfer,
)

ALL = sorted(OUTCOMES, key=lambda scene: scene.__name__)


@pytest.fixture
def line() -> FreeswitchLine:
    return FreeswitchLine()


def shown(events: list[CallEvent]) -> list[str]:
    """The events in short: kind, and whom or why."""
    said = ("station", "queue", "reason", "path", "cause", "to")
    return [
        " ".join([e.kind.removeprefix("call_"), *(str(e.body[k]) for k in said if k in e.body)])
        for e in events
    ]


def test_a_call_through_a_queue(line: FreeswitchLine) -> None:
    call = Call()
    events = line.hears(call.rings(), call.joins(), call.offered(), call.unanswered())
    events += line.hears(call.offered("1002"), call.agent_answers("1002", "/rec/1.wav"))
    assert shown(events + line.hears(call.hangs_up())) == [
        "rang",
        f"queued {QUEUE}",
        "offered 1001",
        "withdrawn 1001 no_answer",
        "offered 1002",
        "answered 1002",
        "recording /rec/1.wav",
        "ended NORMAL_CLEARING",
    ]
    assert events[0].body == {
        "number": "13900000001",
        "name": "",
        "did": "4008001234",
        "exchange": "hq",
        "direction": "in",
        "withheld": False,
    }
    assert {event.call for event in events} == {call.key}
    assert line.source.open_calls == ()


def test_telephones_that_stop_because_somebody_else_was_quicker(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.joins(), call.offered("1001"), call.offered("1002"))
    events = line.hears(call.agent_answers("1002"), call.unanswered("1001", "LOSE_RACE"))
    assert shown(events) == ["answered 1002", "withdrawn 1001 answered_elsewhere"]


def test_a_loser_the_queue_does_not_mention(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.joins(), call.offered("1001"), call.offered("1002"))
    line.hears(call.agent_answers("1002"))
    assert shown(line.hears(call.fails("1001", "LOSE_RACE"))) == [
        "withdrawn 1001 answered_elsewhere"
    ]


def test_a_seat_of_two_telephones_does_not_go_on_ringing(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.dials())
    first = call.legs["1001"]
    line.hears(call.dials())
    assert shown(line.hears(call.picks_up())) == ["answered 1001"]
    call.legs["1001"] = first
    assert line.hears(call.fails("1001", "LOSE_RACE")) == []


def test_a_caller_may_wait_in_the_same_queue_again(line: FreeswitchLine) -> None:
    call = Call()
    events = line.hears(call.rings(), call.joins(), call.left("EXIT_WITH_KEY", state="answered"))
    assert shown(events + line.hears(call.joins())) == [
        "rang",
        f"queued {QUEUE}",
        f"queued {QUEUE}",
    ]


def test_the_old_telephone_of_an_agent_who_is_called_again(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.joins(), call.offered())
    gone, failed = call.unanswered()
    assert shown(line.hears(failed)) == ["withdrawn 1001 no_answer"]
    assert shown(line.hears(call.offered())) == ["offered 1001"]
    assert line.hears(gone) == []


def test_an_end_whose_beginning_was_not_heard_is_an_answer(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.joins(), call.offered())
    assert shown(line.hears(call.released("1001"))) == ["answered 1001"]
    other = Call(2)
    line.hears(other.rings(), other.joins(), other.offered("1002"))
    assert shown(line.hears(other.left(seat="1002"))) == ["answered 1002"]


def test_a_blind_transfer_tells_where_to(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.joins(), call.offered(), call.agent_answers())
    events = line.hears(call.blind_transfer("1002"), call.dials("1002"), call.picks_up("1002"))
    assert shown(events) == ["transferred 1001 1002", "offered 1002", "answered 1002"]


def test_an_attended_transfer_shows_when_the_two_are_joined(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.dials(), call.picks_up())
    events = line.hears(call.attended_transfer("1002"))
    assert shown(events) == ["transferred 1001 1002", "answered 1002"]


def test_a_transfer_to_something_inside_is_told_once_somebody_answers(
    line: FreeswitchLine,
) -> None:
    call = Call()
    line.hears(call.rings(), call.dials(), call.picks_up())
    music = [
        fields | {"Caller-Transfer-Source": "1800000009:x:bl_xfer:m:park/default/inline"}
        for fields in list(call.blind_transfer())[:1]
    ]
    assert line.hears(*music) == []
    assert shown(line.hears(call.dials("1002"), call.picks_up("1002"))) == [
        "offered 1002",
        "transferred 1001 1002",
        "answered 1002",
    ]


def test_a_transfer_before_anybody_answered_is_the_dial_plans_own_affair(
    line: FreeswitchLine,
) -> None:
    call = Call()
    note = {"Caller-Transfer-Source": "1800000002:x:bl_xfer:8000/default/XML"}
    events = line.hears(call.rings(), [{**fields, **note} for fields in call.joins()])
    events += line.hears(call.offered(), call.agent_answers(), call.hangs_up())
    assert "transferred" not in " ".join(shown(events))


def test_a_ring_back_tone_is_no_answer(line: FreeswitchLine) -> None:
    call = Call()
    events = line.hears(call.rings(), call.dials(), call.early_media())
    assert shown(events) == ["rang", "offered 1001"]
    assert shown(line.hears(call.picks_up())) == ["answered 1001"]


def test_an_agent_who_was_never_joined_did_not_answer(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.joins(), call.offered(), call.connected("1001"))
    assert shown(line.hears(call.released("1001", "false"))) == []
    events = line.hears(call.offered("1002"), call.agent_answers("1002"), call.hangs_up())
    assert shown(events) == ["offered 1002", "answered 1002", "ended NORMAL_CLEARING"]


def test_a_caller_moved_to_another_queue_has_not_given_up(line: FreeswitchLine) -> None:
    call = Call()
    events = line.hears(call.rings(), call.joins(), call.left("BREAK_OUT", state="answered"))
    events += line.hears(call.ends("", "NORMAL_CLEARING"))
    assert shown(events)[-1] == "missed never_offered"
    events = line.hears((other := Call(2)).rings(), other.joins(), other.left("BREAK_OUT"))
    assert shown(events + line.hears(other.ends("")))[-1] == "missed abandoned"


def test_agents_are_known_by_their_contacts() -> None:
    line = FreeswitchLine()
    line.cut()
    line.connect()
    line.settle()
    call = Call()
    line.hears(call.rings(), call.joins())
    named = {**next(call.offered()), "CC-Agent": "anna"}
    assert shown(line.hears(named)) == ["offered anna"]
    change = {"CC-Action": "agent-contact-change", "CC-Agent": "anna"}
    contact = {"Event-Name": "CUSTOM", "Event-Subclass": "callcenter::info"}
    line.hears({**contact, **change, "CC-Agent-Contact": "{a=1}user/1003@default"})
    other = Call(2)
    line.hears(other.rings(), other.joins())
    [offered] = line.hears({**next(other.offered()), "CC-Agent": "anna"})
    assert offered.body == {"station": "1003", "member": "anna"}


def test_an_agent_on_a_standing_line_has_no_telephone_that_rings(line: FreeswitchLine) -> None:
    call = Call()
    line.hears(call.rings(), call.joins())
    offering = next(call.offered())
    call.legs["1001"] = uuid_of(77)
    answers = line.hears(offering, call.connected("1001"))
    assert shown(answers) == ["offered 1001", "answered 1001"]


def test_telephones_behind_a_pipe_ring_for_the_same_call(line: FreeswitchLine) -> None:
    call, one, two, phone = Call(), uuid_of(1, 0xA), uuid_of(1, 0xB), uuid_of(1, 0xC)
    line.hears(call.rings())
    dialled = {"Other_Type": "originator", "Call_Direction": "outbound"}
    events = line.hears(
        channel("CHANNEL_CREATE", one, "loopback/1001-a", Other_Leg_Unique_ID=call.root,
                **dialled),
        channel("CHANNEL_CREATE", two, "loopback/1001-b", Call_Direction="inbound",
                variable_other_loopback_leg_uuid=one),
        channel("CHANNEL_ORIGINATE", phone, "sofia/internal/1001@192.0.2.7",
                Other_Leg_Unique_ID=two, **dialled),
        channel("CHANNEL_BRIDGE", call.root, "x", Bridge_A_Unique_ID=call.root,
                Bridge_B_Unique_ID=one),
    )  # fmt: skip
    assert shown(events) == ["offered 1001", "answered 1001"]


def test_being_joined_past_a_pipe_is_no_transfer(line: FreeswitchLine) -> None:
    call, pipe = Call(), uuid_of(1, 0xA)
    line.hears(call.rings(), call.dials())
    line.hears(channel("CHANNEL_CREATE", pipe, "loopback/sales-a", Call_Direction="outbound"))
    both = {"Bridge_A_Unique_ID": call.root, "Bridge_B_Unique_ID": pipe}
    line.hears(channel("CHANNEL_BRIDGE", call.root, "x", **both))
    assert shown(line.hears(call.picks_up())) == ["answered 1001"]


def test_a_shutdown_ends_what_is_up(line: FreeswitchLine) -> None:
    one, two = Call(1), Call(2)
    line.hears(one.rings(), one.dials(), one.picks_up(), two.rings())
    assert shown(line.source.place("console-hq-c1", "13955501953", "8001")) == ["dialled 8001"]
    events = line.hears({"Event-Name": "SHUTDOWN"}, one.ends())
    assert shown(events) == [
        "ended exchange stopped",
        "missed outage",
        "not_reached no_station",
        "ended exchange stopped",
    ]


def test_a_snapshot_that_never_ends_is_given_up(
    line: FreeswitchLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.sources.freeswitch_board._HELD_LIMIT", 5)
    line.connect()
    assert shown(line.hears(*(Call(n).rings() for n in range(1, 9)))) == ["rang"] * 8


def test_only_configured_queues_are_shown_as_waiting() -> None:
    settings = SETTINGS.__class__(**{**_values(), "queues": ("sales@default",)})
    line, call = FreeswitchLine(settings), Call()
    assert shown(line.hears(call.rings(), call.joins(), call.offered())) == ["rang", "offered 1001"]


def _values() -> dict[str, object]:
    return {name: getattr(SETTINGS, name) for name in SETTINGS.__slots__}


# --- however the connection is cut


@pytest.mark.parametrize("scene", ALL, ids=lambda scene: scene.__name__)
def test_a_call_cut_anywhere_rings_once_and_ends_once(scene: Scene) -> None:
    """Every cut of every length, with a few events told before what is up is known."""
    told = list(at_once([scene], 1))
    for begin in range(1, len(told)):
        for unheard in range(len(told) - begin):
            held = min((begin + unheard) % 4, len(told) - begin - unheard)
            where = (begin, unheard, held)
            events = _cut(told, *where)
            kinds = [event.kind for event in events]
            assert kinds.count("call_rang") == 1, where
            assert kinds.count("call_ended") + kinds.count("call_missed") == 1, where
            assert kinds[-1] in ("call_ended", "call_missed"), (where, shown(events))
            assert _telephones_are_told_of_once(events), (where, shown(events))
            if unheard == 0:
                assert _outcome(events) == OUTCOMES[scene], (where, shown(events))


def _telephones_are_told_of_once(events: list[CallEvent]) -> bool:
    """Whether each begins to ring before it stops, and stops or is answered once."""
    ringing: set[str] = set()
    for event in events:
        station, kind = event.body.get("station", ""), event.kind
        if (kind == "call_withdrawn") > (station in ringing) or (
            kind == "call_offered" and station in ringing
        ):
            return False
        if kind == "call_offered":
            ringing.add(station)
        elif kind in ("call_withdrawn", "call_answered"):
            ringing.discard(station)
    return not ringing


def _cut(told: list[Fields], begin: int, unheard: int, held: int) -> list[CallEvent]:
    """A call during which the connection is cut after `begin` events."""
    line, again = FreeswitchLine(), begin + unheard
    events = line.hears(*told[:begin]) + line.cut() + line.hears(*told[begin:again])
    line.connect()
    events += line.hears(*told[again : again + held]) + line.settle()
    return events + line.hears(*told[again + held :])


def _outcome(events: list[CallEvent]) -> tuple[str, tuple[str, ...], str]:
    stations = tuple(e.body["station"] for e in events if e.kind == "call_answered")
    last = events[-1]
    return last.kind.removeprefix("call_"), stations, str(last.body.get("reason", ""))


@given(
    st.lists(st.sampled_from(ALL), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(1, 12), st.integers(0, 12), st.integers(0, 6)), max_size=8),
)
def test_many_calls_and_many_cuts_leave_nothing_open(
    scenes: list[Scene], cuts: list[tuple[int, int, int]]
) -> None:
    line, told = FreeswitchLine(), list(at_once(scenes, most=4))
    events: list[CallEvent] = []
    for heard, unheard, held in cuts:
        events += line.hears(*told[:heard]) + line.cut()
        events += line.hears(*told[heard : heard + unheard])
        line.connect()
        events += line.hears(*told[heard + unheard : heard + unheard + held]) + line.settle()
        del told[: heard + unheard + held]
    events += line.hears(*told)
    assert line.source.open_calls == ()
    assert (line.board.trails, line.board.legs) == ({}, {})
    for call in {event.call for event in events}:
        kinds = [event.kind for event in events if event.call == call]
        assert kinds[0] == "call_rang"
        assert kinds[-1] in ("call_ended", "call_missed")
        assert len([kind for kind in kinds if kind in (kinds[0], kinds[-1])]) == 2


def test_what_was_told_before_the_connection_is_not_told_again(line: FreeswitchLine) -> None:
    call = Call()
    events = line.hears(call.rings(), call.dials(), call.picks_up(), call.blind_transfer("1002"))
    events += line.hears(call.dials("1002"), call.picks_up("1002")) + line.cut()
    line.connect()
    assert line.settle() == []
    assert shown(line.hears(call.hangs_up())) == ["ended NORMAL_CLEARING"]


def test_a_transfer_during_the_outage_is_a_second_answer(line: FreeswitchLine) -> None:
    told = list(at_once([blind_transfer], 1))
    line.hears(*told[:-4])
    line.cut()
    assert line.now > NOW
    line.hears(*told[-4:-3])
    line.connect()
    assert "answered 1001" not in shown(line.settle())


def test_a_call_that_came_and_went_unheard_leaves_no_trace(line: FreeswitchLine) -> None:
    line.cut()
    line.hears(*answered(Call()))
    line.connect()
    assert line.settle() == []


# --- names and values


@pytest.mark.parametrize(
    ("name", "behind"),
    [
        ("sofia/internal/8001@192.0.2.7:5060", "8001"),
        ("sofia/internal/sip:8001@192.0.2.7:5062;transport=udp", "8001"),
        ("sofia/gateway/carrier/13900000001", "13900000001"),
        ("user/8001@default", "8001"),
        ("[leg_timeout=10]user/8001@default", "8001"),
        ("{a=b}[c=d]user/8001@default,user/8002@default", "8001"),
        ("user/8001@default|user/8002@default", "8001"),
        ("loopback/8001-a", "8001"),
        ("loopback/8001/default/XML", "8001"),
        ("verto.rtc/8001", "8001"),
        ("", ""),
    ],
)
def test_the_telephone_behind_a_channel(name: str, behind: str) -> None:
    assert resource(name) == behind


def test_the_seat_is_the_user_that_was_dialled_not_the_address_of_the_telephone() -> None:
    config = ExchangeConfig()
    address = "sofia/internal/k2j9f@192.0.2.77:5062"
    assert station(config, address, "8001", "") == "8001"
    assert station(config, address, "", "8001@default") == "8001"
    assert station(config, address, "", "trunk@default") == "k2j9f"
    assert station(ExchangeConfig(station_pattern=r"k(?P<station>\d)\w+"), address) == "2"


def test_causes_and_time_stamps() -> None:
    causes = ("USER_BUSY", "NO_ANSWER", "LOSE_RACE", "GATEWAY_DOWN", "")
    assert [status(cause) for cause in causes] == ["BUSY", "NOANSWER", "CANCEL", "FAILED", "FAILED"]
    assert instant("1800000000123456", 7) == 1_800_000_000
    assert [instant(text, 7) for text in ("", "x", "1" * 40, "-1")] == [7, 7, 7, 7]
