"""The caller's open cases, offered before the first key is typed.

Enter takes the selected one. Whoever types instead is heard: the key is handed on to the
form, so that nothing is lost to a list that happened to have the focus.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from console.widgets.painted import Painted
from console.widgets.safetext import fit


class Offered(NamedTuple):
    """One case in a line of words."""

    case: int
    text: str


class Offer(Painted, can_focus=True):
    """A headline and up to `most` cases."""

    DEFAULT_CSS = """
    Offer { height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "take", show=False),
    ]

    class Taken(Message):
        """The operator wants this case."""

        def __init__(self, case: int) -> None:
            self.case = case
            super().__init__()

    class Passed(Message):
        """The operator goes on to the form; `typed` is what was typed doing so."""

        def __init__(self, typed: str = "") -> None:
            self.typed = typed
            super().__init__()

    def __init__(self, *, most: int = 5) -> None:
        super().__init__(id="offer")
        self._most = most
        self._title = ""
        self._rows: tuple[Offered, ...] = ()
        self._at = 0

    @property
    def rows(self) -> tuple[Offered, ...]:
        return self._rows

    def show(self, title: str, rows: Sequence[Offered]) -> None:
        """Offer these cases; none at all hides the offer."""
        self._title, self._rows = title, tuple(rows[: self._most])
        self._at = min(self._at, max(0, len(self._rows) - 1))
        self.display = bool(self._rows)
        self.refresh(layout=True)

    def get_content_height(self, _container: Size, _viewport: Size, _width: int) -> int:
        return 1 + len(self._rows) if self._rows else 0

    def render_line(self, y: int) -> Strip:
        """The headline, then one case a line."""
        width = self.size.width
        if y == 0 or y > len(self._rows):
            plain = self.palettes.plain
            return Strip([Segment(fit(self._title if y == 0 else "", width), plain.amber)])
        selected = y - 1 == self._at
        palette = self.palettes.line(selected, self.has_focus)
        sign = "▌" if selected else " "
        return Strip([Segment(fit(f"{sign}{self._rows[y - 1].text}", width), palette.text)])

    def on_focus(self) -> None:
        """The selected line is bright only while keys go to it."""
        self.refresh()

    def on_blur(self) -> None:
        """The selected line dims."""
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """A letter belongs to the form."""
        if event.is_printable and event.character:
            event.stop()
            self.post_message(self.Passed(event.character))

    def on_paste(self, event: events.Paste) -> None:
        """So does a pasted text."""
        event.stop()
        self.post_message(self.Passed(event.text))

    def action_move(self, steps: int) -> None:
        """The case above or below; below the last one the form begins."""
        if self._at + steps >= len(self._rows):
            self.post_message(self.Passed())
            return
        self._at = max(0, self._at + steps)
        self.refresh()

    def action_take(self) -> None:
        """This case it is."""
        if self._rows:
            self.post_message(self.Taken(self._rows[self._at].case))
