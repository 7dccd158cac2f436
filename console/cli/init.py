"""`console init`: a new installation with its first supervisor."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from console import installation
from console.cli.context import Context
from console.cli.output import DONE
from console.config import language
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.store.checkpoints import signer


def run(context: Context, options: argparse.Namespace) -> int:
    if options.directory:
        context.directory = Path(options.directory).expanduser()
    try:
        installation.install(context.directory, language(context.lang) if context.lang else "")
    except OSError as error:
        return context.output().unusable(
            M(
                "{path} cannot become a data directory: {error}.",
                path=str(context.directory),
                error=error.strerror or str(error),
            ),
            M("Name a directory that you may write to."),
        )
    signer(context.directory)
    if options.sample:
        installation.install_sample(context.directory)
    if not len(context.desk.directory):
        first_supervisor(context, options.first, options.name, options.pin)
    context.output().line(M("Ready: {path}", path=str(context.directory.resolve())))
    return DONE


def first_supervisor(
    context: Context, key: str | None = None, name: str | None = None, pin: str | None = None
) -> None:
    """Add the first supervisor, asking on a terminal for what was not given."""
    output = context.output()
    say = output.speech.say
    if not (key and name) and not sys.stdin.isatty():
        raise RefusedError(
            "person",
            M("An installation needs its first supervisor."),
            M("Add --person KEY --name NAME, or --sample for invented people."),
        )
    if not (key and name):
        output.line(M("Welcome. Who is the first supervisor?"))
    name = name or input(say(M("Name: "))).strip()
    key = key or input(say(M("Short key, small letters (for example li.na): "))).strip()
    if pin is None and sys.stdin.isatty():
        pin = getpass.getpass(say(M("PIN, at least 4 digits: ")))
    installation.add_first_person(context.desk, key, name, pin or "")
