"""`console plugin`: product lines, which there are and whether their rules are sound."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from console import config
from console.cli.context import Context
from console.cli.output import DONE, REFUSED, Output
from console.domain.refusal import RefusedError
from console.domain.words import M, Message
from console.installation import calendar_ids, plugin_folder
from console.plugins.checker import errors
from console.plugins.findings import Finding
from console.plugins.host import Host, shipped
from console.plugins.trial import SECONDS, try_file


def run(context: Context, options: argparse.Namespace) -> int:
    if options.action == "list":
        return _list(context)
    if not options.plugin:
        raise RefusedError(
            "plugin", M("Which product line?"), M("Write a file or a name after check.")
        )
    return _check(context, options.plugin)


def _check(context: Context, named: str) -> int:
    output = context.output()
    path = _file(context, named)
    if path is None:
        return output.unusable(
            M("There is no product line “{name}”.", name=named),
            M("Give a file, or a name that `console plugin list` shows."),
        )
    findings = try_file(path, calendar_ids(context.directory), SECONDS)
    wrong = len(errors(findings))
    if output.as_json:
        output.data({"file": str(path), "errors": wrong, "findings": findings})
        return REFUSED if wrong else DONE
    for finding in findings:
        _show(output, finding)
    warned = len(findings) - wrong
    output.line(
        M(
            "{path}: errors {errors}, warnings {warnings}",
            path=_short(path),
            errors=wrong,
            warnings=warned,
        )
    )
    return REFUSED if wrong else DONE


def _file(context: Context, named: str) -> Path | None:
    """What is to be checked: a file, one of the installation's, or a shipped line."""
    if named.endswith(".py") or os.sep in named:
        path = Path(named).expanduser().absolute()
        return path if path.exists() or path.is_symlink() else None
    if named in shipped():
        return Path(config.__file__).parent / "plugins" / f"{named}.py"
    path = plugin_folder(context.directory) / f"{named}.py"
    return path.absolute() if path.exists() else None


def _show(output: Output, finding: Finding) -> None:
    kind = M("error") if finding.severity == "error" else M("warning")
    where = f"{_short(Path(finding.file))}:{finding.line}"
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


def _short(path: Path) -> str:
    """A path as short as it can be written from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _list(context: Context) -> int:
    enabled = config.load(context.directory).lines
    folder = plugin_folder(context.directory)
    files = sorted(path.stem for path in folder.glob("*.py") if path.stem not in shipped())
    host = Host(enabled, folder, lambda: calendar_ids(context.directory))
    rows = []
    for name in dict.fromkeys((*shipped(), *files, *enabled)):
        file = folder / f"{name}.py" if name in files else None
        rows.append(
            {
                "name": name,
                "source": str(file) if file else "shipped" if name in shipped() else "",
                "state": "on" if name in enabled else "off",
                "problem": host.problems.get(name, ""),
            }
        )
    output = context.output()
    if output.as_json:
        output.data({"plugins": rows})
        return DONE
    say = output.speech.say
    states: dict[str, Message] = {"on": M("on"), "off": M("off"), "out": M("left out")}
    output.table(
        (
            row["name"],
            say(states["out" if row["problem"] else row["state"]]),
            row["problem"] or row["source"],
        )
        for row in rows
    )
    return DONE
