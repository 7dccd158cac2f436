"""FreeSWITCH lines that break: cut, killed, refused, silenced, flooded. No call is lost,
doubled or left ringing."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk.verification import verify
from console.sources.esl import BODY_LIMIT, HEAD_LIMIT
from console.sources.line_client import Patience
from tests.sources.exchange_server import until
from tests.sources.fake_freeswitch import FakeFreeswitch, event_frame, frame
from tests.sources.freeswitch_events import Call, Fields, channel
from tests.sources.freeswitch_scenes import answered, at_once, blind_transfer, next_agent
from tests.sources.phone_house import House, configure, connected, house

ROUNDS = 50
BETWEEN, DURING = 15, 8
"""Events between two cuts, and events nobody hears during one."""


async def unheard(server: FakeFreeswitch, *steps: object) -> None:
    """What happens while nobody is connected."""
    sessions, server.sessions = server.sessions, set()
    await server.tell(*steps)  # type: ignore[arg-type]
    server.sessions = sessions


async def outage(server: FakeFreeswitch, *steps: object) -> None:
    """A cut, what happens during it, and the console coming back."""
    server.cut()
    await unheard(server, *steps)
    await until(lambda: server.synced, "the console coming back")


async def settled(server: FakeFreeswitch, home: House) -> None:
    """Wait until the console has taken in what is up."""
    await until(
        lambda: server.synced and home.sources[-1]._board._held is None,  # type: ignore[attr-defined]
        "the console coming back",
    )


def problem(home: House) -> str:
    found = [line.problem for line in home.lines.status() if line.problem]
    return found[0].text.format(**found[0].args) if found else ""


async def test_fifty_cuts_lose_nothing(data: Path) -> None:
    scenes = [answered, next_agent, blind_transfer] * 20
    async with FakeFreeswitch() as server, connected(data, server) as home:
        cuts, silent = 0, 0
        for number, fields in enumerate(at_once(scenes, most=20)):
            if number % BETWEEN == BETWEEN - 1 and cuts < ROUNDS:
                await settled(server, home)
                await until(lambda: home.heard() >= server.sent, "everything being heard")
                server.cut()
                cuts, silent = cuts + 1, DURING
            if silent:
                silent -= 1
                await unheard(server, fields)
                continue
            await settled(server, home)
            await server.tell(fields)
        assert cuts == ROUNDS
        await home.over(len(scenes))
        assert home.lines.status()[0].reconnects >= ROUNDS
        last = {"answered": "1001", "next_agent": "1002", "blind_transfer": "1002"}
        for call in home.calls():
            kinds = [fact.kind for fact in call.facts]
            number = int(call.key[3:11], 16)
            assert call.state == "ended", kinds
            assert kinds.count("call_rang") == kinds.count("call_ended") == 1
            assert call.answers[-1][1] == last[scenes[number - 1].__name__], kinds
        assert verify(home.desk).problems == ()


async def test_what_happens_during_an_outage(data: Path) -> None:
    """A talks on, B hangs up, C gives up, D is answered, E goes on ringing, F comes and waits,
    G was sent on to another seat."""
    a, b, c, d, e, f, g = (Call(number) for number in range(1, 8))
    async with FakeFreeswitch() as server, connected(data, server) as home:
        for call in (a, b, g):
            await server.tell(call.rings(), call.joins(), call.offered(), call.agent_answers())
        for call in (c, d, e):
            await server.tell(call.rings(), call.joins(), call.offered("1002"))
        await until(lambda: len(home.desk.live_calls()) == 6)
        moved = (g.blind_transfer("1003"), g.dials("1003"), g.picks_up("1003"))
        await outage(
            server,
            *(b.hangs_up(), c.abandons("1002"), d.agent_answers("1002")),
            *(f.rings(), f.joins(), *moved),
        )
        settled = [
            ("answered", ("1001",), ""),
            ("ended", ("1001",), ""),
            ("answered", ("1001", "1003"), ""),
            ("missed", (), "outage"),
            ("answered", ("1002",), ""),
            ("queued", (), ""),
            ("queued", (), ""),
        ]
        await until(lambda: home.shown() == settled, "what happened being known")
        assert [debt.shown for debt in home.desk.owed()] == ["139 0000 0003"]
        assert home.calls()[5].stations == ("1002",)
        came = home.calls()[6]
        assert (came.key, came.number) == (f.key, "+8613900000006")
        assert came.facts[0].at < came.facts[0].recorded
        await server.tell(a.hangs_up(), d.hangs_up(), g.ends(), e.abandons("1002"), f.abandons())
        await home.over(7)
        assert [(state, len(calls)) for state, calls, _ in home.shown()] == [
            *[("ended", 1), ("ended", 1), ("ended", 2), ("missed", 0), ("ended", 1)],
            *[("missed", 0), ("missed", 0)],
        ]
        kinds = [fact.kind.removeprefix("call_") for fact in home.calls()[5].facts]
        assert kinds == ["rang", "queued", "offered", "withdrawn", "missed"]


async def test_a_number_hidden_during_an_outage_stays_hidden(data: Path) -> None:
    call = Call(1, caller="13955501953", hidden=True)
    async with FakeFreeswitch() as server, connected(data, server) as home:
        await outage(server, call.rings())
        await until(home.calls)
        await server.tell(call.ends())
        await home.over(1)
        [stored] = home.calls()
        assert (stored.withheld, stored.shown, stored.number) == (True, "", "")
        assert [fact.kind for fact in stored.facts] == ["call_rang", "call_missed"]


async def test_a_channel_that_is_gone_though_it_is_listed_is_no_call(data: Path) -> None:
    ghost = Call(9)
    async with FakeFreeswitch() as server, connected(data, server) as home:
        server.model.apply(next(ghost.rings()), server.now)
        server.lag = [server.model.channels.pop(ghost.root)]
        del server.model.variables[ghost.root]
        await outage(server, Call(1).rings())
        await until(home.calls)
        assert [call.key for call in home.calls()] == [Call(1).key]


async def test_an_exchange_started_anew_ends_its_calls_once(data: Path) -> None:
    waiting, talking = Call(1), Call(2)
    async with FakeFreeswitch() as server, connected(data, server) as home:
        await server.tell(waiting.rings(), waiting.joins())
        await server.tell(talking.rings(), talking.dials(), talking.picks_up())
        await until(lambda: len(home.desk.live_calls()) == 2)
        await server.tell({"Event-Name": "SHUTDOWN", "Event-Info": "System Shutting Down"})
        await server.dismiss()
        await server.vanish()
        server.model.restart()
        await server.listen()
        await home.over(2)
        assert home.shown() == [("missed", (), "outage"), ("ended", ("1001",), "")]
        assert home.calls()[1].facts[-1].body["cause"] == "exchange stopped"
        await until(lambda: server.synced)


async def test_stopped_in_mid_call_and_started_again(data: Path) -> None:
    calls = [Call(number) for number in (1, 2, 3, 4)]
    async with FakeFreeswitch() as server:
        async with connected(data, server) as home:
            for call in calls:
                await server.tell(call.rings(), call.joins(), call.offered())
            await server.tell(calls[0].agent_answers())
            await until(lambda: [call.state for call in home.calls()][:1] == ["answered"])
            await until(lambda: len(home.desk.live_calls()) == 4)
        await server.tell(calls[1].agent_answers(), calls[2].abandons("1001"))
        async with connected(data, server) as home:
            settled = ["answered", "answered", "missed", "queued"]
            await until(lambda: [call.state for call in home.calls()] == settled)
            await server.tell(calls[0].hangs_up(), calls[1].hangs_up(), calls[3].abandons("1001"))
            await home.over(4)
            assert [len(call.answers) for call in home.calls()] == [1, 1, 0, 0]


async def test_a_transfer_from_before_is_not_told_again(data: Path) -> None:
    """The exchange's note of it stays with the channel to the end."""
    call = Call()
    note = {"Caller-Transfer-Source": "1795320009:x:bl_xfer:1002/default/XML"}
    async with FakeFreeswitch() as server:
        async with connected(data, server) as home:
            steps = (call.rings(), call.dials(), call.picks_up(), call.blind_transfer("1002"))
            await server.tell(*steps, call.dials("1002"), call.picks_up("1002"))
            await until(lambda: home.calls() and len(home.calls()[0].answers) == 2)
        async with connected(data, server) as home:
            await server.tell({**fields, **note} for fields in call.hangs_up())
            await home.over(1)
            kinds = [fact.kind.removeprefix("call_") for fact in home.calls()[0].facts]
            assert kinds.count("transferred") == 1


