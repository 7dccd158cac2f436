"""A store of an older version is brought up once, under lock, with a copy kept beside it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from console.cli.main import main
from console.desk import Desk, Who
from console.desk.verification import verify
from console.installation import open_desk
from console.speech import Speech
from console.store import journal, schema, sealing
from console.store.errors import StoreError
from console.store.store import FILE, Store
from tests.installations import OPENING, HandSet
from tests.store.old import HEAD_2, VERSION_2, version_2


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return version_2(tmp_path / "data")


def opened(directory: Path) -> Desk:
    return open_desk(directory, HandSet())


def says(desk: Desk) -> list[str]:
    return [Speech("en").say(problem) for problem in verify(desk).problems]


def lines(path: Path) -> list[str]:
    """Everything in a database, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), str(schema.version_of(connection))]


def facts(path: Path) -> list[tuple[object, ...]]:
    """What the journal says, without how it is sealed."""
    with closing(sqlite3.connect(path)) as connection:
        told = "seq, at, recorded, actor, seat, subject, kind, body"
        return connection.execute(f"SELECT {told} FROM journal ORDER BY seq").fetchall()


def test_every_fact_and_everything_folded_from_them_is_there(old: Path) -> None:
    before = facts(old / FILE)
    desk = opened(old)
    assert facts(old / FILE)[: len(before)] == before
    assert says(desk) == []
    assert desk.case(1002).state == "closed"
    assert [row.case for row in desk.board()] == [1003]
    assert desk.has_pin("lin")
    desk.do("note", {"case": 1003, "text": "x"}, Who("lin"))
    assert says(desk) == []
    desk.store.close()


def test_what_the_old_chain_ended_in_is_remembered_and_chained(old: Path) -> None:
    desk = opened(old)
    [fact] = desk.store.load(sealing.SUBJECT)
    assert fact.kind == sealing.UPGRADED
    assert fact.body == {"from": 2, "to": 3, "facts": 105, "digest": HEAD_2}
    assert json.loads(desk.store.meta(sealing.CHAIN_BEFORE)) == fact.body
    desk.store.close()


def test_the_old_store_is_kept_beside_it_for_its_owner_only(old: Path) -> None:
    before = lines(old / FILE)
    opened(old).store.close()
    [kept] = old.glob("console-v2-*.db")
    assert lines(kept) == before
    assert kept.stat().st_mode & 0o777 == 0o600
    opened(old).store.close()
    assert [*old.glob("console-v2-*.db")] == [kept]


def test_a_new_store_keeps_no_copy_and_tells_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.last_seq() == 0
    assert [path for path in tmp_path.iterdir() if path.name.startswith("console-v")] == []
    store.close()


def in_processes(count: int, act: Callable[[], object]) -> list[int]:
    """Do something in so many processes at once. -> how each of them ended."""
    children = []
    for _ in range(count):
        child = os.fork()
        if child == 0:
            try:
                act()
            except BaseException:
                os._exit(1)
            os._exit(0)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def test_many_seats_that_start_at_once_bring_it_up_once(old: Path) -> None:
    assert in_processes(8, partial(opened, old)) == [0] * 8
    assert len([*old.glob("console-v2-*.db")]) == 1
    desk = opened(old)
    assert len(desk.store.load(sealing.SUBJECT)) == 1
    assert says(desk) == []
    desk.store.close()


@pytest.mark.parametrize("moment", ["copied", "half", "chained"])
def test_killed_in_the_middle_the_old_store_is_whole(
    old: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    before = lines(old / FILE)
    with monkeypatch.context() as patch:
        if moment == "copied":
            patch.setattr(schema, "migrate", killed)
        elif moment == "half":
            patch.setattr(journal, "put", killed)
        else:
            patch.setattr(journal, "append", killed)
        assert in_processes(1, partial(Store, old)) == [-signal.SIGKILL]
    assert lines(old / FILE) == before
    desk = opened(old)
    assert says(desk) == []
    desk.store.close()


def test_killed_before_everything_is_folded_it_is_folded_next_time(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as patch:
        patch.setattr("console.store.writing.Writing.put_watch", killed)
        assert in_processes(1, lambda: opened(old)) == [-signal.SIGKILL]
    desk = opened(old)
    assert says(desk) == []
    desk.store.close()


def test_without_room_for_the_copy_nothing_is_touched(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        error = sqlite3.OperationalError("disk full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    before = lines(old / FILE)
    with monkeypatch.context() as patch:
        patch.setattr("console.store.copying.settle", full)
        with pytest.raises(StoreError, match="The disk is full"):
            Store(old)
    assert lines(old / FILE) == before
    assert [path.name for path in old.iterdir() if "console-v" in path.name] == []


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        ("UPDATE journal SET body = replace(body, '停机', '停电') WHERE seq = 103", 103),
        ("UPDATE journal SET previous = zeroblob(32) WHERE seq = 50", 50),
        ("DELETE FROM journal WHERE seq = 60", 61),
    ],
)
def test_what_was_wrong_before_is_not_covered_up(old: Path, edit: str, place: int) -> None:
    with closing(sqlite3.connect(old / FILE, isolation_level=None)) as connection:
        assert connection.execute(edit).rowcount == 1
    desk = opened(old)
    assert f"Fact {place} did not fit the journal when the store was upgraded." in says(desk)
    desk.store.close()


def test_a_console_of_the_older_version_cannot_write_into_it(old: Path) -> None:
    opened(old).store.close()
    with closing(sqlite3.connect(old / FILE)) as connection:
        told = "seq, at, recorded, actor, seat, subject, kind, body, previous, digest"
        with pytest.raises(sqlite3.IntegrityError, match="salt"):
            connection.execute(
                f"INSERT INTO journal({told}) VALUES (200,1,1,'lin','','case:1','noted','{{}}',"
                "zeroblob(32),zeroblob(32))"
            )


def test_a_newer_store_is_refused_by_every_door(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(old / FILE, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = lines(old / FILE)
    assert main(["show", "board", "--data", str(old), "--lang", "en"]) == 2
    assert "This store is of version 4; this console knows version 3." in capsys.readouterr().err
    assert lines(old / FILE) == before
    assert [path.name for path in old.iterdir() if "console-v" in path.name] == []


def test_projections_another_console_laid_down_are_folded_anew(old: Path) -> None:
    desk = opened(old)
    with desk.store.writing() as tx:
        tx.put_meta("projected", "1")
        tx.connection.execute("DELETE FROM board")
        tx.connection.execute("UPDATE calls SET row = '{}'")
    desk.store.close()
    desk = opened(old)
    assert says(desk) == []
    assert [row.case for row in desk.board()] == [1003]
    desk.store.close()


def test_the_kept_example_is_what_version_2_wrote() -> None:
    """No salts, calls that know of `returned_at`, and nothing anybody edited since."""
    text = VERSION_2.read_text("utf-8")
    assert "PRAGMA user_version = 2;" in text
    assert "returned_at" in text
    assert "salt" not in text.split("\n", 2)[2]
    assert OPENING["contact_phone"].removeprefix("0") in text
