"""A form: labelled inputs in sections, one column or two, built once and kept.

The form knows no rule. It is told which fields there are, what marks stand before their
labels and which of them are hidden; it repaints what differs and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from console.widgets.field_inputs import FieldInput, Finished
from console.widgets.safetext import safe

WIDE = 120
"""From this many cells on there are two columns."""


class Row(NamedTuple):
    """The key of a field, its label and its input."""

    key: str
    label: str
    input: Widget


def as_field(widget: Widget) -> FieldInput:
    """The widget as the input of a field, which every row's is."""
    return cast("FieldInput", widget)


class Section(Widget):
    """A title over labels and inputs in two columns. `lead` stands above them, `tail`
    below."""

    DEFAULT_CSS = """
    Section { height: auto; layout: vertical; }
    Section > .title { height: 1; width: 1fr; }
    Section > Fields { height: auto; layout: grid; grid-size: 2; grid-rows: auto;
                       grid-columns: 24 1fr; grid-gutter: 0 1; }
    FieldLabel { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(
        self,
        key: str,
        title: str,
        rows: Sequence[Row],
        lead: Sequence[Widget] = (),
        tail: Sequence[Widget] = (),
    ) -> None:
        super().__init__(id=f"section-{key}")
        self.key = key
        self._title = title
        self._rows = tuple(rows)
        self._lead, self._tail = tuple(lead), tuple(tail)

    def compose(self) -> ComposeResult:
        yield Static(safe(self._title), classes="title", markup=False)
        yield from self._lead
        yield Fields(self._rows)
        yield from self._tail

    def speak(self, title: str) -> None:
        """The title in another language."""
        self.query_one(".title", Static).update(safe(title))


class Fields(Widget):
    """The labels and inputs of a section."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.labels: dict[str, FieldLabel] = {}
        self.inputs: dict[str, Widget] = {}
        self._first = tuple(rows)

    def compose(self) -> ComposeResult:
        for row in self._first:
            yield from self._pair(row)

    def _pair(self, row: Row) -> Iterable[Widget]:
        label = self.labels[row.key] = FieldLabel(row.label)
        self.inputs[row.key] = row.input
        return (label, row.input)

    async def rearrange(self, rows: Sequence[Row]) -> None:
        """Keep the inputs that stay, take away those that go, put new ones in place."""
        wanted = {row.key: row.input for row in rows}
        for key in [key for key, one in self.inputs.items() if wanted.get(key) is not one]:
            await self.labels.pop(key).remove()
            await self.inputs.pop(key).remove()
        for place, row in enumerate(rows):
            if row.key not in self.inputs:
                pair = self._pair(row)
                if 2 * place < len(self.children):
                    await self.mount_all(pair, before=2 * place)
                else:
                    await self.mount_all(pair)
        self.inputs = {key: self.inputs[key] for key in wanted}


class FieldLabel(Static):
    """What stands before an input: a mark and the field's label."""

    def __init__(self, text: str) -> None:
        super().__init__("", markup=False)
        self._text = text
        self._mark = " "
        self._paint()

    def speak(self, text: str) -> None:
        self._text = text
        self._paint()

    def mark(self, sign: str) -> None:
        """Another sign before the label; the same again costs nothing."""
        if sign != self._mark:
            self._mark = sign
            self._paint()

    def _paint(self) -> None:
        self.update(safe(f"{self._mark} {self._text}"), layout=False)


class Told(Static):
    """Text that is repainted only when it reads differently, and laid out anew only when
    it has more or fewer lines. `stays`: it keeps its line while there is nothing to say."""

    def __init__(self, id: str, *, stays: bool = False) -> None:
        super().__init__("", id=id, markup=False)
        self.text = ""
        self._stays = stays
        self.display = stays

    def say(self, text: str) -> None:
        """Say this; nothing at all takes no room."""
        if text == self.text:
            return
        layout = self._lines(text) != self._lines(self.text)
        self.text = text
        self.display = self._stays or bool(text)
        self.update(text, layout=layout)

    def _lines(self, text: str) -> int:
        """How many lines a text takes, near enough."""
        width = max(1, self.content_size.width)
        return sum(-(-cell_len(line) // width) for line in text.split("\n"))


class Form(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Sections of fields. Posts `Left` when the operator goes past the last field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]

    class Left(Message):
        """There is no further field."""

    def __init__(self, columns: Sequence[Sequence[Section]], top: Sequence[Widget] = ()) -> None:
        super().__init__(id="form")
        self._columns = columns
        self._top = tuple(top)
        self._inputs: dict[str, Widget] = {}
        self._labels: dict[str, FieldLabel] = {}

    def compose(self) -> ComposeResult:
        yield from self._top
        with Widget(id="columns"):
            for sections in self._columns:
                yield Column(sections)

    def on_resize(self) -> None:
        """Two columns where there is room."""
        self.set_class(self.size.width >= WIDE - 2, "wide")

    # --- fields

    @property
    def inputs(self) -> dict[str, Widget]:
        """Every input by the key of its field, in order."""
        if not self._inputs:
            for fields in self.query(Fields).results(Fields):
                self._inputs.update(fields.inputs)
                self._labels.update(fields.labels)
        return self._inputs

    def field(self, key: str) -> Widget | None:
        return self.inputs.get(key)

    def label(self, key: str) -> FieldLabel | None:
        return self._labels.get(key) if self.inputs else None

    async def show_rows(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Show these rows in their sections; inputs that stay are kept as they are."""
        for section in self.query(Section).results(Section):
            fields = section.query_one(Fields)
            here = rows.get(section.key, ())
            if [row.input for row in here] != list(fields.inputs.values()):
                await fields.rearrange(here)
        self._inputs, self._labels = {}, {}

    def show_row(self, key: str, shown: bool) -> None:
        """Hide or show a field."""
        widget, label = self.field(key), self.label(key)
        if widget is not None and label is not None and widget.display != shown:
            widget.display = label.display = shown

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show values without announcing changes."""
        for key, widget in self.inputs.items():
            if key in values:
                as_field(widget).fill(values[key])

    # --- moving

    def first(self) -> Widget | None:
        """The first field one can type in."""
        return next(iter(self._reachable()), None)

    def go_to(self, key: str) -> bool:
        """Focus a field. False when it is not to be seen."""
        widget = self.field(key)
        if widget is None or not widget.display:
            return False
        widget.focus()
        return True

    def action_go(self, steps: int) -> None:
        """The field above or below."""
        self._step(steps)

    def on_finished(self, event: Finished) -> None:
        """Enter goes on."""
        event.stop()
        self._step(1)

    def _step(self, steps: int) -> None:
        fields = self._reachable()
        focused = self.screen.focused
        at = fields.index(focused) if focused in fields else -1
        if at + steps >= len(fields):
            self.post_message(self.Left())
        elif at + steps < 0:
            self.screen.focus_previous()
        else:
            fields[at + steps].focus()

    def _reachable(self) -> list[Widget]:
        return [widget for widget in self.inputs.values() if widget.display]

    def scroll_to_region(self, region: Region, **how: Any) -> Offset:
        """At once: a slide costs an SSH line a frame each sixtieth of a second."""
        return super().scroll_to_region(region, **{**how, "animate": False})


class Column(Widget):
    """Sections one below the other."""

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__(classes="column")
        self._sections = sections

    def compose(self) -> ComposeResult:
        yield from self._sections
