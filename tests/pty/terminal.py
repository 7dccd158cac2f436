"""A seat in a real pseudo-terminal, and what somebody in front of it would see."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

from bench.pty import Terminal, python

PATIENCE = 15.0
"""Seconds after which what should have been painted is missing. Only failures wait so long."""

UTF8 = {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}

# Questions a terminal answers and never paints; the emulator below does not know them all.
_UNPAINTED = re.compile(rb"\x1b\[[?<>=][\d;]*\$?[puq]|\x1b\[\d* q")


class Painted(Terminal):
    """A program in a terminal whose screen can be read."""

    def __init__(self, argv: Sequence[str], columns: int = 80, lines: int = 24, **env: str) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._code: int | None = None
        self.bytes = b""
        super().__init__(argv, columns, lines, **env)

    def __exit__(self, *raised: object) -> None:
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        with contextlib.suppress(OSError):
            os.close(self._fd)

    @property
    def pid(self) -> int:
        """The program, and the group of everything it started."""
        return self._pid

    # --- seeing

    def read(self, patience: float) -> bytes:
        data = super().read(patience)
        self.bytes += data
        self._stream.feed(_UNPAINTED.sub(b"", data))
        return data

    @property
    def rows(self) -> list[str]:
        """The screen, line by line."""
        return self.screen.display

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    def sees(self, *wanted: str) -> str:
        """Wait until all of it is on the screen at once. -> the screen."""
        return self.waits(lambda text: all(one in text for one in wanted), repr(wanted))

    def misses(self, unwanted: str) -> str:
        """Wait until it is on the screen no longer. -> the screen."""
        return self.waits(lambda text: unwanted not in text, f"no {unwanted!r}")

    def waits(self, is_so: Callable[[str], bool], wanted: str = "") -> str:
        limit = time.monotonic() + PATIENCE
        while not is_so(self.text):
            left = limit - time.monotonic()
            if left <= 0 or self.ended:
                raise AssertionError(f"{wanted} was not painted:\n{self.text}")
            self.read(left)
        return self.text

    def until_so(self, is_so: Callable[[], bool]) -> None:
        """Go on reading until something holds that the screen alone does not tell."""
        limit = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < limit, f"it never came to be:\n{self.text}"
            self.read(0.02)

    # --- doing

    def types(self, text: str) -> None:
        self.send(text.encode())

    def resizes(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self.screen.resize(lines, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def kill(self) -> None:
        """End the program as `kill -9` does."""
        os.kill(self._pid, signal.SIGKILL)
        self.ends()

    def hang_up(self) -> None:
        """Close the terminal under the program, as a lost connection does."""
        self.ended = True
        os.close(self._fd)

    def ends(self) -> int:
        """Wait until the program has ended. -> its exit code, negative for a signal."""
        limit = time.monotonic() + PATIENCE
        while self._code is None:
            assert time.monotonic() < limit, f"still running:\n{self.text}"
            self.read(0.02)
            if self.ended:
                os.sched_yield()
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        while self.read(0.0):
            pass
        return self._code

    def alive(self) -> bool:
        """Whether the program still runs."""
        return self._code is None and os.waitpid(self._pid, os.WNOHANG) == (0, 0)

    def nobody_is_left(self) -> bool:
        """Whether everything it ever started has ended too."""
        try:
            os.killpg(self._pid, 0)
        except ProcessLookupError:
            return True
        return False


class Watched(Painted):
    """The console in such a terminal."""

    def __init__(self, *words: str, columns: int = 80, lines: int = 24, **env: str) -> None:
        super().__init__(python("console", *words), columns, lines, **env)


def seat(data: Path, *words: str, lang: str = "en", **more: str) -> Watched:
    """A seat of 80×24 on an installation, opened by somebody who reads `lang`."""
    return Watched("--data", str(data), *words, **{"LANG": UTF8[lang], **more})


def large_seat(data: Path, *words: str, lang: str = "en") -> Watched:
    """The same with all the room one may have."""
    return Watched("--data", str(data), *words, columns=200, lines=50, LANG=UTF8[lang])
