"""What has been kept as long as an installation wants to keep it goes by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console.config import ConfigError, load
from console.desk import Desk, Who, retention
from console.desk.upkeep import Upkeep
from console.desk.verification import verify
from console.domain.refusal import RefusedError
from console.domain.zone import DAY
from console.installation import open_desk
from tests.desk.customers import CONSOLE, LIN, NUMBER, everything, told
from tests.installations import CommandLine, HandSet

HE = Who("he")


def keep_for(data: Path, days: int) -> None:
    path = data / "console.toml"
    path.write_text(path.read_text("utf-8").replace("days = 0", f"days = {days}"), "utf-8")


@pytest.fixture
def desk(data: Path, now: HandSet) -> Any:
    keep_for(data, 30)
    desk = open_desk(data, now)
    yield desk
    desk.store.close()


@pytest.fixture
def step(desk: Desk, now: HandSet) -> Any:
    def step(command: str, who: Who = LIN, /, **typed: Any) -> Any:
        now.at += 30
        return desk.do(command, typed, who)

    return step


def sound(desk: Desk) -> bool:
    return verify(desk).problems == ()


def test_nothing_goes_before_its_time(desk: Desk, step: Any, now: HandSet) -> None:
    told(step)
    now.at += 29 * DAY
    assert retention.erase_due(desk, CONSOLE) == 0
    assert desk.find("许小禾")[0]


def test_a_closed_case_goes_with_its_calls(desk: Desk, data: Path, step: Any, now: HandSet) -> None:
    told(step)
    now.at += 31 * DAY
    told(step, "13955508888", "y1")
    assert retention.erase_due(desk, CONSOLE) == 1
    assert [row["number"] for row in desk.find("许小禾")[0]] == [1002]
    assert NUMBER not in everything(data)
    erased = desk.case(1001).facts[-1]
    assert (erased.kind, erased.actor, erased.body["reason"]) == (
        "erased",
        "console",
        "retention: 30 days",
    )
    assert sound(desk)
    assert retention.erase_due(desk, CONSOLE) == 0


def test_an_open_case_stays_however_old(desk: Desk, step: Any, now: HandSet) -> None:
    told(step)
    step("reopen", case=1001, reason="repeat_call")
    now.at += 900 * DAY
    assert retention.erase_due(desk, CONSOLE) == 0


def test_a_call_of_two_cases_goes_with_the_second(
    desk: Desk, data: Path, step: Any, now: HandSet
) -> None:
    first = told(step)
    now.at += 20 * DAY
    second = told(step, "13955508888", "y1")
    step("reopen", case=second, reason="repeat_call")
    step("join_call", case=second, call="x1")
    now.at += 11 * DAY
    assert retention.erase_due(desk, CONSOLE) == 1
    assert desk.call("x1").number
    step("resolve", HE, case=second, text="again")
    step("confirm", case=second, who="许工", satisfied="yes")
    step("close", case=second, reason="done")
    now.at += 31 * DAY
    assert retention.erase_due(desk, CONSOLE) == 1
    assert desk.call("x1").number == ""
    assert NUMBER not in everything(data)
    assert desk.case(first).state == "closed"
    assert sound(desk)


def test_a_call_without_a_case_and_a_debt_go_too(
    desk: Desk, data: Path, step: Any, now: HandSet
) -> None:
    step("ring", number=NUMBER, call="m1", name="许小禾")
    step("miss_call", call="m1")
    now.at += 31 * DAY
    assert retention.due(desk).calls == ["m1"]
    assert retention.due(desk).debts == []
    step("return_call", number="+8613955501953", reached="no")
    for _ in range(2):
        step("return_call", number="+8613955501953", reached="no")
    step("drop_callback", number="+8613955501953", reason="nobody answers")
    now.at += 31 * DAY
    assert retention.erase_due(desk, CONSOLE) == 2
    assert "许小禾" not in everything(data)
    assert "3955501953" not in everything(data)
    assert sound(desk)
    assert retention.erase_due(desk, CONSOLE) == 0


def test_many_go_in_several_transactions(
    desk: Desk, step: Any, now: HandSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    for turn in range(5):
        told(step, f"1395550{turn:04}", f"z{turn}")
    now.at += 31 * DAY
    monkeypatch.setattr(retention, "CASES_AT_ONCE", 2)
    assert retention.erase_due(desk, CONSOLE) == 5
    assert desk.find("许小禾") == ([], [])
    assert sound(desk)


def test_the_worker_does_it_once_a_day(desk: Desk, step: Any, now: HandSet) -> None:
    told(step)
    upkeep = Upkeep(desk)
    upkeep.turn()
    now.at += 31 * DAY
    upkeep.turn()
    assert desk.find("许小禾") == ([], [])
    told(step, "13955508888", "y1")
    now.at += 31 * DAY
    upkeep.turn()
    assert desk.find("许小禾") == ([], [])


def test_where_nothing_is_set_nothing_goes(data: Path, now: HandSet) -> None:
    keep_for(data, 30)
    keep_for(data, 30)
    path = data / "console.toml"
    path.write_text(path.read_text("utf-8").replace("days = 30", "days = 0"), "utf-8")
    desk = open_desk(data, now)
    now.at += 900 * DAY
    assert retention.due(desk).subjects() == []
    desk.store.close()


def test_operators_may_not(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="erase"):
        retention.erase_due(desk, HE)


def test_by_command_line(desk: Desk, step: Any, now: HandSet, console: CommandLine) -> None:
    told(step, "13955501953")
    desk.store.settle()
    assert console("erase", "--due").out == (
        "Kept long enough: 1 cases, 0 calls.\nNothing was written. Add --yes to erase them.\n"
    )
    assert desk.find("许小禾")[0]
    assert console("erase", "--due", "--yes").out.endswith("Erased.\n")
    assert desk.find("许小禾") == ([], [])


def test_without_a_time_set_the_command_says_so(prepared: Path, console: CommandLine) -> None:
    refusal = console.refused("erase", "--due")
    assert refusal["message"] == "No time is set after which data is erased."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[retention]\ndays = -1\n", "“retention.days” has the wrong kind of value (line 2"),
        ('[retention]\ndays = "30"\n', "“retention.days” has the wrong kind of value (line 2"),
        ("[retention]\nweeks = 1\n", "“retention.weeks” is not a setting; known are days"),
        ("[checkpoints]\nevery = true\n", "“checkpoints.every” has the wrong kind of value"),
        ("[checkpoints]\nto = 1\n", "“checkpoints.to” has the wrong kind of value"),
        ("retention = 30\n", "“retention” has the wrong kind of value"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "console.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as error:
        load(tmp_path)
    message = error.value.message
    shown = str(message.args.get("problem", message))
    from console.speech import Speech

    assert says.partition(" (line")[0] in Speech("en").say(message), shown
