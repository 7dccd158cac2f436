"""`console plugin enable` and `disable`: nothing added runs before somebody has said so."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from console import config
from console.cli.context import Context
from console.cli.output import DONE, REFUSED
from console.cli.plugin import report, short, tried
from console.cli.plugin_places import Place, file_of, find, unknown
from console.domain.refusal import RefusedError
from console.domain.words import Label, M, listed
from console.installation import plugin_folder
from console.plugins.added import trusted
from console.plugins.checker import errors
from console.plugins.enabled import Enabled, Pin, digest_of
from console.plugins.findings import Finding
from console.plugins.lines import all_lines, shipped
from console.plugins.trial import Trial
from console.plugins.unfit import UnfitError

_NONE: Mapping[str, Label] = MappingProxyType({})
_LINES = re.compile(r"^lines\s*=\s*\[[^\]]*\]", re.MULTILINE)


def enable(context: Context, options: argparse.Namespace) -> int:
    """Check a plugin in a process of its own and, when nothing is wrong, let it run as it
    is now."""
    place = find(context, options.plugin)
    if place is None:
        return unknown(context, options.plugin)
    if place.is_shipped:
        return _ship(context, place.name, on=True)
    if place.package is None and place.path != file_of(context.directory, place.name):
        folder = plugin_folder(context.directory)
        raise RefusedError(
            "plugin",
            M("Only what lies in {folder} can be enabled.", folder=str(folder)),
            M("Copy the file there, then enable it by its name."),
        )
    return _enable(context, place)


def _enable(context: Context, place: Place) -> int:
    try:
        content = _content(place)
    except UnfitError as unfit:
        return _refused(context, place, [unfit.finding])
    trial = tried(context, place)
    if errors(trial.findings):
        return _refused(context, place, trial.findings)
    if _content(place) != content:
        raise RefusedError(
            "plugin", M("The file changed while it was checked."), M("Enable it again.")
        )
    enabled = Enabled(plugin_folder(context.directory))
    _refuse_taken(enabled, place.name, trial.keys)
    try:
        enabled.put(place.name, Pin(digest_of(content), trial.keys))
    except OSError as error:
        return context.output().unusable(
            M("{path} cannot be written: {error}.", path=str(enabled.folder), error=error.strerror),
            M("Check who owns the folder."),
        )
    filled = config.load(context.directory).slots
    vacant = {key: label for key, label in trial.posts.items() if key not in filled}
    return _done(context, place, trial.keys, vacant)


def _content(place: Place) -> bytes:
    return trusted(place.path) if place.package is None else place.package.content()


def _refused(context: Context, place: Place, findings: list[Finding]) -> int:
    code = report(context, place, Trial(findings))
    if not context.as_json:
        context.output().line(M("{name} was not enabled.", name=place.name))
    return code


def _refuse_taken(enabled: Enabled, name: str, keys: tuple[str, ...]) -> None:
    """Raise RefusedError for a line or division that is another's already."""
    own = {line.key for line in all_lines()}
    own |= {f"{line.key}/{one.key}" for line in all_lines() for one in line.divisions}
    owners = enabled.owners()
    for key in keys:
        if key in own or owners.get(key, name) != name:
            owner = "console" if key in own else owners[key]
            raise RefusedError(
                "plugin",
                M("{key} belongs to “{owner}” already.", key=key, owner=owner),
                M("Give it another key; cases are stored under it."),
            )


def _done(
    context: Context, place: Place, keys: tuple[str, ...], vacant: Mapping[str, Label] = _NONE
) -> int:
    """Say what is on, and which slots nobody fills: what is for them would reach nobody."""
    output = context.output()
    if output.as_json:
        output.data({"plugin": place.name, "state": "on", "brings": keys, "vacant": [*vacant]})
        return DONE
    output.line(M("{name} is on: {keys}.", name=place.name, keys=", ".join(keys)))
    output.line(M("Seats that are open take it up when they are started again."))
    if vacant:
        posts = [M("{label} ({key})", label=label, key=key) for key, label in vacant.items()]
        output.line(M("Nobody fills: {slots}.", slots=listed(posts)))
        path, example = short(context.directory.absolute() / config.SLOTS), next(iter(vacant))
        remedy = M('Write who does into {path}: "{slot}" = "lin"', path=path, slot=example)
        output.line(M("→ {remedy}", remedy=remedy), indent=2)
    return DONE


def disable(context: Context, options: argparse.Namespace) -> int:
    """Run a plugin no longer. Its cases stay readable and can be closed."""
    name = options.plugin
    if name in shipped():
        return _ship(context, name, on=False)
    enabled = Enabled(plugin_folder(context.directory))
    pin = enabled.pins().get(name)
    if pin is None or not pin.on:
        if pin is None and find(context, name) is None:
            return unknown(context, name)
        raise RefusedError(
            "plugin", M("{name} is not on.", name=name), M("There is nothing to do.")
        )
    enabled.switch_off(name)
    return _off(context, name)


def _off(context: Context, name: str) -> int:
    output = context.output()
    if output.as_json:
        output.data({"plugin": name, "state": "off"})
    else:
        output.line(M("{name} is off. Its cases stay readable and can be closed.", name=name))
    return DONE


def _ship(context: Context, name: str, *, on: bool) -> int:
    """Switch a shipped line: the one setting `lines` of the configuration is rewritten."""
    present = config.load(context.directory).lines
    if on == (name in present):
        state = M("{name} is on already.", name=name) if on else M("{name} is not on.", name=name)
        raise RefusedError("plugin", state, M("There is nothing to do."))
    lines = (*present, name) if on else tuple(one for one in present if one != name)
    written = "lines = [" + ", ".join(f'"{one}"' for one in lines) + "]"
    path = context.directory / config.FILE
    text = path.read_text("utf-8")
    changed = _LINES.sub(lambda _: written, text, count=1)
    if changed == text:
        changed = f"{written}\n\n{text}"
    if tuple(tomllib.loads(changed).get("lines", ())) != lines:
        context.output().line(M("Write it into {path}: {written}", path=str(path), written=written))
        return REFUSED
    _replace(path, changed)
    return _done(context, Place(name, path), (name,)) if on else _off(context, name)


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(text, "utf-8")
    beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)
