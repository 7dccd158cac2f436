"""From a backup to an installation: unpacked and made ready beside its place, checked, and
only then put there. Until the last step nothing that was there has been touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from console import config
from console.desk import Desk
from console.desk.refolding import PROJECTED
from console.desk.verification import verify
from console.domain.decision import Stamp, settle
from console.domain.erasure import ERASED
from console.domain.facts import Draft, Fact
from console.domain.moments import parse_moment
from console.domain.people import SYSTEM, Person
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.installation import is_installed, open_desk
from console.store import backup, checkpoints, journal, rewinding
from console.store.backup import Manifest
from console.store.encrypting import Secrets, decrypt, is_encrypted
from console.store.errors import StoreError, explained
from console.store.store import FILE, Store

RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be restored, to where, up to which point (`until` as typed, `seq` a fact; ""
    and 0: all of it), and whether an installation there is to be moved aside."""

    source: Path
    target: Path
    until: str = ""
    seq: int = 0
    force: bool = False
    person: str = ""
    secrets: Secrets = field(default_factory=Secrets)


@dataclass(frozen=True, slots=True)
class Restored:
    """What is there now: facts, how many of the backup were left out, how many erasures made
    since were carried out again, when the backup was made, what was moved aside."""

    path: str
    facts: int
    left_out: int
    erased: int
    made: str
    aside: str = ""


def restore(wish: Wish) -> Restored:
    """Put an installation in place of nothing, or of one that is moved aside. Raises
    StoreError, RefusedError or ConfigError with a sentence; then everything is as it was."""
    if not wish.source.is_file():
        raise StoreError(M("There is no file {path}.", path=str(wish.source)), M("Check its name."))
    there = _what_is_there(wish)
    try:
        with _beside(wish.target) as stage:
            manifest = _unpacked(wish, stage)
            left_out, erased = _made_ready(wish, stage, there)
            facts = _checked(wish, stage, manifest)
            aside = _put_in_place(stage, wish.target)
    except sqlite3.Error as error:
        raise explained(error) from error
    except OSError as error:
        raise StoreError(
            M(
                "{path} cannot be restored: {error}.",
                path=str(wish.target),
                error=error.strerror or str(error),
            ),
            M("Check that the place may be written to and has room."),
        ) from error
    kept = str(aside) if aside else ""
    return Restored(str(wish.target), facts, left_out, erased, manifest.at, kept)


def _what_is_there(wish: Wish) -> Path | None:
    """The store of the installation that is to be moved aside. Raises RefusedError."""
    target = wish.target
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return None
    if not is_installed(target) and not (target / FILE).exists():
        raise RefusedError(
            "restore",
            M("{path} holds other files.", path=str(target)),
            M("Name an empty or new directory with --into."),
        )
    if not wish.force:
        raise RefusedError(
            "restore",
            M("There is an installation in {path}.", path=str(target)),
            M("Restore --into another directory, or add --force: then it is moved aside."),
        )
    return target / FILE


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder on the same disk, for its owner only; gone afterwards unless it was moved."""
    place = target.resolve().parent
    place.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{target.name}.restoring-", dir=place))
    try:
        yield room / "data"
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _unpacked(wish: Wish, stage: Path) -> Manifest:
    source = wish.source
    if is_encrypted(source):
        plain = stage.with_name("plain.tar")
        decrypt(source, plain, wish.secrets)
        source = plain
    return backup.unpack(source, stage)


# --- making it ready


def _made_ready(wish: Wish, stage: Path, there: Path | None) -> tuple[int, int]:
    """Take the store back to the point wished for, and erase again what was erased since the
    backup was made. -> how many facts were left out, how many facts erased."""
    Store(stage).close()  # a store of an older version is brought up first
    with rewinding.alone(stage / FILE) as connection:
        before = journal.head(connection)[0]
        last = _last(wish, stage, connection)
        left_out = rewinding.cut(connection, last) if last < before else 0
        erased = _erase_again(connection, there) if there is not None else 0
        rewinding.forget(connection, PROJECTED)
    if left_out:
        checkpoints.cut(stage / checkpoints.FILE, last)
    if there is not None and (there.parent / checkpoints.PRIVATE).exists():
        shutil.copy2(there.parent / checkpoints.PRIVATE, stage / checkpoints.PRIVATE)
    return left_out, erased


def _last(wish: Wish, stage: Path, connection: sqlite3.Connection) -> int:
    """The last fact to keep: where a command ends. Raises RefusedError."""
    end = journal.head(connection)[0]
    last = wish.seq or end
    if wish.until:
        try:
            moment = parse_moment(wish.until, int(time.time()), config.load(stage).zone)
        except ValueError:
            raise RefusedError(
                "until",
                M("“{typed}” is not a moment.", typed=wish.until),
                M("Write 09:45 or 2026-03-10 09:45."),
            ) from None
        last = rewinding.last_by(connection, moment)
    if not 0 < last <= end:
        raise RefusedError(
            "restore",
            M("The backup has no fact there: it goes from 1 to {last}.", last=end),
            M("Choose a point within it."),
        )
    return rewinding.whole_to(connection, last)


def _erase_again(connection: sqlite3.Connection, there: Path) -> int:
    try:
        told = rewinding.erased_since(connection, there)
    except sqlite3.Error:
        return 0  # what was there cannot be read any more; that is why it is replaced
    seq, digest = journal.head(connection)
    now = int(time.time())
    facts = [
        Fact(seq + place, now, now, SYSTEM.key, "", subject, ERASED, body)
        for place, (subject, body) in enumerate(told, 1)
    ]
    journal.append(connection, facts, digest)
    return sum(len(body["facts"]) for _, body in told)


def _checked(wish: Wish, stage: Path, manifest: Manifest) -> int:
    """Fold everything anew, verify, and write down that it was restored. -> the facts."""
    desk = open_desk(stage)
    try:
        with desk.store.writing() as tx:
            rewinding.forget_strangers(tx.connection)
        report = verify(desk)
        if report.problems:
            raise RefusedError(
                "restore",
                M("What was backed up is not sound: {problem}", problem=report.problems[0]),
                M("Restore to a point before that (--seq), or take another backup."),
            )
        _journal(desk, _actor(desk, wish.person), manifest, wish.source)
        desk.store.settle()
        return desk.last_seq()
    finally:
        desk.store.close()


def _actor(desk: Desk, person: str) -> Person:
    """Who restores: somebody of the restored installation who may, or the console itself."""
    from console.desk import Who  # noqa: PLC0415

    actor = desk.actor(Who(person)) if person else SYSTEM
    demand("back_up", actor)
    return actor


def _journal(desk: Desk, actor: Person, manifest: Manifest, source: Path) -> None:
    now = desk.now()
    body = {"file": str(source.resolve()), "made": manifest.at, "digest": manifest.digest}
    with desk.store.writing() as tx:
        seq, previous = tx.head()
        draft = Draft("store:backup", RESTORED, {**body, "facts": seq})
        decision = settle([draft], desk.world(tx), Stamp(actor, "", now, now, seq + 1))
        tx.append(decision.facts, previous)


# --- putting it in place


def _put_in_place(stage: Path, target: Path) -> Path | None:
    """Move what is there aside and the new one to its place. -> where the old one is now."""
    aside = None
    if target.exists():
        if any(target.iterdir()):
            moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
            aside = target.with_name(f"{target.name}.before-{moment}")
            os.rename(target, aside)
        else:
            target.rmdir()
    try:
        os.rename(stage, target)
    except OSError:
        if aside is not None:
            os.rename(aside, target)
        raise
    return aside
