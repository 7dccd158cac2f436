"""Signed checkpoints: what the journal's chain had come to at a moment, in lines of their own.

Whoever can write to the store can write a whole new chain; nobody without the key can sign
it, and a copy of the lines kept elsewhere shows up to where the journal is what it was. The
library for signatures is imported only where something is signed or checked.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from console.domain.words import M, Message
from console.store.errors import StoreError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

FILE = "checkpoints.jsonl"
PRIVATE = "checkpoint.key"
PUBLIC = "checkpoint.pub"
_KIND = "ed25519"


class Checkpoint(NamedTuple):
    """One line: the digest (hex) of the journal's record `seq`, when it was signed (ISO,
    UTC), by which key, and the signature (base64)."""

    seq: int
    digest: str
    at: str
    key: str
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return f"console checkpoint\n{self.seq}\n{self.digest}\n{self.at}\n{self.key}\n".encode()

    @property
    def line(self) -> str:
        return json.dumps(self._asdict(), separators=(",", ":")) + "\n"


class BadLine(NamedTuple):
    """A line that is no checkpoint."""

    number: int


# --- keys


class Signer:
    """The key of an installation."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.identity = identity_of(key.public_key())

    def sign(self, seq: int, digest: bytes, at: str) -> Checkpoint:
        bare = Checkpoint(seq, digest.hex(), at, self.identity)
        return bare._replace(signature=base64.b64encode(self._key.sign(bare.signed)).decode())


def signer(directory: Path) -> Signer:
    """The key of an installation, made when there is none yet. Raises StoreError."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )

    path = directory / PRIVATE
    try:
        if not path.exists():
            text = Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            with contextlib.suppress(FileExistsError):
                _create(path, text)
        key = serialization.load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(PRIVATE)
        made = Signer(key)
        _publish(directory / PUBLIC, key.public_key())
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            M("The key {path} cannot be used: {error}.", path=str(path), error=str(error)),
            M("Move it away; the next checkpoint makes a new one."),
        ) from error
    return made


def _create(path: Path, text: bytes) -> None:
    """Write a file for its owner only, whole or not at all. Raises FileExistsError."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, text)
        os.fsync(descriptor)
        os.link(fresh, path)
    finally:
        os.close(descriptor)
        fresh.unlink()


def _publish(path: Path, key: Ed25519PublicKey) -> None:
    """Add a public key to those that are known; one line each, so that the old ones stay."""
    line = f"{_KIND} {base64.b64encode(key.public_bytes_raw()).decode()}"
    known = path.read_text("utf-8").splitlines() if path.exists() else []
    if line not in known:
        path.write_text("\n".join([*known, line]) + "\n", "utf-8")


def public_keys(path: Path) -> dict[str, Ed25519PublicKey]:
    """The keys in a file by their identity. Raises StoreError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        words = [line.split() for line in path.read_text("utf-8").splitlines() if line.strip()]
        raw = [base64.b64decode(blob, validate=True) for kind, blob in words if kind == _KIND]
        keys = [Ed25519PublicKey.from_public_bytes(one) for one in raw]
    except (OSError, ValueError) as error:
        raise StoreError(
            M("{path} holds no public key: {error}.", path=str(path), error=str(error)),
            M("Name the checkpoint.pub of the installation that signed."),
        ) from error
    return {identity_of(key): key for key in keys}


def identity_of(key: Ed25519PublicKey) -> str:
    """What a key is called in a line: the beginning of its SHA-256."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


# --- lines


def read(path: Path) -> list[Checkpoint | BadLine]:
    """The lines of a file, in their order. Raises StoreError."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise StoreError(
            M("The checkpoints {path} cannot be read: {error}.", path=str(path), error=str(error)),
            M("Name a file of checkpoints: {name}.", name=FILE),
        ) from error
    return [_parsed(line) or BadLine(number) for number, line in enumerate(lines, 1)]


def _parsed(line: str) -> Checkpoint | None:
    try:
        found = Checkpoint(**json.loads(line))
    except (ValueError, TypeError):
        return None
    words = (found.digest, found.at, found.key, found.signature)
    right = isinstance(found.seq, int) and all(isinstance(word, str) for word in words)
    return found if right else None


def last(path: Path) -> Checkpoint | None:
    """The last line that is one."""
    if not path.exists():
        return None
    return next((one for one in reversed(read(path)) if isinstance(one, Checkpoint)), None)


def append(path: Path, checkpoints: list[Checkpoint]) -> None:
    """Add those a file does not have yet, on the disk when this returns. What a broken write
    left half is taken off first. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        whole = file.read().rpartition(b"\n")[0]
        parsed = (_parsed(line) for line in whole.decode("utf-8", "replace").splitlines())
        newest = max((one.seq for one in parsed if one is not None), default=0)
        file.seek(len(whole) + 1 if whole else 0)
        file.truncate()
        for one in checkpoints:
            if one.seq > newest:
                file.write(one.line.encode())
        file.flush()
        os.fsync(file.fileno())


def cut(path: Path, seq: int) -> None:
    """Forget the checkpoints after a record, because the journal ends there now."""
    if path.exists():
        kept = [one for one in read(path) if isinstance(one, Checkpoint) and one.seq <= seq]
        path.write_text("".join(one.line for one in kept), "utf-8")


# --- checking


def problems(
    connection: sqlite3.Connection, path: Path, keys: Mapping[str, Ed25519PublicKey]
) -> Iterator[Message]:
    """Lines nobody signed with these keys, and where the journal is not what was signed."""
    sound: list[Checkpoint] = []
    for number, one in enumerate(read(path), 1):
        problem = _unsound(one, number, path, keys)
        if problem is not None:
            yield problem
        elif isinstance(one, Checkpoint):
            sound.append(one)
    good = 0
    for one in sorted(sound):
        row = connection.execute("SELECT digest FROM journal WHERE seq = ?", (one.seq,)).fetchone()
        if row is None:
            end = connection.execute("SELECT max(seq) FROM journal").fetchone()[0] or 0
            yield M(
                "The facts from {first} on are missing: fact {seq} was signed at {at}.",
                first=end + 1,
                seq=one.seq,
                at=one.at,
            )
            return
        if row[0].hex() != one.digest:
            yield M(
                "From fact {first} on the journal is not what was signed: fact {seq} was another "
                "at {at}.",
                first=good + 1,
                seq=one.seq,
                at=one.at,
            )
            return
        good = one.seq


def _unsound(
    one: Checkpoint | BadLine, number: int, path: Path, keys: Mapping[str, Ed25519PublicKey]
) -> Message | None:
    if isinstance(one, BadLine):
        return M("{path}, line {line}: no checkpoint.", path=path.name, line=number)
    key = keys.get(one.key)
    if key is None:
        return M(
            "{path}, line {line}: signed with the unknown key {key}.",
            path=path.name,
            line=number,
            key=one.key,
        )
    if not _is_signed(one, key):
        return M("{path}, line {line}: the signature is not right.", path=path.name, line=number)
    return None


def _is_signed(one: Checkpoint, key: Ed25519PublicKey) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415

    try:
        key.verify(base64.b64decode(one.signature, validate=True), one.signed)
    except (InvalidSignature, ValueError):
        return False
    return True
