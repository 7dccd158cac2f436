"""Which plugins an installation runs: by name, pinned to the content that was looked at.

Kept as `enabled.json` beside the files. A plugin that is not in it is never even read; one
whose content has changed since is left out until somebody enables it again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

FILE = "enabled.json"


@dataclass(frozen=True, slots=True)
class Pin:
    """What is remembered of one plugin.

    `digest` is the SHA-256 of its content when it was enabled; `owns` the lines and
    divisions it brought then, which no other may bring; `on` whether it runs; `failed` why
    it was stopped, "" when it was not.
    """

    digest: str
    owns: tuple[str, ...] = ()
    on: bool = True
    failed: str = ""


class Enabled:
    """The pins of an installation. Reading is one file; a file nobody can read counts as
    empty, because nothing may run that nobody enabled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE

    def pins(self) -> dict[str, Pin]:
        """Every plugin that is or was enabled, by name."""
        with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
            found = json.loads(self._path.read_text("utf-8"))
            return {str(name): _pin(one) for name, one in found.items()}
        return {}

    def put(self, name: str, pin: Pin) -> None:
        """Remember a plugin. Raises OSError where it cannot be written."""
        self._change(lambda pins: {**pins, name: pin})

    def switch_off(self, name: str) -> None:
        """Run a plugin no longer; what it owns stays remembered."""
        self._alter(name, on=False)

    def fail(self, name: str, why: str) -> None:
        """Remember that a plugin was stopped. A disk that cannot be written to does not
        keep the seat from going on."""
        with suppress(OSError):
            self._alter(name, failed=why)

    def owners(self) -> dict[str, str]:
        """Who owns which line or division: those that run, and those that could again."""
        found = {}
        for name, pin in self.pins().items():
            if pin.on or (self.folder / f"{name}.py").exists():
                found.update(dict.fromkeys(pin.owns, name))
        return found

    def _alter(self, name: str, **changes: Any) -> None:
        def altered(pins: dict[str, Pin]) -> dict[str, Pin]:
            return {**pins, name: replace(pins[name], **changes)} if name in pins else pins

        self._change(altered)

    def _change(self, altered: Callable[[dict[str, Pin]], Mapping[str, Pin]]) -> None:
        self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        with self._alone():
            text = {name: asdict(pin) for name, pin in sorted(altered(self.pins()).items())}
            beside = self._path.with_suffix(f".{os.getpid()}")
            beside.write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", "utf-8")
            beside.replace(self._path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time: two seats may have the same plugin fail at once."""
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)


def _pin(data: Mapping[str, Any]) -> Pin:
    owns = tuple(str(one) for one in data.get("owns", ()))
    return Pin(str(data["digest"]), owns, data.get("on") is True, str(data.get("failed", "")))


def digest_of(content: bytes) -> str:
    """What a plugin's content is pinned by."""
    return hashlib.sha256(content).hexdigest()
