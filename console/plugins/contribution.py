"""What a plugin adds: taken from its module once, every hook checked as it is taken.

pluggy is loaded here only for a module that has hooks; shipped lines are plain data.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from console.domain.rules import Line, Target
from console.domain.words import Label
from console.plugins.kinds import Files
from console.plugins.later_kinds import Hooks
from console.plugins.unfit import UnfitError, line_in

if TYPE_CHECKING:
    from pluggy import PluginManager

API = 1
"""The version of what plugins are written against. Raised only when old ones break."""

PREFIX, MARK = "console_", "console_impl"
_RAISED = (Exception, SystemExit)


@dataclass(frozen=True, slots=True)
class Contribution:
    """The lines of a plugin, the divisions it adds to others' lines, and its other hooks."""

    lines: tuple[Line, ...]
    divisions: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    hooks: PluginManager | None = None

    def owns(self) -> tuple[str, ...]:
        """What it owns: `acme` for a line, `acme/hydrogen` for a division."""
        added = [f"{line}/{one.key}" for line, several in self.divisions.items() for one in several]
        return (*(line.key for line in self.lines), *added)

    def posts(self) -> dict[str, Label]:
        """The slots it brings along, which somebody of the installation has to fill."""
        brought = [line.slots for line in self.lines]
        brought += [one.slots for several in self.divisions.values() for one in several]
        return {key: label for slots in brought for key, label in slots.items()}


def collect(module: ModuleType, path: Path) -> Contribution:
    """What a module adds. Raises UnfitError, with the line that is to be mended."""
    _check_api(module, path)
    _check_marks(module, path)
    hooks = _manager(module, path) if _implementations(module) else None
    lines = (*_constant(module, path), *_asked(hooks, module, path, "console_lines", _lines))
    divisions: dict[str, tuple[Target, ...]] = {}
    for found in _asked(hooks, module, path, "console_divisions", _divisions):
        for line, several in found.items():
            divisions[line] = (*divisions.get(line, ()), *several)
    if not lines and not any(divisions.values()):
        raise UnfitError(Files.NO_LINES, path)
    return Contribution(lines, divisions, hooks)


def _check_api(module: ModuleType, path: Path) -> None:
    if path.parent == Path(__file__).parent:  # comes with the console it is written for
        return
    found = getattr(module, "CONSOLE_API", None)
    if found != API or isinstance(found, bool):
        written = "–" if found is None else str(found)
        line = 1 if found is None else _line_with(path, "CONSOLE_API")
        raise UnfitError(Hooks.API, path, line, found=written, known=API)


def _check_marks(module: ModuleType, path: Path) -> None:
    for name, one in vars(module).items():
        own = inspect.isfunction(one) and one.__module__ == module.__name__
        if own and name.startswith(PREFIX) and not hasattr(one, MARK):
            raise UnfitError(Hooks.UNMARKED, path, one.__code__.co_firstlineno, hook=name)


def _implementations(module: ModuleType) -> dict[str, Callable[..., Any]]:
    return {name: one for name, one in vars(module).items() if hasattr(one, MARK)}


def _manager(module: ModuleType, path: Path) -> PluginManager:
    """The module's hooks, in a manager of its own: plugins never meet in one."""
    from pluggy import PluginManager, PluginValidationError  # noqa: PLC0415

    from console.plugins import hookspecs  # noqa: PLC0415

    manager = PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    known = sorted(name for name in vars(hookspecs) if name.startswith(PREFIX))
    for name, one in _implementations(module).items():
        where = one.__code__.co_firstlineno if inspect.isfunction(one) else 1
        if name not in known:
            raise UnfitError(Hooks.MISSPELT, path, where, hook=name, known=", ".join(known))
        takes = set(inspect.signature(one).parameters)
        may = set(inspect.signature(getattr(hookspecs, name)).parameters)
        if not takes <= may:
            given, allowed = ", ".join(sorted(takes)), ", ".join(sorted(may)) or "–"
            raise UnfitError(Hooks.ARGUMENTS, path, where, hook=name, given=given, known=allowed)
        if inspect.iscoroutinefunction(one) or inspect.isasyncgenfunction(one):
            raise UnfitError(Hooks.ASYNC, path, where, hook=name)
    try:
        manager.register(module, module.__name__)
        manager.check_pending()
    except PluginValidationError as error:
        raise UnfitError(Files.RAISES, path, error=str(error).splitlines()[-1]) from None
    return manager


def _asked(
    hooks: PluginManager | None,
    module: ModuleType,
    path: Path,
    name: str,
    taken: Callable[[Any], tuple[Any, ...] | None],
) -> tuple[Any, ...]:
    """The answer of one of the two hooks that say what a plugin adds."""
    if hooks is None or name not in vars(module):
        return ()
    where = vars(module)[name].__code__.co_firstlineno
    try:
        answers = [taken(answer) for answer in getattr(hooks.hook, name)()]
    except _RAISED as error:
        where = line_in(error, path) if _within(error, path) else where
        said = f"{type(error).__name__}: {error}"
        raise UnfitError(Files.RAISES, path, where, error=said) from None
    if any(answer is None for answer in answers):
        raise UnfitError(Hooks.RESULT, path, where, hook=name)
    return tuple(one for answer in answers for one in answer or ())


def _within(error: BaseException, path: Path) -> bool:
    frames = traceback.extract_tb(error.__traceback__)
    return any(frame.filename == str(path) for frame in frames)


def _constant(module: ModuleType, path: Path) -> tuple[Line, ...]:
    lines = getattr(module, "LINES", ())
    if not isinstance(lines, (tuple, list)) or not all(isinstance(one, Line) for one in lines):
        raise UnfitError(Files.NO_LINES, path)
    return tuple(lines)


def _lines(answer: Any) -> tuple[Line, ...] | None:
    several = _several(answer, Line)
    return None if several is None else tuple(several)


def _divisions(answer: Any) -> tuple[dict[str, tuple[Target, ...]], ...] | None:
    if not isinstance(answer, Mapping):
        return None
    found: dict[str, tuple[Target, ...]] = {}
    for line, given in answer.items():
        several = _several(given, Target)
        if several is None or not isinstance(line, str):
            return None
        found[line] = tuple(several)
    return (found,)


def _several(given: Any, kind: type) -> list[Any] | None:
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        return None
    several = list(given)
    return several if all(isinstance(one, kind) for one in several) else None


def _line_with(path: Path, word: str) -> int:
    """The first line of a file in which a word stands."""
    try:
        text = path.read_text("utf-8")
    except OSError:
        return 1
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.startswith(word)), 1)
