"""The wire format: any cut of the stream, and whatever a broken or hostile peer sends."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sources.ami import GREETING, MESSAGE_LIMIT, AmiParser, Message

END = b"\r\n\r\n"


def parse(*chunks: bytes, limit: int = MESSAGE_LIMIT) -> list[dict[str, str]]:
    parser = AmiParser(limit)
    return [dict(message) for chunk in chunks for message in parser.feed(chunk)]


def test_greeting_and_first_response_are_one_message() -> None:
    [message] = parse(b"Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nActionID: 1" + END)
    assert message == {
        GREETING: "Asterisk Call Manager/11.0.0",
        "Response": "Success",
        "ActionID": "1",
    }


def test_keys_keep_their_case_and_every_value() -> None:
    [message] = AmiParser().feed(
        b"Event: Status\r\nVariable: A=1\r\nBridgeID: x\r\nBridgeId: y\r\nVariable: B=2" + END
    )
    assert message.all("Variable") == ("A=1", "B=2")
    assert message["Variable"] == "A=1"
    assert (message["BridgeID"], message["BridgeId"]) == ("x", "y")
    assert message.all("Event") == ("Status",)
    assert message.all("event") == ()


def test_an_empty_value_a_tight_colon_and_a_line_without_one() -> None:
    [message] = AmiParser().feed(b"A: \r\nB:\r\nC:c\r\nD: x: y\r\nno colon" + END)
    assert dict(message) == {"A": "", "B": "", "C": "c", "D": "x: y", "": "no colon"}
    assert message.text("nowhere") == ""


def test_a_character_split_across_two_reads_stays_whole() -> None:
    block = "MemberName: 张三".encode() + END
    for cut in range(len(block)):
        assert parse(block[:cut], block[cut:]) == [{"MemberName": "张三"}]


def test_gbk_becomes_replacement_characters_and_hides_nothing() -> None:
    [message] = parse(b"Name: " + "张三".encode("gbk") + b"\r\nUniqueid: 1" + END)
    assert set(message["Name"]) <= {"\ufffd", "\u0575", "\u0225", "\xfd", "\xc5"}
    assert "\ufffd" in message["Name"]
    assert message["Uniqueid"] == "1"


def test_nul_and_lone_line_ends_stay_inside_their_value() -> None:
    assert parse(b"Name: a\0b\nEvent: Hangup\rX" + END) == [{"Name": "a\0b\nEvent: Hangup\rX"}]


def test_empty_blocks_are_no_messages() -> None:
    assert parse(END + END + b"\r\nA: 1" + END + b"\r\n" + END) == [{"A": "1"}]


def test_a_message_of_the_limit_is_read_and_a_longer_one_is_dropped_and_counted() -> None:
    parser = AmiParser(limit=100)
    fits = b"A: " + b"x" * 97
    assert [len(m["A"]) for m in parser.feed(fits + END)] == [97]
    assert parser.feed(fits + b"x" + END + b"B: 1" + END) == [Message("B: 1")]
    assert parser.dropped == 1


@pytest.mark.parametrize("step", [1, 7, 64, 10_000])
def test_what_is_dropped_does_not_depend_on_the_cut(step: int) -> None:
    parser = AmiParser(limit=50)
    stream = b"A: 1" + END + b"B: " + b"x" * 400 + END + b"C: " + b"y" * 47 + END + b"D: 4" + END
    found = [
        message
        for start in range(0, len(stream), step)
        for message in parser.feed(stream[start : start + step])
    ]
    assert [next(iter(message)) for message in found] == ["A", "C", "D"]
    assert parser.dropped == 1


@pytest.mark.parametrize("length", range(60, 120))
def test_the_end_of_a_dropped_message_is_found_wherever_it_is_cut(length: int) -> None:
    parser = AmiParser(limit=20)
    stream = b"x" * length + END + b"A: 1" + END
    found = [m for n in range(len(stream)) for m in parser.feed(stream[n : n + 1])]
    assert found == [Message("A: 1")]


def test_an_endless_line_costs_no_memory() -> None:
    parser = AmiParser()
    chunk = b"A" * 65_536
    tracemalloc.start()
    for _ in range(512):
        assert parser.feed(chunk) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MESSAGE_LIMIT
    assert parser.held <= MESSAGE_LIMIT
    assert parser.dropped == 1
    assert [dict(m) for m in parser.feed(END + b"A: 1" + END)] == [{"A": "1"}]


def test_a_megabyte_header_is_dropped_and_the_next_message_read() -> None:
    parser = AmiParser()
    found = parser.feed(b"Name: " + b"x" * 1_000_000 + END + b"Event: Hangup" + END)
    assert found == [Message("Event: Hangup")]
    assert parser.dropped == 1


def test_a_connection_cut_inside_a_message_does_not_spoil_the_next_greeting() -> None:
    cut = "Event: Newchannel\r\nCallerIDName: 张".encode()[:-1]
    [message] = parse(cut, b"Asterisk Call Manager/11.0.0\r\nResponse: Success" + END)
    assert message == {GREETING: "Asterisk Call Manager/11.0.0", "Response": "Success"}


def test_a_caller_named_like_a_greeting_is_not_one() -> None:
    name = "Asterisk Call Manager/11.0.0"
    [message] = parse(f"Event: Hangup\r\nCallerIDName: {name}\r\nUniqueid: 1".encode() + END)
    assert message == {"Event": "Hangup", "CallerIDName": name, "Uniqueid": "1"}


def test_reset_forgets_half_a_message() -> None:
    parser = AmiParser()
    parser.feed(b"Event: Hangup\r\nUnique")
    parser.reset()
    assert parser.held == 0
    assert [dict(m) for m in parser.feed(b"A: 1" + END)] == [{"A": "1"}]


@given(st.lists(st.binary(max_size=60) | st.just(END), max_size=40), st.integers(20, 200))
def test_any_bytes_give_the_same_messages_however_they_are_cut(
    chunks: list[bytes], limit: int
) -> None:
    whole = b"".join(chunks)
    assert parse(whole, limit=limit) == parse(*chunks, limit=limit)
    assert parse(whole, limit=limit) == parse(*(bytes([b]) for b in whole), limit=limit)
