"""A full-screen program in a real pseudo-terminal, watched from outside.

Answers what a modern terminal is asked, and notes when every byte was painted. Instants
are `time.monotonic` of this process, so the way through the kernel counts, but no network
and no terminal emulator. Linux: the process's figures come from /proc.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from bench.sampling import readable

ROOT = Path(__file__).resolve().parents[1]

# A terminal with synchronized output, without in-band resizing or the kitty keyboard.
ANSWERS: Mapping[bytes, bytes] = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[1;1R",
}
LONGEST_QUESTION = max(map(len, ANSWERS))
MIB = 1024 * 1024


class Memory(NamedTuple):
    """MiB of a program: all it has mapped in, and the part nobody shares."""

    resident: float
    private: float


class Terminal:
    """A program running in a terminal of its own; a context manager that ends it."""

    def __init__(
        self, argv: Sequence[str], columns: int = 120, lines: int = 40, **env: str
    ) -> None:
        self.begun = time.monotonic()
        self.painted = 0
        self.ended = False
        self._tail = b""
        self._pid, self._fd = os.forkpty()
        if self._pid == 0:
            _become(argv, columns, lines, env)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        os.set_blocking(self._fd, False)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pid in reversed(self._processes()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        os.close(self._fd)
        os.waitpid(self._pid, 0)

    # --- reading

    def read(self, patience: float) -> bytes:
        """What is painted within `patience` seconds; returns with the first of it."""
        if self.ended or not readable(self._fd, patience):
            return b""
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # Linux reports a closed terminal as an input/output error
            data = b""
        self.ended = not data
        self.painted += len(data)
        self._answer(data)
        return data

    def _answer(self, data: bytes) -> None:
        heard = self._tail + data
        for question, answer in ANSWERS.items():
            start = max(0, len(self._tail) - len(question) + 1)
            if heard.find(question, start) >= 0:
                os.write(self._fd, answer)
        self._tail = heard[-LONGEST_QUESTION:]

    def until(self, text: str, patience: float = 30.0) -> float:
        """Wait until `text` is painted. -> the instant. Raises TimeoutError with the last
        of what was painted instead."""
        wanted, seen = text.encode(), b""
        limit = time.monotonic() + patience
        while not self.ended and (left := limit - time.monotonic()) > 0:
            seen += self.read(left)
            if wanted in seen:
                return time.monotonic()
        raise TimeoutError(f"{text!r} was not painted: {seen[-2000:].decode('utf-8', 'replace')}")

    def settle(self, quiet: float = 0.4, patience: float = 10.0) -> float:
        """Read until nothing is painted for `quiet` seconds. -> the last instant of paint."""
        last = time.monotonic()
        limit = last + patience
        while self.read(quiet) and (last := time.monotonic()) < limit:
            pass
        return last

    def watch(self, seconds: float) -> int:
        """Read for a while. -> bytes painted."""
        before, limit = self.painted, time.monotonic() + seconds
        while not self.ended and (left := limit - time.monotonic()) > 0:
            self.read(left)
        return self.painted - before

    # --- typing

    def send(self, keys: bytes) -> float:
        """Type. -> the instant."""
        instant = time.monotonic()
        os.write(self._fd, keys)
        return instant

    def press(self, key: bytes, patience: float = 2.0) -> float | None:
        """Type one key. -> seconds to the first byte painted, None when none was."""
        pressed = self.send(key)
        if not self.read(patience):
            return None
        took = time.monotonic() - pressed
        self.settle(quiet=0.03, patience=patience)
        return took

    def presses(self, keys: Iterable[bytes], pause: tuple[float, float]) -> list[float]:
        """Type keys like a person, `pause` seconds apart. -> seconds to first paint of those
        that changed the screen."""
        draw = random.Random(1)
        took = []
        for key in keys:
            self.watch(draw.uniform(*pause))
            one = self.press(key)
            if one is not None:
                took.append(one)
        return took

    # --- what the program uses

    def cpu(self) -> float:
        """Seconds on a processor so far, of the program and its children."""
        total = 0
        for pid in self._processes():
            for task in _listing(f"/proc/{pid}/task"):
                words = _text(f"/proc/{pid}/task/{task}/schedstat").split()
                total += int(words[0]) if words else 0
        return total / 1e9

    def memory(self) -> Memory:
        """What the program and its children hold now."""
        resident = private = 0
        for pid in self._processes():
            for line in _text(f"/proc/{pid}/smaps_rollup").splitlines():
                name, _, value = line.partition(":")
                if name == "Rss":
                    resident += int(value.split()[0]) * 1024
                elif name in ("Private_Clean", "Private_Dirty"):
                    private += int(value.split()[0]) * 1024
        return Memory(resident / MIB, private / MIB)

    def _processes(self) -> list[int]:
        found, waiting = [], [self._pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for task in _listing(f"/proc/{pid}/task"):
                waiting += map(int, _text(f"/proc/{pid}/task/{task}/children").split())
        return found


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this tree."""
    return [sys.executable, "-m", module, *arguments]


def _become(argv: Sequence[str], columns: int, lines: int, env: Mapping[str, str]) -> None:
    """Turn the forked child into the program; never returns."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        os.chdir(ROOT)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "USER") if name in os.environ}
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        os.execvpe(argv[0], list(argv), {**kept, **terminal, **env})
    finally:
        os._exit(127)


def _text(path: str) -> str:
    try:
        return Path(path).read_text("ascii")
    except OSError:
        return ""


def _listing(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except OSError:
        return []
