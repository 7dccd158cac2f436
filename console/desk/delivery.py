"""Sending what waits: due rows are read, sent outside of any transaction, and what became of
them is journaled.

At least once: who dies between sending and writing down sends again, under the same key. One
process at a time does it, by a lease of its own, so that a seat which does the worker's other
work never has to hold the secrets of a mail server.
"""

from __future__ import annotations

import contextlib
from queue import Empty, SimpleQueue
from typing import NamedTuple

from console.config import ConfigError
from console.desk.answers import Answers
from console.desk.lately import LATELY, Lately
from console.desk.letters import Letters
from console.desk.writing import write
from console.domain import outbox
from console.domain.decision import Stamp, settle
from console.domain.facts import Draft, Fact
from console.domain.outbox import Lane, Posted, Problem
from console.domain.people import SYSTEM
from console.domain.words import Message
from console.outlets import settings
from console.outlets.courier import Carried, Courier
from console.outlets.letter import Letter
from console.outlets.settings import Outlets, OutletSettings
from console.outlets.template import FILE
from console.store.errors import StoreError

LEASE = "delivery"
GATHER_SECONDS = 0.25
"""How long a step waits for the first of the letters under way."""

WRITTEN_AT_ONCE = 100
"""How many outcomes one transaction takes at most, so that nobody waits for it."""

TRIED = "delivery_tried"
"""What the store remembers of the last time something was handed out."""

_NEVER = (-1, -1)


class Outcome(NamedTuple):
    """What became of a row: which way took it, or the problem."""

    key: str
    way: str
    problem: Problem | None


