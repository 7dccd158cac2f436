"""Making a backup while everybody works on, and writing down that it was made."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from console import __version__
from console.desk.answers import Answers
from console.domain.decision import Stamp, settle
from console.domain.facts import Draft
from console.domain.people import Person
from console.domain.words import M
from console.store import backup
from console.store.copying import OWNER_ONLY
from console.store.copying import settle as put_in_place
from console.store.encrypting import Secrets, digest_of, encrypt
from console.store.errors import StoreError

BACKED_UP = "backed_up"
SUBJECT = "store:backup"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup: where it is, its bytes and SHA-256, the last fact in it."""

    path: str
    facts: int
    size: int
    sha256: str
    encrypted: bool


def back_up(desk: Answers, target: Path, secrets: Secrets, actor: Person, seat: str) -> Made:
    """Make a backup at `target`, in place of one of that name only when it is complete and
    checked. Raises StoreError; then nothing is left there."""
    lease = desk.lease("backup")
    if not lease.take():
        raise StoreError(
            M("Another backup is being made."), M("Wait until it is finished, then try again.")
        )
    try:
        return _back_up(desk, target, secrets, actor, seat)
    finally:
        lease.release()


def _back_up(desk: Answers, target: Path, secrets: Secrets, actor: Person, seat: str) -> Made:
    directory, now = desk.store.directory, desk.now()
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        with backup.workplace(directory) as stage:
            plain, manifest = backup.make(directory, stage, moment, __version__)
            _deliver(plain, target, secrets)
        made = Made(
            str(target.resolve()),
            manifest.facts,
            target.stat().st_size,
            digest_of(target),
            bool(secrets),
        )
    except OSError as error:
        raise StoreError(
            M(
                "No backup could be written to {path}: {error}.",
                path=str(target),
                error=error.strerror or str(error),
            ),
            M("Check that the place is there, may be written to, and has room."),
        ) from error
    _journal(desk, made, actor, seat)
    return made


def _deliver(plain: Path, target: Path, secrets: Secrets) -> None:
    """Bring a checked backup to its place, and read it back. Raises StoreError, OSError."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        if secrets:
            encrypt(plain, fresh, secrets)
        else:
            shutil.copyfile(plain, fresh)
            if digest_of(fresh) != digest_of(plain):
                raise StoreError(
                    M("What was written to {path} is not what was copied.", path=str(target)),
                    M("The disk may be failing; write the backup to another one."),
                )
        put_in_place(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def _journal(desk: Answers, made: Made, actor: Person, seat: str) -> None:
    body = {
        "file": made.path,
        "facts": made.facts,
        "sha256": made.sha256,
        "encrypted": made.encrypted,
    }
    now = desk.now()
    with desk.store.writing() as tx:
        seq, previous = tx.head()
        draft = Draft(SUBJECT, BACKED_UP, body)
        decision = settle([draft], desk.world(tx), Stamp(actor, seat, now, now, seq + 1))
        tx.append(decision.facts, previous)
