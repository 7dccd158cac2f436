"""The journal: facts in sequence, chained by hash."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.facts import Fact
from console.store import checking, journal
from console.store.journal import GENESIS, digest_of, written
from console.store.store import Store

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


def facts(count: int, start: int = 1) -> list[Fact]:
    return [
        Fact(n, 1000 + n, 2000 + n, "lin", "seat", f"case:{n % 3}", "noted", {"text": f"第{n}条"})
        for n in range(start, start + count)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.close()


def append(store: Store, new: list[Fact]) -> None:
    with store.writing() as tx:
        tx.append(new, tx.head()[1])


def test_an_empty_journal(store: Store) -> None:
    assert journal.head(store.connection) == (0, GENESIS)
    assert store.follow(0) == []
    assert checking.broken_link(store.connection) == (0, None)


def test_what_was_written_is_read_back(store: Store) -> None:
    append(store, facts(5))
    append(store, facts(5, start=6))
    read = store.follow(0)
    assert [
        (f.seq, f.at, f.recorded, f.actor, f.seat, f.subject, f.kind, f.body) for f in read
    ] == [(f.seq, f.at, f.recorded, f.actor, f.seat, f.subject, f.kind, f.body) for f in facts(10)]
    assert [f.seq for f in store.load("case:1")] == [1, 4, 7, 10]
    assert [f.seq for f in store.load("case:1", after=4)] == [7, 10]
    assert [f.seq for f in store.follow(3, limit=2)] == [4, 5]
    assert store.changed_since(8) == (10, {"case:0", "case:1"})
    assert store.changed_since(10) == (10, set())
    assert store.last_seq() == 10


def test_every_fact_is_chained_to_the_one_before(store: Store) -> None:
    append(store, facts(3))
    append(store, facts(3, start=4))
    previous = GENESIS.hex()
    for fact in store.follow(0):
        assert fact.previous == previous
        previous = fact.digest
    assert checking.broken_link(store.connection) == (6, None)


def test_the_chain_can_be_recomputed_without_the_console(store: Store) -> None:
    append(store, facts(2))
    digest = bytes(32)
    for row in store.connection.execute("SELECT * FROM journal ORDER BY seq"):
        parts = [str(column).encode() for column in row[:8]]
        framed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        digest = hashlib.sha256(digest + framed).digest()
        assert row[9] == digest


ROW = (1, 1000, 2000, "lin", "seat", "case:1", "noted", "{}")


@pytest.mark.parametrize("column", range(len(ROW)))
def test_the_digest_changes_with_any_column(column: int) -> None:
    changed: list[Any] = list(ROW)
    changed[column] = changed[column] + 1 if column < 3 else changed[column] + "x"
    assert digest_of(GENESIS, tuple(changed)) != digest_of(GENESIS, ROW)  # type: ignore[arg-type]
    assert digest_of(b"\x01" + GENESIS[1:], ROW) != digest_of(GENESIS, ROW)


def test_moving_a_character_to_the_next_column_changes_the_digest() -> None:
    shifted = (1, 1000, 2000, "lins", "eat", "case:1", "noted", "{}")
    assert digest_of(GENESIS, shifted) != digest_of(GENESIS, ROW)


@given(JSON)
def test_a_body_is_written_in_one_way_only(body: Any) -> None:
    text = written(body)
    assert json.loads(text) == body
    assert written(json.loads(text)) == text
    if isinstance(body, dict):
        assert written(dict(reversed(body.items()))) == text


COLUMNS = (
    "seq",
    "at",
    "recorded",
    "actor",
    "seat",
    "subject",
    "kind",
    "body",
    "previous",
    "digest",
)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_behind_our_back_is_found_where_it_was_made(store: Store, column: str) -> None:
    append(store, facts(6))
    numeric = column in ("seq", "at", "recorded")
    value = f"{column} + 100" if numeric else f"CAST(substr({column}, 2) || 'x' AS TEXT)"
    if column in ("previous", "digest"):
        value = "randomblob(32)"
    store.connection.execute(f"UPDATE journal SET {column} = {value} WHERE seq = 3")
    checked, broken = checking.broken_link(store.connection)
    assert broken is not None
    assert checked in (2, 3)
    assert broken.seq in ((4,) if column == "seq" else (3,))


@pytest.mark.parametrize("gone", [1, 3])
def test_a_missing_fact_is_found(store: Store, gone: int) -> None:
    append(store, facts(6))
    store.connection.execute("DELETE FROM journal WHERE seq = ?", (gone,))
    checked, broken = checking.broken_link(store.connection)
    assert broken is not None
    assert (checked, broken.seq) == (gone - 1, gone + 1)


def test_two_facts_cannot_have_one_number(store: Store) -> None:
    append(store, facts(2))
    with pytest.raises(Exception, match="UNIQUE"), store.writing() as tx:
        tx.append(facts(1, start=2), tx.head()[1])
    assert store.last_seq() == 2


def test_long_journals_are_read_in_batches(store: Store) -> None:
    append(store, facts(4100))
    assert [row[0] for row in journal.raw(store.connection)] == list(range(1, 4101))
    assert checking.broken_link(store.connection) == (4100, None)


def test_nothing_is_written_outside_a_transaction(store: Store) -> None:
    with contextlib.suppress(RuntimeError), store.writing() as tx:
        tx.append(facts(3), tx.head()[1])
        raise RuntimeError
    assert store.last_seq() == 0
