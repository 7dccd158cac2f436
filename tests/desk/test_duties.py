"""Duties as people meet them: the dates of the power line, doing, moving, being reminded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.config import ConfigError
from console.desk import Desk, Who
from console.desk.duties import DutyRow
from console.desk.duty_moments import LOOK_AGAIN
from console.domain.duty import Duty
from console.domain.moments import parse_moment
from console.domain.people import SYSTEM
from console.domain.recurrence import AfterDuty, DaysBefore, EveryWeeks, MonthDay
from console.domain.refusal import Refusal, RefusedError
from console.domain.rules import Line
from console.domain.schedule import Schedule
from console.domain.words import L
from console.installation import open_desk
from console.speech import Speech
from console.worker import LOOK_SECONDS, Worker
from tests.installations import CommandLine, HandSet

LIN, ZHOU, TAN = Who("lin"), Who("zhou"), Who("tan")
MAY = (date(2026, 5, 1), date(2026, 5, 31))
say = Speech("en").say


def at(text: str) -> int:
    return parse_moment(text, 0)


def rows(desk: Desk, first: date, last: date, key: str, now: str = "") -> list[DutyRow]:
    found = desk.duties(first, last, at(now) if now else None)
    return [row for row in found if row.duty == f"power.{key}" and row.period]


def refused(desk: Desk, name: str, who: Who, when: str, **typed: Any) -> Refusal:
    with pytest.raises(RefusedError) as caught:
        desk.do(name, typed, who, at(when))
    return caught.value.refusal


# --- the power line through 2026


def test_every_division_meeting_of_2026(desk: Desk) -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    storage, distribution = (
        rows(desk, *year, key) for key in ("storage_meeting", "distribution_meeting")
    )
    assert " ".join(row.day[5:] for row in storage) == (
        "01-06 02-03 03-03 04-07 05-05 06-02 07-07 08-04 09-01 10-06 11-03 12-01"
    )
    assert " ".join(row.day[5:] for row in distribution) == (
        "01-27 02-24 03-31 04-28 05-26 06-30 07-28 08-25 09-29 10-27 11-24 12-29"
    )
    assert [(row.day, row.proposal) for row in storage if row.clash] == [
        ("2026-05-05", "2026-05-06"),
        ("2026-10-06", "2026-10-08"),
    ]


def test_packs_and_statistics_fall_on_the_first_working_days(desk: Desk) -> None:
    for key in ("eorder_pack", "product_statistics"):
        found = rows(desk, date(2026, 1, 1), date(2026, 12, 31), key)
        assert " ".join(row.day[5:] for row in found) == (
            "01-04 02-02 03-02 04-01 05-06 06-01 07-01 08-03 09-01 10-08 11-02 12-01"
        )
        assert [row.period for row in found][3:5] == ["2026-03", "2026-04"]
        assert found[4].due == at("2026-05-06 18:00")


def test_a_meeting_is_announced_the_day_before(desk: Desk) -> None:
    [notice] = rows(desk, date(2026, 4, 1), date(2026, 4, 30), "distribution_notice")
    assert (notice.day, notice.due) == ("2026-04-27", at("2026-04-28 00:00"))


def test_the_provincial_meeting_rests_in_the_spring_festival(desk: Desk) -> None:
    found = rows(desk, date(2026, 2, 9), date(2026, 3, 1), "province_meeting")
    assert [row.day for row in found] == ["2026-02-15", "2026-03-01"]


def test_two_weekly_meetings_wait_for_a_date_of_the_installation(data: Path, now: HandSet) -> None:
    desk = open_desk(data, now)
    undated = [row.duty for row in desk.duties(*MAY) if row.state == "undated"]
    assert undated == [
        "power.meter_automation_meeting",
        "power.charging_pile_meeting",
        "power.grid_scoring",
    ]
    refusal = refused(
        desk, "do_duty", TAN, "2026-05-07 09:00", duty="charging_pile_meeting", period="2026-W19"
    )
    assert "[duties]" in say(refusal.remedy)
    desk.store.close()
    give_dates(data, '"power.charging_pile_meeting" = "2026-01-14 15:30"')
    desk = open_desk(data, now)
    [first, second] = rows(desk, *MAY, "charging_pile_meeting")
    assert (first.due, second.due) == (at("2026-05-06 15:30"), at("2026-05-20 15:30"))
    assert [row.day for row in rows(desk, *MAY, "charging_pile_notice")] == [
        "2026-05-05",
        "2026-05-19",
    ]
    desk.store.close()


def give_dates(data: Path, line: str) -> None:
    path = data / "console.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("[duties]\n", f"[duties]\n{line}\n"), "utf-8")


@pytest.mark.parametrize(
    "line", ['"power.x" = "someday"', "power.x = 3", '"power.x" = "2026-01-07 99:00"']
)
def test_a_date_that_is_none_is_named(data: Path, line: str) -> None:
    give_dates(data, line)
    with pytest.raises(ConfigError) as caught:
        open_desk(data)
    assert "power" in say(caught.value.message)
    assert "2026-01-07" in say(caught.value.remedy)


# --- doing


def test_a_duty_is_done_once_with_its_evidence_by_whom_it_falls_to(desk: Desk) -> None:
    pack = {"duty": "power.eorder_pack", "period": "2026-04"}
    when = "2026-05-06 10:00"
    assert "谭工" in Speech("en", name=desk.directory.name).say(
        refused(desk, "do_duty", ZHOU, when, **pack, evidence="A-17").message
    )
    assert "register number" in say(refused(desk, "do_duty", TAN, when, **pack).message)
    assert refused(desk, "do_duty", TAN, when, **pack).clause == "000 III.3.1.5; 000 II.3(13)3"
    [fact] = desk.do("do_duty", {**pack, "evidence": "A-17"}, TAN, at(when)).facts
    assert (fact.subject, fact.kind) == ("duty:power.eorder_pack:2026-04", "duty_done")
    assert fact.body == {"evidence": "A-17"}
    [row] = rows(desk, *MAY, "eorder_pack", "2026-05-07 09:00")
    assert (row.state, row.done_by, row.evidence) == ("done", "tan", "A-17")
    assert row.overdue_by == 0
    again = refused(desk, "do_duty", TAN, when, **pack, evidence="A-18")
    assert "already" in say(again.message)


def test_an_overdue_duty_counts_up_and_stays_late(desk: Desk) -> None:
    [row] = rows(desk, *MAY, "eorder_pack", "2026-05-06 18:00:00")
    assert (row.state, row.overdue_by) == ("soon", 0)
    [row] = rows(desk, *MAY, "eorder_pack", "2026-05-06 18:00:01")
    assert (row.state, row.overdue_by) == ("overdue", 1)
    pack = {"duty": "eorder_pack", "period": "2026-04", "evidence": "A-1"}
    desk.do("do_duty", pack, LIN, at("2026-05-06 19:00"))
    [row] = rows(desk, *MAY, "eorder_pack", "2026-06-01 09:00")
    assert (row.state, row.overdue_by) == ("late", 3600)


@pytest.mark.parametrize("period", ["2026-99", "soon", "2026-W19", "1700-01", ""])
def test_a_period_that_does_not_exist(desk: Desk, period: str) -> None:
    typed = {"duty": "eorder_pack", "period": period, "evidence": "x"}
    assert refused(desk, "do_duty", LIN, "2026-05-06 10:00", **typed).remedy


def test_a_duty_that_does_not_exist(desk: Desk) -> None:
    refusal = refused(desk, "do_duty", LIN, "2026-05-06 10:00", duty="nothing", period="2026-05")
    assert "power.eorder_pack" in say(refusal.remedy)


def test_a_meeting_is_taken_down_after_it_was_held(desk: Desk) -> None:
    meeting = {"duty": "distribution_meeting", "period": "2026-04", "evidence": "P-4"}
    assert "begins" in say(refused(desk, "do_duty", TAN, "2026-04-28 18:59", **meeting).message)
    desk.do("do_duty", meeting, TAN, at("2026-04-28 21:00"))
    [row] = rows(desk, date(2026, 4, 1), date(2026, 4, 30), "distribution_meeting")
    assert row.state == "done"


# --- moving


def move(desk: Desk, to: str, who: Who = LIN, when: str = "2026-04-29 10:00", **typed: Any) -> Any:
    storage = {"duty": "storage_meeting", "period": "2026-05", "reason": "Labour Day"}
    return desk.do("move_duty", {**storage, "to": to, **typed}, who, at(when))


def test_a_moved_meeting_takes_its_notice_along(desk: Desk) -> None:
    [fact] = move(desk, "2026-05-07").facts
    assert fact.body == {"to": "2026-05-07", "from": "2026-05-05", "reason": "Labour Day"}
    [row] = rows(desk, *MAY, "storage_meeting")
    assert (row.day, row.due, row.clash) == ("2026-05-07", at("2026-05-07 19:00"), False)
    assert (row.moved_from, row.period) == ("2026-05-05", "2026-05")
    [notice] = rows(desk, *MAY, "storage_notice")
    assert notice.due == at("2026-05-07 00:00")


def test_a_meeting_moved_into_another_month_is_found_there(desk: Desk) -> None:
    move(desk, "2026-06-03")
    assert rows(desk, *MAY, "storage_meeting") == []
    june = rows(desk, date(2026, 6, 1), date(2026, 6, 30), "storage_meeting")
    assert [(row.period, row.day) for row in june] == [
        ("2026-06", "2026-06-02"),
        ("2026-05", "2026-06-03"),
    ]


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("2026-04-29", "not later than today"),
        ("2026-04-28", "not later than today"),
        ("2026-05-10", "rest day"),
        ("2026-06-30", "31 days off"),
    ],
)
def test_where_a_meeting_cannot_be_moved(desk: Desk, to: str, words: str) -> None:
    with pytest.raises(RefusedError) as caught:
        move(desk, to)
    assert words in say(caught.value.refusal.message)
    assert [row.day for row in rows(desk, *MAY, "storage_meeting")] == ["2026-05-05"]


def test_a_rest_day_is_answered_with_a_working_day(desk: Desk) -> None:
    with pytest.raises(RefusedError) as caught:
        move(desk, "2026-05-10")
    assert "2026-05-11" in say(caught.value.refusal.remedy)


def test_what_is_dated_keeps_its_date(desk: Desk) -> None:
    with pytest.raises(RefusedError) as caught:
        move(desk, "2026-06-03", duty="eorder_pack")
    assert caught.value.refusal.clause == "rulebook D-09"


def test_a_move_needs_a_reason_and_somebody_who_may(desk: Desk) -> None:
    with pytest.raises(RefusedError):
        move(desk, "2026-05-07", reason="")
    with pytest.raises(RefusedError):
        move(desk, "2026-05-07", who=ZHOU)
    move(desk, "2026-05-07", who=TAN)
    with pytest.raises(RefusedError):
        move(desk, "2026-05-07", who=TAN)


# --- parts, order, and what a line may not say


def branches() -> Line:
    """Records of the branches, consolidated, listed (rulebook S-13)."""
    return Line(
        "road",
        L("公路", "road"),
        duties=(
            Duty("records", L("记录", "records"), MonthDay(28), who="branch", parts=True),
            Duty(
                "consolidation",
                L("汇总", "consolidation"),
                MonthDay(29),
                who="support_engineer",
                after=("records",),
            ),
            Duty("list", L("清单", "list"), AfterDuty("consolidation", day=1), who="dgm"),
        ),
    )


@pytest.fixture
def road(data: Path, now: HandSet) -> Desk:
    path = data / "slots.toml"
    text = path.read_text("utf-8") + '"branch[harbin]" = "zhou"\n"branch[xian]" = "qin"\n'
    path.write_text(text, "utf-8")
    desk = open_desk(data, now)
    desk.schedule = Schedule([branches()], desk.calendars.calendar, {})
    return desk


def test_month_end_with_a_branch_missing(road: Desk) -> None:
    february = (date(2026, 2, 2), date(2026, 3, 1))
    records = {"duty": "road.records", "period": "2026-02"}
    when = "2026-02-28 20:00"
    assert "xian" in say(refused(road, "do_duty", LIN, when, **records).remedy)
    refused(road, "do_duty", ZHOU, when, **records, part="xian")
    road.do("do_duty", {**records, "part": "xian"}, Who("qin"), at(when))
    found = {row.duty: row for row in road.duties(*february, at(when))}
    assert found["road.records"].missing == ("harbin",)
    assert found["road.records"].state == "soon"
    consolidation = found["road.consolidation"]
    assert (consolidation.day, consolidation.waiting) == ("2026-02-28", ("records[harbin]",))
    assert [*found] == ["road.records", "road.consolidation", "road.list"]
    assert found["road.list"].due == at("2026-03-02 00:00")
    assert found["road.list"].remind == at("2026-02-28 08:30")
    [fact] = road.do(
        "do_duty", {"duty": "consolidation", "period": "2026-02"}, TAN, at("2026-02-28 21:00")
    ).facts
    assert fact.body == {"without": ["records[harbin]"]}
    road.do("do_duty", {**records, "part": "harbin"}, ZHOU, at("2026-03-01 00:00:01"))
    late = {row.duty: row for row in road.duties(*february, at("2026-03-02 12:00"))}
    assert (late["road.records"].state, late["road.records"].overdue_by) == ("late", 1)


@pytest.mark.parametrize(
    "duties",
    [
        (Duty("n", L("甲", "n"), DaysBefore("m"), who="x"),),
        (Duty("n", L("甲", "n"), AfterDuty("n"), who="x"),),
        (Duty("n", L("甲", "n"), MonthDay(1), who="x", after=("later",)),),
        (Duty("n", L("甲", "n"), MonthDay(1), who="x"),) * 2,
    ],
)
def test_a_line_names_only_duties_that_stand_before(duties: tuple[Duty, ...]) -> None:
    with pytest.raises(ValueError, match="duty n"):
        Line("x", L("甲", "x"), duties=duties)


def test_a_duty_has_a_time_of_day() -> None:
    with pytest.raises(ValueError, match="time of day"):
        Duty("n", L("甲", "n"), replace(MonthDay(1), at="noon"), who="x")
    with pytest.raises(ValueError, match="every week"):
        EveryWeeks(0)


def test_a_stretch_is_at_most_a_year(desk: Desk) -> None:
    for first, last in (
        (date(2026, 1, 1), date(2028, 1, 1)),
        (date(2026, 1, 2), date(2026, 1, 1)),
        (date(3026, 1, 1), date(3026, 1, 2)),
    ):
        with pytest.raises(RefusedError):
            desk.duties(first, last)


# --- what time does


@pytest.fixture
def worker(desk: Desk, now: HandSet) -> Worker:
    now.at = at("2026-04-20 09:00")
    worker = Worker(desk)
    worker.turn()
    return worker


def kinds(facts: list[Any]) -> list[tuple[str, str]]:
    return [(fact.kind, fact.subject.split(":", 1)[1]) for fact in facts]


def test_a_duty_is_called_to_mind_and_late_once_each(worker: Worker, now: HandSet) -> None:
    now.at = at("2026-05-06 08:29:59")
    worker.turn()
    now.at += 1
    found = worker.turn()
    assert kinds(found) == [
        ("duty_reminded", "power.eorder_pack:2026-04"),
        ("duty_reminded", "power.product_statistics:2026-04"),
    ]
    assert found[0].actor == SYSTEM.key
    assert (found[0].at, found[0].body["person"]) == (now.at, "tan")
    now.at = at("2026-05-06 18:00:00")
    assert worker.turn() == []
    now.at += 1
    assert kinds(worker.turn())[0] == ("duty_overdue", "power.eorder_pack:2026-04")
    now.at += 2 * LOOK_AGAIN
    assert worker.turn() == []


def test_two_workers_say_it_once(worker: Worker, desk: Desk, now: HandSet) -> None:
    now.at = at("2026-05-06 08:30")
    assert worker.turn()
    worker.close()
    assert Worker(desk).turn() == []


def test_what_was_done_is_neither_called_to_mind_nor_late(
    worker: Worker, desk: Desk, now: HandSet
) -> None:
    now.at = at("2026-05-02 09:00")
    worker.turn()
    for key in ("eorder_pack", "product_statistics"):
        desk.do("do_duty", {"duty": key, "period": "2026-04", "evidence": "A"}, TAN)
    now.at = at("2026-05-07 09:00")
    assert not [pair for pair in kinds(worker.turn()) if "2026-04" in pair[1]]


def test_after_an_outage_what_is_late_is_said_and_nothing_else(
    worker: Worker, now: HandSet
) -> None:
    now.at = at("2026-05-20 09:00")
    found = kinds(worker.turn())
    assert ("duty_overdue", "power.eorder_pack:2026-04") in found
    assert ("duty_reminded", "power.eorder_pack:2026-04") not in found


def test_a_new_installation_is_not_late_with_what_came_before(desk: Desk, now: HandSet) -> None:
    now.at = at("2026-05-20 12:00")
    assert kinds(Worker(desk).turn()) == []


def test_a_clash_is_called_to_mind_with_the_proposal(worker: Worker, now: HandSet) -> None:
    now.at = at("2026-04-30 08:30")
    found = {fact.subject: fact for fact in worker.turn()}
    assert found["duty:power.storage_meeting:2026-05"].body["proposal"] == "2026-05-06"


def test_a_moved_meeting_is_called_to_mind_again(worker: Worker, desk: Desk, now: HandSet) -> None:
    now.at = at("2026-04-30 08:30")
    worker.turn()
    move(desk, "2026-05-07", when="2026-04-30 09:00")
    now.at = at("2026-05-07 08:30")
    assert ("duty_reminded", "power.storage_meeting:2026-05") in kinds(worker.turn())


def test_an_idle_worker_lays_nothing_out(
    worker: Worker, now: HandSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise AssertionError("the duties were laid out")

    monkeypatch.setattr(Schedule, "planned", fail)
    assert worker.idle
    now.at += LOOK_SECONDS
    assert not worker.idle
    assert worker.turn() == []
    assert worker.idle


# --- the command line


def test_show_duties(console: CommandLine) -> None:
    moment = "2026-05-07 09:00"
    shown = console.json("show", "duties", "--month", "2026-05", at=moment)
    pack = next(row for row in shown if row["duty"] == "power.eorder_pack")
    assert (pack["period"], pack["due"]) == ("2026-04", "2026-05-06T18:00:00+08:00")
    assert (pack["state"], pack["overdue_by"]) == ("overdue", 15 * 3600)
    storage = next(row for row in shown if row["duty"] == "power.storage_meeting")
    assert (storage["clash"], storage["proposal"]) == (True, "2026-05-06")
    assert console.json("show", "duties", at=moment) == shown
    text = console("show", "duties", "--month", "2026-05", at=moment).out
    assert "2026-05-06 18:00:00  overdue  power.eorder_pack" in text
    assert "falls on a rest day; proposed instead: 2026-05-06" in text
    chinese = console("show", "duties", at=moment, lang="zh").out
    assert "储能事业部月初会议" in chinese


def test_show_duties_between_two_dates(console: CommandLine) -> None:
    shown = console.json("show", "duties", "--from", "2026-04-28", "--to", "2026-04-28")
    assert [row["duty"] for row in shown if row["period"]] == ["power.distribution_meeting"]
    week = console.json("show", "duties", "--month", "2026-W18")
    assert next(row["day"] for row in week if row["day"]) == "2026-04-27"
    for words in (
        ("--month", "May"),
        ("--from", "soon"),
        ("--from", "2026-05-02", "--to", "2026-05-01"),
    ):
        assert console.refused("show", "duties", *words)["remedy"]


def test_as_it_stood_at_a_moment(console: CommandLine) -> None:
    typed = ("do", "do_duty", "duty=eorder_pack", "period=2026-04", "evidence=A-1")
    assert console(*typed, who="tan", at="2026-05-06 10:00").code == 0

    def state(moment: str) -> str:
        shown = console.json("show", "duties", "--month", "2026-05", at=moment)
        return str(next(row["state"] for row in shown if row["duty"] == "power.eorder_pack"))

    assert state("2026-05-06 09:59") == "soon"
    assert state("2026-05-06 10:01") == "done"