# --- exchanges that will not talk


async def test_a_wrong_password_is_tried_again_only_when_the_configuration_changes(
    data: Path,
) -> None:
    async with FakeFreeswitch() as server:
        configure(data, server.port, secret="wrong", about=server.about)
        async with house(data) as home:
            await home.state("refused")
            assert problem(home) == "The exchange refuses the password: invalid."
            for _ in range(20):
                await home.lines._heed_configuration()
            assert server.connections == 1
            configure(data, server.port, about=server.about)
            await home.state("up")


async def test_a_machine_that_is_kept_out_does_not_knock_again(data: Path) -> None:
    async with FakeFreeswitch(kept_out=True) as server:
        configure(data, server.port, about=server.about)
        async with house(data) as home:
            await home.state("refused")
            says = "The exchange does not talk to this machine: Access Denied, go away."
            assert problem(home) == says
            assert server.connections == 1
            remedy = home.lines.status()[0].remedy
            assert remedy is not None
            assert "apply-inbound-acl" in remedy.text


async def test_a_user_of_the_directory(data: Path) -> None:
    about = 'kind = "freeswitch"\nuser = "console@pbx"\n'
    async with FakeFreeswitch(users={"console@pbx": "s3cret"}, password="other") as server:
        configure(data, server.port, about=about)
        async with house(data) as home:
            await home.state("up")
            assert server.asked[0] == "userauth console@pbx:s3cret"
            configure(data, server.port, about=about, secret="wrong")
            await home.state("refused")
            assert "the login of “console@pbx”: invalid" in problem(home)


