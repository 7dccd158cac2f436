"""What is no backup, or not a whole one, is told apart, and nothing is put in place."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from console.cli.restoring import Wish, restore
from console.desk import Desk
from console.store import backup
from console.store.errors import StoreError
from tests.store.backups import furnished, made


@pytest.fixture
def case(desk: Desk, data: Path) -> int:
    return furnished(desk, data)


def packed(path: Path, files: dict[str, bytes], **manifest: object) -> Path:
    """A tar somebody else made."""
    listed = {name: (len(text), hashlib.sha256(text).hexdigest()) for name, text in files.items()}
    told = {
        "at": "",
        "console": "9.9",
        "store": 3,
        "facts": 1,
        "digest": "",
        "files": listed,
        "format": 1,
        **manifest,
    }
    with tarfile.open(path, "w") as tar:
        for name, text in {backup.MANIFEST: json.dumps(told).encode(), **files}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))
    return path


@pytest.mark.parametrize(
    "text", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 2000, bytes(5000), b"\x1f\x8b" * 600]
)
def test_a_file_that_is_no_backup(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(text)
    with pytest.raises(StoreError, match="is no backup of this console"):
        restore(Wish(path, tmp_path / "again"))
    assert not (tmp_path / "again").exists()


def test_a_tar_of_something_else(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "x.tar", "w") as tar:
        tar.add(__file__, "photo.jpg")
    with pytest.raises(StoreError, match="is no backup of this console"):
        restore(Wish(tmp_path / "x.tar", tmp_path / "again"))


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no file"):
        restore(Wish(tmp_path / "x.tar", tmp_path / "again"))


@pytest.mark.parametrize("manifest", [{"format": 2}, {"store": 4}])
def test_a_backup_of_a_newer_console(tmp_path: Path, manifest: dict[str, int]) -> None:
    path = packed(tmp_path / "x.tar", {"console.db": b"x"}, **manifest)
    with pytest.raises(StoreError, match=r"was made by the newer console 9\.9"):
        restore(Wish(path, tmp_path / "again"))


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil"])
def test_a_backup_that_reaches_out_of_its_place(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "x.tar", {name: b"evil"})
    with pytest.raises(StoreError, match="is damaged"):
        restore(Wish(path, tmp_path / "deep" / "again"))
    assert list(tmp_path.rglob("evil")) == []


def test_a_link_in_a_backup_is_not_followed(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.tar", {"console.toml": b""})
    with tarfile.open(path, "w") as tar:
        text = json.dumps(
            {
                "at": "",
                "console": "1",
                "store": 3,
                "facts": 1,
                "digest": "",
                "files": {"console.toml": [0, ""]},
                "format": 1,
            }
        ).encode()
        entry = tarfile.TarInfo(backup.MANIFEST)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
        link = tarfile.TarInfo("console.toml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(StoreError, match="is damaged"):
        restore(Wish(path, tmp_path / "again"))


@pytest.mark.parametrize("share", [0.999, 0.9, 0.5, 0.1, 0.02])
def test_a_backup_cut_short(desk: Desk, case: int, tmp_path: Path, share: float) -> None:
    target = made(desk, tmp_path / "b.tar")
    manifest = backup.check(target, tmp_path)
    whole = target.read_bytes()
    # The end of a tar is padding; what counts ends with the last file.
    used = sum(512 + -(-size // 512) * 512 for size, _ in manifest.files.values())
    target.write_bytes(whole[: int(used * share)])
    with pytest.raises(StoreError, match=r"is cut short|is damaged"):
        restore(Wish(target, tmp_path / "again"))
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("place", [600, 3000, 40_000, 100_000])
def test_a_damaged_backup(desk: Desk, case: int, tmp_path: Path, place: int) -> None:
    target = made(desk, tmp_path / "b.tar")
    with target.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 0x40]))
    with pytest.raises(StoreError, match=r"is damaged|is cut short|no backup"):
        restore(Wish(target, tmp_path / "again"))
    assert not (tmp_path / "again").exists()
