"""Manager messages written by hand, and an exchange that hears one every second."""

from __future__ import annotations

from typing import Any

from console.domain.call_events import CallEvent
from console.sources.ami import Message
from console.sources.channels import ExchangeConfig
from console.sources.exchange import Exchange

ROOT = "hq-1.0"
NOW = 1_800_000_000


def message(**fields: str) -> Message:
    return Message("\r\n".join(f"{key}: {value}" for key, value in fields.items()))


def event(kind: str, root: str = ROOT, leg: str = "", seat: str = "", **fields: str) -> Message:
    channels = {"Channel": "PJSIP/trunk-00000001", "Uniqueid": root, "Linkedid": root}
    if leg:
        channels |= {
            "DestChannel": seat if "/" in seat else f"PJSIP/{seat}-0000000{leg[-1]}",
            "DestUniqueid": leg,
            "DestLinkedid": root,
        }
    return message(**{"Event": kind, **channels, **fields})


def rings(root: str = ROOT, **fields: str) -> Message:
    start = {
        "CallerIDNum": "13955501953",
        "CallerIDName": "<unknown>",
        "Context": "from-trunk",
        "Exten": "4008001234",
    }
    return event("Newchannel", root, **(start | fields))


def greeting() -> Message:
    return Message(
        "Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nMessage: Authentication accepted"
    )


def status(root: str, uid: str = "", state: str = "6", **fields: str) -> Message:
    start = {"Channel": "PJSIP/trunk-00000001", "ChannelState": state, "Seconds": "30"}
    return message(
        **({"Event": "Status", "Uniqueid": uid or root, "Linkedid": root} | start | fields)
    )


STATUS_FOLLOWS = message(Response="Success", Message="Channel status will follow")
STATUS_COMPLETE = message(Event="StatusComplete")


class Line:
    """An exchange and the clock it is fed by: one second per message."""

    def __init__(self, **config: Any) -> None:
        self.exchange = Exchange(ExchangeConfig(**config))
        self.now = NOW - 1

    def hears(self, *messages: Message) -> list[CallEvent]:
        events: list[CallEvent] = []
        for heard in messages:
            self.now += 1
            events += self.exchange.feed(heard, self.now)
        return events


def kinds(events: list[CallEvent]) -> list[str]:
    return [heard.kind.removeprefix("call_") for heard in events]


def talking(line: Line) -> None:
    line.hears(
        rings(),
        event("DialBegin", leg="hq-1.1", seat="8001"),
        event("DialEnd", leg="hq-1.1", seat="8001", DialStatus="ANSWER"),
    )
