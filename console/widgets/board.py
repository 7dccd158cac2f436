"""The board: every open case on a line of its own, worst first, countdown leftmost.

One widget over immutable rows, not a widget per row. What it costs depends on the lines
in view, never on how many cases are open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme

from console.domain.board import BoardRow
from console.widgets.boardline import BoardLines
from console.widgets.cellwriter import Change, write_cells
from console.widgets.countdown import EN, NEVER, UNICODE, Glyphs, Units
from console.widgets.labels import RowLabels
from console.widgets.painted import Painted
from console.widgets.rowlist import RowList, Urgency, urgency
from console.widgets.safetext import centre
from console.widgets.theme import Palette


class Board(ScrollView, Painted, can_focus=True):
    """A scrolling list of cases with one selected; the selection follows the case number."""

    DEFAULT_CSS = """
    Board {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="board.up"),
        Binding("down", "move(1)", show=False, id="board.down"),
        Binding("pageup", "page(-1)", show=False, id="board.page_up"),
        Binding("pagedown", "page(1)", show=False, id="board.page_down"),
        Binding("home", "first", show=False, id="board.first"),
        Binding("end", "last", show=False, id="board.last"),
        Binding("enter", "open", show=False, id="board.open"),
    ]

    class About(Message):
        """Something happened to one case of one board."""

        def __init__(self, board: Board, case: int) -> None:
            self.board = board
            self.case = case
            super().__init__()

        @property
        def control(self) -> Board:
            """The board, for a handler that listens to one of several."""
            return self.board

    class Selected(About):
        """Another case is selected; 0 when the board is empty."""

        def can_replace(self, message: Message) -> bool:
            """Of a burst of keys only the last selection matters."""
            return isinstance(message, Board.Selected) and message.board is self.board

    class Opened(About):
        """The operator wants to see the case."""

    def __init__(
        self,
        labels: RowLabels,
        now: int,
        *,
        units: Units = EN,
        glyphs: Glyphs = UNICODE,
        order: Callable[[BoardRow], Urgency] = urgency,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.empty_text = ""
        self._lines = BoardLines(labels, units, glyphs)
        self._rows = RowList(order)
        self._now = now
        self._case = 0
        self._lead_changes: dict[int, int] = {}
        self._body_changes: dict[int, int] = {}
        self._leads: dict[int, Segment] = {}

    # What is shown

    @property
    def case(self) -> int:
        """The selected case, 0 when the board is empty."""
        return self._case

    @property
    def row(self) -> BoardRow | None:
        """The selected row."""
        index = self._rows.index_of(self._case)
        return None if index is None else self._rows[index]

    @property
    def cases(self) -> tuple[int, ...]:
        """The cases from the first line to the last."""
        return tuple(row.case for row in self._rows.between(0, len(self._rows)))

    @property
    def wake(self) -> int:
        """The instant before which no text in view changes: `tick` may sleep until then."""
        changes = (*self._lead_changes.values(), *self._body_changes.values())
        return min(changes, default=NEVER)

    def update_rows(self, rows: Iterable[BoardRow]) -> None:
        """Replace all rows; the selection stays with its case if that is still there."""
        line = self._rows.index_of(self._case) or 0
        self._rows.replace(rows)
        everything = self._rows.between(0, len(self._rows))
        self._lines.measure(everything)
        self._lines.forget()
        self._fit_scrolling()
        self._keep_selection(line)
        self._show_selection()
        self.refresh()

    def patch(self, changed: Mapping[int, BoardRow | None]) -> None:
        """Take over the rows that changed; None removes a case. Repaints only what differs.

        When the board is scrolled, the selected line stays where it is on the screen.
        """
        line, top = self._rows.index_of(self._case) or 0, self._top
        before = self._shown()
        selected = self._case
        self._rows.patch(changed)
        widened = self._lines.measure([row for row in changed.values() if row is not None])
        self._fit_scrolling()
        self._keep_selection(line)
        if top:
            moved = (self._rows.index_of(self._case) or 0) - line
            self.scroll_to(y=top + moved, animate=False)
        self._show_selection()
        if widened or selected != self._case or not before:
            self.refresh()
        else:
            self._refresh_changed(before)

    def speak(self, labels: RowLabels, units: Units) -> None:
        """Change the language of everything shown."""
        self._lines.speak(labels, units)
        self._lines.measure(self._rows.between(0, len(self._rows)))
        self.refresh()

    def select(self, case: int) -> None:
        """Select a case and bring it into view; a case that is not here is ignored."""
        index = self._rows.index_of(case)
        if index is not None:
            self._go(index)

    # Time

    def tick(self, now: int) -> None:
        """Repaint the lines in view whose text differs at `now`; most seconds, none."""
        back = now < self._now
        self._now = now
        if back:
            self.refresh()
            return
        whole = {y for y, at in self._body_changes.items() if at <= now}
        leads = [y for y, at in self._lead_changes.items() if at <= now and y not in whole]
        if leads and not self._write_leads(leads):
            self.refresh(*(Region(0, y, self._lines.lead_width, 1) for y in leads))
        if whole:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in whole))

    def _write_leads(self, lines: list[int]) -> bool:
        """Write the digits that changed and nothing else, where the terminal allows it."""
        shown = self._shown()
        if max(lines) >= len(shown):
            return False
        after = {y: self._lead(shown[y]) for y in lines}
        if not write_cells(self, [Change(y, self._leads[y], after[y]) for y in lines]):
            return False
        self._leads |= after
        for y in lines:
            self._lead_changes[y] = self._lines.next_lead(shown[y], self._now)
        return True

    # Painting

    def render_line(self, y: int) -> Strip:
        """One line: the countdown is worked out now, the rest usually comes ready-made."""
        width = self.scrollable_content_region.width
        self._lines.resize(width)
        index = self._top + y
        if index >= len(self._rows):
            self._lead_changes.pop(y, None)
            self._body_changes.pop(y, None)
            return self._blank(y, width)
        row = self._rows[index]
        body = self._lines.body(row, self._now, self._palette(row), keep=row.case != self._case)
        lead = self._leads[y] = self._lead(row)
        self._lead_changes[y] = self._lines.next_lead(row, self._now)
        self._body_changes[y] = body.until
        return Strip((lead, *body.segments)).adjust_cell_length(width, self._palette(row).text)

    def _palette(self, row: BoardRow) -> Palette:
        return self.palettes.line(row.case == self._case, self.has_focus)

    def _lead(self, row: BoardRow) -> Segment:
        selected = row.case == self._case
        return self._lines.lead(row, self._now, self._palette(row), selected=selected)

    def _blank(self, y: int, width: int) -> Strip:
        style = self.palettes.plain.dim
        if len(self._rows) or y != self.size.height // 3:
            return Strip([Segment(" " * width, style)], width)
        return Strip([Segment(centre(self.empty_text, width), style)], width)

    def on_resize(self, event: events.Resize) -> None:
        """Lines that are gone no longer wake anybody; the selection stays in view."""
        # Lines in view may be painted already: what they wait for must not be forgotten.
        for changes in (self._lead_changes, self._body_changes):
            for y in [y for y in changes if y >= self.size.height]:
                del changes[y]
        self._fit_scrolling()
        self._show_selection()

    def recolour(self, theme: Theme) -> None:
        """Repaint in the colours of another theme."""
        self._lines.forget()
        super().recolour(theme)

    def on_focus(self) -> None:
        """The selected line is bright only while keys go to it."""
        self._refresh_case(self._case)

    def on_blur(self) -> None:
        """The selected line dims."""
        self._refresh_case(self._case)

    # Moving

    def action_move(self, lines: int) -> None:
        """Select the line above or below."""
        self._go((self._rows.index_of(self._case) or 0) + lines)

    def action_page(self, pages: int) -> None:
        """Select the line a screenful away."""
        self.action_move(pages * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Select the worst case."""
        self._go(0)

    def action_last(self) -> None:
        """Select the case with the most time left."""
        self._go(len(self._rows) - 1)

    def action_open(self) -> None:
        """Ask for the selected case to be opened."""
        if self._case:
            self.post_message(self.Opened(self, self._case))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click opens."""
        index = self._top + event.y
        if index < len(self._rows):
            self._go(index)
            if event.chain == 2:
                self.action_open()

    def _go(self, index: int) -> None:
        if not len(self._rows):
            return
        row = self._rows[max(0, min(index, len(self._rows) - 1))]
        if row.case == self._case:
            return
        left, self._case = self._case, row.case
        self._refresh_case(left)
        self._refresh_case(row.case)
        self._show_selection()
        self.post_message(self.Selected(self, row.case))

    # Keeping house

    @property
    def _top(self) -> int:
        return round(self.scroll_y)

    def _shown(self) -> list[BoardRow]:
        return self._rows.between(self._top, self._top + self.size.height)

    def _fit_scrolling(self) -> None:
        size = Size(0, len(self._rows))
        if self.virtual_size != size:
            self.virtual_size = size

    def _keep_selection(self, line: int) -> None:
        """After the rows changed: the same case, or the one now on its line."""
        if self._rows.index_of(self._case) is not None:
            return
        last = len(self._rows) - 1
        case = self._rows[max(0, min(line, last))].case if last >= 0 else 0
        if case != self._case:
            self._case = case
            self.post_message(self.Selected(self, case))

    def _show_selection(self) -> None:
        """Scroll by half a page when the selection left the view: one long repaint
        instead of one with every key."""
        index, height, top = self._rows.index_of(self._case), self.size.height, self._top
        if index is None or not height or top <= index < top + height:
            return
        half = height // 2
        if top - half <= index < top + height + half:
            top += -half if index < top else half
        else:
            top = index - half
        self.scroll_to(y=top, animate=False)

    def _refresh_case(self, case: int) -> None:
        index = self._rows.index_of(case)
        if index is not None and self._top <= index < self._top + self.size.height:
            self.refresh(Region(0, index - self._top, self.size.width, 1))

    def _refresh_changed(self, before: list[BoardRow]) -> None:
        """Repaint the lines in view that do not show the row they showed before."""
        after = self._shown()
        lines = [
            Region(0, y, self.size.width, 1)
            for y in range(max(len(before), len(after)))
            if before[y : y + 1] != after[y : y + 1]
        ]
        if lines:
            self.refresh(*lines)
