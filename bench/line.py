"""The line process under load: how fast it reads what an exchange says, and what fifty calls
at once cost it."""

from __future__ import annotations

import gzip
import subprocess
import time
from pathlib import Path

from bench import programs
from bench.pty import ROOT, python
from bench.ring import Exchange, configure
from bench.rows import Row
from bench.sampling import Scale
from console.sources.ami import AmiParser

LOAD = ROOT / "tests/data/captures/l1-load-20-concurrent-5cps.seat.ami.gz"
EVENTS_A_SECOND = 240
CHUNK = 4096


def run(scale: Scale) -> list[Row]:
    """Messages a second, and the share of one processor at 240 events a second."""
    return [_parsed(scale), _share(scale)]


def _parsed(scale: Scale) -> Row:
    stream = gzip.decompress(LOAD.read_bytes()) * scale.pick(1, 10)
    parser, count, begun = AmiParser(), 0, time.perf_counter()
    for at in range(0, len(stream), CHUNK):
        count += len(parser.feed(stream[at : at + CHUNK]))
    rate = count / (time.perf_counter() - begun)
    return Row("exchange messages read", rate, "/s", 40_000, least=True)


def _share(scale: Scale) -> Row:
    """Play recorded events at the pace of fifty concurrent calls."""
    seconds = scale.pick(3, 15)
    with programs.board(history=0, open_cases=1) as place:
        exchange = Exchange()
        configure(place.directory, exchange.port)
        process = subprocess.Popen(
            python("console", "worker", "--data", str(place.directory)),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert exchange.synced.wait(30), "the line process did not log in"
            time.sleep(1.0)
            before, begun = _cpu(process.pid), time.monotonic()
            for number, event in enumerate(_events(seconds * EVENTS_A_SECOND)):
                wait = begun + number / EVENTS_A_SECOND - time.monotonic()
                if wait > 0:
                    time.sleep(wait)
                exchange.tell(event)
            spent = _cpu(process.pid) - before
            share = spent / (time.monotonic() - begun) * 100
        finally:
            process.kill()
            process.wait()
            exchange.close()
    return Row("line process at 240 events a second", share, "%", 10.0)


def _events(count: int) -> list[bytes]:
    blocks = gzip.decompress(LOAD.read_bytes()).split(b"\r\n\r\n")
    return [block + b"\r\n\r\n" for block in blocks if block.startswith(b"Event: ")][:count]


def _cpu(pid: int) -> float:
    """Seconds on a processor so far, of all its threads."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
