"""A report on its way: the mails of its list carry it as a PDF, and no other mail does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import Desk
from tests.incidents import FIVE, Saturday
from tests.installations import HandSet
from tests.outlets.house import deliver, outlets
from tests.outlets.post_office import Mail, PostOffice
from tests.reports.test_pdf import squeezed, text_of

WORDS = {"incident_facts": "1260块表时钟跳变", "impact": "影响采集", "known_at": "10:44"}


@pytest.fixture
def office(data: Path) -> Iterator[PostOffice]:
    office = PostOffice()
    with office:
        outlets(data, 'lang = "zh"', office.table())
        yield office


@pytest.fixture
def saturday(desk: Desk, now: HandSet) -> Saturday:
    saturday = Saturday(desk, now)
    saturday.recognised()
    return saturday


def attached(mail: Mail) -> list[tuple[str, str, bytes]]:
    return [
        (part.get_filename() or "", part.get_content_type(), part.get_content())
        for part in mail.message.iter_attachments()
    ]


def test_five_mails_carry_the_report_as_it_was_sent(saturday: Saturday, office: PostOffice) -> None:
    deliver(saturday.desk, saturday.now.at)
    assert [attached(mail) for mail in office.mails] == [[]] * 5, "the first word has no report"
    office.mails.clear()
    saturday.at("11:29:00")
    saturday.do("send_report", case=saturday.number, form="incident_report", **WORDS)
    saturday.at("11:31:00")
    saturday.do("fill_form", case=saturday.number, form="incident_report", impact="后来改的")
    deliver(saturday.desk, saturday.now.at)
    assert sorted(mail.to for mail in office.mails) == sorted(f"{p}@example.org" for p in FIVE)
    files = [attached(mail) for mail in office.mails]
    assert files == [files[0]] * 5, "everybody gets the same bytes"
    [(name, mime, content)] = files[0]
    assert (name, mime) == ("事故一小时报告-1001.pdf", "application/pdf")
    text = squeezed(text_of(content))
    assert "1260块表时钟跳变" in text
    assert "影响采集" in text
    assert "后来改的" not in text, "a report says what was so when it was sent"
    assert "2026-03-1411:29:00" in text
    for mail in office.mails:
        assert "事故报告" in str(mail.message["Subject"])


def test_a_mail_that_is_repeated_carries_the_same_bytes(
    saturday: Saturday, office: PostOffice
) -> None:
    deliver(saturday.desk, saturday.now.at)
    office.mails.clear()
    saturday.do("send_report", case=saturday.number, form="incident_report", **WORDS)
    office.faults.lose_answer = 1
    deliver(saturday.desk, saturday.now.at)
    saturday.now.at += 3600
    deliver(saturday.desk, saturday.now.at)
    keys = [mail.key for mail in office.mails]
    [twice] = {key for key in keys if keys.count(key) == 2}
    first, again = (attached(mail) for mail in office.mails if mail.key == twice)
    assert first == again
    assert first[0][0] == "事故一小时报告-1001.pdf"


def test_a_chat_carries_no_file(saturday: Saturday, office: PostOffice, data: Path) -> None:
    from console.desk.letters import Letters
    from tests.outlets.house import outbox

    saturday.do("send_report", case=saturday.number, form="incident_report", **WORDS)
    for posted in outbox(saturday.desk, "im"):
        letter = Letters(saturday.desk).made(posted, _Chat(), saturday.now.at)
        assert not getattr(letter, "attachments", ())
    assert outbox(saturday.desk, "im"), "somebody is told by chat"


class _Chat:
    addressed, where, markup = False, "", "text"

    def send(self, _letter: object) -> str:
        raise AssertionError("nothing is sent here")
