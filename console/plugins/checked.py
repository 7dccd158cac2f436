"""What checking a file came to before, so that not every start checks it again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from console import __version__


class Checked:
    """Remembers, next to the files, what each was found to be by its digest.

    A digest covers the file, the calendars it was checked against and the version of the
    console, whose rules and checks may have changed. Where it cannot be written, files are
    checked at every start.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "checked.json"

    def problem(self, name: str, digest: str) -> str | None:
        """The sentence a file was left out with, "" for a sound one, None for one that has
        not been checked as it is now."""
        match self._read().get(name):
            case [before, str(problem)] if before == digest:
                return problem
        return None

    def remember(self, name: str, digest: str, problem: str) -> None:
        found = {**self._read(), name: [digest, problem]}
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        beside = self._path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            beside.write_text(text, "utf-8")
            beside.replace(self._path)

    def _read(self) -> dict[str, list[str]]:
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_text("utf-8"))
            if isinstance(found, dict):
                return found
        return {}


def digest_of(source: bytes, calendars: Iterable[str] | None) -> str:
    """What a file was checked as."""
    basis = json.dumps([__version__, None if calendars is None else sorted(calendars)])
    return hashlib.sha256(basis.encode() + source).hexdigest()
