"""What the painted widgets share: the palettes of the theme in use."""

from __future__ import annotations

from textual.theme import Theme
from textual.widget import Widget

from console.widgets.theme import Palettes, palettes_of


class Painted(Widget):
    """A widget that paints its lines itself, in the colours of the theme."""

    _palettes: Palettes | None = None

    @property
    def palettes(self) -> Palettes:
        """The palettes of the current theme, read once per theme."""
        if self._palettes is None:
            self._palettes = palettes_of(self.app.theme_variables)
        return self._palettes

    def recolour(self, _theme: Theme) -> None:
        """Forget the colours of the theme before."""
        self._palettes = None
        self.refresh()

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, self.recolour)

    def on_unmount(self) -> None:
        """Let go of the theme: the signal would keep the widget, and all it knows, alive."""
        self.app.theme_changed_signal.unsubscribe(self)
