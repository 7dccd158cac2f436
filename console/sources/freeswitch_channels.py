"""What the names and values in events of a FreeSWITCH exchange stand for."""

from __future__ import annotations

import re

from console.domain.cleantext import clean
from console.sources.channels import NAME_LIMIT, ExchangeConfig

_SETTINGS = re.compile(r"^(?:\[[^\]]*\]|\{[^}]*\}|<[^>]*>)+")
_END = re.compile(r"-[ab]$")
_STATUS = {
    "USER_BUSY": "BUSY",
    "CALL_REJECTED": "BUSY",
    "NO_ANSWER": "NOANSWER",
    "NO_USER_RESPONSE": "NOANSWER",
    "ALLOTTED_TIMEOUT": "NOANSWER",
    "PROGRESS_TIMEOUT": "NOANSWER",
    "NO_PICKUP": "NOANSWER",
    "ORIGINATOR_CANCEL": "CANCEL",
    "LOSE_RACE": "CANCEL",
    "PICKED_OFF": "CANCEL",
}
_MICROSECONDS = re.compile(r"\d{15,17}")


def is_pipe(channel: str) -> bool:
    """Whether `channel` is one end of an internal pipe rather than somebody's telephone."""
    return channel.startswith("loopback/")


def resource(name: str) -> str:
    """The telephone or trunk behind a channel name (`sofia/internal/8001@192.0.2.7:5060`) or
    a dial string (`[leg_timeout=10]user/8001@default`, the first of several)."""
    first = re.split(r"[,|]", _SETTINGS.sub("", name.strip()), maxsplit=1)[0]
    parts = first.split("/")
    if is_pipe(first):
        return _END.sub("", parts[1])
    last = parts[-1].partition("@")[0].partition(";")[0]
    return last.removeprefix("sips:").removeprefix("sip:")


def station(config: ExchangeConfig, name: str, *users: str) -> str:
    """The seat's number: of the first of `users` (`8001@default`) that is a seat's, else of a
    channel name or dial string; the resource itself when it is no seat's."""
    behind = resource(name)
    for candidate in (*(user.partition("@")[0] for user in users), behind):
        found = re.fullmatch(config.station_pattern, candidate)
        if found:
            return clean(found.group("station"), NAME_LIMIT)
    return clean(behind, NAME_LIMIT)


def is_seat(config: ExchangeConfig, station: str) -> bool:
    """Whether a station is a seat's, and not a trunk or an address."""
    return re.fullmatch(config.station_pattern, station) is not None


def status(cause: str) -> str:
    """What a hang-up cause means for a telephone that rang, in the words all lines use."""
    return _STATUS.get(cause, "FAILED")


def instant(microseconds: str, otherwise: int) -> int:
    """UTC seconds of a time stamp; `otherwise` when it is none."""
    return int(microseconds) // 1_000_000 if _MICROSECONDS.fullmatch(microseconds) else otherwise
