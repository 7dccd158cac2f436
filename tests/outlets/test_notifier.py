"""Chats and gateways by apprise: text, secrets, and one way after the other."""

from __future__ import annotations

import logging

import pytest

from console.domain.outbox import Problem
from console.domain.wordings import markdown
from console.outlets.letter import Attachment, Letter, NotSentError
from console.outlets.notifier import NotifierOutlet
from console.outlets.settings import OutletSettings
from tests.outlets.receiver import Receiver
from tests.test_house import loaded_by

# What the library itself imports on the way.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")

LETTER = Letter("c0ffee-12.0", "13955501953", "工单1001", "**粗** [链](x)", "", 1_773_108_000)
SECRET = "token-555-0100"


def outlet(*urls: str, markup: str = "text") -> NotifierOutlet:
    found = OutletSettings("im", "apprise", secret=SECRET, timeout=2, urls=urls, markup=markup)
    return NotifierOutlet(found)


def at(receiver: Receiver, rest: str = "") -> str:
    return receiver.url.replace("http://", "json://") + rest


def problem(one: NotifierOutlet) -> Problem:
    with pytest.raises(NotSentError) as refused:
        one.send(LETTER)
    return refused.value.problem


def test_it_is_told_with_address_and_secret_put_in() -> None:
    with Receiver() as receiver:
        one = outlet(at(receiver, "/to/{address}?+Authorization=Bearer%20{secret}"))
        assert one.send(LETTER) == "im"
    [request] = receiver.requests
    assert request.path == "/to/13955501953"
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    assert (request.content["title"], request.content["message"]) == ("工单1001", LETTER.short)
    assert one.addressed


def test_the_next_way_is_tried_when_one_does_not_take_it() -> None:
    with Receiver() as first, Receiver() as second:
        first.answers = [500, 500]
        one = outlet(at(first), at(second))
        assert one.send(LETTER) == "im#2"
        assert [len(first.requests), len(second.requests)] == [1, 1]
        second.answers = [500]
        assert problem(one).reason == "later"
        assert one.send(LETTER) == "im#1"


def test_a_failure_names_no_secret_and_logs_none(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with Receiver() as receiver, caplog.at_level(logging.DEBUG):
        receiver.answers = [500]
        found = problem(outlet(at(receiver, "/{secret}/x")))
    assert found.reason == "later"
    assert found.detail
    told = found.detail + caplog.text + "".join(capfd.readouterr())
    assert SECRET not in told


def test_one_that_does_not_answer_in_time() -> None:
    with Receiver() as receiver:
        receiver.slow = 1.5
        found = OutletSettings("im", "apprise", timeout=0.3, urls=(at(receiver),))
        assert problem(NotifierOutlet(found)).reason in ("timeout", "later")


def test_an_address_nobody_understands_is_a_matter_of_settings() -> None:
    assert problem(outlet("carrierpigeon://{secret}")) == Problem(
        "settings", "carrierpigeon", outlet=True
    )


def test_attachments_come_along() -> None:
    with Receiver() as receiver:
        letter = Letter("k", "x", "s", "t", "", 0, "", (Attachment("a.txt", "text/plain", b"a"),))
        outlet(at(receiver)).send(letter)
    [request] = receiver.requests
    assert [one["filename"] for one in request.content["attachments"]] == ["a.txt"]


def test_what_a_customer_said_is_no_markup_there() -> None:
    said = "*紧急* [点此](http://x) @all <a> `rm` #1 _y_ ~z~ |"
    with Receiver() as receiver:
        one = outlet(at(receiver, "?format=markdown"), markup="markdown")
        one.send(Letter("k", "x", "s", f"客户说：{markdown(said)}", "", 0))
    text = receiver.requests[0].content["message"]
    for sign in "*[]@<>`#_~|":
        assert text.count(f"\\{sign}") == said.count(sign), sign


def test_only_where_such_an_outlet_is_used_the_library_is_loaded() -> None:
    assert not {"apprise", "requests"} & loaded_by("console.desk.delivery", "console.cli.worker")
    seat = loaded_by("console.app", "console.worker", "console.screens.seat")
    assert not [name for name in seat if name.startswith(("console.outlets.", "smtplib"))]
