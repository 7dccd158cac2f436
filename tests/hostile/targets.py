"""One target for every parser: what it is fed, and the only errors it may raise.

The suite feeds each a few hundred derived inputs; `make fuzz` goes on as long as one likes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console import config
from console.desk import Desk, Who
from console.desk.importing import find_table, import_rows
from console.desk.sentence import complete
from console.desk.sentence import parse as parse_sentence
from console.domain import keys, roster, specs
from console.domain.calendar_spec import CalendarError, parse_calendar
from console.domain.cleantext import clean, is_clean
from console.domain.lengths import BadLengthError, parse_length
from console.domain.moments import parse_moment
from console.domain.numbers import digits, match_keys, understand
from console.domain.refusal import RefusedError
from console.outlets import settings as outlets
from console.screens import keymap
from console.sources import phone_config
from console.sources.ami import AmiParser
from console.sources.esl import EslParser
from console.sources.hours import Hours, HoursError
from console.sources.replay import Recording
from console.sources.webhook_event import NoEventError
from console.sources.webhook_event import read as read_webhook
from console.store import checkpoints
from console.store.calendar_shelf import read_document
from console.store.errors import StoreError

NOW = 1_773_200_000
LIN = Who("lin", "1")


@dataclass(frozen=True)
class Place:
    """Where targets that read files or ask the desk may work."""

    directory: Path
    desk: Desk


Feed = Callable[[bytes, Place], object]


@dataclass(frozen=True)
class Target:
    """`seeds` are well-formed inputs to begin from; `raises` is what it may answer with."""

    feed: Feed
    seeds: tuple[bytes, ...] = ()
    raises: tuple[type[Exception], ...] = ()


def _text(read: Callable[[str], object]) -> Feed:
    return lambda data, _: read(data.decode("utf-8", "surrogateescape"))


def _file(name: str, read: Callable[[Path], object]) -> Feed:
    def feed(data: bytes, place: Place) -> object:
        path = place.directory / name
        path.write_bytes(data)
        try:
            return read(path)
        finally:
            path.unlink()

    return feed


def _ami(data: bytes, _: Place) -> object:
    return [message.text("Event") for message in AmiParser().feed(data)]


def _esl(data: bytes, _: Place) -> object:
    parser = EslParser()
    return list(parser.feed(data))


def _webhook(data: bytes, _: Place) -> object:
    kind, _, body = data.partition(b"\n")
    return read_webhook(kind.decode("latin-1"), body)


def _number(text: str) -> None:
    number = understand(text, area_code="0755")
    assert is_clean(number.shown)
    assert not digits(number) or digits(number).isdigit()
    assert all(key.isdigit() for key in match_keys(number))


def _clean(text: str) -> None:
    assert is_clean(clean(text, 200))
    assert is_clean(clean(text, 200, multiline=True).replace("\n", ""))


def _sentence(data: bytes, place: Place) -> None:
    text = data.decode("utf-8", "surrogateescape")
    parse_sentence(text, selected=1001, desk=place.desk)
    complete(text, selected=1001, desk=place.desk, cases=(1001,))


def _table(data: bytes, place: Place) -> list[object]:
    line, table = find_table(place.desk, "anomalies")
    return list(import_rows(place.desk, line, table, data, LIN, NOW))


def _config(data: bytes, place: Place) -> object:
    path = place.directory / config.FILE
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        return config.load(place.directory)
    finally:
        path.write_bytes(before)


TARGETS: dict[str, Target] = {
    "ami": Target(_ami, (b"Event: Hangup\r\nUniqueid: 1.2\r\nCause-txt: x\r\n\r\n",)),
    "esl": Target(_esl, (b"Content-Type: text/event-plain\nContent-Length: 4\n\na: b",)),
    "webhook": Target(
        _webhook,
        (
            b"application/json\n" + json.dumps({"event": "newCall", "callId": "1"}).encode(),
            b"application/x-www-form-urlencoded\nevent=hangup&callId=1&cause=cancel",
            b"multipart/form-data; boundary=x\n--x\r\n\r\n--x--",
        ),
        (NoEventError,),
    ),
    "number": Target(_text(_number), (b"139 5550 1953", "（0755）5550-9528 转 12".encode())),
    "clean text": Target(_text(_clean), ("张工\x1b[31m".encode(),)),
    "moment": Target(
        _text(lambda text: parse_moment(text, NOW)),
        (b"12:30", b"2026-03-10 09:19:00", "明天 9:00".encode(), b"+15m"),
        (ValueError, OverflowError),
    ),
    "length": Target(_text(parse_length), (b"15m", b"3wd", b"slot:mon,thu"), (BadLengthError,)),
    "roster": Target(
        lambda data, place: roster.read(
            data.decode("utf-8", "surrogateescape"), place.desk.directory
        ),
        (b"date,from,to,person\n2026-03-14,08:30,18:00,lin\n",),
    ),
    "ssh key": Target(_text(keys.parse), (b"ssh-ed25519 AAAA lin",), (keys.KeyProblemError,)),
    "calendar": Target(
        lambda data, _: parse_calendar("x", json.loads(data)),
        (b'{"cover": ["2026-01-01", "2026-12-31"]}',),
        (CalendarError, ValueError, RecursionError),
    ),
    "calendar file": Target(
        _file("x.json", read_document), (b'{"version": "1", "calendars": {}}',), (CalendarError,)
    ),
    "line as kept": Target(_text(specs.read), (b'["Line", {}]',), (specs.SpecError, ValueError)),
    "sentence": Target(
        _sentence, ("1001 派单 tan".encode(), "t 深圳供电 张工 电表 !2 >meter".encode())
    ),
    "hours": Target(_text(lambda t: Hours([t])), (b"mon-fri 08:30-18:00",), (HoursError,)),
    "imported table": Target(_table, ("客户编号,本周\nHD-2041,210\n".encode(),), (RefusedError,)),
    "console.toml": Target(_config, (b'zone = "Asia/Shanghai"\n',), (config.ConfigError,)),
    "phone.toml": Target(
        _file(phone_config.FILE, lambda path: phone_config.load(path.parent)),
        (b'[[exchange]]\nname = "hq"\nhost = "127.0.0.1"\nuser = "a"\nsecret = "b"\n',),
        (config.ConfigError,),
    ),
    "outlets.toml": Target(
        _file(outlets.FILE, lambda path: outlets.load(path.parent)),
        (b'[sms]\nurl = "json://127.0.0.1"\n',),
        (config.ConfigError,),
    ),
    "keymap.toml": Target(
        _file("keymap.toml", lambda path: keymap.load(path.parent)),
        (b'[seat]\nclaim = "a"\n',),
        (config.ConfigError,),
    ),
    "checkpoints": Target(_file("x.jsonl", checkpoints.read), (b'{"seq": 1}\n',), (StoreError,)),
    "recording": Target(
        _file("x.ami", lambda path: Recording(path).reads), (b"a",), (OSError, ValueError, EOFError)
    ),
}
