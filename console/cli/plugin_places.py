"""Where plugins are: files of the installation, packages, lines that come with the console."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from console.cli.context import Context
from console.domain.words import M
from console.installation import plugin_folder
from console.plugins.lines import shipped, source_of
from console.plugins.packages import Package, installed
from console.plugins.survey import hint
from console.plugins.unfit import UnfitError


@dataclass(frozen=True, slots=True)
class Place:
    """A plugin somebody named: a shipped line, an installed package, or else a file."""

    name: str
    path: Path
    package: Package | None = None

    @property
    def is_shipped(self) -> bool:
        return self.path == source_of(self.name)


def find(context: Context, named: str) -> Place | None:
    """What somebody means: a file, one of the installation's plugins, a package, or a
    shipped line."""
    if named.endswith(".py") or os.sep in named:
        path = Path(named).expanduser().absolute()
        if not os.path.lexists(path) and os.sep not in named:
            path = file_of(context.directory, path.stem)  # a name, with its ending
        return Place(path.stem, path) if os.path.lexists(path) else None
    if named in shipped():
        return Place(named, source_of(named))
    path = file_of(context.directory, named)
    if os.path.lexists(path):
        return Place(named, path)
    package = installed().get(named)
    return None if package is None else Place(named, _path_of(package), package)


def file_of(directory: Path, name: str) -> Path:
    """The file of a plugin of an installation."""
    return (plugin_folder(directory) / f"{name}.py").absolute()


def files(directory: Path) -> list[str]:
    """The plugins in an installation's folder, by name, enabled or not."""
    found = plugin_folder(directory).glob("*.py")
    return sorted(path.stem for path in found if path.stem not in shipped())


def unknown(context: Context, named: str) -> int:
    """The exit code for something that is none of these."""
    there = (*shipped(), *files(context.directory), *installed())
    return context.output().unusable(
        M("There is no plugin “{name}”{hint}.", name=named, hint=hint(named, there)),
        M("Give a file, or a name that `console plugin list` shows."),
    )


def _path_of(package: Package) -> Path:
    try:
        return package.path
    except UnfitError:
        return Path(f"{package.name}.py")
