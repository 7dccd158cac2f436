"""What a seat withstands, and what it leaves behind when it does not."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from bench.pty import ROOT, python
from console.store.drafts import Drafts
from tests.pty.terminal import PATIENCE, Watched, seat

TYPED = "彭工 from the depot"


def drafted(data: Path) -> str:
    """Everything that is kept of what somebody typed."""
    drafts = Drafts(data)
    try:
        return " ".join(str(dict(draft.values)) for draft in drafts.of("lin"))
    finally:
        drafts.close()


def taking_a_call_down(terminal: Watched, data: Path) -> None:
    terminal.sees("5 all 8")
    terminal.types("n")
    terminal.sees("F10 send", "contact: ")
    terminal.types(TYPED)
    terminal.sees(TYPED)
    terminal.until_so(lambda: TYPED in drafted(data))


@pytest.mark.parametrize("how", ["kill -9", "hang-up"])
def test_what_was_typed_is_offered_again(shift: Path, how: str) -> None:
    with seat(shift, "--as", "lin") as terminal:
        taking_a_call_down(terminal, shift)
        if how == "kill -9":
            terminal.kill()
        else:
            terminal.hang_up()
            terminal.ends()
    with seat(shift, "--as", "lin") as terminal:
        terminal.sees("5 all 8")
        terminal.types("s")
        terminal.sees("Parked forms 1", "彭工", "Enter go on with it")
        terminal.types("\r")
        terminal.sees("F10 send", TYPED, "contact: ")
        terminal.types("!")
        terminal.sees(TYPED + "!")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM], ids=lambda n: n.name)
def test_a_signal_ends_it_and_nobody_is_left(shift: Path, number: signal.Signals) -> None:
    with seat(shift, "--as", "lin") as terminal:
        terminal.sees("5 all 8")
        os.kill(terminal.pid, number)
        assert terminal.ends() == 0
        assert b"\x1b[?1049l" in terminal.bytes, "the terminal is given back"
        assert terminal.nobody_is_left()


def test_a_lost_connection_ends_it_and_nobody_is_left(shift: Path) -> None:
    with seat(shift, "--as", "lin") as terminal:
        terminal.sees("5 all 8")
        terminal.hang_up()
        terminal.ends()
        assert terminal.nobody_is_left()


def test_a_frozen_terminal_that_is_gone_ends_it_too(shift: Path) -> None:
    """What is painted and not read holds up first the writing, then everything."""
    with seat(shift, "--as", "lin") as terminal:
        terminal.sees("5 all 8")
        while not stands_still(terminal.pid):
            for columns in range(80, 100):  # each paints everything anew, and nobody reads it
                terminal.resizes(columns, 24)
                time.sleep(0.01)
        terminal.hang_up()
        terminal.ends()
        assert terminal.nobody_is_left()


def stands_still(pid: int) -> bool:
    """Whether the loop of a seat, which looks sixteen times a second, has stopped looking."""
    work = Path(f"/proc/{pid}/task/{pid}/schedstat")
    before = work.read_text("ascii")
    time.sleep(0.25)
    return work.read_text("ascii") == before


def test_it_ends_with_a_terminal_that_is_not_its_own(shift: Path) -> None:
    """Nobody signals a hang-up to a process whose session has another terminal, or none."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    argv = python("console", "--data", str(shift), "--as", "lin")
    with subprocess.Popen(
        argv, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, cwd=ROOT
    ) as program:
        os.close(theirs)
        painted = b""
        while b"1001" not in painted:
            painted += os.read(ours, 65536)
        os.close(ours)
        try:
            program.wait(PATIENCE)
        finally:
            program.kill()


def test_keys_that_stop_other_programs_do_not_stop_it(shift: Path) -> None:
    with seat(shift, "--as", "lin") as terminal:
        terminal.sees("5 all 8")
        for key in ("\x03", "\x1a", "\x11", "\x13", "\x1c"):
            terminal.types(key)
        terminal.sees("To leave, press F12")
        os.kill(terminal.pid, signal.SIGTSTP)
        terminal.types("1")
        terminal.sees("[1 mine 8]")
        terminal.types("5")
        terminal.sees("[5 all 8]")
        assert terminal.alive()


def test_a_window_that_changes_its_size_is_filled(shift: Path) -> None:
    with seat(shift, "--as", "lin") as terminal:
        terminal.sees("5 all 8")
        terminal.resizes(132, 40)
        terminal.sees("5 all 8", "深圳供电局 张工")
        terminal.until_so(lambda: "F2" in terminal.rows[39])
        terminal.resizes(60, 16)
        terminal.until_so(lambda: "A " in terminal.rows[15])
