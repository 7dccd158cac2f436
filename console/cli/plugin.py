"""`console plugin`: product lines and what is added to them."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE, REFUSED, UNUSABLE, Output
from console.cli.plugin_places import Place, file_of, find, unknown
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.installation import known_to_plugins
from console.plugins.checker import errors
from console.plugins.dropin import check_folder
from console.plugins.findings import Finding
from console.plugins.trial import SECONDS, Trial, try_file, try_package
from console.plugins.unfit import UnfitError

WATCH_SECONDS = 0.3
ELSEWHERE = {
    "list": ("plugin_list", "show"),
    "new": ("plugin_new", "new"),
    "try": ("plugin_try", "open_form"),
    "clocks": ("plugin_clocks", "show"),
    "enable": ("plugin_switch", "enable"),
    "disable": ("plugin_switch", "disable"),
    "docs": ("plugin_list", "docs"),
}
"""The other actions: the module and the function of each."""

UNNAMED = ("list", "docs")
"""What needs no plugin."""


def run(context: Context, options: argparse.Namespace) -> int:
    if not options.plugin and options.action not in UNNAMED:
        raise RefusedError(
            "plugin",
            M("Which plugin?"),
            M("Write a file or a name after {action}.", action=options.action),
        )
    if options.action == "check":
        return _check(context, options)
    module, function = ELSEWHERE[options.action]
    action: Callable[[Context, argparse.Namespace], int]
    action = getattr(import_module(f"console.cli.{module}"), function)
    return action(context, options)


def _check(context: Context, options: argparse.Namespace) -> int:
    place = find(context, options.plugin)
    if place is None:
        return unknown(context, options.plugin)
    if options.watch:
        return watch(context, place)
    return report(context, place, tried(context, place))


def tried(context: Context, place: Place) -> Trial:
    """A plugin loaded and checked in a process of its own; where it lies in the
    installation, the folder is looked at as well, as it is when the plugin is enabled."""
    known = known_to_plugins(context.directory)
    if place.package is not None:
        return try_package(place.package, known, SECONDS)
    trial = try_file(place.path, known, SECONDS)
    if place.path == file_of(context.directory, place.name):
        try:
            check_folder(place.path.parent)
        except UnfitError as unfit:
            trial.findings.insert(0, unfit.finding)
    return trial


def watch(context: Context, place: Place, wait: Callable[[float], None] = time.sleep) -> int:
    """Check a file now, and again whenever it changes, until somebody presses Ctrl+C. Each
    check is a process of its own; nothing stays behind."""
    output, seen, code = context.output(), (0, 0), UNUSABLE
    try:
        while True:
            now = _looks(place.path)
            if now != seen:
                seen, code = now, report(context, place, tried(context, place))
                output.line(M("Waiting for the next change; Ctrl+C ends."))
            wait(WATCH_SECONDS)
    except KeyboardInterrupt:
        return code


def _looks(path: Path) -> tuple[int, int]:
    """What changes when a file is saved; zeros while an editor replaces it."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def report(context: Context, place: Place, trial: Trial) -> int:
    """Show what was found; the exit code says whether the plugin may be enabled."""
    output = context.output()
    wrong = len(errors(trial.findings))
    if output.as_json:
        output.data({"file": str(place.path), "errors": wrong, "findings": trial.findings})
        return REFUSED if wrong else DONE
    for finding in trial.findings:
        _show(output, finding)
    output.line(
        M(
            "{path}: errors {errors}, warnings {warnings}",
            path=short(place.path),
            errors=wrong,
            warnings=len(trial.findings) - wrong,
        )
    )
    return REFUSED if wrong else DONE


def _show(output: Output, finding: Finding) -> None:
    kind = M("error") if finding.severity == "error" else M("warning")
    where = f"{short(Path(finding.file))}:{finding.line}"
    output.line(
        M(
            "{where}: {kind} {number} {path}: {cause}",
            where=where,
            kind=kind,
            number=finding.number,
            path=finding.path,
            cause=finding.cause,
        )
    )
    output.line(M("→ {remedy}", remedy=finding.remedy), indent=2)


def short(path: Path) -> str:
    """A path as short as it can be written from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