async def test_an_exchange_that_says_good_bye_is_called_again(data: Path) -> None:
    call = Call()
    async with FakeFreeswitch() as server, connected(data, server) as home:
        await server.tell(call.rings(), call.dials(), call.picks_up())
        await server.dismiss()
        await until(lambda: server.synced, "the console coming back")
        await server.tell(call.hangs_up())
        await home.over(1)
        assert home.shown() == [("ended", ("1001",), "")]
        assert home.lines.status()[0].reconnects == 1


async def test_an_exchange_that_falls_silent_is_noticed(data: Path) -> None:
    patience = Patience(connect=5.0, reply=0.1, ping=0.05)
    async with FakeFreeswitch() as server, connected(data, server, patience) as home:
        await until(lambda: server.count("api uptime") > 1, "pings")
        assert server.connections == 1
        server.deaf = True
        await until(lambda: home.lines.status()[0].state == "down", "the silence being noticed")
        server.deaf = False
        await home.state("up")


@pytest.mark.parametrize(
    ("first", "says"),
    [
        (b"220 mail ESMTP\r\n", "is no event socket"),
        (b"Content-Type: text/html\n\n", "is no event socket"),
        (b"Content-Length: x\n\n", "is no event socket"),
        (b"Content-" + b"x" * (HEAD_LIMIT + 100), "is no event socket"),
        (frame("text/disconnect-notice", b"bye"), "closed the connection"),
    ],
)
async def test_something_else_at_the_port_is_named(data: Path, first: bytes, says: str) -> None:
    async with FakeFreeswitch(first=first) as server:
        configure(data, server.port, about=server.about)
        async with house(data) as home:
            await home.state("down")
            await until(lambda: says in problem(home), says)
            server.first = b""
            await home.state("up")


