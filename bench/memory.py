"""What a seat holds in memory, at rest and after a day's worth of keys and changes."""

from __future__ import annotations

from itertools import chain, repeat

from bench import programs, seed
from bench.programs import Board
from bench.pty import Terminal
from bench.rows import Row
from bench.sampling import Scale
from console.desk import Who
from console.installation import open_desk

DOWN, UP, HELP, ESCAPE = b"\x1b[B", b"\x1b[A", b"?", b"\x1b"
GROWTH = 1.05
"""How much more counts as growth: allocators never give back everything."""


def run(scale: Scale) -> list[Row]:
    """MiB with a board of 5,000, and how the same seat stands after it was used."""
    with programs.board(history=1_000, open_cases=scale.pick(300, 5_000)) as place:
        with programs.hello() as floor:
            floor.until(programs.HELLO_READY)
            floor.settle()
            hello = floor.memory()
        with programs.opened(place) as terminal:
            before = terminal.memory()
            _use(terminal, place, scale.pick(1, 10))  # fills what is kept for reuse
            warm = terminal.memory()
            _use(terminal, place, scale.pick(1, 30))
            after = terminal.memory()
    return [
        Row("memory of a seat, resident", before.resident, "MiB", 1.8, hello.resident),
        Row("memory of a seat, private", before.private, "MiB", 1.8, hello.private),
        Row("memory after use, private", after.private, "MiB", GROWTH, warm.private),
    ]


def _use(terminal: Terminal, place: Board, turns: int) -> None:
    """Walk the board, open and close the help, while cases change under the cursor."""
    desk = open_desk(place.directory)
    numbers = [row.case for row in desk.board()]
    keys = list(chain(repeat(DOWN, 12), (HELP, ESCAPE), repeat(UP, 6)))
    for turn in range(turns):
        number = numbers[turn % len(numbers)]
        desk.do("note", {"case": number, "text": "补充"}, Who(seed.PERSON, "bench"))
        for key in keys:
            terminal.send(key)
            terminal.watch(0.02 if key != ESCAPE else 0.15)
    terminal.settle()
    desk.store.close()
