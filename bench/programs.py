"""The programs that are watched in a terminal: the seat, and the floors it is held to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench import seed
from bench.floors import echo as echo_floor
from bench.floors import hello as hello_floor
from bench.pty import Terminal, python
from console.installation import open_desk
from console.widgets.rowlist import urgency


class Board(NamedTuple):
    """An installation to open a seat on. `top` is the case number on the second line of the
    board: once it is painted, the board is."""

    directory: Path
    top: str


@contextmanager
def board(
    *,
    history: int,
    open_cases: int,
    left: Callable[[random.Random], int] = seed.hours_ahead,
) -> Iterator[Board]:
    """A throwaway store with a board of open cases."""
    with TemporaryDirectory() as scratch:
        directory = seed.store(
            Path(scratch) / "data", history=history, open_cases=open_cases, left=left
        )
        desk = open_desk(directory)
        rows = sorted(desk.board(), key=urgency)
        desk.store.close()
        yield Board(directory, str(rows[min(1, len(rows) - 1)].case))


def seat(place: Board, columns: int = 120, lines: int = 40) -> Terminal:
    """The seat as an operator starts it."""
    argv = python("console", "seat", "--data", str(place.directory), "--as", seed.PERSON)
    return Terminal([*argv, "--lang", "en"], columns, lines)


def opened(place: Board, columns: int = 120, lines: int = 40) -> Terminal:
    """A seat whose board is painted and which has come to rest."""
    terminal = seat(place, columns, lines)
    terminal.until(place.top)
    terminal.settle()
    terminal.watch(1.0)
    return terminal


def hello() -> Terminal:
    """Textual with one line."""
    return Terminal(python("bench.floors.hello"))


def echo() -> Terminal:
    """Textual with an input that is repeated."""
    return Terminal(python("bench.floors.echo"))


HELLO_READY = hello_floor.READY
ECHO_READY = echo_floor.READY
