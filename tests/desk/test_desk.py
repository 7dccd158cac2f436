"""The one door to the facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from console.desk import Desk, Who
from console.domain.call_events import CallEvent
from console.domain.moments import iso
from console.domain.people import SYSTEM
from console.domain.refusal import Refusal, RefusedError
from console.installation import open_desk
from console.speech import Speech
from tests.installations import NOON, OPENING, HandSet

LIN, ZHOU, HE, WEN = Who("lin", "1"), Who("zhou", "2"), Who("he"), Who("wen")
say = Speech("en").say


def refused(desk: Desk, name: str, who: Who = LIN, **typed: Any) -> Refusal:
    with pytest.raises(RefusedError) as caught:
        desk.do(name, typed, who)
    return caught.value.refusal


@pytest.fixture
def case(desk: Desk, now: HandSet) -> int:
    """A case of the charging piles, its call ended five minutes before noon."""
    now.at = NOON - 600
    desk.do("ring", {"call": "a", "number": "073155502187"}, LIN)
    desk.do("answer", {"call": "a"}, LIN)
    number = desk.do("open", {**OPENING, "call": "a"}, LIN).case
    now.at = NOON - 300
    desk.do("end_call", {"call": "a"}, LIN)
    typed = {"case": number, "category": "technical", "division": "charging_pile"}
    desk.do("classify", typed, LIN)
    now.at = NOON
    return number


# --- doing


def test_a_command_is_written_down_with_who_where_and_when(desk: Desk, case: int) -> None:
    outcome = desk.do("note", {"case": case, "text": "x"}, ZHOU)
    [fact] = outcome.facts
    assert (fact.actor, fact.seat, fact.subject) == ("zhou", "2", f"case:{case}")
    assert (fact.at, fact.recorded) == (NOON, NOON)
    assert (outcome.case, outcome.version) == (case, fact.seq)
    assert desk.follow(fact.seq - 1)[0].body == {"text": "x"}


def test_late_entry_keeps_both_moments(desk: Desk, case: int) -> None:
    [fact] = desk.do("contact", {"case": case}, HE, at=NOON - 60).facts
    assert (fact.at, fact.recorded) == (NOON - 60, NOON)


def test_times_are_typed_as_the_moment_of_the_command_sees_them(desk: Desk, case: int) -> None:
    outcome = desk.do("promise", {"case": case, "due": "+30m"}, HE, at=NOON - 60)
    assert outcome.facts[0].body["due"] == NOON - 60 + 1800
    assert refused(desk, "promise", HE, case=case, due="11:00").rule == "promise"


def test_one_command_is_one_transaction(desk: Desk, case: int) -> None:
    before = desk.store.last_seq()
    desk.do("verify", {"case": case, "answer": "yes", "by": "he", "when": "11:58"}, LIN)
    assert [f.kind for f in desk.follow(before)] == ["customer_contacted", "contact_verified"]


def test_a_refused_command_writes_nothing(desk: Desk, case: int) -> None:
    before = desk.store.last_seq()
    assert refused(desk, "close", case=case).rule
    assert refused(desk, "assign", case=case, to="nobody").rule == "person"
    assert desk.store.last_seq() == before


def test_who_acts_must_be_somebody(desk: Desk, case: int) -> None:
    refusal = refused(desk, "note", Who("ghost"), case=case, text="x")
    assert refusal.rule == "identity"
    assert "“ghost”" in say(refusal.message)
    assert "lin" in say(refusal.remedy)
    desk.do("change_person", {"person": "he", "active": "no"}, LIN)
    assert refused(desk, "note", Who("he"), case=case, text="x").rule == "identity"


def test_what_was_typed_is_checked_field_by_field(desk: Desk, case: int) -> None:
    for typed, rule, says in (
        ({"case": case}, "note", "note needs text."),
        ({"case": case, "text": ""}, "note", "note needs text."),
        ({"case": case, "text": "x", "colour": "red"}, "note", "no field “colour”"),
        ({"case": "x1", "text": "x"}, "case", "“x1” is not a case number."),
        ({"case": "١", "text": "x"}, "case", "is not a case number."),
        ({"case": "9" * 40, "text": "x"}, "case", "is not a case number."),
        ({"case": 4711, "text": "x"}, "case", "There is no case 4711."),
        ({"text": "x"}, "note", "note needs case."),
    ):
        refusal = refused(desk, "note", **typed)
        assert refusal.rule == rule
        assert says in say(refusal.message)
        assert say(refusal.remedy)
    refusal = refused(desk, "promise", HE, case=case, due="soon")
    assert (refusal.rule, say(refusal.message)) == ("due", "promised for cannot be “soon”.")
    assert refused(desk, "record", case=case, affected_qty="many").rule == "affected_qty"
    assert refused(desk, "dance").rule == "command"
    assert refused(desk, "answer", call="zz").rule == "call"


def test_a_hash_before_the_number_is_understood(desk: Desk, case: int) -> None:
    assert desk.do("note", {"case": f"#{case}", "text": "x"}, LIN).case == case


# --- versions


def test_a_stale_write_is_refused_and_shows_both_versions(desk: Desk, case: int) -> None:
    seen = desk.case(case).version
    desk.do("note", {"case": case, "text": "mine", "version": seen}, LIN)
    newest = desk.do("note", {"case": case, "text": "newer"}, ZHOU).version
    refusal = refused(desk, "note", LIN, case=case, text="stale", version=seen)
    assert refusal.rule == "version"
    text = say(refusal.message)
    assert f"You saw version {seen} of case {case}" in text
    assert f"周宁 Zhou has made it version {newest} since" in text
    assert "What you typed is kept" in say(refusal.remedy)
    assert desk.do("note", {"case": case, "text": "ok", "version": newest}, LIN).facts
    assert [f.body.get("text") for f in desk.case(case).facts][-3:] == ["mine", "newer", "ok"]


def test_what_a_machine_wrote_makes_nothing_stale(desk: Desk, now: HandSet) -> None:
    for kind, body in (
        ("call_rang", {"number": "13955501953"}),
        ("call_answered", {"station": "8001"}),
    ):
        desk.report(CallEvent("t", kind, now.at, body))
    case = desk.do("open", {**OPENING, "call": "t"}, LIN).case
    seen = desk.case(case).version
    desk.report(CallEvent("t", "call_ended", now.at, {"cause": "bye"}))
    assert desk.case(case).version > seen
    assert desk.do("note", {"case": case, "text": "x", "version": seen}, LIN).facts


@pytest.mark.parametrize("version", ["abc", "", "1.5", None])
def test_a_version_that_is_no_number(desk: Desk, case: int, version: Any) -> None:
    typed = {"case": case, "text": "x", "version": version}
    try:
        desk.do("note", typed, LIN)
    except RefusedError as caught:
        rule = caught.refusal.rule
    else:
        rule = ""
    assert rule == ("version" if version else "")


# --- preview


def test_a_preview_says_what_would_change_and_changes_nothing(desk: Desk, case: int) -> None:
    before = desk.store.last_seq()
    version = desk.store.data_version()
    preview = desk.preview("classify", {"case": case, "category": "quote"}, LIN)
    assert preview.refusal is None
    assert [f.kind for f in preview.facts] == ["classified", "notice_raised"]
    assert {(d.rule, d.change) for d in preview.dues} >= {("T0-01", "unchanged")}
    assert [(n.slot, n.person) for n in preview.notices] == [("marketing_contact", "mei")]
    assert desk.store.last_seq() == before
    assert desk.store.data_version() == version
    assert desk.case(case).category == "technical"


def test_a_preview_does_what_the_command_then_does(desk: Desk, case: int) -> None:
    typed = {"case": case, "to": "he"}
    preview = desk.preview("assign", typed, LIN)
    outcome = desk.do("assign", typed, LIN)
    assert preview.facts == outcome.facts
    assert preview.state == desk_state(desk, case)
    [classify] = [due for due in preview.dues if due.key == "classify"]
    assert (classify.rule, classify.change) == ("T0-09", "stopped")


def desk_state(desk: Desk, case: int) -> Any:
    from console.domain.states import STATES

    return STATES[desk.case(case).state]


def test_a_preview_shows_starts_with_their_due(desk: Desk) -> None:
    asked = desk.do("ring", {"number": "13955501953", "call": "k"}, LIN).call
    desk.do("answer", {"call": asked}, LIN)
    desk.do("open", {**OPENING, "call": asked}, LIN)
    preview = desk.preview("end_call", {"call": asked}, LIN)
    [saving] = [due for due in preview.dues if due.key == "save_contact"]
    assert (saving.before, saving.after, saving.change) == (None, NOON + 300, "started")
    assert desk.call(asked).live


def test_a_preview_is_refused_like_the_command(desk: Desk, case: int) -> None:
    preview = desk.preview("close", {"case": case}, ZHOU)
    assert preview.refusal == refused(desk, "close", ZHOU, case=case)
    assert preview.facts == ()


def test_a_preview_shows_only_the_new_notices(desk: Desk, case: int) -> None:
    desk.do("assign", {"case": case, "to": "he"}, LIN)
    desk.do("urge", {"case": case}, LIN)
    preview = desk.preview("urge", {"case": case}, LIN)
    assert [(n.notice, n.channel) for n in preview.notices] == [
        ("urged", "console"),
        ("urged", "phone"),
    ]


# --- why


def test_why_derives_every_clock_line_by_line(desk: Desk, case: int) -> None:
    [[title, *steps]] = desk.why(case, "T0-01")
    assert say(title) == "T0-01 contact the customer: 15m, hard limit (000 III.3.1.4a)"
    assert [say(step) for step in steps] == [
        f"started 2026-03-10 11:55:00 by “call ended” (fact {fact(desk, 'call_ended')}, lin)",
        "due 2026-03-10 12:10:00: 15m from the start",
        "running, 10 min left",
    ]
    assert desk.why(case, "contact") == desk.why(case, "T0-01")
    assert len(desk.why(case)) == len(desk.case(case).clocks)


def fact(desk: Desk, kind: str) -> int:
    return next(f.seq for f in desk.follow(0) if f.kind == kind and f.subject.startswith("case:"))


def test_why_knows_breaches_and_lateness(desk: Desk, case: int, now: HandSet) -> None:
    now.at = NOON + 601
    assert say(desk.why(case, "contact")[0][-1]) == "breached for 1 s, counting up"
    now.at = NOON + 660
    desk.do("contact", {"case": case}, HE)
    last = say(desk.why(case, "contact")[0][-1])
    assert last.startswith("met late 2026-03-10 12:11:00 by “customer contacted”")
    assert last.endswith(", 1 min late")


def test_why_as_it_was(desk: Desk, case: int, now: HandSet) -> None:
    now.at = NOON + 3600
    desk.do("contact", {"case": case}, HE)
    assert say(desk.why(case, "contact", as_of=NOON)[0][-1]) == "running, 10 min left"


def test_why_names_the_clocks_there_are(desk: Desk, case: int) -> None:
    with pytest.raises(RefusedError) as caught:
        desk.why(case, "T9-99")
    assert say(caught.value.refusal.message) == f"Case {case} has no clock “T9-99”."
    assert "contact" in say(caught.value.refusal.remedy)


# --- finding, following


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1001", True),
        ("2187", True),
        ("0731 5550 2187", True),
        ("+8673155502187", True),
        ("公交", True),
        ("彭", True),
        ("8888", False),
        ("%", False),
        ("_", False),
        ("", False),
        ("   ", False),
        ("'; DROP TABLE cases; --", False),
    ],
)
def test_finding_cases(desk: Desk, case: int, text: str, found: bool) -> None:
    cases, _ = desk.find(text)
    assert [one["number"] for one in cases] == ([case] if found else [])


def test_finding_calls(desk: Desk, case: int) -> None:
    assert [call.key for call in desk.find("2187")[1]] == ["a"]
    assert [call.key for call in desk.find("a")[1]] == ["a"]
    assert desk.find("x" * 100_000) == ([], [])


def test_following_the_journal(desk: Desk, case: int) -> None:
    everything = desk.follow(0)
    assert [f.seq for f in everything] == list(range(1, desk.store.last_seq() + 1))
    assert desk.follow(everything[-1].seq) == []
    assert [f.seq for f in desk.follow(3, limit=2)] == [4, 5]
    assert {f.actor for f in everything} == {SYSTEM.key, "lin"}


# --- what is offered


def offered(desk: Desk, case: int, who: Who) -> set[str]:
    return set(desk.offered(case, who))


def test_only_what_the_role_allows_is_offered(desk: Desk, case: int) -> None:
    assert {"classify", "assign", "verify", "note"} <= offered(desk, case, LIN)
    assert not {"classify", "verify"} & offered(desk, case, HE)
    assert "contact" in offered(desk, case, HE)


def test_a_complaint_is_settled_by_its_officer(desk: Desk, case: int) -> None:
    desk.do("classify", {"case": case, "category": "complaint"}, LIN)
    settling = {"settle", "compensate", "close"}
    assert not settling & offered(desk, case, LIN)
    assert "advise_complaint" in offered(desk, case, LIN)
    assert settling <= offered(desk, case, WEN)


def test_what_is_no_complaint_is_not_settled(desk: Desk, case: int) -> None:
    assert not {"settle", "compensate", "advise_complaint"} & offered(desk, case, WEN)


def test_a_closed_case_offers_to_be_reopened(desk: Desk, case: int) -> None:
    desk.do("contact", {"case": case}, HE)
    desk.do("resolve", {"case": case, "text": "x"}, HE)
    desk.do("confirm", {"case": case, "who": "Peng"}, LIN)
    desk.do("close", {"case": case, "reason": "x"}, LIN)
    assert offered(desk, case, LIN) == {"reopen", "note"}


# --- the board, the strip, the people


def test_the_strip_knows_the_caller(desk: Desk, case: int) -> None:
    desk.do("ring", {"call": "b", "number": "0731-5550-2187"}, LIN)
    [row] = desk.strip("en")
    assert (row.call, row.state, row.caller) == ("b", "ringing", "长沙公交场站 彭工")
    assert (row.history, row.open_cases, row.open_case, row.owner) == (1, 1, case, "lin")


def test_a_person_added_elsewhere_is_known_here(desk: Desk, data: Path) -> None:
    other = open_desk(data)
    assert desk.directory.get("li") is None
    other.do("add_person", {"person": "li", "name": "李", "roles": "duty"}, LIN)
    other.store.close()
    assert desk.directory.get("li") is not None


def test_a_case_as_it_was(desk: Desk, case: int, now: HandSet) -> None:
    now.at += 60
    desk.do("assign", {"case": case, "to": "he"}, LIN)
    assert (desk.case(case).assignee, desk.case(case, NOON).assignee) == ("he", "")


def test_there_is_no_such_case(desk: Desk) -> None:
    for question in (desk.case, desk.why):
        with pytest.raises(RefusedError) as caught:
            question(4711)
        assert say(caught.value.refusal.message) == "There is no case 4711."


def test_everything_the_desk_answers_is_json_in_the_journal(desk: Desk, case: int) -> None:
    for one in desk.follow(0):
        assert json.loads(json.dumps(one.body)) == one.body
        assert iso(one.at).endswith("+08:00")
