"""The calls of one exchange, moved on by its events.

Events are grouped by `Linkedid`. A call's root is the channel whose `Uniqueid` is the
`Linkedid` and that is not `Local/`; only the root's hang-up ends the call, so misses are
counted per call and never per telephone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from console.domain.call_events import CallEvent
from console.domain.cleantext import clean
from console.domain.numbers import RECEIVED_LIMIT
from console.sources.ami import Message
from console.sources.channels import (
    PATH_LIMIT,
    ExchangeConfig,
    is_local,
    known,
    seconds,
    station,
)
from console.sources.incoming import IncomingCall
from console.sources.open_calls import OpenCalls
from console.sources.outgoing import PlacedCall
from console.sources.root_channel import Party

_SHUTTING_DOWN = "4"  # as the cause of a soft hang-up: the exchange stops
_UP = "6"
_RECORDING = "recording"
_PRESENTATION = "presentation"
_QUESTION_LIMIT = 1000

Action = dict[str, str]


def party(message: Message) -> Party:
    """Who calls by the channel a message is about."""
    return Party(
        number=message.text("CallerIDNum"),
        name=message.text("CallerIDName"),
        withheld=any(
            value.startswith("CALLERID(pres)=prohib") for value in message.all("Variable")
        ),
        exchange=message.text("SystemName"),
    )


class Switchboard(OpenCalls):
    """`questions` are actions whose answers would tell more about a call."""

    def __init__(self, config: ExchangeConfig) -> None:
        super().__init__(config)
        self.questions: deque[Action] = deque(maxlen=_QUESTION_LIMIT)
        self._handlers: dict[str, Callable[[Message, int], list[CallEvent]]] = {
            "Newchannel": self._new_channel,
            "QueueCallerJoin": self._joined,
            "QueueCallerLeave": self._left,
            "QueueCallerAbandon": self._abandoned,
            "AgentCalled": self._agent_called,
            "DialBegin": self._dial_began,
            "DialEnd": self._dial_ended,
            "AgentRingNoAnswer": self._rang_unanswered,
            "AgentConnect": self._agent_connected,
            "AgentComplete": self._agent_completed,
            "BlindTransfer": self._blind_transfer,
            "AttendedTransfer": self._attended_transfer,
            "HangupRequest": self._hangup_requested,
            "SoftHangupRequest": self._soft_hangup,
            "MixMonitorStart": self._recording_started,
            "VarSet": self._variable_set,
            "OriginateResponse": self._originated,
            "Hangup": self._hung_up,
            "Shutdown": self._shut_down,
        }

    def understands(self, kind: str) -> bool:
        """Whether events of `kind` can change a call."""
        return kind in self._handlers

    def handle(self, message: Message, at: int) -> list[CallEvent]:
        """What an event of the exchange means; `at` where it carries no `Timestamp`."""
        handler = self._handlers.get(message["Event"])
        return handler(message, seconds(message.text("Timestamp"), at)) if handler else []

    def answered_question(self, action: str, value: str, at: int) -> list[CallEvent]:
        """The value of a variable asked for by one of the `questions`."""
        purpose, _, root = action.partition(":")
        call = self.incoming.get(root)
        if call is None:
            return []
        if purpose == _RECORDING:
            return call.record(known(value, PATH_LIMIT), at)
        if purpose == _PRESENTATION and value.startswith("prohib"):
            return [CallEvent(call.call, "call_withheld", at)]
        return []

    def _ask(self, purpose: str, message: Message, variable: str) -> None:
        action = {"Action": "Getvar", "ActionID": f"{purpose}:{message.text('Linkedid')}"}
        self.questions.append(action | {"Channel": message.text("Channel"), "Variable": variable})

    def _heard(self, message: Message, *prefixes: str) -> IncomingCall | None:
        """The inbound call a message belongs to: by its root channel, else by its group."""
        for prefix in prefixes or ("", "Dest"):
            for key in ("Uniqueid", "Linkedid"):
                call = self.incoming.get(message.text(prefix + key))
                if call is not None:
                    call.session = self.session
                    return call
        return None

    # Beginning and waiting

    def _new_channel(self, message: Message, at: int) -> list[CallEvent]:
        root, channel = message.text("Uniqueid"), message.text("Channel")
        if not root or root != message.text("Linkedid"):
            return []
        if root in self.placed or root.startswith(self.config.own_prefix):
            self._own_channel(root, channel, at)
            return []
        if (
            root in self.incoming
            or is_local(channel)
            or message.text("Context") not in self.config.trunk_contexts
        ):
            return []
        events = self.adopt(root, party(message), message.text("Exten"), at)
        if events:
            self._ask(_PRESENTATION, message, "CALLERID(pres)")
        return events

    def _joined(self, message: Message, at: int) -> list[CallEvent]:
        call = self._heard(message)
        return self.wait(call.root, message.text("Queue"), at) if call else []

    def _left(self, message: Message, _at: int) -> list[CallEvent]:
        if call := self._heard(message):
            call.leave()
        return []

    def _abandoned(self, message: Message, _at: int) -> list[CallEvent]:
        if call := self._heard(message):
            call.timed_out = True
        return []

    def _agent_called(self, message: Message, _at: int) -> list[CallEvent]:
        if call := self._heard(message):
            seat = station(message.text("Interface"), self.config)
            call.members[seat] = known(message.text("MemberName"))
        return []

    # Telephones ringing and answering

    def _dial_began(self, message: Message, at: int) -> list[CallEvent]:
        call, channel = self._heard(message), message.text("DestChannel")
        if call is None or is_local(channel):
            return []
        return call.offer(message.text("DestUniqueid"), station(channel, self.config), at)

    def _dial_ended(self, message: Message, at: int) -> list[CallEvent]:
        channel, leg = message.text("DestChannel"), message.text("DestUniqueid")
        status = message.text("DialStatus")
        if is_local(channel):
            return []
        placed = self.placed.get(message.text("DestLinkedid") or message.text("Linkedid"))
        if placed is not None:
            return self._own_leg_ended(placed, message, at)
        call = self._heard(message)
        if call is None:
            return []
        if status == "ANSWER":
            return call.answer(leg, station(channel, self.config), at)
        return call.withdraw(leg, status, at)

    def _rang_unanswered(self, message: Message, at: int) -> list[CallEvent]:
        call = self._heard(message)
        return call.withdraw(message.text("DestUniqueid"), "NOANSWER", at) if call else []

    def _agent_connected(self, message: Message, at: int) -> list[CallEvent]:
        call, channel = self._heard(message), message.text("DestChannel")
        # Behind a Local channel the telephone itself has already been seen to answer.
        if call is None or (is_local(channel) and call.talking):
            return []
        return call.answer(message.text("DestUniqueid"), station(channel, self.config), at)

    def _agent_completed(self, message: Message, at: int) -> list[CallEvent]:
        """The end of a talk, for one whose beginning fell into an outage."""
        call = self._heard(message)
        return [] if call is None or call.answered else self._agent_connected(message, at)

    def _blind_transfer(self, message: Message, at: int) -> list[CallEvent]:
        call = self._heard(message, "Transferee", "Transferer")
        if call is None or message.text("Result") != "Success":
            return []
        seat = station(message.text("TransfererChannel"), self.config)
        return call.transfer(seat, known(message.text("Extension")), at)

    def _attended_transfer(self, message: Message, at: int) -> list[CallEvent]:
        call = self._heard(message, "Transferee", "OrigTransferer", "SecondTransferer")
        if call is None or message.text("Result") != "Success":
            return []
        seat = station(message.text("OrigTransfererChannel"), self.config)
        channel = message.text("TransferTargetChannel")
        if not channel or is_local(channel):
            return call.transfer(seat, known(message.text("SecondTransfererExten")), at)
        target = station(channel, self.config)
        events = call.transfer(seat, target, at)
        if message.text("TransferTargetChannelState") == _UP:
            # Who was asked first has answered before; no other answer will follow.
            events += call.answer(message.text("TransferTargetUniqueid"), target, at)
        return events

    # Recording

    def _recording_started(self, message: Message, _at: int) -> list[CallEvent]:
        call = self._heard(message)
        if call is not None and not call.recording:
            self._ask(_RECORDING, message, "MIXMONITOR_FILENAME")
        return []

    def _variable_set(self, message: Message, at: int) -> list[CallEvent]:
        if message.text("Variable") != "MIXMONITOR_FILENAME":
            return []
        call = self._heard(message)
        return call.record(known(message.text("Value"), PATH_LIMIT), at) if call else []

    # Ending

    def _hangup_requested(self, message: Message, _at: int) -> list[CallEvent]:
        if call := self.incoming.get(message.text("Uniqueid")):
            call.gave_up = True
        return []

    def _soft_hangup(self, message: Message, _at: int) -> list[CallEvent]:
        call = self.incoming.get(message.text("Uniqueid"))
        if call is not None and message.text("Cause") == _SHUTTING_DOWN:
            call.stopped = True
        return []

    def _hung_up(self, message: Message, at: int) -> list[CallEvent]:
        channel = message.text("Uniqueid")
        cause = known(message.text("Cause-txt")) or known(message.text("Cause"))
        if placed := self.placed.pop(channel, None):
            return placed.end(cause, at)
        if call := self.incoming.pop(channel, None):
            return call.end(cause, at)
        if call := self._heard(message):
            return call.withdraw(channel, "CANCEL", at)
        return []

    def _shut_down(self, _message: Message, at: int) -> list[CallEvent]:
        return self.stopped(at)

    # Calls the console placed

    def _own_channel(self, root: str, channel: str, at: int) -> None:
        """The first channel of a placed call; learnt from the stream if not announced."""
        placed = self.placed.setdefault(root, PlacedCall(root, root, at))
        placed.session = self.session
        placed.station = placed.station or station(channel, self.config)

    def _own_leg_ended(self, placed: PlacedCall, message: Message, at: int) -> list[CallEvent]:
        placed.session = self.session
        status, channel = message.text("DialStatus"), message.text("DestChannel")
        seat = station(channel, self.config) == placed.station
        if not seat and message.text("DestUniqueid") != placed.root:
            return placed.customer_leg_ended(status, at)
        return placed.station_answered(at) if status == "ANSWER" else []

    def _originated(self, message: Message, at: int) -> list[CallEvent]:
        """The seat picked up, or did not; only now an unannounced call tells its number."""
        root = message.text("Uniqueid")
        if root not in self.placed:
            root = message.text("ActionID")
        placed = self.placed.get(root)
        if placed is None:
            return []
        events = placed.announce(clean(message.text("Exten"), RECEIVED_LIMIT))
        if message.text("Response") == "Success":
            return [*events, *placed.station_answered(at)]
        del self.placed[root]
        return [*events, *placed.end("no station", at)]
