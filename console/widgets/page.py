"""A page: lines to read or to choose from, painted by one widget.

Whoever shows a page says how to lay its lines out for a width; the page asks again when
the width changes, and repaints only the lines that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.widgets.countdown import UNICODE, Glyphs
from console.widgets.lines import Line
from console.widgets.painted import Painted
from console.widgets.safetext import safe

LayOut = Callable[[int], Sequence[Line]]
"""From a width in cells to the lines of a page."""


class Page(ScrollView, Painted, can_focus=True):
    """A scrolling page. Where lines can be chosen the arrows choose, else they scroll."""

    DEFAULT_CSS = """
    Page {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="page.up"),
        Binding("down", "move(1)", show=False, id="page.down"),
        Binding("pageup", "turn(-1)", show=False, id="page.page_up"),
        Binding("pagedown", "turn(1)", show=False, id="page.page_down"),
        Binding("home", "turn(-1000000)", show=False, id="page.first"),
        Binding("end", "turn(1000000)", show=False, id="page.last"),
        Binding("enter", "open", show=False, id="page.open"),
    ]

    class About(Message):
        """Something happened to the chosen line of one page."""

        def __init__(self, page: Page, key: str) -> None:
            self.page = page
            self.key = key
            super().__init__()

        @property
        def control(self) -> Page:
            """The page, for a handler that listens to one of several."""
            return self.page

    class Chosen(About):
        """Another line is chosen."""

    class Opened(About):
        """The reader wants what the chosen line stands for."""

    def __init__(
        self, *, lit: bool = False, glyphs: Glyphs = UNICODE, id: str | None = None
    ) -> None:
        """`lit` keeps the chosen line bright while another widget has the keys."""
        super().__init__(id=id)
        self._lit = lit
        self._glyphs = glyphs
        self._lay_out: LayOut = lambda _: ()
        self._lines: tuple[Line, ...] = ()
        self._key = ""

    # What is shown

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they are laid out now."""
        return self._lines

    @property
    def text(self) -> str:
        """All of the page without its looks."""
        return "\n".join(one.text.rstrip() for one in self._lines)

    @property
    def key(self) -> str:
        """The key of the chosen line, "" when none can be chosen."""
        return self._key

    def show(self, lay_out: LayOut) -> None:
        """Show something else. The choice stays with its key if that is still there."""
        self._lay_out = lay_out
        self.relay()

    def relay(self) -> None:
        """Lay the lines out anew and repaint those that read differently."""
        width = self.scrollable_content_region.width - 1
        if width <= 0:
            return
        before, self._lines = self._lines, tuple(self._lay_out(width))
        chosen = self._key
        self._keep_choice()
        size = Size(0, len(self._lines))
        if self.virtual_size != size:
            self.virtual_size = size
            self.refresh()
        elif chosen != self._key:
            self.refresh()
        else:
            self._repaint(y for y, one in enumerate(self._lines) if one != before[y])

    def choose(self, key: str) -> None:
        """Choose the line with a key and bring it into view; an unknown key is ignored.
        Before the page is laid out for the first time any key may turn out to be there."""
        if not self._lines:
            self._key = key
            return
        place = self._place(key)
        if place is None:
            return
        if key != self._key:
            changed = (self._place(self._key), place)
            self._key = key
            self._repaint(y for y in changed if y is not None)
        self._show(place)

    def _repaint(self, lines: Iterable[int]) -> None:
        top = round(self.scroll_y)
        shown = range(top, top + self.size.height)
        regions = [Region(0, y - top, self.size.width, 1) for y in lines if y in shown]
        if regions:
            self.refresh(*regions)

    # Painting

    def render_line(self, y: int) -> Strip:
        """One line behind the cell of the cursor."""
        width = self.scrollable_content_region.width
        place = round(self.scroll_y) + y
        if place >= len(self._lines):
            return Strip.blank(width, self.palettes.plain.text)
        one = self._lines[place]
        chosen = bool(one.key) and one.key == self._key
        palette = self.palettes.line(chosen, self.has_focus or self._lit)
        segments = [Segment(self._glyphs.cursor if chosen else " ", palette.ring)]
        segments += [Segment(safe(span.text), palette.of(span.ink)) for span in one.spans]
        return Strip(segments).adjust_cell_length(width, palette.text)

    def on_resize(self, _event: events.Resize) -> None:
        """Another width is another page."""
        self.relay()
        place = self._place(self._key)
        if place is not None:
            self._show(place)

    def on_focus(self) -> None:
        """The chosen line is bright only while keys go to it."""
        self.refresh()

    def on_blur(self) -> None:
        """The chosen line dims."""
        self.refresh()

    # Moving

    def action_move(self, lines: int) -> None:
        """The next line that can be chosen, or a line of scrolling."""
        keys = self._keys()
        if not keys:
            self.scroll_to(y=self.scroll_y + lines, animate=False)
            return
        here = keys.index(self._key)
        there = max(0, min(here + lines, len(keys) - 1))
        if there == here:
            # Nothing further to choose: what lies beyond can still be read.
            self.scroll_to(y=self.scroll_y + lines, animate=False)
            return
        self.choose(keys[there])
        self.post_message(self.Chosen(self, keys[there]))

    def action_turn(self, pages: int) -> None:
        """A screenful up or down."""
        lines = pages * max(1, self.size.height - 1)
        if self._keys():
            self.action_move(lines)
        else:
            self.scroll_to(y=self.scroll_y + lines, animate=False)

    def action_open(self) -> None:
        """Ask for what the chosen line stands for."""
        if self._key:
            self.post_message(self.Opened(self, self._key))

    def on_click(self, event: events.Click) -> None:
        """A click chooses, a double click opens."""
        place = round(self.scroll_y) + event.y
        key = self._lines[place].key if place < len(self._lines) else ""
        if key:
            self.choose(key)
            self.post_message(self.Chosen(self, key))
            if event.chain == 2:
                self.action_open()

    def _keys(self) -> list[str]:
        return [one.key for one in self._lines if one.key]

    def _place(self, key: str) -> int | None:
        places = (y for y, one in enumerate(self._lines) if key and one.key == key)
        return next(places, None)

    def _keep_choice(self) -> None:
        keys = self._keys()
        if self._key not in keys:
            self._key = keys[0] if keys else ""

    def _show(self, place: int) -> None:
        """Scroll no further than needed to see a line."""
        top, height = round(self.scroll_y), self.size.height
        if place < top:
            self.scroll_to(y=place, animate=False)
        elif height and place >= top + height:
            self.scroll_to(y=place - height + 1, animate=False)
