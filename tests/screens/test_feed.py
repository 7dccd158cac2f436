"""A seat hears what others write: by the bell where there is one, by looking elsewhere."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest

from console.desk import Desk, Who
from console.screens import feed as feeds
from console.screens.feed import Changes, Feed

LIN = Who("lin", "3")


@pytest.fixture
def heard() -> list[Changes]:
    return []


@pytest.fixture
async def feed(desk: Desk, heard: list[Changes]) -> AsyncIterator[Feed]:
    desk.do("ring", {"number": "13955501953", "call": "first"}, LIN)
    one = Feed(desk, heard.append)
    yield one
    one.stop()


async def hears(heard: list[Changes], within: float = 5.0) -> None:
    async with asyncio.timeout(within):
        while not heard:
            await asyncio.sleep(0.002)


@pytest.mark.skipif(sys.platform != "linux", reason="the bell is the kernel's own (inotify)")
async def test_the_bell_tells_at_once(
    desk: Desk, feed: Feed, heard: list[Changes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "SAFETY_INTERVAL", 600.0)
    feed.start()
    feed.listen()
    await asyncio.sleep(0)
    feed._again(600.0)
    desk.do("ring", {"number": "13955501954", "call": "second"}, LIN)
    await hears(heard)
    assert heard == [Changes(frozenset(), True, False)]


async def test_without_a_bell_it_looks_often(
    desk: Desk, feed: Feed, heard: list[Changes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "inotify_simple", None)
    feed.start()
    feed.listen()
    assert feed._interval == feeds.INTERVAL
    desk.do("ring", {"number": "13955501954", "call": "second"}, LIN)
    await hears(heard)


async def test_a_burst_is_heard_in_one_or_two_looks(
    desk: Desk, feed: Feed, heard: list[Changes]
) -> None:
    feed.start()
    feed.listen()
    for number in range(20):
        desk.do("ring", {"number": "13955501954", "call": f"b{number}"}, LIN)
    await hears(heard)
    await asyncio.sleep(0)
    assert len(heard) <= 2
