"""`console plugin list` and `docs`: what there is, and what it may be asked."""

from __future__ import annotations

import argparse
from typing import Any

from console import config
from console.cli.context import Context
from console.cli.output import DONE
from console.cli.plugin_places import file_of, files
from console.domain.refusal import RefusedError
from console.domain.words import M, Message
from console.installation import calendar_ids, is_installed, plugin_folder
from console.plugins.enabled import Enabled
from console.plugins.host import Host
from console.plugins.lines import shipped
from console.plugins.packages import installed
from console.plugins.reference import PAGES

STATES: dict[str, Message] = {"on": M("on"), "off": M("off"), "left out": M("left out")}
SOURCES: dict[str, Message] = {"shipped": M("comes with the console")}


def show(context: Context, _options: argparse.Namespace) -> int:
    """Every plugin there is: whether it is on, where it is, and why it is left out."""
    rows, output = _rows(context), context.output()
    if output.as_json:
        output.data({"plugins": rows})
        return DONE
    say = output.speech.say
    output.table(
        (
            row["name"],
            say(STATES[row["state"]]),
            row["problem"] or say(SOURCES.get(row["source"], row["source"])),
        )
        for row in rows
    )
    return DONE


def _rows(context: Context) -> list[dict[str, Any]]:
    directory, folder = context.directory, plugin_folder(context.directory)
    lines = config.load(directory).lines if is_installed(directory) else ()
    pins, packages = Enabled(folder).pins(), installed()
    host = Host(lines, folder, lambda: calendar_ids(directory), context.without)
    names = dict.fromkeys((*shipped(), *files(directory), *packages, *lines, *pins))
    sources = dict.fromkeys(shipped(), "shipped")
    sources |= {name: f"package {packages[name].module}" for name in packages}
    sources |= {name: str(file_of(directory, name)) for name in files(directory)}
    running = {*lines, *(name for name, pin in pins.items() if pin.on)}
    return [
        {
            "name": name,
            "source": sources.get(name, ""),
            "state": _state(name in running, host.problems.get(name, "")),
            "problem": host.problems.get(name, ""),
        }
        for name in names
        if name in sources or name in running
    ]


def _state(on: bool, problem: str) -> str:
    return "left out" if problem else "on" if on else "off"


def docs(_context: Context, options: argparse.Namespace) -> int:
    """A page of reference: of the hooks, or of the names rules may use."""
    if options.plugin not in (None, *PAGES):
        raise RefusedError(
            "plugin",
            M("There is no page “{name}”.", name=options.plugin),
            M("Use one of {choices}.", choices=", ".join(PAGES)),
        )
    print(PAGES[options.plugin or "hooks"](), end="")
    return DONE
