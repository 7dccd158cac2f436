"""What an exchange says is up at this moment, gathered from the rows of a `Status` answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from console.sources.ami import Message
from console.sources.channels import (
    PATH_LIMIT,
    ExchangeConfig,
    is_local,
    known,
    resource,
    seconds,
    station,
)
from console.sources.root_channel import RootChannel
from console.sources.switchboard import party

_RINGING, _UP = "5", "6"
_ROW_LIMIT = 20_000
_HELD_LIMIT = 50_000


def _variable(row: Message, name: str) -> str:
    for value in row.all("Variable"):
        if value.startswith(f"{name}="):
            return known(value.removeprefix(f"{name}="), PATH_LIMIT)
    return ""


@dataclass(slots=True)
class Snapshot:
    """A snapshot being received since `at`, and the events held back meanwhile."""

    config: ExchangeConfig
    at: int
    rows: list[Message] = field(default_factory=list)
    held: list[tuple[Message, int]] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether more came than any exchange has channels: this answer never ends."""
        return len(self.rows) > _ROW_LIMIT or len(self.held) > _HELD_LIMIT

    def roots(self) -> Iterator[RootChannel]:
        """The root channels, oldest call first."""
        legs: dict[str, list[Message]] = {}
        roots: list[Message] = []
        for row in self.rows:
            if row.text("Uniqueid") == row.text("Linkedid"):
                roots.append(row)
            else:
                legs.setdefault(row.text("Linkedid"), []).append(row)
        for row in sorted(roots, key=lambda row: -seconds(row.text("Seconds"), 0)):
            yield self._root(row, legs.get(row.text("Uniqueid"), []))

    def _root(self, row: Message, group: list[Message]) -> RootChannel:
        legs = [leg for leg in group if not is_local(leg.text("Channel"))]
        bridge = row.text("BridgeID")
        bridged = [leg for leg in legs if bridge and leg.text("BridgeID")]
        if not bridged:
            # No telephone of ours: the dial plan itself answers behind the pipe.
            bridged = [leg for leg in group if bridge and leg.text("BridgeID") == bridge]
        channel = row.text("Channel")
        return RootChannel(
            id=row.text("Uniqueid"),
            party=party(row),
            did=self._did(row),
            since=self.at - seconds(row.text("Seconds"), 0),
            inbound=self._inbound(row),
            up=row.text("ChannelState") == _UP and not is_local(channel),
            recording=_variable(row, "MIXMONITOR_FILENAME"),
            ringing=self._stations(legs, _RINGING),
            talking=self._stations(bridged, _UP),
        )

    def _stations(self, legs: list[Message], state: str) -> dict[str, str]:
        return {
            leg.text("Uniqueid"): station(leg.text("Channel"), self.config)
            for leg in legs
            if leg.text("ChannelState") == state
        }

    def _did(self, row: Message) -> str:
        return _variable(row, "FROM_DID") or known(row.text("DNID")) or row.text("Exten")

    def _inbound(self, row: Message) -> bool:
        """The call has left the trunk context by now; its origin shows by other signs."""
        channel = row.text("Channel")
        if is_local(channel):
            return False
        if row.text("Context") in self.config.trunk_contexts or _variable(row, "FROM_DID"):
            return True
        seat = re.fullmatch(self.config.station_pattern, resource(channel))
        return seat is None and bool(known(row.text("DNID")))
