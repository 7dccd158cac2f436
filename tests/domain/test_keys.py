"""A public key is taken apart to the last byte, and belongs to one person."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import keys
from console.domain.cleantext import is_clean
from console.domain.keys import KeyProblemError, fingerprint, parse


def packed(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def line(kind: str, *parts: bytes, comment: str = "") -> str:
    """A key as a `.pub` file has it."""
    blob = base64.b64encode(packed(kind.encode(), *parts)).decode()
    return f"{kind} {blob} {comment}".strip()


def number(value: int) -> bytes:
    """A positive integer as RSA keys have it."""
    return value.to_bytes(value.bit_length() // 8 + 1, "big")


POINT = b"\x04" + b"\x07" * 64
MODULUS = number((1 << 2047) + 1)
SOUND = {
    "ssh-ed25519": (b"k" * 32,),
    "sk-ssh-ed25519@openssh.com": (b"k" * 32, b"ssh:"),
    "ecdsa-sha2-nistp256": (b"nistp256", POINT),
    "ecdsa-sha2-nistp384": (b"nistp384", b"\x04" + b"\x07" * 96),
    "ecdsa-sha2-nistp521": (b"nistp521", b"\x04" + b"\x07" * 132),
    "sk-ecdsa-sha2-nistp256@openssh.com": (b"nistp256", POINT, b"ssh:work"),
    "ssh-rsa": (number(65537), MODULUS),
}
LIN = line("ssh-ed25519", b"l" * 32, comment="lin@home")
ZHOU = line("ssh-ed25519", b"z" * 32)

# A key made with ssh-keygen for this test alone, and what `ssh-keygen -lf` said of it.
MADE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJgK2Hh8I0Xjgz8cRdNqtJ6bXbh0e4xTpXggyjW49VO8 wu@laptop"
SAID = "SHA256:6PqSTVmFWFFEKcOlU2QKu3hodbFZF/FgGRPGyLUoDD0"


def test_the_fingerprint_is_the_one_everybody_else_sees() -> None:
    key = parse(MADE)
    assert key.fingerprint == SAID
    assert (key.kind, key.label) == ("ssh-ed25519", "wu@laptop")
    assert f"{key.line} {key.label}" == MADE


@pytest.mark.parametrize("kind", SOUND)
def test_every_type_there_is_can_be_given(kind: str) -> None:
    assert kind in keys.TYPES
    key = parse(line(kind, *SOUND[kind], comment="a key of mine"))
    assert (key.kind, key.label) == (kind, "a key of mine")


def test_all_types_are_tried_here() -> None:
    assert set(SOUND) == set(keys.TYPES)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "begins with its type"),
        ("ssh-ed25519", "not base64"),
        (f"restrict {ZHOU}", "begins with its type"),
        (f'command="sh" {ZHOU}', "begins with its type"),
        (ZHOU.replace("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com"), "begins with its type"),
        (line("ssh-dss", b"x"), "begins with its type"),
        (f"{ZHOU}\n{LIN}", "one line"),
        (f"{ZHOU}\n", "one line"),
        (f"{ZHOU}\r", "one line"),
        (f"{ZHOU}\x00", "one line"),
        (f"{ZHOU} \x1b[31m", "one line"),
        (f"{ZHOU} \u202eevil", "one line"),
        (f"ssh-ed25519\t{ZHOU.split()[1]}", "one line"),
        (f"{ZHOU} {'x' * 9000}", "one line"),
        (ZHOU[:-3], "not base64"),
        (ZHOU[:-4], "no whole"),
        (ZHOU.replace("AAAA", "AA AA", 1), "not base64"),
        (f"{ZHOU}AAAA", "no whole"),
        ("ssh-ed25519 钥匙", "not base64"),
        (ZHOU.replace("ssh-ed25519", "ssh-rsa", 1), "no whole ssh-rsa"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "private key"),
    ],
)
def test_what_is_no_key_is_refused(text: str, problem: str) -> None:
    with pytest.raises(KeyProblemError) as caught:
        parse(text)
    message = caught.value.message
    assert problem in message.text.format(**message.args)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("ssh-ed25519", (b"k" * 31,)),
        ("ssh-ed25519", (b"k" * 33,)),
        ("ssh-ed25519", (b"k" * 32, b"")),
        ("ssh-ed25519", ()),
        ("sk-ssh-ed25519@openssh.com", (b"k" * 32,)),
        ("sk-ssh-ed25519@openssh.com", (b"k" * 32, b"https://example.org")),
        ("sk-ssh-ed25519@openssh.com", (b"k" * 32, b"ssh:\n")),
        ("sk-ssh-ed25519@openssh.com", ()),
        ("ecdsa-sha2-nistp256", (b"nistp384", POINT)),
        ("ecdsa-sha2-nistp256", (b"nistp256", POINT + b"x")),
        ("ecdsa-sha2-nistp256", (b"nistp256", b"\x02" + POINT[1:])),
        ("ecdsa-sha2-nistp521", (b"", b"\x04" + b"\x07" * 132)),
        ("ssh-rsa", (number(65537), number((1 << 1023) + 1))),
        ("ssh-rsa", (number(65537), number((1 << 16384) + 1))),
        ("ssh-rsa", (number(65537), number(1 << 2047))),
        ("ssh-rsa", (number(1), MODULUS)),
        ("ssh-rsa", (number(65536), MODULUS)),
        ("ssh-rsa", (b"", MODULUS)),
        ("ssh-rsa", (b"\x00" + number(65537), MODULUS)),
        ("ssh-rsa", (number(65537), MODULUS[1:])),
        ("ssh-rsa", (number(65537),)),
    ],
)
def test_a_key_that_is_not_whole_or_too_weak_is_refused(kind: str, parts: tuple[bytes]) -> None:
    with pytest.raises(KeyProblemError) as caught:
        parse(line(kind, *parts))
    assert "no whole" in caught.value.message.text


def test_bytes_after_the_key_are_refused() -> None:
    for more in (b"x", b"\0\0\0", b"\0\0\0\x01", b"\xff\xff\xff\xff"):
        blob = base64.b64encode(packed(b"ssh-ed25519", b"k" * 32) + more).decode()
        with pytest.raises(KeyProblemError):
            parse(f"ssh-ed25519 {blob}")


def test_a_key_is_written_in_one_way_only() -> None:
    """Base64 has bits to spare at the end: two texts for one key could be two people's."""
    kind = "sk-ssh-ed25519@openssh.com"
    blob = line(kind, *SOUND[kind]).split()[1]
    assert blob.endswith("=")
    stem = blob.rstrip("=")
    others = (stem, f"{blob}=", stem[:-1] + chr(ord(stem[-1]) + 1) + blob[len(stem) :])
    for other in others:
        with pytest.raises(KeyProblemError):
            parse(f"{kind} {other}")


@given(st.text(st.characters(codec=None, categories=None), max_size=80))
def test_any_text_is_a_key_or_refused(text: str) -> None:
    for typed in (text, f"ssh-ed25519 {text}", f"{ZHOU} {text}", f"{text} {ZHOU}"):
        try:
            key = parse(typed)
        except KeyProblemError:
            continue
        assert (key.line, key.fingerprint) == (parse(ZHOU).line, parse(ZHOU).fingerprint)
        assert is_clean(key.label)
        assert len(key.label) <= keys.LONGEST_LABEL


@given(st.binary(max_size=200), st.sampled_from(keys.TYPES))
def test_any_bytes_are_a_key_or_refused(data: bytes, kind: str) -> None:
    for whole in (data, packed(kind.encode()) + data, packed(kind.encode(), data)):
        try:
            key = parse(f"{kind} {base64.b64encode(whole).decode()}")
        except KeyProblemError:
            continue
        assert key.fingerprint == fingerprint(whole)
