"""Signed checkpoints: what they say, where they go, and what they find."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.cli.main import main
from console.desk import Desk, Who, checkpointing
from console.desk.upkeep import Upkeep
from console.desk.verification import Signed, verify
from console.domain.zone import DAY
from console.installation import open_desk
from console.speech import Speech
from console.store import checkpoints, journal
from console.store.checkpoints import FILE, PRIVATE, PUBLIC, Checkpoint
from console.store.errors import StoreError
from tests.installations import OPENING, CommandLine, HandSet

LIN = Who("lin")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "usb" / "checkpoints.jsonl"


@pytest.fixture
def desk(data: Path, now: HandSet, elsewhere: Path) -> Iterator[Desk]:
    elsewhere.parent.mkdir()
    path = data / "console.toml"
    text = path.read_text("utf-8")
    text = text.replace("every = 1000", "every = 5").replace('to = ""', f'to = "{elsewhere}"')
    path.write_text(text, "utf-8")
    desk = open_desk(data, now)
    yield desk
    desk.store.close()


@pytest.fixture
def case(desk: Desk) -> int:
    return desk.do("open", OPENING, LIN).case


def lines(path: Path) -> list[Checkpoint]:
    return [one for one in checkpoints.read(path) if isinstance(one, Checkpoint)]


def says(desk: Desk, signed: Signed | None = None) -> list[str]:
    return [Speech("en").say(problem) for problem in verify(desk, signed).problems]


def notes(desk: Desk, case: int, count: int) -> None:
    for turn in range(count):
        desk.do("note", {"case": case, "text": str(turn)}, LIN)


# --- writing


def test_a_line_says_what_the_journal_had_come_to(desk: Desk, case: int, data: Path) -> None:
    made = checkpointing.write(desk)
    assert made is not None
    seq, digest = journal.head(desk.store.connection)
    assert (made.seq, made.digest, made.at) == (seq, digest.hex(), "2026-03-10T04:00:00Z")
    assert lines(data / FILE) == [made]
    assert says(desk) == []


def test_the_key_is_made_once_and_for_its_owner_only(desk: Desk, case: int, data: Path) -> None:
    first = checkpointing.write(desk)
    notes(desk, case, 1)
    second = checkpointing.write(desk)
    assert first is not None
    assert second is not None
    assert first.key == second.key
    assert (data / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert [*checkpoints.public_keys(data / PUBLIC)] == [first.key]


def test_a_new_installation_has_a_key(tmp_path: Path) -> None:
    place = tmp_path / "new"
    assert main(["init", str(place), "--sample", "--lang", "en"]) == 0
    assert (place / PRIVATE).stat().st_mode & 0o777 == 0o600


def test_what_is_signed_already_is_not_signed_again(desk: Desk, case: int, data: Path) -> None:
    checkpointing.write(desk)
    checkpointing.write(desk)
    assert len(lines(data / FILE)) == 1


def test_it_is_due_after_so_many_facts_and_after_a_day(
    desk: Desk, case: int, data: Path, now: HandSet
) -> None:
    upkeep = Upkeep(desk)

    def turn(seconds: int = 60) -> int:
        now.at += seconds
        upkeep.turn()
        return len(lines(data / FILE))

    assert turn() == 1
    notes(desk, case, 4)
    assert turn() == 1
    notes(desk, case, 1)
    assert turn() == 2
    assert turn(2 * DAY) == 2
    notes(desk, case, 1)
    assert turn(DAY // 2) == 3
    notes(desk, case, 1)
    assert [turn(DAY // 2), turn(DAY // 2)] == [3, 4]


def test_the_second_place_gets_the_same_lines_also_those_it_missed(
    desk: Desk, case: int, data: Path, elsewhere: Path
) -> None:
    checkpointing.write(desk)
    assert lines(elsewhere) == lines(data / FILE)
    elsewhere.parent.rename(elsewhere.parent.with_name("unplugged"))
    notes(desk, case, 1)
    with pytest.raises(StoreError, match="No checkpoint could be written to"):
        checkpointing.write(desk)
    elsewhere.parent.with_name("unplugged").rename(elsewhere.parent)
    checkpointing.write(desk)
    assert lines(elsewhere) == lines(data / FILE)
    assert len(lines(elsewhere)) == 2


def test_a_second_place_that_is_away_stops_no_worker(
    desk: Desk, case: int, data: Path, elsewhere: Path, now: HandSet
) -> None:
    elsewhere.parent.rmdir()
    Upkeep(desk).turn()
    assert len(lines(data / FILE)) == 1


def test_a_line_half_written_is_taken_off(desk: Desk, case: int, data: Path) -> None:
    checkpointing.write(desk)
    whole = (data / FILE).read_text("utf-8")
    (data / FILE).write_text(whole + '{"seq":99,"dig', "utf-8")
    notes(desk, case, 1)
    checkpointing.write(desk)
    assert (data / FILE).read_text("utf-8").startswith(whole)
    assert len(checkpoints.read(data / FILE)) == 2
    assert says(desk) == []


def test_a_key_that_cannot_be_used_is_explained(desk: Desk, case: int, data: Path) -> None:
    (data / PRIVATE).write_text("no key", "utf-8")
    with pytest.raises(StoreError, match=r"The key .*checkpoint\.key cannot be used"):
        checkpointing.write(desk)


def test_a_key_made_anew_leaves_the_old_lines_good(desk: Desk, case: int, data: Path) -> None:
    checkpointing.write(desk)
    (data / PRIVATE).unlink()
    notes(desk, case, 1)
    checkpointing.write(desk)
    assert len({one.key for one in lines(data / FILE)}) == 2
    assert says(desk) == []


# --- checking


@pytest.fixture
def signed(desk: Desk, case: int, data: Path, tmp_path: Path) -> Signed:
    """Checkpoints of three moments and the public key, kept elsewhere."""
    for _ in range(3):
        notes(desk, case, 4)
        checkpointing.write(desk)
    place = tmp_path / "safe"
    place.mkdir()
    for name in (FILE, PUBLIC):
        (place / name).write_bytes((data / name).read_bytes())
    return Signed(place / FILE, place / PUBLIC)


def rewritten(desk: Desk, seq: int) -> None:
    """Another text in a fact, and a new chain from there on, as somebody could write who has
    the store and knows the format."""
    connection = desk.store._writer
    rows = [row for row in journal.raw(connection) if row[0] >= seq]
    connection.execute("BEGIN")
    connection.execute("DELETE FROM journal WHERE seq >= ?", (seq,))
    previous = rows[0][8]
    for row in rows:
        body = row[7].replace('"text":"', '"text":"not ') if row[0] == seq else row[7]
        sealed = journal.sealed(journal.fact_of(row[:10]), body, previous)
        journal.put(connection, [sealed])
        previous = sealed[9]
    connection.execute("COMMIT")


def test_what_is_sound_is_sound(desk: Desk, signed: Signed) -> None:
    assert says(desk, signed) == []


def test_a_chain_written_anew_is_found_after_the_last_good_checkpoint(
    desk: Desk, signed: Signed
) -> None:
    first, second, _ = lines(signed.path)
    rewritten(desk, second.seq - 1)
    assert says(desk, signed) == [
        f"From fact {first.seq + 1} on the journal is not what was signed: fact {second.seq} was "
        f"another at {second.at}."
    ]


def test_facts_cut_off_are_missed(desk: Desk, signed: Signed) -> None:
    third = lines(signed.path)[-1]
    desk.store._writer.execute("DELETE FROM journal WHERE seq > ?", (third.seq - 3,))
    assert says(desk, signed)[0] == (
        f"The facts from {third.seq - 2} on are missing: fact {third.seq} was signed at {third.at}."
    )


def test_the_first_bad_record_itself_is_named_where_the_chain_shows_it(
    desk: Desk, signed: Signed
) -> None:
    seq = lines(signed.path)[1].seq - 1
    desk.store._writer.execute("UPDATE journal SET actor = 'he' WHERE seq = ?", (seq,))
    assert f"Fact {seq} was changed after it was written." in says(desk, signed)


@pytest.mark.parametrize(
    ("edit", "says_"),
    [
        (lambda one: {**one, "digest": "0" * 64}, "line 2: the signature is not right."),
        (lambda one: {**one, "seq": one["seq"] + 1}, "line 2: the signature is not right."),
        (lambda one: {**one, "at": "2026-01-01T00:00:00Z"}, "line 2: the signature is not right."),
        (lambda one: {**one, "signature": "AAAA"}, "line 2: the signature is not right."),
        (lambda one: {**one, "key": "f" * 16}, "line 2: signed with the unknown key ffffffff"),
        (lambda one: {"seq": 1}, "line 2: no checkpoint."),
        (lambda one: [], "line 2: no checkpoint."),
    ],
)
def test_a_line_somebody_edited(desk: Desk, signed: Signed, edit: object, says_: str) -> None:
    told = [json.loads(line) for line in signed.path.read_text("utf-8").splitlines()]
    told[1] = edit(told[1])  # type: ignore[operator]
    signed.path.write_text("\n".join(map(json.dumps, told)) + "\n", "utf-8")
    [problem] = says(desk, signed)
    assert says_ in problem


def test_somebody_elses_key_opens_nothing(desk: Desk, signed: Signed, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    checkpoints.signer(other)
    problems = says(desk, Signed(signed.path, other / PUBLIC))
    assert len(problems) == 3
    assert all("unknown key" in problem for problem in problems)


def test_files_that_are_none_are_explained(desk: Desk, signed: Signed, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no public key"):
        verify(desk, Signed(signed.path, tmp_path / "nothing"))
    with pytest.raises(StoreError, match=r"The checkpoints .* cannot be read"):
        verify(desk, Signed(tmp_path / "nothing", signed.keys))


def test_the_installations_own_are_checked_without_being_named(desk: Desk, signed: Signed) -> None:
    rewritten(desk, 3)
    assert any("not what was signed" in problem for problem in says(desk))


# --- by command line


def test_by_command_line(
    desk: Desk, case: int, data: Path, console: CommandLine, tmp_path: Path
) -> None:
    made = console.json("checkpoint")
    assert made["seq"] == desk.last_seq()
    assert console("checkpoint", who="he").code == 1
    answer = console("verify", "--checkpoints", str(data / FILE))
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "Sound.")
    other = tmp_path / "other"
    other.mkdir()
    checkpoints.signer(other)
    answer = console("verify", "--checkpoints", str(data / FILE), "--key", str(other / PUBLIC))
    assert answer.code == 1
    assert "signed with the unknown key" in answer.out
    assert console("verify", "--checkpoints", str(tmp_path / "none")).code == 2


def test_the_worker_writes_them(desk: Desk, case: int, data: Path, console: CommandLine) -> None:
    assert console("worker", "--once").code == 0
    assert lines(data / FILE)[-1].seq <= desk.last_seq()
