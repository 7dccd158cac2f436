"""A FreeSWITCH exchange in `phone.toml`: what is otherwise there than with Asterisk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from console.domain.words import M, Message

KIND = "freeswitch"

DEFAULTS: Mapping[str, Any] = {
    "user": "",
    "port": 8021,
    "trunk_contexts": ("public",),
    "station_channel": "user/{station}",
    "dial_context": "default",
}
"""Those of the configuration FreeSWITCH comes with."""

_TLS = ("tls", "ca_file", "server_name")
_USER = re.compile(r"[^\s:@]+@[^\s:@]+")
_QUEUE = re.compile(r"[^\s|]+")


def problems(values: Mapping[str, Any]) -> Iterator[tuple[str, Message]]:
    """What is wrong with the values of one exchange, each with the setting it is about;
    their kinds have been checked before."""
    for key in _TLS:
        if key in values:
            yield key, M("the event socket knows no TLS: instead of “{key}”, name the end of a "
                         "tunnel on this machine as “host” and “port”", key=key)  # fmt: skip
    if values.get("user") and not _USER.fullmatch(values["user"]):
        yield "user", M("“user” is a name@domain of the exchange's directory; leave it out to "
                        "use the password of the event socket itself")  # fmt: skip
    if not all(_QUEUE.fullmatch(queue) for queue in values.get("queues", [])):
        yield "queues", M("a queue is written as the exchange writes it: support@default")
