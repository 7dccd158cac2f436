"""From a key press to the first byte painted, against an input that is echoed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice

from bench import programs
from bench.programs import Board
from bench.pty import Terminal
from bench.rows import Row
from bench.sampling import Scale, median, percentile

PAUSE = (0.12, 0.22)
"""Seconds between two keys of somebody who types."""

WALK = (b"\x1b[B",) * 12 + (b"\x1b[A",) * 12
LETTERS = tuple(bytes([letter]) for letter in b"abcdefghij") + (b"\x7f",) * 10


def run(scale: Scale) -> list[Row]:
    """Milliseconds at the median and for the slowest per cent."""
    rounds, keys = scale.pick(1, 7), scale.pick(12, 30)
    with programs.board(history=1_000, open_cases=scale.pick(300, 5_000)) as place:
        took = _alternating(
            {
                "floor": (_echo, LETTERS),
                "on the board": (lambda: programs.opened(place), WALK),
                "in the intake form": (lambda: _form(place), LETTERS),
            },
            rounds,
            keys,
        )
    floor = took.pop("floor")
    rows = []
    for name, budget in (("on the board", 1.2), ("in the intake form", 2.0)):
        middle, slow = median(took[name]) * 1e3, percentile(took[name], 99) * 1e3
        rows.append(Row(f"key {name}: p50", middle, "ms", budget, median(floor) * 1e3))
        rows.append(Row(f"key {name}: p99", slow, "ms", 2.0, percentile(floor, 99) * 1e3))
    return rows


Opening = tuple[Callable[[], Terminal], tuple[bytes, ...]]


def _alternating(programs_: dict[str, Opening], rounds: int, each: int) -> dict[str, list[float]]:
    """All programs stay open; each gets a round of `each` keys in turn."""
    terminals = {name: opening() for name, (opening, _) in programs_.items()}
    took: dict[str, list[float]] = {name: [] for name in programs_}
    try:
        for turn in range(rounds + 1):
            for name, (_, keys) in programs_.items():
                some = terminals[name].presses(islice(cycle(keys), each), PAUSE)
                if turn:  # the first round only warms up
                    took[name] += some
                    if not some:
                        raise RuntimeError(f"no key changed the screen {name}")
                for other in terminals.values():
                    other.settle(quiet=0.0)
    finally:
        for terminal in terminals.values():
            terminal.__exit__(None, None, None)
    return took


def _echo() -> Terminal:
    terminal = programs.echo()
    terminal.until(programs.ECHO_READY)
    terminal.settle()
    return terminal


def _form(place: Board) -> Terminal:
    """A seat with the intake form open and its first field ready for letters."""
    terminal = programs.opened(place)
    terminal.send(b"n")
    terminal.settle(quiet=0.8)
    return terminal
