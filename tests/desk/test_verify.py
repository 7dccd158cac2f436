"""Whatever is changed behind the console's back is found, and named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from console.desk import Desk, Who
from console.desk.verification import Report, verify
from console.installation import open_desk
from console.speech import Speech
from tests.installations import OPENING, HandSet, copy, make
from tests.store.doings import do, doings

LIN = Who("lin")


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with some of everything in it."""
    directory = make(tmp_path_factory.mktemp("busy") / "data")
    now = HandSet()
    desk = open_desk(directory, now)
    source = random.Random(7)
    work = doings(source)
    for _ in range(120):
        now.at += source.choice((0, 30, 400))
        do(desk, next(work))
    desk.do("ring", {"number": "13955501953", "call": "m"}, LIN)
    desk.do("miss_call", {"call": "m"}, LIN)
    desk.do("open", OPENING, LIN)
    desk.store.close()
    return directory


@pytest.fixture
def desk(busy: Path, tmp_path: Path) -> Desk:
    return open_desk(copy(busy, tmp_path / "data"))


def change(desk: Desk, statement: str, *values: object) -> None:
    changed = desk.store._writer.execute(statement, values)
    assert changed.rowcount == 1, statement


def says(report: Report) -> list[str]:
    return [Speech("en").say(problem) for problem in report.problems]


def test_a_sound_store(desk: Desk) -> None:
    report = verify(desk)
    assert says(report) == []
    assert report.facts == desk.store.last_seq()
    assert (report.cases, report.calls) == (len(desk.find("彭")[0]), len(desk.calls(1000)))


def test_verifying_writes_nothing(desk: Desk) -> None:
    before = list(desk.store.connection.iterdump())
    verify(desk)
    assert list(desk.store.connection.iterdump()) == before


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
@pytest.mark.parametrize("kind", ["person_added", "call_rang", "case_opened", "filled"])
def test_one_byte_of_the_journal(desk: Desk, column: str, kind: str) -> None:
    read = f"SELECT seq, {column} FROM journal WHERE kind = ? ORDER BY seq LIMIT 1"
    seq, value = desk.store.connection.execute(read, (kind,)).fetchone()
    if isinstance(value, int):
        flipped: object = value ^ (1 << 20)
    elif isinstance(value, bytes):
        flipped = bytes([value[0] ^ 1]) + value[1:]
    else:
        flipped = value[:-1] + chr(ord(value[-1]) ^ 1) if value else "\x01"
    change(desk, f"UPDATE journal SET {column} = ? WHERE seq = ?", flipped, seq)
    report = verify(desk)
    named = [text for text in says(report) if text.startswith("Fact ")]
    place = seq + 1 if column == "seq" else seq
    assert len(named) == 1
    assert named[0].startswith(f"Fact {place} ")


@pytest.mark.parametrize("position", range(0, 90, 7))
def test_any_byte_of_a_body(desk: Desk, position: int) -> None:
    """Broken text, broken JSON, a key nobody knows: verifying goes on to the end."""
    seq, body = desk.store.connection.execute(
        "SELECT seq, CAST(body AS BLOB) FROM journal WHERE kind = 'filled' ORDER BY seq LIMIT 1"
    ).fetchone()
    flipped = body[:position] + bytes([body[position] ^ 0x81]) + body[position + 1 :]
    change(desk, "UPDATE journal SET body = CAST(? AS TEXT) WHERE seq = ?", flipped, seq)
    assert any(text.startswith(f"Fact {seq} ") for text in says(verify(desk)))


