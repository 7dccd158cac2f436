"""PINs of the shared terminal: argon2 hashes, growing delays after wrong ones.

A PIN never enters the journal; only that somebody signed on, or failed to, does.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from console.domain.refusal import RefusedError
from console.domain.words import M
from console.store.store import Store

SHORTEST_PIN = 4
_FREE_TRIES = 3
_FIRST_DELAY = 5
LONGEST_DELAY = 900
"""Seconds; whoever has tried so often is locked out for so long each time."""

_hasher = PasswordHasher()


def check_pin(pin: str) -> None:
    """Raises RefusedError for a PIN that is too short or has more than digits."""
    if len(pin) < SHORTEST_PIN or not (pin.isascii() and pin.isdigit()):
        raise RefusedError(
            "pin",
            M("A PIN has at least {n} digits and nothing else.", n=SHORTEST_PIN),
            M("Choose another one."),
        )


def set_pin(store: Store, person: str, pin: str) -> None:
    """Remember a person's PIN. Raises RefusedError as `check_pin` does."""
    check_pin(pin)
    hashed = _hasher.hash(pin)
    with store.writing() as tx:
        tx.put_credentials(person, hashed, 0, 0)


def is_right(hashed: str, pin: str) -> bool:
    """Whether a PIN is the one that was set. Slow on purpose: never inside a transaction."""
    try:
        return _hasher.verify(hashed, pin)
    except (VerificationError, InvalidHashError):
        return False


def delay_after(failed: int) -> int:
    """Seconds before the next try after so many wrong ones in a row: none at first, then
    twice as long each time."""
    if failed < _FREE_TRIES:
        return 0
    return min(LONGEST_DELAY, _FIRST_DELAY << min(failed - _FREE_TRIES, 16))
