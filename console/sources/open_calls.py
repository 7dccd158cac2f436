"""The open calls of one exchange, over all its connections: what every kind of exchange does
with them, whatever its events look like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.domain.call_events import CallEvent
from console.domain.cleantext import clean
from console.domain.numbers import RECEIVED_LIMIT, is_withheld
from console.sources.channels import NAME_LIMIT, ExchangeConfig, caller_name
from console.sources.incoming import OUTAGE, STOPPED, IncomingCall
from console.sources.outgoing import PlacedCall
from console.sources.root_channel import Party, RootChannel


class OpenCalls:
    """Open calls by the id of their root channel; `session` counts the connections."""

    def __init__(self, config: ExchangeConfig) -> None:
        self.config = config
        self.session = 0
        self.incoming: dict[str, IncomingCall] = {}
        self.placed: dict[str, PlacedCall] = {}
        self._system = ""

    @property
    def open_calls(self) -> tuple[str, ...]:
        """The calls that have not ended yet."""
        return (
            *(call.call for call in self.incoming.values()),
            *(placed.call for placed in self.placed.values()),
        )

    def root_of(self, call: str) -> str:
        """The id of the channel a call the console places begins with."""
        return call

    # Known again after an outage

    def recall(self, call: str, *, answered: bool) -> None:
        """Know an inbound call again that was open when its process ended."""
        root = call.removeprefix(f"{self.config.name}:")
        self.incoming[root] = IncomingCall(call, root, session=-1, answered=answered)

    def recall_placed(self, placed: PlacedCall) -> None:
        """Know a call again that was placed, or about to be, when its process ended."""
        placed.session = -1
        placed.root = self.root_of(placed.call)
        self.placed[placed.root] = placed

    def touch(self, channel: str) -> None:
        """Note that a root channel is up on the present connection."""
        for call in (self.incoming.get(channel), self.placed.get(channel)):
            if call is not None:
                call.session = self.session

    def settle(
        self, roots: Iterable[RootChannel], waiting: Mapping[str, tuple[str, int]], at: int
    ) -> list[CallEvent]:
        """Bring the calls that are up in line with what the exchange said at `at` is up.

        `waiting` tells by root channel the queue a caller waits in, and since when.
        """
        events: list[CallEvent] = []
        for root in roots:
            if root.inbound and root.id not in self.incoming:
                events += self.adopt(root.id, root.party, root.did, root.since)
            if placed := self.placed.get(root.id):
                events += root.reconcile_placed(placed, at)
            call = self.incoming.get(root.id)
            if call is None:
                continue
            if root.id in waiting and not root.talking:
                events += self.wait(root.id, *waiting[root.id])
            events += root.reconcile(call, at)
        return events

    def lose(self, at: int) -> list[CallEvent]:
        """End the calls not heard of on this connection: they ended during the outage."""
        events: list[CallEvent] = []
        for root, call in tuple(self.incoming.items()):
            if call.session < self.session:
                del self.incoming[root]
                events += call.end(OUTAGE, at, reason=OUTAGE)
        for root, placed in tuple(self.placed.items()):
            if placed.session < self.session:
                del self.placed[root]
                events += _unheard(placed, at)
        return events

    def give_up(self, at: int) -> list[CallEvent]:
        """The exchange is out of reach for so long that nobody can be ringing any more.

        Calls somebody talks on stay open: when those ended only the exchange can tell.
        """
        events: list[CallEvent] = []
        for root, call in tuple(self.incoming.items()):
            if not call.answered:
                del self.incoming[root]
                events += call.end(OUTAGE, at, reason=OUTAGE)
        for root, placed in tuple(self.placed.items()):
            if not placed.reached:
                del self.placed[root]
                events += _unheard(placed, at)
        return events

    def stopped(self, at: int) -> list[CallEvent]:
        """The exchange shuts down, and everything that is up on it."""
        events: list[CallEvent] = []
        for call in self.incoming.values():
            events += call.end(STOPPED, at, reason=OUTAGE)
        for placed in self.placed.values():
            events += placed.end(STOPPED, at)
        self.incoming.clear()
        self.placed.clear()
        return events

    # Calls from outside

    def adopt(self, root: str, party: Party, did: str, at: int) -> list[CallEvent]:
        """Begin to follow an inbound call; nothing when `did` is no number of the hotline."""
        if self.config.dids and did not in self.config.dids:
            return []
        name = f"{self.config.name}:{root}" if self.config.name else root
        self.incoming[root] = IncomingCall(name, root, session=self.session)
        # What a snapshot is made of does not name the exchange; its events before did.
        self._system = clean(party.exchange, NAME_LIMIT) or self._system
        number = clean(party.number, RECEIVED_LIMIT)
        body = {
            "number": number,
            "name": caller_name(party.name, number),
            "did": clean(did, RECEIVED_LIMIT),
            "exchange": self.config.name or self._system,
            "direction": "in",
            "withheld": party.withheld or is_withheld(number),
        }
        return [CallEvent(name, "call_rang", at, body)]

    def wait(self, root: str, queue: str, at: int) -> list[CallEvent]:
        """An inbound call waits in `queue`, unless that queue is none of ours."""
        call = self.incoming.get(root)
        if call is None or (self.config.queues and queue not in self.config.queues):
            return []
        return call.join(clean(queue, NAME_LIMIT), at)

    # Calls the console places

    def place(self, call: str, number: str, seat: str, at: int) -> list[CallEvent]:
        """Announce a call the console is about to place from `seat` to `number`."""
        root = self.root_of(call)
        placed = PlacedCall(call, root, at, station=seat, session=self.session)
        self.placed[root] = placed
        return placed.announce(number)

    def refuse(self, call: str, cause: str, at: int) -> list[CallEvent]:
        """The exchange would not even try to place an announced call."""
        placed = self.placed.pop(self.root_of(call), None)
        return placed.refuse(cause, at) if placed else []


def _unheard(placed: PlacedCall, at: int) -> list[CallEvent]:
    """The end of a placed call nothing is heard of any more. One asked for before a restart
    that never came about was never dialled either."""
    placed.announced = placed.announced or placed.session < 0
    return placed.end(OUTAGE, at)
