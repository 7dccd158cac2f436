"""A shared terminal in a real terminal: no key leads out of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from console.desk.pins import set_pin
from console.installation import open_desk
from tests.pty.terminal import seat


@pytest.fixture
def shared(shift: Path) -> Path:
    desk = open_desk(shift)
    set_pin(desk.store, "zhou", "2468")
    desk.store.close()
    return shift


def test_no_key_and_no_signal_of_a_keyboard_leads_out_of_it(shared: Path) -> None:
    with seat(shared, "kiosk") as terminal:
        terminal.sees("Who are you?")
        for sent in ("\x03", "\x1a", "\x1c", "\x11", "\x04", "\x1b", "\x1b[24~"):
            terminal.types(sent)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            os.kill(terminal._pid, number)
        terminal.types("zhou\r")
        terminal.sees("PIN of")
        terminal.types("2468\r")
        terminal.sees("周宁 Zhou", "5 all 8")
        terminal.types("\x03\x1a\x1c")
        terminal.types("\x1b[24~")
        terminal.sees("Who are you?")
        assert terminal.alive()


def test_nobody_is_signed_on_to_it_beforehand(shared: Path) -> None:
    with seat(shared, "kiosk", "--as", "zhou") as terminal:
        assert terminal.ends() == 1
        assert "nobody is signed on beforehand" in terminal.bytes.decode()
