"""What the names and values in manager messages stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from console.domain.cleantext import clean
from console.domain.numbers import is_withheld

NAME_LIMIT = 80
PATH_LIMIT = 400

_INSTANCE = re.compile(r"-[0-9a-f]{6,}(?:;[12])?$")
_SECONDS = re.compile(r"\d{1,11}(?:\.\d*)?")
_NOTHING = frozenset({"", "<unknown>", "unknown", "(null)", "<null>", "null"})


@dataclass(frozen=True, slots=True)
class ExchangeConfig:
    """What differs from one exchange to the next.

    `name` labels the exchange and keeps its calls apart from those of another one.
    `trunk_contexts` are the dial-plan contexts outside calls enter by, `dids` the hotline's
    numbers and `queues` its queues (empty: all of them). `station_pattern` finds a seat's
    number in the resource of a channel (`8001` of `PJSIP/8001-0000001a`), in its group
    `station`. Calls whose id begins with `own_prefix` were placed by the console.
    """

    name: str = ""
    trunk_contexts: frozenset[str] = frozenset({"from-trunk", "from-pstn", "from-did-direct"})
    dids: frozenset[str] = field(default_factory=frozenset)
    queues: frozenset[str] = field(default_factory=frozenset)
    station_pattern: str = r"(?P<station>\d{2,8})"
    own_prefix: str = "console-"


def is_local(channel: str) -> bool:
    """Whether `channel` is one end of an internal pipe rather than somebody's telephone."""
    return channel.startswith("Local/")


def resource(channel: str) -> str:
    """The telephone or trunk behind a channel or interface name, without its instance."""
    rest = _INSTANCE.sub("", channel.partition("/")[2])
    return rest.partition("@")[0].partition("/")[0]


def station(channel: str, config: ExchangeConfig) -> str:
    """The seat's number behind a channel; the resource itself when it is no seat's."""
    name = resource(channel)
    found = re.fullmatch(config.station_pattern, name)
    return clean(found.group("station") if found else name, NAME_LIMIT)


def known(value: str, limit: int = NAME_LIMIT) -> str:
    """`value` made safe; empty when the exchange only says that it does not know."""
    return "" if value.strip().lower() in _NOTHING else clean(value, limit)


def caller_name(name: str, number: str) -> str:
    """The name a caller sends; empty when hidden, unreadable, or the number once more."""
    shown = known(name)
    nothing = shown == number or is_withheld(shown) or not shown.strip("\ufffd? ")
    return "" if nothing else shown


def seconds(value: str, otherwise: int) -> int:
    """Whole seconds of a decimal text; `otherwise` when it is none."""
    return int(float(value)) if _SECONDS.fullmatch(value) else otherwise
