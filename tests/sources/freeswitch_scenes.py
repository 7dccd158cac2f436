"""Calls at a FreeSWITCH exchange from beginning to end, and what each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tests.sources.freeswitch_events import Call, Fields
from tests.sources.phone_house import Shown

Scene = Callable[[Call], Iterable[Iterable[Fields]]]


def answered(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.joins(), call.offered(), call.agent_answers(), call.hangs_up())


def abandoned(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.joins(), call.offered(), call.abandons("1001"))


def next_agent(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.joins(), call.offered("1001"), call.unanswered("1001"))
    yield from (call.offered("1002"), call.agent_answers("1002"), call.hangs_up())


def ring_all(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.joins(), call.offered("1001"), call.offered("1002"))
    yield from (call.agent_answers("1002"), call.unanswered("1001", "LOSE_RACE"), call.hangs_up())


def timed_out(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.joins(), call.offered(), call.left("TIMEOUT", state="answered"))
    yield from (call.unanswered("1001", "ORIGINATOR_CANCEL"), call.ends("send_bye"))


def gone_before_joined(call: Call) -> Iterator[Iterable[Fields]]:
    """The agent hears an announcement first; the caller does not wait for its end."""
    yield from (call.rings(), call.joins(), call.offered(), call.connected("1001"))
    yield from (call.left("BREAK_OUT"), call.ends(), call.released("1001", "false"))
    yield call.fails("1001", "ORIGINATOR_CANCEL")


def second_queue(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.joins(), call.left("TIMEOUT", state="answered"))
    yield from (call.joins(), call.offered("1003"), call.agent_answers("1003"), call.hangs_up())


def blind_transfer(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.joins(), call.offered(), call.agent_answers())
    yield from (call.blind_transfer("1002"), call.dials("1002"), call.picks_up("1002"))
    yield call.hangs_up()


def attended_transfer(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.joins(), call.offered(), call.agent_answers())
    yield from (call.attended_transfer("1002"), call.hangs_up())


def direct(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.dials(), call.picks_up(), call.hangs_up())


def direct_early(call: Call) -> Iterator[Iterable[Fields]]:
    """Joined by a ring-back tone before the seat picks up."""
    yield from (call.rings(), call.dials(), call.early_media(), call.picks_up(), call.hangs_up())


def direct_missed(call: Call) -> Iterator[Iterable[Fields]]:
    """Joined by a ring-back tone, and never picked up."""
    yield from (call.rings(), call.dials(), call.early_media())
    yield from (call.fails(cause="ORIGINATOR_CANCEL"), call.ends("recv_cancel"))


def direct_unanswered(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.dials(), call.fails(), call.ends("send_refuse", "NO_ANSWER"))


def turned_away(call: Call) -> Iterator[Iterable[Fields]]:
    yield from (call.rings(), call.ends("send_refuse", "USER_BUSY"))


def switched_off(call: Call) -> Iterator[Iterable[Fields]]:
    """The exchange is shut down with a caller waiting."""
    yield from (call.rings(), call.joins(), call.ends("send_bye", "SYSTEM_SHUTDOWN"))


OUTCOMES: dict[Scene, Shown] = {
    answered: ("ended", ("1001",), ""),
    abandoned: ("missed", (), "abandoned"),
    next_agent: ("ended", ("1002",), ""),
    ring_all: ("ended", ("1002",), ""),
    timed_out: ("missed", (), "queue_timeout"),
    gone_before_joined: ("missed", ("1001",), "abandoned"),
    second_queue: ("ended", ("1003",), ""),
    blind_transfer: ("ended", ("1001", "1002"), ""),
    attended_transfer: ("ended", ("1001", "1002"), ""),
    direct: ("ended", ("1001",), ""),
    direct_early: ("ended", ("1001",), ""),
    direct_missed: ("missed", (), "abandoned"),
    direct_unanswered: ("missed", (), "queue_timeout"),
    turned_away: ("missed", (), "never_offered"),
    switched_off: ("missed", (), "outage"),
}


def at_once(scenes: Iterable[Scene], most: int) -> Iterator[Fields]:
    """Calls numbered from 1, at most so many at a time, their events taking turns."""
    waiting = [
        (fields for step in scene(Call(number)) for fields in step)
        for number, scene in enumerate(scenes, 1)
    ]
    running: list[Iterator[Fields]] = []
    while waiting or running:
        while waiting and len(running) < most:
            running.append(waiting.pop(0))
        for one in list(running):
            fields = next(one, None)
            if fields is None:
                running.remove(one)
            else:
                yield fields
