"""Lines of styled text before they are painted: wrapping, flowing, two columns. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

from console.domain.cleantext import clean

LONGEST = 20_000
"""Characters of one text that are laid out; what is stored is never longer."""


class Span(NamedTuple):
    """A piece of text; `ink` names a style of the palette."""

    text: str
    ink: str = "text"


class Line(NamedTuple):
    """One line of a page. One with a `key` can be chosen."""

    spans: tuple[Span, ...] = ()
    key: str = ""

    @property
    def text(self) -> str:
        """The line without its looks."""
        return "".join(span.text for span in self.spans)


Item = tuple[Span, ...]
"""Spans that belong together: a label with its value."""


def line(*spans: Span | str, key: str = "") -> Line:
    """A line of spans; a bare string is ordinary text."""
    return Line(tuple(s if isinstance(s, Span) else Span(s) for s in spans), key)


def heading(text: str, width: int) -> Line:
    """The title of a part of a page, with a rule to the right edge."""
    rule = max(0, width - cell_len(text) - 1)
    return Line((Span(text, "head"), Span(" " + "─" * rule, "dim")))


def cells(spans: Iterable[Span]) -> int:
    """How wide spans are on the screen."""
    return sum(cell_len(span.text) for span in spans)


def wrapped(spans: Sequence[Span], width: int, indent: int = 0, key: str = "") -> list[Line]:
    """Spans cut into lines of at most `width` cells, those after the first indented.

    Lines are cut behind a space or a wide character where there is one; a line break in
    the text is kept. Only the first line carries the key.
    """
    tidy = tuple(Span(_tidy(span.text), span.ink) for span in spans)
    if cells(tidy) <= width and not any("\n" in span.text for span in tidy):
        return [Line(tidy, key)]
    indent = indent if indent < width // 2 else 0
    rows = _rows([(char, span.ink) for span in tidy for char in span.text], width, indent)
    padding = Span(" " * indent)
    first, *rest = (Line(_joined(row)) for row in rows)
    return [first._replace(key=key), *(Line((padding, *one.spans)) for one in rest)]


def _tidy(text: str) -> str:
    """Without what could harm a terminal; the spaces around a span keep it off the next."""
    if text.isprintable():
        return text[:LONGEST]
    core = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    behind = len(text) - len(text.rstrip(" "))
    return " " * before + clean(core, LONGEST, multiline=True) + " " * behind


Glyph = tuple[str, str]


def _rows(text: list[Glyph], width: int, indent: int) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = [[]]
    used, room = 0, width
    for char, ink in text:
        size = get_character_cell_size(char)
        if char == "\n" or used + size > room:
            carried = [] if char == "\n" else _carried(rows[-1])
            rows.append(carried)
            room = max(2, width - indent)
            used = sum(get_character_cell_size(one) for one, _ in carried)
            if char == "\n" or (char == " " and not carried):
                continue
        rows[-1].append((char, ink))
        used += size
    return rows


def _carried(row: list[Glyph]) -> list[Glyph]:
    """Takes the unfinished word off the end of a full row; a word as long as the row stays."""
    for place in range(len(row) - 1, -1, -1):
        char = row[place][0]
        if char == " " or get_character_cell_size(char) > 1:
            word = row[place + 1 :]
            del row[place + 1 :]
            return word
    return []


def _joined(row: list[Glyph]) -> tuple[Span, ...]:
    groups = groupby(row, key=lambda glyph: glyph[1])
    return tuple(Span("".join(char for char, _ in group), ink) for ink, group in groups)


def flowing(items: Iterable[Item], width: int, gap: int = 3) -> list[Line]:
    """As many items on a line as fit; one that is too long gets lines of its own."""
    lines: list[Line] = []
    row: tuple[Span, ...] = ()
    for item in items:
        if row and cells(row) + gap + cells(item) <= width and "\n" not in item[-1].text:
            row = (*row, Span(" " * gap), *item)
            continue
        if row:
            lines += wrapped(row, width, 2)
        row = item
    return lines + (wrapped(row, width, 2) if row else [])


def beside(left: Sequence[Line], right: Sequence[Line], width: int, gap: int = 3) -> list[Line]:
    """Two columns: `left` in `width` cells, `right` next to it."""
    lines = []
    for place in range(max(len(left), len(right))):
        here = left[place] if place < len(left) else Line()
        there = right[place].spans if place < len(right) else ()
        padding = Span(" " * (width + gap - cells(here.spans)))
        lines.append(Line((*here.spans, padding, *there), here.key))
    return lines
