"""S-15: a plugin author adds a fifth division without touching the core."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console.app import SeatApp
from console.desk import Who
from console.domain.words import Label
from console.installation import open_desk
from console.plugins.guard import PATIENCE
from console.screens.case import CaseScreen
from console.screens.case_view import title
from console.screens.words import SpokenLabels
from console.speech import Speech
from tests.installations import OPENING, CommandLine, HandSet
from tests.plugins.kit import drop
from tests.stories.acts import Day
from tests.stories.hydrogen import BREAKING, FIRST, MISTAKES, RIGHT, STRICTER

OLD, FIRST_CASE, SECOND_CASE = 1001, 1002, 1003
NUMBERS = {OLD: "073155502187", FIRST_CASE: "075555509528", SECOND_CASE: "079155504411"}


@pytest.fixture
def day(console: CommandLine) -> Day:
    return Day(console, "2026-03-10")


def upload(day: Day, text: str) -> Path:
    return drop(day.console.directory / "plugins", "hydrogen", text)


def enable(day: Day, text: str) -> None:
    upload(day, text)
    answer = day.console("plugin", "enable", "hydrogen")
    assert answer.code == 0, answer.out


def call(day: Day, number: int, minute: str, division: str, **more: str) -> Any:
    """A call of three minutes that ends at `minute` and is classified."""
    key, values = f"c{number}", {**OPENING, "contact_phone": NUMBERS[number], "reason": "停机"}
    start = f"09:{int(minute) - 3:02}:00"
    day.do(start, "lin", "ring", number=NUMBERS[number], call=key)
    day.do(start, "lin", "answer", call=key)
    day.do(f"09:{minute}:00", "lin", "open", call=key, **values)
    day.do(f"09:{minute}:00", "lin", "end_call", call=key)
    typed = {"category": "technical", "division": division, **more}
    return day.do(f"09:{minute}:30", "lin", "classify", case=number, **typed)


def clocks(day: Day, number: int) -> dict[str, str]:
    """The due instants of a case's contact clocks, by their rule."""
    timers = day.case("09:50", number)["timers"]
    return {c["rule"]: c["due"] for c in timers if c["rule"] in ("T0-01", "H2-01")}


def before_the_upload(day: Day) -> None:
    call(day, OLD, "10", "storage")


def after_the_upload(day: Day) -> None:
    before_the_upload(day)
    enable(day, RIGHT)
    call(day, FIRST_CASE, "20", "hydrogen")


def test_the_first_upload_is_refused_with_every_mistake_in_its_place(day: Day) -> None:
    path = upload(day, FIRST)
    answer = day.console("plugin", "enable", "hydrogen", "--json")
    assert answer.code == 1
    found = {one["number"]: one["line"] for one in answer.data["findings"]}
    assert found == {
        number: FIRST[: FIRST.index(at)].count("\n") + 1 for number, at in MISTAKES.items()
    }
    assert {one["file"] for one in answer.data["findings"]} == {str(path)}
    assert day.refused(
        "09:00", "lin", "classify", case=call_only(day), category="technical", division="hydrogen"
    )


def call_only(day: Day) -> int:
    day.do("08:59", "lin", "open", **OPENING)
    return OLD


def test_the_division_is_reached_like_the_line_s_own(day: Day) -> None:
    after_the_upload(day)
    shown = day.console("show", "case", str(FIRST_CASE), who="lin", at=day.at("09:21")).out
    assert "Hydrogen: via technical support engineer" in shown
    case = day.case("09:21", FIRST_CASE)
    assert (case["line"], case["division"]) == ("power", "hydrogen")
    assert day.refused("09:21", "lin", "assign", case=FIRST_CASE, to="he")["message"] == (
        "not ready to dispatch. Missing: stack serial"
    )
    wrong = day.refused("09:21", "lin", "record", case=FIRST_CASE, stack_serial="HS1")
    assert "HS202601" in wrong["message"]
    day.do("09:21", "lin", "record", case=FIRST_CASE, stack_serial="HS202601")
    day.do("09:22", "lin", "assign", case=FIRST_CASE, to="he", tracker="tan")


def test_a_new_call_has_both_clocks(day: Day) -> None:
    after_the_upload(day)
    assert clocks(day, FIRST_CASE) == {"T0-01": day.due("09:35"), "H2-01": day.due("09:30")}
    timers = {c["rule"]: c["level"] for c in day.case("09:21", FIRST_CASE)["timers"]}
    assert (timers["H2-01"], timers["T0-01"]) == ("soft", "hard")
    assert day.clock("09:31", "H2-01", FIRST_CASE) == ("breached", day.due("09:30"), 60)
    assert day.clock("09:31", "T0-01", FIRST_CASE)[0] == "amber"


def test_the_meeting_is_on_the_third_thursday_in_the_evening(day: Day) -> None:
    after_the_upload(day)
    words = ("show", "duties", "--from", "2026-03-01", "--to", "2026-04-30")
    rows = day.console.json(*words, who="lin", at=day.at("09:30"))
    [march, april] = [row for row in rows if row["rule"] == "H2-03"]
    assert (march["due"][:16], april["due"][:16]) == ("2026-03-19T19:00", "2026-04-16T19:00")


