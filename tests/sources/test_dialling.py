"""Calling from the seat: asked for at the desk, placed by the lines, told as facts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from console.desk import Desk, Who
from console.desk.line_status import LEASE, LineStatus, write_status
from console.domain.call import Call
from console.domain.call_events import CallEvent
from console.domain.refusal import RefusedError
from console.sources.ami import Message
from console.sources.recorder import enriched
from tests.installations import NOON, HandSet
from tests.sources.ami_server import AmiServer, until
from tests.sources.phone_house import House, configure, connected, house
from tests.sources.test_line_outages import hung_up, ring

LIN = Who("lin", "1")
NUMBER = "13900000001"


def answers(
    asked: Message, seat: str = "ANSWER", customer: str = "ANSWER"
) -> Iterable[dict[str, str]]:
    """What a switch says to an Originate: the seat's telephone, then the customer's."""
    root = asked.text("ChannelId")
    own = {"Channel": f"{asked.text('Channel')}-00000001", "Uniqueid": root, "Linkedid": root}
    yield {"Event": "Newchannel", "Context": "from-internal", "ChannelState": "0", **own}
    if seat != "ANSWER":
        yield {"Event": "Hangup", **own}
        yield {"Event": "OriginateResponse", "Response": "Failure", "ActionID": root}
        return
    yield {"Event": "Newstate", **own, "ChannelState": "6"}
    yield {"Event": "OriginateResponse", "Response": "Success", "ActionID": root, "Uniqueid": root}
    trunk = {"DestChannel": "PJSIP/trunk-0000000a", "DestUniqueid": "x.1", "DestLinkedid": root}
    yield {"Event": "DialBegin", **own, **trunk}
    if customer:
        yield {"Event": "DialEnd", **own, **trunk, "DialStatus": customer}
        yield {"Event": "Hangup", **own, "Cause-txt": "Normal Clearing"}


async def missed_call(server: AmiServer, home: House) -> Call:
    await server.tell(ring(1), hung_up(1))
    await home.over(1)
    return home.calls()[0]


async def dial(server: AmiServer, home: House, **typed: str) -> Call:
    """Ask for a call at a seat and wait until it is over."""
    await until(home.desk.exchanges, "the line being up")
    server.now += 60
    key = home.desk.do("dial", typed, LIN).call
    await until(lambda: not home.desk.live_calls(), "the placed call being over")
    return home.desk.call(key)


def kinds(call: Call) -> list[str]:
    return [fact.kind.removeprefix("call_") for fact in call.facts]


async def test_the_customer_answers_and_the_debt_is_discharged_but_not_the_apology(
    data: Path,
) -> None:
    async with AmiServer(on_originate=answers) as server, connected(data, server) as home:
        missed = await missed_call(server, home)
        call = await dial(server, home, call=missed.key)
        assert kinds(call) == ["requested", "dialled", "station_answered", "reached", "ended"]
        assert (call.outcome, call.claimed_by, call.direction) == ("reached", "lin", "out")
        assert [station for _, station in call.answers] == [""]
        debt = home.desk.callback(missed.number)
        assert (debt.open, debt.made, debt.attempts) == (True, True, 0)
        assert [c.key for c in debt.running()] == ["apologise"]
        again = await dial(server, home, call=missed.key)
        assert again.outcome == "reached"
        made = [f for f in home.desk.callback(missed.number).facts if f.kind == "callback_made"]
        assert [dict(f.body) for f in made] == [{"by": "lin", "apology": False, "call": call.key}]
        home.desk.do("return_call", {"call": missed.key, "apology": "yes"}, LIN)
        assert home.desk.callback(missed.number).running() == []
        assert home.desk.owed() == []
        with pytest.raises(RefusedError):
            home.desk.do("return_call", {"call": missed.key, "apology": "yes"}, LIN)


@pytest.mark.parametrize(
    ("seat", "customer", "reason", "attempts"),
    [
        ("ANSWER", "BUSY", "busy", 1),
        ("ANSWER", "NOANSWER", "no_answer", 1),
        ("ANSWER", "CHANUNAVAIL", "failed", 1),
        ("NOANSWER", "", "no_station", 0),
    ],
)
async def test_nobody_answers_and_no_clock_stops(
    data: Path, seat: str, customer: str, reason: str, attempts: int
) -> None:
    async with (
        AmiServer(on_originate=lambda asked: answers(asked, seat, customer)) as server,
        connected(data, server) as home,
    ):
        missed = await missed_call(server, home)
        call = await dial(server, home, call=missed.key)
        assert (call.state, call.outcome, call.answers) == ("ended", reason, ())
        debt = home.desk.callback(missed.number)
        assert (debt.open, debt.attempts) == (True, attempts)
        assert {clock.key for clock in debt.running()} == {"return_missed", "apologise"}


@pytest.mark.parametrize(
    ("customer", "kind"), [("ANSWER", "customer_contacted"), ("BUSY", "contact_missed")]
)
async def test_a_call_about_a_case_is_told_to_the_case(
    data: Path, customer: str, kind: str
) -> None:
    async with (
        AmiServer(on_originate=lambda asked: answers(asked, "ANSWER", customer)) as server,
        connected(data, server) as home,
    ):
        case = home.desk.do("open", {"number": NUMBER, "line": "power"}, LIN).case
        call = await dial(server, home, case=str(case))
        told = [fact for fact in home.desk.case(case).facts if fact.kind == kind]
        assert [dict(fact.body) for fact in told] == [
            {"by": "lin", "role": "owner", "channel": "phone", "call": call.key}
        ]


@pytest.mark.parametrize(("picked_up", "kind"), [("ANSWER", "role_reached"), ("", "role_missed")])
async def test_a_colleague_called_about_a_case_was_reached_or_not(
    data: Path, picked_up: str, kind: str
) -> None:
    ends = picked_up or "NOANSWER"
    async with (
        AmiServer(on_originate=lambda asked: answers(asked, "ANSWER", ends)) as server,
        connected(data, server) as home,
    ):
        person = {"person": "tao", "phone": "13955500188", "extension": ""}
        home.desk.do("change_person", person, LIN)
        case = home.desk.do("open", {"number": NUMBER, "line": "power"}, LIN).case
        call = await dial(server, home, case=str(case), who="dgm")
        (told,) = [fact for fact in home.desk.case(case).facts if fact.kind.startswith("role_")]
        assert (told.kind, told.body["person"], told.body["call"]) == (kind, "tao", call.key)
        assert not home.desk.callback("+8613955500188").facts


async def test_what_is_asked_of_the_exchange(data: Path) -> None:
    more = 'dial_prefix = "9"\ncaller_id = "4008001234"\nstation_channel = "SIP/{station}"\n'
    async with AmiServer(on_originate=answers) as server:
        configure(data, server.port, more=more)
        async with house(data, lambda: server.now) as home:
            await until(lambda: server.synced)
            call = await dial(server, home, number="（0755）5550-9528 转 12")
        [asked] = [one for one in server.asked if one.text("Action") == "Originate"]
        assert dict(asked) == {
            "Action": "Originate",
            "ActionID": call.key,
            "ChannelId": call.key,
            "OtherChannelId": f"{call.key}-b",
            "Channel": "SIP/8001",
            "Context": "from-internal",
            "Exten": "9075555509528",
            "Priority": "1",
            "Timeout": "25000",
            "CallerID": "4008001234",
            "Async": "true",
        }
        assert call.key.startswith("console-hq-c")
        assert call.number == "+8675555509528"


@pytest.mark.parametrize(
    ("extension", "asked"), [("8020", "8020"), ("", "913955500188")], ids=["inside", "outside"]
)
async def test_a_colleague_inside_the_house_needs_no_prefix(
    data: Path, extension: str, asked: str
) -> None:
    async with AmiServer(on_originate=answers) as server:
        configure(data, server.port, more='dial_prefix = "9"\n')
        async with house(data, lambda: server.now) as home:
            await until(lambda: server.synced)
            person = {"person": "tao", "phone": "13955500188", "extension": extension}
            home.desk.do("change_person", person, LIN)
            case = home.desk.do("open", {"number": NUMBER, "line": "power"}, LIN).case
            await dial(server, home, case=str(case), who="dgm")
    [one] = [one for one in server.asked if one.text("Action") == "Originate"]
    assert one.text("Exten") == asked


async def test_an_exchange_that_does_not_let_us_place_calls(data: Path) -> None:
    denied = frozenset({"Originate"})
    async with AmiServer(denied=denied) as server, connected(data, server) as home:
        call = await dial(server, home, number=NUMBER)
        assert kinds(call) == ["requested", "dialled", "not_reached", "ended"]
        assert call.facts[-1].body["cause"] == "Permission denied"


async def test_a_request_nobody_took_up_in_time_is_not_placed_later(data: Path) -> None:
    async with AmiServer(on_originate=answers) as server:
        async with connected(data, server) as home:
            await until(home.desk.exchanges)
            home.stop.set()
            key = home.desk.do("dial", {"number": NUMBER}, LIN).call
            await until(lambda: not server.sessions)
        async with connected(data, server) as home:
            await until(lambda: not home.desk.live_calls(), "the request being given up")
            assert kinds(home.desk.call(key))[-2:] == ["not_reached", "ended"]
            assert server.count("Originate") <= 1


async def test_a_call_placed_before_a_restart_is_not_placed_again(data: Path) -> None:
    async with AmiServer(on_originate=lambda a: answers(a, customer="")) as server:
        async with connected(data, server) as home:
            await until(home.desk.exchanges)
            key = home.desk.do("dial", {"number": NUMBER}, LIN).call
            await until(lambda: "station_answered" in kinds(home.desk.call(key)))
        async with connected(data, server) as home:
            own = {"Channel": "PJSIP/8001-00000001", "Uniqueid": key, "Linkedid": key}
            trunk = {"DestChannel": "PJSIP/t-0000000a", "DestUniqueid": "x.1", "DestLinkedid": key}
            await server.tell(
                {"Event": "DialEnd", **own, **trunk, "DialStatus": "ANSWER"},
                {"Event": "Hangup", **own, "Cause-txt": "Normal Clearing"},
            )
            await until(lambda: not home.desk.live_calls())
            assert kinds(home.desk.call(key)) == [
                "requested",
                "dialled",
                "station_answered",
                "reached",
                "ended",
            ]
        assert server.count("Originate") == 1


# --- refusals


@pytest.fixture
def line_up(desk: Desk) -> Iterable[Desk]:
    """A desk whose lines are up as far as it can tell."""
    lease = desk.lease(LEASE)
    assert lease.take()
    write_status(desk.store.directory, [LineStatus("hq", "up"), LineStatus("b1", "down")])
    yield desk
    lease.release()


def refused(desk: Desk, who: str = "lin", **typed: str) -> str:
    before = desk.last_seq()
    with pytest.raises(RefusedError) as caught:
        desk.do("dial", typed, Who(who))
    assert desk.last_seq() == before
    return str(caught.value.refusal.message.text)  # type: ignore[union-attr]


def test_only_a_running_line_can_place_a_call(desk: Desk) -> None:
    write_status(desk.store.directory, [LineStatus("hq", "up")])
    assert desk.exchanges() == ()
    assert refused(desk, number=NUMBER).startswith("No telephone line is running")


def test_whoever_calls_needs_a_telephone(line_up: Desk) -> None:
    assert refused(line_up, "gu", number=NUMBER) == "No telephone is known at your desk."
    line_up.do("change_person", {"person": "gu", "extension": "x1"}, LIN)
    assert refused(line_up, "gu", number=NUMBER) == "No telephone is known at your desk."


@pytest.mark.parametrize("number", ["55509528", "abc", "unknown", "139*0000#0001"])
def test_only_digits_are_dialled(line_up: Desk, number: str) -> None:
    assert refused(line_up, number=number) == "“{number}” cannot be dialled."


def test_somebody_has_to_be_named(line_up: Desk) -> None:
    assert refused(line_up) == "Whom?"


def test_a_hidden_number_is_not_dialled(line_up: Desk) -> None:
    body = {"number": NUMBER, "exchange": "hq"}
    line_up.report(enriched(CallEvent("hq:1", "call_rang", NOON, body)))
    line_up.report(CallEvent("hq:1", "call_withheld", NOON))
    assert refused(line_up, call="hq:1") == "This caller hides the number."


def test_a_short_code_is_dialled_as_it_is(line_up: Desk) -> None:
    key = line_up.do("dial", {"number": "95588"}, LIN).call
    assert line_up.call(key).received == "95588"


def test_a_request_is_a_call_nobody_sees_ringing(line_up: Desk, now: HandSet) -> None:
    key = line_up.do("dial", {"number": NUMBER}, LIN).call
    call = line_up.call(key)
    assert (call.state, call.direction, call.exchange) == ("requested", "out", "hq")
    assert line_up.strip() == []
    assert [one.key for one in line_up.live_calls()] == [key]
