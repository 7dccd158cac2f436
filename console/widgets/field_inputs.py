"""One input for each kind of field: text, moment, phone, long text, tick; choices and people
are in `choice_inputs`.

All of them are one line high but the long text, and are built on the toolkit's own Input
and TextArea, so that Chinese input methods find the cursor where it is. What a field has
to say beside its value (the options, the moment understood) is painted behind the value
in the same line: nothing pops up and nothing moves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from console.widgets.safetext import safe

_ROOM_LEAST = 6


class Edited(Message):
    """The operator changed a field."""

    def __init__(self, key: str, typed: Any) -> None:
        self.key = key
        self.typed = typed
        super().__init__()


class Finished(Message):
    """The operator is done with a field: Enter."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__()


class FieldInput(Protocol):
    """What the form asks of every input."""

    key: str

    @property
    def typed(self) -> Any:
        """What the field holds now: text, True or False, or a list."""
        ...

    def fill(self, typed: Any) -> None:
        """Show a value without announcing it as a change."""
        ...


class LineInput(Input):
    """A field of one line. `aside` gives what to say behind the value.

    `replaces`: a key typed on coming to the field replaces what is there. Text somebody
    typed is never replaced by one key.
    """

    replaces: ClassVar[bool] = False

    virtual_size = Reactive(Size(0, 0), layout=False)
    # The toolkit lays the whole screen out anew when this changes, which is with every key.
    # The width of the text moves nothing here.

    def __init__(self, key: str, aside: Callable[[str], str] | None = None) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.key = key
        self._aside = aside

    @property
    def typed(self) -> Any:
        return self.value

    def fill(self, typed: Any) -> None:
        with self.prevent(Input.Changed):
            self.value = "" if typed is None else str(typed)
            self.cursor_position = len(self.value)

    def suggest(self, typed: str) -> None:
        """Show a value nobody typed yet: the first key replaces it, Enter keeps it."""
        self.fill(typed)
        self.select_on_focus = True

    def put_caret(self, at: int) -> None:
        """The cursor somewhere in the text, with nothing selected."""
        self.select_on_focus = False
        self.cursor_position = at

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.select_on_focus = self.replaces
        self.post_message(Edited(self.key, self.typed))

    async def action_submit(self) -> None:
        """Enter goes on to the next field."""
        self.post_message(Finished(self.key))

    def behind(self) -> list[Segment]:
        """What is painted behind the value."""
        said = self._aside(self.value) if self._aside is not None else ""
        return [Segment(safe(said), self.dim)] if said else []

    @property
    def dim(self) -> Style:
        return self.get_component_rich_style("input--placeholder", partial=True)

    def render_line(self, y: int) -> Strip:
        """The value, and behind it whatever there is room for."""
        strip = super().render_line(y)
        said = self.behind() if y == 0 else []
        width = self.size.width
        used = cell_len(self.value or self.placeholder) + 2
        if not said or width - used < _ROOM_LEAST:
            return strip
        tail = Strip(said).adjust_cell_length(width - used).apply_style(self.rich_style)
        return Strip.join([strip.crop(0, used).adjust_cell_length(used, self.rich_style), tail])


class FlagInput(Widget, can_focus=True):
    """A tick: Space turns it over, y and n set it, so do 是 and 否."""

    DEFAULT_CSS = """
    FlagInput { height: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,left,right", "turn", show=False),
        Binding("enter", "finish", show=False),
    ]

    def __init__(self, key: str, words: tuple[str, str]) -> None:
        super().__init__()
        self.key = key
        self._words = words
        self._ticked = False

    @property
    def typed(self) -> Any:
        return self._ticked

    def fill(self, typed: Any) -> None:
        self._ticked = typed is True
        self.refresh()

    def speak(self, words: tuple[str, str]) -> None:
        """The words for ticked and not ticked, in another language."""
        self._words = words
        self.refresh()

    def render(self) -> Text:
        sign, word = ("[x]", self._words[0]) if self._ticked else ("[ ]", self._words[1])
        return Text(f"{sign} {word}", no_wrap=True)

    def on_key(self, event: events.Key) -> None:
        """Letters answer too."""
        letter = (event.character or "").casefold()
        if letter and letter in "y1是有对x":
            self._set(True)
        elif letter and letter in "n0否无":
            self._set(False)
        else:
            return
        event.stop()

    def action_turn(self) -> None:
        self._set(not self._ticked)

    def action_finish(self) -> None:
        self.post_message(Finished(self.key))

    def _set(self, ticked: bool) -> None:
        if ticked != self._ticked:
            self.fill(ticked)
            self.post_message(Edited(self.key, ticked))


class LongInput(TextArea):
    """A field of several lines. Enter makes a new line, Tab goes on."""

    def __init__(self, key: str) -> None:
        super().__init__(compact=True, tab_behavior="focus", show_line_numbers=False)
        self.cursor_blink = False
        self.key = key

    @property
    def typed(self) -> Any:
        return self.text

    def fill(self, typed: Any) -> None:
        with self.prevent(TextArea.Changed):
            self.load_text("" if typed is None else str(typed))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Edited(self.key, self.text))
