"""Plugins that were enabled: read, compared with what was enabled, loaded, joined.

Two plugins that bring the same line or division are both left out, unless one of them is
remembered as its owner. A division added to a line stands beside the line's own.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from console.domain.rules import Line
from console.plugins.checked import Checked, digest_of
from console.plugins.contribution import Contribution
from console.plugins.dropin import check_folder, read, run
from console.plugins.enabled import Enabled, Pin
from console.plugins.enabled import digest_of as pinned
from console.plugins.guard import Guard, Guards
from console.plugins.joined import joined
from console.plugins.packages import installed
from console.plugins.unfit import UnfitError

Calendars = Callable[[], Iterable[str]] | None


class Hosting(Protocol):
    """What is told of what goes wrong."""

    def leave_out(self, name: str, why: str, *, asked: bool = False) -> None: ...

    def stopped(self, name: str, keys: Iterable[str], why: str) -> None: ...

    def settle(self) -> None: ...


class Choosing(Protocol):
    """What a start leaves out."""

    @property
    def safe(self) -> bool: ...

    @property
    def names(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Added:
    """A plugin that loaded, and the content it was loaded from."""

    name: str
    pin: Pin
    content: bytes
    path: Path
    brings: Contribution


class LeftOutError(Exception):
    """Why an enabled plugin does not run, in a sentence. `asked`: this start is without it
    on purpose."""

    def __init__(self, why: str, *, asked: bool = False) -> None:
        super().__init__(why)
        self.asked = asked


def add(
    host: Hosting,
    folder: Path,
    lines: dict[str, Line],
    calendars: Calendars,
    without: Choosing | None,
) -> tuple[dict[str, Line], Guards, list[str]]:
    """The lines with all that enabled plugins add, who is asked about their cases, and what
    tells these rules from others."""
    enabled = Enabled(folder)
    loaded: list[Added] = []
    for name, pin in sorted(enabled.pins().items()):
        try:
            if pin.on:
                _heed(name, pin, without)
                loaded.append(_load(name, pin, folder))
        except LeftOutError as left_out:
            host.leave_out(name, str(left_out), asked=left_out.asked)
        except UnfitError as unfit:
            host.leave_out(name, unfit.finding.sentence())
    loaded = _sound(host, folder, loaded, calendars)
    whole, kept = _joined(host, _without_rivals(host, loaded, lines, enabled), lines)
    guards: dict[str, Guard] = {}
    for one in kept:
        if one.brings.hooks is not None:
            guards |= dict.fromkeys(one.brings.owns(), _guard(host, enabled, one))
    return whole, Guards(guards, host.settle), [f"{one.name}:{one.pin.digest}" for one in kept]


def _heed(name: str, pin: Pin, without: Choosing | None) -> None:
    """Raise LeftOutError for a plugin that is not even to be read."""
    if without is not None and without.safe:
        raise LeftOutError("left out by --safe-mode", asked=True)
    if without is not None and name in without.names:
        raise LeftOutError("left out by --no-plugin", asked=True)
    if pin.failed:
        raise LeftOutError(f"stopped: {pin.failed}; mend it, then `console plugin enable {name}`")


def _load(name: str, pin: Pin, folder: Path) -> Added:
    """Read a plugin, compare it with what was enabled, run it."""
    path = folder / f"{name}.py"
    package = None if os.path.lexists(path) else installed().get(name)
    if package is not None and package.again:
        raise LeftOutError("several packages have a plugin of this name")
    content = package.content() if package is not None else trusted(path)
    if pinned(content) != pin.digest:
        raise LeftOutError(
            f"changed since it was enabled; read it, then `console plugin enable {name}`"
        )
    if package is not None:
        return Added(name, pin, content, package.path, package.load())
    return Added(name, pin, content, path, run(content, path))


def trusted(path: Path) -> bytes:
    """The content of a file nobody else may change, in a folder nobody else may change.
    Raises UnfitError."""
    content = read(path)
    check_folder(path.parent)
    return content


def _sound(host: Hosting, folder: Path, loaded: list[Added], calendars: Calendars) -> list[Added]:
    """Those without errors. Each is checked once, and again when it, the calendars or the
    console have changed."""
    if not loaded:
        return []
    known = None if calendars is None else sorted(calendars())
    checked, sound = Checked(folder), []
    for one in loaded:
        digest = digest_of(one.content, known)
        problem = checked.problem(one.name, digest)
        if problem is None:
            problem = _first_error(one, loaded, known)
            checked.remember(one.name, digest, problem)
        if problem:
            host.leave_out(one.name, problem)
        else:
            sound.append(one)
    return sound


def _first_error(one: Added, loaded: Iterable[Added], calendars: Iterable[str] | None) -> str:
    """The sentence of the first error in what a plugin brings; "" when there is none."""
    from console.domain import specs  # noqa: PLC0415 - checking costs 40 ms
    from console.plugins.checker import check, errors  # noqa: PLC0415
    from console.plugins.known import Known  # noqa: PLC0415

    kept = {}
    for line in (line for other in loaded if other is not one for line in other.brings.lines):
        with suppress(specs.SpecError):
            kept[line.key] = specs.written(line)
    found = errors(check(one.brings, source=one.path, known=Known.here(calendars, kept)))
    return found[0].sentence() if found else ""


def _without_rivals(
    host: Hosting, loaded: list[Added], lines: dict[str, Line], enabled: Enabled
) -> list[Added]:
    """Those that bring nothing somebody else brings too. What comes with the console, and
    what a plugin is remembered to own, cannot be taken away."""
    claims = Counter(key for one in loaded for key in one.brings.owns())
    owners, kept = enabled.owners(), []
    for one in loaded:
        taken = [key for key in one.brings.owns() if _taken(key, lines)]
        rivals = [
            key
            for key in one.brings.owns()
            if owners.get(key, one.name) != one.name or (claims[key] > 1 and key not in owners)
        ]
        if taken or rivals:
            key = (taken or rivals)[0]
            host.leave_out(one.name, f"another plugin has {key} already")
        else:
            kept.append(one)
    return kept


def _taken(key: str, lines: dict[str, Line]) -> bool:
    line, _, division = key.partition("/")
    present = lines.get(line)
    return present is not None and (not division or present.division(division) is not None)


def _joined(
    host: Hosting, loaded: list[Added], lines: dict[str, Line]
) -> tuple[dict[str, Line], list[Added]]:
    """The lines with what is added to them. A division whose line is not there waits."""
    whole = lines | {line.key: line for one in loaded for line in one.brings.lines}
    kept = []
    for one in loaded:
        missing = [key for key in one.brings.divisions if key not in whole]
        if missing:
            host.leave_out(one.name, f"the product line {missing[0]} is not switched on")
            for line in one.brings.lines:
                del whole[line.key]
            continue
        kept.append(one)
        for key, divisions in one.brings.divisions.items():
            whole[key] = joined(whole[key], divisions)
    return whole, kept


def _guard(host: Hosting, enabled: Enabled, one: Added) -> Guard:
    def stopped(name: str, why: str) -> None:
        enabled.fail(name, why)
        host.stopped(name, one.brings.owns(), f"stopped: {why}")

    assert one.brings.hooks is not None
    return Guard(one.name, one.brings.hooks, stopped)
