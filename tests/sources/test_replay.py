"""Recordings played again: their pace, their instants, their cuts."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from console.domain.call_events import CallEvent
from console.sources import Source
from console.sources.line_trouble import LoginRefusedError
from console.sources.replay import Recording, ReplaySource
from tests.sources.captures import PATHS, recording, stream


class Naps:
    """Records how long it was asked to sleep, and returns at once."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


async def collect(source: Source) -> list[CallEvent]:
    return [event async for event in source.events()]


def short(tmp_path: Path, data: bytes, *rows: str) -> Recording:
    path = tmp_path / "short.seat.ami"
    path.write_bytes(data)
    times = "\n".join(["offset\ttime\tbytes", *rows])
    (tmp_path / "short.seat.times.tsv").write_text(times + "\n", encoding="utf-8")
    return Recording(path)


async def test_the_recorded_pace() -> None:
    naps = Naps()
    await collect(ReplaySource(recording("a1"), sleep=naps))
    assert sum(naps.taken) == pytest.approx(recording("a1").length)
    assert recording("a1").length == pytest.approx(10, abs=1)
    assert min(naps.taken) > 0


async def test_ten_times_as_fast_and_as_fast_as_possible() -> None:
    naps = Naps()
    await collect(ReplaySource(recording("a1"), speed=10, sleep=naps))
    assert sum(naps.taken) == pytest.approx(recording("a1").length / 10)
    naps = Naps()
    assert len(await collect(ReplaySource(recording("a1"), speed=0, sleep=naps))) == 5
    assert naps.taken == []


async def test_events_keep_the_instants_they_were_recorded_at() -> None:
    events = await collect(ReplaySource(recording("a1"), speed=0))
    assert [event.at for event in events] == [1795320988] * 3 + [1795320991, 1795320997]


async def test_events_can_happen_now() -> None:
    naps = Naps()
    began = int(recording("a1").started)
    old = await collect(ReplaySource(recording("a1"), speed=0))
    now = await collect(ReplaySource(recording("a1"), base=2_000_000_000, sleep=naps))
    assert [e.at - 2_000_000_000 for e in now] == [e.at - began for e in old]
    fast = await collect(ReplaySource(recording("a1"), speed=4, base=2_000_000_000, sleep=naps))
    assert [e.at - 2_000_000_000 for e in fast] == [(e.at - began) // 4 for e in old]


async def test_timestamps_in_the_messages_are_moved_along() -> None:
    events = await collect(ReplaySource(recording("o1"), speed=0, base=2_000_000_000))
    assert 2_000_000_000 <= events[0].at <= events[-1].at <= 2_000_000_010


async def test_an_outage_is_played_as_one() -> None:
    assert [read.mark for read in recording("h1").reads if read.mark] == ["CLOSE", "CONNECT"]
    events = await collect(ReplaySource(recording("h1"), speed=0))
    assert [e.body for e in events if e.kind == "call_missed"] == [
        {"reason": "outage"},
        {"reason": "abandoned"},
    ]


async def test_half_a_message_before_a_cut_is_forgotten(tmp_path: Path) -> None:
    half, data = stream("b4")[104:200], stream("b4")[104:]
    assert data.startswith(b"Event: Newchannel")
    cut = short(
        tmp_path,
        half + data,
        f"0\t100.0\t{len(half)}",
        f"{len(half)}\t101.0\tDROP",
        f"{len(half)}\t105.0\tCONNECT",
        f"{len(half)}\t105.5\t{len(data)}",
        f"{len(half) + len(data)}\t106.0\tEOF",
    )
    events = await collect(ReplaySource(cut, speed=0))
    assert [(e.kind, e.at) for e in events] == [("call_rang", 105), ("call_missed", 105)]


def test_chunks_carry_their_delay_and_lose_no_byte() -> None:
    chunks = list(recording("h1").chunks())
    assert b"".join(data for _, data in chunks) == PATHS["h1"].read_bytes()
    assert chunks[0][0] == 0
    assert sum(delay for delay, _ in chunks) == pytest.approx(recording("h1").length)


def test_a_gzipped_recording_is_the_same(tmp_path: Path) -> None:
    for path in (PATHS["b4"], PATHS["b4"].with_name("b4-queue-joinempty.seat.times.tsv")):
        (tmp_path / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    packed = Recording(tmp_path / f"{PATHS['b4'].name}.gz")
    assert packed.reads == recording("b4").reads


async def test_a_recording_without_times_is_one_read() -> None:
    assert recording("k1").length == 0
    [(delay, data)] = recording("k1").chunks()
    assert (delay, data) == (0, PATHS["k1"].read_bytes())


async def test_a_refused_login_ends_the_replay() -> None:
    with pytest.raises(LoginRefusedError, match="Authentication failed"):
        await collect(ReplaySource(recording("k1"), speed=0))


def test_times_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ends before"):
        short(tmp_path, b"abc", "0\t1.0\t4")
    with pytest.raises(OSError, match="nothing"):
        Recording(tmp_path / "nothing.ami")


def test_a_negative_speed_is_refused() -> None:
    with pytest.raises(ValueError, match="speed"):
        ReplaySource(recording("a1"), speed=-1)
