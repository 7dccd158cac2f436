"""A seat nobody touches, with no limit ending within the hour: it should do nothing."""

from __future__ import annotations

import time

from bench import programs
from bench.rows import Row
from bench.sampling import Scale


def run(scale: Scale) -> list[Row]:
    """Bytes a second to the terminal, and the share of one processor, between two turns of
    the clock in the title: it shows minutes."""
    seconds = scale.pick(5, 30)
    with (
        programs.board(history=1_000, open_cases=scale.pick(100, 5_000)) as place,
        programs.opened(place) as terminal,
    ):
        terminal.watch(3.0)
        left = 60 - time.time() % 60
        if left < seconds + 1:
            terminal.watch(left + 1)
        before = terminal.cpu()
        painted = terminal.watch(seconds)
        share = (terminal.cpu() - before) / seconds * 100
    return [
        Row("idle seat: painted", painted / seconds, "B/s", 0),
        Row("idle seat: processor", share, "%", 0.3),
    ]
