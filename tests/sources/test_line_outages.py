"""Lines that break: cut, killed, refused, silenced, flooded. No call is lost, doubled or
left ringing."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from console.desk import Desk, Outcome, StoreError
from console.desk.verification import verify
from console.domain.call_events import CallEvent
from console.domain.words import M
from console.sources.line_client import Patience
from tests.sources.ami_server import GREETING, AmiServer, block, events_of, until
from tests.sources.phone_house import HASTE, configure, connected, house

TLS = Path(__file__).resolve().parents[1] / "data" / "tls"
ROUNDS = 100
BETWEEN, DURING = 21, 8
"""Events between two cuts, and events nobody hears during one."""


def ring(number: int = 1, **fields: str) -> dict[str, str]:
    root = f"pbx-{number}.0"
    return {
        "Event": "Newchannel",
        "Channel": f"PJSIP/trunk-{number:08x}",
        "ChannelState": "4",
        "CallerIDNum": f"1390000{number:04}",
        "CallerIDName": "<unknown>",
        "Context": "from-trunk",
        "Exten": "4008001234",
        "Uniqueid": root,
        "Linkedid": root,
        **fields,
    }


def leg(kind: str, number: int = 1, seat: str = "8001", **fields: str) -> dict[str, str]:
    """An event about the telephone that rings for a call."""
    caller = {key: ring(number)[key] for key in ("Channel", "Uniqueid", "Linkedid")}
    telephone = {
        "DestChannel": f"PJSIP/{seat}-{number:08x}",
        "DestUniqueid": f"pbx-{number}.1",
        "DestLinkedid": f"pbx-{number}.0",
    }
    return {"Event": kind, **caller, **telephone, **fields}


def picked_up(number: int = 1, seat: str = "8001") -> list[dict[str, str]]:
    """Everything a switch says when a seat answers."""
    own = {"Linkedid": f"pbx-{number}.0", "ChannelState": "6"}
    root = {"Channel": f"PJSIP/trunk-{number:08x}", "Uniqueid": f"pbx-{number}.0", **own}
    seat_leg = {"Channel": f"PJSIP/{seat}-{number:08x}", "Uniqueid": f"pbx-{number}.1", **own}
    return [
        {"Event": "Newchannel", **seat_leg, "Context": "from-internal"},
        {"Event": "Newstate", **root},
        {"Event": "Newstate", **seat_leg},
        leg("DialEnd", number, seat, DialStatus="ANSWER"),
        {"Event": "BridgeEnter", "BridgeUniqueid": f"bridge-{number}", **seat_leg},
        {"Event": "BridgeEnter", "BridgeUniqueid": f"bridge-{number}", **root},
    ]


def hung_up(number: int = 1) -> dict[str, str]:
    caller = {key: ring(number)[key] for key in ("Channel", "Uniqueid", "Linkedid")}
    return {"Event": "Hangup", **caller, "Cause-txt": "Normal Clearing"}


async def test_a_busy_hour_with_cuts_loses_no_call(data: Path) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        cuts, silent = 0, 0
        for number, told in enumerate(events_of("l1")):
            if number % BETWEEN == BETWEEN - 1 and cuts < ROUNDS:
                await until(lambda: server.synced, "the console coming back")
                await until(lambda: home.heard() >= server.sent, "everything being heard")
                server.cut()
                cuts, silent = cuts + 1, DURING
            if silent:
                silent -= 1
                server.now = told.at
                server.model.apply(told.message)
                continue
            await until(lambda: server.synced, "the console coming back")
            await server.tell(told)
        assert cuts == ROUNDS
        await home.over(100)
        [status] = home.lines.status()
        assert status.reconnects >= ROUNDS
        for call in home.calls():
            kinds = [fact.kind for fact in call.facts]
            assert (call.state, len(call.answers)) == ("ended", 1), kinds
            assert kinds.count("call_rang") == kinds.count("call_ended") == 1
        assert verify(home.desk).problems == ()


async def test_an_exchange_started_anew_ends_its_calls_once(data: Path) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        await server.tell(ring(1), ring(2), leg("DialBegin", 2), *picked_up(2))
        await until(lambda: len(home.desk.live_calls()) == 2)
        await server.vanish()
        server.model.restart()
        server.started = "05:00:00"
        await server.listen()
        await home.over(2)
        assert home.shown() == [("missed", (), "outage"), ("ended", ("8001",), "")]
        assert [debt.shown for debt in home.desk.owed()] == ["139 0000 0001"]


async def test_stopped_in_mid_call_and_started_again(data: Path) -> None:
    """Four calls are up; one is answered and one given up while nobody listens."""
    async with AmiServer() as server:
        async with connected(data, server) as home:
            for number in (1, 2, 3, 4):
                await server.tell(ring(number), leg("DialBegin", number))
            await server.tell(*picked_up(1))
            await until(lambda: len(home.desk.live_calls()) == 4)
            await until(lambda: home.calls()[0].answers)
        await server.tell(*picked_up(2), hung_up(3))
        async with connected(data, server) as home:
            settled = [
                ("answered", ("8001",), ""),
                ("answered", ("8001",), ""),
                ("missed", (), "outage"),
                ("ringing", (), ""),
            ]
            await until(lambda: home.shown() == settled, "what happened being known")
            await server.tell(hung_up(1), hung_up(2), hung_up(4))
            await home.over(4)
            assert [state for state, _, _ in home.shown()] == ["ended", "ended", "missed", "missed"]
            assert [len(call.answers) for call in home.calls()] == [1, 1, 0, 0]


async def test_two_processes_do_not_double_a_call(data: Path) -> None:
    async with (
        AmiServer() as server,
        connected(data, server) as first,
        house(data, lambda: server.now) as second,
    ):
        await server.tell(ring(1), leg("DialBegin"), *picked_up(1))
        await until(lambda: first.calls() and first.calls()[0].answers)
        assert second.sources == []
        first.stop.set()
        await until(lambda: second.sources, "the second taking over")
        await until(lambda: server.connections == 2 and server.synced)
        await server.tell(hung_up(1))
        await second.over(1)
        assert [fact.kind for fact in second.calls()[0].facts] == [
            "call_rang",
            "call_offered",
            "call_answered",
            "call_ended",
        ]


async def test_two_exchanges_keep_their_calls_apart(data: Path) -> None:
    async with AmiServer() as one, AmiServer() as two:
        configure(data, one.port, two.port)
        async with house(data, lambda: one.now) as home:
            await until(lambda: one.synced and two.synced)
            await one.tell(ring(1))
            await two.tell(ring(1))
            await until(lambda: len(home.desk.live_calls()) == 2)
            await one.tell(hung_up(1))
            await until(lambda: len(home.desk.live_calls()) == 1)
            assert {(c.key, c.exchange, c.state) for c in home.calls()} == {
                ("hq:pbx-1.0", "hq", "missed"),
                ("b1:pbx-1.0", "b1", "ringing"),
            }


async def test_a_refused_login_is_tried_again_only_when_the_configuration_changes(
    data: Path,
) -> None:
    async with AmiServer() as server:
        configure(data, server.port, secret="wrong")
        async with house(data) as home:
            await home.state("refused")
            await until(lambda: [line.state for line in home.desk.lines()] == ["refused"])
            [status] = home.desk.lines()
            assert status.problem is not None
            assert status.problem.args["reason"] == "Authentication failed"
            seen = len(home.sources)
            for _ in range(20):
                await home.lines._heed_configuration()
            assert (server.connections, len(home.sources)) == (1, seen)
            configure(data, server.port)
            await home.state("up")
            assert server.connections == 2


@pytest.mark.parametrize("hashed", [True, False])
async def test_the_secret_is_hashed_where_the_exchange_offers_it(data: Path, hashed: bool) -> None:
    async with AmiServer(hashed=hashed) as server, connected(data, server) as home:
        await home.state("up")
        [login] = [asked for asked in server.asked if asked.text("Action") == "Login"]
        assert ("Secret" in login, "Key" in login) == (not hashed, hashed)


async def test_an_exchange_that_hangs_up_on_a_login_is_tried_again(data: Path) -> None:
    async with AmiServer(drops_logins=True) as server:
        configure(data, server.port)
        async with house(data) as home:
            await until(lambda: server.connections > 3)
            [status] = home.lines.status()
            assert status.state == "down"
            server.drops_logins = False
            await home.state("up")


async def test_an_exchange_that_falls_silent_is_noticed(data: Path) -> None:
    patience = Patience(connect=5.0, reply=0.1, ping=0.05)
    async with AmiServer() as server, connected(data, server, patience) as home:
        await until(lambda: server.count("Ping") > 1, "pings")
        assert server.connections == 1
        server.deaf = True
        await until(lambda: home.lines.status()[0].state == "down", "the silence being noticed")
        server.deaf = False
        await home.state("up")
        assert home.lines.status()[0].reconnects == 1


async def test_something_else_at_the_port_is_named(data: Path) -> None:
    async with AmiServer(banner=b"220 mail ESMTP\r\n") as server:
        configure(data, server.port)
        async with house(data) as home:
            await home.state("down")
            problem = home.lines.status()[0].problem
            assert problem is not None
            assert "no manager interface" in problem.text


async def test_nobody_can_be_ringing_after_a_long_outage(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        await server.tell(ring(1), ring(2), leg("DialBegin", 2), *picked_up(2))
        await until(lambda: len(home.desk.live_calls()) == 2 and home.calls()[1].answers)
        await server.vanish()
        await home.state("down")
        server.now += 299
        assert len(home.desk.live_calls()) == 2
        server.now += 2
        await until(lambda: len(home.desk.live_calls()) == 1, "the ringing call being given up")
        assert home.shown() == [("missed", (), "outage"), ("answered", ("8001",), "")]
        await server.listen()
        await until(lambda: server.synced)
        await server.tell(hung_up(1), hung_up(2))
        await home.over(2)
        assert home.shown() == [("missed", (), "outage"), ("ended", ("8001",), "")]


async def test_without_the_right_to_ask_nothing_rings_for_ever(data: Path) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        await server.tell(ring(1))
        await until(home.desk.live_calls)
        server.denied = frozenset({"Status"})
        server.cut()
        await home.over(1)
        status = home.lines.status()[0]
        assert status.state == "up"
        assert status.problem is not None
        assert "may not ask" in status.problem.text


HOSTILE = [
    b"\xd5\xc5\xc8\xfd\x00\x00\r\n\r\n",
    b"Event: Newchannel\r\nCallerIDName: " + b"x" * 1_000_000 + b"\r\n\r\n",
    b"Event: Hangup\r\nUniqueid: \x00\xff\r\nLinkedid: \x1b[2J\r\n\r\n",
    b"Event\r\n:\r\n: :\r\nResponse\r\n\r\n",
    b"Event: Status\r\nEvent: Newchannel\r\nUniqueid: \r\nLinkedid: \r\n\r\n",
    b"\r\n\r\n\r\n\r\n",
    b"Response: Error\r\nActionID: ask-1\r\nMessage: Permission denied\r\n\r\n",
    b"y" * 2_000_000 + b"\r\n\r\n",
]


async def test_hostile_bytes_stop_nothing(data: Path) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        await server.tell(*HOSTILE)
        name = "Event: Hangup\x1b[31m\u202e; DROP"
        await server.tell(ring(1, CallerIDName=name, CallerIDNum="139\x000000000\x1b1"))
        await server.tell(*HOSTILE, leg("DialBegin"), *picked_up(1), hung_up(1))
        await home.over(1)
        [call] = home.calls()
        assert (call.state, [s for _, s in call.answers]) == ("ended", ["8001"])
        assert call.name.isprintable()
        assert call.received.isprintable()
        assert home.lines.status()[0].dropped == 4
        assert server.connections == 1


async def test_over_tls_with_a_certificate_of_its_own(data: Path) -> None:
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(TLS / "exchange.pem", TLS / "exchange.key")
    trusted = f'tls = true\nca_file = "{TLS / "exchange.pem"}"\n'
    async with AmiServer(tls=served) as server:
        configure(data, server.port, more=trusted)
        async with house(data) as home:
            await until(lambda: home.lines.status() and home.lines.status()[0].problem)
            problem = home.lines.status()[0].problem
            assert problem is not None
            assert "is not trusted" in problem.text
            configure(data, server.port, more=trusted + 'server_name = "pbx.example"\n')
            await home.state("up")


async def test_a_line_no_longer_configured_is_stopped(data: Path) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        (data / "phone.toml").write_text("")
        await until(lambda: not home.lines.status())
        await until(lambda: not server.sessions, "the connection being closed")


async def test_a_broken_configuration_leaves_the_lines_running(data: Path) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        (data / "phone.toml").write_text("[[exchange]]\nname = 7\n")
        await home.state("up", "misconfigured")
        assert home.lines.status()[1].problem is not None
        configure(data, server.port)
        await home.state("up")
        assert server.connections == 1


async def test_the_greeting_is_awaited_but_not_for_ever(data: Path) -> None:
    patience = Patience(connect=0.05, reply=HASTE.reply, ping=HASTE.ping)
    async with AmiServer(banner=GREETING[:10]) as server:
        configure(data, server.port)
        async with house(data, patience=patience) as home:
            await home.state("down")
            problem = home.lines.status()[0].problem
            assert problem is not None
            assert "does not answer" in problem.text
            server.banner = GREETING
            await home.state("up")
            await server.tell(block({"Event": "FullyBooted"}))


async def test_what_the_configuration_knows_of_a_number_goes_with_the_call(data: Path) -> None:
    more = 'hours = ["sun 00:00-00:01"]\narea_code = "0755"\n'
    more += '[[exchange.did]]\nnumber = "4008001234"\nline = "power"\ngreeting = "您好"\n'
    async with AmiServer() as server:
        configure(data, server.port, more=more)
        async with house(data, lambda: server.now) as home:
            await until(lambda: server.synced)
            await server.tell(ring(1, Exten="4000000000"), ring(2, CallerIDNum="55509528"))
            await server.tell(hung_up(1), hung_up(2))
            await home.over(1)
            [call] = home.calls()
            assert (call.line, call.greeting, call.number) == ("power", "您好", "+8675555509528")
            assert call.facts[0].body["closed"] is True


async def test_what_the_store_refuses_is_written_once_it_can_be(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        full, report = StoreError(M("The disk is full."), M("Free some space.")), Desk.report
        tries: list[str] = []

        def refusing(desk: Desk, event: CallEvent) -> Outcome:
            tries.append(event.kind)
            if len(tries) < 4:
                raise full
            return report(desk, event)

        monkeypatch.setattr(Desk, "report", refusing)
        await server.tell(ring(1), leg("DialBegin"))
        await until(lambda: home.lines.status()[0].problem == full.message, "the trouble")
        await server.tell(hung_up(1))
        await home.over(1)
        assert tries[:4] == ["call_rang"] * 4
        assert [fact.kind for fact in home.calls()[0].facts] == [
            "call_rang",
            "call_offered",
            "call_withdrawn",
            "call_missed",
        ]
        assert home.lines.status()[0].problem is None
        assert home.lines.status()[0].unwritten == 0


async def test_what_can_never_be_written_is_counted_and_stops_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with AmiServer() as server, connected(data, server) as home:
        report = Desk.report

        def failing(desk: Desk, event: CallEvent) -> Outcome:
            if event.kind == "call_offered":
                raise ValueError(event.kind)
            return report(desk, event)

        monkeypatch.setattr(Desk, "report", failing)
        await server.tell(ring(1), leg("DialBegin"), hung_up(1))
        await home.over(1)
        assert home.lines.status()[0].unwritten == 1
