"""A paper as PDF: A4, one font that is embedded as far as it is used, the same bytes for the
same paper.

Text is drawn glyph by glyph and nothing in it is interpreted: no markup, no links.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import accumulate, takewhile
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from console.domain.cleantext import clean
from console.reports.paper import Block, Paper

FONT = "console"
FONT_FILE = Path(__file__).parent.parent / "data" / "fonts" / "wqy-microhei.ttf"
MIME = "application/pdf"
MISSING = "〓"
"""What stands for a character the font has not: the mark Chinese printers use."""

BLANK = frozenset(map(ord, "ǎǐǒǔǘǚǜˊˋ‾℃℉ÅⅤⅩ\u223c"))
"""Characters the font names and draws as nothing."""

WIDTH, HEIGHT = 595.28, 841.89
"""A4, in points."""

MARGIN, FOOT = 56.0, 48.0
TITLE, HEAD, TEXT, SMALL = 17.0, 11.0, 10.0, 8.5
LEADING = 1.5
_GAP = 6.0
_CELL_LIMIT = 20_000
_WIDE = "\u2e80-\U0010ffff"
_CLOSING = re.escape("，。、；：？！）》」』】”’…,.;:?!)]}%")
_WORDS = re.compile(rf"(?:[{_WIDE}]|[^ {_WIDE}]+)[{_CLOSING}]* *| +")
"""What is not broken: a wide character or a word, with what closes it."""


class _Piece(NamedTuple):
    """Text at a place on a page; `grey` is 0 for black. Without text it is a rule to the
    right margin."""

    x: float
    y: float
    text: str = ""
    size: float = TEXT
    grey: float = 0.0


def pdf(paper: Paper) -> bytes:
    """The document."""
    pages = _Layout(paper).pages
    into = BytesIO()
    canvas = Canvas(into, pagesize=(WIDTH, HEIGHT), invariant=1)
    moment = datetime.fromtimestamp(paper.at, UTC).strftime("D:%Y%m%d%H%M%SZ")
    canvas.setDateFormatter(lambda *_: moment)
    canvas.setTitle(_drawable(paper.title))
    canvas.setSubject(_drawable(paper.subtitle))
    for say in (canvas.setAuthor, canvas.setCreator, canvas.setProducer):
        say("console")
    for number, pieces in enumerate(pages, 1):
        for piece in (*pieces, *_foot(paper, number, len(pages))):
            _draw(canvas, piece)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


def _draw(canvas: Canvas, piece: _Piece) -> None:
    canvas.setFillGray(piece.grey)
    canvas.setStrokeGray(piece.grey)
    if piece.text:
        canvas.setFont(FONT, piece.size)
        canvas.drawString(piece.x, piece.y, piece.text)
    else:
        canvas.setLineWidth(piece.size)
        canvas.line(piece.x, piece.y, WIDTH - MARGIN, piece.y)


def _foot(paper: Paper, number: int, of: int) -> Iterator[_Piece]:
    page = _drawable(paper.page.format(n=number, of=of))
    room = WIDTH - 2 * MARGIN - width_of(page, SMALL) - _GAP
    [first, *_] = wrapped(_drawable(paper.foot), room, SMALL)
    yield _Piece(MARGIN, FOOT, first, SMALL, 0.45)
    yield _Piece(WIDTH - MARGIN - width_of(page, SMALL), FOOT, page, SMALL, 0.45)


class _Layout:
    """Puts a paper onto pages, from the top."""

    def __init__(self, paper: Paper) -> None:
        self.pages: list[list[_Piece]] = [[]]
        self._y = HEIGHT - MARGIN
        self._lines([paper.title], TITLE, (1.0,))
        if paper.subtitle:
            self._lines([paper.subtitle], TEXT, (1.0,), 0.35)
        for block in paper.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        self._need(HEAD * LEADING + 3 * TEXT * LEADING)
        self._y -= _GAP
        self._lines([block.title], HEAD, (1.0,))
        self._rule(0.8, 0.2)
        if block.heads:
            self._lines(block.heads, SMALL, block.widths, 0.45)
        for row in block.rows:
            self._lines(row, TEXT, block.widths)
            self._rule(0.3, 0.8)

    def _lines(
        self, cells: Sequence[str], size: float, widths: Sequence[float], grey: float = 0.0
    ) -> None:
        """One row: every cell wrapped in its column; a row too long for a page goes on on the
        next."""
        room = WIDTH - 2 * MARGIN
        columns = [
            wrapped(_drawable(cell), share * room - _GAP, size)
            for cell, share in zip(cells, widths, strict=True)
        ]
        for line in range(max(map(len, columns))):
            self._need(size * LEADING)
            self._y -= size * LEADING
            x = MARGIN
            for column, share in zip(columns, widths, strict=True):
                if line < len(column) and column[line]:
                    self.pages[-1].append(_Piece(x, self._y, column[line], size, grey))
                x += share * room

    def _rule(self, thickness: float, grey: float) -> None:
        self._y -= TEXT * (LEADING - 1.0)
        self.pages[-1].append(_Piece(MARGIN, self._y, size=thickness, grey=grey))

    def _need(self, height: float) -> None:
        """Begin another page when there is no room left."""
        if self._y - height < FOOT + TEXT * LEADING:
            self.pages.append([])
            self._y = HEIGHT - MARGIN


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Text in lines of at most `width` points, broken behind a space or beside a wide
    character; no line begins with a mark that closes something."""
    return [line for part in text.split("\n") for line in _wrapped(part, width, size)]


def _wrapped(text: str, width: float, size: float) -> Iterator[str]:
    line = ""
    for word in _WORDS.findall(text):
        if line and width_of((line + word).rstrip(), size) > width:
            yield line.rstrip()
            line = ""
        line += word
        while (fits := _fitting(line, width, size)) < len(line.rstrip()):
            yield line[:fits]
            line = line[fits:]
    yield line.rstrip()


def _fitting(line: str, width: float, size: float) -> int:
    """How many characters of a line fit; at least one."""
    widths = accumulate(width_of(char, size) for char in line)
    return max(1, sum(1 for _ in takewhile(lambda used: used <= width, widths)))


def width_of(text: str, size: float) -> float:
    """How wide text is, in points."""
    _load()
    return float(pdfmetrics.stringWidth(text, FONT, size))


def _drawable(text: str) -> str:
    """Text without anything invisible, and with a sign for what the font cannot show."""
    known = _load()
    shown = clean(text, _CELL_LIMIT, multiline=True)
    return "".join(char if char == "\n" or ord(char) in known else _like(char) for char in shown)


def _like(char: str) -> str:
    """What a character the font has not consists of (℃ of °C), or the mark for one missing."""
    known = _load()
    parts = unicodedata.normalize("NFKD", char)
    return "".join(one for one in parts if ord(one) in known) or MISSING


@cache
def _load() -> frozenset[int]:
    """Read the font once per process. -> the characters it has."""
    font = TTFont(FONT, str(FONT_FILE))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph) - BLANK
