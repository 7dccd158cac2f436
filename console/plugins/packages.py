"""Plugins that are installed as Python packages, found by the entry-point group.

They are listed without importing anything. What is pinned is the content of the module, or
of every file of the package, an entry point names.
"""

from __future__ import annotations

import importlib
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from console.plugins.contribution import Contribution, collect
from console.plugins.kinds import Files
from console.plugins.unfit import UnfitError, line_in

GROUP = "console.plugins"


@dataclass(frozen=True, slots=True)
class Package:
    """A plugin of that group. `again`: more than one package offers this name."""

    name: str
    module: str
    again: bool = False

    @property
    def path(self) -> Path:
        """Where its module is written. Raises UnfitError when it cannot be found."""
        try:
            spec = find_spec(self.module)
        except (ImportError, ValueError):
            spec = None
        if spec is None or spec.origin is None:
            error = f"there is no module {self.module}"
            raise UnfitError(Files.UNREADABLE, Path(f"{self.name}.py"), error=error)
        return Path(spec.origin)

    def content(self) -> bytes:
        """What is pinned: every source file of it, with its name."""
        path = self.path
        files = sorted(path.parent.rglob("*.py")) if path.name == "__init__.py" else [path]
        try:
            return b"\0".join(
                part
                for one in files
                for part in (str(one.relative_to(path.parent)).encode(), one.read_bytes())
            )
        except OSError as error:
            raise UnfitError(Files.UNREADABLE, path, error=error.strerror) from None

    def load(self) -> Contribution:
        """Import it and take what it adds. Raises UnfitError."""
        path = self.path
        try:
            module = importlib.import_module(self.module)
        except SystemExit as error:
            raise UnfitError(Files.ENDS, path, line_in(error, path), code=error.code) from None
        except Exception as error:
            from console.plugins.mistakes import unloadable  # noqa: PLC0415 - few are wrong

            raise unloadable(error, path) from None
        return collect(module, path)


def installed() -> dict[str, Package]:
    """The packages there are, by plugin name."""
    points: list[EntryPoint] = list(entry_points(group=GROUP))
    # The same package may be seen twice, by way of a linked folder.
    distinct = {(point.name, point.value) for point in points}
    names = Counter(name for name, _ in distinct)
    return {
        name: Package(name, value.partition(":")[0], names[name] > 1)
        for name, value in sorted(distinct)
    }
