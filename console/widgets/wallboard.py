"""Board and call strip for a wall: nothing is selected, nothing scrolls, and there is a blank
line under each case where there is room for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from console.domain.board import BoardRow, StripRow
from console.widgets.board import Board
from console.widgets.strip import CallStrip

ROOMY = 24
"""From so many lines on every case has a blank one under it, though some are not seen."""


class WallBoard(Board, can_focus=False):
    """The worst cases, as many as there is room for."""

    DEFAULT_CSS = """
    WallBoard { height: 1fr; overflow: hidden hidden; }
    """

    class Spread(Message):
        """The board has another height, or stands further apart."""

    _pitch = 1

    @property
    def room(self) -> int:
        """How many cases can be seen."""
        return -(-self.size.height // self._pitch)

    def update_rows(self, rows: Iterable[BoardRow]) -> None:
        """Replace all rows."""
        super().update_rows(rows)
        self._spread()

    def patch(self, changed: Mapping[int, BoardRow | None]) -> None:
        """Take over the rows that changed; None removes a case."""
        super().patch(changed)
        self._spread()

    def on_resize(self, event: events.Resize) -> None:
        """More lines, more room between them."""
        self._spread()
        self.post_message(self.Spread())

    def _spread(self) -> None:
        height = self.size.height
        pitch = 2 if height >= ROOMY or 2 * len(self.cases) <= height else 1
        if pitch != self._pitch:
            self._pitch = pitch
            self.refresh()
            self.post_message(self.Spread())

    def render_line(self, y: int) -> Strip:
        """A case, or the blank line under it."""
        place, below = divmod(y, self._pitch)
        if below and self.cases:
            width = self.scrollable_content_region.width
            return Strip.blank(width, self.palettes.plain.text)
        return super().render_line(place if self.cases else y)

    def refresh(self, *regions: Region, **how: Any) -> WallBoard:
        """Lines of the board stand further apart on the wall."""
        apart = (
            Region(region.x, region.y * self._pitch, region.width, region.height)
            for region in regions
        )
        super().refresh(*apart, **how)
        return self

    def _write_leads(self, lines: list[int]) -> bool:
        """Always in the ordinary way: the cells are not where the board thinks."""
        return False

    def _keep_selection(self, line: int) -> None:
        """Nothing is selected."""

    def _show_selection(self) -> None:
        """Nothing scrolls."""


class WallStrip(CallStrip, can_focus=False):
    """The calls, none of them selected."""

    def update_rows(self, rows: Sequence[StripRow]) -> None:
        """Show these calls, oldest first."""
        super().update_rows(rows)
        self._call = ""
        self.refresh()
