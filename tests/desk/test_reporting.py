"""Sending a report: what it begins with, what is foretold, what happens all at once."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk import Desk, Who
from console.desk.letters import language
from console.desk.reporting import begun, foretell
from console.domain.refusal import Refusal, RefusedError
from tests.incidents import FIVE, Saturday
from tests.installations import HandSet

ZHOU = Who("zhou", "weekend-1")
WORDS = {"incident_facts": "1260块表时钟跳变", "impact": "影响采集", "known_at": "10:44"}


@pytest.fixture
def saturday(desk: Desk, now: HandSet) -> Saturday:
    saturday = Saturday(desk, now)
    saturday.recognised()
    return saturday


def refusal(saturday: Saturday, command: str, me: str = "zhou", **typed: Any) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        saturday.do(command, me, case=saturday.number, **typed)
    return refused.value.refusal


def kinds(saturday: Saturday, since: int) -> list[str]:
    return [fact.kind for fact in saturday.case.facts if fact.seq > since]


# --- somebody to be rung again


def test_when_to_ring_again_is_written_down_with_the_attempt(saturday: Saturday) -> None:
    saturday.reach("10:49:00", "regional_manager", again="11:20")
    fact = saturday.case.happened("role_missed")
    assert fact is not None
    assert fact.body["again"] == saturday.moment("11:20:00")
    assert fact.body["person"] == "luo"


def test_a_moment_that_is_over_is_none_to_ring_again_at(saturday: Saturday) -> None:
    saturday.at("10:49:00")
    typed = {"who": "regional_manager", "channel": "phone"}
    for again in ("10:49:00", "09:00"):
        assert refusal(saturday, "reach", again=again, reached="no", **typed).rule == "again"
    assert refusal(saturday, "reach", again="11:20", reached="yes", **typed).rule == "again"
    assert saturday.case.happened("role_missed") is None
    assert saturday.case.happened("role_reached") is None


# --- what a report begins with


def test_a_report_begins_with_what_the_case_knows(saturday: Saturday) -> None:
    case = saturday.case
    form = case.rules.forms["incident_report"]
    assert begun(saturday.desk, case, form, "zh") == {
        "known_at": saturday.moment("10:44:00"),
        "first_knower": "zhou",
        "customer": "江西计量中心 计量中心值班",
        "product": "电能表",
        "batch_no": "JX2602",
        "affected_qty": 1260,
    }
    assert begun(saturday.desk, case, form, "en")["product"] == "meter"


def test_a_field_begins_with_other_fields_of_the_case_where_the_form_says_so(
    saturday: Saturday,
) -> None:
    saturday.do("record", case=saturday.number, city="南昌", firmware="V1.2")
    case = saturday.case
    values = begun(saturday.desk, case, case.rules.forms["quality_report"], "zh")
    assert values["location"] == "江西 南昌"
    assert (values["batch"], values["quantity"]) == ("JX2602", 1260)
    assert values["symptom"] == "时钟跳变"
    report = begun(saturday.desk, case, case.rules.forms["incident_report"], "zh")
    assert report["product"] == "电能表 V1.2"


def test_what_was_written_into_a_form_before_stays(saturday: Saturday) -> None:
    typed = {"form": "incident_report", "customer": "计量中心"}
    saturday.do("fill_form", case=saturday.number, **typed)
    case = saturday.case
    values = begun(saturday.desk, case, case.rules.forms["incident_report"], "zh")
    assert values["customer"] == "计量中心"
    assert values["batch_no"] == "JX2602"


# --- sending


def test_one_command_completes_the_form_records_the_act_and_mails_the_five(
    saturday: Saturday,
) -> None:
    saturday.at("11:29:00")
    since = saturday.case.version
    saturday.do("send_report", case=saturday.number, form="incident_report", **WORDS)
    told = ["form_drafted", "form_completed", "filled", "mail_sent", "notice_raised"]
    assert kinds(saturday, since) == told
    case = saturday.case
    assert case.forms["incident_report"].stands == "complete"
    assert case.value("impact") == "影响采集"
    fact = case.happened("mail_sent")
    assert fact is not None
    assert fact.body["list"] == "incident_report"
    [report] = saturday.incident.reports
    assert report.sent == saturday.moment("11:29:00")
    [clock] = [one for one in case.clocks if one.timer.rule == "T0-25"]
    assert (clock.ended, clock.state(saturday.now.at)) == (saturday.now.at, "met")
    last = saturday.incident.mails[-1]
    assert (last.notice, tuple(row.person for row in last.rows)) == ("incident_report", FIVE)


def test_a_report_may_be_sent_again_when_more_is_known(saturday: Saturday) -> None:
    typed = {"case": saturday.number, "form": "incident_report", **WORDS}
    saturday.do("send_report", **typed)
    saturday.at("12:00:00")
    saturday.do("send_report", **{**typed, "impact": "已恢复"})
    reports = [one for one in saturday.incident.mails if one.notice == "incident_report"]
    assert [len(mailing.rows) for mailing in reports] == [5, 5]
    assert saturday.case.forms["incident_report"].values["impact"] == "已恢复"


def test_what_is_missing_is_asked_for_and_nothing_is_sent(saturday: Saturday) -> None:
    since = saturday.case.version
    answer = refusal(saturday, "send_report", form="incident_report", impact="x", known_at="10:44")
    assert (answer.rule, answer.clause) == ("F0-22", "000 III.3.3.5")
    assert kinds(saturday, since) == []


def test_what_was_written_before_need_not_be_typed_again(saturday: Saturday) -> None:
    typed = {"case": saturday.number, "form": "incident_report"}
    saturday.do("fill_form", **typed, incident_facts="跳变", known_at="10:44")
    saturday.do("send_report", **typed, impact="影响采集")
    assert saturday.case.forms["incident_report"].values["incident_facts"] == "跳变"


def test_a_form_that_is_no_report_is_not_sent(saturday: Saturday) -> None:
    answer = refusal(saturday, "send_report", "tan", form="rnd_demand")
    assert (answer.rule, answer.clause) == ("F0-03", "000 III.3.3.7-9")
    assert refusal(saturday, "send_report", form="nothing").rule == "form"


def test_only_whoever_works_on_cases_sends_one(saturday: Saturday) -> None:
    assert refusal(saturday, "send_report", "cui", form="incident_report", **WORDS).rule == "work"


def test_it_is_offered_where_a_report_is_due(saturday: Saturday) -> None:
    desk = saturday.desk
    assert "send_report" in desk.offered(saturday.number, ZHOU)
    other = saturday.do("open", number="13955501111", **{"employer": "x"}).case
    assert "send_report" not in desk.offered(other, ZHOU)


# --- foretelling


def foretold(saturday: Saturday, lang: str, **typed: Any) -> Any:
    values = WORDS | typed
    return foretell(saturday.desk, saturday.number, "incident_report", values, ZHOU, lang)


@pytest.mark.parametrize(
    ("lang", "subject", "said", "file"),
    [
        ("zh", "事故报告：江西计量中心", "对客户的影响：影响采集", "事故一小时报告-1001.pdf"),
        (
            "en",
            "Accident report: 江西",
            "Impact on the customer: 影响采集",
            "one-hour-report-1001.pdf",
        ),
    ],
)
def test_it_is_foretold_word_by_word(
    saturday: Saturday, lang: str, subject: str, said: str, file: str
) -> None:
    since = saturday.case.version
    [sending] = foretold(saturday, lang).sendings
    assert sending.written.subject.startswith(subject)
    assert said in sending.written.full
    assert sending.attached == file
    assert tuple(one.person for one in sending.to) == FIVE
    assert sending.to[0].address == "luo@example.org"
    assert kinds(saturday, since) == [], "nothing is written"


def test_somebody_without_an_address_is_named_beforehand(saturday: Saturday) -> None:
    saturday.do("change_person", "lin", person="tan", mail="")
    [sending] = foretold(saturday, "zh").sendings
    assert [(one.person, one.problem) for one in sending.to if one.problem] == [
        ("tan", "no_address")
    ]


def test_a_refusal_is_foretold_too(saturday: Saturday) -> None:
    answer = foretold(saturday, "zh", impact="")
    assert answer.sendings == ()
    assert answer.refusal.rule == "F0-22"


def test_what_is_foretold_is_what_is_sent(saturday: Saturday) -> None:
    """The preview reads the case as it will stand; the letter, as it stands."""
    from console.desk.letters import Letters
    from tests.outlets.house import outbox

    [sending] = foretold(saturday, language(saturday.desk)).sendings
    saturday.do("send_report", case=saturday.number, form="incident_report", **WORDS)
    posted = [one for one in outbox(saturday.desk) if one.row.notice == "incident_report"]
    letter = Letters(saturday.desk).made(posted[0], _Mail(), saturday.now.at)
    assert (letter.subject, letter.full) == (sending.written.subject, sending.written.full)
    assert [file.name for file in letter.attachments] == [sending.attached]


class _Mail:
    addressed, where, markup = True, "", "text"

    def send(self, letter: Any) -> str:
        raise AssertionError("nothing is sent here")
