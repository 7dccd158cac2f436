"""Two hundred seats, each giving a command a second, all on one store."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from bench import seed
from bench.crowd import crowd
from bench.rows import Row
from bench.sampling import Scale, jain, percentile
from console.desk import Who
from console.domain.refusal import RefusedError
from console.installation import open_desk
from console.store.errors import StoreError

SEATS = 200


def run(scale: Scale) -> list[Row]:
    """Errors, the slowest per cent of commands, and whether all got their share."""
    seats, seconds = scale.pick(20, SEATS), scale.pick(4, 15, 30)
    with tempfile.TemporaryDirectory() as scratch:
        directory = seed.store(Path(scratch) / "data", history=0, open_cases=seats)
        begin = time.monotonic() + 1 + seats / 15
        answers = crowd(seats, lambda index: _seat(directory, index, begin, seconds), seconds + 60)
    took = [one for answer in answers for one in answer if one >= 0]
    errors = sum(one < 0 for answer in answers for one in answer)
    shares = [float(sum(one >= 0 for one in answer)) for answer in answers]
    name = f"{seats} seats, one command a second"
    return [
        Row(f"{name}: errors", errors, "", 0),
        Row(f"{name}: p99", percentile(took, 99) * 1e3, "ms", 100.0),
        Row(f"{name}: fairness", jain(shares), "Jain", 0.95, least=True),
    ]


def _seat(directory: Path, index: int, begin: float, seconds: int) -> list[float]:
    """Seconds of each command from when it was meant to be given; -1 for one that failed.

    A seat that falls behind does not slow its pace, so waiting in a queue is counted.
    """
    desk = open_desk(directory)
    number = sorted(row.case for row in desk.board())[index]
    who = Who(seed.PERSON, f"bench {index}")
    phase = random.Random(index).random()
    desk.preview("note", {"case": number, "text": "–"}, who)  # what is loaded on first use
    took = []
    for turn in range(seconds):
        meant = begin + phase + turn
        time.sleep(max(0.0, meant - time.monotonic()))
        if time.monotonic() > begin + 1 + seconds:
            break
        try:
            desk.do("note", {"case": number, "text": f"第 {turn} 次"}, who)
            took.append(time.monotonic() - meant)
        except (StoreError, RefusedError):
            took.append(-1.0)
    return took
