"""From a commit to the other seats: their own feed, on an event loop, fetching the row."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path

from bench import seed
from bench.crowd import crowd
from bench.rows import Row
from bench.sampling import Scale, percentile
from console.desk import Desk, Who
from console.installation import open_desk
from console.screens.feed import Changes, Feed

PACE = 0.1
"""Seconds between two commits: ten a second, ten times what a busy hotline writes."""


def run(scale: Scale) -> list[Row]:
    """The slowest per cent, with 50 and with 200 seats watching."""
    rows = [_watched(scale.pick(10, 50), 100.0, scale)]
    if not scale.quick:
        rows.append(_watched(200, 200.0, scale))
    return rows


def _watched(seats: int, budget: float, scale: Scale) -> Row:
    commits = scale.pick(20, 80)
    seconds = 2 + seats / 25 + commits * PACE
    with tempfile.TemporaryDirectory() as scratch:
        directory = seed.store(Path(scratch) / "data", history=0, open_cases=40)
        begin = time.monotonic() + 1 + seats / 25

        def member(index: int) -> list[float]:
            if index == 0:
                return _writes(directory, begin, commits)
            return asyncio.run(_watches(directory, begin, commits))

        written, *seen = crowd(seats + 1, member, seconds + 60)
    delays = [there - done for one in seen for done, there in zip(written, one, strict=True)]
    assert all(delay > -PACE for delay in delays), "a seat saw a fact before it was written"
    return Row(f"commit seen by {seats} seats: p99", percentile(delays, 99) * 1e3, "ms", budget)


def _writes(directory: Path, begin: float, commits: int) -> list[float]:
    """Give commands at an even pace. -> when each was committed."""
    desk = open_desk(directory)
    number = min(row.case for row in desk.board())
    done = []
    for turn in range(commits):
        time.sleep(max(0.0, begin + turn * PACE - time.monotonic()))
        desk.do("note", {"case": number, "text": f"第 {turn} 次"}, Who(seed.PERSON, "bench"))
        done.append(time.monotonic())
    return done


async def _watches(directory: Path, begin: float, commits: int) -> list[float]:
    """-> when each of the commits had been seen and its row fetched."""
    desk = open_desk(directory)
    first, seen = desk.last_seq(), [0.0] * commits
    over = asyncio.Event()

    def heard(changes: Changes) -> None:
        for number in changes.cases:
            desk.board_row(number)
        now = time.monotonic()
        reached = min(commits, desk.last_seq() - first)
        for turn in range(reached):
            seen[turn] = seen[turn] or now
        if reached == commits:
            over.set()

    feed = Feed(desk, heard)
    # Seats do not start at the same instant, so neither do their looks.
    await asyncio.sleep((os.getpid() % 64) / 1024)
    feed.start()
    await asyncio.wait_for(over.wait(), begin - time.monotonic() + commits * PACE + 30)
    feed.stop()
    _close(desk)
    return seen


def _close(desk: Desk) -> None:
    desk.store.close()
