"""What a FreeSWITCH exchange says is up at this moment, gathered from its answers to commands.

Channels come as JSON, agents and queues as tables whose cells are parted by bars. Answers may
mix encodings, as the callers' names in them do; each value is decoded by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain.cleantext import clean
from console.sources.channels import PATH_LIMIT, ExchangeConfig, known, seconds
from console.sources.esl import decoded
from console.sources.freeswitch_channels import is_pipe, station
from console.sources.freeswitch_legs import Leg
from console.sources.freeswitch_queues import agent_key
from console.sources.incoming import IncomingCall
from console.sources.line_trouble import REASON_LIMIT
from console.sources.root_channel import Party, RootChannel

Row = Mapping[str, str]

_UP = ("ACTIVE", "HELD", "UNHELD")
_RINGING = ("DOWN", "DIALING", "RINGING", "EARLY", "RING_WAIT")
_WAITING = ("Waiting", "Trying")
_PRIVATE = re.compile(r"\bid\b")
_SEAT = "seat:"
_UNDEFINED = "_undef_"
_UUID = re.compile(r"[\w-]{1,256}", re.ASCII)


class AnswerError(Exception):
    """The exchange does not say what was asked for; the text is its reason."""


def checked(answer: bytes) -> bytes:
    """An answer that is none of refusal. Raises AnswerError."""
    if not answer or answer.startswith((b"-ERR", b"-USAGE")):
        reason = decoded(answer).removeprefix("-ERR ")
        raise AnswerError(clean(reason, REASON_LIMIT).rstrip("!.") or "no answer")
    return answer


def channels(answer: bytes) -> dict[str, Row]:
    """The rows of `show channels as json` by their UUIDs. Raises AnswerError."""
    try:
        # Byte by byte, because a name in an older encoding would spoil all the others.
        found = json.loads(checked(answer).decode("latin-1"))
        rows = [_row(row) for row in found.get("rows", [])]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise AnswerError(clean(decoded(answer), REASON_LIMIT)) from None
    return {row["uuid"]: row for row in rows if _UUID.fullmatch(row.get("uuid", ""))}


def table(answer: bytes, loose: str) -> list[Row]:
    """The rows of an answer of `callcenter_config … list`. Surplus bars belong to the column
    `loose`, the one that holds whatever somebody wrote. Raises AnswerError."""
    head, *lines = checked(answer).split(b"\n")
    if head == b"+OK":
        return []  # without rows there is no heading either
    columns = head.decode("ascii", "replace").split("|")
    rows: list[Row] = []
    for line in lines:
        cells = line.split(b"|")
        surplus = len(cells) - len(columns)
        if surplus > 0 and loose in columns:
            at = columns.index(loose)
            cells[at : at + surplus + 1] = [b"|".join(cells[at : at + surplus + 1])]
        if len(cells) == len(columns):
            rows.append({key: decoded(cell) for key, cell in zip(columns, cells, strict=True)})
    return rows


def _row(values: Mapping[str, Any]) -> Row:
    return {key: _cell(value) for key, value in values.items() if isinstance(value, str)}


def _cell(value: str) -> str:
    try:
        return decoded(value.encode("latin-1"))
    except UnicodeEncodeError:
        return value


@dataclass(slots=True)
class Snapshot:
    """Everything gathered since `at`.

    `agents` maps agents to stations, `waiting` callers to (queue, since), `serving` callers to
    the agent their queue calls, `recordings` callers to paths; `hidden` callers hide their
    number. `legs` are all channels that are no roots, known once `roots` has been read.
    """

    config: ExchangeConfig
    at: int
    channels: dict[str, Row] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, tuple[str, int]] = field(default_factory=dict)
    serving: dict[str, str] = field(default_factory=dict)
    recordings: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    legs: dict[str, Leg] = field(default_factory=dict)

    def add_agents(self, rows: list[Row]) -> None:
        for row in rows:
            self.agents[row.get("name", "")] = station(self.config, row.get("contact", ""))

    def add_members(self, rows: list[Row]) -> None:
        for row in rows:
            if row.get("state") in _WAITING:
                root = row.get("session_uuid", "")
                self.waiting[root] = (
                    row.get("queue", ""),
                    seconds(row.get("joined_epoch", ""), self.at),
                )
                self.serving[root] = row.get("serving_agent", "")

    def inbound(self) -> list[str]:
        """The root channels of calls from outside."""
        return [uuid for uuid, row in self.channels.items() if self._is_inbound(row)]

    def add_variables(self, root: str, recording: bytes, privacy: bytes) -> None:
        """What the exchange says of two variables of a root channel. The list of channels lags
        behind: of one that is gone by now it says so here."""
        if recording.startswith(b"-ERR No such channel"):
            self.channels.pop(root, None)
            return
        path = decoded(recording).strip()
        if path and path != _UNDEFINED and not path.startswith("-"):
            self.recordings[root] = path
        if _PRIVATE.search(decoded(privacy)):
            self.hidden.add(root)

    def roots(self, calls: Mapping[str, IncomingCall], placed: Container[str]) -> list[RootChannel]:
        """The root channels, oldest call first; `calls` are the inbound ones known from before,
        `placed` those of the console."""
        inbound = set(self.inbound())
        roots = inbound | {channel for channel in self.channels if channel in placed}
        groups: dict[str, list[str]] = {}
        for channel in sorted(self.channels.keys() - roots, key=self._age):
            row = self.channels[channel]
            leg = self.legs[channel] = _leg(self.config, channel, row)
            groups.setdefault(row.get("call_uuid") or channel, []).append(channel)
            if leg.rings and row.get("direction") == "outbound":
                groups.setdefault(f"{_SEAT}{leg.station}", []).append(channel)
        return [
            self._root(root, self._group(root, groups), calls.get(root), inbound=root in inbound)
            for root in sorted(roots, key=self._age)
        ]

    def _group(self, root: str, groups: Mapping[str, list[str]]) -> list[str]:
        """The legs of a root: those of its call, and the telephone of the agent its queue calls,
        which is no part of the call before it answers."""
        serving = self.agents.get(self.serving.get(root, ""))
        keys = (root, self.channels[root].get("call_uuid", ""), f"{_SEAT}{serving}")
        return list(dict.fromkeys(leg for key in keys for leg in groups.get(key, ())))

    def _root(
        self, root: str, legs: list[str], call: IncomingCall | None, *, inbound: bool
    ) -> RootChannel:
        row = self.channels[root]
        ringing: dict[str, str] = {}
        talking: dict[str, str] = {}
        for channel in legs:
            leg = self.legs[channel]
            leg.root, leg.key = root, self._key(root, channel, leg, call)
            if leg.rings and not leg.pipe:
                ringing[leg.key] = leg.station
            elif self.channels[channel].get("callstate") in _UP:
                leg.joined = root
                talking[leg.key] = leg.station
        return RootChannel(
            id=root,
            party=Party(
                number=row.get("initial_cid_num") or row.get("cid_num", ""),
                name=row.get("initial_cid_name") or row.get("cid_name", ""),
                withheld=root in self.hidden,
            ),
            did=row.get("initial_dest") or row.get("dest", ""),
            since=self._age(root),
            inbound=inbound,
            up=row.get("callstate") in _UP,
            recording=known(self.recordings.get(root, ""), PATH_LIMIT),
            ringing=ringing,
            talking=talking,
        )

    def _key(self, root: str, channel: str, leg: Leg, call: IncomingCall | None) -> str:
        """What a leg is known by: as it was before, by its agent, or by its own channel."""
        if call is not None:
            for key, seat in call.ringing.items():
                if seat == leg.station:
                    return key
        agent = self.serving.get(root, "")
        if agent and self.agents.get(agent) == leg.station:
            return agent_key(agent)
        return channel

    def _is_inbound(self, row: Row) -> bool:
        context = row.get("initial_context") or row.get("context")
        return (
            row.get("direction") == "inbound"
            and context in self.config.trunk_contexts
            and not is_pipe(row.get("name", ""))
        )

    def _age(self, channel: str) -> int:
        return seconds(self.channels[channel].get("created_epoch", ""), self.at)


def _leg(config: ExchangeConfig, channel: str, row: Row) -> Leg:
    name = row.get("name", "")
    seat = station(config, name, row.get("presence_id", ""))
    return Leg(seat, channel, rings=row.get("callstate") in _RINGING, pipe=is_pipe(name))
