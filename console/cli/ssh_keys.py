"""`console ssh-keys`: which keys sshd may let in, and what each of them opens.

sshd runs it as its AuthorizedKeysCommand, twice for each attempt, and nobody comes in
before it has answered. So it reads one table, waits for nothing and never outlives
`PATIENCE`. What it prints is the whole of what a key can do: one command, fixed here.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shlex
import signal
import sys
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.store import keyring
from console.store.keyring import Entry

PATIENCE = 5.0
"""Seconds after which it ends unheard, which to sshd is a key nobody has."""

_SCRUBBED = (
    'exec /usr/bin/env -i PATH=/usr/bin:/bin TERM="$TERM" '
    'CONSOLE_LOCALE="${LC_ALL:-${LC_MESSAGES:-$LANG}}" '
    'SSH_ORIGINAL_COMMAND="$SSH_ORIGINAL_COMMAND"'
)
"""Nothing the client may have put into the environment gets past this but three words,
which `console.cli.ssh_seat` judges."""


def run(context: Context, options: argparse.Namespace) -> int:
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)  # SIGALRM ends even what hangs in a read
    try:
        directory = context.directory.resolve()
        if _serves(directory, options.account):
            for entry in keyring.entries(directory, " ".join(options.wanted)):
                print(authorised(entry, directory))
        return DONE
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def authorised(entry: Entry, directory: Path) -> str:
    """The line of `authorized_keys` for a key: a terminal, one command, and nothing else."""
    seat = (sys.executable, "-I", "-X", "utf8", "-m", "console", "seat")
    whose = ("--ssh", entry.fingerprint, "--as", entry.person, "--data", str(directory))
    command = f"{_SCRUBBED} {shlex.join((*seat, *whose))}"
    quoted = command.replace('"', '\\"')
    return f'restrict,pty,command="{quoted}" {entry.line}'


def _serves(directory: Path, account: str) -> bool:
    """Whether seats may run as the account sshd asks about. An account nobody has, or a data
    directory that is not there, gets no answer; one that is not that of the data directory is
    refused, or a slip in sshd's configuration would open it to everybody with a key. Raises
    RefusedError."""
    if not str(directory).isprintable():
        raise RefusedError("ssh", M("The name of the data directory cannot be used here."))
    try:
        owner = directory.stat().st_uid
        asked = pwd.getpwnam(account).pw_uid
    except (KeyError, FileNotFoundError):
        return False
    if asked != owner:
        raise RefusedError(
            "ssh",
            M("{account} is not the account of {path}.", account=account, path=str(directory)),
            M("Let sshd ask about the account that owns the data directory, and no other."),
        )
    if os.geteuid() != owner:
        raise RefusedError(
            "ssh",
            M("Only {account} may ask for these keys.", account=account),
            M("Write “AuthorizedKeysCommandUser {account}”.", account=account),
        )
    return True
