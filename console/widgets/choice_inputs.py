"""Inputs for one or several of given values, and for people.

A digit or the first letters pick a value; what can be picked is painted behind the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from console.widgets.field_inputs import LineInput
from console.widgets.safetext import safe


class Option(NamedTuple):
    """One of several values and how it reads; `also` are other things one may type."""

    key: str
    label: str
    also: tuple[str, ...] = ()


class ChoiceInput(LineInput):
    """One of several values: a digit or the beginning of a label picks it, arrows walk.

    Behind the value stand the options that still fit what is typed. What fits none of them
    is the value as it stands; whether that may be is for the field to say.
    """

    replaces = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "walk(-1)", show=False),
        Binding("right", "walk(1)", show=False),
    ]

    def __init__(self, key: str, options: Sequence[Option]) -> None:
        super().__init__(key)
        self.select_on_focus = self.replaces
        self.options = tuple(options)
        self.numbered = True

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other options, or the same in another language; the value stays."""
        held = self.typed
        self.options = tuple(options)
        self.fill(held)
        self.refresh()

    @property
    def typed(self) -> Any:
        hits = self.hits()
        return hits[0].key if self.value.strip() and hits else self.value

    def fill(self, typed: Any) -> None:
        found = next((one for one in self.options if one.key == typed), None)
        super().fill(found.label if found else typed)

    def hits(self) -> list[Option]:
        """The options that fit what is typed; all of them before anything is."""
        wanted = self.value.strip().casefold()
        exact = [one for one in self.options if _names(one, wanted)]
        return exact or [one for one in self.options if _begins(one, wanted)]

    def settled(self) -> bool:
        """Whether the text is the whole label of an option."""
        return any(one.label == self.value for one in self.options)

    def on_key(self, event: events.Key) -> None:
        """A digit picks the option it stands before, unless text is being typed."""
        digit = event.character or ""
        if not (self.numbered and digit in "123456789" and len(digit) == 1):
            return
        shown = self.offered()
        if (self.value and not self.settled()) or int(digit) > len(shown):
            return
        event.stop()
        event.prevent_default()
        self.pick(shown[int(digit) - 1])

    def offered(self) -> Sequence[Option]:
        """The options painted behind the value."""
        return self.options if not self.value or self.settled() else self.hits()

    def pick(self, option: Option) -> None:
        """Take an option as the value, selected so that typing replaces it."""
        self.value = option.label
        self.action_select_all()

    def action_walk(self, steps: int) -> None:
        """The option before or after."""
        if not self.options:
            return
        keys = [one.key for one in self.options]
        if not self.value:
            place = 0 if steps > 0 else len(keys) - 1
        else:
            at = keys.index(self.typed) if self.typed in keys else -1
            place = max(0, min(at + steps, len(keys) - 1))
        self.pick(self.options[place])

    def on_blur(self) -> None:
        """Leaving the field completes the label."""
        with self.prevent(Input.Changed):
            self.fill(self.typed)

    def behind(self) -> list[Segment]:
        if not self.has_focus:
            return []
        plain, dim = self.rich_style, self.dim
        chosen = plain + Style(bold=True, underline=True)
        room = self.size.width - cell_len(self.value) - 2
        held = self.typed if self.value.strip() else ""
        segments: list[list[Segment]] = []
        for number, option in enumerate(self.offered(), 1):
            digit = f"{number} " if self.numbered and number < 10 else ""
            label = Segment(safe(option.label), chosen if option.key == held else plain)
            segments.append([Segment(digit, dim), label, Segment("  ", dim)])
        return _around(segments, held and self._place(held), room)

    def _place(self, key: str) -> int:
        keys = [one.key for one in self.offered()]
        return keys.index(key) if key in keys else 0


class PersonInput(ChoiceInput):
    """A person, by a part of the name. Nobody is offered before something is typed: there
    may be hundreds. `usual` is who it is when the field stays empty."""

    def __init__(self, key: str, options: Sequence[Option]) -> None:
        super().__init__(key, options)
        self.numbered = False

    def usually(self, name: str) -> None:
        """Say who it is when nobody is named."""
        if self.placeholder != name:
            self.placeholder = name

    def offered(self) -> Sequence[Option]:
        return self.hits() if self.value and not self.settled() else ()

    def hits(self) -> list[Option]:
        wanted = self.value.strip().casefold()
        exact = [one for one in self.options if _names(one, wanted)]
        return exact or [
            one
            for one in self.options
            if any(wanted in text.casefold() for text in (one.label, *one.also))
        ]


class ChoicesInput(ChoiceInput):
    """Several of several values, written with commas; a digit adds one or takes it away."""

    replaces = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
    ]

    @property
    def typed(self) -> Any:
        return [self._key(part) for part in self._parts()]

    def fill(self, typed: Any) -> None:
        parts = typed if isinstance(typed, list) else [typed] if typed else []
        LineInput.fill(self, self._joined(parts))

    def _joined(self, keys: Sequence[str]) -> str:
        labels = {one.key: one.label for one in self.options}
        return ", ".join(labels.get(key, key) for key in keys)

    def _parts(self) -> list[str]:
        parts = self.value.replace("，", ",").replace("、", ",").replace(";", ",").split(",")
        return [part.strip() for part in parts if part.strip()]

    def _key(self, part: str) -> str:
        wanted = part.casefold()
        exact = [one.key for one in self.options if _names(one, wanted)]
        begun = [one.key for one in self.options if _begins(one, wanted)]
        return (exact or begun or [part])[0]

    def settled(self) -> bool:
        return True

    def offered(self) -> Sequence[Option]:
        return self.options

    def pick(self, option: Option) -> None:
        held = self.typed
        held = [one for one in held if one != option.key] + [option.key] * (option.key not in held)
        self.value = self._joined(held)
        self.cursor_position = len(self.value)

    def _place(self, key: str) -> int:
        return 0


def _names(option: Option, wanted: str) -> bool:
    return any(wanted == text.casefold() for text in (option.key, option.label, *option.also))


def _begins(option: Option, wanted: str) -> bool:
    texts = [text.casefold() for text in (option.key, option.label, *option.also)]
    return any(text.startswith(wanted) for text in texts) or (
        not wanted.isascii() and any(wanted in text for text in texts)
    )


def _around(groups: list[list[Segment]], place: int | str, room: int) -> list[Segment]:
    """As many groups as fit into `room`, the one at `place` among them."""
    at = place if isinstance(place, int) else 0
    widths = [sum(cell_len(segment.text) for segment in group) for group in groups]
    first = 0
    while first < at and sum(widths[first : at + 1]) + 2 * (first > 0) > room:
        first += 1
    shown = [segment for group in groups[first:] for segment in group]
    return [Segment("… "), *shown] if first else shown
