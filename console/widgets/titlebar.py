"""The first line of the seat: the time, who acts, what is pending, where, and warnings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from console.widgets.countdown import UNICODE, Glyphs
from console.widgets.painted import Painted
from console.widgets.safetext import fit, safe

_GAP = "  "


class TitleWords(NamedTuple):
    """The words of the title bar; `{n}` is filled in."""

    owned: str = "owner {n}"
    grave: str = "major {n}"
    breached: str = "overdue {n}"
    calls: str = "calls {n}"
    missed: str = "missed {n}"
    undelivered: str = "not delivered {n}"


@dataclass(frozen=True, slots=True)
class Title:
    """What the title bar says. `person` is who acts, `grave` the open cases of the highest
    severity, `undelivered` those somebody could not be told of; `banner` is a warning that
    stays."""

    person: str = ""
    owned: int = 0
    grave: int = 0
    breached: int = 0
    calls: int = 0
    missed: int = 0
    undelivered: int = 0
    seat: str = ""
    banner: str = ""


class _Piece(NamedTuple):
    text: str
    ink: str


class TitleBar(Painted):
    """One line; repaints from the first cell that differs to the last."""

    DEFAULT_CSS = """
    TitleBar { height: 1; }
    """

    def __init__(
        self,
        words: TitleWords,
        now: int,
        clock: Callable[[int], str],
        *,
        step: int = 60,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,
    ) -> None:
        """`clock` turns an instant into the local time shown, good for `step` seconds.

        With the usual minutes a resting seat writes nothing for most of each minute.
        """
        super().__init__(id=id)
        self._words, self._clock, self._glyphs = words, clock, glyphs
        self._step = step
        self._now = now
        self._title = Title()

    @property
    def title(self) -> Title:
        """What is shown."""
        return self._title

    @property
    def wake(self) -> int:
        """The instant at which the time shown changes."""
        return (self._now // self._step + 1) * self._step

    def show(self, title: Title) -> None:
        """Say something else; what is the same is not painted again."""
        self._change(title, self._now, self._words)

    def speak(self, words: TitleWords) -> None:
        """Change the language of the counters."""
        self._change(self._title, self._now, words)

    def tick(self, now: int) -> None:
        """Move the time on."""
        if now // self._step != self._now // self._step:
            self._change(self._title, now, self._words)
        self._now = now

    def _change(self, title: Title, now: int, words: TitleWords) -> None:
        before = self._pieces()
        self._title, self._now, self._words = title, now, words
        spans = _difference(before, self._pieces())
        if spans is not None:
            self.refresh(Region(spans[0], 0, spans[1] - spans[0], 1))

    # Painting

    def render_line(self, y: int) -> Strip:
        """The line."""
        palette = self.palettes.bar
        segments = [Segment(piece.text, palette.of(piece.ink)) for piece in self._pieces()]
        return Strip(segments).adjust_cell_length(self.size.width, palette.text)

    def _pieces(self) -> list[_Piece]:
        """Time, person and counters at the left, the seat at the right, and the warning
        between them. When room is short the seat goes first; a warning is cut last."""
        left = self._left()
        width = self.size.width
        room = width - sum(cell_len(piece.text) for piece in left)
        seat = safe(self._title.seat)
        banner = f"{_GAP}! {safe(self._title.banner)}" if self._title.banner else ""
        if seat and cell_len(banner) + cell_len(seat) + 2 * len(_GAP) <= room:
            room -= cell_len(seat) + 1
            return [*left, _Piece(fit(banner, room), "amber"), _Piece(seat + " ", "dim")]
        return [*left, _Piece(fit(banner, max(0, room), ellipsis=self._glyphs.ellipsis), "amber")]

    def _left(self) -> list[_Piece]:
        title, words = self._title, self._words
        pieces = [
            _Piece(f" {safe(self._clock(self._now))}{_GAP}", "head"),
            _Piece(safe(title.person), "head"),
            _Piece(f"{_GAP}{words.owned.format(n=title.owned)}", "text"),
        ]
        counters = (
            (self._glyphs.grave, words.grave, title.grave, "breached"),
            (self._glyphs.breached, words.breached, title.breached, "breached"),
            (self._glyphs.ringing, words.calls, title.calls, "ring"),
            (self._glyphs.missed, words.missed, title.missed, "amber"),
            (self._glyphs.missed, words.undelivered, title.undelivered, "amber"),
        )
        for glyph, word, count, ink in counters:
            if count:
                pieces.append(_Piece(f"{_GAP}{glyph} {word.format(n=count)}", ink))
        return pieces


def _cells(pieces: list[_Piece]) -> list[tuple[str, str]]:
    """Every cell of the line with its ink; a wide character stands in its first cell."""
    cells: list[tuple[str, str]] = []
    for text, ink in pieces:
        for character in text:
            cells.append((character, ink))
            cells += [("", ink)] * (cell_len(character) - 1)
    return cells


def _difference(before: list[_Piece], after: list[_Piece]) -> tuple[int, int] | None:
    """The first cell that differs and the one after the last, None when none does."""
    old, new = _cells(before), _cells(after)
    length = max(len(old), len(new))
    old += [("", "")] * (length - len(old))
    new += [("", "")] * (length - len(new))
    differing = [x for x in range(length) if old[x] != new[x]]
    if not differing:
        return None
    last = differing[-1] + 1
    while last < length and (new[last][0] == "" or old[last][0] == ""):
        last += 1
    return differing[0], last
