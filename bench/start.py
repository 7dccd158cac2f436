"""From the command to the first useful board, against Textual saying hello."""

from __future__ import annotations

from bench import programs
from bench.pty import Terminal
from bench.rows import Row
from bench.sampling import Scale, alternating, median


def run(scale: Scale) -> list[Row]:
    """Milliseconds until the open cases can be read."""
    history = scale.pick(500, 10_000, 1_000_000)
    opened = scale.pick(300, 5_000)
    with programs.board(history=history, open_cases=opened) as place:
        took = alternating(
            {
                "hello": lambda: _until(programs.hello(), programs.HELLO_READY),
                "seat": lambda: _until(programs.seat(place), place.top),
            },
            scale.pick(2, 11),
        )
    name = f"start to a board of {opened:,} open of {history + opened:,}"
    ours, floor = (median(took[one]) * 1e3 for one in ("seat", "hello"))
    return [Row(name, ours, "ms", 1.8, floor)]


def _until(terminal: Terminal, text: str) -> float:
    with terminal:
        return terminal.until(text) - terminal.begun
