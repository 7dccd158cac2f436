"""Writing digits past the compositor leaves the screen as a full repaint would."""

from __future__ import annotations

import pyte
import pytest
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widgets import Static

from console.widgets.countdown import EN, ZH, Units
from tests.widgets.hosts import CHINESE, NOW, CountingBoard, OneWidget, clock, row

SIZE = (80, 12)


class Terminal:
    """Stands in for the driver of a real terminal: emulates what is written to it."""

    def __init__(self, app: OneWidget, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self.screen = pyte.Screen(*SIZE)
        self.stream = pyte.Stream(self.screen)
        self.written = 0
        driver = app._driver
        assert driver is not None
        monkeypatch.setattr(type(driver), "is_headless", property(lambda _: False))
        monkeypatch.setattr(driver, "write", self.write)

    def write(self, data: str) -> None:
        self.written += len(data.encode())
        self.stream.feed(data)

    def cells(self) -> list[list[tuple[str, str, str, bool]]]:
        """Character and colours of every cell."""
        return [
            [(cell.data, cell.fg, cell.bg, cell.bold) for cell in map(line.__getitem__, range(80))]
            for line in (self.screen.buffer[y] for y in range(SIZE[1]))
        ]

    def repaint(self) -> None:
        """Paint everything in the ordinary way."""
        screen = self.app.screen
        self.app._display(screen, screen._compositor.render_update(full=True))


def urgent(units: Units) -> CountingBoard:
    """A board with every second, a turn to amber, a breach and a full minute ahead."""
    dues = [NOW - 130, NOW - 9, NOW + 2, NOW + 62, NOW + 300, NOW + 599, NOW + 603, NOW + 1203]
    return CountingBoard([row(n, clock(due)) for n, due in enumerate(dues, 1)], CHINESE, units)


@pytest.mark.parametrize("units", [EN, ZH])
async def test_ticks_show_what_a_repaint_would_show(
    units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = urgent(units)
    app = OneWidget(board)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        terminal = Terminal(app, monkeypatch)
        terminal.repaint()
        for second in range(1, 16):
            board.tick(NOW + second)
            ticked = terminal.cells()
            terminal.repaint()
            assert terminal.cells() == ticked
            assert f"02:{10 + second}" in terminal.screen.display[0]


async def test_a_tick_costs_a_few_bytes_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    board = CountingBoard([row(n, clock(NOW + 300 + n)) for n in range(12)], CHINESE)
    app = OneWidget(board)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        terminal = Terminal(app, monkeypatch)
        terminal.written = 0
        board.painted.clear()
        board.tick(NOW + 1)
        await pilot.pause()
        assert board.painted == []
        assert 0 < terminal.written <= 12 * 8 + 150


class Cover(Static):
    DEFAULT_CSS = "Cover { layer: over; width: 20; height: 3; }"


class Veil(ModalScreen[None]):
    def compose(self) -> ComposeResult:
        yield Container(Static("in front"))


@pytest.mark.parametrize("what", ["widget", "screen"])
async def test_nothing_is_written_through_what_covers_the_board(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = urgent(EN)
    app = OneWidget(board)
    async with app.run_test(size=SIZE) as pilot:
        app.screen.styles.layers = ("default", "over")
        if what == "widget":
            await app.screen.mount(Cover("in front"))
        else:
            await app.push_screen(Veil())
        await pilot.pause()
        terminal = Terminal(app, monkeypatch)
        terminal.written = 0
        board.tick(NOW + 1)
        assert terminal.written == 0
