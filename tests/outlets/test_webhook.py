"""A program of somebody's own: what it is sent, and what each of its answers means."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from console.domain.outbox import Problem
from console.outlets.letter import Attachment, Letter, NotSentError
from console.outlets.settings import OutletSettings
from console.outlets.webhook import WebhookOutlet
from tests.outlets.receiver import Receiver

LETTER = Letter(
    key="c0ffee-12.0",
    to="13955501953",
    subject="工单1001",
    short="短的",
    full="长的",
    at=1_773_108_000,
    thread="c0ffee-case-1001",
    facts=(("case", "1001"), ("notice", "breached")),
)
SECRET = "token-555-0100"


def outlet(receiver: Receiver, path: str = "/told", secret: str = SECRET) -> WebhookOutlet:
    url = receiver.url + path
    return WebhookOutlet(OutletSettings("sms", "webhook", secret=secret, timeout=2, url=url))


def problem(one: WebhookOutlet) -> Problem:
    with pytest.raises(NotSentError) as refused:
        one.send(LETTER)
    return refused.value.problem


def test_it_is_sent_everything_as_json() -> None:
    report = Attachment("a.txt", "text/plain", b"\x00a")
    with Receiver() as receiver:
        assert outlet(receiver).send(replace(LETTER, attachments=(report,))) == "sms"
    [request] = receiver.requests
    assert request.path == "/told"
    assert request.key == "c0ffee-12.0"
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    assert request.content == {
        "key": "c0ffee-12.0",
        "thread": "c0ffee-case-1001",
        "to": "13955501953",
        "subject": "工单1001",
        "text": "短的",
        "full": "长的",
        "at": 1_773_108_000,
        "case": "1001",
        "notice": "breached",
        "attachments": [
            {"name": "a.txt", "type": "text/plain", "content": base64.b64encode(b"\0a").decode()}
        ],
    }


def test_address_and_secret_are_put_into_its_address_safely() -> None:
    with Receiver() as receiver:
        one = outlet(receiver, "/send/{address}?token={secret}", "a/b&c=d e")
        one.send(replace(LETTER, to="../x?y#z@1"))
    [request] = receiver.requests
    assert request.path == "/send/..%2Fx%3Fy%23z%401?token=a%2Fb%26c%3Dd%20e"
    assert "Authorization" not in request.headers


@pytest.mark.parametrize(
    ("status", "reason", "permanent", "its_fault"),
    [
        (500, "later", False, False),
        (503, "later", False, False),
        (429, "later", False, False),
        (409, "later", False, False),
        (400, "refused", True, False),
        (410, "refused", True, False),
        (422, "refused", True, False),
        (401, "login", False, True),
        (403, "login", False, True),
        (302, "settings", False, True),
    ],
)
def test_what_an_answer_means(status: int, reason: str, permanent: bool, its_fault: bool) -> None:
    with Receiver() as receiver:
        receiver.answers = [status]
        found = problem(outlet(receiver))
    assert found == Problem(reason, f"{status} the answer", permanent, its_fault)


def test_it_may_say_when_to_come_back() -> None:
    with Receiver() as receiver:
        receiver.answers = [(503, {"Retry-After": "120"}), (503, {"Retry-After": "soon"})]
        one = outlet(receiver)
        assert [problem(one).wait, problem(one).wait] == [120, 0]


def test_an_answer_that_is_lost_leads_to_a_second_request_with_the_same_key() -> None:
    with Receiver() as receiver:
        receiver.drop = 1
        one = outlet(receiver)
        assert problem(one).reason == "dropped"
        one.send(LETTER)
    first, second = receiver.requests
    assert first.key == second.key
    assert first.content == second.content


def test_one_that_does_not_answer_in_time() -> None:
    with Receiver() as receiver:
        receiver.slow = 1.0
        url = receiver.url
        slow = WebhookOutlet(OutletSettings("sms", "webhook", timeout=0.2, url=url))
        assert problem(slow) == Problem("timeout", outlet=True)


def test_nobody_listens() -> None:
    with Receiver() as receiver:
        one = outlet(receiver)
    assert problem(one) == Problem("unreachable", "Connection refused", outlet=True)


def test_no_secret_is_said_whatever_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as receiver:
        receiver.answers = [400]
        one = outlet(receiver, "/in/the-answer-is-known?k={secret}", "the answer")
        found = problem(one)
    assert found.detail == "400 •••"
    assert one.where == receiver.url
