"""Every recorded exchange gives its right outcome, however its bytes are cut or joined."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from console.domain.call_events import CallEvent
from console.domain.numbers import understand
from tests.sources.captures import PATHS, listen, recording, stream

Outcome = list[tuple[str, ...]]

RANG_8001 = [("rang", "13955501953"), ("queued", "support"), ("offered", "8001")]
ANSWERED_8001: Outcome = [*RANG_8001, ("answered", "8001"), ("ended", "Normal Clearing")]
TRANSFERRED: Outcome = [
    *RANG_8001,
    ("answered", "8001"),
    ("transferred", "8001", "8016"),
    ("offered", "8016"),
    ("answered", "8016"),
    ("ended", "Normal Clearing"),
]
DIALLED = [("dialled", "075555509528", "8001"), ("station_answered", "8001")]

OUTCOMES: dict[str, list[Outcome]] = {
    "a1": [ANSWERED_8001],
    "a2": [ANSWERED_8001],
    "a3": [
        [
            ("rang", "13955501953"),
            ("queued", "sales"),
            ("offered", "8002"),
            ("offered", "8001"),
            ("answered", "8002"),
            ("withdrawn", "8001", "answered_elsewhere"),
            ("ended", "Normal Clearing"),
        ]
    ],
    "a4": [
        [
            ("rang", "13955501953"),
            ("offered", "8001"),
            ("answered", "8001"),
            ("ended", "Normal Clearing"),
        ]
    ],
    "b1": [[*RANG_8001, ("withdrawn", "8001", "cancelled"), ("missed", "abandoned")]],
    "b2": [
        [
            ("rang", "13955501953"),
            ("queued", "sales"),
            ("offered", "8002"),
            ("offered", "8001"),
            ("withdrawn", "8002", "cancelled"),
            ("withdrawn", "8001", "cancelled"),
            ("missed", "abandoned"),
        ]
    ],
    "b3": [
        [
            *RANG_8001,
            ("withdrawn", "8001", "no_answer"),
            ("offered", "8002"),
            ("withdrawn", "8002", "no_answer"),
            ("missed", "queue_timeout"),
        ]
    ],
    "b4": [[("rang", "13955501953"), ("missed", "never_offered")]],
    "c1": [
        [
            *RANG_8001,
            ("withdrawn", "8001", "no_answer"),
            ("offered", "8002"),
            ("answered", "8002"),
            ("ended", "Normal Clearing"),
        ]
    ],
    "d1": [TRANSFERRED],
    "d2": [TRANSFERRED],
    "e1": [
        ANSWERED_8001,
        [
            ("rang", "075555509528"),
            ("queued", "support"),
            ("offered", "8002"),
            ("answered", "8002"),
            ("ended", "Normal Clearing"),
        ],
    ],
    "f1": [[("rang", "anonymous"), *ANSWERED_8001[1:]]],
    "f2": [ANSWERED_8001],
    "f4": [ANSWERED_8001],
    "f6": [ANSWERED_8001],
    "i1": [
        [
            ("dialled", "13955501953", "8001"),
            ("station_answered", "8001"),
            ("reached", "13955501953"),
            ("ended", "Normal Clearing"),
        ]
    ],
    "i2": [
        [
            ("dialled", "13955501953", "8001"),
            ("not_reached", "no_station"),
            ("ended", "no station"),
        ]
    ],
    "i3": [[*DIALLED, ("not_reached", "busy"), ("ended", "User busy")]],
    "i4": [[*DIALLED, ("not_reached", "no_answer"), ("ended", "0")]],
    "j1": [
        ANSWERED_8001,
        [*RANG_8001, ("withdrawn", "8001", "cancelled"), ("missed", "abandoned")],
        [
            ("rang", "13955501953"),
            ("offered", "8001"),
            ("withdrawn", "8001", "cancelled"),
            ("missed", "abandoned"),
        ],
    ],
    "k1": [],
    "k2": [[*ANSWERED_8001[:-1], ("ended", "exchange stopped")]],
    "m1": [[("rang", "13955501953"), ("queued", "fpbx"), *ANSWERED_8001[2:]]],
    "o1": [ANSWERED_8001],
}
SMALL = sorted(set(PATHS) - {"l1"})

_SHOWN = {
    "call_rang": ("number",),
    "call_queued": ("queue",),
    "call_offered": ("station",),
    "call_withdrawn": ("station", "reason"),
    "call_answered": ("station",),
    "call_transferred": ("station", "to"),
    "call_recording": (),
    "call_ended": ("cause",),
    "call_missed": ("reason",),
    "call_dialled": ("number", "station"),
    "call_station_answered": ("station",),
    "call_reached": ("number",),
    "call_not_reached": ("reason",),
}


def outcome(events: list[CallEvent]) -> list[Outcome]:
    """What happened to each call, in the order the calls began."""
    calls: dict[str, Outcome] = {}
    for event in events:
        body = [str(event.body[key]) for key in _SHOWN[event.kind]]
        calls.setdefault(event.call, []).append((event.kind.removeprefix("call_"), *body))
    return list(calls.values())


def recorded(key: str) -> list[CallEvent]:
    events, _ = listen((read.at, read.data) for read in recording(key).reads)
    return events


def whole(data: bytes) -> tuple[list[CallEvent], list[str]]:
    return listen([(1_795_320_000.0, data)])


def pieces(data: bytes, cuts: list[int]) -> Iterator[tuple[float, bytes]]:
    for start, end in itertools.pairwise([0, *sorted(cuts), len(data)]):
        yield 1_795_320_000.0, data[start:end]


def test_every_recording_has_an_outcome() -> None:
    assert set(OUTCOMES) | {"g1", "h1", "l1"} == set(PATHS)


@pytest.mark.parametrize("key", sorted(OUTCOMES))
def test_outcome(key: str) -> None:
    assert outcome(recorded(key)) == OUTCOMES[key]


@pytest.mark.parametrize(
    ("key", "waited"), [("b1", 5), ("b2", 4), ("b3", 13), ("b4", 1), ("c1", 11)]
)
def test_how_long_the_caller_waited(key: str, waited: int) -> None:
    at = {event.kind: event.at for event in recorded(key)}
    assert at.get("call_answered", at.get("call_missed", 0)) - at["call_rang"] == waited


def test_the_did_is_the_first_number_called() -> None:
    dids = {
        key: [event.body["did"] for event in recorded(key) if event.kind == "call_rang"]
        for key in ("a1", "a3", "b3", "d1", "m1", "e1")
    }
    assert dids == {
        "a1": ["4008001234"],
        "a3": ["075555509501"],
        "b3": ["075555509502"],
        "d1": ["4008001234"],
        "m1": ["075555509504"],
        "e1": ["4008001234", "075555509500"],
    }


@pytest.mark.parametrize(
    ("key", "name", "withheld"),
    [
        ("a1", "", False),
        ("f1", "", True),
        ("f2", "", False),
        ("f4", "张三 13955501953", False),
        ("f6", 'Event: Hangup; a|b, \\\\\\"q\\\\\\" <x> %s & 100%', False),
    ],
)
def test_who_calls(key: str, name: str, withheld: bool) -> None:
    body = recorded(key)[0].body
    assert (body["name"], body["withheld"]) == (name, withheld)
    assert body["exchange"] == "hotline"
    assert body["direction"] == "in"


def test_members_are_called_by_the_name_of_their_queue() -> None:
    for key in ("a1", "m1"):
        [member] = [e.body["member"] for e in recorded(key) if e.kind == "call_offered"]
        assert member == "张三"


def test_number_formats() -> None:
    events = recorded("g1")
    calls = outcome(events)
    assert len(calls) == 19
    assert {call[-1] for call in calls} == {("missed", "abandoned")}
    numbers = [
        understand(event.body["number"], area_code="0755")
        for event in events
        if event.kind == "call_rang"
    ]
    assert [number.e164 or f"{number.kind} {number.shown}".strip() for number in numbers] == [
        "+8613955501953",
        "+8675555509528",
        "+8675555509528",
        "+8613955501953",
        "+8613955501953",
        "+8613955501953",
        "+8675555509528",
        "+8613955501953",
        "+864008001234",
        "+868008201234",
        "short 95588",
        "short 12345",
        "+14155550123",
        "+14155550123",
        "+85221231234",
        "+8613955501953",
        "+8675555509528",
        "+8613955501953",
        "unknown",
    ]


def test_after_an_outage_every_call_is_brought_up_to_date() -> None:
    a, b, c, d, e, f = outcome(recorded("h1"))
    answered = [("offered", "8001"), ("answered", "8001")]
    assert a == [
        ("rang", "13900000001"),
        ("queued", "support"),
        *answered,
        ("recording",),
        ("ended", "Normal Clearing"),
    ]
    assert b[-2:] == [("answered", "8002"), ("ended", "outage")]
    assert c == [("rang", "13900000003"), ("queued", "support"), ("missed", "outage")]
    assert d[0] == ("rang", "13900000004")
    assert d[-2:] == [("answered", "8002"), ("ended", "Normal Clearing")]
    assert e == [
        ("rang", "13900000005"),
        ("offered", "8016"),
        ("answered", "8016"),
        ("ended", "Normal Clearing"),
    ]
    assert f == [
        ("rang", "13900000006"),
        ("queued", "support"),
        ("recording",),
        ("missed", "abandoned"),
    ]


def test_calls_found_after_an_outage_rang_when_they_really_did() -> None:
    rang = {e.body["number"]: e for e in recorded("h1") if e.kind == "call_rang"}
    assert [rang[f"1390000000{n}"].at for n in (4, 5, 6)] == [1795321606, 1795321609, 1795321610]
    assert [rang[f"1390000000{n}"].body["did"] for n in (4, 5, 6)] == [
        "4008001234",
        "075555509517",
        "4008001234",
    ]
    assert {event.body["exchange"] for event in rang.values()} == {"hotline"}


def test_a_refused_login_is_said_clearly() -> None:
    events, refusals = whole(stream("k1"))
    assert events == []
    assert refusals == ["Authentication failed", "Permission denied"]


def test_load() -> None:
    calls = outcome(recorded("l1"))
    assert len(calls) == 100
    # Its agents are answered by the dial plan behind a Local channel: no telephone rings.
    for call in calls:
        assert [step[0] for step in call] == ["rang", "queued", "answered", "ended"]
        assert 9000 <= int(call[2][1]) <= 9099


@pytest.mark.parametrize("key", sorted(PATHS))
def test_random_cuts(key: str) -> None:
    data = stream(key)
    expected = whole(data)
    for seed in range(2 if key == "l1" else 5):
        source = random.Random(f"{key}{seed}")
        cuts = [source.randrange(len(data)) for _ in range(source.choice([1, 20, 300]))]
        assert listen(pieces(data, cuts)) == expected


@pytest.mark.parametrize("key", SMALL)
def test_single_bytes(key: str) -> None:
    data = stream(key)
    assert listen((1_795_320_000.0, data[n : n + 1]) for n in range(len(data))) == whole(data)


@pytest.mark.parametrize("first", SMALL)
def test_one_session_after_another(first: str) -> None:
    before = whole(stream(first))
    for second in SMALL:
        if second == first:
            continue
        after = whole(stream(second))
        events, refusals = whole(stream(first) + stream(second))
        assert events == before[0] + after[0]
        assert refusals == before[1] + after[1]
