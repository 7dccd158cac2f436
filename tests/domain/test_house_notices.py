"""Who hears of a limit, by its level: the house's own notices, and how lines change them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.notices import SUPERSEDED, NoticeRow
from console.domain.outbox import touched
from console.domain.people import Person
from console.domain.rules import Notice, Timer
from console.domain.telling import follow
from console.domain.words import L
from tests.domain.hotline import MINUTE, at, fact
from tests.domain.ladder import Ladder, at_once, ladder_line, timer

NOON = at("12:00:00")
CONTACT = timer("contact", "15m")


def told(ladder: Ladder, notice: str) -> list[tuple[str, str, str]]:
    """(slot, person, channel) of everybody a notice tells, merged or not."""
    return [
        (ground.slot, row.person, row.channel)
        for row in ladder.case(1001).notices
        for ground in row.grounds
        if ground.notice == notice
    ]


def run(*notices: Notice, timers: tuple[Timer, ...] = (CONTACT,), **more: str) -> Ladder:
    """A case whose limits have run out, twenty minutes after its call."""
    ladder = Ladder(ladder_line(notices, timers))
    ladder.started(NOON, **more)
    ladder.pass_time(1001, NOON + 20 * MINUTE)
    return ladder


@pytest.mark.parametrize(
    ("who", "slot", "person"),
    [
        ("assignee", "assignee", "he"),
        ("owner", "owner", "lin"),
        ("seat", "owner", "lin"),
        ("first_knower", "owner", "lin"),
        ("superior", "head", "mei"),
        ("dgm", "dgm", "dai"),
    ],
)
def test_before_a_hard_limit_is_broken_whoever_it_is_due_to_hears(
    who: str, slot: str, person: str
) -> None:
    ladder = Ladder(ladder_line((), [timer("contact", "15m", who=who)]))
    ladder.started(NOON)
    ladder.pass_time(1001, NOON + 10 * MINUTE)
    assert told(ladder, "due_soon") == [(slot, person, "console")]


def test_what_is_due_to_nobody_yet_is_told_to_nobody() -> None:
    ladder = Ladder(ladder_line((), [timer("contact", "15m", who="receiver")]))
    ladder.started(NOON)
    ladder.pass_time(1001, NOON + 10 * MINUTE)
    assert told(ladder, "due_soon") == []


def test_a_soft_limit_is_told_to_assignee_and_owner() -> None:
    ladder = run(timers=(timer("contact", "15m", "soft"),))
    assert told(ladder, "due_soon") == []
    assert told(ladder, "soft_breached") == [
        ("assignee", "he", "console"),
        ("owner", "lin", "console"),
    ]


def test_a_hard_one_also_to_the_shift_lead_and_the_lines_supervisor() -> None:
    assert told(run(), "breached") == [
        ("assignee", "he", "console"),
        ("owner", "lin", "console"),
        ("shift_lead", "boss", "console"),
        ("head", "mei", "console"),
    ]


def test_a_line_without_a_supervisor_has_none_told() -> None:
    ladder = Ladder(ladder_line((), [CONTACT], posts=False))
    ladder.started(NOON, "complaint")
    ladder.pass_time(1001, NOON + 20 * MINUTE)
    assert [slot for slot, _, _ in told(ladder, "breached")] == ["assignee", "owner", "shift_lead"]
    assert told(ladder, "complaint_breached") == []


def test_by_mail_too_whoever_has_an_address() -> None:
    ladder = Ladder(ladder_line((), [CONTACT]))
    ladder.change(Person("mei", "梅", mail="mei@example.org"))
    ladder.started(NOON)
    ladder.pass_time(1001, NOON + 20 * MINUTE)
    mailed = [who for who, _, channel in told(ladder, "breached") if channel == "mail"]
    assert mailed == ["head"]


@pytest.mark.parametrize("level", ["hard", "soft"])
def test_a_complaint_is_told_to_its_officer(level: str) -> None:
    ladder = run(timers=(timer("contact", "15m", level),), category="complaint")
    assert told(ladder, "complaint_breached") == [("officer", "wen", "console")]
    assert told(run(), "complaint_breached") == []


def test_nobody_is_told_twice_whom_the_line_tells_of_the_same() -> None:
    ladder = run(at_once("late", "timer_breached", "assignee", "dgm"))
    assert told(ladder, "late") == [("assignee", "he", "phone"), ("dgm", "dai", "phone")]
    assert [person for _, person, _ in told(ladder, "breached")] == ["lin", "boss", "mei"]


def test_a_line_has_a_notice_of_its_own_in_place_of_the_houses() -> None:
    own = Notice("breached", L("晚", "late"), on="timer_breached", to=("dgm",))
    assert told(run(own), "breached") == [("dgm", "dai", "console")]


def test_limits_broken_in_one_instant_are_one_message() -> None:
    ladder = run(timers=(CONTACT, timer("verify", "15m"), timer("later", "16m")))
    rows = [row for row in ladder.case(1001).notices if row.person == "boss"]
    assert [[ground.notice for ground in row.grounds] for row in rows] == [
        ["breached", "breached"],
        ["breached"],
    ]
    assert [row.limits for row in rows] == [("contact.1", "verify.1"), ("later.1",)]
    case = ladder.case(1001)
    named = [next(f for f in case.facts if f.seq == g.of).body["timer"] for g in rows[0].grounds]
    assert named == ["contact", "verify"]


def test_one_person_in_two_slots_is_told_once() -> None:
    ladder = Ladder(ladder_line((), [CONTACT]))
    ladder.directory.slots["shift_lead"] = "lin"
    ladder.started(NOON)
    ladder.pass_time(1001, NOON + 20 * MINUTE)
    [row] = [
        row
        for row in ladder.case(1001).notices
        if row.person == "lin" and row.cause and not row.warns
    ]
    assert [ground.slot for ground in row.grounds] == ["owner", "shift_lead"]
    ladder.do("reach", "he", NOON + 21 * MINUTE, case=1001, who="shift_lead")
    [row] = [one for one in ladder.case(1001).notices if one.key == row.key]
    assert row.state == "reached"


def test_a_breach_settles_the_warnings_of_it() -> None:
    ladder = run(timers=(CONTACT, timer("later", "60m")))
    [warning] = [row for row in ladder.case(1001).notices if row.warns]
    assert (warning.state, warning.reason) == ("settled", SUPERSEDED)
    breached = next(
        f
        for f in ladder.written
        if f.kind == "notice_raised" and "limit" in f.body and not f.body.get("warns")
    )
    assert warning.key in {row.key for row in touched(ladder.case(1001), [breached])}


def test_a_warning_of_two_limits_lasts_until_both_are_broken() -> None:
    timers = (timer("contact", "15m"), replace(timer("verify", "15m"), extendable=True))
    ladder = Ladder(ladder_line((), timers))
    ladder.started(NOON)
    ladder.pass_time(1001, NOON + 11 * MINUTE)
    [warning] = [row for row in ladder.case(1001).notices if row.warns]
    rows: list[NoticeRow] = [warning]
    body = {"notice": "x", "when": "timely", "cause": 99, "rows": [], "limit": "contact.1"}
    follow(rows, fact(900, "notice_raised", NOON + 15 * MINUTE, "console", **body))
    assert (warning.state, warning.limits) == ("sent", ("verify.1",))
    follow(
        rows,
        fact(901, "notice_raised", NOON + 15 * MINUTE, "console", **body | {"limit": "verify.1"}),
    )
    assert warning.state == "settled"


def test_the_urgent_of_two_leads_the_message() -> None:
    quiet = Notice("quiet", L("静", "quiet"), on="urged", to=("dgm",), via=("phone",))
    ladder = Ladder(ladder_line([quiet, at_once("hurry", "urged", "dgm")]))
    ladder.started(NOON)
    ladder.do("urge", "lin", NOON + 1, case=1001)
    [row] = [row for row in ladder.case(1001).notices if row.channel == "phone"]
    assert (row.notice, row.when, row.every) == ("hurry", "now", 5 * MINUTE)
    assert [ground.notice for ground in row.grounds] == ["hurry", "quiet"]
    assert all(row.has_key(ground.key) for ground in row.grounds)


def test_what_goes_to_an_owner_off_shift_reaches_the_custodian() -> None:
    ladder = Ladder(ladder_line((), [timer("contact", "15m", who="owner")]))
    ladder.started(NOON)
    ladder.do("take_custody", "zhou", NOON + MINUTE, case=1001)
    ladder.pass_time(1001, NOON + 10 * MINUTE)
    [row] = ladder.case(1001).notices[-1:]
    assert (row.slot, row.person, row.meant, row.why) == ("owner", "zhou", "lin", "custody")
    assert ladder.case(1001).owner == "lin"


def test_old_facts_are_what_they_were() -> None:
    rows: list[NoticeRow] = []
    line = {"slot": "dgm", "person": "dai", "channel": "mail"}
    body = {"notice": "x", "when": "now", "rows": [line, line]}
    follow(rows, fact(7, "notice_raised", NOON, **body))
    assert [(row.key, row.also, row.every, row.then) for row in rows] == [
        ("7.0", (), 0, ()),
        ("7.1", (), 0, ()),
    ]
