"""A backup taken while others write holds everything, is checked, and is readable by its
owner only."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest

from console.cli.restoring import Wish, restore
from console.desk import Desk
from console.desk.verification import verify
from console.installation import open_desk
from console.store import backup
from console.store.errors import StoreError
from console.store.store import FILE
from tests.installations import CommandLine, HandSet
from tests.store.backups import LIN, furnished, left_over, made, members


@pytest.fixture
def case(desk: Desk, data: Path) -> int:
    return furnished(desk, data)


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


def test_the_copy_in_it_needs_nothing_beside_it(desk: Desk, case: int, tmp_path: Path) -> None:
    target = made(desk, tmp_path / "b.tar")
    with tarfile.open(target) as tar:
        tar.extract(FILE, tmp_path / "out", filter="data")
    os.chmod(tmp_path / "out" / FILE, 0o400)
    with closing(sqlite3.connect(f"file:{tmp_path}/out/{FILE}?mode=ro", uri=True)) as copied:
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copied.execute("PRAGMA journal_mode").fetchone() == ("delete",)


# --- by command line


def test_by_command_line(desk: Desk, case: int, tmp_path: Path, console: CommandLine) -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    target = tmp_path / "b.tar"
    answer = console("backup", str(target))
    assert answer.code == 0
    assert answer.out.startswith(f"Backed up to {target}: {desk.last_seq() - 1} facts.\n")
    assert console("backup", str(target), who="he").code == 1
    both = ("--encrypt", key, "--passphrase-file", "x")
    assert console.refused("backup", str(target), *both)["rule"] == "backup"
    assert console.json("backup", str(target), "--encrypt", key)["encrypted"] is True
    assert console("backup", str(tmp_path / "none" / "b.tar")).code == 2


def test_somebody_with_the_right_signs_for_it(
    desk: Desk, case: int, tmp_path: Path, console: CommandLine
) -> None:
    assert console("backup", str(tmp_path / "b.tar"), who="lin").code == 0
    assert desk.follow(desk.last_seq() - 1)[0].actor == "lin"
