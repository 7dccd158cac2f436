"""Two seats on one store: each sees what the other does, and one call goes to one of them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import Desk, Who
from console.installation import open_desk
from tests.pty.terminal import Watched, seat


@pytest.fixture
def pair(shift: Path) -> Iterator[tuple[Watched, Watched]]:
    """The seats of Lin and Zhou."""
    with seat(shift, "--as", "lin") as lin, seat(shift, "--as", "zhou") as zhou:
        lin.sees("林晓 Lin", "[5 all 8]")
        zhou.sees("周宁 Zhou", "[5 all 8]")
        yield lin, zhou


@pytest.fixture
def elsewhere(shift: Path) -> Iterator[Desk]:
    """The same store from a third process: this one."""
    desk = open_desk(shift)
    yield desk
    desk.store.close()


def test_what_is_done_elsewhere_appears_within_a_second(
    pair: tuple[Watched, Watched], shift: Path
) -> None:
    argv = [sys.executable, "-m", "console", "do", "ring", "number=0731-5550-2187"]
    subprocess.run([*argv, "--data", str(shift), "--as", "lin"], check=True, capture_output=True)
    done = time.monotonic()
    for terminal in pair:
        terminal.sees("0731 5550 2187", "ringing")
    assert time.monotonic() - done < 1


def test_what_one_seat_does_appears_on_the_other(pair: tuple[Watched, Watched]) -> None:
    lin = pair[0]
    lin.types("/")
    lin.sees("\u203a")
    lin.types("1008 contacted by=he\r")
    lin.misses("\u203a")
    for terminal in pair:
        terminal.sees("2 to contact 3")


def test_one_call_is_taken_by_one_of_two(pair: tuple[Watched, Watched], elsewhere: Desk) -> None:
    call = elsewhere.do("ring", {"number": "0731-5550-2187"}, Who("lin")).call
    for terminal in pair:
        terminal.sees("ringing")
    for terminal in pair:
        terminal.types("a")
    for terminal in pair:
        terminal.waits(lambda text: "F10 send" in text or "has already claimed" in text)
    winner, loser = sorted(pair, key=lambda one: "has already claimed" in one.text)
    assert "F10 send" in winner.text
    assert "F10 send" not in loser.text
    holder = elsewhere.directory.get(elsewhere.call(call).claimed_by)
    assert holder is not None
    assert f"{holder.name} has already claimed this call" in loser.text
    assert winner is pair[holder.key == "zhou"]
