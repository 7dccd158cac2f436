"""The lines as part of `console worker`: killed, started again, two at once; what `show
lines` and `doctor` say about them."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from console.cli.main import main
from console.desk import Desk
from console.desk.line_status import LEASE, LineStatus, read_status, write_status
from console.desk.verification import verify
from console.domain.words import M
from console.installation import open_desk
from tests.installations import NOON, CommandLine
from tests.sources.ami_server import AmiServer, until
from tests.sources.phone_house import configure
from tests.sources.test_line_outages import hung_up, leg, picked_up, ring


@asynccontextmanager
async def worker(data: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A `console worker` of its own, killed in the end if it still runs."""
    words = (sys.executable, "-m", "console", "worker", "--data", str(data), "--lang", "en")
    silence = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*words, stdout=silence, stderr=silence)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def states(desk: Desk) -> list[tuple[str, int]]:
    calls = sorted(desk.calls(), key=lambda call: call.key)
    return [(call.state, len(call.answers)) for call in calls]


async def test_killed_in_mid_call_there_are_no_ghosts(data: Path) -> None:
    async with AmiServer() as server:
        configure(data, server.port)
        desk = open_desk(data)
        async with worker(data) as first:
            await until(lambda: server.synced, "the login")
            async with worker(data) as second:
                for number in (1, 2, 3):
                    await server.tell(ring(number), leg("DialBegin", number))
                await server.tell(*picked_up(1))
                up = [("answered", 1), ("ringing", 0), ("ringing", 0)]
                await until(lambda: states(desk) == up, "three calls")
                first.send_signal(signal.SIGKILL)
                await first.wait()
                await server.tell(*picked_up(2), hung_up(3))
                settled = [("answered", 1), ("answered", 1), ("missed", 0)]
                await until(lambda: states(desk) == settled, "the other worker taking over")
                assert server.connections == 2
                await server.tell(hung_up(1), hung_up(2))
                over = [("ended", 1), ("ended", 1), ("missed", 0)]
                await until(lambda: states(desk) == over, "the calls ending")
                second.terminate()
                assert await second.wait() == 0
        assert verify(desk).problems == ()
        assert [line.state for line in desk.lines()] == ["stopped"]
        desk.store.close()


# --- what is said about them


@pytest.fixture
def two_lines(data: Path, desk: Desk) -> Any:
    problem = M("The exchange refuses the login of “{user}”: {reason}.", user="x", reason="no")
    lines = [
        LineStatus("hq", "up", NOON, "2026-03-10", 7, NOON + 60, 2, 1),
        LineStatus("b1", "refused", NOON, problem=problem, remedy=M("Ask.")),
    ]
    write_status(data, lines)
    lease = desk.lease(LEASE)
    assert lease.take()
    yield lines
    lease.release()


def test_a_status_is_read_as_it_was_written(data: Path, two_lines: list[LineStatus]) -> None:
    assert read_status(data, running=True) == two_lines
    assert [line.state for line in read_status(data, running=False)] == ["stopped", "stopped"]


@pytest.mark.parametrize("text", ["", "[", "[1]", '[{"name": "x", "colour": 1}]', "{}"])
def test_a_damaged_status_counts_as_nothing(data: Path, text: str) -> None:
    (data / "lines.json").write_text(text)
    assert read_status(data, running=True) == []


def test_show_lines(console: CommandLine, two_lines: object) -> None:
    out = console("show", "lines").out
    assert "hq  up since 2026-03-10 12:00:00" in out
    assert "7 calls on 2026-03-10, last event 2026-03-10 12:01:00; 2 reconnects, 1 message" in out
    assert "b1  login refused since 2026-03-10 12:00:00" in out
    assert "The exchange refuses the login of “x”: no." in out
    hq, b1 = console.json("show", "lines")
    assert (hq["line"], hq["state"], hq["calls"], hq["reconnects"]) == ("hq", "up", 7, 2)
    assert (hq["last_event"], b1["last_event"]) == ("2026-03-10T12:01:00+08:00", None)
    assert b1["problem"] == "The exchange refuses the login of “x”: no."


def test_show_lines_without_any(console: CommandLine) -> None:
    assert console("show", "lines").out.startswith("No telephone line is configured")
    assert console.json("show", "lines") == []


def test_lines_nobody_runs_are_not_running(console: CommandLine, data: Path) -> None:
    write_status(data, [LineStatus("hq", "up", NOON)])
    assert "hq  not running" in console("show", "lines").out


async def doctor(data: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any]]:
    """The doctor beside a server in this loop."""
    capsys.readouterr()
    words = ["doctor", "--json", "--lang", "en", "--data", str(data)]
    code = await asyncio.to_thread(main, words)
    return code, json.loads(capsys.readouterr().out)


def wrong(checks: list[Any]) -> list[str]:
    return [check["says"] for check in checks if not check["good"]]


async def test_doctor_tries_each_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with AmiServer() as server:
        configure(data, server.port)
        (data / "phone.toml").chmod(0o600)
        code, checks = await doctor(data, capsys)
        assert (code, wrong(checks)) == (1, ["Nobody runs the lines."])
        says = [check["says"] for check in checks]
        assert "hq: “console” is let in." in says
        assert "hq: It may ask what is up and place calls." in says
        assert server.count("Originate") == 1
        desk = open_desk(data)
        lease = desk.lease(LEASE)
        lease.take()
        write_status(data, [LineStatus("hq", "up")])
        assert (await doctor(data, capsys))[0] == 0
        lease.release()
        desk.store.close()


@pytest.mark.parametrize(
    ("server", "says", "does"),
    [
        (AmiServer(secret="other"), "the login of “console”: Authentication failed", "Compare"),
        (AmiServer(denied=frozenset({"Originate"})), "lacks rights to write: originate", "Give it"),
        (AmiServer(banner=b"SSH-2.0-x\r\n"), "is no manager interface", "Check “port”"),
        (AmiServer(drops_logins=True), "connection", ""),
    ],
)
async def test_doctor_says_what_is_wrong_and_what_to_do(
    data: Path, capsys: pytest.CaptureFixture[str], server: AmiServer, says: str, does: str
) -> None:
    async with server:
        configure(data, server.port)
        (data / "phone.toml").chmod(0o644)
        code, checks = await doctor(data, capsys)
        assert code == 1
        assert any("can be read by others" in one for one in wrong(checks))
        [found] = [one for one in checks if not one["good"] and one["says"].startswith("hq: ")]
        assert says in found["says"]
        assert found["remedy"].startswith(does)


def test_doctor_where_nobody_listens(console: CommandLine) -> None:
    configure(console.directory, 1)
    answer = console("doctor")
    assert answer.code == 1
    assert "Nobody listens at 127.0.0.1:1." in answer.out


def test_doctor_of_a_sound_installation_without_lines(console: CommandLine) -> None:
    answer = console("doctor")
    assert answer.code == 0, answer.out
    assert all(line.startswith("good") for line in answer.out.splitlines())


def test_doctor_where_there_is_no_installation(tmp_path: Path, capsys: Any) -> None:
    answer = CommandLine(tmp_path / "nowhere", capsys)("doctor")
    assert answer.code == 1
    assert "is no directory that you may write to" in answer.out
