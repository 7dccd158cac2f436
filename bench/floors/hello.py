"""Textual with one line on the screen: the floor of starting and of memory."""

from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "floor-is-ready"


class Hello(App[None]):
    """One line, nothing else."""

    def compose(self) -> ComposeResult:
        yield Static(READY)


if __name__ == "__main__":
    Hello().run()
