"""The call strip: who is on the line now, oldest first. Never modal, never takes the keys.

How long a call has rung stands leftmost, under the countdowns of the board, so that its
seconds cost a few cells each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from console.domain.board import StripRow
from console.widgets.countdown import EN, NEVER, UNICODE, Glyphs, Units, next_since, since
from console.widgets.labels import RowLabels, StripWords
from console.widgets.painted import Painted
from console.widgets.safetext import fit, safe
from console.widgets.theme import Palette

_INKS = {"ringing": "ring", "queued": "text", "answered": "text", "missed": "breached"}
_NUMBER_MOST = 18
_PLACE_MOST = 14
_CALLER_LEAST = 10
_CALLER_MOST = 40


class CallStrip(Painted, can_focus=True):
    """Up to `most` calls, one line each; those that do not fit are counted as "+3"."""

    DEFAULT_CSS = """
    CallStrip { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="strip.up"),
        Binding("down", "move(1)", show=False, id="strip.down"),
        Binding("enter", "open", show=False, id="strip.open"),
    ]

    class About(Message):
        """Something happened to one call of one strip."""

        def __init__(self, strip: CallStrip, call: str) -> None:
            self.strip = strip
            self.call = call
            super().__init__()

        @property
        def control(self) -> CallStrip:
            """The strip, for a handler that listens to one of several."""
            return self.strip

    class Selected(About):
        """Another call is selected; "" when there is none."""

    class Opened(About):
        """The operator wants this call."""

    def __init__(
        self,
        labels: RowLabels,
        words: StripWords,
        now: int,
        *,
        units: Units = EN,
        glyphs: Glyphs = UNICODE,
        most: int = 4,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._labels, self._words = labels, words
        self._units, self._glyphs = units, glyphs
        self._now = now
        self._most = most
        self._rows: tuple[StripRow, ...] = ()
        self._call = ""
        self._first = 0
        self._changes: dict[int, int] = {}

    @property
    def call(self) -> str:
        """The selected call, "" when there is none."""
        return self._call

    @property
    def rows(self) -> tuple[StripRow, ...]:
        """The calls as given, oldest first."""
        return self._rows

    @property
    def wake(self) -> int:
        """The instant before which no text changes: `tick` may sleep until then."""
        return min(self._changes.values(), default=NEVER)

    def update_rows(self, rows: Sequence[StripRow]) -> None:
        """Show these calls, oldest first; the selection stays with its call, else goes to
        the oldest."""
        lines = self._lines()
        self._rows = tuple(rows)
        self._changes = {y: at for y, at in self._changes.items() if y < self._lines()}
        if self._index() is None:
            self._call = self._rows[0].call if self._rows else ""
            self.post_message(self.Selected(self, self._call))
        self._show_selection()
        self.refresh(layout=self._lines() != lines)

    def speak(self, labels: RowLabels, words: StripWords, units: Units) -> None:
        """Change the language of everything shown."""
        self._labels, self._words, self._units = labels, words, units
        self.refresh()

    def tick(self, now: int) -> None:
        """Repaint the ages that read differently at `now`."""
        lead = 2 + self._units.width
        regions = [Region(0, y, lead, 1) for y, at in self._changes.items() if at <= now]
        regions += [Region(0, y, self.size.width, 1) for y in self._gone_stale(now)]
        self._now = now
        if regions:
            self.refresh(*regions)

    def _gone_stale(self, now: int) -> list[int]:
        """The lines on which a claim has become one that may be taken over."""
        shown = self._rows[self._first : self._first + self._lines()]
        return [y for y, row in enumerate(shown) if self._now < row.stale_at <= now]

    # Painting

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line for each call shown; none at all when nobody calls."""
        return self._lines()

    def render_line(self, y: int) -> Strip:
        """One call."""
        width, index = self.size.width, self._first + y
        if index >= len(self._rows):
            self._changes.pop(y, None)
            return Strip.blank(width, self.palettes.plain.text)
        row = self._rows[index]
        selected = row.call == self._call
        palette = self.palettes.line(selected, self.has_focus)
        self._changes[y] = next_since(row.since, self._now)
        more = self._more() if y == self._lines() - 1 else ""
        segments = [self._lead(row, palette, selected)]
        segments += self._body(row, width - segments[0].cell_length - cell_len(more), palette)
        segments.append(Segment(more, palette.ring))
        return Strip(segments).adjust_cell_length(width, palette.text)

    def _lead(self, row: StripRow, palette: Palette, selected: bool) -> Segment:
        cursor = self._glyphs.cursor if selected else " "
        age = fit(since(row.since, self._now, self._units), self._units.width, right=True)
        return Segment(cursor + self._glyphs.of(row.state) + age, palette.of(_ink(row.state)))

    def _body(self, row: StripRow, room: int, palette: Palette) -> list[Segment]:
        """State, number, place, caller, and what is known of the caller."""
        shown = self._rows[self._first : self._first + self._most]
        said = self._labels.state
        state = max(cell_len(safe(said(other.state))) for other in shown)
        number = min(_NUMBER_MOST, max(cell_len(safe(other.number)) for other in shown))
        place = min(_PLACE_MOST, max(cell_len(safe(other.place)) for other in shown))
        known = max(cell_len(self._known(other)) for other in shown)
        left = room - 5 - state - number - place
        known = max(0, min(known, left - _CALLER_LEAST))
        caller = min(_CALLER_MOST, left - known)
        cells = (
            (said(row.state), state, _ink(row.state)),
            (row.number, number, "head"),
            (row.place, place, "dim"),
            (row.caller or self._words.unknown, caller, "text" if row.caller else "dim"),
            (self._known(row), known, self._claim_ink(row)),
        )
        segments: list[Segment] = []
        for text, width, ink in cells:
            fitted = fit(text, width, ellipsis=self._glyphs.ellipsis) if width > 0 else ""
            segments.append(Segment(" " + fitted, palette.of(ink)))
        return segments

    def _known(self, row: StripRow) -> str:
        """Who took the call; before that, what the caller has had with us."""
        words = self._words
        if row.claimed_by:
            return safe(words.claimed.format(who=self._labels.person(row.claimed_by)))
        parts = []
        if row.history:
            parts.append(words.history.format(n=row.history))
        if row.open_cases:
            parts.append(words.open_cases.format(n=row.open_cases))
        if row.owner:
            parts.append(words.owner.format(who=self._labels.person(row.owner)))
        return safe(" · ".join(parts))

    def _claim_ink(self, row: StripRow) -> str:
        """Amber marks a claim nobody acts on: anybody may take the call over."""
        if not row.claimed_by:
            return "dim"
        return "amber" if 0 < row.stale_at <= self._now else "text"

    def _more(self) -> str:
        hidden = len(self._rows) - self._lines()
        return " " + self._words.more.format(n=hidden) + " " if hidden else ""

    def on_focus(self) -> None:
        """The selected line is bright only while keys go to it."""
        self.refresh()

    def on_blur(self) -> None:
        """The selected line dims."""
        self.refresh()

    # Moving

    def action_move(self, lines: int) -> None:
        """Select the call above or below."""
        index = self._index()
        if index is not None:
            self._go(max(0, min(index + lines, len(self._rows) - 1)))

    def action_open(self) -> None:
        """Ask for the selected call."""
        if self._call:
            self.post_message(self.Opened(self, self._call))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click asks for the call."""
        if self._first + event.y < len(self._rows):
            self._go(self._first + event.y)
            if event.chain == 2:
                self.action_open()

    def _go(self, index: int) -> None:
        if self._rows[index].call != self._call:
            self._call = self._rows[index].call
            self._show_selection()
            self.refresh()
            self.post_message(self.Selected(self, self._call))

    def _index(self) -> int | None:
        calls = [row.call for row in self._rows]
        return calls.index(self._call) if self._call in calls else None

    def _lines(self) -> int:
        return min(len(self._rows), self._most)

    def _show_selection(self) -> None:
        index = self._index() or 0
        lowest = max(0, len(self._rows) - self._most)
        self._first = min(lowest, max(index - self._most + 1, min(self._first, index)))


def _ink(state: str) -> str:
    return _INKS.get(state, "text")
