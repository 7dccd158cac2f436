"""The title of the terminal's window: seen on a tab, or in tmux, while the seat is not."""

from __future__ import annotations

from collections.abc import Callable

from console.widgets.safetext import safe

LONGEST = 60
KEEP, RESTORE = "\x1b[22;2t", "\x1b[23;2t"
"""Put the title there was on the terminal's stack, and take it back."""

MUTE = ("", "dumb", "linux")
"""Terminals without a window; an old one would show the sequence as text."""


class WindowTitle:
    """Writes the title when it changes, and gives the old one back in the end. What is not
    changed is not written: most seats never say anything here."""

    def __init__(self, write: Callable[[str], None], terminal: str) -> None:
        self._write = write
        self._mute = terminal in MUTE
        self._text = ""

    @property
    def text(self) -> str:
        """What was said last."""
        return self._text

    def show(self, text: str) -> None:
        """Another title, "" for the one there was. It never holds a control character,
        whatever the text does."""
        text = safe(text)[:LONGEST]
        if text == self._text or self._mute:
            return
        if not text:
            self.restore()
            return
        first = "" if self._text else KEEP
        self._text = text
        self._write(f"{first}\x1b]2;{text}\x07")

    def restore(self) -> None:
        """The title there was before."""
        if self._text:
            self._text = ""
            self._write(RESTORE)
