"""One line of the board: a row of the view model turned into styled text of exact width.

The countdown stands leftmost because the compositor rewrites a changed line from the
widget's left edge: what ticks must be near it. Everything to its right is kept, per row,
until a fact, the width, the language, the theme or a further clock changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from console.domain.board import GRAVE, BoardRow
from console.widgets.columns import LEAST, layout
from console.widgets.countdown import EN, NEVER, UNICODE, Glyphs, Units, face, next_face, state_of
from console.widgets.further import Look, further
from console.widgets.labels import RowLabels
from console.widgets.safetext import fit, safe
from console.widgets.theme import Palette

KEPT = 512
"""Lines kept ready: several screens full, so that paging back and forth costs nothing."""


_KEYS: dict[str, Callable[[BoardRow], Hashable]] = {
    "category": lambda row: row.category,
    "division": lambda row: row.division,
    "due": lambda row: row.clocks[0].key if row.clocks else "",
    "who": lambda row: row.assignee or row.owner,
    "owner": lambda row: row.owner,
    "state": lambda row: row.state,
    "marks": lambda row: row.marks,
}
_INKS = {
    "number": "dim",
    "category": "dim",
    "customer": "name",
    "owner": "dim",
    "state": "dim",
    "marks": "amber",
}
_GRAVE_INKS = _INKS | {"customer": "breached", "marks": "breached"}
"""A grave case is set off by sign, word and colour: a narrow board has no room for the word."""


class Body(NamedTuple):
    """The text right of the countdown; good until the instant `until`."""

    row: BoardRow
    until: int
    segments: tuple[Segment, ...]


class BoardLines:
    """Paints rows for one width and language."""

    def __init__(self, labels: RowLabels, units: Units = EN, glyphs: Glyphs = UNICODE) -> None:
        self.glyphs = glyphs
        self._width = 0
        self._kept: dict[int, Body] = {}
        self.speak(labels, units)

    def speak(self, labels: RowLabels, units: Units) -> None:
        """Change the language. Every label is measured again by the next `measure`."""
        self.units = units
        self.lead_width = 2 + units.width
        self._say: dict[str, Callable[[str], str]] = {
            "category": labels.category,
            "division": labels.division,
            "due": labels.clock,
            "who": labels.person,
            "owner": labels.person,
            "state": labels.state,
            "mark": labels.mark,
        }
        self._met = dict(LEAST)
        self._seen: dict[str, set[Hashable]] = {name: set() for name in _KEYS}
        self._arrange(self._width)

    def forget(self) -> None:
        """Drop every kept line: the colours changed."""
        self._kept.clear()

    def resize(self, width: int) -> None:
        """Lay the columns out for a widget `width` cells wide."""
        if width != self._width:
            self._arrange(width)

    def measure(self, rows: Collection[BoardRow]) -> bool:
        """Take note of the labels of `rows`; True when that widened a column.

        Columns only grow: a line that changes must not move those of the others to and fro.
        """
        before = dict(self._met)
        for name, key_of in _KEYS.items():
            fresh = {key_of(row) for row in rows} - self._seen[name]
            self._seen[name] |= fresh
            widest = max((cell_len(safe(self._word(name, key))) for key in fresh), default=0)
            self._met[name] = max(self._met.get(name, 0), widest)
        number = max((row.case for row in rows), default=0)
        self._met["number"] = max(self._met["number"], len(str(number)))
        if self._met == before:
            return False
        self._arrange(self._width)
        return True

    def lead(self, row: BoardRow, now: int, palette: Palette, *, selected: bool) -> Segment:
        """Cursor, glyph and countdown of the row's worst clock, `lead_width` cells."""
        cursor = self.glyphs.cursor if selected else " "
        if not row.clocks:
            return Segment(cursor + " " * (self.lead_width - 1), palette.dim)
        clock = row.clocks[0]
        state = state_of(clock, now)
        shown = fit(face(clock, now, self.units), self.units.width, right=True)
        return Segment(cursor + self.glyphs.of(state) + shown, palette.of(state))

    def next_lead(self, row: BoardRow, now: int) -> int:
        """When the countdown of the row changes next."""
        return next_face(row.clocks[0], now) if row.clocks else NEVER

    def body(self, row: BoardRow, now: int, palette: Palette, *, keep: bool = True) -> Body:
        """Everything right of the countdown. A line in passing colours is not kept."""
        if not keep:
            return self._paint(row, now, palette)
        kept = self._kept.get(row.case)
        if kept is None or kept.row is not row or now >= kept.until:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            kept = self._kept[row.case] = self._paint(row, now, palette)
        return kept

    def _arrange(self, width: int) -> None:
        self._width = width
        self._layout = layout(width, self.lead_width, self._met)
        self._kept.clear()

    def _paint(self, row: BoardRow, now: int, palette: Palette) -> Body:
        pieces: list[tuple[str, Style]] = []
        until = NEVER
        gap = " " * self._layout.gap
        for name, cells in self._layout.columns:
            if name == "further":
                look = Look(self.units, self.glyphs)
                parts, until = further(row.clocks[1:], cells, now, self._say["due"], look)
                pieces.append((gap, palette.text))
                pieces += [(part.text, palette.of(part.state)) for part in parts]
            else:
                text = self._text(name, row)
                text = fit(text, cells, right=name == "number", ellipsis=self.glyphs.ellipsis)
                inks = _GRAVE_INKS if GRAVE in row.marks else _INKS
                pieces.append((gap + text, palette.of(inks.get(name, "text"))))
        return Body(row, until, _joined(pieces))

    def _text(self, name: str, row: BoardRow) -> str:
        if name == "number":
            return str(row.case)
        if name != "customer":
            return self._word(name, _KEYS[name](row))
        return f"{self.glyphs.grave} {row.customer}" if GRAVE in row.marks else row.customer

    def _word(self, name: str, key: Hashable) -> str:
        if isinstance(key, tuple):
            return " ".join(self._say["mark"](mark) for mark in key)
        return self._say[name](str(key)) if key else ""


def _joined(pieces: list[tuple[str, Style]]) -> tuple[Segment, ...]:
    """One segment for neighbours of one style: every segment costs its colour codes. Blank
    text has no ink, so it joins whatever stands before it on the same ground."""
    joined: list[tuple[str, Style]] = []
    for text, style in pieces:
        if joined and (joined[-1][1] == style or not text.strip()):
            joined[-1] = joined[-1][0] + text, joined[-1][1]
        elif text:
            joined.append((text, style))
    return tuple(Segment(text, style) for text, style in joined)
