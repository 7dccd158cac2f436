"""Textual with an input that is repeated below it: the floor of a key press."""

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

READY = "floor-is-ready"


class Echo(App[None]):
    """What is typed appears twice."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Input()
        yield Static(READY)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one(Static).update(event.value[-20:])


if __name__ == "__main__":
    Echo().run()
