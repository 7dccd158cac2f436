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

from console.domain.erasure import ERASED
from console.domain.facts import Fact
from console.store import checking, journal
from console.store.journal import GENESIS, digest_of, seal_of, written
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
        seq, at, recorded, actor, seat, subject, kind, body, previous, chained, salt, seal = row
        about = subject.encode()
        assert seal == hashlib.sha256(salt + framed(about) + body.encode()).digest()
        before = digest
        parts = [str(one).encode() for one in (seq, at, recorded, actor, seat, kind)]
        digest = hashlib.sha256(digest + b"".join(map(framed, parts)) + seal).digest()
        assert (previous, chained) == (before, digest)


def framed(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def test_every_record_has_a_salt_of_its_own(store: Store) -> None:
    append(store, facts(50))
    salts = [row[10] for row in journal.raw(store.connection)]
    assert {len(salt) for salt in salts} == {journal.SALT_BYTES}
    assert len(set(salts)) == 50


ROW = (1, 1000, 2000, "lin", "seat", "noted")
SEAL = seal_of(b"salt", "case:1", "{}")


@pytest.mark.parametrize("column", range(len(ROW)))
def test_the_digest_changes_with_any_column(column: int) -> None:
    changed: list[Any] = list(ROW)
    changed[column] = changed[column] + 1 if column < 3 else changed[column] + "x"
    assert digest_of(GENESIS, tuple(changed), SEAL) != digest_of(GENESIS, ROW, SEAL)  # type: ignore[arg-type]


def test_the_digest_changes_with_what_came_before_and_with_the_seal() -> None:
    assert digest_of(b"\x01" + GENESIS[1:], ROW, SEAL) != digest_of(GENESIS, ROW, SEAL)
    assert digest_of(GENESIS, ROW, SEAL[::-1]) != digest_of(GENESIS, ROW, SEAL)


@pytest.mark.parametrize(
    "other",
    [
        (b"Salt", "case:1", "{}"),
        (b"salt", "case:2", "{}"),
        (b"salt", "case:1", "[]"),
        (b"salt", "case:1{", "}"),
        (b"sal", "tcase:1", "{}"),
    ],
)
def test_the_seal_changes_with_salt_subject_and_body(other: tuple[bytes, str, str]) -> None:
    assert seal_of(*other) != SEAL


def test_moving_a_character_to_the_next_column_changes_the_digest() -> None:
    shifted = (1, 1000, 2000, "lins", "eat", "noted")
    assert digest_of(GENESIS, shifted, SEAL) != digest_of(GENESIS, ROW, SEAL)


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
    "salt",
    "seal",
)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_behind_our_back_is_found_where_it_was_made(store: Store, column: str) -> None:
    append(store, facts(6))
    numeric = column in ("seq", "at", "recorded")
    value = f"{column} + 100" if numeric else f"CAST(substr({column}, 2) || 'x' AS TEXT)"
    if column in ("previous", "digest", "salt", "seal"):
        value = "randomblob(32)"
    store.connection.execute(f"UPDATE journal SET {column} = {value} WHERE seq = 3")
    checked, broken = checking.broken_link(store.connection)
    assert broken is not None
    assert checked in (2, 3)
    assert broken.seq in ((4,) if column == "seq" else (3,))


def test_words_taken_out_without_a_record_of_it_are_found(store: Store) -> None:
    append(store, facts(6))
    with store.writing() as tx:
        journal.erase(tx.connection, 3, "case:0", "{}")
    checked, broken = checking.broken_link(store.connection)
    assert checked == 2
    assert broken == (3, "was changed or erased without a record of it")


def erased(store: Store, seqs: list[int]) -> None:
    """Erase facts as the desk does: other words, and a fact that says so."""
    with store.writing() as tx:
        last, digest = tx.head()
        for seq in seqs:
            journal.erase(tx.connection, seq, "case:0", "{}")
        told = {str(seq): journal.digest_of_rest("case:0", "{}") for seq in seqs}
        fact = Fact(last + 1, 9000, 9000, "lin", "seat", "case:0", ERASED, {"facts": told})
        tx.append([fact], digest)


def test_what_was_erased_leaves_the_chain_whole(store: Store) -> None:
    append(store, facts(6))
    erased(store, [2, 3])
    append(store, facts(2, start=8))
    assert checking.broken_link(store.connection) == (9, None)


@pytest.mark.parametrize("edit", ["body = '[]'", "subject = 'case:7'", "seal = randomblob(32)"])
def test_what_was_left_of_an_erased_fact_is_still_guarded(store: Store, edit: str) -> None:
    append(store, facts(6))
    erased(store, [2, 3])
    store.connection.execute(f"UPDATE journal SET {edit} WHERE seq = 3")
    _, broken = checking.broken_link(store.connection)
    assert broken is not None
    assert broken.seq == 3


def test_an_erasure_somebody_changed_covers_nothing(store: Store) -> None:
    append(store, facts(6))
    erased(store, [3])
    store.connection.execute("UPDATE journal SET body = replace(body, '3', '4') WHERE seq = 7")
    assert checking.broken_link(store.connection)[1] == (
        3,
        "was changed or erased without a record of it",
    )


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
