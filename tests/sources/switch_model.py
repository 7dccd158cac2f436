"""What a switch would say is up, learnt from the events it sent: for answers to `Status`."""

from __future__ import annotations

from console.sources.ami import Message

LISTS = ("Status", "CoreShowChannel", "QueueParams", "QueueMember", "QueueEntry", "QueueSummary")


class SwitchModel:
    """Channels and queues after the events applied so far."""

    def __init__(self) -> None:
        self.channels: dict[str, dict[str, str]] = {}
        self.waiting: dict[str, str] = {}
        self.variables: dict[tuple[str, str], str] = {}

    def apply(self, event: Message) -> None:
        """Move on by one event."""
        kind, unique = event.text("Event"), event.text("Uniqueid")
        if kind == "Newchannel":
            self.channels[unique] = {
                "DNID": event.text("Exten") if unique == event.text("Linkedid") else "",
                "BridgeID": "",
                "Linkedid": event.text("Linkedid"),
                "CallerIDNum": event.text("CallerIDNum"),
                "CallerIDName": event.text("CallerIDName"),
            }
        channel = self.channels.get(unique)
        if channel is None:
            return
        for key in ("Channel", "ChannelState", "Context", "Exten"):
            if key in event:
                channel[key] = event.text(key)
        if kind == "BridgeEnter":
            channel["BridgeID"] = event.text("BridgeUniqueid")
        elif kind == "BridgeLeave":
            channel["BridgeID"] = ""
        elif kind == "QueueCallerJoin":
            self.waiting[unique] = event.text("Queue")
        elif kind == "QueueCallerLeave":
            self.waiting.pop(unique, None)
        elif kind == "Hangup":
            del self.channels[unique]
            self.waiting.pop(unique, None)

    def restart(self) -> None:
        """The exchange was started anew: nothing is up."""
        self.channels.clear()
        self.waiting.clear()

    def status(self) -> list[dict[str, str]]:
        """The rows of an answer to `Status`."""
        return [
            {"Event": "Status", "Uniqueid": unique, "Seconds": "1", **channel}
            | {"Variable": f"FROM_DID={channel['DNID']}"}
            for unique, channel in self.channels.items()
        ]

    def queues(self) -> list[dict[str, str]]:
        """The callers in an answer to `QueueStatus`."""
        return [
            {"Event": "QueueEntry", "Queue": queue, "Uniqueid": unique, "Wait": "1"}
            for unique, queue in self.waiting.items()
        ]