@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_a_fact_taken_out(desk: Desk, which: str) -> None:
    last = desk.store.last_seq()
    seq = {"first": 1, "middle": last // 2, "last": last}[which]
    change(desk, "DELETE FROM journal WHERE seq = ?", seq)
    assert says(verify(desk))


def test_a_fact_put_in(desk: Desk) -> None:
    last = desk.store.last_seq()
    change(
        desk,
        "INSERT INTO journal SELECT seq + 1, at, recorded, actor, seat, subject, kind, body, "
        "digest, digest, salt, seal FROM journal WHERE seq = ?",
        last,
    )
    assert f"Fact {last + 1} was changed after it was written." in says(verify(desk))


EDITS = [
    ("cases", "state = 'closed!'", "number = 1001", "1001"),
    ("cases", "owner = 'zhou'", "number = 1001", "1001"),
    ("cases", "phone = '110'", "number = 1001", "1001"),
    ("cases", "open = 1 - open", "number = 1001", "1001"),
    ("cases", "version = version + 1", "number = 1001", "1001"),
    ("board", "next_at = 1", "number = (SELECT min(number) FROM board)", ""),
    ("board", "row = replace(row, 'lin', 'zhou')", "number = (SELECT min(number) FROM board)", ""),
    ("calls", "state = 'ended!'", "key = 'k1'", "k1"),
    ("calls", "row = replace(row, '139', '138')", "key = 'k1'", "k1"),
    ("calls", "strip = 1 - strip", "key = 'k1'", "k1"),
    ("people", "row = replace(row, 'duty', 'admin')", "key = 'zhou'", "zhou"),
    ("people", "version = 0", "key = 'zhou'", "zhou"),
    ("case_values", "value = '\"x\"'", "number = 1001 AND field = 'need'", "1001 need"),
]


@pytest.mark.parametrize(("table", "edit", "where", "key"), EDITS)
def test_a_projection_edited_by_hand(
    desk: Desk, table: str, edit: str, where: str, key: str
) -> None:
    change(desk, f"UPDATE {table} SET {edit} WHERE {where}")
    [problem] = says(verify(desk))
    assert problem.startswith(f"{table}: row {key}")
    assert problem.endswith("is not what its facts say.")


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ("cases", "number = 1001"),
        ("board", "number = (SELECT min(number) FROM board)"),
        ("calls", "key = 'k1'"),
        ("people", "key = 'zhou'"),
        ("case_values", "number = 1001 AND field = 'need'"),
        ("watches", "subject = (SELECT min(subject) FROM watches)"),
    ],
)
def test_a_row_taken_out(desk: Desk, table: str, where: str) -> None:
    change(desk, f"DELETE FROM {table} WHERE {where}")
    [problem] = says(verify(desk))
    assert problem.startswith(f"{table}: row ")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (
            "cases",
            "SELECT 9999, version, open, state, line, category, division, owner, assignee, "
            "customer, phone, opened_at, closed_at, clocks FROM cases LIMIT 1",
        ),
        ("board", "SELECT 9999, next_at, row FROM board LIMIT 1"),
        ("people", "SELECT 'ghost', version, row FROM people LIMIT 1"),
        ("case_values", "SELECT 9999, field, value, spec_version FROM case_values LIMIT 1"),
    ],
)
def test_a_row_put_in(desk: Desk, table: str, row: str) -> None:
    change(desk, f"INSERT INTO {table} {row}")
    [problem] = says(verify(desk))
    assert problem.startswith(f"{table}: row ")
    assert problem.endswith("has no facts behind it.")


def test_a_damaged_file_is_reported_not_thrown(busy: Path, tmp_path: Path) -> None:
    data = copy(busy, tmp_path / "data")
    path = data / "console.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4096 // 2 * 4096)
        file.write(b"\xa5" * 4096)
    assert says(verify(open_desk(data)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("calendars_in_force", "{"),
        ("calendars_in_force", '["cn-office"]'),
        ("calendars_reckoned", '{"cn-office": 1}'),
        ("projected", "soon"),
        ("specs_kept", ""),
        ("chain_before", "{}"),
        ("delivery_tried", "never"),
        ("duties_since:power", "yesterday"),
        ("lucky_number", "7"),
    ],
)
def test_what_the_store_remembers_is_looked_at(desk: Desk, key: str, value: str) -> None:
    change(desk, "INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)
    assert f"meta: row {key} is not what its facts say." in says(verify(desk))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("ghost", "$argon2id$x", 0, 0), "credentials: row ghost has no facts behind it."),
        (("lin", "2468", 0, 0), "credentials: the PIN of lin is not stored as it should."),
        (("lin", "$argon2id$x", -1, 0), "credentials: the PIN of lin is not stored as it should."),
        (
            ("lin", "$argon2id$x", 0, None),
            "credentials: the PIN of lin is not stored as it should.",
        ),
    ],
)
def test_pins_are_looked_at(desk: Desk, row: tuple[object, ...], problem: str) -> None:
    change(desk, "INSERT INTO credentials VALUES (?, ?, ?, ?)", *row)
    assert says(verify(desk)) == [problem]


def test_words_put_in_place_of_erased_ones(desk: Desk) -> None:
    """Salt gone and another body: what an erasure leaves, without one on record."""
    seq = desk.store.connection.execute(
        "SELECT seq FROM journal WHERE kind = 'noted' ORDER BY seq LIMIT 1"
    ).fetchone()[0]
    change(desk, "UPDATE journal SET salt = x'', body = '{\"text\":\"\"}' WHERE seq = ?", seq)
    assert f"Fact {seq} was changed or erased without a record of it." in says(verify(desk))
