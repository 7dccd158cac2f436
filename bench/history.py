"""Opening the board: its cost follows the open cases, not the closed ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import seed
from bench.rows import Row
from bench.sampling import Scale, alternating, median, timed
from console.installation import open_desk

SHORT = 10_000
OPEN = 5_000


def run(scale: Scale) -> list[Row]:
    """Reading 5,000 open cases from a short and from a long history."""
    short = scale.pick(1_000, SHORT)
    long = scale.pick(10_000, 100_000, 1_000_000)
    opened = scale.pick(500, OPEN)
    with tempfile.TemporaryDirectory() as scratch:
        desks = {
            count: open_desk(
                seed.store(Path(scratch) / str(count), history=count, open_cases=opened)
            )
            for count in (short, long)
        }
        took = alternating(
            {
                str(count): lambda desk=desk: timed(desk.board)  # type: ignore[misc]
                for count, desk in desks.items()
            },
            scale.pick(5, 25),
        )
        for desk in desks.values():
            desk.store.close()
    name = f"board of {opened:,} from {long:,} closed, to {short:,}"
    floor, ours = (median(took[str(count)]) * 1e3 for count in (short, long))
    return [Row(name, ours, "ms", 1.3, floor)]
