"""`console plugin new`: the file of a plugin and its test, checked at once."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE
from console.cli.plugin import report, short, tried
from console.cli.plugin_places import Place
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.installation import known_to_plugins, plugin_folder
from console.plugins.checker import errors
from console.plugins.dropin import NAME
from console.plugins.lines import shipped
from console.plugins.packages import installed
from console.plugins.scaffold import Beginning

MODE, FOLDER_MODE = 0o644, 0o755


def new(context: Context, options: argparse.Namespace) -> int:
    """Write both files, check the plugin, and say what comes next."""
    begun = Beginning(options.plugin, options.zh.strip(), options.en.strip(), options.line)
    _refuse_unusable(context, begun)
    folder = plugin_folder(context.directory).absolute()
    plugin, test = folder / f"{begun.key}.py", folder / "tests" / f"test_{begun.key}.py"
    try:
        for path, text in ((plugin, begun.plugin()), (test, begun.test())):
            _write(path, text)
    except FileExistsError as there:
        raise RefusedError(
            "plugin",
            M("{path} is there already.", path=short(Path(there.filename))),
            M("Choose another name, or go on with that file."),
        ) from None
    except OSError as error:
        return context.output().unusable(
            M("{path} cannot be written: {error}.", path=str(folder), error=error.strerror),
            M("Check who owns the folder."),
        )
    place = Place(begun.key, plugin)
    trial = tried(context, place)
    code = report(context, place, trial)
    if not context.as_json and not errors(trial.findings):
        _say_next(context, begun.key, plugin, test)
    return code or DONE


def _say_next(context: Context, key: str, plugin: Path, test: Path) -> None:
    output = context.output()
    output.line(M("Written: {plugin} and {test}.", plugin=short(plugin), test=short(test)))
    output.line(M("Change it, and see it as a form: `console plugin try {name}`", name=key))
    output.line(M("When it is right, switch it on: `console plugin enable {name}`", name=key))


def _refuse_unusable(context: Context, begun: Beginning) -> None:
    if not NAME.fullmatch(begun.key):
        raise RefusedError(
            "plugin",
            M("“{name}” cannot be a name.", name=begun.key),
            M("Use small letters, digits and _, a letter first: hydrogen."),
        )
    if begun.key in shipped() or begun.key in installed():
        raise RefusedError(
            "plugin",
            M("There is a plugin “{name}” already.", name=begun.key),
            M("Choose another name."),
        )
    if not begun.zh or not begun.en:
        raise RefusedError(
            "plugin",
            M("It needs a name in both languages."),
            M("Add --zh 氢能 --en Hydrogen."),
        )
    if begun.line and known_to_plugins(context.directory).line(begun.line) is None:
        raise RefusedError(
            "line",
            M("There is no product line “{line}”.", line=begun.line),
            M("Use one of {choices}.", choices=", ".join(shipped()) or "–"),
        )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), MODE)
        file.write(text)