def test_a_case_opened_before_the_upload_keeps_its_definition(day: Day) -> None:
    after_the_upload(day)
    old = day.case("09:50", OLD)
    assert "stack_serial" not in old["values"]
    assert clocks(day, OLD) == {"T0-01": day.due("09:25")}
    day.do("09:21", "lin", "assign", case=OLD, to="he", tracker="tan")
    assert day.console("verify").code == 0


def test_a_stricter_version_binds_new_cases_only(day: Day) -> None:
    after_the_upload(day)
    upload(day, STRICTER.replace("version=2", "version=1"))
    answer = day.console("plugin", "enable", "hydrogen")
    assert answer.code == 1
    assert "R091" in answer.out
    enable(day, STRICTER)
    call(day, SECOND_CASE, "30", "hydrogen")
    assert clocks(day, FIRST_CASE) == {"T0-01": day.due("09:35"), "H2-01": day.due("09:30")}
    assert clocks(day, SECOND_CASE) == {"T0-01": day.due("09:45"), "H2-01": day.due("09:35")}
    # What is done with the old case later does not put it under the new version.
    day.do("09:31", "lin", "classify", case=FIRST_CASE, category="complaint", division="hydrogen")
    assert clocks(day, FIRST_CASE)["H2-01"] == day.due("09:30")
    assert day.console("verify").code == 0


def test_a_crash_in_the_plugin_s_code_stops_only_the_plugin(day: Day) -> None:
    after_the_upload(day)
    enable(day, BREAKING)
    desk = open_desk(day.console.directory, HandSet())
    clerk = Who("lin", "3")
    for n in range(PATIENCE):
        desk.do("record", {"case": FIRST_CASE, "stack_serial": f"HS20260{n}"}, clerk)
    assert "console_problems raised KeyError" in desk.problems["hydrogen"]
    power = desk.rulebook.lines["power"]
    assert power.division("hydrogen") is None
    assert power.division("storage") is not None
    # The call is recorded all the same: the product is "other" with its name.
    typed = {**OPENING, "product": "other:氢能", "line": "power"}
    number = desk.do("open", typed, clerk).case
    desk.do("classify", {"case": number, "category": "technical", "division": "storage"}, clerk)
    desk.do("assign", {"case": number, "to": "he"}, clerk)
    assert desk.case(number).attributes["product"] == "other:氢能"
    assert "stack_serial" not in desk.case(number).rules.fields
    desk.store.close()


@pytest.mark.parametrize("how", ["disabled", "removed", "broken"])
def test_without_the_plugin_its_cases_are_readable_found_and_closed(day: Day, how: str) -> None:
    after_the_upload(day)
    day.do("09:21", "lin", "record", case=FIRST_CASE, stack_serial="HS202601")
    path = day.console.directory / "plugins" / "hydrogen.py"
    if how == "disabled":
        assert day.console("plugin", "disable", "hydrogen").code == 0
    elif how == "removed":
        path.unlink()
    else:
        path.write_text("def broken(:\n", "utf-8")
    shown = day.console("show", "case", str(FIRST_CASE), who="lin", at=day.at("09:25"))
    assert "stack serial: HS202601" in shown.out
    assert "Hydrogen: via technical support engineer" in shown.out
    assert clocks(day, FIRST_CASE)["H2-01"] == day.due("09:30")
    found = day.console.json("find", NUMBERS[FIRST_CASE])
    assert [row["number"] for row in found["cases"]] == [FIRST_CASE]
    day.do("09:25", "lin", "assign", case=FIRST_CASE, to="he", tracker="tan")
    day.do("09:26", "he", "contact", case=FIRST_CASE)
    day.do("09:30", "he", "resolve", case=FIRST_CASE, text="restarted")
    day.do("09:32", "lin", "confirm", case=FIRST_CASE, who="彭工")
    day.do("09:33", "lin", "close", case=FIRST_CASE, reason="by telephone")
    assert day.case("09:34", FIRST_CASE)["state"] == "closed"
    assert day.console("verify").code == 0
    refused = day.refused("09:27", "lin", "classify", case=OLD, division="hydrogen")
    assert "hydrogen" in refused["message"]


async def test_the_case_screen_shows_and_closes_what_is_left(day: Day) -> None:
    after_the_upload(day)
    day.do("09:21", "lin", "record", case=FIRST_CASE, stack_serial="HS202601")
    upload(day, "def broken(:\n")
    app = SeatApp(open_desk(day.console.directory, HandSet()), "lin", "en")
    async with app.run_test(size=(130, 50)) as pilot:
        await pilot.pause()
        app.push_screen(CaseScreen(FIRST_CASE))
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        text = "\n".join(
            "".join(span.text for span in line.spans) for line in screen.view.lines(130, 0)
        )
        assert "stack serial HS202601" in text
        assert "contact in ten minutes" in text
        assert "close" in screen._offered
        assert "Hydrogen" in title(screen.view.case, app.speech)
        app.leave()


def test_the_board_keeps_the_labels_of_what_is_gone(day: Day) -> None:
    after_the_upload(day)
    assert day.console("plugin", "disable", "hydrogen").code == 0
    desk = open_desk(day.console.directory, HandSet())
    labels = SpokenLabels(desk, Speech("en"))
    assert labels.division("hydrogen") == "Hydrogen"
    assert labels.clock("hydrogen_contact") == "contact in ten minutes"
    assert [one.label for one in desk.rulebook.gone()] == [Label("氢能", "Hydrogen")]
    desk.store.close()