async def test_an_exchange_that_tells_us_nothing(data: Path) -> None:
    async with FakeFreeswitch(denied=frozenset({"event"})) as server:
        configure(data, server.port, about=server.about)
        async with house(data) as home:
            await until(lambda: "does not tell of its calls" in problem(home))
            server.denied = frozenset()
            await home.state("up")


async def test_without_being_told_what_is_up_old_calls_are_given_up(data: Path) -> None:
    call = Call()
    denied = frozenset({"show"})
    async with FakeFreeswitch(denied=denied) as server, connected(data, server) as home:
        await server.tell(call.rings())
        await until(home.calls)
        server.cut()
        await home.over(1)
        assert home.shown() == [("missed", (), "outage")]
        assert problem(home) == "The exchange does not say what is up: permission denied."
        assert home.lines.status()[0].state == "up"


async def test_without_queues_calls_are_followed_by_their_channels(data: Path) -> None:
    call = Call()
    async with FakeFreeswitch(queues=False) as server, connected(data, server) as home:
        await server.tell(call.rings(), call.dials())
        await outage(server, call.picks_up())
        await until(lambda: home.shown() == [("answered", ("1001",), "")])


# --- whatever else is sent


async def test_hostile_bytes_break_nothing(data: Path) -> None:
    nasty = Call(1, caller="13955501953", name=b"\x1b[31m\xe2\x80\xae%0aEvent-Name: x\r\n\xff\x00")
    noise = [
        frame("text/event-plain", bytes(range(256)) * 8),
        frame("text/event-plain", b"\n\n\n"),
        frame("log/data", b"Content-Type: auth/request\n\n"),
        frame("no/such-kind", b"\xff"),
        event_frame({"Event-Name": "CHANNEL_CREATE"}),
        event_frame({"Event-Name": "CUSTOM", "Event-Subclass": "callcenter::info"}),
        event_frame(channel("CHANNEL_BRIDGE", "", "")),
        event_frame({"Event-Name": "BACKGROUND_JOB"}, "+OK"),
    ]
    async with FakeFreeswitch() as server, connected(data, server) as home:
        await server.tell(*noise, *answered(nasty), *noise)
        await home.over(1)
        [call] = home.calls()
        assert (call.state, call.number) == ("ended", "+8613955501953")
        assert call.name.isprintable()
        assert "\u202e" not in call.name
        assert (server.connections, home.lines.status()[0].dropped) == (1, 0)


async def test_an_endless_head_ends_the_connection_and_no_call(data: Path) -> None:
    call, patience = Call(), Patience(connect=5.0, reply=5.0, ping=60.0)
    async with FakeFreeswitch() as server, connected(data, server, patience) as home:
        await server.tell(call.rings(), call.dials(), call.picks_up())
        await server.tell(b"x" * (HEAD_LIMIT + 100))
        await until(lambda: server.connections == 2 and server.synced)
        await server.tell(call.hangs_up())
        await home.over(1)
        assert home.shown() == [("ended", ("1001",), "")]


async def test_an_event_longer_than_any_is_skipped_and_counted(data: Path) -> None:
    async with FakeFreeswitch() as server, connected(data, server) as home:
        whole = frame("text/event-plain", b"x" * (BODY_LIMIT + 1))
        for start in range(0, len(whole), 1 << 20):
            await server.tell(whole[start : start + (1 << 20)])
            await server.flush()
        await server.tell(*answered(Call()))
        await home.over(1)
        assert (server.connections, home.lines.status()[0].dropped) == (1, 1)


async def test_answers_nobody_asked_for_are_no_answers(data: Path) -> None:
    fields: Fields = {"Event-Name": "HEARTBEAT"}
    async with FakeFreeswitch() as server, connected(data, server) as home:
        await home.state("up")
        await server.tell(frame("command/reply", Reply_Text="+OK"), event_frame(fields))
        await server.tell(*answered(Call()))
        await home.over(1)
        assert server.connections == 1
