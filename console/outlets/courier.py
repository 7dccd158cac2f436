"""Carries letters out, several at a time, away from whoever decides what is to be sent.

Every channel has threads of its own: one whose server hangs keeps its own letters waiting
and nobody else's.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple

from console.domain.outbox import Lane, Problem
from console.outlets.letter import Letter, NotSentError, Outlet
from console.outlets.notifier import NotifierOutlet
from console.outlets.settings import APPRISE, SMTP, OutletSettings
from console.outlets.smtp import SmtpOutlet
from console.outlets.webhook import WebhookOutlet


class Carried(NamedTuple):
    """What became of one letter, by the rows it tells: which way took it, or the problem; and
    who carried it."""

    lane: Lane
    keys: tuple[str, ...]
    way: str
    problem: Problem | None
    by: Courier


class Courier:
    """One channel's outlet and its threads: one letter of each lane at a time. What became of
    it is put into `done` as soon as it is known."""

    def __init__(self, settings: OutletSettings, done: SimpleQueue[Carried]) -> None:
        self.settings = settings
        self.outlet = outlet_of(settings)
        self._done = done
        self._pool = ThreadPoolExecutor(settings.at_once, f"outlet-{settings.channel}")
        self._under_way: dict[Lane, Future[None]] = {}

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def has(self, lane: Lane) -> bool:
        """Whether a letter of a lane is under way."""
        return lane in self._under_way

    def takes(self, lane: Lane) -> bool:
        """Whether there is room, and nothing of this lane under way. Twice as many as can be
        sent at once may be, so that no thread waits for the next."""
        return len(self._under_way) < 2 * self.settings.at_once and not self.has(lane)

    def carry(self, lane: Lane, keys: tuple[str, ...], letter: Letter) -> None:
        """Send a letter that tells these rows."""
        self._under_way[lane] = self._pool.submit(self._carry, lane, keys, letter)

    def is_back(self, lane: Lane) -> None:
        """What became of the letter of a lane has been heard."""
        self._under_way.pop(lane, None)

    def close(self) -> None:
        """Begin nothing more. What has begun still comes back."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        begun = {lane: one for lane, one in self._under_way.items() if not one.cancelled()}
        self._under_way = begun

    def _carry(self, lane: Lane, keys: tuple[str, ...], letter: Letter) -> None:
        way, problem = "", None
        try:
            way = self.outlet.send(letter)
        except NotSentError as error:
            problem = error.problem
        except Exception as error:
            # A fault of an outlet must not end the thread unheard.
            problem = Problem("settings", type(error).__name__, outlet=True)
        self._done.put(Carried(lane, keys, way, problem, self))


def outlet_of(settings: OutletSettings) -> Outlet:
    """The outlet a channel is configured to have."""
    if settings.kind == SMTP:
        return SmtpOutlet(settings)
    return NotifierOutlet(settings) if settings.kind == APPRISE else WebhookOutlet(settings)
