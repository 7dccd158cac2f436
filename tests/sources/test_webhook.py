"""A hosted exchange posts to real lines with a real desk: every call is there once, and
whoever is no exchange gets nowhere."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import socket
import ssl
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from console.desk import StoreError
from console.desk.verification import verify
from console.domain.call_events import CallEvent
from console.domain.words import M
from console.installation import open_desk
from console.sources.webhook import WebhookSource
from console.sources.webhook_calls import SETTLE, HostedCalls
from console.sources.webhook_event import HookEvent
from console.sources.webhook_server import BODY_LIMIT, HookPatience
from tests.installations import HandSet
from tests.sources.ami_server import until
from tests.sources.test_worker_lines import states, worker
from tests.sources.webhook_house import (
    CALLER,
    HOTLINE,
    JSON,
    LEAST,
    SECRET,
    Fields,
    configure,
    event,
    free_port,
    hosted,
    is_open,
    request,
    settings_of,
    signed,
    talk,
)

TLS = Path(__file__).resolve().parents[1] / "data" / "tls"
OVER = event("hangup", cause="normalClearing")


# --- calls


async def test_a_call_from_ring_to_end(data: Path, now: HandSet) -> None:
    more = f'[[exchange.did]]\nnumber = "{HOTLINE}"\nline = "power"\ngreeting = "你好"\n'
    more += '[[exchange.seat]]\nuser = "李娜"\nextension = "8001"\n'
    async with hosted(data, now, more) as house:
        await house.tell(event("newCall", to=f"86{HOTLINE}", users=["李娜", "8002"]))
        ringing = house.call()
        assert (ringing.state, ringing.stations) == ("ringing", ("8001", "8002"))
        assert (ringing.number, ringing.shown) == (f"+86{CALLER}", "139 5550 1953")
        assert (ringing.did, ringing.line, ringing.greeting) == (HOTLINE, "power", "你好")
        assert ringing.place["en"]
        now.at += 5
        await house.tell(event("answer", users=["李娜"]))
        now.at += 60
        await house.tell({**OVER, "recording": "/rec/1.wav"})
        over = house.call()
        assert (over.state, over.answers) == ("ended", ((now.at - 60, "8001"),))
        assert (over.ended_at, over.recording) == (now.at, "/rec/1.wav")
        assert over.facts[0].actor == "line:cloud"
        [status] = house.lines.status()
        assert (status.calls, status.last_event, status.dropped) == (1, now.at, 0)
        assert verify(house.desk).problems == ()


async def test_a_missed_call_is_owed_one(data: Path, now: HandSet) -> None:
    async with hosted(data, now) as house:
        await house.tell(event("newCall"), event("hangup", cause="cancel"))
        assert house.shown() == [("missed", (), "abandoned")]
        assert [debt.shown for debt in house.desk.owed()] == ["139 5550 1953"]


async def test_a_call_outside_the_hours_is_closed_and_another_number_is_not_ours(
    data: Path, now: HandSet
) -> None:
    more = f'hours = ["mon-fri 20:00-21:00"]\n[[exchange.did]]\nnumber = "{HOTLINE}"\n'
    async with hosted(data, now, more) as house:
        await house.tell(event("newCall"), event("newCall", "c-2", to="4009009999"))
        [call] = house.calls()
        assert call.facts[0].body["closed"] is True


async def test_told_out_of_order_and_more_than_once(
    data: Path, now: HandSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty calls, each event up to three times, all of them shuffled together."""
    heard: list[HookEvent] = []
    hear = HostedCalls.hear

    def counted(calls: HostedCalls, one: HookEvent, at: int) -> list[CallEvent]:
        heard.append(one)
        return hear(calls, one, at)

    monkeypatch.setattr(HostedCalls, "hear", counted)
    chance = random.Random(7)
    wanted, events = {}, []
    for number in range(40):
        call, start = f"c-{number}", now.at - 60
        script = [event("newCall", call, at=start)]
        if number % 3:
            script.append(event("answer", call, who="8001", at=start + 5))
        cause = "normalClearing" if number % 3 else "cancel"
        script.append(event("hangup", call, cause=cause, at=start + 30))
        wanted[f"cloud:{call}"] = ("ended", 1) if number % 3 else ("missed", 0)
        events += [one for one in script for _ in range(chance.randint(1, 3))]
    chance.shuffle(events)
    room = HookPatience(connections=500, per_peer=500)
    async with hosted(data, now, "peer_rate = 1000\nrate = 1000\n", room) as house:
        asked = [asyncio.create_task(house.post(one)) for one in events]
        await until(lambda: len(heard) == len(events), "everything being heard")
        now.at += SETTLE
        await asyncio.wait(asked)
        assert {task.result().status for task in asked} == {200}
        calls = house.calls()
        assert {call.key: (call.state, len(call.answers)) for call in calls} == wanted
        for call in calls:
            kinds = [fact.kind for fact in call.facts]
            assert kinds.count("call_rang") == 1
            assert kinds.count("call_ended") + kinds.count("call_missed") == 1
        assert verify(house.desk).problems == ()


