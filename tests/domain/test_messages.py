"""Writing to the customer: with consent where it takes one, never to our own people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.case import Case
from console.domain.conditions import when
from console.domain.erasure import left_of_case
from console.domain.fields import DateTime, Text
from console.domain.notices import NoticeRow
from console.domain.outbox import Problem, address_of
from console.domain.people import Person
from console.domain.rules import Line, Message, Wording
from console.domain.telling import follow
from console.domain.words import L
from tests.domain.hotline import LINE, Hotline, at, fact

NOON = at("12:00:00")
MOBILE = "+8613955501953"

VISIT = Message(
    "visit",
    L("上门确认", "visit confirmed"),
    Wording(
        L("上门时间", "Our visit"),
        L(
            "您好，{assignee}将于{arrival}到达。{prepare}",
            "{assignee} comes at {arrival}. {prepare}",
        ),
        L(
            "尊敬的客户：\n{assignee}将于{arrival}到达。",
            "Dear customer,\n{assignee} at {arrival}.",
        ),
    ),
    fields=(
        DateTime(key="arrival", label=L("到达时间", "arrival"), required="intake"),
        Text(key="prepare", label=L("请准备", "to prepare")),
    ),
    via=("sms", "mail"),
    consent=True,
    clause="small 9",
)
QUOTE = Message(
    "quote",
    L("报价已发", "quote sent"),
    Wording(L("报价", "quote"), L("报价已发，热线{hotline}。", "Call {hotline}.")),
    if_=when("category").equals("quote"),
)
LINE_WITH = replace(LINE, messages=(VISIT, QUOTE))


@pytest.fixture
def hotline() -> Hotline:
    return opened(LINE_WITH)


def opened(line: Line) -> Hotline:
    hotline = Hotline(line)
    hotline.open(NOON - 600, number=MOBILE)
    hotline.do("classify", "lin", NOON - 300, case=1001, category="technical", province="湖南")
    hotline.do("assign", "lin", NOON - 200, case=1001, to="he")
    return hotline


def agreed(hotline: Hotline, answer: str = "yes") -> None:
    hotline.do("consent", "lin", NOON - 100, case=1001, answer=answer)


def visit(hotline: Hotline, **typed: str) -> dict[str, object]:
    facts = hotline.do(
        "message", "he", NOON, case=1001, message="visit", arrival=NOON + 3600, **typed
    )
    assert [fact.kind for fact in facts] == ["message_written"]
    return dict(facts[0].body)


def test_the_customer_is_written_what_was_previewed(hotline: Hotline) -> None:
    agreed(hotline)
    typed = {"message": "visit", "arrival": NOON + 3600, "prepare": "钥匙"}
    [previewed] = hotline.try_("message", "he", NOON, case=1001, **typed).facts
    body = visit(hotline, prepare="钥匙")
    assert body == previewed.body
    assert body == {
        "message": "visit",
        "via": "sms",
        "address": MOBILE,
        "subject": "上门时间",
        "text": "您好，何工将于2026-03-10 13:00到达。钥匙",
    }
    row = hotline.case(1001).notices[-1]
    assert (row.notice, row.slot, row.to, row.state) == ("visit", "customer", MOBILE, "waiting")
    assert row.tries_at == NOON


def test_a_mail_has_the_long_text_in_the_language_asked_for(hotline: Hotline) -> None:
    agreed(hotline)
    body = visit(hotline, via="mail", to=" guo@customer.example ", lang="en")
    assert (body["address"], body["subject"]) == ("guo@customer.example", "Our visit")
    assert body["text"] == "Dear customer,\n何工 at 2026-03-10 13:00."


def test_without_consent_nobody_is_written_to(hotline: Hotline) -> None:
    typed = {"case": 1001, "message": "visit", "arrival": NOON + 3600}
    refusal = hotline.refusal("message", "he", NOON, **typed)
    assert (refusal.rule, refusal.clause) == ("consent", "small 9")
    agreed(hotline)
    hotline.try_("message", "he", NOON, **typed)
    agreed(hotline, "no")
    assert hotline.refusal("message", "he", NOON, **typed).rule == "consent"


def test_consent_outlives_a_reopening(hotline: Hotline) -> None:
    agreed(hotline)
    hotline.do("resolve", "he", NOON - 90, case=1001, text="好了")
    hotline.do("reopen", "lin", NOON - 80, case=1001, reason="repeat_call")
    assert visit(hotline)["message"] == "visit"


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({"message": "nothing"}, "message"),
        ({"message": "visit"}, "visit"),
        ({"message": "visit", "arrival": NOON + 1, "via": "im"}, "via"),
        ({"message": "quote"}, "quote"),
        ({"message": "visit", "arrival": NOON + 1, "to": "0755 5550 9528"}, "to"),
        ({"message": "visit", "arrival": NOON + 1, "to": "139;5550,1953 drop"}, "to"),
        ({"message": "visit", "arrival": NOON + 1, "to": "95555"}, "to"),
        ({"message": "visit", "arrival": NOON + 1, "via": "mail"}, "to"),
        ({"message": "visit", "arrival": NOON + 1, "via": "mail", "to": "a@b\nBcc: c@d"}, "to"),
    ],
)
def test_what_is_refused(hotline: Hotline, typed: dict[str, object], rule: str) -> None:
    agreed(hotline)
    refusal = hotline.refusal("message", "he", NOON, case=1001, **typed)
    assert refusal.rule == rule
    assert refusal.remedy


@pytest.mark.parametrize(("via", "to"), [("sms", "139 5550 7777"), ("mail", "TAN@example.org")])
def test_our_own_people_are_no_customers(hotline: Hotline, via: str, to: str) -> None:
    agreed(hotline)
    tan = Person("tan", "谭工", phone="+8613955507777", mail="tan@example.org")
    hotline.directory.add(tan)
    typed = {"message": "visit", "arrival": NOON + 1, "via": via, "to": to}
    refusal = hotline.refusal("message", "he", NOON, case=1001, **typed)
    assert refusal.rule == "to"


def test_a_message_may_name_the_hotline() -> None:
    hotline = opened(replace(LINE_WITH, messages=(replace(QUOTE, if_=None),)))
    facts = hotline.do("message", "he", NOON, case=1001, message="quote")
    assert facts[0].body["text"] == "报价已发，热线400-555-0100。"


def test_what_was_sent_by_hand_is_written_down_as_sent(hotline: Hotline) -> None:
    agreed(hotline)
    visit(hotline)
    key = hotline.case(1001).notices[-1].key
    facts = hotline.do("settle_notice", "he", NOON + 9, notice=key, sent="yes")
    assert [(fact.kind, fact.body["outlet"]) for fact in facts] == [("message_sent", "hand")]
    assert hotline.case(1001).notices[-1].state == "sent"


def test_laying_a_notice_aside_takes_a_reason(hotline: Hotline) -> None:
    agreed(hotline)
    visit(hotline)
    key = hotline.case(1001).notices[-1].key
    assert hotline.refusal("settle_notice", "he", NOON, notice=key).rule == "text"
    hotline.do("settle_notice", "he", NOON + 9, notice=key, text="客户已来电")
    assert hotline.case(1001).notices[-1].state == "settled"
    assert hotline.refusal("settle_notice", "he", NOON, notice=key, text="x").rule == "notice"


def test_what_is_left_of_an_erased_message_goes_to_nobody(hotline: Hotline) -> None:
    agreed(hotline)
    visit(hotline)
    facts = hotline.facts("case:1001")
    sent = fact(facts[-1].seq + 1, "message_sent", NOON, key=f"{facts[-1].seq}.0", via="sms")
    empty = Case(1001, hotline.rulebook, hotline.reckoner)
    *_, written, taken = left_of_case(empty, [*facts, sent])
    assert MOBILE not in str(written)
    assert "何工" not in str(written)
    rows: list[NoticeRow] = []
    follow(rows, replace(facts[-1], body=written))
    problem = address_of(rows[0], None)
    assert isinstance(problem, Problem)
    assert problem.reason == "bad_address"
    follow(rows, replace(sent, body=taken))
    assert rows[0].state == "sent"


def test_only_what_is_over_is_sent_anew(hotline: Hotline) -> None:
    agreed(hotline)
    visit(hotline)
    key = hotline.case(1001).notices[-1].key
    assert hotline.refusal("resend", "he", NOON, notice=key).rule == "notice"
    hotline.do("settle_notice", "he", NOON + 9, notice=key, text="x")
    hotline.do("resend", "he", NOON + 10, notice=key)
    row = hotline.case(1001).notices[-1]
    assert (row.state, row.wire_key) == ("waiting", f"{key}.1")


def test_a_call_is_made_and_not_sent_anew(hotline: Hotline) -> None:
    hotline.do("urge", "lin", NOON, case=1001)
    phone = next(row for row in hotline.case(1001).notices if row.channel == "phone")
    refusal = hotline.refusal("resend", "lin", NOON, notice=phone.key)
    assert refusal.rule == "notice"


@pytest.mark.parametrize("key", ["", "0.0", "1.0", "999.0", "x", "1;2", "٣.0"])
def test_a_key_nobody_gave(hotline: Hotline, key: str) -> None:
    assert hotline.refusal("resend", "lin", NOON, notice=key).rule == "notice"
