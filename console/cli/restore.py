"""`console restore`: an installation as it was, out of a backup."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE
from console.cli.restoring import Restored, Wish, restore
from console.desk.line_status import LEASE as LINES
from console.domain.refusal import RefusedError
from console.domain.words import M, Message
from console.store.encrypting import Secrets
from console.store.lease import Lease
from console.store.presence import present


def run(context: Context, options: argparse.Namespace) -> int:
    if options.until and options.seq:
        raise RefusedError(
            "restore", M("A restore goes to one point."), M("Give --until or --seq.")
        )
    target = Path(options.into).expanduser() if options.into else context.directory
    secrets = Secrets(
        identities=tuple(Path(one).expanduser() for one in options.identity),
        passphrase=Path(options.passphrase_file) if options.passphrase_file else None,
    )
    wish = Wish(
        Path(options.file).expanduser(),
        target,
        options.until,
        options.seq,
        options.force,
        context.person,
        secrets,
    )
    busy = _in_use(target)
    done = restore(wish)
    output = context.output()
    if output.as_json:
        output.data(done)
        return DONE
    for words in _lines(done):
        output.line(words)
    if busy and done.aside:
        output.line(
            M("Stop what still runs; it writes to {path}: {who}", path=done.aside, who=busy)
        )
    return DONE


def _lines(done: Restored) -> list[Message]:
    lines = [
        M("Restored to {path}: {facts} facts.", facts=done.facts, path=done.path),
        M("The backup was made at {at}.", at=done.made),
    ]
    if done.left_out:
        lines.append(M("Later facts left out: {count}.", count=done.left_out))
    if done.erased:
        lines.append(M("Facts erased since, erased again: {count}.", count=done.erased))
    if done.aside:
        lines.append(M("What was there before is in {path}.", path=done.aside))
    return lines


def _in_use(directory: Path) -> str:
    """The seats and the worker that run there now, "" for none."""
    if not directory.is_dir():
        return ""
    running = [name for name in ("worker", LINES) if Lease(directory, name).taken()]
    return ", ".join([*(one.person for one in present(directory)), *running])
