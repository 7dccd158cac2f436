"""A line that is lost loses nothing of what was typed, and leaves no process behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from tests.pty.terminal import Painted
from tests.ssh.door import Door, parent, until

TYPED = "彭工 from the depot"


def client_killed(door: Door, terminal: Painted) -> None:
    os.kill(terminal.pid, signal.SIGKILL)


def server_killed(door: Door, terminal: Painted) -> None:
    os.kill(parent(door.seat()), signal.SIGKILL)


@pytest.mark.parametrize("lost", [client_killed, server_killed])
def test_what_was_typed_is_there_when_they_come_back(
    door: Door, lost: Callable[[Door, Painted], None]
) -> None:
    with door.sits_down("lin") as terminal:
        terminal.sees("5 all 8")
        terminal.types("n")
        terminal.sees("F10 send", "contact: ")
        terminal.types(TYPED)
        terminal.sees(TYPED)
        lost(door, terminal)
        until(door.is_empty, "nobody left behind")
    with door.sits_down("lin") as terminal:
        terminal.sees("5 all 8")
        terminal.types("s")
        terminal.sees("Parked forms 1", "彭工", "Enter go on with it")
        terminal.types("\r")
        terminal.sees("F10 send", TYPED)
