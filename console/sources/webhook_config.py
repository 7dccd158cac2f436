"""A hosted exchange in `phone.toml`: one that tells of its calls by itself, over HTTP."""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain.words import M, Message
from console.sources.hours import Hours
from console.sources.line_settings import Did

KIND = "webhook"
KEYS: dict[str, type] = {
    "name": str,
    "kind": str,
    "host": str,
    "port": int,
    "path": str,
    "auth": str,
    "secret": str,
    "secret_file": str,
    "secret_env": str,
    "cert_file": str,
    "key_file": str,
    "window": int,
    "ring_limit": int,
    "talk_limit": int,
    "rate": int,
    "peer_rate": int,
    "station_pattern": str,
    "area_code": str,
    "hours": list,
    "did": list,
    "seat": list,
}
SEAT_KEYS: dict[str, type] = {"user": str, "extension": str}

SIGNATURE, BEARER = "signature", "bearer"
LEAST_SECRET = 16
"""Characters: a signature can be tried out at leisure by whoever has seen one."""

_BOUNDS = {
    "window": (10, 3600),
    "ring_limit": (10, 3600),
    "talk_limit": (60, 7 * 24 * 3600),
    "rate": (1, 10_000),
    "peer_rate": (1, 10_000),
}
_PATH = re.compile(r"/[A-Za-z0-9._~/-]{0,79}")
_EXTENSION = re.compile(r"[0-9]{2,8}")


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """One hosted exchange as configured; each optional setting with its default.

    `host` is the address to listen at, `window` the seconds a signature is good for,
    `ring_limit` and `talk_limit` the seconds after which a call nothing more is heard of is
    taken to be over, `peer_rate` and `rate` the requests a second taken from one address
    and in all. `seats` maps the exchange's names of its users to extensions.
    """

    name: str
    secret: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8077
    path: str = "/calls"
    auth: str = SIGNATURE
    cert_file: str = ""
    key_file: str = ""
    window: int = 300
    ring_limit: int = 300
    talk_limit: int = 4 * 3600
    rate: int = 100
    peer_rate: int = 50
    station_pattern: str = r"(?P<station>\d{2,8})"
    area_code: str = ""
    hours: Hours = field(default_factory=Hours)
    dids: Mapping[str, Did] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it listens, as people write it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    def tls(self) -> ssl.SSLContext | None:
        """What serving under the configured certificate takes; None for plain HTTP.
        Raises OSError or ssl.SSLError for files that cannot be used."""
        if not self.cert_file:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.cert_file, self.key_file or None)
        return context


def problems(values: Mapping[str, Any]) -> Iterator[tuple[str, Message]]:
    """What is wrong with the values of one exchange, each with the setting it is about;
    their kinds have been checked before."""
    if not _is_address(values.get("host", "127.0.0.1")):
        yield "host", M("“host” is the address to listen at: digits, no name")
    if not _PATH.fullmatch(values.get("path", "/")):
        yield "path", M("“path” begins with / and has letters, digits, . _ ~ - and / only")
    if values.get("auth", SIGNATURE) not in (SIGNATURE, BEARER):
        yield "auth", M("“auth” is signature or bearer")
    if values.get("key_file") and not values.get("cert_file"):
        yield "key_file", M("a “key_file” needs a “cert_file”")
    for key, (least, most) in _BOUNDS.items():
        if not least <= values.get(key, least) <= most:
            yield key, M("“{key}” lies between {least} and {most}", key=key, least=least, most=most)
    if values.get("auth") == BEARER and not (values.get("cert_file") or _is_near(values)):
        yield "auth", M("a bearer secret travels in clear: “cert_file” is needed, or signatures")


def seat_problem(seat: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, Message] | None:
    """The same for one [[exchange.seat]]; `known` are those before it."""
    if not seat.get("user") or seat["user"] in known:
        return "user", M("each [[exchange.seat]] needs a “user” of its own")
    if not _EXTENSION.fullmatch(seat.get("extension", "")):
        return "extension", M("an “extension” is two to eight digits")
    return None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_near(values: Mapping[str, Any]) -> bool:
    """Whether only this machine can reach it. The address has been found to be one."""
    return ipaddress.ip_address(values.get("host", "127.0.0.1")).is_loopback
