"""Whoever has to know something now is told again, then the next of the chain is."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain import escalation
from console.domain.facts import Fact
from console.domain.notices import DELEGATED, REPEATED, NoticeRow
from console.domain.people import Absence, Person
from console.domain.recipients import Patience
from console.domain.refusal import RefusedError
from tests.domain.hotline import HOUR, MINUTE, at
from tests.domain.ladder import Ladder, at_once, ladder_line, timer

NOON = at("12:00:00")
URGED = at_once("hurry", "urged", "dgm")


@pytest.fixture
def ladder() -> Ladder:
    return Ladder(ladder_line([URGED]))


def urged(ladder: Ladder) -> NoticeRow:
    """The row of somebody to be phoned now, since noon."""
    ladder.started(NOON - 1)
    ladder.do("urge", "lin", NOON, case=1001)
    [row] = [one for one in ladder.case(1001).notices if one.notice == "hurry"]
    return row


def clocks(facts: list[Fact]) -> list[tuple[str, int]]:
    """What became of notices by itself, and in which minute after noon."""
    own = (fact for fact in facts if fact.kind in (REPEATED, DELEGATED))
    return [(fact.kind, (fact.at - NOON) // MINUTE) for fact in own]


def test_told_again_every_five_minutes_then_the_next_one_is(ladder: Ladder) -> None:
    urged(ladder)
    facts = []
    for minute in range(61):
        facts += ladder.pass_time(1001, NOON + minute * MINUTE)
    assert clocks(facts) == [
        ("notice_repeated", 5),
        ("notice_repeated", 10),
        ("notice_delegated", 15),
        ("notice_repeated", 20),
        ("notice_repeated", 25),
        ("notice_delegated", 30),
        ("notice_repeated", 35),
        ("notice_repeated", 40),
        ("notice_delegated", 45),
        ("notice_repeated", 50),
        ("notice_repeated", 55),
    ]
    passed = [f.body for f in facts if f.kind == "notice_delegated"]
    assert [(b["from"], b["slot"], b["to"], b["after"]) for b in passed] == [
        ("dai", "dgm", "wen", 15 * MINUTE),
        ("wen", "dgm", "mei", 15 * MINUTE),
        ("mei", "shift_lead", "boss", 15 * MINUTE),
    ]
    rows = [row for row in ladder.case(1001).notices if row.channel == "phone"]
    assert [(r.slot, r.person, r.meant, r.why) for r in rows] == [
        ("dgm", "dai", "", ""),
        ("dgm", "wen", "dai", "unreached"),
        ("dgm", "mei", "wen", "unreached"),
        ("shift_lead", "boss", "mei", "unreached"),
    ]
    assert [row.passed_to for row in rows] == ["wen", "mei", "boss", ""]
    assert escalation.next_moment(ladder.case(1001)) is None


def test_reached_is_the_end_of_it_for_everybody_in_the_slot(ladder: Ladder) -> None:
    urged(ladder)
    ladder.pass_time(1001, NOON + 15 * MINUTE)
    ladder.do("reach", "lin", NOON + 16 * MINUTE, case=1001, who="wen", channel="phone")
    case = ladder.case(1001)
    assert {row.state for row in case.notices if row.notice == "hurry"} == {"reached"}
    assert escalation.next_moment(case) is None


@pytest.mark.parametrize(
    ("command", "typed", "why"),
    [
        ("note", {"text": "I know"}, "heard"),
        ("reach", {"who": "dgm", "channel": "console"}, ""),
    ],
)
def test_who_does_something_about_the_case_has_heard(
    ladder: Ladder, command: str, typed: dict[str, str], why: str
) -> None:
    row = urged(ladder)
    who = "dai" if why else "lin"
    ladder.do(command, who, NOON + MINUTE, case=1001, **typed)
    case = ladder.case(1001)
    [row] = [one for one in case.notices if one.notice == "hurry"]
    assert escalation.over(row, case) == why
    assert (escalation.next_moment(case) is None) is bool(why)
    assert row.state == "due"  # that they were reached is for somebody to say


def test_another_channel_of_the_same_cause_will_do() -> None:
    both = at_once("hurry", "urged", "dgm", via=("console", "phone"))
    ladder = Ladder(ladder_line([both]))
    urged_twice = ladder.started(NOON - 1)
    ladder.do("urge", "lin", NOON, case=urged_twice.number)
    ladder.do("reach", "lin", NOON + MINUTE, case=1001, who="dgm", channel="phone")
    assert escalation.next_moment(ladder.case(1001)) is None


def test_a_person_and_a_cause_are_passed_on_once_by_each_channel() -> None:
    both = at_once("hurry", "urged", "dgm", via=("console", "phone"))
    ladder = Ladder(ladder_line([both]))
    ladder.started(NOON - 1)
    ladder.do("urge", "lin", NOON, case=1001)
    ladder.pass_time(1001, NOON + 15 * MINUTE)
    told = [(row.person, row.channel) for row in ladder.case(1001).notices if row.cause]
    assert told.count(("wen", "console")) == told.count(("wen", "phone")) == 1


def test_a_mail_is_not_repeated_but_passed_on() -> None:
    ladder = Ladder(ladder_line([at_once("hurry", "urged", "dgm", via=("mail",))]))
    ladder.started(NOON - 1)
    ladder.do("urge", "lin", NOON, case=1001)
    facts = ladder.pass_time(1001, NOON + 20 * MINUTE)
    assert clocks(facts) == [("notice_delegated", 20)]


def test_what_was_agreed_about_ringing_again_is_kept(ladder: Ladder) -> None:
    urged(ladder)
    typed = {"who": "dgm", "channel": "phone", "again": NOON + 8 * MINUTE}
    ladder.do("reach", "lin", NOON + MINUTE, case=1001, **typed)
    facts = []
    for minute in range(15):
        facts += ladder.pass_time(1001, NOON + minute * MINUTE)
    assert clocks(facts) == [("notice_repeated", 8), ("notice_repeated", 13)]


def test_an_outage_repeats_once_and_gives_whoever_comes_next_their_time(ladder: Ladder) -> None:
    urged(ladder)
    facts = ladder.pass_time(1001, NOON + 3 * HOUR)
    assert clocks(facts) == [("notice_repeated", 10), ("notice_delegated", 180)]
    assert facts[-1].body["after"] == 3 * HOUR
    assert escalation.next_moment(ladder.case(1001)) == NOON + 3 * HOUR + 5 * MINUTE


def test_somebody_who_is_not_here_is_passed_over(ladder: Ladder) -> None:
    urged(ladder)
    ladder.off.add("wen")
    ladder.change(Person("mei", "梅", absence=Absence(NOON, NOON + HOUR)))
    [delegated] = [
        fact
        for fact in ladder.pass_time(1001, NOON + 15 * MINUTE)
        if fact.kind == "notice_delegated"
    ]
    assert (delegated.body["to"], delegated.body["then"]) == ("boss", [])


def test_somebody_who_is_away_is_never_waited_for(ladder: Ladder) -> None:
    ladder.off.add("dai")
    row = urged(ladder)
    assert (row.person, row.meant, row.why) == ("wen", "dai", "off")
    assert [step.person for step in row.then] == ["mei", "boss"]


def test_without_patience_nothing_happens_by_itself(ladder: Ladder) -> None:
    ladder.patience = Patience(0, 0)
    urged(ladder)
    assert escalation.next_moment(ladder.case(1001)) is None


def test_without_an_end_it_is_still_repeated_for_a_while_only(ladder: Ladder) -> None:
    ladder.patience = Patience(0, 5 * MINUTE)
    urged(ladder)
    facts = []
    for minute in range(61):
        facts += ladder.pass_time(1001, NOON + minute * MINUTE)
    assert clocks(facts) == [("notice_repeated", 5), ("notice_repeated", 10)]


def test_a_limit_that_is_met_is_told_to_nobody_else() -> None:
    late = at_once("late", "timer_breached", "dgm")
    ladder = Ladder(ladder_line([late], [timer("contact", "15m")]))
    ladder.started(NOON)
    ladder.pass_time(1001, NOON + 16 * MINUTE)
    ladder.do("contact", "lin", NOON + 17 * MINUTE, case=1001, by="he")
    case = ladder.case(1001)
    [row] = [one for one in case.notices if one.notice == "late"]
    assert escalation.over(row, case) == "met"
    assert escalation.next_moment(case) is None


def test_whoever_is_not_in_the_role_any_more_is_let_alone() -> None:
    ladder = Ladder(ladder_line([at_once("hurry", "urged", "assignee")]))
    ladder.started(NOON - 1)
    ladder.do("urge", "lin", NOON, case=1001)
    ladder.do("assign", "lin", NOON + MINUTE, case=1001, to="tan")
    case = ladder.case(1001)
    [row] = [one for one in case.notices if one.notice == "hurry"]
    assert escalation.over(row, case) == "moved"


def test_a_closed_case_is_nobodys_alarm(ladder: Ladder) -> None:
    row = urged(ladder)
    case = ladder.case(1001)
    case.attributes["state"] = "closed"
    assert escalation.over(row, case) == "closed"


# --- whatever happens

ACTS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("urge"), st.just(0)),
    st.tuples(st.just("reach"), st.sampled_from(["dgm", "wen", "boss", "head", "assignee"])),
    st.tuples(st.just("miss"), st.sampled_from(["dgm", "wen", "head"])),
    st.tuples(st.just("note"), st.sampled_from(["dai", "wen", "boss", "he", "lin"])),
    st.tuples(st.just("assign"), st.sampled_from(["he", "tan", "dai"])),
    st.tuples(st.just("contact"), st.sampled_from(["he", "tan"])),
    st.tuples(st.just("off"), st.sampled_from(["dai", "wen", "mei", "he", "boss"])),
    st.tuples(st.just("custody"), st.sampled_from(["zhou", "lin"])),
)
RULES = [
    at_once("hurry", "urged", "dgm", "assignee", "owner", via=("console", "phone", "mail")),
    at_once("hurry_too", "urged", "head", "dgm", via=("phone",)),
    at_once("late", "timer_breached", "dgm", "head", via=("console", "mail")),
]
TIMERS = [timer("contact", "15m"), timer("verify", "15m"), timer("soft", "20m", "soft", "owner")]


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTS, max_size=14))
def test_no_cause_floods_and_every_urgent_notice_comes_to_an_end(
    acts: list[tuple[str, object]],
) -> None:
    ladder = Ladder(ladder_line(RULES, TIMERS))
    ladder.started(NOON)
    now = NOON
    for verb, what in acts:
        now = _done(ladder, now, verb, what)
        _assert_no_flood(ladder)
    ladder.pass_time(1001, now)
    for _ in range(60):
        now += 10 * MINUTE
        ladder.pass_time(1001, now)
    _assert_no_flood(ladder)
    case = ladder.case(1001)
    assert escalation.next_moment(case) is None
    for row in case.notices:
        if row.when == "now":
            ended = escalation.over(row, case) or row.delegated is not None
            assert ended or not escalation.left(row, case.notices)


def _done(ladder: Ladder, now: int, verb: str, what: object) -> int:
    if verb == "wait":
        assert isinstance(what, int)
        now += what * MINUTE
        ladder.pass_time(1001, now)
        return now
    given: dict[str, tuple[str, str, dict[str, object]]] = {
        "urge": ("urge", "lin", {}),
        "reach": ("reach", "lin", {"who": what, "channel": "phone"}),
        "miss": ("reach", "lin", {"who": what, "channel": "phone", "reached": "no"}),
        "note": ("note", str(what), {"text": "x"}),
        "assign": ("assign", "lin", {"to": what}),
        "contact": ("contact", "lin", {"by": what}),
        "custody": ("take_custody", str(what), {}),
    }
    if verb == "off":
        ladder.off ^= {str(what)}
        return now
    name, who, typed = given[verb]
    try:
        ladder.do(name, who, now + 1, case=1001, **typed)
    except RefusedError:
        return now
    return now + 1


def _assert_no_flood(ladder: Ladder) -> None:
    """One message to one person by one channel for one cause."""
    rows = [row for row in ladder.case(1001).notices if row.cause]
    lanes = sorted((row.cause, row.person or row.slot, row.channel) for row in rows)
    assert all(len(list(same)) == 1 for _, same in groupby(lanes))
