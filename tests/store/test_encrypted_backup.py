"""An encrypted backup opens with the right key only."""

from __future__ import annotations

from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest

from console.cli.restoring import Wish, restore
from console.desk import Desk
from console.store import encrypting
from console.store.encrypting import Secrets
from console.store.errors import StoreError
from tests.store.backups import furnished, left_over, made


@pytest.fixture
def case(desk: Desk, data: Path) -> int:
    return furnished(desk, data)


@pytest.fixture(scope="module")
def identity() -> tuple[str, str]:
    """A key pair of age: what to encrypt to, and what opens it."""
    key = pyrage.x25519.Identity.generate()
    return str(key.to_public()), str(key)


def test_encrypted_nothing_of_it_is_readable(
    desk: Desk, data: Path, case: int, tmp_path: Path, identity: tuple[str, str]
) -> None:
    target = made(desk, tmp_path / "b.age", Secrets(recipients=(identity[0],)))
    assert encrypting.is_encrypted(target)
    assert b"SQLite" not in target.read_bytes()
    assert target.stat().st_mode & 0o777 == 0o600
    assert left_over(data, target) == []
    assert desk.follow(desk.last_seq() - 1)[0].body["encrypted"] is True


def test_what_was_encrypted_is_restored_with_the_key(
    desk: Desk, case: int, tmp_path: Path, identity: tuple[str, str]
) -> None:
    keys = tmp_path / "recipients"
    keys.write_text(f"# who may read it\n{identity[0]}\n", "utf-8")
    target = made(desk, tmp_path / "b.age", Secrets(recipients=(str(keys),)))
    secret = tmp_path / "identity"
    secret.write_text(f"# created today\n{identity[1]}\n", "utf-8")
    wish = Wish(target, tmp_path / "again", secrets=Secrets(identities=(secret,)))
    assert restore(wish).facts == desk.last_seq()


def test_an_ssh_key_does_as_well(desk: Desk, case: int, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization as forms
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(forms.Encoding.OpenSSH, forms.PublicFormat.OpenSSH)
    secret = tmp_path / "id_ed25519"
    secret.write_bytes(
        key.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.OpenSSH, forms.NoEncryption())
    )
    target = made(desk, tmp_path / "b.age", Secrets(recipients=(public.decode(),)))
    wish = Wish(target, tmp_path / "again", secrets=Secrets(identities=(secret,)))
    assert restore(wish).facts == desk.last_seq()


def test_without_the_right_key_it_stays_closed(
    desk: Desk, case: int, tmp_path: Path, identity: tuple[str, str]
) -> None:
    target = made(desk, tmp_path / "b.age", Secrets(recipients=(identity[0],)))
    with pytest.raises(StoreError, match="This backup is encrypted"):
        restore(Wish(target, tmp_path / "again"))
    other = tmp_path / "other"
    other.write_text(str(pyrage.x25519.Identity.generate()), "utf-8")
    with pytest.raises(StoreError, match="another key is needed, or it is damaged"):
        restore(Wish(target, tmp_path / "again", secrets=Secrets(identities=(other,))))
    other.write_text("no key", "utf-8")
    with pytest.raises(StoreError, match="holds no key that opens backups"):
        restore(Wish(target, tmp_path / "again", secrets=Secrets(identities=(other,))))
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("bad", ["age1nonsense", "ssh-ed25519 AAAA", "no such file"])
def test_a_recipient_that_is_none(desk: Desk, case: int, tmp_path: Path, bad: str) -> None:
    with pytest.raises(StoreError, match=r"is no key to encrypt to|cannot be read"):
        made(desk, tmp_path / "b.age", Secrets(recipients=(bad,)))
    assert not (tmp_path / "b.age").exists()


def test_a_damaged_encrypted_backup(
    desk: Desk, case: int, tmp_path: Path, identity: tuple[str, str]
) -> None:
    target = made(desk, tmp_path / "b.age", Secrets(recipients=(identity[0],)))
    whole = target.read_bytes()
    secret = tmp_path / "identity"
    secret.write_text(identity[1], "utf-8")
    wish = Wish(target, tmp_path / "again", secrets=Secrets(identities=(secret,)))
    middle = len(whole) // 2
    for broken in (whole[:-50], whole[:middle] + b"??" + whole[middle + 2 :], whole[:100]):
        target.write_bytes(broken)
        with pytest.raises(StoreError, match="or it is damaged"):
            restore(wish)
    assert not (tmp_path / "again").exists()


def test_a_passphrase(tmp_path: Path) -> None:
    plain, closed, opened = (tmp_path / name for name in ("plain", "closed", "opened"))
    plain.write_bytes(b"words" * 1000)
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse\nnot this line\n", "utf-8")
    encrypting.encrypt(plain, closed, Secrets(passphrase=phrase))
    assert encrypting.is_encrypted(closed)
    encrypting.decrypt(closed, opened, Secrets(passphrase=phrase))
    assert opened.read_bytes() == plain.read_bytes()
    with pytest.raises(StoreError, match="encrypted with a passphrase"):
        encrypting.decrypt(closed, opened, Secrets(identities=(phrase,)))
    phrase.write_text("wrong horse", "utf-8")
    with pytest.raises(StoreError, match="another key is needed"):
        encrypting.decrypt(closed, opened, Secrets(passphrase=phrase))
    phrase.write_text("\n", "utf-8")
    with pytest.raises(StoreError, match="holds no passphrase"):
        encrypting.encrypt(plain, closed, Secrets(passphrase=phrase))
