"""`console plugin try`: the intake form of a plugin, live, on a store that is thrown away."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from console import config, installation
from console.cli.context import Context
from console.cli.output import REFUSED
from console.cli.plugin import report, tried
from console.cli.plugin_places import Place, find, unknown
from console.cli.seat import open_seat, terminal_problem
from console.desk.drafting import Drafting
from console.plugins.checker import errors
from console.plugins.contribution import Contribution
from console.plugins.dropin import load
from console.plugins.enabled import Enabled, Pin, digest_of
from console.plugins.lines import lines_of, shipped

if TYPE_CHECKING:
    from console.app import SeatApp

PERSON = "lin"
DRAFT = "intake:try"


def open_form(context: Context, options: argparse.Namespace) -> int:
    """Check the plugin, then show its form. Both languages (F2), every check of a field,
    and sending work as on a seat; nothing of it is kept."""
    place = find(context, options.plugin)
    if place is None:
        return unknown(context, options.plugin)
    unusable = terminal_problem()
    if unusable is not None:
        return context.output().unusable(*unusable)
    trial = tried(context, place)
    if errors(trial.findings):
        report(context, place, trial)
        return REFUSED
    directory = Path(tempfile.mkdtemp(prefix="console-try-"))
    try:
        prepare(directory, place, context.lang or "")
        context.directory, context.person = directory, PERSON
        return open_seat(context, show_form)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def prepare(directory: Path, place: Place, lang: str = "") -> None:
    """An installation with invented people in which nothing but this plugin is on, and a
    case begun in its form."""
    installation.install(directory, lang)
    brings = Contribution(lines_of(place.name)) if place.is_shipped else _put(directory, place)
    needed = [line for line in brings.divisions if line in shipped()]
    lines = [place.name] if place.is_shipped else needed
    path = directory / config.FILE
    default = config.load(directory).lines
    written, wanted = (", ".join(f'"{one}"' for one in names) for names in (default, lines))
    text = path.read_text("utf-8")
    path.write_text(text.replace(f"lines = [{written}]", f"lines = [{wanted}]"), "utf-8")
    installation.install_sample(directory)
    _begin(directory, brings)


def _put(directory: Path, place: Place) -> Contribution:
    folder = installation.plugin_folder(directory)
    folder.mkdir(mode=0o755)
    if place.package is not None:
        content, brings = place.package.content(), place.package.load()
    else:
        content = place.path.read_bytes()
        copy = folder / place.path.name
        copy.write_bytes(content)
        copy.chmod(0o600)
        brings = load(copy)
    Enabled(folder).put(place.name, Pin(digest_of(content), brings.owns()))
    return brings


def _begin(directory: Path, brings: Contribution) -> None:
    """A draft with the line and the division filled in that the plugin is about."""
    owned = brings.owns()[0]
    line, _, division = owned.partition("/")
    values = {"line": line, "division": division}
    drafting = Drafting(directory, lambda: 0)
    kept = {key: value for key, value in values.items() if value}
    drafting.keep(PERSON, DRAFT, "", {"call": "", "values": kept})
    drafting.close()


def show_form(app: SeatApp) -> None:
    """Open the form over the seat, as `N` would."""
    from console.screens.intake import IntakeScreen  # noqa: PLC0415 - once the seat runs

    app.push_screen(IntakeScreen(draft=DRAFT))
