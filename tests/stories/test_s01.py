"""S-01: a technical call on a weekday, the quarter of an hour, the door to a division."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day

CALL = {
    "contact_name": "彭",
    "honorific": "工",
    "employer": "长沙公交场站",
    "reason": "两台充电桩停机",
    "product": "pile",
    "product_state": "过温报警",
    "need": "恢复充电",
    "promise_spoken": "yes",
}


@pytest.fixture
def day(console: CommandLine) -> Day:
    return Day(console, "2026-03-10")


def first_step(day: Day) -> None:
    day.do("09:12:20", "lin", "ring", number="0731-5550-2187", call="a")
    day.do("09:12:35", "lin", "answer", call="a")
    day.do("09:18:30", "lin", "open", call="a", **CALL)
    day.do("09:19:00", "lin", "end_call", call="a")
    day.do("09:19:30", "lin", "save_contact", case=1001)


def second_step(day: Day) -> None:
    first_step(day)
    typed = {"category": "technical", "division": "charging_pile", "province": "湖南"}
    day.do("09:20:10", "lin", "classify", case=1001, **typed)
    day.do("09:20:40", "lin", "assign", case=1001, to="he", tracker="tan")


def third_step(day: Day) -> None:
    second_step(day)
    day.do("09:31:40", "he", "contact", case=1001)
    day.do("09:33:10", "lin", "verify", case=1001, answer="yes", by="he", when="09:31")


def test_step_1_the_call_becomes_a_case(day: Day) -> None:
    first_step(day)
    [call] = day.console.json("show", "calls")
    assert (call["number"], call["state"], call["cases"]) == ("+8673155502187", "ended", [1001])
    assert (call["rang_at"], call["ended_at"]) == (day.due("09:12:20"), day.due("09:19:00"))
    assert call["answers"] == [{"at": day.due("09:12:35"), "station": "8001"}]
    case = day.case("09:19:30")
    assert (case["state"], case["owner"], case["line"]) == ("recorded", "lin", "")
    assert case["values"]["contact_phone"] == "+8673155502187"
    assert case["values"]["promise_spoken"] is True
    submitted = next(f for f in case["facts"] if f["kind"] == "submitted")
    assert submitted["at"] == day.due("09:12:35")


def test_step_1_the_strictest_clocks_run_before_anybody_classifies(day: Day) -> None:
    first_step(day)
    assert day.clock("09:19:31", "T0-01") == ("running", day.due("09:34:00"), 0)
    assert day.clock("09:19:31", "T0-02") == ("running", day.due("09:34:00"), 0)
    assert day.clock("09:19:29", "T0-15")[0] == "amber"
    assert day.clock("09:19:31", "T0-15") == ("met", day.due("09:24:00"), 0)


def test_step_2_the_preview_promises_what_then_happens(day: Day) -> None:
    first_step(day)
    typed = {"category": "technical", "division": "charging_pile", "province": "湖南"}
    preview = day.preview("09:20:10", "lin", "classify", case=1001, **typed)
    dues = {due["rule"]: due["change"] for due in preview["dues"]}
    assert (dues["T0-01"], dues["T0-02"]) == ("unchanged", "unchanged")
    assert [(n["slot"], n["person"], n["channel"]) for n in preview["notices"]] == [
        ("dgm", "tao", "console"),
        ("dgm", "tao", "im"),
        ("support_engineer", "tan", "console"),
        ("support_engineer", "tan", "im"),
    ]
    assert day.case("09:20:10")["state"] == "recorded"


def test_step_2_the_quarter_counts_from_the_end_of_the_call(day: Day) -> None:
    second_step(day)
    for rule in ("T0-01", "T0-02"):
        assert day.clock("09:20:41", rule) == ("running", day.due("09:34:00"), 0)
    case = day.case("09:20:41")
    assert (case["state"], case["division"]) == ("dispatched", "charging_pile")
    assert (case["owner"], case["assignee"], case["tracker"]) == ("lin", "he", "tan")


def test_step_2_told_is_not_reached(day: Day) -> None:
    second_step(day)
    assert day.told("09:20:41") == [
        ("classified", "dgm", "tao", "sent"),
        ("classified", "support_engineer", "tan", "sent"),
        ("assigned", "assignee", "he", "sent"),
    ]
    day.do("09:21:00", "lin", "reach", case=1001, who="dgm")
    assert day.told("09:21:01")[0] == ("classified", "dgm", "tao", "reached")


def test_step_2_the_division_is_reached_only_through_technical_support(day: Day) -> None:
    second_step(day)
    refusal = day.refused("09:21:00", "lin", "assign", case=1001, to="su")
    assert (refusal["rule"], refusal["clause"]) == ("charging_pile", "000 III.3.3.2")
    assert refusal["remedy"]
    shown = day.console("show", "case", "1001", who="lin", at=day.at("09:21:00")).out
    assert "Charging pile: via technical support" in shown


def test_step_2_a_technical_case_needs_its_tracker(day: Day, data: Path) -> None:
    slots = data / "slots.toml"
    slots.write_text(slots.read_text("utf-8").replace('"support_engineer"', '"nobody"'), "utf-8")
    first_step(day)
    day.do("09:20:10", "lin", "classify", case=1001, category="technical", province="湖南")
    refusal = day.refused("09:20:40", "lin", "assign", case=1001, to="he")
    assert (refusal["rule"], refusal["clause"]) == ("tracker", "000 III.3.1.5")


def test_step_3_amber_in_the_last_third(day: Day) -> None:
    second_step(day)
    assert day.clock("09:28:59", "T0-01")[0] == "running"
    assert day.clock("09:29:00", "T0-01")[0] == "amber"
    timers = day.case("09:29:00")["timers"]
    assert {t["amber"] for t in timers if t["rule"] in ("T0-01", "T0-02")} == {day.due("09:29:00")}


def test_step_3_contacted_and_verified_in_time(day: Day) -> None:
    third_step(day)
    assert day.case("09:33:10")["state"] == "verified"
    for rule, stopped in (("T0-01", "09:31:40"), ("T0-02", "09:33:10")):
        clock = next(t for t in day.case("09:40")["timers"] if t["rule"] == rule)
        assert (clock["state"], clock["stopped"]) == ("met", day.due(stopped))
        assert clock["breached_by"] == 0
    verified = day.case("09:33:10")["facts"][-1]
    assert verified["body"]["by"] == "he"
    assert day.console.json("why", "1001", "T0-01", at=day.at("09:40"))["why"][0][-1].startswith(
        "met in time 2026-03-10 09:31:40 by “customer contacted”"
    )


def test_step_3_the_engineer_does_not_verify_himself(day: Day) -> None:
    second_step(day)
    day.do("09:31:40", "he", "contact", case=1001)
    refusal = day.refused("09:32", "he", "verify", case=1001, answer="yes")
    assert (refusal["rule"], refusal["clause"]) == ("T0-02", "000 III.3.1.4b")


def test_the_whole_story_is_sound(day: Day) -> None:
    third_step(day)
    assert day.console("verify").code == 0


def test_the_same_from_a_shell(data: Path) -> None:
    def console(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "console", *words, "--data", str(data), "--lang", "en"],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "CONSOLE_PERSON": "lin"},
            capture_output=True,
            text=True,
            check=False,
        )

    done = console("do", "open", *(f"{k}={v}" for k, v in CALL.items()), "number=073155502187")
    assert (done.returncode, done.stderr) == (0, "")
    assert "case 1001: record complete" in done.stdout
    refused = console("do", "close", "case=1001")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Refused [")
    [row] = json.loads(console("show", "board", "--json").stdout)
    assert (row["case"], row["customer"]) == (1001, "长沙公交场站 彭工")
    assert console("do", "open", "--colour").returncode == 2
