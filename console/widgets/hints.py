"""The last line of a screen: which keys do what here.

One widget that paints one line. (A widget per key, as the toolkit's own footer has it,
costs memory with every change of focus.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from console.widgets.painted import Painted
from console.widgets.safetext import safe

_GAP = 2


class Hint(NamedTuple):
    """A key and what it does. When room is short, the highest `rank` goes first, and of
    equal ranks the last."""

    key: str
    label: str
    rank: int = 0


def fitting(hints: Sequence[Hint], width: int) -> tuple[Hint, ...]:
    """The hints that fit into `width` cells, in the order given."""
    kept = list(hints)
    cells = [cell_len(safe(hint.key)) + 1 + cell_len(safe(hint.label)) + _GAP for hint in kept]
    while kept and sum(cells) > width:
        place = max(range(len(kept)), key=lambda place: (kept[place].rank, place))
        del kept[place], cells[place]
    return tuple(kept)


class Hints(Painted):
    """A line of key hints."""

    DEFAULT_CSS = """
    Hints { height: 1; }
    """

    def __init__(self, hints: Sequence[Hint] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints = tuple(hints)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """All hints, also those there is no room for."""
        return self._hints

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other hints; the same ones again cost nothing."""
        if self._hints != tuple(hints):
            self._hints = tuple(hints)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        palette, width = self.palettes.bar, self.size.width
        segments = [Segment(" ", palette.text)]
        for hint in fitting(self._hints, width - 1):
            segments.append(Segment(safe(hint.key), palette.ring))
            segments.append(Segment(f" {safe(hint.label)}{' ' * _GAP}", palette.dim))
        return Strip(segments).adjust_cell_length(width, palette.text)
