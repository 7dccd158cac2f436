"""A writer killed at any moment loses nothing it has acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from console.desk.verification import verify
from console.installation import open_desk

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10


class Nursery:
    """Writers in processes of their own, and the knife."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def live_and_die(self, directory: Path, seed: int, seconds: float) -> list[tuple[int, int]]:
        """Let a writer work for a moment, then kill it. -> what it acknowledged."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{directory} {seed}\n")
        self.process.stdin.flush()
        born, pid = self.line().split()
        assert born == "born"
        acknowledged: list[tuple[int, int]] = []
        end = time.monotonic() + seconds
        while time.monotonic() < end or not acknowledged:
            acknowledged.append(self._acknowledged(self.line()))
        os.kill(int(pid), signal.SIGKILL)
        while (line := self.line()) != "dead\n":
            acknowledged.append(self._acknowledged(line))
        return acknowledged

    @staticmethod
    def _acknowledged(line: str) -> tuple[int, int]:
        first, last = line.split()
        return int(first), int(last)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.process.communicate()


@pytest.mark.parametrize("seed", range(3))
def test_kill_9(data: Path, nursery: Nursery, seed: int) -> None:
    source = random.Random(seed)
    last = open_desk(data).store.last_seq()
    for kill in range(KILLS):
        acknowledged = nursery.live_and_die(data, seed * 100 + kill, source.uniform(0, 0.04))
        desk = open_desk(data)
        assert acknowledged[0][0] == last + 1
        for (_, end), (begin, _) in pairwise(acknowledged):
            assert begin == end + 1
        # One command more may have been written than there was time to say so.
        assert desk.store.last_seq() >= acknowledged[-1][1]
        assert [f.seq for f in desk.follow(last, 10_000)] == list(
            range(last + 1, desk.store.last_seq() + 1)
        )
        report = verify(desk)
        assert report.problems == ()
        assert report.facts == desk.store.last_seq()
        last = report.facts
        desk.store.close()
