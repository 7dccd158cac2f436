"""Brings up writers to be killed: `python -m tests.store.nursery`.

For every line `DIRECTORY SEED` a writer is forked. It says `born PID`, then one line for
every command that was acknowledged: the numbers of its first and last fact.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from console.installation import open_desk
from tests.store.doings import do, doings


def write(directory: str, seed: int) -> None:
    """Give commands for ever, each acknowledged with one write of its own."""
    desk = open_desk(Path(directory))
    os.write(1, f"born {os.getpid()}\n".encode())
    for doing in doings(random.Random(seed)):
        outcome = do(desk, doing)
        if outcome is not None and outcome.facts:
            os.write(1, f"{outcome.facts[0].seq} {outcome.facts[-1].seq}\n".encode())


def main() -> None:
    for line in sys.stdin:
        directory, seed = line.split()
        child = os.fork()
        if child == 0:
            write(directory, int(seed))
            os._exit(1)
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
