"""A backup: one tar of the store, the drafts and the settings, as they were at one moment.

What is in it is listed first, with a digest of each file, and everything is read again
before the backup gets its name. A copy is only a backup once it has been seen to be sound.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from console.domain.words import M
from console.store import checkpoints, drafts, schema
from console.store.checking import broken_link
from console.store.copying import OWNER_ONLY, copy
from console.store.errors import StoreError
from console.store.journal import head
from console.store.store import FILE

MANIFEST = "console-backup.json"
FORMAT = 1
"""Raised when a console that reads this one could not read the next."""

_FOLDERS = ("calendars", "plugins")
_SETTINGS = (".toml", ".csv")
_OTHERS = (checkpoints.FILE, checkpoints.PUBLIC)
_BLOCK = 1 << 20
_STAGE = ".backup-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: made when (ISO, UTC) by which console, the store's
    version, its last fact and digest (hex), and of each file size and SHA-256."""

    at: str
    console: str
    store: int
    facts: int
    digest: str
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT


@contextmanager
def workplace(directory: Path) -> Iterator[Path]:
    """A folder for what is being made, for its owner only, gone afterwards. What a killed
    process left there is cleared away."""
    for left in directory.glob(f"{_STAGE}*"):
        shutil.rmtree(left, ignore_errors=True)
    stage = Path(tempfile.mkdtemp(prefix=_STAGE, dir=directory))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def settings_of(directory: Path) -> Iterator[Path]:
    """The files of an installation besides its databases, relative to it. The key that signs
    checkpoints stays where it is: whoever finds a backup shall not be able to sign."""
    for path in sorted(directory.iterdir()):
        if path.is_file() and (path.suffix in _SETTINGS or path.name in _OTHERS):
            yield path.relative_to(directory)
    for folder in _FOLDERS:
        for path in sorted((directory / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(directory)


def make(directory: Path, stage: Path, at: str, console: str) -> tuple[Path, Manifest]:
    """Write a backup into `stage` while others write on, and check it. Raises StoreError,
    OSError."""
    databases = [name for name in (FILE, drafts.FILE) if (directory / name).exists()]
    for name in databases:
        with closing(sqlite3.connect(directory / name, timeout=5.0)) as source:
            copy(source, stage / name)
    places = {name: stage / name for name in databases}
    places |= {path.as_posix(): directory / path for path in settings_of(directory)}
    with closing(sqlite3.connect(stage / FILE)) as copied:
        seq, digest = head(copied)
        version = schema.version_of(copied)
    files = {name: _measured(path) for name, path in places.items()}
    manifest = Manifest(at, console, version, seq, digest.hex(), files)
    made = stage / "backup.tar"
    _write(made, manifest, places)
    for name in databases:
        (stage / name).unlink()
    check(made, stage)
    return made, manifest


def _measured(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _write(target: Path, manifest: Manifest, places: dict[str, Path]) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with (
        os.fdopen(descriptor, "wb") as file,
        tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        for name, path in places.items():
            with path.open("rb") as content:
                tar.addfile(_entry(name, manifest.files[name][0]), content)


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, OWNER_ONLY
    return entry


# --- reading


def check(backup: Path, stage: Path) -> Manifest:
    """Read a whole backup and compare it with what it says of itself, its journal included.
    Raises StoreError."""
    place = stage / "check"
    try:
        manifest = unpack(backup, place)
        with closing(sqlite3.connect(place / FILE)) as copied:
            _check_store(copied, manifest)
        return manifest
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _check_store(copied: sqlite3.Connection, manifest: Manifest) -> None:
    _, broken = broken_link(copied)
    seq, digest = head(copied)
    if broken is not None:
        raise StoreError(
            M("The journal that was copied is broken at fact {seq}.", seq=broken.seq),
            M("Run `console verify`. An earlier backup may be sound."),
        )
    if (seq, digest.hex()) != (manifest.facts, manifest.digest):
        raise StoreError(M("The copy ends in another fact than the journal did."), M("Try again."))


def unpack(backup: Path, place: Path) -> Manifest:
    """Lay out the files of a backup, each compared with its digest. Raises StoreError with a
    sentence for what is no backup, damaged, cut short, or of a newer console."""
    place.mkdir(mode=0o700, parents=True)
    try:
        with tarfile.open(backup, mode="r:") as tar:
            manifest = _manifest(tar, backup)
            left = dict(manifest.files)
            while left:
                entry = tar.next()
                if entry is None:
                    raise _cut_short(backup)
                wanted = left.pop(entry.name, None)
                content = tar.extractfile(entry) if entry.isreg() else None
                if wanted is None or content is None or not _is_inside(entry.name):
                    raise _damaged(backup, entry.name)
                if _laid_down(content, place / entry.name) != tuple(wanted):
                    raise _damaged(backup, entry.name)
    except tarfile.ReadError as error:
        raise _cut_short(backup) if _begins_well(backup) else _no_backup(backup) from error
    except OSError as error:
        raise StoreError(
            M("{path} cannot be read: {error}.", path=str(backup), error=error.strerror or error),
            M("Check that it is there and that you may read it."),
        ) from error
    return manifest


def _manifest(tar: tarfile.TarFile, backup: Path) -> Manifest:
    entry = tar.next()
    content = tar.extractfile(entry) if entry is not None and entry.isreg() else None
    if entry is None or entry.name != MANIFEST or content is None:
        raise _no_backup(backup)
    try:
        told: dict[str, Any] = json.loads(content.read())
        if told["format"] > FORMAT or told["store"] > schema.VERSION:
            raise StoreError(
                M(
                    "{path} was made by the newer console {version}.",
                    path=str(backup),
                    version=told["console"],
                ),
                M("Restore it with that version, or a later one."),
            )
        return Manifest(**told)
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged(backup, MANIFEST) from error


def _laid_down(content: IO[bytes], path: Path) -> tuple[int, str]:
    """Write a file. -> its size and SHA-256."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
        while block := content.read(_BLOCK):
            digest.update(block)
            size += file.write(block)
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _is_inside(name: str) -> bool:
    """Whether a name stays within the place it is unpacked to."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _begins_well(backup: Path) -> bool:
    with backup.open("rb") as file:
        return file.read(len(MANIFEST)) == MANIFEST.encode()


def _no_backup(backup: Path) -> StoreError:
    return StoreError(
        M("{path} is no backup of this console.", path=str(backup)),
        M("Name a file that `console backup` made."),
    )


def _cut_short(backup: Path) -> StoreError:
    return StoreError(
        M("{path} is cut short: part of it is missing.", path=str(backup)),
        M("Copy it again from where it was made, or take another backup."),
    )


def _damaged(backup: Path, name: str) -> StoreError:
    return StoreError(
        M("{path} is damaged: {name} is not what was backed up.", path=str(backup), name=name),
        M("Copy it again from where it was made, or take another backup."),
    )
