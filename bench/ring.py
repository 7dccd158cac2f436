"""From an event of the exchange to the ring painted on every seat: a real exchange connection,
the line process, the store, and real seats in real terminals."""

from __future__ import annotations

import contextlib
import select
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench import programs
from bench.pty import ROOT, Terminal, python
from bench.rows import Row
from bench.sampling import Scale, percentile

BUDGET = 150.0
PAUSE = 0.6
"""Seconds between two rings."""

_GREETING = b"Asterisk Call Manager/9.0.0\r\n"
_LISTS = {"Status": "StatusComplete", "QueueStatus": "QueueStatusComplete"}


class Exchange:
    """As much of an exchange as the console asks about; it says what it is told to say."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._connection: socket.socket | None = None
        self.synced = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(_GREETING)
            self._connection, heard = connection, b""
            while data := connection.recv(4096):
                *asked, heard = (heard + data).split(b"\r\n\r\n")
                for one in asked:
                    self._answer(one.decode("latin-1"))

    def _answer(self, asked: str) -> None:
        fields = dict(line.split(": ", 1) for line in asked.split("\r\n") if ": " in line)
        action, number = fields.get("Action", ""), fields.get("ActionID", "")
        answer = {"Response": "Success", "ActionID": number}
        if action == "Challenge":
            answer["Challenge"] = "1"
        if action == "Login":
            answer["Message"] = "Authentication accepted"
        self.say(answer)
        if action in _LISTS:
            self.say({"Event": _LISTS[action], "ActionID": number})
        if action == "QueueStatus":
            self.synced.set()

    def say(self, *events: dict[str, str]) -> None:
        lines = ("".join(f"{k}: {v}\r\n" for k, v in event.items()) + "\r\n" for event in events)
        self.tell("".join(lines).encode())

    def tell(self, data: bytes) -> None:
        assert self._connection is not None
        self._connection.sendall(data)

    def close(self) -> None:
        self._server.close()
        if self._connection is not None:
            self._connection.close()


def run(scale: Scale) -> list[Row]:
    """The slowest per cent of all rings on all seats."""
    seats, rings = scale.pick(4, 50), scale.pick(5, 30)
    with programs.board(history=0, open_cases=40) as place, contextlib.ExitStack() as stack:
        exchange = Exchange()
        stack.callback(exchange.close)
        configure(place.directory, exchange.port)
        stack.enter_context(_worker(place.directory))
        assert exchange.synced.wait(30), "the line process did not log in"
        terminals = [stack.enter_context(programs.opened(place)) for _ in range(seats)]
        delays = [
            one for number in range(rings) for one in _ring(exchange, terminals, number + 1001)
        ]
    return [Row(f"ring painted on {seats} seats: p99", percentile(delays, 99) * 1e3, "ms", BUDGET)]


def configure(directory: Path, port: int) -> None:
    (directory / "phone.toml").write_text(
        f'[[exchange]]\nname = "hq"\nhost = "127.0.0.1"\nport = {port}\n'
        'user = "bench"\nsecret = "bench"\n',
        "utf-8",
    )


@contextlib.contextmanager
def _worker(directory: Path) -> Iterator[None]:
    process = subprocess.Popen(
        python("console", "worker", "--data", str(directory)),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _ring(exchange: Exchange, terminals: list[Terminal], number: int) -> Iterator[float]:
    """One call. -> seconds until each seat had painted its number."""
    caller, root = f"1395550{number:04}", f"bench-{number}.0"
    shown = f"139 5550 {number:04}".encode()
    own = {"Channel": f"PJSIP/trunk-{number:08x}", "Uniqueid": root, "Linkedid": root}
    begun = time.monotonic()
    exchange.say(
        {
            "Event": "Newchannel",
            **own,
            "ChannelState": "4",
            "CallerIDNum": caller,
            "CallerIDName": "<unknown>",
            "Context": "from-trunk",
            "Exten": "4008001234",
        }
    )
    waiting = {terminal._fd: terminal for terminal in terminals}
    seen = dict.fromkeys(waiting, b"")
    limit = begun + 20
    while waiting:
        ready, _, _ = select.select(list(waiting), [], [], max(0.0, limit - time.monotonic()))
        assert ready, f"{len(waiting)} seats did not paint the ring"
        for descriptor in ready:
            seen[descriptor] += waiting[descriptor].read(0)
            if shown in seen[descriptor]:
                del waiting[descriptor]
                yield time.monotonic() - begun
    exchange.say({"Event": "Hangup", **own, "Cause-txt": "Normal Clearing"})
    until = time.monotonic() + PAUSE
    while time.monotonic() < until:
        for terminal in terminals:
            terminal.read(0.002)
