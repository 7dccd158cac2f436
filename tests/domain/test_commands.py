"""What people can do: the facts each command leads to, and every refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from console.domain.commands import COMMANDS
from console.domain.permissions import PERMISSIONS
from console.speech import Speech
from tests.domain.hotline import MINUTE, Hotline, at

ENDED = at("09:19:00")
NOW = ENDED + 10 * MINUTE


@pytest.fixture
def hotline() -> Hotline:
    return Hotline()


# --- stages a case or a call can be in


def nothing(hotline: Hotline) -> None:
    hotline.do("ring", "lin", ENDED, call="a", number="13955501953")


def claimed(hotline: Hotline) -> None:
    nothing(hotline)
    hotline.do("claim", "zhou", NOW - 30, call="a")


def missed(hotline: Hotline) -> None:
    nothing(hotline)
    hotline.do("miss_call", "lin", ENDED, call="a")


def opened(hotline: Hotline) -> None:
    hotline.open(ENDED)


def unrecorded(hotline: Hotline) -> None:
    hotline.open(ENDED, need="")
    hotline.do("classify", "lin", ENDED + 10, case=1001, category="quote", province="湖南")


def unready(hotline: Hotline) -> None:
    hotline.open(ENDED)
    hotline.do("classify", "lin", ENDED + 10, case=1001, category="technical", division="pile")


def classified(hotline: Hotline) -> None:
    unready(hotline)
    hotline.do("record", "lin", ENDED + 15, case=1001, province="湖南")


def untracked(hotline: Hotline) -> None:
    classified(hotline)
    hotline.directory.slots.clear()


def dispatched(hotline: Hotline) -> None:
    hotline.classified(ENDED)


def complaint(hotline: Hotline) -> None:
    hotline.classified(ENDED, category="complaint")
    hotline.do("record", "lin", ENDED + 30, case=1001, cause="rude")


def accident(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    hotline.do("record", "lin", ENDED + 30, case=1001, accident="yes")


def confirmed(hotline: Hotline) -> None:
    hotline.classified(ENDED)
    hotline.do("record", "lin", ENDED + 30, case=1001, cause="wear")
    hotline.do("resolve", "he", ENDED + 40, case=1001, text="done")
    hotline.do("confirm", "lin", ENDED + 50, case=1001, who="Peng")


def over(hotline: Hotline) -> None:
    confirmed(hotline)
    hotline.do("contact", "he", ENDED + 60, case=1001)
    hotline.do("close", "lin", ENDED + 70, case=1001, reason="mail follows")


Stage = Callable[[Hotline], None]

REFUSALS: list[tuple[Stage, str, str, dict[str, Any], str, str, str]] = [
    # stage, command, who, fields, rule, clause, what is said
    (nothing, "claim", "he", {"call": "a"}, "answer", "rulebook 5.2; W-01", "not allow: claim"),
    (nothing, "open", "audit", {}, "answer", "rulebook 5.2; W-01", "Your role does not allow"),
    (dispatched, "note", "audit", {"case": 1001, "text": "x"}, "work", "rulebook 5.1", "Your role"),
    (dispatched, "verify", "he", {"case": 1001, "answer": "yes"}, "T0-02", "000 III.3.1.4b", ""),
    (dispatched, "contact", "audit", {"case": 1001}, "work", "rulebook 5.1", "Your role"),
    (
        nothing,
        "add_person",
        "lin",
        {"person": "x", "name": "X"},
        "manage_people",
        "rulebook 5.1",
        "administrator",
    ),
    (nothing, "add_person", "boss", {"person": "X y", "name": "X"}, "person", "", "“X y” cannot"),
    (nothing, "add_person", "boss", {"person": "lin", "name": "X"}, "person", "", "exists already"),
    (nothing, "change_person", "boss", {"person": "nobody"}, "person", "", "nobody is called"),
    (claimed, "claim", "lin", {"call": "a"}, "claim", "", "zhou has already claimed this call"),
    (claimed, "answer", "lin", {"call": "a"}, "claim", "", "zhou has already claimed this call"),
    (claimed, "take_over", "lin", {"call": "a"}, "claim", "", "zhou claimed this call only just"),
    (opened, "claim", "lin", {"call": "a"}, "call", "", "already ended"),
    (opened, "end_call", "lin", {"call": "a"}, "call", "", "already ended"),
    (opened, "miss_call", "lin", {"call": "a"}, "call", "", "already ended"),
    (missed, "miss_call", "lin", {"call": "a"}, "call", "", "already ended"),
    (nothing, "open", "lin", {"line": "gone"}, "line", "", "no product line “gone”"),
    (opened, "classify", "lin", {"case": 1001}, "category", "", "Which category?"),
    (opened, "classify", "lin", {"case": 1001, "category": "fun"}, "category", "", "“fun”"),
    (
        opened,
        "classify",
        "lin",
        {"case": 1001, "category": "t", "division": "x"},
        "division",
        "",
        "“x”",
    ),
    (opened, "classify", "lin", {"case": 1001, "line": "x", "category": "t"}, "line", "", "“x”"),
    (opened, "assign", "lin", {"case": 1001, "to": "he"}, "classify", "", "not classified yet"),
    (unready, "assign", "lin", {"case": 1001, "to": "he"}, "dispatch", "000 III.3.1.3", "province"),
    (classified, "assign", "lin", {"case": 1001, "to": "who"}, "person", "", "called “who”"),
    (
        classified,
        "assign",
        "lin",
        {"case": 1001, "to": "su"},
        "pile",
        "small 3",
        "Only the support_engineer",
    ),
    (classified, "assign", "lin", {"case": 1001, "to": "dai"}, "assign", "small 7", "not to the"),
    (
        untracked,
        "assign",
        "lin",
        {"case": 1001, "to": "he"},
        "tracker",
        "small 1",
        "tracks it",
    ),
    (untracked, "assign", "lin", {"case": 1001}, "assign", "", "To whom?"),
    (dispatched, "track", "lin", {"case": 1001, "tracker": "x"}, "person", "", "“x”"),
    (dispatched, "take_custody", "lin", {"case": 1001, "custodian": "x"}, "person", "", "“x”"),
    (dispatched, "acknowledge", "lin", {"case": 1001}, "acknowledge", "W-03", "Only the person"),
    (dispatched, "promise", "he", {"case": 1001, "due": NOW}, "promise", "002 P3C1 hotline", ""),
    (accident, "promise", "he", {"case": 1001, "due": NOW + 9}, "promise", "small 6", "accidents"),
    (dispatched, "contact", "he", {"case": 1001, "when": NOW + 1}, "when", "", "has not come yet"),
    (dispatched, "contact", "he", {"case": 1001, "by": "x"}, "person", "", "“x”"),
    (
        dispatched,
        "verify",
        "lin",
        {"case": 1001, "answer": "yes"},
        "T0-02",
        "000 III.3.1.4b",
        "who",
    ),
    (
        dispatched,
        "verify",
        "lin",
        {"case": 1001, "answer": "yes", "by": "he", "when": NOW + 1},
        "when",
        "",
        "has not come yet",
    ),
    (opened, "urge", "lin", {"case": 1001}, "urge", "", "Nobody has this case"),
    (dispatched, "urge", "lin", {"case": 1001, "who": "x"}, "person", "", "“x”"),
    (dispatched, "reach", "lin", {"case": 1001, "who": "x"}, "person", "", "“x”"),
    (dispatched, "confirm", "lin", {"case": 1001, "who": "P"}, "W-15", "001 P2 2.5", "not solved"),
    (dispatched, "settle", "wen", {"case": 1001, "text": "x"}, "settle", "", "not a complaint"),
    (dispatched, "compensate", "wen", {"case": 1001, "text": "x"}, "settle", "", "not a complaint"),
    (complaint, "settle", "lin", {"case": 1001, "text": "x"}, "D-24", "small 2", "only by the"),
    (complaint, "compensate", "lin", {"case": 1001, "text": "x"}, "D-24", "small 2", "only by the"),
    (complaint, "close", "boss", {"case": 1001, "reason": "x"}, "D-24", "small 2", "only by the"),
    (dispatched, "close", "zhou", {"case": 1001}, "W-04", "002 P3C1", "Only the owner, lin"),
    (dispatched, "close", "lin", {"case": 1001}, "close", "", "Missing: cause"),
    (accident, "close", "lin", {"case": 1001}, "close", "", "Missing: cause, batch"),
    (confirmed, "close", "lin", {"case": 1001}, "T-01", "small 4", "still open: contact"),
    (complaint, "close", "wen", {"case": 1001, "reason": "x"}, "D-23", "house 1", "confirmed"),
    (
        dispatched,
        "reopen",
        "lin",
        {"case": 1001, "reason": "repeat_call"},
        "W-17",
        "",
        "still open",
    ),
    (over, "contact", "he", {"case": 1001}, "closed", "", "This case is closed."),
    (over, "classify", "lin", {"case": 1001, "category": "quote"}, "closed", "", "is closed"),
]


@pytest.mark.parametrize(
    "row",
    REFUSALS,
    ids=[f"{row[0].__name__}-{row[1]}-{row[2]}-{n}" for n, row in enumerate(REFUSALS)],
)
def test_refusals(
    hotline: Hotline,
    row: tuple[Stage, str, str, dict[str, Any], str, str, str],
) -> None:
    stage, command, who, fields, rule, clause, says = row
    stage(hotline)
    before = list(hotline.written)
    refusal = hotline.refusal(command, who, NOW, **fields)
    say = Speech("en").say
    assert (refusal.rule, refusal.clause) == (rule, clause)
    assert says in say(refusal.message)
    assert say(refusal.remedy).strip()
    assert "{" not in say(refusal.message) + say(refusal.remedy)
    assert hotline.written == before


def test_the_one_who_worked_on_it_does_not_verify_it(hotline: Hotline) -> None:
    dispatched(hotline)
    hotline.do("assign", "lin", NOW, case=1001, to="zhou")
    hotline.do("contact", "zhou", NOW, case=1001)
    refusal = hotline.refusal("verify", "zhou", NOW, case=1001, answer="yes")
    assert (refusal.rule, refusal.clause) == ("T0-02", "000 III.3.1.4b")


# --- what is allowed


def kinds(facts: list[Any]) -> list[str]:
    return [fact.kind for fact in facts]


def test_answering_claims(hotline: Hotline) -> None:
    nothing(hotline)
    facts = hotline.do("answer", "lin", NOW, call="a")
    assert kinds(facts) == ["call_claimed", "call_answered"]
    assert facts[1].body == {"station": "8001"}
    assert hotline.do("answer", "lin", NOW, call="a") == []
    assert hotline.do("claim", "lin", NOW, call="a") == []


def test_a_stale_claim_may_be_taken_over(hotline: Hotline) -> None:
    claimed(hotline)
    [fact] = hotline.do("take_over", "lin", NOW + 30, call="a")
    assert (fact.kind, fact.body) == ("call_claimed", {"from": "zhou"})
    assert hotline.call("a").claimed_by == "lin"


def test_a_ringing_call_that_ends_was_missed(hotline: Hotline) -> None:
    nothing(hotline)
    missed, owed = hotline.do("end_call", "lin", NOW, call="a")
    assert (missed.kind, missed.body) == ("call_missed", {"reason": "abandoned"})
    assert (owed.subject, owed.kind) == ("callback:+8613955501953", "callback_owed")


def test_a_case_opened_during_a_call_counts_from_its_end(hotline: Hotline) -> None:
    opened(hotline)
    by_subject = [(f.subject, f.kind, f.at) for f in hotline.written[-2:]]
    assert by_subject == [("call:a", "call_ended", ENDED), ("case:1001", "call_ended", ENDED)]
    assert hotline.case(1001).value("contact_phone") == "+8673155502187"


def test_a_case_opened_after_the_call_counts_from_its_end_too(hotline: Hotline) -> None:
    nothing(hotline)
    hotline.do("answer", "lin", ENDED - 60, call="a")
    hotline.do("end_call", "lin", ENDED, call="a")
    facts = hotline.do("open", "lin", NOW, call="a", need="x")
    assert [(f.kind, f.at) for f in facts if f.kind in ("call_ended", "submitted")] == [
        ("submitted", ENDED - 60),
        ("call_ended", ENDED),
    ]


def test_a_record_is_complete_as_soon_as_nothing_is_missing(hotline: Hotline) -> None:
    unrecorded(hotline)
    assert kinds(hotline.do("record", "lin", NOW, case=1001, need="x")) == ["filled", "recorded"]
    assert hotline.do("record", "lin", NOW, case=1001, need="x") == []
    [filled] = hotline.do("record", "lin", NOW, case=1001, need="y", because="misheard")
    assert filled.body == {"values": {"need": "y"}, "was": {"need": "x"}, "because": "misheard"}


def test_a_repeat_call_joins_the_open_case(hotline: Hotline) -> None:
    opened(hotline)
    hotline.do("ring", "lin", NOW, call="b", number="073155502187")
    facts = hotline.do("join_call", "lin", NOW, case=1001, call="b")
    assert kinds(facts) == ["call_joined", "case_joined"]
    assert hotline.do("join_call", "lin", NOW, case=1001, call="b") == []
    assert hotline.call("b").cases == (1001,)


def test_a_category_brings_its_target(hotline: Hotline) -> None:
    opened(hotline)
    [fact] = hotline.do("classify", "lin", NOW, case=1001, category="询价")
    assert fact.body == {"line": "small", "category": "quote", "division": "sales", "version": 1}


def test_a_record_completed_by_classifying_is_complete(hotline: Hotline) -> None:
    hotline.open(ENDED, need="")
    typed = {"case": 1001, "category": "quote", "province": "湖南", "need": "a cabinet"}
    hotline.do("classify", "lin", NOW, **typed)
    hotline.do("assign", "lin", NOW, case=1001)
    assert hotline.case(1001).assignee == "mei"


def test_another_category_brings_its_own_target(hotline: Hotline) -> None:
    unready(hotline)
    hotline.do("classify", "lin", NOW, case=1001, category="quote")
    assert hotline.case(1001).division == "sales"


def test_a_target_has_its_own_assignee_and_a_category_its_tracker(hotline: Hotline) -> None:
    classified(hotline)
    facts = hotline.do("assign", "lin", NOW, case=1001)
    assert facts[0].body == {"assignee": "he", "tracker": "tan"}


def test_technical_support_may_pass_work_through_the_door(hotline: Hotline) -> None:
    dispatched(hotline)
    hotline.do("classify", "lin", NOW, case=1001, division="pile")
    assert hotline.refusal("assign", "lin", NOW, case=1001, to="su").rule == "pile"
    hotline.do("assign", "tan", NOW, case=1001, to="su")
    assert hotline.case(1001).assignee == "su"


def test_who_may_do_what_others_may_not(hotline: Hotline) -> None:
    accident(hotline)
    [fact] = hotline.do("promise", "boss", NOW, case=1001, due=NOW + 60)
    assert (fact.kind, fact.body["due"]) == ("promised", NOW + 60)


def test_a_promise_given_again_renews_the_open_one(hotline: Hotline) -> None:
    dispatched(hotline)
    hotline.do("promise", "he", NOW, case=1001, due=NOW + 60)
    assert kinds(hotline.do("promise", "he", NOW, case=1001, due=NOW + 90)) == ["promise_renewed"]
    hotline.do("contact", "he", NOW + 80, case=1001)
    assert kinds(hotline.do("promise", "he", NOW + 81, case=1001, due=NOW + 99)) == ["promised"]


def test_a_failed_attempt_is_no_contact(hotline: Hotline) -> None:
    dispatched(hotline)
    [fact] = hotline.do("contact", "he", NOW, case=1001, reached="no")
    assert fact.kind == "contact_missed"
    [fact] = hotline.do("contact", "lin", NOW, case=1001, by="he", when=NOW - 60, channel="mail")
    assert (fact.kind, fact.at) == ("customer_contacted", NOW - 60)
    assert fact.body == {"by": "he", "role": "assignee", "channel": "mail"}


def test_verified_yes_takes_down_the_contact_if_nobody_did(hotline: Hotline) -> None:
    dispatched(hotline)
    typed = {"case": 1001, "answer": "yes", "by": "he", "when": NOW - 60}
    facts = hotline.do("verify", "lin", NOW, **typed)
    assert [(f.kind, f.at) for f in facts] == [
        ("customer_contacted", NOW - 60),
        ("contact_verified", NOW),
    ]
    assert facts[1].body == {"answer": True, "by": "he", "contacted_at": NOW - 60}


def test_verified_no_urges(hotline: Hotline) -> None:
    dispatched(hotline)
    facts = hotline.do("verify", "lin", NOW, case=1001, answer="no")
    assert kinds(facts) == ["contact_verified", "urged", "notice_raised"]
    assert hotline.case(1001).value("urged") == 1


def test_closing_with_open_obligations_takes_a_reason_that_stays(hotline: Hotline) -> None:
    confirmed(hotline)
    [fact] = hotline.do("close", "lin", NOW, case=1001, reason="agreed by mail")
    assert (fact.kind, fact.body) == ("closed", {"reason": "agreed by mail"})
    assert hotline.case(1001).state == "closed"


def test_the_owner_or_a_shift_lead_closes(hotline: Hotline) -> None:
    confirmed(hotline)
    assert hotline.try_("close", "boss", NOW, case=1001, reason="x").facts


def test_a_complaint_is_settled_and_closed_by_its_officer(hotline: Hotline) -> None:
    complaint(hotline)
    [advice] = hotline.do("advise_complaint", "lin", NOW, case=1001, text="apologise")
    assert (advice.kind, advice.body) == ("advice_noted", {"text": "apologise"})
    [answered] = hotline.do("settle", "wen", NOW, case=1001, text="sorry", apology="yes")
    assert answered.body == {"text": "sorry", "satisfied": False, "apology": True}
    hotline.do("compensate", "wen", NOW, case=1001, text="free service")
    hotline.do("confirm", "lin", NOW, case=1001, who="Ms Guo")
    hotline.do("close", "wen", NOW, case=1001, reason="all said")
    assert not hotline.case(1001).is_open


def test_a_closed_case_still_takes_notes(hotline: Hotline) -> None:
    over(hotline)
    assert kinds(hotline.do("note", "he", NOW, case=1001, text="spare part returned")) == ["noted"]


def test_people_are_added_and_changed(hotline: Hotline) -> None:
    person = {"person": "li.na", "name": "李娜", "roles": "operator,duty"}
    [fact] = hotline.do("add_person", "boss", NOW, **person)
    assert (fact.subject, fact.kind) == ("person:li.na", "person_added")
    assert fact.body == {"name": "李娜", "roles": ["operator", "duty"]}
    [fact] = hotline.do("change_person", "boss", NOW, person="he", active="no")
    assert (fact.subject, fact.body) == ("person:he", {"active": False})


# --- the table itself


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_can_be_found_and_given(command: Any) -> None:
    assert command.name.isidentifier()
    assert command.words
    assert command.permission in PERMISSIONS
    assert command.about in ("case", "call", "new", "nothing")
    keys = [param.key for param in command.params]
    assert len(set(keys)) == len(keys)
    if command.about in ("case", "call"):
        assert command.about in keys


def test_the_words_of_the_command_bar_are_unambiguous() -> None:
    words = [word for command in COMMANDS.values() for word in (command.name, *command.words)]
    assert sorted(words) == sorted(set(words))
