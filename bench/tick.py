"""A second of forty countdowns in view, and whether the cases out of view cost anything."""

from __future__ import annotations

import random

from bench import programs
from bench.programs import Board
from bench.rows import Row
from bench.sampling import Scale

LINES = 49
"""Of the terminal: a board of forty lines."""


def minutes_ahead(draw: random.Random) -> int:
    """Seconds left such that every second shows, and no limit turns amber while we look."""
    return draw.randrange(460, 590)


def run(scale: Scale) -> list[Row]:
    """Bytes and processor time a second, and how much more of it with 5,000 open cases."""
    seconds = scale.pick(4, 20)
    few = _second(40, seconds)
    many = _second(scale.pick(200, 5_000), seconds)
    return [
        Row("tick with 40 countdowns: painted", few[0], "B", 400),
        Row("tick with 40 countdowns: processor", few[1], "ms", 5.0),
        Row("tick with 5,000 cases, to 40", many[1], "ms", 1.3, few[1]),
    ]


def _second(cases: int, seconds: int) -> tuple[float, float]:
    """-> bytes and processor milliseconds a second."""
    with programs.board(history=0, open_cases=cases, left=minutes_ahead) as place:
        return _watched(place, seconds)


def _watched(place: Board, seconds: int) -> tuple[float, float]:
    with programs.opened(place, columns=120, lines=LINES) as terminal:
        terminal.watch(2.0)
        before = terminal.cpu()
        painted = terminal.watch(seconds)
        if not painted:
            raise RuntimeError("the countdowns stand still")
        return painted / seconds, (terminal.cpu() - before) / seconds * 1e3
