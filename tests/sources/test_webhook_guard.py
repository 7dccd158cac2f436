"""Who may report calls, how often, and each request only once."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import pytest

from console.sources.webhook_config import BEARER, WebhookSettings
from console.sources.webhook_guard import (
    ONCE,
    SIGNED,
    TIMESTAMP,
    Guard,
    HookRefusedError,
    signature,
)
from tests.installations import HandSet

NOW = 1_800_000_000
SECRET = "sixteen or more of them"
SETTINGS = WebhookSettings("cloud", SECRET, window=60, rate=6, peer_rate=3)
BODY = b'{"event": "newCall"}'


@pytest.fixture
def clock() -> HandSet:
    return HandSet(NOW)


def guard(clock: HandSet, **changes: object) -> Guard:
    return Guard(replace(SETTINGS, **changes), clock)  # type: ignore[arg-type]


def signed(body: bytes = BODY, at: int = NOW, secret: str = SECRET) -> dict[str, str]:
    return {TIMESTAMP: str(at), SIGNED: signature(secret, at, body)}


def refusal(judge: Guard, headers: dict[str, str], body: bytes = BODY) -> HookRefusedError:
    with pytest.raises(HookRefusedError) as caught:
        judge.check(headers, body)
    return caught.value


def admitted(judge: Guard, *peers: str) -> int:
    """How many of these are let in."""
    count = 0
    for peer in peers:
        try:
            judge.admit(peer)
        except HookRefusedError:
            continue
        count += 1
    return count


def test_a_signature_is_what_the_documentation_says() -> None:
    wanted = hmac.new(SECRET.encode(), b"1800000000." + BODY, hashlib.sha256).hexdigest()
    assert signature(SECRET, NOW, BODY) == f"sha256={wanted}"


def test_who_knows_the_secret_is_let_in(clock: HandSet) -> None:
    judge = guard(clock)
    judge.check(signed(), BODY)
    judge.check({name: value.upper() for name, value in signed().items()}, BODY)
    for at in (NOW - 60, NOW + 60):
        judge.check(signed(at=at), BODY)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {TIMESTAMP: str(NOW)},
        {TIMESTAMP: str(NOW), SIGNED: ""},
        {TIMESTAMP: str(NOW), SIGNED: "sha256=" + "0" * 64},
        {TIMESTAMP: str(NOW), SIGNED: signature(SECRET, NOW, BODY)[7:]},
        {TIMESTAMP: str(NOW), SIGNED: "数\ud800"},
        {TIMESTAMP: str(NOW + 1), SIGNED: signature(SECRET, NOW, BODY)},
        signed(secret="another secret altogether"),
        signed(b"another body"),
        {"Authorization": f"Bearer {SECRET}"},
    ],
)
def test_who_does_not_is_a_stranger(clock: HandSet, headers: dict[str, str]) -> None:
    refused = refusal(guard(clock), headers)
    assert (refused.status, refused.headers) == (401, {"WWW-Authenticate": "HMAC-SHA256"})
    assert refused.counts


@pytest.mark.parametrize("sent", [NOW - 61, NOW + 61, 0])
def test_an_old_request_is_refused_however_well_it_is_signed(clock: HandSet, sent: int) -> None:
    refused = refusal(guard(clock), signed(at=sent))
    assert refused.status == 401
    assert str(refused) == "The time of the request is missing or more than 60 seconds off."


@pytest.mark.parametrize("told", ["", "now", "-1", "1e9", "１８", "9" * 30, "1800000000 "])
def test_a_time_is_digits(clock: HandSet, told: str) -> None:
    assert refusal(guard(clock), signed() | {TIMESTAMP: told}).status == 401


def test_a_bearer_secret(clock: HandSet) -> None:
    judge = guard(clock, auth=BEARER)
    for scheme in ("Bearer", "bearer"):
        judge.check({"Authorization": f"{scheme} {SECRET}"}, BODY)
    for given in ("", SECRET, f"Basic {SECRET}", f"Bearer {SECRET}x", "Bearer", "Bearer 数"):
        refused = refusal(judge, {"Authorization": given})
        assert (refused.status, refused.headers) == (401, {"WWW-Authenticate": "Bearer"})
    assert refusal(judge, signed()).status == 401


def test_a_request_counts_once_for_as_long_as_it_would_be_let_in(clock: HandSet) -> None:
    judge = guard(clock)
    late = signed(at=NOW + 60)
    assert judge.is_first(late)
    assert not judge.is_first({**late, SIGNED: late[SIGNED].upper()})
    clock.at += 120
    judge.check(late, BODY)
    assert not judge.is_first(late)
    assert judge.is_first(signed(at=NOW + 120))
    clock.at += 1
    assert refusal(judge, late).status == 401


def test_what_is_no_longer_let_in_is_forgotten(clock: HandSet) -> None:
    judge = guard(clock)
    for second in range(500):
        clock.at = NOW + second
        assert judge.is_first(signed(at=clock.at))
    assert len(judge._seen) == 2 * 60 + 1


def test_a_bearer_may_say_which_requests_are_the_same(clock: HandSet) -> None:
    judge = guard(clock, auth=BEARER)
    assert judge.is_first({})
    assert judge.is_first({})
    assert judge.is_first({ONCE: "a"})
    assert not judge.is_first({ONCE: "a"})
    assert judge.is_first({ONCE: "b"})


def test_each_sender_has_a_rate_and_all_have_one(clock: HandSet) -> None:
    judge = guard(clock)
    assert admitted(judge, *["192.0.2.1"] * 5) == 3
    assert admitted(judge, *["192.0.2.2"] * 2) == 2
    assert admitted(judge, "192.0.2.3", "192.0.2.4") == 1
    clock.at += 1
    assert admitted(judge, *["192.0.2.1"] * 5) == 3
    assert admitted(judge, *["192.0.2.3"] * 5) == 3


def test_who_asks_too_often_is_told_when_to_come_back(clock: HandSet) -> None:
    judge = guard(clock, peer_rate=1)
    judge.admit("192.0.2.1")
    with pytest.raises(HookRefusedError) as caught:
        judge.admit("192.0.2.1")
    assert (caught.value.status, caught.value.headers) == (429, {"Retry-After": "1"})


def test_a_clock_set_back_locks_nobody_out(clock: HandSet) -> None:
    judge = guard(clock)
    assert admitted(judge, *["192.0.2.1"] * 3, *["192.0.2.2"] * 3) == 6
    clock.at -= 3600
    assert admitted(judge, "192.0.2.1", "192.0.2.3") == 0
    clock.at += 1
    assert admitted(judge, "192.0.2.1", "192.0.2.3") == 2


def test_a_network_is_one_sender(clock: HandSet) -> None:
    judge = guard(clock, rate=100)
    neighbours = [f"2001:db8:1:1::{number:x}" for number in range(9)]
    assert admitted(judge, *neighbours) == 3
    assert admitted(judge, "2001:db8:1:2::1", "fe80::1%eth0", "", "not an address") == 4


def test_strangers_cannot_fill_the_memory(clock: HandSet) -> None:
    judge = guard(clock, rate=10_000)
    peers = [f"192.0.{number // 256}.{number % 256}" for number in range(3000)]
    assert admitted(judge, *peers) == 3000
    assert len(judge._peers) == 1000
