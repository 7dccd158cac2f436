"""What a FreeSWITCH exchange says of a call, step by step: the events mod_callcenter, the
channels and the bridge fire, with the headers they document and in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Fields = dict[str, str | bytes]

QUEUE = "support@default"
AGENTS = {f"{seat}@default": f"[leg_timeout=10]user/{seat}@default" for seat in range(1001, 1004)}


def channel(event: str, uuid: str, name: str, **fields: str | bytes) -> Fields:
    """An event about a channel; `variable_x` fields are its variables."""
    named = {key.replace("_", "-"): value for key, value in fields.items() if "variable" not in key}
    variables = {key: value for key, value in fields.items() if "variable" in key}
    return {
        "Event-Name": event,
        "Core-UUID": "1f5e5f0c-c0de-4000-8000-00000000c0de",
        "FreeSWITCH-Hostname": "pbx",
        "FreeSWITCH-Switchname": "pbx",
        "Channel-Name": name,
        "Unique-ID": uuid,
        "Channel-Call-UUID": uuid,
        **named,
        **variables,
    }


def uuid_of(number: int, leg: int = 0) -> str:
    return f"{number:08x}-0000-4000-8000-{leg:012x}"


@dataclass
class Call:
    """A caller's channel and those that ring for it. Every method gives the events of a step."""

    number: int = 1
    caller: str = ""
    name: str | bytes = ""
    did: str = "4008001234"
    context: str = "public"
    queue: str = QUEUE
    hidden: bool = False
    legs: dict[str, str] = field(default_factory=dict)
    talking: str = ""
    queued: bool = False

    @property
    def root(self) -> str:
        return uuid_of(self.number)

    @property
    def key(self) -> str:
        return f"hq:{self.root}"

    # Channels

    def _root(self, event: str, state: str = "answered", **fields: str | bytes) -> Fields:
        caller = self.caller or f"1390000{self.number:04}"
        start: Fields = {
            "Call_Direction": "inbound",
            "Answer_State": state,
            "Caller_Caller_ID_Name": self.name or caller,
            "Caller_Caller_ID_Number": caller,
            "Caller_Destination_Number": self.did,
            "Caller_Context": self.context,
            "Caller_Privacy_Hide_Number": "true" if self.hidden else "false",
        }
        name = f"sofia/external/{caller}@198.51.100.7"
        return channel(event, self.root, name, **{**start, **fields})

    def _leg(self, event: str, seat: str, state: str = "ringing", **fields: str | bytes) -> Fields:
        start: Fields = {
            "Call_Direction": "outbound",
            "Answer_State": state,
            "Caller_Context": "default",
            "Caller_Destination_Number": seat,
            "Channel_Presence_ID": f"{seat}@192.0.2.10",
            "variable_dialed_user": seat,
        }
        name = f"sofia/internal/k2j9{seat}@192.0.2.77:5062"
        return channel(event, self.legs[seat], name, **{**start, **fields})

    def _new_leg(self, seat: str, **fields: str | bytes) -> Iterator[Fields]:
        self.legs[seat] = uuid_of(self.number, len(self.legs) + 1)
        yield self._leg("CHANNEL_CREATE", seat, **fields)
        yield self._leg("CHANNEL_ORIGINATE", seat, **fields)
        yield self._leg("CHANNEL_PROGRESS", seat, **fields)

    def _by_caller(self) -> Fields:
        """What a leg says that the caller's own channel has dialled."""
        return {
            "Channel_Call_UUID": self.root,
            "Other_Type": "originator",
            "Other_Leg_Unique_ID": self.root,
            "variable_originator": self.root,
        }

    def _bridge(self, event: str, seat: str, **fields: str | bytes) -> Fields:
        both: Fields = {
            "Bridge_A_Unique_ID": self.root,
            "Bridge_B_Unique_ID": self.legs[seat],
            "Other_Type": "originatee",
            "Other_Leg_Unique_ID": self.legs[seat],
            "Other_Leg_Channel_Name": f"sofia/internal/k2j9{seat}@192.0.2.77:5062",
        }
        return self._root(event, **{**both, **fields})

    # The queue

    def _queue(self, action: str, base: Fields | None = None, **fields: str) -> Fields:
        caller = self.caller or f"1390000{self.number:04}"
        return {
            **(base or {}),
            "Event-Name": "CUSTOM",
            "Event-Subclass": "callcenter::info",
            "CC-Queue": self.queue,
            "CC-Action": action,
            "CC-Member-UUID": uuid_of(self.number, 0xCC),
            "CC-Member-Session-UUID": self.root,
            "CC-Member-CID-Name": self.name or caller,
            "CC-Member-CID-Number": caller,
            **{key.replace("_", "-"): value for key, value in fields.items()},
        }

    # Steps

    def rings(self) -> Iterator[Fields]:
        yield self._root("CHANNEL_CREATE", "ringing")

    def joins(self) -> Iterator[Fields]:
        """The queue answers the channel before it takes the caller in."""
        self.queued = True
        yield self._root("CHANNEL_ANSWER")
        yield self._queue("member-queue-start", self._root("CUSTOM"))
        yield {
            "Event-Name": "CUSTOM",
            "Event-Subclass": "callcenter::info",
            "CC-Queue": self.queue,
            "CC-Action": "members-count",
            "CC-Count": "1",
            "CC-Selection": "Single-Queue",
        }

    def offered(self, seat: str = "1001") -> Iterator[Fields]:
        agent = f"{seat}@default"
        yield self._queue("agent-offering", CC_Agent=agent, CC_Agent_Type="callback")
        yield from self._new_leg(
            seat,
            variable_cc_queue=self.queue,
            variable_cc_agent=agent,
            variable_cc_side="agent",
            variable_cc_member_session_uuid=self.root,
        )

    def unanswered(self, seat: str = "1001", cause: str = "NO_ANSWER") -> Iterator[Fields]:
        yield self._leg("CHANNEL_HANGUP_COMPLETE", seat, "hangup", Hangup_Cause=cause)
        yield self._queue("bridge-agent-fail", CC_Agent=f"{seat}@default", CC_Hangup_Cause=cause)

    def agent_answers(self, seat: str = "1001", recording: str = "") -> Iterator[Fields]:
        """The agent picks up and is joined to the caller."""
        yield self._leg("CHANNEL_ANSWER", seat, "answered")
        yield from self.connected(seat)
        if recording:
            yield self._root("RECORD_START", Record_File_Path=recording)
        yield self._bridge("CHANNEL_BRIDGE", seat)
        self.talking = seat

    def connected(self, seat: str) -> Iterator[Fields]:
        """The agent picked up, and is about to be joined."""
        agent = {"CC_Agent": f"{seat}@default", "CC_Agent_UUID": self.legs[seat]}
        yield self._queue("bridge-agent-start", self._leg("CUSTOM", seat, "answered"), **agent)

    def released(self, seat: str, bridged: str = "true") -> Iterator[Fields]:
        yield self._queue(
            "bridge-agent-end",
            self._leg("CUSTOM", seat, "hangup"),
            CC_Hangup_Cause="NORMAL_CLEARING",
            CC_Agent=f"{seat}@default",
            CC_Agent_UUID=self.legs[seat],
            CC_Agent_Bridged=bridged,
        )

    def left(self, reason: str = "", seat: str = "", state: str = "hangup") -> Iterator[Fields]:
        """The caller leaves the queue: cancelled for a reason, or after a talk with `seat`."""
        base = self._root("CUSTOM", state)
        if reason:
            yield self._queue("member-queue-end", base, CC_Cause="Cancel", CC_Cancel_Reason=reason)
            return
        yield self._queue(
            "member-queue-end",
            base,
            CC_Hangup_Cause="NORMAL_CLEARING",
            CC_Cause="Terminated",
            CC_Agent=f"{seat}@default",
            CC_Agent_UUID=self.legs[seat],
        )

    def abandons(self, seat: str = "") -> Iterator[Fields]:
        """The caller hangs up while waiting, and while `seat` rings."""
        yield from self.left("BREAK_OUT")
        if seat:
            yield from self.unanswered(seat, "ORIGINATOR_CANCEL")
        yield from self.ends()

    def ends(self, how: str = "recv_bye", cause: str = "NORMAL_CLEARING") -> Iterator[Fields]:
        """The caller's own channel is gone."""
        yield self._root(
            "CHANNEL_HANGUP_COMPLETE",
            "hangup",
            Hangup_Cause=cause,
            variable_sip_hangup_disposition=how,
        )

    def hangs_up(self) -> Iterator[Fields]:
        """A talk is over: the queue notices last."""
        seat = self.talking
        yield self._bridge("CHANNEL_UNBRIDGE", seat)
        gone = {"Hangup_Cause": "NORMAL_CLEARING"}
        yield self._leg("CHANNEL_HANGUP_COMPLETE", seat, "hangup", **gone)
        yield from self.ends()
        if self.queued:
            yield from self.released(seat)
            yield from self.left(seat=seat)

    # Without a queue

    def dials(self, seat: str = "1001") -> Iterator[Fields]:
        """The dial plan calls a seat directly."""
        yield from self._new_leg(seat, **self._by_caller())

    def early_media(self, seat: str = "1001") -> Iterator[Fields]:
        """A ring-back tone of the other side: joined, though nobody has picked up."""
        yield self._leg("CHANNEL_PROGRESS_MEDIA", seat, "early", **self._by_caller())
        yield self._bridge("CHANNEL_BRIDGE", seat, Answer_State="early")

    def picks_up(self, seat: str = "1001") -> Iterator[Fields]:
        yield self._leg("CHANNEL_ANSWER", seat, "answered", **self._by_caller())
        yield self._root("CHANNEL_ANSWER")
        yield self._bridge("CHANNEL_BRIDGE", seat)
        self.talking = seat

    def fails(self, seat: str = "1001", cause: str = "NO_ANSWER") -> Iterator[Fields]:
        yield self._leg("CHANNEL_HANGUP_COMPLETE", seat, "hangup", Hangup_Cause=cause)

    # Transfers

    def blind_transfer(self, to: str = "1002", at: int = 1_795_320_000) -> Iterator[Fields]:
        """The seat's telephone sends the caller to an extension and is out."""
        note = f"{at}:{uuid_of(self.number, 0xB1)}:bl_xfer:{to}/default/XML"
        moved = {"Caller_Destination_Number": to, "Caller_Transfer_Source": note}
        seat, self.talking = self.talking, ""
        yield self._bridge("CHANNEL_UNBRIDGE", seat, **moved)
        gone = {"Hangup_Cause": "BLIND_TRANSFER"}
        yield self._leg("CHANNEL_HANGUP_COMPLETE", seat, "hangup", **gone)
        if self.queued:
            yield from self.released(seat)
            yield from self.left(seat=seat, state="answered")

    def attended_transfer(self, to: str = "1002") -> Iterator[Fields]:
        """The seat has asked `to` first; then the two others are joined."""
        seat = self.talking
        asked = uuid_of(self.number, 0xA1)
        phone = f"sofia/internal/{seat}@192.0.2.10"
        own: Fields = {"Call_Direction": "inbound", "Caller_Context": "default"}
        yield channel("CHANNEL_CREATE", asked, phone, Answer_State="ringing", **own)
        yield from self._new_leg(
            to, Channel_Call_UUID=asked, Other_Type="originator", Other_Leg_Unique_ID=asked
        )
        yield self._leg("CHANNEL_ANSWER", to, "answered")
        yield self._bridge("CHANNEL_UNBRIDGE", seat)
        yield self._bridge("CHANNEL_BRIDGE", to)
        gone: Fields = {"Answer_State": "hangup", "Hangup_Cause": "ATTENDED_TRANSFER"}
        yield channel("CHANNEL_HANGUP_COMPLETE", asked, phone, **{**own, **gone})
        yield self._leg("CHANNEL_HANGUP_COMPLETE", seat, "hangup", Hangup_Cause="ATTENDED_TRANSFER")
        self.talking = to
