"""What becomes of people's data: who looked at it, and how it is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk.answers import Who
from console.desk.signing import Signing
from console.domain.decision import Stamp, settle
from console.domain.erasure import is_sensitive
from console.domain.facts import Draft
from console.domain.people import SYSTEM

if TYPE_CHECKING:
    from console.desk.erasing import Erasure

VIEWED = "viewed"
VIEWED_AGAIN = 3600
"""Seconds after which looking at the same case is written down once more."""


class Care(Signing):
    """The part of the desk that looks after people's data; see `console.desk.Desk`."""

    def viewed(self, case: int, who: Who) -> bool:
        """Take down that somebody looked at a case with sensitive data: at most once an hour
        for one person and case. -> whether it was written down now.

        Raises RefusedError for a case or person there is not, StoreError.
        """
        now = self.now()
        seen = self._seen.get((who.person, case))
        if seen is not None and now - seen < VIEWED_AGAIN:
            return False
        actor = self.actor(who)
        if actor is SYSTEM or not is_sensitive(self.case(case)):
            return False
        self._seen[who.person, case] = now
        with self.store.writing() as tx:
            if tx.viewed_since(actor.key, case, now - VIEWED_AGAIN + 1):
                return False
            seq, previous = tx.head()
            draft = Draft(f"person:{actor.key}", VIEWED, {"case": case})
            decision = settle([draft], self.world(tx), Stamp(actor, who.seat, now, now, seq + 1))
            tx.append(decision.facts, previous)
        return True

    def would_erase(self, number: str, who: Who) -> Erasure:
        """What `erase` would take; nothing is written. Raises RefusedError."""
        from console.desk import erasing  # noqa: PLC0415 - seldom

        return erasing.would_erase(self, number, who)

    def erase(self, number: str, reason: str, who: Who) -> Erasure:
        """Erase everything personal known of a telephone number, for good. Raises
        RefusedError while a case, a call or a debt of it is open, StoreError."""
        from console.desk import erasing  # noqa: PLC0415 - seldom

        return erasing.erase(self, number, reason, who)
