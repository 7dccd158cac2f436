"""PINs of the shared terminal: argon2 hashes, growing delays after wrong ones.

A PIN never enters the journal; only that somebody signed on, or failed to, does.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from console.domain.refusal import RefusedError
from console.domain.words import Duration, M
from console.store.store import Store

SHORTEST_PIN = 4
_FREE_TRIES = 3
_FIRST_DELAY = 5
_LONGEST_DELAY = 900

_hasher = PasswordHasher()


def set_pin(store: Store, person: str, pin: str) -> None:
    """Remember a person's PIN. Raises RefusedError for one that is too short."""
    if len(pin) < SHORTEST_PIN or not pin.isdigit():
        raise RefusedError(
            "pin",
            M("A PIN has at least {n} digits and nothing else.", n=SHORTEST_PIN),
            M("Choose another one."),
        )
    hashed = _hasher.hash(pin)
    with store.writing() as tx:
        tx.put_credentials(person, hashed, 0, 0)


def check_pin(store: Store, person: str, pin: str, now: int) -> None:
    """Raise RefusedError unless the PIN is right. `now` is UTC seconds."""
    known = store.credentials(person)
    if known is None:
        raise RefusedError("pin", M("No PIN is set for this person."), M("Ask an administrator."))
    hashed, failed, locked_until = known
    if now < locked_until:
        raise RefusedError(
            "pin",
            M("Too many wrong PINs. Wait {wait}.", wait=Duration(locked_until - now)),
            M("Wait, or ask a shift lead."),
        )
    try:
        _hasher.verify(hashed, pin)
    except VerifyMismatchError:
        _failed(store, person, hashed, failed + 1, now)
    if failed:
        with store.writing() as tx:
            tx.put_credentials(person, hashed, 0, 0)


def _failed(store: Store, person: str, hashed: str, failed: int, now: int) -> None:
    delay = 0
    if failed >= _FREE_TRIES:
        delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (failed - _FREE_TRIES))
    with store.writing() as tx:
        tx.put_credentials(person, hashed, failed, now + delay if delay else 0)
    raise RefusedError("pin", M("That PIN is not right."), M("Try again."))
