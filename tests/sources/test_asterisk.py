"""Recorded exchanges served over TCP: what the calls come to in the store."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from console.desk.verification import verify
from tests.desk.test_report import OUTCOMES
from tests.sources.ami_server import AmiServer
from tests.sources.phone_house import connected

SERVED = sorted(set(OUTCOMES) - {"k1"})
"""The recordings of one exchange; k1 is four refused and accepted logins."""

JOINED = sorted(set(SERVED) - {"h1", "k2"})
"""The recordings in which the connection is never cut."""


@pytest.mark.parametrize("key", SERVED)
async def test_outcome_at_the_recorded_pace(data: Path, key: str) -> None:
    async with AmiServer() as server, connected(data, server) as house:
        await server.play(key, house.heard)
        await house.over(len(OUTCOMES[key]))
        assert house.shown() == OUTCOMES[key]
        assert {call.exchange for call in house.calls()} <= {"hq"}
        assert verify(house.desk).problems == ()


@pytest.mark.parametrize("key", JOINED)
async def test_outcome_at_full_speed(data: Path, key: str) -> None:
    async with AmiServer() as server, connected(data, server) as house:
        await server.play(key)
        await house.over(len(OUTCOMES[key]))
        assert house.shown() == OUTCOMES[key]


@pytest.mark.parametrize("key", JOINED)
async def test_outcome_byte_by_byte(data: Path, key: str) -> None:
    async with AmiServer(step=1) as server, connected(data, server) as house:
        await server.play(key)
        await house.over(len(OUTCOMES[key]))
        assert house.shown() == OUTCOMES[key]


async def test_a_hundred_calls_twenty_at_once(data: Path) -> None:
    async with AmiServer() as server, connected(data, server) as house:
        await server.play("l1")
        await house.over(100)
        assert {(state, len(answers)) for state, answers, _ in house.shown()} == {("ended", 1)}
        [status] = house.lines.status()
        assert (status.calls, status.reconnects, status.dropped) == (100, 0, 0)


@pytest.mark.parametrize("first", range(len(JOINED)))
async def test_one_recording_after_another_on_one_connection(data: Path, first: int) -> None:
    """Every recording once; over all rows each comes right after each other one."""
    async with AmiServer() as server, connected(data, server) as house:
        keys = row(JOINED, first)
        for key in keys:
            await server.play(key)
        await house.over(sum(len(OUTCOMES[key]) for key in keys))
        assert house.shown() == [call for key in keys for call in OUTCOMES[key]]


def row(keys: list[str], first: int) -> list[str]:
    """One row of a square in which, for an even number of keys, each follows each other once:
    first, the next, the one before, the next but one …"""
    steps = [(n + 1) // 2 * (1 if n % 2 else -1) for n in range(len(keys))]
    return [keys[(first + step) % len(keys)] for step in steps]


def test_every_recording_comes_right_after_every_other() -> None:
    rows = [row(JOINED, first) for first in range(len(JOINED))]
    pairs = {pair for keys in rows for pair in itertools.pairwise(keys)}
    assert pairs == set(itertools.permutations(JOINED, 2))