class Delivery:
    """Sends for one desk. `problem` says what is wrong with the configuration, if anything;
    what runs goes on as it was configured before."""

    def __init__(self, desk: Answers) -> None:
        self._desk = desk
        self._lease = desk.lease(LEASE)
        self._letters = Letters(desk)
        self._done: SimpleQueue[Carried] = SimpleQueue()
        self._couriers: dict[str, Courier] = {}
        self._leaving: list[Courier] = []
        self._paused: dict[str, int] = {}
        self._failures: dict[str, int] = {}
        self._lanes: dict[Lane, list[Posted]] = {}
        self._unwritten: list[Carried] = []
        limits = desk.config.escalation
        burst = outbox.Burst(limits.burst, limits.burst_within * 60)
        self._lately = Lately(desk.store.meta(LATELY), burst)
        self._stamp: object = None
        self._seen: tuple[int, int] = _NEVER
        self.problem: Message | None = None

    @property
    def busy(self) -> bool:
        """Whether letters are under way."""
        return any(courier.busy for courier in (*self._couriers.values(), *self._leaving))

    def step(self, now: int, *, wait: bool = False) -> list[Fact]:
        """Send what may go by `now` (UTC seconds) and write down what is known. -> the facts.

        Without `wait` it returns while letters are still under way; with it, only when
        everything that could go has gone or failed.
        """
        if not self._lease.take():
            return []
        self._heed_settings()
        facts = self._write_down(now, GATHER_SECONDS if self.busy else 0.0)
        facts += self._hand_out(now)
        while wait:
            more = self._write_down(now, None if self.busy else 0.0)
            more += self._hand_out(now)
            if not more and not self.busy:
                break
            facts += more
        return facts

    def close(self) -> None:
        """Stop sending, and write down what is under way as far as it comes back in time;
        the rest will be sent again."""
        patience = max((one.settings.timeout for one in self._couriers.values()), default=0)
        for courier in self._couriers.values():
            courier.close()
        with contextlib.suppress(StoreError):
            while self.busy and self._write_down(self._desk.now(), patience):
                pass
        self._couriers.clear()
        self._lease.release()

    # What is configured

    def _heed_settings(self) -> None:
        """Take up the outlets anew when their file, or a secret beside it, has changed."""
        stamp = self._stamp_of_files()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            wanted = settings.load(self._desk.store.directory)
        except ConfigError as error:
            self.problem = error.message
            return
        self.problem = None
        self._open(wanted)

    def _open(self, wanted: Outlets) -> None:
        """Close the channels that are gone or changed, open those that are new."""
        self._letters.lang = wanted.lang
        kept: dict[str, Courier] = {}
        for channel, courier in self._couriers.items():
            if wanted.channels.get(channel) == courier.settings:
                kept[channel] = courier
            else:
                courier.close()
                self._leaving.append(courier)
        for channel, one in wanted.channels.items():
            if channel not in kept:
                kept[channel] = Courier(one, self._done)
        self._couriers = kept
        self._paused.clear()
        self._failures.clear()
        self._lanes.clear()
        self._seen = _NEVER

    def _stamp_of_files(self) -> object:
        stem = FILE.partition(".")[0]
        stamps = []
        for path in sorted(self._desk.store.directory.glob(f"{stem}*")):
            with contextlib.suppress(OSError):
                stat = path.stat()
                stamps.append((path.name, stat.st_mtime_ns, stat.st_size, stat.st_ino))
        return tuple(stamps)

    # What goes out

    def _hand_out(self, now: int) -> list[Fact]:
        """Give the couriers what they have room for. -> the facts about what cannot go at
        all."""
        self._look(now)
        lanes = [lane for lane in self._lanes if self._may_go(lane, now)]
        if not lanes:
            return []
        with self._desk.store.writing() as tx:
            # What cannot be written down may not be sent either: it would be for ever.
            tx.put_meta(TRIED, str(now))
        hopeless: list[Outcome] = []
        for lane in lanes:
            if self._couriers[lane[0]].takes(lane):
                hopeless += self._send_next(lane, now)
        return self._journal(hopeless, now)

    def _may_go(self, lane: Lane, now: int) -> bool:
        free = self._paused.get(lane[0], 0) <= now and self._couriers[lane[0]].takes(lane)
        return free and bool(self._messages(lane, now))

    def _messages(self, lane: Lane, now: int) -> list[list[Posted]]:
        """What of a lane may go, message by message."""
        lately = self._lately
        return outbox.messages(self._lanes[lane], lately.count(lane, now), lately.burst)

    def _send_next(self, lane: Lane, now: int) -> list[Outcome]:
        """Give a courier the next message of a lane. -> what of it cannot go at all."""
        courier, message = self._couriers[lane[0]], self._messages(lane, now)[0]
        rest = [one for one in self._lanes.pop(lane) if one not in message]
        if rest:
            self._lanes[lane] = rest
        retry = courier.settings.retry
        fresh = [one for one in message if not outbox.is_too_old(one.row, retry, now)]
        hopeless = [
            Outcome(one.row.key, "", Problem("too_old", one.row.detail, permanent=True))
            for one in message
            if one not in fresh
        ]
        letter = self._letter(fresh, courier, now) if fresh else None
        if isinstance(letter, Problem):
            return hopeless + [Outcome(one.row.key, "", letter) for one in fresh]
        if letter is not None:
            if not outbox.is_alone(fresh[0]):
                self._lately.begun(lane, now)
            courier.carry(lane, tuple(one.row.key for one in fresh), letter)
        return hopeless

    def _letter(self, message: list[Posted], courier: Courier, now: int) -> Letter | Problem:
        try:
            if len(message) > 1:
                return self._letters.gathered(message, courier.outlet, now)
            return self._letters.made(message[0], courier.outlet, now)
        except Exception as error:
            # A rule nobody can read any more must not keep everything else from going out.
            return Problem("unwritable", type(error).__name__, permanent=True)

    def _look(self, now: int) -> None:
        """Find out what may go now: when something was written since, at most once a second
        as long as there is work, and again when time has gone on."""
        if self._lanes and self._seen[1] == now:
            return
        seen = (self._desk.pulse(), now)
        if seen == self._seen or not self._couriers:
            return
        self._seen = seen
        self._letters.forget()
        waiting = self._desk.store.outbox_waiting(tuple(self._couriers))
        lanes = outbox.ready(waiting, now, self._letters.quiet_at(now))
        # What is under way is not written down yet and would be sent again.
        self._lanes = {lane: rows for lane, rows in lanes.items() if not self._is_out(lane)}

    def _is_out(self, lane: Lane) -> bool:
        return any(one.has(lane) for one in (*self._couriers.values(), *self._leaving))

    # What became of it

    def _write_down(self, now: int, patience: float | None) -> list[Fact]:
        """Journal what the couriers have brought back, waiting `patience` seconds for the
        first of it (None = as long as it takes). What could not be written is kept."""
        back = self._unwritten
        with contextlib.suppress(Empty):
            if not back:
                back.append(self._done.get(patience != 0, patience))
            while len(back) < WRITTEN_AT_ONCE:
                back.append(self._done.get_nowait())
        for one in back:
            self._lately.ended(one.lane, sent=one.problem is None)
        told = [Outcome(key, one.way, one.problem) for one in back for key in one.keys]
        facts = self._journal(told, now)
        for one in back:
            self._heed(one, now)
        self._unwritten = []
        return facts

    def _heed(self, one: Carried, now: int) -> None:
        """What comes behind a letter that failed waits; an outlet that is down is left in
        peace."""
        one.by.is_back(one.lane)
        self._leaving = [courier for courier in self._leaving if courier.busy]
        channel = one.lane[0]
        if self._couriers.get(channel) is not one.by:
            return
        if one.problem is None:
            self._failures.pop(channel, None)
            self._paused.pop(channel, None)
            return
        self._lanes.pop(one.lane, None)
        if one.problem.outlet:
            self._failures[channel] = self._failures.get(channel, 0) + 1
            self._paused[channel] = now + one.by.settings.retry.wait(self._failures[channel])

    def _journal(self, outcomes: list[Outcome], now: int) -> list[Fact]:
        """Write down outcomes. What somebody has settled meanwhile is settled; that it was
        sent all the same is written down."""
        if not outcomes:
            return []
        desk = self._desk
        with desk.store.writing() as tx:
            world = desk.world(tx)
            drafts: list[Draft] = []
            for key, way, problem in outcomes:
                subject = tx.notice_subject(key)
                posted = outbox.by_key(world.holder(subject), key)
                if posted is None:
                    continue
                if problem is None:
                    drafts.append(outbox.sent(posted, way, now))
                elif posted.row.state == "waiting":
                    retry = self._retry(posted.row.channel)
                    drafts.append(outbox.failed(posted, problem, retry, now))
            stamp = Stamp(SYSTEM, "", now, desk.now(), tx.last_seq() + 1)
            decision = settle(drafts, world, stamp)
            write(tx, decision)
            tx.put_meta(LATELY, self._lately.written(now))
        return decision.facts

    def _retry(self, channel: str) -> outbox.Retry:
        courier = self._couriers.get(channel)
        default = OutletSettings(channel, "")
        return (courier.settings if courier is not None else default).retry
