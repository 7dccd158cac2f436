"""An hour of calls with random cuts against real lines over real TCP: the ledger of calls has
to equal the script's.

`make soak` plays it ten times as fast as it would happen; the suite plays a part of it as fast
as it goes.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

from console.desk.verification import verify
from tests import installations
from tests.sources.ami_server import AmiServer, until
from tests.sources.hour import Hour, hour
from tests.sources.phone_house import House, connected
from tests.sources.test_line_outages import hung_up, leg, picked_up, ring

Step = Callable[[], Coroutine[Any, Any, None]]


async def play(data: Path, script: Hour, speed: float = 0.0) -> House:
    """Play it into the lines of an installation, at `speed` times its own pace (0 = at once),
    and check what was written down."""
    async with AmiServer() as server, connected(data, server) as home:
        begun, first = time.monotonic(), server.now
        for at, step in _steps(server, home, script):
            if speed:
                await asyncio.sleep(max(0.0, begun + at / speed - time.monotonic()))
            server.now = max(server.now, first + at)
            await step()
        expected = script.ledger()
        await until(lambda: not home.desk.live_calls(), "every call being over")
        written = {
            int(call.received[-4:]): shown
            for call, shown in zip(home.calls(), home.shown(), strict=True)
        }
        assert written == expected, _difference(written, expected)
        assert len(home.calls()) == len(expected), "a call was written down twice"
        assert verify(home.desk).problems == ()
        return home


def _steps(server: AmiServer, home: House, script: Hour) -> Iterator[tuple[float, Step]]:
    """Everything that happens, in time; an outage begins when all before it was heard."""
    events: list[tuple[float, int, Step]] = []

    def at(when: float, step: Step) -> None:
        heapq.heappush(events, (when, len(events), step))

    async def out() -> None:
        await until(lambda: server.synced, "the console being back")
        await until(lambda: home.heard() >= server.sent, "everything being heard")
        await server.vanish()

    async def back() -> None:
        await server.listen()
        await until(lambda: server.synced, "the console coming back")

    def tells(*told: dict[str, str]) -> Step:
        async def step() -> None:
            await server.tell(*told)

        return step

    for call in script.calls:
        number, seat = call.number, call.station
        at(call.rang, tells(ring(number), leg("DialBegin", number, seat)))
        if call.answered is not None:
            at(call.answered, tells(*picked_up(number, seat)))
        at(call.ended, tells(hung_up(number)))
    for begun, over in script.outages:
        at(begun, out)
        at(over, back)
    while events:
        when, _, step = heapq.heappop(events)
        yield when, step


def _difference(written: dict[int, Any], expected: dict[int, Any]) -> str:
    wrong = [n for n in written.keys() | expected.keys() if written.get(n) != expected.get(n)]
    return "\n".join(f"{n}: {written.get(n)} instead of {expected.get(n)}" for n in sorted(wrong))


def main() -> int:
    """`make soak`: an hour at ten times its pace."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--speed", type=float, default=10.0)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    script = hour(options.seed, options.minutes * 60)
    print(f"seed {options.seed}: {len(script.calls)} calls, {len(script.outages)} outages")
    with tempfile.TemporaryDirectory() as scratch:
        data = installations.make(Path(scratch) / "data")
        begun = time.monotonic()
        asyncio.run(_all(data, script, options.speed))
    print(f"the ledger equals the script, after {time.monotonic() - begun:.0f} s")
    return 0


async def _all(data: Path, script: Hour, speed: float) -> None:
    await play(data, script, speed)


if __name__ == "__main__":
    sys.exit(main())
