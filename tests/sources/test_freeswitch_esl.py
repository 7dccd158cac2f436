"""The wire format of the event socket: any cut of the stream, and whatever a broken or hostile
peer sends."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sources.esl import (
    BODY_LIMIT,
    HEAD_LIMIT,
    EslParser,
    Event,
    Frame,
    decoded,
)
from console.sources.freeswitch_snapshot import AnswerError, channels, table
from tests.sources.fake_freeswitch import event_frame, frame

AUTH = frame("auth/request")
REPLY = frame("command/reply", Reply_Text="+OK accepted")
ANSWER = frame("api/response", b"+OK\n\n")

Read = tuple[list[Frame], int, bool]


def parse(*chunks: bytes, head: int = HEAD_LIMIT, body: int = BODY_LIMIT) -> Read:
    """The frames, how many bodies were dropped, and whether the stream broke down."""
    parser = EslParser(head, body)
    frames: list[Frame] = []
    for chunk in chunks:
        frames += parser.feed(chunk)
    return frames, parser.dropped, parser.broken


def test_the_beginning_of_a_connection() -> None:
    frames, _, _ = parse(AUTH + REPLY + ANSWER)
    assert [(one.kind, one.body) for one in frames] == [
        ("auth/request", b""),
        ("command/reply", b""),
        ("api/response", b"+OK\n\n"),
    ]
    assert frames[1].reply == "+OK accepted"


def test_more_line_ends_than_needed_belong_to_nothing() -> None:
    frames, _, _ = parse(b"\r\n\n" + REPLY + b"\n\n\r\n" + AUTH + b"\n")
    assert [one.kind for one in frames] == ["command/reply", "auth/request"]


def test_lines_may_end_as_elsewhere() -> None:
    text = b"Content-Type: api/response\r\nContent-Length: 2\r\n\r\nok"
    assert parse(text + AUTH)[0][0].body == b"ok"


def test_an_event_with_a_body_of_its_own() -> None:
    data = event_frame({"Event-Name": "BACKGROUND_JOB", "Job-UUID": "7"}, "+OK 8\n")
    event = Event(parse(data)[0][0].body)
    assert (event.name, event.text("Job-UUID"), event.body) == ("BACKGROUND_JOB", "7", "+OK 8\n")


def test_values_are_decoded_each_by_itself() -> None:
    fields = {"A": "张三", "B": "张三".encode("gbk"), "C": b"\xff", "D": "", "E": "x: %\n"}
    event = Event(parse(event_frame({"Event-Name": "X", **fields}))[0][0].body)
    assert [event.text(key) for key in "ABCDEF"] == ["张三", "张三", "\ufffd", "", "x: %\n", ""]


def test_the_first_of_a_repeated_field_counts() -> None:
    event = Event(b"A: 1\nA: 2\nvariable_x: 3\nno separator\n: empty\n")
    assert (event.text("A"), event.variable("x"), event.variable("y")) == ("1", "3", "")


def test_a_character_split_across_two_reads_stays_whole() -> None:
    data = event_frame({"Event-Name": "张三"})
    raw = frame("api/response", "张三".encode())
    for cut in range(len(raw)):
        assert decoded(parse(raw[:cut], raw[cut:])[0][0].body) == "张三"
    for cut in range(len(data)):
        assert Event(parse(data[:cut], data[cut:])[0][0].body).name == "张三"


def test_a_body_of_the_limit_is_read_and_a_longer_one_left_out_and_counted() -> None:
    fits, long = frame("api/response", b"x" * 100), frame("api/response", b"y" * 101)
    frames, dropped, broken = parse(fits + long + AUTH, body=100)
    assert [(one.kind, len(one.body)) for one in frames] == [
        ("api/response", 100),
        ("api/response", 0),
        ("auth/request", 0),
    ]
    assert (dropped, broken) == (1, False)


@pytest.mark.parametrize("length", ["-1", "x", "", "1e3", "1 2", "9" * 19])
def test_a_length_that_is_none_breaks_the_stream(length: str) -> None:
    assert parse(AUTH + f"Content-Length: {length}\n\n".encode() + AUTH)[2]


def test_a_head_longer_than_any_breaks_the_stream_wherever_it_ends() -> None:
    def head(length: int) -> bytes:
        return b"A: " + b"x" * (length - 3)

    assert parse(head(100) + b"\n\n", head=100) == ([Frame("")], 0, False)
    assert parse(head(101) + b"\n\n", head=100)[2]
    assert parse(head(104), head=100)[2]


def test_an_endless_body_costs_no_memory() -> None:
    parser = EslParser()
    parser.feed(b"Content-Length: 999999999999999999\n\n")
    chunk = b"A" * 65_536
    tracemalloc.start()
    for _ in range(512):
        assert parser.feed(chunk) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1 << 20
    assert (parser.held, parser.dropped) == (0, 1)


PIECES = (
    st.sampled_from([AUTH, REPLY, ANSWER, b"\n", b"\n\n", b"\r\n\r\n", b"Content-Length: 7\n"])
    | st.builds(lambda length: f"Content-Length: {length}\n\n".encode(), st.integers(0, 30))
    | st.binary(max_size=30)
)


@given(st.lists(PIECES, max_size=30), st.integers(20, 120), st.integers(0, 40))
def test_any_cut_gives_the_same_frames(pieces: list[bytes], head: int, body: int) -> None:
    whole = b"".join(pieces)
    once = parse(whole, head=head, body=body)
    for cut in (pieces, [bytes([one]) for one in whole]):
        assert parse(*cut, head=head, body=body) == once


@given(st.dictionaries(st.from_regex(r"[A-Za-z-]{1,12}", fullmatch=True), st.text(), max_size=8))
def test_whatever_a_value_holds_comes_through(fields: dict[str, str]) -> None:
    event = Event(parse(event_frame({**fields}))[0][0].body)
    assert {key: event.text(key) for key in fields} == fields


@given(st.binary(max_size=200))
def test_no_event_is_too_strange_to_be_read(body: bytes) -> None:
    event = Event(body)
    assert isinstance(event.name + event.body + event.text("\x00"), str)


# --- answers to commands


def test_channels_of_every_encoding() -> None:
    # The second byte of this character is a backslash, which the exchange escapes.
    name = b"\x81\\\\" + "王芳".encode("gbk") + b'\\"'
    row = b'{"uuid":"a-1","cid_name":"' + name + b'","x":null,"n":3}'
    other = '{"uuid":"a-2","cid_name":"王芳","esc":"\\u738b"}'.encode()
    rows = channels(b'{"row_count":2,"rows":[' + row + b"," + other + b',{"uuid":"a b"},{}]}')
    assert rows["a-1"] == {"uuid": "a-1", "cid_name": '乗王芳"'}
    assert rows["a-2"]["cid_name"] == "王芳"
    assert rows["a-2"]["esc"] == "王"
    assert set(rows) == {"a-1", "a-2"}
    assert channels(b'{"row_count": 0}\n') == {}


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"-ERR SQL disabled, no data available!\n", b"-USAGE: x", b"{", b"[]", b"7"),
        *(b'{"rows": 7}', b'{"rows": [7]}', b"[" * 100_000),
    ],
)
def test_answers_that_tell_nothing(answer: bytes) -> None:
    with pytest.raises(AnswerError):
        channels(answer)


def test_a_table_whose_cells_hold_bars() -> None:
    text = b"name|contact|state\na|user/1|user/2|Waiting\nshort\nb|user/3|Idle\n+OK\n"
    assert table(text, "contact") == [
        {"name": "a", "contact": "user/1|user/2", "state": "Waiting"},
        {"name": "b", "contact": "user/3", "state": "Idle"},
    ]
    assert table(b"+OK\n", "contact") == []
    with pytest.raises(AnswerError, match="callcenter_config Command not found"):
        table(b"-ERR callcenter_config Command not found!\n", "contact")
