"""A line that separates two parts of a screen and says what follows it: a title, or the
tabs of the board with the chosen one set off by brackets as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from console.widgets.painted import Painted
from console.widgets.safetext import safe


class Part(NamedTuple):
    """A piece of a headline; `chosen` sets it off."""

    text: str
    chosen: bool = False


class Headline(Painted):
    """One line of parts, filled up with a rule."""

    DEFAULT_CSS = """
    Headline { height: 1; }
    """

    def __init__(self, *, rule: str = "─", id: str | None = None) -> None:
        super().__init__(id=id)
        self._rule = rule
        self._parts: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        return self._parts

    def show(self, parts: Sequence[Part]) -> None:
        """Say something else; the same again costs nothing."""
        if self._parts != tuple(parts):
            self._parts = tuple(parts)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        palette, width = self.palettes.bar, self.size.width
        segments = [Segment(self._rule, palette.dim)]
        used = 1
        for part in self._parts:
            text = f" {safe(part.text)} "
            if part.chosen:
                text = f"[{safe(part.text)}]"
            if used + cell_len(text) > width:
                break
            segments.append(Segment(text, palette.head if part.chosen else palette.dim))
            used += cell_len(text)
        segments.append(Segment(self._rule * max(0, width - used), palette.dim))
        return Strip(segments).adjust_cell_length(width, palette.text)
