"""Brings up many writers to be killed: `python -m tests.store.ward DIRECTORY`.

`fork COUNT SEED` on its input brings up so many, from one image, each saying `born PID SEAT`
once it works; `reap COUNT` waits until so many are dead and says `reaped`. A writer says
`SEAT FIRST LAST` after every command that was acknowledged: the numbers of its first and last
fact. Each has calls and cases of its own; the store and its numbers are everybody's.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from console.desk import Desk, Who
from console.domain.refusal import RefusedError
from console.installation import open_desk
from console.store.store import Store
from tests.store.doings import doings


def say(line: str) -> None:
    """One write, so that lines of many writers never mix."""
    os.write(1, f"{line}\n".encode())


def write(desk: Desk, directory: Path, seed: int) -> None:
    """Give commands for ever, each acknowledged with a line of its own."""
    desk.store = Store(directory)
    seat = f"w{seed}"
    say(f"born {os.getpid()} {seat}")
    cases: list[int] = []
    for doing in doings(random.Random(seed)):
        typed = dict(doing.typed)
        if "call" in typed:
            typed["call"] = f"{seat}-{typed['call']}"
        if "case" in typed:
            typed["case"] = cases[-1 - typed["case"] % len(cases)] if cases else 0
        try:
            outcome = desk.do(doing.name, typed, Who(doing.who, seat))
        except RefusedError:
            continue
        if doing.name == "open":
            cases.append(outcome.case)
        if outcome.facts:
            say(f"{seat} {outcome.facts[0].seq} {outcome.facts[-1].seq}")


def main(directory: Path) -> None:
    desk = open_desk(directory)
    # What costs time is made once; no connection is carried into another process.
    desk.store.close()
    for line in sys.stdin:
        word, *numbers = line.split()
        if word == "fork":
            for seed in range(int(numbers[1]), int(numbers[1]) + int(numbers[0])):
                if os.fork() == 0:
                    try:
                        write(desk, directory, seed)
                    finally:
                        os._exit(1)
        else:
            for _ in range(int(numbers[0])):
                os.wait()
            say("reaped")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
