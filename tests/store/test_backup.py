"""A backup taken while others write holds everything, is checked, and is readable by its
owner only."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest

from console.cli.restoring import Wish, restore
from console.desk import Desk, Who
from console.desk.backing_up import back_up
from console.desk.verification import verify
from console.domain.people import SYSTEM
from console.installation import open_desk
from console.store import backup, encrypting
from console.store.drafts import Drafts, Kept
from console.store.encrypting import Secrets
from console.store.errors import StoreError
from console.store.store import FILE
from tests.installations import OPENING, CommandLine, HandSet

LIN = Who("lin")
PLAIN = Secrets()


@pytest.fixture
def case(desk: Desk, data: Path) -> int:
    """Something of everything an installation keeps."""
    drafts = Drafts(data)
    drafts.keep(Kept("lin", "intake:k9", "s1", 1, {"need": "half a word"}))
    drafts.close()
    (data / "plugins").mkdir()
    (data / "plugins" / "acme.py").write_text("# a plugin\n", "utf-8")
    (data / "calendars").mkdir()
    (data / "calendars" / "cn-2030.json").write_text("{}", "utf-8")
    return desk.do("open", OPENING, LIN).case


def members(path: Path) -> list[str]:
    with tarfile.open(path) as tar:
        return tar.getnames()


def made(desk: Desk, target: Path, secrets: Secrets = PLAIN) -> Path:
    back_up(desk, target, secrets, SYSTEM, "")
    return target


def left_over(data: Path, target: Path) -> list[Path]:
    """What making a backup has left lying about."""
    return [path for place in (data, target.parent) for path in place.glob(".*")]


def test_everything_but_the_signing_key_is_in_it(
    desk: Desk, data: Path, case: int, tmp_path: Path, console: CommandLine
) -> None:
    assert console("checkpoint").code == 0
    target = made(desk, tmp_path / "b.tar")
    names = members(target)
    assert names[:3] == [backup.MANIFEST, "console.db", "drafts.db"]
    assert names[3:] == [*sorted(names[3 : names.index("calendars/cn-2030.json")]), *names[-2:]]
    assert {"console.toml", "slots.toml", "phone.toml", "plugins/acme.py"} <= set(names)
    assert {"checkpoints.jsonl", "checkpoint.pub"} <= set(names)
    assert not {name for name in names if "key" in name or "lock" in name or "lease" in name}


def test_it_is_for_its_owner_only_and_leaves_nothing_behind(
    desk: Desk, data: Path, case: int, tmp_path: Path
) -> None:
    target = made(desk, tmp_path / "b.tar")
    assert target.stat().st_mode & 0o777 == 0o600
    assert left_over(data, target) == []
    with tarfile.open(target) as tar:
        assert {entry.mode for entry in tar} == {0o600}


def test_it_is_written_down(desk: Desk, case: int, tmp_path: Path) -> None:
    last = desk.last_seq()
    target = made(desk, tmp_path / "b.tar")
    fact = desk.follow(last)[-1]
    assert (fact.kind, fact.subject, fact.actor) == ("backed_up", "store:backup", "console")
    assert fact.body == {
        "file": str(target),
        "facts": last,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "encrypted": False,
    }
    assert verify(desk).problems == ()


def test_the_same_installation_gives_the_same_settings_in_the_same_order(
    desk: Desk, case: int, tmp_path: Path
) -> None:
    one, other = made(desk, tmp_path / "1.tar"), made(desk, tmp_path / "2.tar")
    assert members(one) == members(other)
    with tarfile.open(one) as first, tarfile.open(other) as second:
        for name in members(one)[3:]:
            assert first.extractfile(name).read() == second.extractfile(name).read()  # type: ignore[union-attr]


def test_while_others_write_it_holds_one_moment(
    desk: Desk, data: Path, case: int, tmp_path: Path, now: HandSet
) -> None:
    stop, failures = threading.Event(), []

    def write() -> None:
        other = open_desk(data, now)
        try:
            while not stop.is_set():
                other.do("note", {"case": case, "text": "x"}, LIN)
        except BaseException as failure:
            failures.append(failure)
        other.store.close()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    targets = [made(desk, tmp_path / f"{turn}.tar") for turn in range(4)]
    stop.set()
    for writer in writers:
        writer.join()
    assert failures == []
    facts = [backup.check(target, tmp_path).facts for target in targets]
    assert facts == sorted(facts)
    restored = restore(Wish(targets[-1], tmp_path / "again"))
    assert restored.facts == facts[-1] + 1


def test_one_at_a_time(desk: Desk, case: int, tmp_path: Path) -> None:
    lease = desk.lease("backup")
    assert lease.take()
    with pytest.raises(StoreError, match="Another backup is being made"):
        made(desk, tmp_path / "b.tar")
    lease.release()
    made(desk, tmp_path / "b.tar")


def test_what_a_killed_backup_left_is_cleared_away(
    desk: Desk, data: Path, case: int, tmp_path: Path
) -> None:
    left = data / ".backup-dead"
    left.mkdir()
    (left / FILE).write_bytes(b"x")
    made(desk, tmp_path / "b.tar")
    assert not left.exists()


def test_an_earlier_backup_stays_when_the_new_one_fails(
    desk: Desk, data: Path, case: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = made(desk, tmp_path / "b.tar")
    before, last = target.read_bytes(), desk.last_seq()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("console.desk.backing_up.shutil.copyfile", full)
    with pytest.raises(StoreError, match=r"No backup could be written .*: No space left"):
        made(desk, target)
    assert target.read_bytes() == before
    assert desk.last_seq() == last
    assert left_over(data, target) == []


@pytest.mark.parametrize("target", ["none/b.tar", "."])
def test_a_place_that_cannot_be_written_to(
    desk: Desk, case: int, tmp_path: Path, target: str
) -> None:
    with pytest.raises(StoreError, match="No backup could be written"):
        made(desk, tmp_path / target)


def test_a_broken_journal_is_no_backup(desk: Desk, case: int, tmp_path: Path) -> None:
    desk.store._writer.execute("UPDATE journal SET actor = 'x' WHERE seq = 3")
    with pytest.raises(StoreError, match="The journal that was copied is broken at fact 3"):
        made(desk, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


def test_a_disk_that_writes_something_else_is_noticed(
    desk: Desk, case: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def badly(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1] + b"!")

    monkeypatch.setattr("console.desk.backing_up.shutil.copyfile", badly)
    with pytest.raises(StoreError, match="is not what was copied"):
        made(desk, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


# --- encrypted


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


# --- what is no backup


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


# --- by command line


def test_by_command_line(
    desk: Desk, case: int, tmp_path: Path, console: CommandLine, identity: tuple[str, str]
) -> None:
    target = tmp_path / "b.tar"
    answer = console("backup", str(target))
    assert answer.code == 0
    assert answer.out.startswith(f"Backed up to {target}: {desk.last_seq() - 1} facts.\n")
    assert console("backup", str(target), who="he").code == 1
    both = ("--encrypt", identity[0], "--passphrase-file", "x")
    assert console.refused("backup", str(target), *both)["rule"] == "backup"
    assert console.json("backup", str(target), "--encrypt", identity[0])["encrypted"] is True
    assert console("backup", str(tmp_path / "none" / "b.tar")).code == 2


def test_somebody_with_the_right_signs_for_it(
    desk: Desk, case: int, tmp_path: Path, console: CommandLine
) -> None:
    assert console("backup", str(tmp_path / "b.tar"), who="lin").code == 0
    assert desk.follow(desk.last_seq() - 1)[0].actor == "lin"


def test_the_copy_in_it_needs_nothing_beside_it(desk: Desk, case: int, tmp_path: Path) -> None:
    target = made(desk, tmp_path / "b.tar")
    with tarfile.open(target) as tar:
        tar.extract(FILE, tmp_path / "out", filter="data")
    os.chmod(tmp_path / "out" / FILE, 0o400)
    with closing(sqlite3.connect(f"file:{tmp_path}/out/{FILE}?mode=ro", uri=True)) as copied:
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copied.execute("PRAGMA journal_mode").fetchone() == ("delete",)
