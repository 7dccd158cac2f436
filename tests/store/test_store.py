"""Opening and writing a store, and everything that can go wrong with it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.facts import Fact
from console.domain.people import Person
from console.store import schema
from console.store.errors import StoreError, explained
from console.store.store import FILE, Store


def fact(seq: int, text: str = "x") -> Fact:
    return Fact(seq, 1, 1, "lin", "", "case:1", "noted", {"text": text})


def note(store: Store, text: str = "x") -> int:
    """Append one fact; its number."""
    with store.writing() as tx:
        seq, digest = tx.head()
        tx.append([fact(seq + 1, text)], digest)
    return seq + 1


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.close()


def refused(directory: Path) -> str:
    with pytest.raises(StoreError) as caught:
        Store(directory)
    assert caught.value.remedy.text
    return str(caught.value)


# --- opening


def test_a_new_store_is_made_once(tmp_path: Path) -> None:
    first = Store(tmp_path)
    note(first)
    first.close()
    again = Store(tmp_path)
    assert again.last_seq() == 1
    assert schema.version_of(again.connection) == schema.VERSION
    again.close()


def test_every_commit_reaches_the_disk(store: Store) -> None:
    for connection in (store.connection, store._writer):
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_no_directory(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone") == f"There is no data directory {tmp_path / 'gone'}."


def test_a_file_in_place_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "There is no data directory" in refused(tmp_path / "file")


def test_a_directory_one_may_not_write_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    assert refused(tmp_path) == f"The data directory {tmp_path} cannot be used: not writable."
    assert list(tmp_path.iterdir()) == []


def test_a_directory_in_place_of_the_lock(tmp_path: Path) -> None:
    (tmp_path / "console.lock").mkdir()
    assert "cannot be used: Is a directory" in refused(tmp_path)


def test_a_directory_in_place_of_the_store(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert refused(tmp_path) == "The store cannot be opened."


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("Dear diary, " * 200)
    assert refused(tmp_path) == "The file is not a store of this console."
    assert (tmp_path / FILE).read_text().startswith("Dear diary")


def test_a_store_of_a_newer_console(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert refused(tmp_path) == (
        f"This store is of version 99; this console knows version {schema.VERSION}."
    )


def test_a_store_whose_beginning_was_overwritten(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with (tmp_path / FILE).open("r+b") as file:
        file.write(b"\0" * 100)
    assert refused(tmp_path) == "The file is not a store of this console."


def test_a_store_whose_middle_was_overwritten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    note(store, "x" * 100_000)
    store.close()
    path = tmp_path / FILE
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    with pytest.raises(StoreError, match=r"The store is damaged\."):
        note(Store(tmp_path))


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_database: object) -> None:
        raise sqlite3.OperationalError("no such luck")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "_first", fails)
        assert "no such luck" in refused(tmp_path)
    store = Store(tmp_path)
    assert note(store) == 1
    store.close()


# --- writing


def limit_pages(store: Store, pages: int) -> None:
    store._writer.execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_loses_nothing_and_passes(store: Store) -> None:
    before = [note(store) for _ in range(3)]
    [[pages]] = store._writer.execute("PRAGMA page_count").fetchall()
    limit_pages(store, pages)
    with pytest.raises(StoreError, match=r"The disk is full; nothing was written\."):
        note(store, "y" * 50_000)
    assert store.last_seq() == len(before)
    limit_pages(store, 1_000_000)
    assert note(store, "y" * 50_000) == len(before) + 1
    assert [f.body["text"][0] for f in store.follow(0)] == ["x", "x", "x", "y"]


def fill(store: Store) -> int:
    """Write until the disk is full; how many facts were acknowledged."""
    for written in range(500):
        try:
            note(store, "z" * 500)
        except StoreError as error:
            full = str(error) == "The disk is full; nothing was written."
            return written if full else -1
    return -1


def test_a_full_disk_at_the_commit(store: Store) -> None:
    """Small facts fit the cache: the disk fills only when they are written out."""
    [[pages]] = store._writer.execute("PRAGMA page_count").fetchall()
    limit_pages(store, pages)
    written = fill(store)
    assert store.last_seq() == written > 0
    limit_pages(store, 1_000_000)
    assert note(store) == written + 1


def test_a_store_held_by_somebody_else(store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store._writer.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(StoreError, match="Another program has held the store for too long"):
        note(store)
    other.execute("ROLLBACK")
    other.close()
    assert note(store) == 1


def test_a_read_only_store(store: Store) -> None:
    store._writer.execute("PRAGMA query_only = 1")
    with pytest.raises(StoreError, match="The store may only be read here"):
        note(store)
    store._writer.execute("PRAGMA query_only = 0")
    assert note(store) == 1


def test_what_raises_inside_is_undone_and_the_next_write_works(store: Store) -> None:
    with contextlib.suppress(KeyError), store.writing() as tx:
        tx.append([fact(1)], tx.head()[1])
        assert tx.last_seq() == 1
        raise KeyError
    assert store.last_seq() == 0
    assert note(store) == 1


def test_a_writer_sees_its_own_transaction_others_do_not(store: Store) -> None:
    with store.writing() as tx:
        tx.append([fact(1)], tx.head()[1])
        assert (tx.last_seq(), store.last_seq()) == (1, 0)
    assert store.last_seq() == 1


def test_a_commit_elsewhere_changes_the_data_version(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path)
    version = store.data_version()
    assert store.data_version() == version
    note(other)
    assert store.data_version() != version
    other.close()


def test_what_is_taken_away_leaves_nothing_behind(store: Store) -> None:
    for connection in (store._writer, store.connection):
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_unknown_faults_keep_their_own_words() -> None:
    assert str(explained(sqlite3.OperationalError("odd"))) == "The store refused: odd."


def test_reading_a_damaged_store_is_explained(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for _ in range(50):
        note(store, "x" * 2000)
    store.close()
    path = tmp_path / FILE
    with path.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\xa5" * (path.stat().st_size - 8 * 4096))
    with pytest.raises(StoreError, match="damaged"):
        Store(tmp_path).follow(0)


# --- what else it remembers


def test_meta_people_and_credentials(store: Store) -> None:
    assert store.meta("lease") == ""
    assert store.credentials("lin") is None
    person = Person("lin", "林晓", frozenset(("operator",)), "+8613955501953", "8001", False)
    with store.writing() as tx:
        tx.put_meta("lease", "seat 1")
        tx.put_credentials("lin", "hash", 2, 99)
        tx.put_person(person, 7)
    assert store.meta("lease") == "seat 1"
    assert store.credentials("lin") == ("hash", 2, 99)
    assert store.people() == [person]
    assert store.people_version() == 7
