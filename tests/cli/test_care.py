"""`console doctor` says whether an installation is looked after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console.cli import care_checks
from console.cli.check import Check
from console.desk import Desk, checkpointing
from console.desk.backing_up import back_up
from console.domain.people import SYSTEM
from console.domain.zone import DAY
from console.installation import open_desk
from console.speech import Speech
from console.store.encrypting import Secrets
from tests.installations import OPENING, CommandLine, HandSet
from tests.store.test_checkpoints import LIN, notes


def found(desk: Desk) -> dict[str, tuple[bool, str]]:
    say = Speech("en").say
    checks: list[Check] = list(care_checks.checks(desk.store.directory, desk))
    return {say(check.what): (check.good, say(check.says)) for check in checks}


@pytest.fixture
def busy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> int:
    """An installation with more in it than may be lost."""
    monkeypatch.setattr(care_checks, "WITHOUT_BACKUP", 10)
    return desk.do("open", OPENING, LIN).case


def test_a_new_installation_may_do_without(desk: Desk) -> None:
    assert found(desk) == {
        "backup": (True, "There is no backup yet."),
        "checkpoints": (True, "Nothing is signed yet."),
    }


def test_backups_are_missed_and_grow_old(
    desk: Desk, busy: int, tmp_path: Path, now: HandSet
) -> None:
    assert found(desk)["backup"] == (False, "There is no backup yet.")
    back_up(desk, tmp_path / "b.tar", Secrets(), SYSTEM, "")
    assert found(desk)["backup"][0]
    now.at += 7 * DAY
    assert found(desk)["backup"][0]
    now.at += 1
    assert not found(desk)["backup"][0]


def test_checkpoints_are_missed(desk: Desk, busy: int, data: Path, now: HandSet) -> None:
    path = data / "console.toml"
    path.write_text(path.read_text("utf-8").replace("every = 1000", "every = 5"), "utf-8")
    other = open_desk(data, now)
    assert found(other)["checkpoints"] == (False, "Nothing is signed yet.")
    checkpointing.write(other)
    last = other.last_seq()
    assert found(other)["checkpoints"] == (True, f"Signed up to fact {last}.")
    notes(other, busy, 16)
    assert found(other)["checkpoints"] == (False, f"Signed up to fact {last}.")
    other.store.close()


def test_a_second_place_that_lags_behind(desk: Desk, busy: int, data: Path, now: HandSet) -> None:
    path = data / "console.toml"
    text = path.read_text("utf-8").replace('to = ""', f'to = "{data.parent}/c.jsonl"')
    path.write_text(text, "utf-8")
    other = open_desk(data, now)
    checkpointing.write(other)
    assert found(other)["checkpoints"][0]
    (data.parent / "c.jsonl").unlink()
    assert found(other)["checkpoints"] == (
        False,
        f"{data.parent}/c.jsonl does not have the last ones.",
    )
    other.store.close()


def test_switched_off_is_well(desk: Desk, busy: int, data: Path, now: HandSet) -> None:
    path = data / "console.toml"
    path.write_text(path.read_text("utf-8").replace("every = 1000", "every = 0"), "utf-8")
    other = open_desk(data, now)
    assert found(other)["checkpoints"] == (True, "They are switched off (console.toml).")
    other.store.close()


def test_what_an_upgrade_left_is_named(desk: Desk, data: Path) -> None:
    (data / "console-v2-20260101T000000Z.db").write_bytes(b"")
    good, says = found(desk)["copies of older stores"]
    assert good
    assert says.startswith("console-v2-20260101T000000Z.db is what an upgrade left behind")


def test_a_key_others_can_read_is_named(console: CommandLine, data: Path, desk: Any) -> None:
    desk.do("open", OPENING, LIN)
    checkpointing.write(desk)
    assert console("doctor").code == 0
    (data / "checkpoint.key").chmod(0o644)
    answer = console("doctor")
    assert answer.code == 1
    assert "checkpoint.key can be read by others." in answer.out
