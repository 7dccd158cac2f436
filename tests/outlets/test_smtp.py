"""Mail to a real server: what it gets, and what each of its faults means for the letter."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.outbox import Problem
from console.outlets.letter import Attachment, Letter, NotSentError
from console.outlets.settings import OutletSettings
from console.outlets.smtp import SmtpOutlet
from tests.outlets.post_office import CERTIFICATE, NAME, PASSWORD, SENDER, USER, PostOffice

LETTER = Letter(
    key="c0ffee-12.0",
    to="dai@example.org",
    subject="工单1001：逾期 – limit broken",
    short="短",
    full="第一行\n第二行，含标点。\n.\nFrom here on",
    at=1_773_108_000,
    thread="c0ffee-case-1001",
)


def settings(office: PostOffice, tls: str = "none", user: str = "") -> OutletSettings:
    return OutletSettings(
        "mail",
        "smtp",
        secret=PASSWORD if user else "",
        timeout=2,
        host="127.0.0.1",
        port=office.port,
        tls=tls,
        ca_file="" if tls == "none" else str(CERTIFICATE),
        server_name=NAME,
        user=user,
        sender=SENDER,
    )


def problem(outlet: SmtpOutlet, letter: Letter = LETTER) -> Problem:
    with pytest.raises(NotSentError) as refused:
        outlet.send(letter)
    return refused.value.problem


def test_a_mail_arrives_as_it_was_written() -> None:
    with PostOffice() as office:
        assert SmtpOutlet(settings(office)).send(LETTER) == "mail"
    [mail] = office.mails
    assert (mail.sender, mail.to) == ("hotline@example.org", "dai@example.org")
    assert mail.message["Subject"] == LETTER.subject
    assert mail.message["From"] == SENDER
    assert mail.text.splitlines() == LETTER.full.splitlines()
    assert mail.message["Date"].datetime == datetime.fromtimestamp(LETTER.at, UTC)


def test_its_headers_tell_a_repetition_and_what_belongs_together() -> None:
    with PostOffice() as office:
        outlet = SmtpOutlet(settings(office))
        for letter in (LETTER, LETTER, replace(LETTER, key="c0ffee-13.0")):
            outlet.send(letter)
    first, again, other = (mail.message for mail in office.mails)
    assert first["Message-ID"] == "<c0ffee-12.0@example.org>" == again["Message-ID"]
    assert other["Message-ID"] == "<c0ffee-13.0@example.org>"
    for message in (first, other):
        assert message["In-Reply-To"] == "<c0ffee-case-1001@example.org>"
        assert message["References"] == message["In-Reply-To"]
        assert message["Auto-Submitted"] == "auto-generated"


def test_attachments_come_along() -> None:
    report = Attachment("报告.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
    with PostOffice() as office:
        SmtpOutlet(settings(office)).send(replace(LETTER, attachments=(report,)))
    [mail] = office.mails
    [part] = mail.message.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("报告.pdf", "application/pdf")
    assert part.get_content() == report.content
    assert mail.text.splitlines() == LETTER.full.splitlines()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_over_tls_with_a_login(tls: str) -> None:
    with PostOffice(tls=tls, auth=True) as office:
        SmtpOutlet(settings(office, tls, USER)).send(LETTER)
    assert office.logins == [USER]
    assert len(office.mails) == 1


def test_a_wrong_password_is_the_outlets_fault_and_nowhere_to_be_read() -> None:
    with PostOffice(tls="starttls", auth=True) as office:
        wrong = replace(settings(office, "starttls", USER), secret="not-the-one")
        found = problem(SmtpOutlet(wrong))
    assert (found.reason, found.outlet, found.permanent) == ("login", True, False)
    assert found.detail.startswith("535")
    assert "not-the-one" not in found.detail


def test_a_certificate_nobody_trusts_gets_neither_password_nor_mail() -> None:
    with PostOffice(tls="starttls", auth=True) as office:
        found = problem(SmtpOutlet(replace(settings(office, "starttls", USER), ca_file="")))
        named = problem(SmtpOutlet(replace(settings(office, "starttls", USER), server_name="x")))
    assert (found.reason, found.outlet) == (named.reason, named.outlet) == ("tls", True)
    assert "self-signed" in found.detail
    assert (office.logins, office.mails) == ([], [])


def test_without_starttls_nothing_goes_in_clear() -> None:
    with PostOffice() as office:
        found = problem(SmtpOutlet(settings(office, "starttls")))
    assert (found.reason, found.outlet, office.mails) == ("tls", True, [])


@pytest.mark.parametrize(
    ("answer", "reason", "permanent"),
    [
        ("550 5.1.1 no such user", "refused", True),
        ("452 4.2.2 mailbox full", "later", False),
        ("451 4.7.1 Greylisted", "later", False),
    ],
)
def test_what_is_refused_for_good_is_told_from_what_is_not(
    answer: str, reason: str, permanent: bool
) -> None:
    with PostOffice() as office:
        office.faults.refused[LETTER.to] = answer
        found = problem(SmtpOutlet(settings(office)))
        assert SmtpOutlet(settings(office)).send(replace(LETTER, to="tan@example.org"))
    assert found == Problem(reason, answer, permanent)
    assert [mail.to for mail in office.mails] == ["tan@example.org"]


def test_a_letter_refused_after_its_text() -> None:
    with PostOffice() as office:
        office.faults.data = "554 5.7.1 looks like spam"
        assert problem(SmtpOutlet(settings(office))) == Problem(
            "refused", "554 5.7.1 looks like spam", permanent=True
        )
        office.faults.data = "451 4.3.0 try later"
        assert problem(SmtpOutlet(settings(office))).permanent is False


def test_greylisting_takes_the_second_attempt() -> None:
    with PostOffice() as office:
        office.faults.grey = True
        outlet = SmtpOutlet(settings(office))
        assert problem(outlet).reason == "later"
        outlet.send(LETTER)
    assert len(office.mails) == 1


def test_a_dropped_connection() -> None:
    with PostOffice() as office:
        office.faults.drop_first = 1
        outlet = SmtpOutlet(settings(office))
        assert problem(outlet) == Problem("dropped")
        outlet.send(LETTER)
    assert len(office.mails) == 1


def test_an_answer_that_is_lost_leads_to_a_second_mail_with_the_same_key() -> None:
    with PostOffice() as office:
        office.faults.lose_answer = 1
        outlet = SmtpOutlet(settings(office))
        assert problem(outlet) == Problem("dropped")
        outlet.send(LETTER)
    first, second = office.mails
    assert first.key == second.key
    assert first.message.as_bytes() == second.message.as_bytes()


def test_a_server_that_does_not_answer_in_time() -> None:
    with PostOffice() as office:
        office.faults.slow = 5.0
        found = problem(SmtpOutlet(replace(settings(office), timeout=0.3)))
    assert (found.reason, found.outlet) == ("timeout", True)


def test_a_server_that_answers_a_byte_at_a_time_is_hung_up_on() -> None:
    office = PostOffice()
    office.faults.drip = True
    with office:
        begin = time.monotonic()
        found = problem(SmtpOutlet(replace(settings(office), timeout=0.3)))
        assert time.monotonic() - begin < 2
    assert (found.reason, found.outlet) == ("timeout", True)


def test_nobody_listens() -> None:
    with PostOffice() as office:
        gone = settings(office)
    found = problem(SmtpOutlet(gone))
    assert (found.reason, found.outlet, found.detail) == ("unreachable", True, "Connection refused")


def test_nothing_can_be_smuggled_into_the_headers() -> None:
    with PostOffice() as office:
        found = problem(SmtpOutlet(settings(office)), replace(LETTER, subject="x\r\nBcc: y@z"))
    assert (found.reason, found.permanent, office.mails) == ("bad_address", True, [])
