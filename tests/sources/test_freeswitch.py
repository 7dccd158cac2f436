"""Calls of a FreeSWITCH exchange, told over TCP by a fake one: what they come to in the store,
and calling through it from a seat."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from console.desk.verification import verify
from console.domain.call import Call as StoredCall
from tests.sources.exchange_server import until
from tests.sources.fake_freeswitch import FakeFreeswitch
from tests.sources.freeswitch_events import Call, Fields, channel
from tests.sources.freeswitch_scenes import OUTCOMES, Scene, answered, at_once
from tests.sources.phone_house import connected
from tests.sources.test_dialling import LIN, NUMBER, dial, kinds

CUT_SMALL = ("abandoned", "next_agent", "blind_transfer", "direct_early", "gone_before_joined")


@pytest.mark.parametrize("scene", OUTCOMES, ids=lambda scene: scene.__name__)
async def test_outcome(data: Path, scene: Scene) -> None:
    async with FakeFreeswitch() as server, connected(data, server) as house:
        await server.tell(*scene(Call()))
        await house.over(1)
        assert house.shown() == [OUTCOMES[scene]]
        assert {call.exchange for call in house.calls()} == {"hq"}
        assert verify(house.desk).problems == ()


@pytest.mark.parametrize("name", CUT_SMALL)
async def test_outcome_byte_by_byte(data: Path, name: str) -> None:
    [scene] = [scene for scene in OUTCOMES if scene.__name__ == name]
    async with FakeFreeswitch(step=1) as server, connected(data, server) as house:
        await server.tell(*scene(Call()))
        await house.over(1)
        assert house.shown() == [OUTCOMES[scene]]


async def test_every_kind_of_call_at_once(data: Path) -> None:
    async with FakeFreeswitch() as server, connected(data, server) as house:
        scenes = [scene for scene in OUTCOMES for _ in range(6)]
        await server.tell(*at_once(scenes, most=20))
        await house.over(len(scenes))
        shown = {
            call.key: (call.state, tuple(s for _, s in call.answers), call.missed_reason)
            for call in house.calls()
        }
        expected = {Call(n).key: OUTCOMES[scene] for n, scene in enumerate(scenes, 1)}
        assert shown == expected
        [status] = house.lines.status()
        assert (status.calls, status.reconnects, status.dropped, status.unwritten) == (90, 0, 0, 0)


async def test_what_is_written_down_of_a_call(data: Path) -> None:
    call = Call(caller="13955501953", name="王芳".encode("gbk"))
    steps = (call.rings(), call.joins(), call.offered())
    talk = (call.agent_answers(recording="/var/lib/rec/王芳.wav"), call.hangs_up())
    async with FakeFreeswitch() as server, connected(data, server) as house:
        began = int(server.now)
        await server.tell(*steps, *talk)
        await house.over(1)
        [stored] = house.calls()
        assert (stored.number, stored.name, stored.did) == ("+8613955501953", "王芳", "4008001234")
        assert stored.recording == "/var/lib/rec/王芳.wav"
        told = [(fact.kind.removeprefix("call_"), fact.at - began) for fact in stored.facts]
        assert told == [
            ("rang", 1),
            ("queued", 3),
            ("offered", 5),
            ("answered", 10),
            ("recording", 11),
            ("ended", 15),
        ]
        assert stored.facts[2].body["member"] == "1001@default"
        assert stored.facts[5].body["cause"] == "NORMAL_CLEARING"


# --- calling from the seat


def answers(
    root: str, command: str, seat: str = "+OK", customer: str = ""
) -> Iterable[Fields | str]:
    """What an exchange says to an originate: the seat's telephone, then the customer's."""
    own = {"Call_Direction": "outbound", "Caller_Context": "default"}
    phone, trunk = "sofia/internal/8001@192.0.2.77", "sofia/external/13900000001@198.51.100.7"
    yield channel("CHANNEL_CREATE", root, phone, Answer_State="ringing", **own)
    if seat != "+OK":
        yield channel("CHANNEL_HANGUP_COMPLETE", root, phone, Hangup_Cause=seat[5:], **own)
        yield f"{seat}\n"
        return
    yield channel("CHANNEL_ANSWER", root, phone, Answer_State="answered", **own)
    yield f"+OK {root}\n"
    other = "0000000f-0000-4000-8000-00000000000f"
    dialled = {"Other_Type": "originator", "Other_Leg_Unique_ID": root, "Channel_Call_UUID": root}
    yield channel("CHANNEL_CREATE", other, trunk, Answer_State="ringing", **own, **dialled)
    yield channel("CHANNEL_PROGRESS_MEDIA", other, trunk, Answer_State="early", **own)
    both = {"Bridge_A_Unique_ID": root, "Bridge_B_Unique_ID": other}
    yield channel("CHANNEL_BRIDGE", root, phone, **both, **own)
    if customer:
        yield channel("CHANNEL_HANGUP_COMPLETE", other, trunk, Hangup_Cause=customer, **own)
    else:
        yield channel("CHANNEL_ANSWER", other, trunk, Answer_State="answered", **own)
    yield channel("CHANNEL_HANGUP_COMPLETE", root, phone, Hangup_Cause="NORMAL_CLEARING", **own)


@pytest.mark.parametrize(
    ("seat", "customer", "outcome"),
    [
        ("+OK", "", "reached"),
        ("+OK", "USER_BUSY", "busy"),
        ("+OK", "NO_ANSWER", "no_answer"),
        ("+OK", "GATEWAY_DOWN", "failed"),
        ("-ERR NO_ANSWER", "", "no_station"),
        ("-ERR USER_NOT_REGISTERED", "", "no_station"),
        ("-ERR originate Command not found!", "", "failed"),
    ],
)
async def test_calling_from_the_seat(data: Path, seat: str, customer: str, outcome: str) -> None:
    async with (
        FakeFreeswitch(on_originate=lambda job, said: answers(job, said, seat, customer)) as server,
        connected(data, server) as home,
    ):
        call = await dial(server, home, number=NUMBER)
        assert (call.state, call.outcome, call.claimed_by) == ("ended", outcome, "lin")
        assert ("station_answered" in kinds(call)) == (seat == "+OK")


async def test_what_is_asked_of_the_exchange(data: Path) -> None:
    more = 'dial_prefix = "9"\ncaller_id = "4008001234"\n'
    jobs: list[str] = []

    def heard(job: str, command: str) -> Iterable[Fields | str]:
        jobs.append(job)
        return answers(job, command)

    async with (
        FakeFreeswitch(on_originate=heard) as server,
        connected(data, server, more=more) as home,
    ):
        await dial(server, home, number="（0755）5550-9528 转 12")
        [asked] = [one for one in server.asked if one.startswith("bgapi")]
        assert asked == (
            f"bgapi originate {{origination_uuid={jobs[0]},"
            "origination_caller_id_number=075555509528,originate_timeout=25,"
            "ignore_early_media=true,hangup_after_bridge=true,effective_caller_id_number=4008001234}"
            "user/8001 9075555509528 XML default"
        )


async def test_a_seat_of_two_telephones_answers_at_the_second(data: Path) -> None:
    second = "0000000e-0000-4000-8000-00000000000e"

    def forked(job: str, command: str) -> Iterable[Fields | str]:
        phone = "sofia/internal/8001@192.0.2.78"
        gone = {"Hangup_Cause": "LOSE_RACE", "Call_Direction": "outbound"}
        for told in answers(second, command):
            if isinstance(told, str):
                yield channel("CHANNEL_HANGUP_COMPLETE", job, phone, **gone)
            yield told

    async with (
        FakeFreeswitch(on_originate=forked) as server,
        connected(data, server) as home,
    ):
        call = await dial(server, home, number=NUMBER)
        assert kinds(call) == ["requested", "dialled", "station_answered", "reached", "ended"]


async def test_an_exchange_that_does_not_let_us_place_calls(data: Path) -> None:
    denied = frozenset({"originate"})
    async with FakeFreeswitch(denied=denied) as server, connected(data, server) as home:
        call = await dial(server, home, number=NUMBER)
        assert kinds(call) == ["requested", "dialled", "not_reached", "ended"]
        assert call.facts[-1].body["cause"] == "permission denied"


async def test_a_call_placed_before_a_restart_is_not_placed_again(data: Path) -> None:
    def until_it_rings(job: str, command: str) -> Iterable[Fields | str]:
        return list(answers(job, command))[:3]

    def told_later(call: StoredCall, job: str) -> Iterable[Fields | str]:
        return list(answers(job, ""))[3:]

    async with FakeFreeswitch(on_originate=until_it_rings) as server:
        async with connected(data, server) as home:
            await until(home.desk.exchanges)
            key = home.desk.do("dial", {"number": NUMBER}, LIN).call
            await until(lambda: "station_answered" in kinds(home.desk.call(key)))
        [root] = server.model.channels
        async with connected(data, server) as home:
            await server.tell(*told_later(home.desk.call(key), root))  # type: ignore[arg-type]
            await until(lambda: not home.desk.live_calls())
            assert kinds(home.desk.call(key))[2:] == ["station_answered", "reached", "ended"]
        assert server.count("bgapi originate") == 1


@pytest.mark.parametrize("number", ["139 0000", "1&park()", "1}[x=y]", "１２", ""])
async def test_nothing_but_digits_ever_reaches_the_exchange(data: Path, number: str) -> None:
    async with FakeFreeswitch() as server, connected(data, server) as home:
        await home.state("up")
        [source] = home.sources
        source.place("console-hq-c1", number, "8001")
        source.originate("console-hq-c1", number, "8001")
        assert server.count("bgapi") == 0
        assert source.open_calls == ()


async def test_calls_elsewhere_are_not_the_hotlines(data: Path) -> None:
    more = '[[exchange.did]]\nnumber = "4008001234"\nline = "power"\n'
    async with FakeFreeswitch() as server, connected(data, server, more=more) as home:
        inside, other = Call(1, context="default"), Call(2, did="075555509501")
        await server.tell(*answered(inside), *answered(other), *answered(Call(3)))
        await home.over(1)
        assert [(call.key, call.line) for call in home.calls()] == [(Call(3).key, "power")]