async def test_an_end_is_acknowledged_when_it_is_written_down(data: Path, now: HandSet) -> None:
    async with hosted(data, now) as house:
        asked = asyncio.create_task(house.post(event("hangup", cause="cancel")))
        await until(lambda: house.sources[0].open_calls)
        assert house.calls() == []
        assert not asked.done()
        now.at += SETTLE
        assert (await asked).status == 200
        assert house.shown() == [("missed", (), "abandoned")]


async def test_a_call_nothing_more_is_heard_of(data: Path, now: HandSet) -> None:
    async with hosted(data, now, "ring_limit = 60\ntalk_limit = 600\n") as house:
        await house.tell(event("newCall"), event("newCall", "c-2"), event("answer", "c-2"))
        await house.pass_by(60, lambda: house.call().state == "missed")
        assert [call.state for call in house.calls()] == ["missed", "answered"]
        await house.pass_by(540, lambda: not house.desk.live_calls())
        assert house.shown() == [("missed", (), "outage"), ("ended", ("",), "")]


async def test_stopped_and_started_again(data: Path, now: HandSet) -> None:
    """Keys are the same afterwards; nothing is lost, doubled or left ringing."""
    async with hosted(data, now) as house:
        for number in (1, 2, 3):
            await house.tell(event("newCall", f"c-{number}"))
        await house.tell(event("answer", who="8001"))
    async with hosted(data, now) as house:
        source = house.sources[0]
        await until(lambda: len(source.open_calls) == 3)
        await house.tell(
            event("newCall"), event("answer", who="8001"), OVER, event("answer", "c-2", who="8002")
        )
        await house.tell(event("newCall", "c-1"), OVER)
        await house.pass_by(300, lambda: len(house.desk.live_calls()) == 1)
        assert house.shown() == [
            ("ended", ("8001",), ""),
            ("answered", ("8002",), ""),
            ("missed", (), "outage"),
        ]


