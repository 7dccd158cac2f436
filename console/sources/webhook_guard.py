"""Who may report calls: how often, with which secret, and each request only once."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.domain.words import M, Message
from console.sources.webhook_config import BEARER, SIGNATURE, WebhookSettings

TIMESTAMP = "X-Console-Timestamp"
SIGNED = "X-Console-Signature"
ONCE = "Idempotency-Key"

_SCHEME = "sha256="
_SECONDS = re.compile(r"[0-9]{1,12}")
_KEY_LIMIT = 200
_PEERS = 1000
_NETWORK_BITS = 64
_CHALLENGES = {SIGNATURE: "HMAC-SHA256", BEARER: "Bearer"}


class HookRefusedError(Exception):
    """A request that is not taken: the HTTP status and the sentence to answer with, which
    holds nothing of the request. `counts` says whether the operator should hear of it."""

    def __init__(
        self,
        status: int,
        message: Message,
        headers: Mapping[str, str] | None = None,
        *,
        counts: bool = True,
    ) -> None:
        super().__init__(message.text.format(**message.args))
        self.status = status
        self.message = message
        self.headers = dict(headers or {})
        self.counts = counts


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """What signs a body sent at `timestamp` (UTC seconds): HMAC-SHA256 over the digits of
    the timestamp, a full stop, and the body."""
    signed = str(timestamp).encode() + b"." + body
    return _SCHEME + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


@dataclass(slots=True)
class _Bucket:
    """What is left of a rate, and since when."""

    left: float
    at: float

    def take(self, rate: int, now: float) -> bool:
        self.left = min(rate, self.left + max(0.0, now - self.at) * rate)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class Guard:
    """Looks at every request to one line. `clock` gives UTC seconds."""

    def __init__(self, settings: WebhookSettings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._all = _Bucket(settings.rate, clock())
        self._peers: OrderedDict[str, _Bucket] = OrderedDict()
        self._seen: OrderedDict[str, float] = OrderedDict()

    def admit(self, peer: str) -> None:
        """Count a request. Raises HookRefusedError when its sender, or all together, send
        more than is taken."""
        settings, now, network = self._settings, self._clock(), _network(peer)
        bucket = self._peers.setdefault(network, _Bucket(settings.peer_rate, now))
        self._peers.move_to_end(network)
        if len(self._peers) > _PEERS:
            self._peers.popitem(last=False)
        if not bucket.take(settings.peer_rate, now) or not self._all.take(settings.rate, now):
            words = M("Too many requests. Send this one again in a second.")
            raise HookRefusedError(429, words, {"Retry-After": "1"})

    def check(self, headers: Mapping[str, str], body: bytes) -> None:
        """Raises HookRefusedError unless the sender knows the secret."""
        if self._settings.auth == BEARER:
            scheme, _, given = headers.get("Authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not _same(given.strip(), self._settings.secret):
                raise self._stranger(M("The secret is missing or does not fit."))
            return
        told = headers.get(TIMESTAMP, "")
        sent = int(told) if _SECONDS.fullmatch(told) else None
        window = self._settings.window
        if sent is None or abs(self._clock() - sent) > window:
            raise self._stranger(
                M("The time of the request is missing or more than {window} seconds off.",
                  window=window)
            )  # fmt: skip
        if not _same(_signed(headers), signature(self._settings.secret, sent, body)):
            raise self._stranger(M("The signature is missing or does not fit."))

    def is_first(self, headers: Mapping[str, str]) -> bool:
        """Whether a request that was checked has not been here before: its signature, or
        with a bearer secret the key its sender gives it."""
        by_key = self._settings.auth == BEARER
        key = headers.get(ONCE, "")[:_KEY_LIMIT] if by_key else _signed(headers)
        now = self._clock()
        while self._seen and next(iter(self._seen.values())) < now:
            self._seen.popitem(last=False)
        if not key:
            return True
        first = key not in self._seen
        # A signature made for the end of the window is good for another one from now on.
        self._seen.setdefault(key, now + 2 * self._settings.window)
        return first

    def _stranger(self, words: Message) -> HookRefusedError:
        challenge = _CHALLENGES[self._settings.auth]
        return HookRefusedError(401, words, {"WWW-Authenticate": challenge})


def _signed(headers: Mapping[str, str]) -> str:
    return headers.get(SIGNED, "").strip().lower()


def _same(given: str, wanted: str) -> bool:
    """Compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


def _network(peer: str) -> str:
    """Whom to count a request for: an address, and the network of an IPv6 one, since
    everybody there has billions of them."""
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, _NETWORK_BITS), strict=False))
