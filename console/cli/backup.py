"""`console backup`: everything in one file, while everybody works on."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.context import SEAT, Context
from console.cli.output import DONE
from console.desk.backing_up import back_up
from console.domain.people import SYSTEM
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.store.encrypting import Secrets


def run(context: Context, options: argparse.Namespace) -> int:
    desk, output = context.desk, context.output()
    actor = desk.actor(context.who) if context.person else SYSTEM
    demand("back_up", actor)
    if options.encrypt and options.passphrase_file:
        raise RefusedError(
            "backup",
            M("A backup is encrypted in one way."),
            M("Give either --encrypt or --passphrase-file."),
        )
    phrase = Path(options.passphrase_file) if options.passphrase_file else None
    secrets = Secrets(recipients=tuple(options.encrypt), passphrase=phrase)
    made = back_up(desk, Path(options.file).expanduser(), secrets, actor, SEAT)
    if output.as_json:
        output.data(made)
        return DONE
    output.line(M("Backed up to {path}: {facts} facts.", facts=made.facts, path=made.path))
    output.line(M("Read again and found sound: {size} bytes.", size=made.size))
    return DONE
