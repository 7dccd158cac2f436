"""What keys are called in answers for people."""

from __future__ import annotations

import pytest

from console.cli import naming
from console.domain.call import Call
from console.domain.rulebook import Rulebook
from console.domain.words import Label
from console.plugins.house import HOUSE
from console.speech import Speech
from scripts.coverage import shipped_lines

RULEBOOK = Rulebook(shipped_lines(), HOUSE)


def in_both(words: object) -> tuple[str, str]:
    return Speech("zh").say(words), Speech("en").say(words)


@pytest.mark.parametrize(
    ("written", "chinese", "english"),
    [
        ("case:1042", "工单 1042", "case 1042"),
        ("callback:+8613955501953", "回电 +8613955501953", "callback +8613955501953"),
        ("weather:sunny", "weather sunny", "weather sunny"),
    ],
)
def test_a_subject(written: str, chinese: str, english: str) -> None:
    assert in_both(naming.subject(written)) == (chinese, english)


@pytest.mark.parametrize(
    ("call", "chinese", "english"),
    [
        (Call("c1", state="ringing"), "响铃", "ringing"),
        (
            Call("c1", state="missed", missed_reason="queue_timeout"),
            "漏接（排队超时）",
            "missed (queue time-out)",
        ),
        (Call("c1", state="missed", missed_reason="flood"), "漏接（flood）", "missed (flood)"),
    ],
)
def test_the_state_of_a_call(call: Call, chinese: str, english: str) -> None:
    assert in_both(naming.call_state(call)) == (chinese, english)


def test_a_notice_is_called_what_its_own_line_calls_it() -> None:
    called = {line: naming.notice(RULEBOOK, "complaint", line) for line in RULEBOOK.lines}
    for line, label in called.items():
        own = [one.label for one in RULEBOOK.lines[line].notices if one.key == "complaint"]
        assert own in ([], [label])
    assert len(set(map(str, called.values()))) > 1


def test_a_message_to_the_customer_has_a_name() -> None:
    told = [one for line in RULEBOOK.lines.values() for one in line.messages]
    assert told
    for message in told:
        assert isinstance(naming.notice(RULEBOOK, message.key), Label)


def test_every_slot_notice_and_channel_of_the_shipped_lines_has_a_name() -> None:
    told = [
        notice
        for line in RULEBOOK.lines.values()
        for part in (line, *line.divisions)
        for notice in part.notices
    ]
    assert told
    for notice in told:
        assert isinstance(naming.notice(RULEBOOK, notice.key), Label)
        for channel in notice.via:
            assert isinstance(naming.channel(channel), Label)
    for line in RULEBOOK.lines.values():
        assert all(isinstance(naming.slot(RULEBOOK, slot), Label) for slot in line.slots)
    assert in_both(naming.slot(RULEBOOK, "owner")) == ("首问", "owner")


def test_what_has_no_name_keeps_its_key() -> None:
    assert naming.slot(RULEBOOK, "nowhere") == naming.notice(RULEBOOK, "nowhere") == "nowhere"
    assert naming.channel("pigeon") == naming.case_state("pigeon") == "pigeon"
    assert naming.notice_state("pigeon") == "pigeon"
