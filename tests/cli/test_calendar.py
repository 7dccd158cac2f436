"""New calendars: checked, kept, compared, and every open limit reckoned anew with old and
new due instant on its case."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.desk import Desk, Who, recalculation
from console.domain.facts import Fact
from console.domain.moments import parse_moment
from console.domain.patterns import on
from console.domain.reckoning import Reckoning
from console.domain.rulebook import Rulebook
from console.domain.rules import Category, Line, Target, Timer
from console.domain.words import L
from console.installation import CALENDARS, calendar_shelf, open_desk
from console.plugins.house import HOUSE
from console.speech import Speech
from console.store.errors import StoreError
from console.worker import LOOK_SECONDS, Worker
from tests.installations import CommandLine, HandSet

LIN = Who("lin")
say = Speech("en").say
OFFICE: dict[str, Any] = json.loads((CALENDARS / "cn.json").read_text("utf-8"))["calendars"][
    "cn-office"
]
REPAIR = Line(
    "acme",
    L("某公司", "Acme"),
    categories=(Category("technical", L("技术", "technical")),),
    divisions=(
        Target("home", L("本部", "home")),
        Target("away", L("外地", "away"), calendar="region"),
    ),
    timers=(
        Timer("repair", L("修复", "repair"), start="case_opened", stop="solved", within="3wd"),
        Timer("call", L("联系", "call"), start="case_opened", stop="solved", within="15m"),
        Timer(
            "each",
            L("逐次", "each"),
            start=on("noted"),
            stop="solved",
            within="1wd",
            each=True,
        ),
    ),
)


def at(text: str) -> int:
    return parse_moment(text, 0)


def document(version: str, *, identity: str = "cn-office", **changes: Any) -> dict[str, Any]:
    return {"version": version, "calendars": {identity: {**OFFICE, **changes}}}


def write(path: Path, content: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


def without(day: str) -> list[str]:
    """The holidays, one more of them."""
    return [*OFFICE["holidays"], day]


def repairing(desk: Desk) -> Desk:
    """The desk with the rules of Acme instead of those shipped."""
    desk.rulebook = Rulebook([REPAIR], HOUSE)
    return desk


@pytest.fixture
def acme(desk: Desk, now: HandSet) -> Desk:
    now.at = at("2026-03-10 10:00")
    return repairing(desk)


@pytest.fixture
def case(acme: Desk) -> int:
    """A case opened on Tuesday 10 March: repair due Friday 13 March at 18:00."""
    number = acme.do("open", {"line": "acme", "reason": "x"}, LIN).case
    assert due(acme, number) == at("2026-03-13 18:00")
    return number


def due(desk: Desk, number: int, key: str = "repair") -> int | None:
    return next(clock.due for clock in desk.case(number).clocks if clock.key == key)


def recomputed(desk: Desk, number: int) -> list[Fact]:
    return [fact for fact in desk.case(number).facts if fact.kind == "timer_recomputed"]


def add(desk: Desk, path: Path) -> recalculation.Added:
    from console.store.calendar_shelf import read_document

    return recalculation.add(desk, read_document(path), LIN)


# --- check


def test_a_sound_document(console: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path / "new.json", document("2027.1", valid_to="2027-12-31"))
    answer = console("calendar", "check", str(path))
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "Sound.")
    described = console.json("calendar", "check", str(path))
    assert described["version"] == "2027.1"
    assert described["calendars"][0]["to"] == "2027-12-31"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"version": "1", ', ("line 1", "column")),
        ('["cn-office"]', ("calendars",)),
        ('{"version": "1", "calendars": []}', ("calendars",)),
        (json.dumps({"calendars": {"x": OFFICE}}), ("version", "2027.1")),
        (json.dumps({"version": "next", "calendars": {"x": OFFICE}}), ("version",)),
        (json.dumps(document("1", tz="Moon/Base")), ("cn-office", "tz", "Asia/Shanghai")),
        (json.dumps(document("1", holidays=["1 May"])), ("cn-office", "holidays", "2026-01-31")),
        (json.dumps(document("1", makeup_hours=[])), ("cn-office", "makeup_hours", "hours")),
        (json.dumps(document("1", holydays=[])), ("cn-office", "holydays", "no such key")),
        ("\x80", ("UTF-8",)),
    ],
)
def test_what_is_wrong_is_said_with_file_key_and_remedy(
    console: CommandLine, tmp_path: Path, content: str, words: tuple[str, ...]
) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content.encode("latin-1") if content == "\x80" else content.encode())
    answer = console("calendar", "check", str(path))
    assert answer.code == 2
    assert all(word in answer.err for word in ("bad.json", *words)), answer.err
    assert console("calendar", "add", str(path), who="lin").code == 2


def test_a_file_that_is_not_there(console: CommandLine) -> None:
    assert "nowhere.json" in console("calendar", "check", "nowhere.json").err


def test_every_action_says_how_many_files_it_takes(console: CommandLine) -> None:
    for words in (("check",), ("add",), ("diff", "a"), ("list", "a")):
        assert console("calendar", *words).code == 2


# --- list and diff


def test_the_newest_version_of_an_id_is_in_force(console: CommandLine, data: Path) -> None:
    write(data / "calendars" / "b.json", document("2026.9"))
    write(data / "calendars" / "a.json", document("2026.10", valid_to="2027-12-31"))
    rows = [row for row in console.json("calendar", "list") if row["id"] == "cn-office"]
    assert {row["version"]: row["in_force"] for row in rows} == {
        "2026.1": False,
        "2026.9": False,
        "2026.10": True,
    }
    assert calendar_shelf(data).calendar("cn-office").version == "2026.10"
    assert "in force" in console("calendar", "list").out


def test_a_broken_document_is_named_and_left_out(console: CommandLine, data: Path) -> None:
    write(data / "calendars" / "broken.json", {"version": "3", "calendars": {"cn-office": {}}})
    answer = console("calendar", "list")
    assert answer.code == 2
    assert "broken.json" in answer.out
    assert calendar_shelf(data).calendar("cn-office").version == "2026.1"


def test_diff_says_which_dates_differ(console: CommandLine, data: Path, tmp_path: Path) -> None:
    new = document("2027.1", holidays=without("2026-03-12"), valid_to="2027-12-31")
    path = str(write(tmp_path / "new.json", new))
    found = console.json("calendar", "diff", "2026.1", path)
    dates = {one["day"]: (one["before"], one["after"]) for one in found if one["kind"] == "changed"}
    assert dates == {"2026-03-12": ("08:30-12:00 13:30-18:00", "–")}
    cover = [one for one in found if one["kind"] == "cover"]
    assert [one["after"] for one in cover] == ["2019-01-01 – 2027-12-31"]
    assert [one["calendar"] for one in found if one["kind"] == "removed"] == ["cn-weekend-duty"]
    assert "No difference." in console("calendar", "diff", path, path).out
    assert "cn-weekend-duty: new" in console("calendar", "diff", path, "2026.1").out
    assert console("calendar", "diff", "1999.1", path).code == 2


def test_diff_of_hours_and_of_a_year_more(console: CommandLine, tmp_path: Path) -> None:
    hours = {**OFFICE["weekly"], "fri": [["08:30", "12:00"]]}
    short = {**OFFICE, "weekly": hours, "valid_from": "2026-03-01", "valid_to": "2026-03-31"}
    more = {"holidays": without("2027-01-01"), "valid_to": "2027-12-31", "tz": "Asia/Taipei"}
    old = str(write(tmp_path / "old.json", document("2026.1")))
    half = str(write(tmp_path / "a.json", {"version": "2", "calendars": {"cn-office": short}}))
    next_ = str(write(tmp_path / "b.json", document("3", **more)))
    fridays = [
        one["day"] for one in console.json("calendar", "diff", half, old) if "2026-03" in one["day"]
    ]
    assert fridays == ["2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27"]
    found = console.json("calendar", "diff", old, next_)
    assert [(one["day"], one["before"], one["after"]) for one in found if one["day"]] == [
        ("2027-01-01", "", "–")
    ]
    assert next(one["kind"] for one in found) == "zone"
    assert "zone Asia/Shanghai → Asia/Taipei" in console("calendar", "diff", old, next_).out


# --- add


def test_adding_keeps_every_version_and_journals_it(
    console: CommandLine, data: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "new.json", document("2026.2", valid_to="2027-12-31"))
    added = console.json("calendar", "add", str(path), who="lin")
    [fact] = [one for one in added["facts"] if one["kind"] == "calendar_added"]
    assert (fact["subject"], fact["actor"]) == ("calendar:cn-office", "lin")
    assert fact["body"]["version"] == "2026.2"
    assert fact["body"]["cover"] == ["2019-01-01", "2027-12-31"]
    assert fact["body"]["digest"] == calendar_shelf(data).calendar("cn-office").digest
    assert json.loads(Path(added["file"]).read_text("utf-8")) == json.loads(path.read_text())
    again = console.refused("calendar", "add", str(path), who="lin")
    assert "2026.3" in again["remedy"]
    write(path, document("2026.3"))
    assert console("calendar", "add", str(path), who="lin").code == 0
    assert len(list((data / "calendars").glob("*.json"))) == 2
    assert console("verify").code == 0


def test_only_an_administrator_adds_calendars(console: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path / "new.json", document("2027.1"))
    assert console.refused("calendar", "add", str(path), who="zhou")["clause"] == "rulebook 5.1"


def test_open_limits_are_reckoned_anew_with_old_and_new(
    acme: Desk, case: int, tmp_path: Path
) -> None:
    acme.do("note", {"case": case, "text": "first"}, LIN)
    acme.do("note", {"case": case, "text": "second"}, LIN)
    path = write(tmp_path / "n.json", document("2026.2", holidays=without("2026-03-11")))
    facts = add(acme, path).facts
    assert {fact.kind for fact in facts} == {"calendar_added", "timer_recomputed"}
    [repair] = [one for one in recomputed(acme, case) if one.body["timer"] == "repair"]
    assert repair.body == {
        "timer": "repair",
        "number": 1,
        "old": at("2026-03-13 18:00"),
        "new": at("2026-03-16 18:00"),
        "calendar": "2026.2",
    }
    each = [one.body["number"] for one in recomputed(acme, case) if one.body["timer"] == "each"]
    assert each == [1, 2]
    assert not [one for one in recomputed(acme, case) if one.body["timer"] == "call"]
    [clock] = [one for one in acme.case(case).clocks if one.key == "repair"]
    assert [change.due for change in clock.dues] == [repair.body["old"], repair.body["new"]]
    row = acme.board_row(case)
    assert row is not None
    assert [one.due for one in row.clocks if one.key == "repair"] == [repair.body["new"]]
    [ledger] = acme.why(case, "repair")
    text = "\n".join(map(say, ledger))
    assert "due 2026-03-13 18:00:00: before calendar 2026.2" in text
    assert "due 2026-03-16 18:00:00: 3wd from the start" in text


def test_show_case_has_old_and_new(console: CommandLine, tmp_path: Path) -> None:
    from console.cli.show import clock_data

    desk = repairing(open_desk(console.directory, HandSet(at("2026-03-10 10:00"))))
    number = desk.do("open", {"line": "acme", "reason": "x"}, LIN).case
    add(desk, write(tmp_path / "n.json", document("2026.2", holidays=without("2026-03-11"))))
    [repair] = [one for one in desk.case(number).clocks if one.key == "repair"]
    data = clock_data(repair, desk.now(), "Asia/Shanghai")
    assert data["earlier"] == ["2026-03-13T18:00:00+08:00"]
    assert data["due"] == "2026-03-16T18:00:00+08:00"
    desk.store.close()


def test_every_version_leaves_its_due_in_order(acme: Desk, case: int, tmp_path: Path) -> None:
    for version, day in (("2026.2", "2026-03-11"), ("2026.3", "2026-03-14")):
        add(acme, write(tmp_path / "n.json", document(version, holidays=without(day))))
    [clock] = [one for one in acme.case(case).clocks if one.key == "repair"]
    assert [change.due for change in clock.dues] == [
        at("2026-03-13 18:00"),
        at("2026-03-16 18:00"),
        at("2026-03-13 18:00"),
    ]


def test_a_deadline_that_lies_ahead_again_is_noted_again(
    acme: Desk, case: int, now: HandSet, tmp_path: Path
) -> None:
    worker = Worker(acme)
    now.at = at("2026-03-13 18:00:01")
    assert "repair" in [f.body.get("timer") for f in worker.turn() if f.kind == "timer_breached"]
    add(acme, write(tmp_path / "n.json", document("2026.2", holidays=without("2026-03-11"))))
    now.at = at("2026-03-16 18:00:01")
    again = [f for f in worker.turn() if f.kind == "timer_breached"]
    assert [(f.body["timer"], f.at) for f in again] == [("repair", now.at)]


def test_many_cases_take_several_transactions(
    acme: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalculation, "CASES_AT_ONCE", 2)
    numbers = [acme.do("open", {"line": "acme", "reason": "x"}, LIN).case for _ in range(5)]
    add(acme, write(tmp_path / "n.json", document("2026.2", holidays=without("2026-03-11"))))
    assert [len(recomputed(acme, number)) for number in numbers] == [1] * 5


def test_a_crash_in_between_is_made_good(
    acme: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [acme.do("open", {"line": "acme", "reason": "x"}, LIN).case for _ in range(3)]
    path = write(tmp_path / "n.json", document("2026.2", holidays=without("2026-03-11")))
    monkeypatch.setattr(recalculation, "CASES_AT_ONCE", 1)
    with monkeypatch.context() as broken:
        broken.setattr(recalculation, "_changes", crashing_after(1, recalculation._changes))
        with pytest.raises(RuntimeError):
            add(acme, path)
    assert sum(len(recomputed(acme, number)) for number in numbers) == 1
    recalculation.catch_up(acme)
    assert [len(recomputed(acme, number)) for number in numbers] == [1] * 3
    announced = [fact for fact in acme.follow(0) if fact.kind == "calendar_added"]
    assert len(announced) == 1


def crashing_after(times: int, work: Callable[..., Any]) -> Callable[..., Any]:
    left = [times]

    def crash(*args: Any) -> Any:
        if not left[0]:
            raise RuntimeError
        left[0] -= 1
        return work(*args)

    return crash


# --- replaced by hand, and other processes


def test_a_calendar_replaced_by_hand_is_noticed_by_the_worker(
    acme: Desk, data: Path, case: int, now: HandSet
) -> None:
    worker = Worker(acme)
    worker.turn()
    write(data / "calendars" / "own.json", document("2026.5", holidays=without("2026-03-11")))
    now.at += LOOK_SECONDS
    assert not worker.idle
    kinds = [fact.kind for fact in worker.turn()]
    assert kinds == ["calendar_added", "timer_recomputed"]
    assert due(acme, case) == at("2026-03-16 18:00")
    path = data / "calendars" / "own.json"
    write(path, document("2026.5", holidays=without("2026-03-14")))
    now.at += LOOK_SECONDS
    assert [fact.kind for fact in worker.turn()] == ["calendar_added", "timer_recomputed"]
    assert due(acme, case) == at("2026-03-13 18:00")
    now.at += LOOK_SECONDS
    assert worker.turn() == []


def test_a_calendar_replaced_by_hand_is_noticed_at_the_next_start(data: Path, now: HandSet) -> None:
    open_desk(data, now).store.close()
    write(data / "calendars" / "own.json", document("2026.5"))
    desk = open_desk(data, now)
    [fact] = [one for one in desk.follow(0) if one.kind == "calendar_added"]
    assert (fact.actor, fact.body["version"]) == ("console", "2026.5")
    desk.store.close()


def test_a_file_touched_but_not_changed_leads_to_nothing(acme: Desk, data: Path, case: int) -> None:
    path = write(data / "calendars" / "own.json", document("2026.5"))
    recalculation.catch_up(acme)
    path.write_text(json.dumps(document("2026.5"), indent=2), "utf-8")
    assert recalculation.catch_up(acme) == []


def test_whoever_is_at_it_is_left_alone(acme: Desk, data: Path) -> None:
    write(data / "calendars" / "own.json", document("2026.5"))
    lease = acme.lease("calendars")
    assert lease.take()
    assert recalculation.catch_up(acme) == []
    lease.release()
    assert recalculation.catch_up(acme)


def test_another_process_reads_the_new_calendar(
    acme: Desk, data: Path, case: int, now: HandSet, tmp_path: Path
) -> None:
    other = repairing(open_desk(data, now))
    assert due(other, case) == at("2026-03-13 18:00")
    add(acme, write(tmp_path / "n.json", document("2026.2", holidays=without("2026-03-11"))))
    assert due(other, case) == at("2026-03-16 18:00")
    other.store.close()


# --- lazily, by division, and past the cover


def test_clocks_in_minutes_load_no_calendar(data: Path, now: HandSet) -> None:
    open_desk(data, now).store.close()
    desk = open_desk(data, now)
    desk.do("ring", {"call": "a", "number": "073155502187"}, LIN)
    desk.do("answer", {"call": "a"}, LIN)
    number = desk.do("open", {"call": "a", "reason": "x"}, LIN).case
    desk.do("end_call", {"call": "a"}, LIN)
    assert desk.case(number).running()
    assert desk.warnings() == []
    assert not desk.calendars.loaded
    desk.store.close()


def test_a_division_counts_by_its_own_calendar(acme: Desk, data: Path, now: HandSet) -> None:
    region = document("1", identity="region", holidays=without("2026-03-12"))
    write(data / "calendars" / "region.json", region)
    recalculation.catch_up(acme)
    number = acme.do("open", {"line": "acme", "reason": "x"}, LIN).case
    now.at = at("2026-03-11 09:00")
    acme.do("classify", {"case": number, "category": "technical", "division": "home"}, LIN)
    assert due(acme, number) == at("2026-03-13 18:00")
    acme.do("classify", {"case": number, "division": "away"}, LIN)
    assert due(acme, number) == at("2026-03-16 18:00")
    [clock] = [one for one in acme.case(number).clocks if one.key == "repair"]
    assert [change.due for change in clock.dues] == [
        at("2026-03-13 18:00"),
        at("2026-03-16 18:00"),
    ]


def test_a_calendar_nobody_has_is_named_with_what_to_do(acme: Desk) -> None:
    with pytest.raises(StoreError) as caught:
        acme.calendars.calendar("mars")
    assert "mars" in say(caught.value.message)
    assert "calendar add" in say(caught.value.remedy)


def test_missing_years_stay_a_warning_until_their_calendar_is_there(
    acme: Desk, now: HandSet, tmp_path: Path
) -> None:
    now.at = at("2026-12-31 10:00")
    number = acme.do("open", {"line": "acme", "reason": "x"}, LIN).case
    assert [say(one) for one in acme.warnings()] == ["The holiday calendar for 2027 is missing."]
    guessed = due(acme, number)
    rest = [*OFFICE["holidays"], "2027-01-01", "2027-01-04"]
    path = write(tmp_path / "n.json", document("2027.1", holidays=rest, valid_to="2027-12-31"))
    add(acme, path)
    assert acme.warnings() == []
    [fact] = recomputed(acme, number)
    assert (fact.body["old"], fact.body["new"]) == (guessed, at("2027-01-07 18:00"))


def test_a_right_guess_loses_its_mark_without_a_fact(
    acme: Desk, now: HandSet, tmp_path: Path
) -> None:
    now.at = at("2026-12-31 10:00")
    number = acme.do("open", {"line": "acme", "reason": "x"}, LIN).case
    rest = [*OFFICE["holidays"], "2027-01-01"]
    add(acme, write(tmp_path / "n.json", document("2027.1", holidays=rest, valid_to="2027-12-31")))
    assert recomputed(acme, number) == []
    row = acme.board_row(number)
    assert row is not None
    assert not any(clock.provisional for clock in row.clocks)


def test_a_calendar_left_out_is_a_warning(acme: Desk, data: Path) -> None:
    write(data / "calendars" / "broken.json", {"version": "3", "calendars": {"x": {}}})
    recalculation.catch_up(acme)
    assert ["broken.json" in say(one) for one in acme.warnings()] == [True]


def test_the_reckoning_uses_what_is_on_the_shelf(data: Path) -> None:
    shelf = calendar_shelf(data)
    assert Reckoning(shelf.calendar).calendar("cn-office") is shelf.calendar("cn-office")
