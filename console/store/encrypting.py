"""Encrypted backups, in the age format: any age program can open them, and so can we.

With recipients only who holds one of the keys can read the backup; the machine that makes it
needs none. With a passphrase the whole backup passes through memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.domain.words import M
from console.store.errors import StoreError

_MAGIC = b"age-encryption.org/"
_PASSPHRASE = b"-> scrypt "
_HEAD = 200


@dataclass(frozen=True, slots=True)
class Secrets:
    """What encrypts or opens a backup: recipients (`age1…`, `ssh-…`, or files of them), files
    of identities, a file whose first line is a passphrase."""

    recipients: tuple[str, ...] = ()
    identities: tuple[Path, ...] = ()
    passphrase: Path | None = None

    def __bool__(self) -> bool:
        return bool(self.recipients or self.passphrase)


def is_encrypted(path: Path) -> bool:
    """Whether a file is in the age format. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def encrypt(source: Path, target: Path, secrets: Secrets) -> None:
    """Encrypt a file into another, which is there already, and see that what was written can
    be opened as far as this machine can. Raises StoreError, OSError."""
    import pyrage  # type: ignore[import-untyped]  # noqa: PLC0415 - only for these

    if secrets.passphrase is not None:
        phrase = _passphrase(secrets.passphrase)
        plain = source.read_bytes()
        target.write_bytes(pyrage.passphrase.encrypt(plain, phrase))
        if pyrage.passphrase.decrypt(target.read_bytes(), phrase) != plain:
            raise StoreError(M("What was written cannot be opened again."), M("Try again."))
        return
    with source.open("rb") as reader, target.open("wb") as writer:
        pyrage.encrypt_io(reader, writer, list(_recipients(secrets.recipients)))


def decrypt(source: Path, target: Path, secrets: Secrets) -> None:
    """Open an encrypted file. Raises StoreError without the right key or passphrase, and for
    a file that is damaged or cut short; OSError where nothing can be written."""
    import pyrage  # noqa: PLC0415

    with source.open("rb") as file:
        by_phrase = _PASSPHRASE in file.read(_HEAD)
    try:
        if by_phrase and secrets.passphrase is not None:
            phrase = _passphrase(secrets.passphrase)
            target.write_bytes(pyrage.passphrase.decrypt(source.read_bytes(), phrase))
            return
        if by_phrase or not secrets.identities:
            raise _needs(by_phrase)
        with source.open("rb") as reader, target.open("wb") as writer:
            pyrage.decrypt_io(reader, writer, list(_identities(secrets.identities)))
    except (pyrage.DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise StoreError(
            M(
                "{path} cannot be opened: another key is needed, or it is damaged.",
                path=str(source),
            ),
            M("Check the key or passphrase; else copy the file again from where it was made."),
        ) from error


def _needs(by_phrase: bool) -> StoreError:
    if by_phrase:
        return StoreError(
            M("This backup is encrypted with a passphrase."), M("Add --passphrase-file FILE.")
        )
    return StoreError(M("This backup is encrypted."), M("Add --identity FILE, the key it is for."))


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _passphrase(path: Path) -> str:
    phrase = _text(path).partition("\n")[0].strip()
    if not phrase:
        raise StoreError(
            M("{path} holds no passphrase.", path=str(path)), M("Write it on the first line.")
        )
    return phrase


def _recipients(given: Iterable[str]) -> Iterable[Any]:
    import pyrage  # noqa: PLC0415

    for words in given:
        lines = [words] if words.startswith(("age1", "ssh-")) else _lines(Path(words))
        for line in lines:
            kind = pyrage.ssh if line.startswith("ssh-") else pyrage.x25519
            try:
                yield kind.Recipient.from_str(line)
            except pyrage.RecipientError as error:
                raise StoreError(
                    M("“{typed}” is no key to encrypt to: {error}.", typed=line, error=str(error)),
                    M("Give an age public key (age1…), an SSH one, or a file of them."),
                ) from error


def _identities(paths: Iterable[Path]) -> Iterable[Any]:
    import pyrage  # noqa: PLC0415

    for path in paths:
        try:
            if "PRIVATE KEY" in _text(path):
                yield pyrage.ssh.Identity.from_buffer(path.read_bytes())
            else:
                yield from map(pyrage.x25519.Identity.from_str, _lines(path))
        except pyrage.IdentityError as error:
            raise StoreError(
                M(
                    "{path} holds no key that opens backups: {error}.",
                    path=str(path),
                    error=str(error),
                ),
                M("Name the file with AGE-SECRET-KEY-…, or an SSH key without a passphrase."),
            ) from error


def _lines(path: Path) -> list[str]:
    lines = (line.strip() for line in _text(path).splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise StoreError(
            M("{path} cannot be read: {error}.", path=str(path), error=str(error)),
            M("Check that it is there and that you may read it."),
        ) from error
