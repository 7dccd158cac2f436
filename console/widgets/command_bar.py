"""The command bar: one line to type a command into, and what it would do beneath it.

Hidden until it is opened. While it has the focus every letter is its own; only Enter, Tab,
the arrows and Esc mean something else. It knows nothing of commands: who opens it hears
`Changed` and `Sent`, shows a preview, and says whether what was sent was carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from console.domain.cleantext import clean, is_clean

LONGEST = 2_000
"""Characters a line may have."""
REMEMBERED = 100
"""Lines the arrows go back to."""
PREVIEW = 2_000
"""Characters of a preview that are shown."""
PROMPT = "\u203a"


class Offer(Protocol):
    """A completed line, and the word it was completed with."""

    @property
    def line(self) -> str: ...

    @property
    def label(self) -> str: ...


Complete = Callable[[str], Sequence[Offer]]


class CommandBar(Widget):
    """A line for commands. `complete` gives the lines Tab may turn a line into."""

    DEFAULT_CSS = """
    CommandBar { display: none; height: auto; }
    CommandBar Horizontal { height: 1; }
    CommandBar #prompt { width: 2; padding: 0; }
    CommandBar Input { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "complete(1)", show=False),
        Binding("shift+tab", "complete(-1)", show=False),
        Binding("up", "recall(-1)", show=False),
        Binding("down", "recall(1)", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another text stands in the bar; sent once per repaint, however fast somebody types."""

        text: str

    @dataclass
    class Sent(Message):
        """Enter was pressed on a text."""

        text: str

    def __init__(self, complete: Complete = lambda _: (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.complete = complete
        self._history: list[str] = []
        self._place = 0
        self._unsent = ""
        self._offers: Sequence[Offer] = ()
        self._offered = -1
        self._offering = ""
        self._foretold = ""
        self._sending = ""
        self._refused = False
        self._told = True
        self._before: Widget | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(PROMPT, id="prompt", markup=False)
            line = Input(max_length=LONGEST, select_on_focus=False, compact=True)
            line.cursor_blink = False
            yield line
        yield Static("", id="preview", markup=False)

    def on_mount(self) -> None:
        self.line = self.query_one(Input)
        self.preview = self.query_one("#preview", Static)
        self.preview.display = False

    # --- what its owner does

    @property
    def text(self) -> str:
        """What stands in the bar."""
        return self.line.value

    def open(self, text: str = "") -> None:
        """Show the bar with `text` and give it the focus. Without a text, what was refused
        last stands in it again."""
        if not self.display:
            self._before = self.screen.focused
        if text or not self._refused:
            self._write(text)
        self._refused = False
        self._sending = ""
        self.display = True
        self.line.focus()
        self._tell_later()

    def close(self) -> None:
        """Hide the bar. What stands in it is forgotten, unless it was refused."""
        if not self.display:
            return
        if not self._refused:
            self._write("")
        self._sending = ""
        self.show_preview("")
        self.display = False
        if self._before is not None and self._before.is_attached:
            self._before.focus()

    def done(self) -> bool:
        """What was sent has been carried out: close, unless something else has been typed
        meanwhile. -> whether the bar is closed now."""
        sent, self._sending = self._sending, ""
        if self.text == sent:
            self._refused = False
            self.close()
        return not self.display

    def refused(self, left: str | None = None) -> None:
        """What was sent was not carried out, or only in part: `left` is what remains."""
        sent, self._sending = self._sending, ""
        self._refused = True
        if left is not None and self.text == sent:
            self._write(left)

    def forget(self) -> None:
        """Another person sits here now: nothing of the one before is left."""
        self._history.clear()
        self._place = 0
        self._refused = False
        self._unsent = ""
        self._write("")
        self.close()

    def show_preview(self, text: str) -> None:
        """Say beneath the line what it would do; nothing for an empty text."""
        self._foretold = clean(text, PREVIEW, multiline=True)
        self._paint()

    def _paint(self) -> None:
        """The completions Tab has offered, and under them what the line would do."""
        labels = [clean(offer.label, LONGEST) for offer in self._offers]
        if self._offered >= 0:
            labels[self._offered] = f"[{labels[self._offered]}]"
        text = "\n".join(part for part in ("  ".join(labels), self._foretold) if part)
        self.preview.update(text)
        self.preview.display = bool(text)

    # --- what its keys do

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if not is_clean(event.value):  # a paste may bring anything
            self._write(clean(event.value, LONGEST))
            return
        if event.value != self._sending:
            self._sending = ""
        if event.value != self._offering:
            self._offers, self._offered, self._offering = (), -1, ""
            self._paint()
        self._tell_later()

    def _tell_later(self) -> None:
        """The key is painted first; then whoever listens may take time over the text."""
        if self._told:
            self._told = False
            self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        self._told = True
        if self.display:
            self.post_message(self.Changed(self.text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value
        if not text.strip() or text == self._sending:
            return
        self._remember(text)
        self._sending, self._refused = text, False
        self.post_message(self.Sent(text))

    def action_leave(self) -> None:
        self.close()

    def action_recall(self, step: int) -> None:
        """An earlier line, or a later one; below the latest is what was being typed."""
        place = self._place + step
        if not 0 <= place <= len(self._history):
            return
        if self._place == len(self._history):
            self._unsent = self.text
        self._place = place
        self._write(self._history[place] if place < len(self._history) else self._unsent)

    def action_complete(self, step: int) -> None:
        """As far as all completions agree; pressed again, one after the other."""
        if self._offers and self.text == self._offering:
            self._offered = (self._offered + step) % len(self._offers)
            self._offering = self._offers[self._offered].line
        else:
            self._offers, self._offered = tuple(self.complete(self.text)), -1
            if not self._offers:
                return
            agreed = _agreed([offer.line for offer in self._offers])
            self._offering = agreed if len(agreed) > len(self.text) else self.text
            if len(self._offers) == 1:
                self._offering, self._offers = agreed, ()
        self._write(self._offering)
        self._paint()

    def _remember(self, text: str) -> None:
        if text in self._history:
            self._history.remove(text)
        self._history = [*self._history, text][-REMEMBERED:]
        self._place = len(self._history)
        self._unsent = ""

    def _write(self, text: str) -> None:
        self.line.value = text
        self.line.cursor_position = len(text)


def _agreed(lines: Sequence[str]) -> str:
    """What all lines begin with."""
    first, last = min(lines), max(lines)
    length = 0
    for one, other in zip(first, last, strict=False):
        if one != other:
            break
        length += 1
    return first[:length]
