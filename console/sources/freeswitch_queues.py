"""What mod_callcenter tells of the callers in its queues and of the agents it calls for them.

Its events name the caller's channel (`CC-Member-Session-UUID`) and the agent (`CC-Agent`). An
agent's telephone is that of its contact. How the queue calls its agents shows on their channels
as well; what both tell counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.domain.call_events import CallEvent
from console.sources.channels import ExchangeConfig, known
from console.sources.esl import Event
from console.sources.freeswitch_channels import station, status
from console.sources.freeswitch_legs import Leg, Legs
from console.sources.incoming import IncomingCall

SUBCLASS = "callcenter::info"

_TIMED_OUT = ("TIMEOUT", "NO_AGENT_TIMEOUT")
_BROKE_OUT = "BREAK_OUT"
_CANCEL, _TERMINATED = "Cancel", "Terminated"

Handler = Callable[[IncomingCall, Event, int], list[CallEvent]]


def agent_key(agent: str) -> str:
    """What the telephone of an agent is known by while a queue calls it."""
    return f"agent:{agent}"


class Queues(Legs):
    """Open calls, moved on by the events of their queues. `agents` maps the agents to their
    stations."""

    def __init__(self, config: ExchangeConfig) -> None:
        super().__init__(config)
        self.agents: dict[str, str] = {}
        self._actions: Mapping[str, Handler] = {
            "member-queue-start": self._joined,
            "member-queue-resume": self._joined,
            "agent-offering": self._offered,
            "bridge-agent-start": self._connected,
            "bridge-agent-end": self._released,
            "bridge-agent-fail": self._failed,
            "member-queue-end": self._left,
        }

    def station_of(self, agent: str) -> str:
        """The station of an agent; of one whose contact is not known, what its name says."""
        return self.agents.get(agent) or station(self.config, agent)

    def queue_event(self, event: Event, at: int) -> list[CallEvent]:
        """What an event of mod_callcenter means."""
        if event.text("Event-Subclass") != SUBCLASS:
            return []
        action = event.text("CC-Action")
        if action == "agent-contact-change":
            contact = event.text("CC-Agent-Contact")
            self.agents[event.text("CC-Agent")] = station(self.config, contact)
        handler = self._actions.get(action)
        call = self.incoming.get(event.text("CC-Member-Session-UUID"))
        return handler(call, event, at) if handler and call else []

    def _joined(self, call: IncomingCall, event: Event, at: int) -> list[CallEvent]:
        return self.wait(call.root, event.text("CC-Queue"), at)

    def _offered(self, call: IncomingCall, event: Event, at: int) -> list[CallEvent]:
        agent = event.text("CC-Agent")
        seat = self.station_of(agent)
        call.members[seat] = known(agent)
        return call.offer(agent_key(agent), seat, at)

    def _connected(self, call: IncomingCall, event: Event, at: int) -> list[CallEvent]:
        """The agent picked up. The two are joined within moments, unless the caller is gone by
        then: the queue says so before the caller's channel ends."""
        before, leg = call.answered, self._agent_leg(call, event)
        self.legs[event.text("CC-Agent-UUID")] = leg
        leg.rings = False
        events = self.talk(call.root, leg, at)
        if leg.joined != call.root:
            self.trail(call.root).unjoined = before
        return events

    def _released(self, call: IncomingCall, event: Event, at: int) -> list[CallEvent]:
        if event.text("CC-Agent-Bridged") == "false":
            self.unjoin(call)
            return []
        return self._answered_unseen(call, event, at)

    def _failed(self, call: IncomingCall, event: Event, at: int) -> list[CallEvent]:
        key = agent_key(event.text("CC-Agent"))
        return call.withdraw(key, status(event.text("CC-Hangup-Cause")), at)

    def _left(self, call: IncomingCall, event: Event, at: int) -> list[CallEvent]:
        call.leave()
        if event.text("CC-Cause") == _TERMINATED:
            return self._answered_unseen(call, event, at)
        if event.text("CC-Cause") == _CANCEL:
            self.unjoin(call)
            reason = event.text("CC-Cancel-Reason")
            # A transfer out of the queue breaks out as well; then the caller is still there.
            gone = event.text("Answer-State") in ("", "hangup")
            call.timed_out = reason in _TIMED_OUT
            call.gave_up = reason == _BROKE_OUT and gone
        return []

    def _answered_unseen(self, call: IncomingCall, event: Event, at: int) -> list[CallEvent]:
        """The end of a talk, for one whose beginning fell into an outage."""
        if call.answered:
            return []
        return self.talk(call.root, self._agent_leg(call, event), at)

    def _agent_leg(self, call: IncomingCall, event: Event) -> Leg:
        """The leg of the agent an event names. The event may describe its channel: that tells
        the telephone better than the agent's name does."""
        agent, channel = event.text("CC-Agent"), event.text("CC-Agent-UUID")
        leg = self.legs.get(channel)
        if leg is None:
            seat = self.station_of(agent)
            if channel and channel == event.text("Unique-ID"):
                seat = self.seat(event)
            leg = Leg(seat, agent_key(agent))
        leg.key, leg.root = agent_key(agent), call.root
        return leg