async def test_a_store_that_takes_nothing_is_not_acknowledged_to(
    data: Path, now: HandSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hosted(data, now, patience=HookPatience(write=0.05)) as house:
        await house.tell(event("newCall"))
        report = type(house.desk).report

        def full(*_: object) -> None:
            raise StoreError(M("The disk is full."), M("Free some space."))

        monkeypatch.setattr(type(house.desk), "report", full)
        answer = await house.post(event("answer", who="8001"))
        assert (answer.status, answer.headers["retry-after"]) == (503, "5")
        again = await house.post(event("answer", who="8001"), sent=now.at + 1)
        assert again.status == 503
        monkeypatch.setattr(type(house.desk), "report", report)
        await until(lambda: house.call().answers)
        assert (await house.post(event("answer", who="8001"), sent=now.at + 2)).status == 200
        assert house.shown() == [("answered", ("8001",), "")]


async def test_it_places_no_calls(data: Path, now: HandSet) -> None:
    async with hosted(data, now) as house:
        await until(lambda: [line.state for line in house.desk.lines()] == ["listening"])
        assert house.desk.exchanges() == ()


async def test_what_was_acknowledged_survives_the_worker(data: Path) -> None:
    port = free_port()
    configure(data, f"port = {port}\n")
    desk = open_desk(data)

    async def tell(*events: Fields) -> None:
        for one in events:
            await until(lambda: is_open(port), "somebody listening")
            answer = await talk(port, signed(one, sent=int(time.time())))
            assert answer.status == 200

    async with worker(data) as first:
        await until(lambda: is_open(port), "somebody listening")
        async with worker(data) as second:
            await tell(event("newCall"), event("newCall", "c-2"), event("answer", who="8001"))
            first.send_signal(signal.SIGKILL)
            assert states(desk) == [("answered", 1), ("ringing", 0)]
            await first.wait()
            await tell(event("newCall"), OVER, event("hangup", "c-2", cause="busy"))
            assert states(desk) == [("ended", 1), ("missed", 0)]
            second.terminate()
            assert await second.wait() == 0
    assert verify(desk).problems == ()
    desk.store.close()


# --- who is no exchange


async def test_wrong_secrets_are_refused_and_shown(data: Path, now: HandSet) -> None:
    async with hosted(data, now) as house:
        answer = await house.post(event("newCall"), secret="a wrong secret of some length")
        assert answer.status == 401
        assert answer.text == "The signature is missing or does not fit.\n"
        [status] = house.lines.status()
        assert status.dropped == 1
        assert status.problem is not None
        assert status.problem.args["reason"].text == answer.text.strip()
        await house.tell(event("newCall"))
        assert house.lines.status()[0].problem is None
        assert len(house.calls()) == 1


async def test_a_replayed_request_changes_nothing(data: Path, now: HandSet) -> None:
    async with hosted(data, now) as house:
        recorded = signed(event("newCall", users=["8001"]), sent=now.at)
        for _ in range(3):
            assert (await talk(house.port, recorded)).status == 200
        assert house.kinds() == ["rang", "offered"]
        handed_on = signed(event("answer", who="8001"), sent=now.at)
        for one in (handed_on, signed(event("answer", who="8002"), sent=now.at), handed_on):
            assert (await talk(house.port, one)).status == 200
        assert [station for _, station in house.call().answers] == ["8001", "8002"]
        now.at += 301
        assert (await talk(house.port, recorded)).status == 401
        assert (await house.post(event("newCall", "c-2"), sent=now.at - 301)).status == 401
        assert len(house.calls()) == 1


async def test_a_bearer_secret(data: Path, now: HandSet) -> None:
    async with hosted(data, now, 'auth = "bearer"\n') as house:
        body = urlencode(event("newCall")).encode()
        kind = ("Content-Type", "application/x-www-form-urlencoded")
        bearer = ("Authorization", f"Bearer {SECRET}")
        assert (await talk(house.port, request([kind, bearer], body))).status == 200
        assert (await talk(house.port, request([kind], body))).status == 401
        assert house.shown() == [("ringing", (), "")]


HEAD = b"POST /calls HTTP/1.1\r\nHost: x\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
CHUNK = b"1000\r\n%s\r\n" % (b"x" * 0x1000)
TURNED_AWAY = {
    "read": (request([], b"", method="GET"), 405),
    "delete": (request([], b"", method="DELETE"), 405),
    "elsewhere": (request([], b"", path="/"), 404),
    "around a corner": (request([], b"", path="/calls/../x?secret=1"), 404),
    "no http": (b"\x16\x03\x01 hello\r\n\r\n", 400),
    "nul": (HEAD + b"X: \x00\r\n\r\n", 400),
    "a head without end": (HEAD + b"x" * 20_000, 400),
    "no address": (b"POST http://[ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "no chunk": (CHUNKED + b"evil\r\n", 400),
    "less than nothing": (HEAD + b"Content-Length: -1\r\n\r\n", 400),
    "too long": (request([], b"x" * (BODY_LIMIT + 1)), 413),
    "said to be too long": (HEAD + b"Content-Length: 99999999999\r\n\r\n", 413),
    "too long in pieces": (CHUNKED + CHUNK * 5, 413),
}
SAYS = {
    400: "This is no HTTP request.\n",
    404: "Calls are not reported here.\n",
    405: "Calls are reported by POST.\n",
    413: "A request has 16384 bytes at most.\n",
}


@pytest.mark.parametrize("name", TURNED_AWAY)
async def test_other_requests_are_turned_away(data: Path, now: HandSet, name: str) -> None:
    sent, status = TURNED_AWAY[name]
    async with hosted(data, now, patience=HookPatience(linger=0.01)) as house:
        answer = await talk(house.port, sent)
        assert (answer.status, answer.text) == (status, SAYS[status])
        assert answer.headers["server"] == "console"
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert house.calls() == []


async def test_what_is_no_event_is_said_without_repeating_it(data: Path, now: HandSet) -> None:
    async with hosted(data, now) as house:
        answer = await house.send(b"<script>", "text/html")
        assert answer.status == 400
        assert answer.text == "The Content-Type is neither that of JSON nor that of a form.\n"
        answer = await house.send(b'{"callId": "<script>"}')
        assert answer.text == "“event” is missing.\n"
        await house.tell(event("dtmf", digit="1"))
        assert house.calls() == []


async def test_hostile_text_reaches_nobody(data: Path, now: HandSet) -> None:
    evil = "Li\r\nSet-Cookie: a=1\x00\x1b[2J\u202egnp.exe"
    async with hosted(data, now) as house:
        await house.tell(event("newCall", evil, users=[evil], queue=evil, **{"to": evil}))
        gbk = b"event=newCall&callId=c-2&user[]=" + "李娜".encode("gbk") + b"&from=%00%1b%5b31m1"
        assert (await house.send(gbk, "application/x-www-form-urlencoded")).status == 200
        first, second = house.calls()
        assert first.key.startswith("cloud:")
        assert first.key.removeprefix("cloud:").isalnum()
        assert first.stations == ("Li Set-Cookie: a=1gnp.exe",)
        assert (second.stations, second.received) == (("李娜",), "1")
        assert all(
            character.isprintable()
            for call in (first, second)
            for fact in call.facts
            for character in json.dumps(fact.body, ensure_ascii=False)
        )


async def test_more_than_the_rate_has_to_wait(data: Path, now: HandSet) -> None:
    async with hosted(data, now, "peer_rate = 2\n") as house:
        answers = [(await house.post(event("newCall", f"c-{n}"))).status for n in range(3)]
        assert answers == [200, 200, 429]
        now.at += 1
        await house.tell(event("newCall", "c-2"))
        assert len(house.calls()) == 3


async def test_who_sends_slowly_is_cut_off_and_holds_up_nobody(data: Path, now: HandSet) -> None:
    async with hosted(data, now, patience=HookPatience(arrive=0.05, linger=0.01)) as house:
        body = b'{"event": "newCall"}'
        slow = [
            b"",
            b"POST /ca",
            b"POST /calls HTTP/1.1\r\nHost: x\r\nX-Slow: ",
            request([("Content-Type", JSON)], body)[:-5],
        ]
        asked = [asyncio.create_task(talk(house.port, one)) for one in slow]
        await house.tell(event("newCall"))
        answers = await asyncio.gather(*asked)
        assert [answer.status for answer in answers] == [0, 0, 0, 408]
        assert answers[-1].text == "The request did not arrive in time.\n"


async def test_nobody_takes_all_connections(data: Path, now: HandSet) -> None:
    patience = HookPatience(arrive=5.0, connections=3, per_peer=3)
    async with hosted(data, now, patience=patience) as house:
        held = [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(3)]
        assert (await house.post(event("newCall"))).status == 0
        for _, writer in held:
            writer.close()
        answer = await house.post(event("newCall"))
        while answer.status == 0:  # until the server has noticed
            answer = await house.post(event("newCall"))
        assert answer.status == 200


# --- the line


async def test_https(data: Path, now: HandSet) -> None:
    for name in ("exchange.pem", "exchange.key"):
        (data / name).write_bytes((TLS / name).read_bytes())
    more = 'cert_file = "exchange.pem"\nkey_file = "exchange.key"\n'
    async with hosted(data, now, more) as house:
        trust = ssl.create_default_context(cafile=TLS / "exchange.pem")
        sent = request([], b"", method="GET")
        assert (await talk(house.port, sent, trust)).status == 405
        assert (await talk(house.port, sent)).status == 0
        before = house.port
        (data / "exchange.pem").write_bytes((TLS / "exchange.pem").read_bytes() + b"\n")
        await until(lambda: house.port != before, "the new certificate being taken up")
        await house.state_is("listening")
        (data / "exchange.pem").write_text("nothing")
        await house.state_is("down")
        [status] = house.lines.status()
        assert status.problem is not None
        assert status.problem.text.startswith("The certificate {file} cannot be used")


async def test_a_port_that_is_taken_is_tried_again(data: Path, now: HandSet) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    settings = settings_of(data, f"port = {port}\n")
    source = WebhookSource(settings, clock=lambda: float(now.at), sleep=lambda _: asyncio.sleep(0))
    listens = asyncio.create_task(anext(source.events(), None))
    await until(lambda: source.status.state == "down")
    assert source.status.problem is not None
    assert source.status.problem.text == "Another program listens at {place}."
    taken.close()
    await until(lambda: source.status.state == "listening")
    assert source.status.problem is None
    source.close()
    await listens


async def test_a_change_of_the_configuration_is_taken_up(data: Path, now: HandSet) -> None:
    async with hosted(data, now) as house:
        await house.tell(event("newCall"))
        configure(data, 'path = "/hook"\n')
        await house.listens_anew(2)
        assert (await house.post(OVER)).status == 404
        configure(data, "", LEAST)
        await house.listens_anew(3)
        await house.tell(event("answer", who="8001"), OVER)
        assert house.shown() == [("ended", ("8001",), "")]


async def test_no_process_without_a_hosted_exchange_loads_the_web_server(data: Path) -> None:
    code = (
        "import sys, console.app, console.cli.worker, console.cli.doctor, console.sources.lines\n"
        "from pathlib import Path; from console.sources.phone_config import load\n"
        "load(Path(sys.argv[1])); sys.exit('aiohttp' in sys.modules)"
    )
    configure(data)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(data), stderr=asyncio.subprocess.PIPE
    )
    _, complaint = await process.communicate()
    assert (process.returncode, complaint) == (0, b"")
