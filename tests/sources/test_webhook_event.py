"""What a hosted exchange posts, however it is written, and what nobody should post."""

from __future__ import annotations

import json
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.cleantext import is_clean
from console.sources.webhook_event import HookEvent, NoEventError, read

JSON = "application/json; charset=utf-8"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"

POSTED = {
    "event": "newCall",
    "from": "13955501953",
    "to": "4008001234",
    "direction": "in",
    "callId": "f4ebd2be-7b9a@cloud",
    "queue": "support",
    "timestamp": "1800000000",
}
READ = HookEvent(
    "newCall",
    "f4ebd2be-7b9a@cloud",
    "13955501953",
    "4008001234",
    users=("李娜", "Wang Wei"),
    queue="support",
    at=1_800_000_000,
)
USERS = ["李娜", "Wang Wei"]


def of_json(**values: object) -> HookEvent:
    return read(JSON, json.dumps({**POSTED, **values}).encode())


def parts(fields: list[tuple[str, bytes]]) -> bytes:
    found = b""
    for name, value in fields:
        head = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        found += head.encode() + value + b"\r\n"
    return found + b"--x--\r\n"


def test_json() -> None:
    assert of_json(user=USERS) == READ
    assert of_json(**{"user[]": USERS}) == READ


def test_a_form_of_either_encoding() -> None:
    pairs = [*POSTED.items(), *(("user[]", user) for user in USERS)]
    assert read(FORM, urlencode(pairs).encode()) == READ
    assert read(PARTS, parts([(name, value.encode()) for name, value in pairs])) == READ


def test_gbk_is_read_as_well() -> None:
    gbk = "李娜".encode("gbk")
    wanted = HookEvent("answer", "1", users=("李娜",))
    form = b"event=answer&callId=1&user%5B%5D="
    assert read(FORM, form + quote_from_bytes(gbk).encode()) == wanted
    assert read(FORM, form + gbk) == wanted
    assert read(JSON, b'{"event":"answer","callId":"1","user":"' + gbk + b'"}') == wanted
    assert read(PARTS, parts([("event", b"answer"), ("callId", b"1"), ("user", gbk)])) == wanted


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (1_800_000_000, 1_800_000_000),
        ("1800000000.9", 1_800_000_000),
        (1_800_000_000_123, 1_800_000_000),
        ("2027-01-15T16:00:00+08:00", 1_800_000_000),
        ("2027-01-15T08:00:00Z", 1_800_000_000),
        ("2027-01-15T08:00:00", None),
        ("yesterday", None),
        ("9" * 20, None),
        ("0001-01-01T00:00:00+23:59", -62135683140),
        (True, None),
        (None, None),
        ({"at": 1}, None),
    ],
)
def test_instants(written: object, at: int | None) -> None:
    assert of_json(timestamp=written).at == at


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ({"from": "anonymous"}, HookEvent("newCall", "1", "anonymous")),
        ({"from": 13955501953}, HookEvent("newCall", "1", "13955501953")),
        ({"from": ["1", "2"], "direction": "OUT"}, HookEvent("newCall", "1", "1", outgoing=True)),
        ({"from": None, "to": {}, "queue": False, "user": [[]]}, HookEvent("newCall", "1")),
        ({"user": ["8001", "8001", ""]}, HookEvent("newCall", "1", users=("8001",))),
        ({"answeringNumber": "unknown", "cause": "null"}, HookEvent("newCall", "1")),
        (
            {"user": "Li\r\nEvent: x\x00", "queue": "\u202e\x1b[31ma\u200b", "cause": "\ud800"},
            HookEvent("newCall", "1", users=("Li Event: x",), queue="a"),
        ),
    ],
)
def test_values(written: dict[str, object], read_as: HookEvent) -> None:
    body = json.dumps({"event": "newCall", "callId": 1, **written}).encode()
    assert read(JSON, body) == read_as


def test_a_long_value_is_cut_short() -> None:
    found = of_json(user="x" * 9000, recording="y" * 9000)
    assert (len(found.users[0]), len(found.recording)) == (80, 400)


def test_ids_stay_apart_whatever_they_are_made_of() -> None:
    ids = ["a b", "a  b", "a\nb", "a~1", "call:1\x00", "\ud800", "李", "x" * 101, "x" * 102]
    found = {of_json(callId=one).id for one in ids}
    assert len(found) == len(ids)
    assert all(len(one) == 32 and one.isalnum() for one in found)


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        (JSON, b"", "The body is not what its Content-Type says."),
        (JSON, b"[1]", "The body is not what its Content-Type says."),
        (JSON, b"[" * 16_000, "The body is not what its Content-Type says."),
        (JSON, b'{"event":' + b"9" * 5000 + b"}", "The body is not what its Content-Type says."),
        (JSON, b'{"callId": "1"}', "“{name}” is missing."),
        (JSON, b'{"event": "newCall", "callId": " "}', "“{name}” is missing."),
        (FORM, b"event=newCall", "“{name}” is missing."),
        (FORM, b"&" * 100, "The body is not what its Content-Type says."),
        (PARTS, b"--x", "“{name}” is missing."),
        ("multipart/form-data", b"--x", "“{name}” is missing."),
        ("", b"{}", "The Content-Type is neither that of JSON nor that of a form."),
        ("text/xml", b"<x/>", "The Content-Type is neither that of JSON nor that of a form."),
    ],
)
def test_what_is_no_event(kind: str, body: bytes, says: str) -> None:
    with pytest.raises(NoEventError) as caught:
        read(kind, body)
    assert caught.value.message.text == says


@given(st.sampled_from([JSON, FORM, PARTS]), st.binary(max_size=300))
def test_no_bytes_do_any_harm(kind: str, junk: bytes) -> None:
    bodies = {
        JSON: b'{"event":"newCall","callId":"1","from":"' + junk + b'"}',
        FORM: b"event=newCall&callId=1&user[]=" + junk,
        PARTS: parts([("event", b"newCall"), ("callId", b"1"), ("user", junk)]),
    }
    try:
        found = read(kind, bodies[kind])
    except NoEventError:
        return
    texts = (found.kind, found.id, found.number, found.queue, found.cause, *found.users)
    assert all(is_clean(text) for text in texts)
