"""An installation out of a backup: whole or up to a point, beside what was there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from console.cli.restoring import Wish, restore
from console.desk import Desk, Who
from console.desk.backing_up import back_up
from console.desk.verification import verify
from console.domain.people import SYSTEM
from console.domain.refusal import RefusedError
from console.installation import open_desk
from console.speech import Speech
from console.store import checkpoints
from console.store.encrypting import Secrets
from console.store.errors import StoreError
from console.store.lease import Lease
from console.store.presence import Presence, SeatMark
from console.store.store import FILE
from tests.desk.customers import CONSOLE, NUMBER, everything, told
from tests.installations import OPENING, CommandLine, HandSet

LIN = Who("lin")


@pytest.fixture
def step(desk: Desk, now: HandSet) -> Any:
    def step(command: str, who: Who = LIN, /, **typed: Any) -> Any:
        now.at += 60
        return desk.do(command, typed, who)

    return step


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept.tar"


def backed_up(desk: Desk, target: Path) -> int:
    """Make a backup. -> the last fact in it."""
    return back_up(desk, target, Secrets(), SYSTEM, "").facts


def opened(directory: Path) -> Desk:
    return open_desk(directory, HandSet())


def sound(desk: Desk) -> bool:
    return verify(desk).problems == ()


def facts(desk: Desk) -> list[tuple[Any, ...]]:
    return [(f.seq, f.digest, f.body) for f in desk.follow(0, 100_000)]


def refusal(error: pytest.ExceptionInfo[RefusedError]) -> str:
    return Speech("en").say(error.value.refusal.message)


def test_everything_is_as_it_was(
    desk: Desk, data: Path, step: Any, kept: Path, tmp_path: Path
) -> None:
    told(step)
    step("open", **OPENING)
    before = facts(desk)
    backed_up(desk, kept)
    done = restore(Wish(kept, tmp_path / "again"))
    again = opened(tmp_path / "again")
    assert facts(again)[:-1] == before
    assert (done.facts, done.left_out, done.aside) == (len(before) + 1, 0, "")
    last = again.follow(len(before))[-1]
    assert (last.kind, last.actor, last.body["facts"]) == ("restored", "console", len(before))
    assert [row.case for row in again.board()] == [row.case for row in desk.board()]
    assert sound(again)
    for name in ("console.toml", "slots.toml", "phone.toml"):
        assert (tmp_path / "again" / name).read_bytes() == (data / name).read_bytes()
    assert (tmp_path / "again").stat().st_mode & 0o777 == 0o700
    again.do("note", {"case": 1002, "text": "it goes on"}, LIN)
    again.store.close()


def test_nothing_is_left_beside_it(desk: Desk, kept: Path, tmp_path: Path) -> None:
    backed_up(desk, kept)
    restore(Wish(kept, tmp_path / "again"))
    assert list(tmp_path.glob(".*")) == []


# --- to a point


def test_to_a_fact(desk: Desk, step: Any, kept: Path, tmp_path: Path) -> None:
    told(step)
    before = facts(desk)
    closed = next(f.seq for f in desk.case(1001).facts if f.kind == "closed")
    backed_up(desk, kept)
    done = restore(Wish(kept, tmp_path / "again", seq=closed - 1))
    again = opened(tmp_path / "again")
    assert facts(again)[:-1] == before[: closed - 1]
    assert again.case(1001).state == "confirmed"
    assert [row.case for row in again.board()] == [1001]
    assert done.left_out == len(before) - closed + 1
    assert sound(again)
    again.store.close()


def test_no_command_is_cut_in_half(desk: Desk, step: Any, kept: Path, tmp_path: Path) -> None:
    step("ring", number=NUMBER, call="x1")
    opening = step("open", **OPENING).facts
    assert len(opening) > 3
    step("note", case=1001, text="later")
    backed_up(desk, kept)
    restore(Wish(kept, tmp_path / "again", seq=opening[1].seq))
    again = opened(tmp_path / "again")
    assert [f.seq for f in again.case(1001).facts] == [f.seq for f in opening]
    assert again.case(1001).state == "recorded"
    again.store.close()


@pytest.mark.parametrize(
    ("until", "notes"),
    [
        ("2026-03-10 12:02", 1),
        ("2026-03-10 12:02:59", 1),
        ("2026-03-10 12:03", 2),
        ("1773115260", 0),
    ],
)
def test_to_a_moment(
    desk: Desk, step: Any, kept: Path, tmp_path: Path, until: str, notes: int
) -> None:
    step("open", **OPENING)  # 12:01 in Shanghai
    step("note", case=1001, text="12:02")
    step("note", case=1001, text="12:03")
    backed_up(desk, kept)
    restore(Wish(kept, tmp_path / "again", until=until))
    again = opened(tmp_path / "again")
    assert sum(f.kind == "noted" for f in again.case(1001).facts) == notes
    assert sound(again)
    again.store.close()


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"seq": 100_000}, "The backup has no fact there: it goes from 1 to"),
        ({"until": "2001-01-01"}, "The backup has no fact there: it goes from 1 to"),
        ({"until": "soon"}, "“soon” is not a moment."),
    ],
)
def test_a_point_there_is_not(
    desk: Desk, kept: Path, tmp_path: Path, wish: dict[str, Any], says: str
) -> None:
    backed_up(desk, kept)
    with pytest.raises(RefusedError) as error:
        restore(Wish(kept, tmp_path / "again", **wish))
    assert refusal(error).startswith(says)
    assert not (tmp_path / "again").exists()


def test_checkpoints_of_what_is_left_out_are_left_out(
    desk: Desk, data: Path, step: Any, kept: Path, tmp_path: Path, console: CommandLine
) -> None:
    step("open", **OPENING)
    assert console("checkpoint").code == 0
    step("note", case=1001, text="x")
    assert console("checkpoint").code == 0
    first, second = checkpoints.read(data / checkpoints.FILE)
    backed_up(desk, kept)
    assert isinstance(second, checkpoints.Checkpoint)
    restore(Wish(kept, tmp_path / "again", seq=second.seq - 1))
    assert checkpoints.read(tmp_path / "again" / checkpoints.FILE) == [first]
    again = opened(tmp_path / "again")
    assert sound(again)
    again.store.close()


def test_pins_of_people_who_are_not_there_yet_go(desk: Desk, kept: Path, tmp_path: Path) -> None:
    from console.desk.pins import set_pin

    before = desk.last_seq()
    desk.now.at += 60  # type: ignore[attr-defined]
    desk.do("add_person", {"person": "new", "name": "New", "roles": "operator"}, CONSOLE)
    set_pin(desk.store, "new", "13579")
    backed_up(desk, kept)
    restore(Wish(kept, tmp_path / "again", seq=before))
    again = opened(tmp_path / "again")
    assert not again.has_pin("new")
    assert sound(again)
    again.store.close()


# --- over what is there


def test_never_over_an_installation(desk: Desk, data: Path, kept: Path) -> None:
    backed_up(desk, kept)
    with pytest.raises(RefusedError) as error:
        restore(Wish(kept, data))
    assert refusal(error) == f"There is an installation in {data}."


def test_with_force_the_old_one_is_moved_aside(
    desk: Desk, data: Path, step: Any, kept: Path, console: CommandLine
) -> None:
    step("open", **OPENING)
    backed_up(desk, kept)
    step("note", case=1001, text="since")
    before = facts(desk)
    assert console("checkpoint").code == 0
    done = restore(Wish(kept, data, force=True))
    aside = Path(done.aside)
    assert aside.parent == data.parent
    assert aside.name.startswith("data.before-")
    old, new = opened(aside), opened(data)
    assert facts(old) == before
    assert [f.kind for f in new.case(1001).facts].count("noted") == 0
    assert sound(new)
    assert (data / checkpoints.PRIVATE).read_bytes() == (aside / checkpoints.PRIVATE).read_bytes()
    old.store.close()
    new.store.close()


def test_what_was_erased_since_stays_erased(desk: Desk, data: Path, step: Any, kept: Path) -> None:
    told(step)
    told(step, "13955508888", "y1")
    backed_up(desk, kept)
    erased = desk.erase(NUMBER, "asked in writing", CONSOLE)
    desk.store.close()
    done = restore(Wish(kept, data, force=True))
    assert done.erased == erased.facts
    assert NUMBER not in everything(data)
    new = opened(data)
    assert new.case(1001).value("contact_phone") == "[erased]"
    assert new.case(1002).value("contact_phone") == "+8613955508888"
    assert {f.body["reason"] for f in new.case(1001).facts if f.kind == "erased"} == {
        "asked in writing"
    }
    assert sound(new)
    new.store.close()


def test_a_damaged_installation_is_replaced_all_the_same(
    desk: Desk, data: Path, kept: Path
) -> None:
    backed_up(desk, kept)
    desk.store.close()
    (data / FILE).write_bytes(b"no store at all" * 1000)
    done = restore(Wish(kept, data, force=True))
    assert (Path(done.aside) / FILE).read_bytes().startswith(b"no store")
    new = opened(data)
    assert sound(new)
    new.store.close()


def test_other_files_are_never_moved(desk: Desk, kept: Path, tmp_path: Path) -> None:
    backed_up(desk, kept)
    place = tmp_path / "letters"
    place.mkdir()
    (place / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(RefusedError) as error:
        restore(Wish(kept, place, force=True))
    assert refusal(error) == f"{place} holds other files."
    assert (place / "letter.txt").read_text("utf-8") == "dear"


def test_an_empty_directory_will_do(desk: Desk, kept: Path, tmp_path: Path) -> None:
    backed_up(desk, kept)
    (tmp_path / "empty").mkdir()
    assert restore(Wish(kept, tmp_path / "empty")).aside == ""


def test_when_it_cannot_be_put_in_place_the_old_one_is_put_back(
    desk: Desk, data: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    backed_up(desk, kept)
    before, rename = facts(desk), os.rename

    def fails(source: Path, target: Path) -> None:
        if Path(source).name == "data" and Path(target) == data and "restoring" in str(source):
            raise OSError(5, "Input/output error")
        rename(source, target)

    monkeypatch.setattr("console.cli.restoring.os.rename", fails)
    with pytest.raises(StoreError, match="cannot be restored: Input/output error"):
        restore(Wish(kept, data, force=True))
    assert facts(opened(data)) == before


def test_what_was_not_sound_when_it_was_kept_is_not_put_in_place(
    desk: Desk, data: Path, step: Any, kept: Path, tmp_path: Path
) -> None:
    """Its chain holds, but it ends before what was signed."""
    step("open", **OPENING)
    from console.desk import checkpointing

    checkpointing.write(desk)
    with closing(sqlite3.connect(data / FILE, isolation_level=None)) as connection:
        connection.execute("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    backed_up(desk, kept)
    with pytest.raises(RefusedError) as error:
        restore(Wish(kept, tmp_path / "again"))
    assert refusal(error).startswith("What was backed up is not sound: ")
    assert not (tmp_path / "again").exists()


# --- by command line


def test_by_command_line(
    desk: Desk, data: Path, step: Any, kept: Path, tmp_path: Path, console: CommandLine
) -> None:
    step("open", **OPENING)
    last = backed_up(desk, kept)
    place = str(tmp_path / "again")
    answer = console("restore", str(kept), "--into", place)
    assert answer.code == 0
    assert answer.out.startswith(f"Restored to {place}: {last + 1} facts.\n")
    assert console.refused("restore", str(kept))["rule"] == "restore"
    assert console("restore", str(tmp_path / "none.tar")).code == 2
    both = console("restore", str(kept), "--into", place + "2", "--seq", "5", "--until", "09:00")
    assert both.code == 1


def test_only_who_may_restores(
    desk: Desk, kept: Path, tmp_path: Path, console: CommandLine
) -> None:
    backed_up(desk, kept)
    place = str(tmp_path / "again")
    assert console.refused("restore", str(kept), "--into", place, who="he")["rule"] == "back_up"
    assert not (tmp_path / "again").exists()
    assert console("restore", str(kept), "--into", place, who="lin").code == 0
    again = opened(tmp_path / "again")
    assert again.follow(again.last_seq() - 1)[0].actor == "lin"
    again.store.close()


def test_whoever_still_works_on_the_old_one_is_named(
    desk: Desk, data: Path, kept: Path, console: CommandLine
) -> None:
    backed_up(desk, kept)
    mark, lease = SeatMark(data), Lease(data, "worker")
    mark.show(Presence("zhou", "s2"))
    assert lease.take()
    answer = console("restore", str(kept), "--force")
    assert answer.code == 0
    assert "Stop what still runs; it writes to" in answer.out
    assert answer.out.rstrip().endswith(": zhou, worker")
    lease.release()
