"""Public SSH keys: what people come in with, instead of a PIN.

A key is taken apart to the last byte before it is believed: it ends up on a line that sshd
reads, where one character too many would be an option nobody meant to give.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from typing import NamedTuple

from console.domain.cleantext import clean, is_clean
from console.domain.words import M, Message

LONGEST = 8192
"""Characters of a key as it is typed; an RSA key of 16,384 bits has 2,800."""
LONGEST_LABEL = 60
RSA_BITS = range(2048, 16384 + 1)

_ED25519_BYTES = 32
_CURVES = {"nistp256": 65, "nistp384": 97, "nistp521": 133}
"""Bytes of an uncompressed point on each curve."""

TYPES = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
"""The kinds of key that may open a seat. DSA is broken; certificates name people elsewhere."""


class Key(NamedTuple):
    """A public key. `kind` is one of `TYPES`, `blob` its base64 text, `fingerprint` what
    `ssh-keygen -l` prints of it, `label` what people call it."""

    kind: str
    blob: str
    fingerprint: str
    label: str = ""

    @property
    def line(self) -> str:
        """As sshd writes it, without what people call it."""
        return f"{self.kind} {self.blob}"


class KeyProblemError(ValueError):
    """A text is no public key that may be used; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def parse(text: str) -> Key:
    """The key on one line of a `.pub` file: type, base64, and perhaps a comment, which
    becomes its label. Raises KeyProblemError."""
    if "PRIVATE KEY" in text[:LONGEST]:
        raise KeyProblemError(
            M("That is a private key, which nobody else may ever see: make a new pair.")
        )
    if len(text) > LONGEST or not is_clean(text):
        raise KeyProblemError(M("A public key is one line of plain text."))
    kind, _, rest = text.strip(" ").partition(" ")
    if kind not in TYPES:
        raise KeyProblemError(
            M(
                "A public key begins with its type, and nothing stands before it: {types}.",
                types=", ".join(TYPES),
            )
        )
    blob, _, comment = rest.strip(" ").partition(" ")
    data = _decoded(blob)
    if not _is_sound(kind, data):
        raise KeyProblemError(M("This is no whole {kind} key.", kind=kind))
    return Key(kind, blob, fingerprint(data), clean(comment, LONGEST_LABEL))


def fingerprint(data: bytes) -> str:
    """SHA-256 of a key as OpenSSH prints it."""
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")
    return "SHA256:" + digest.rstrip("=")


def _decoded(blob: str) -> bytes:
    """The bytes of a key. Only the one way to write them is taken: two texts for one key
    could make it two people's."""
    try:
        data = base64.b64decode(blob.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        data = b""
    if not data or base64.b64encode(data).decode("ascii") != blob:
        raise KeyProblemError(M("What follows the type of the key is not base64 text."))
    return data


def _is_sound(kind: str, data: bytes) -> bool:
    """Whether the bytes are a key of that kind and nothing more (RFC 4253, 5656, 8709)."""
    try:
        name, *parts = _strings(data)
    except ValueError:
        return False
    if name != kind.encode("ascii"):
        return False
    if kind == "ssh-rsa":
        return len(parts) == 2 and _is_rsa(*parts)
    if kind.startswith("sk-") and not (parts and _is_application(parts.pop())):
        return False
    if "ed25519" in kind:
        return [len(part) for part in parts] == [_ED25519_BYTES]
    return len(parts) == 2 and _is_point(kind, *parts)


def _strings(data: bytes) -> list[bytes]:
    """The length-prefixed strings a key consists of. Raises ValueError."""
    found, at = [], 0
    while at < len(data):
        end = at + 4
        if end > len(data):
            raise ValueError("a length is cut off")
        (length,) = struct.unpack(">I", data[at:end])
        at = end + length
        if at > len(data):
            raise ValueError("a string is cut off")
        found.append(data[end:at])
    if not found:
        raise ValueError("nothing at all")
    return found


def _is_point(kind: str, curve: bytes, point: bytes) -> bool:
    name = curve.decode("ascii", "replace")
    named = kind.removesuffix("@openssh.com").endswith(f"-{name}")
    return named and len(point) == _CURVES.get(name) and point[:1] == b"\x04"


def _is_application(name: bytes) -> bool:
    return name.startswith(b"ssh:") and name.isascii() and is_clean(name.decode("ascii"))


def _is_rsa(exponent: bytes, modulus: bytes) -> bool:
    if not (_is_positive(exponent) and _is_positive(modulus)):
        return False
    e, n = int.from_bytes(exponent, "big"), int.from_bytes(modulus, "big")
    return 3 <= e < 1 << 64 and bool(e & n & 1) and n.bit_length() in RSA_BITS


def _is_positive(number: bytes) -> bool:
    """A positive integer, written in as few bytes as it needs."""
    if not number or number[0] & 0x80 or number == b"\0":
        return False
    return number[0] != 0 or bool(number[1] & 0x80)
