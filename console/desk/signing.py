"""Signing on at a shared terminal: who it is, by PIN, what of it is remembered, and who is
seen to sit there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk.answers import Answers, Who
from console.domain.board import BoardRow
from console.domain.decision import Stamp, settle
from console.domain.facts import Draft
from console.domain.people import SYSTEM, Person
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.words import Duration, M
from console.store.writing import Writing

if TYPE_CHECKING:
    from console.desk.accounts import Account
    from console.store.presence import Presence, SeatMark


class Signing(Answers):
    """The part of the desk that lets people in; see `console.desk.Desk`."""

    _mark: SeatMark | None = None

    def has_pin(self, person: str) -> bool:
        """Whether somebody has to give a PIN. `person` is their key."""
        return self.store.credentials(person) is not None

    def set_pin(self, person: str, pin: str, who: Who) -> None:
        """Give somebody a PIN, in place of the one they had. Slow on purpose.

        Raises RefusedError for a PIN that cannot be one, a person nobody knows, and for
        whoever may not set that of somebody else.
        """
        actor, owner = self.actor(who), self.directory.get(person)
        if owner is None:
            raise RefusedError("person", M("Nobody here is called “{who}”.", who=person))
        if person != actor.key:
            demand("manage_people", actor)
        from console.desk.pins import set_pin  # noqa: PLC0415 - argon2 only where needed

        set_pin(self.store, person, pin)
        with self.store.writing() as tx:
            self._remember(tx, owner, who.seat, "pin_set", actor)

    def accounts(self, who: Who) -> list[Account]:
        """Everybody with an account, owners who are not here first. Raises RefusedError for
        somebody who neither manages people nor hands ownership over."""
        from console.desk.accounts import accounts_of  # noqa: PLC0415 - seldom asked

        return accounts_of(self, who)

    def owned_by(self, person: str) -> list[tuple[BoardRow, str]]:
        """The open cases somebody owns, the most urgent first, each with whoever is to become
        its owner ("" nobody)."""
        from console.desk.accounts import owned_by  # noqa: PLC0415

        return owned_by(self, person)

    # --- who is seen at which seat

    def sit_down(self, who: Who, since: int, case: int = 0) -> None:
        """Let everybody see that somebody is at this seat since an instant (UTC seconds),
        with a case open (0 = none). Again with other words changes what is seen."""
        from console.store.presence import Presence, SeatMark  # noqa: PLC0415 - seats only

        if self._mark is None:
            self._mark = SeatMark(self.store.directory)
        self._mark.show(Presence(who.person, who.seat, since, case))

    def stand_up(self) -> None:
        """Nobody is at this seat any more."""
        if self._mark is not None:
            self._mark.remove()

    def others_at(self, case: int, who: Who) -> list[Presence]:
        """Who else has a case open now, at other seats."""
        mine = (who.person, who.seat)
        there = (one for one in self.present() if one.case == case)
        return [one for one in there if (one.person, one.seat) != mine]

    # --- letting in

    def sign_on(self, person: str, pin: str = "", seat: str = "") -> Person:
        """Let a person in and journal it; somebody without a PIN comes in freely.

        Raises RefusedError for a person nobody knows, a wrong PIN (which is journaled) and
        while the delay after wrong ones lasts.
        """
        comer = self._comer(person)
        known = self.store.credentials(comer.key)
        if known is None:
            with self.store.writing() as tx:
                self._remember(tx, comer, seat, "signed_on", comer)
            return comer
        from console.desk.pins import is_right  # noqa: PLC0415 - argon2 only where needed

        _refuse_while_delayed(known[2], self.now())
        right = is_right(known[0], pin)
        with self.store.writing() as tx:
            delay = self._judged(tx, comer, seat, right)
        if not right:
            raise _wrong(delay)
        return comer

    def admit(self, person: str, fingerprint: str, seat: str = "") -> Person:
        """Let in who came with an SSH key, and journal it. Raises RefusedError when the key
        is not theirs, or no longer, or they have left."""
        comer = self._comer(person)
        if not self.holds(comer.key, fingerprint):
            raise RefusedError(
                "identity",
                M("This key no longer opens the seat of {who}.", who=comer.name),
                M("Ask an administrator for a new one."),
            )
        with self.store.writing() as tx:
            self._remember(tx, comer, seat, "signed_on", comer, fingerprint)
        return comer

    def holds(self, person: str, fingerprint: str) -> bool:
        """Whether somebody who is still here has a key, by its fingerprint."""
        holder = self.directory.holder(fingerprint)
        return holder is not None and holder.key == person and holder.active

    def _comer(self, key: str) -> Person:
        person = self.directory.get(key)
        if person is None or not person.active:
            raise RefusedError(
                "identity",
                M("Nobody here is called “{who}”.", who=key),
                M("Choose a name from the list."),
            )
        demand("sign_on", person, holds=self._has_way_in(person))
        return person

    def _has_way_in(self, person: Person) -> bool:
        """Whether somebody was given a PIN or a key: nobody has one by default."""
        return bool(person.keys) or self.has_pin(person.key)

    def _judged(self, tx: Writing, comer: Person, seat: str, right: bool) -> int:
        """Count and journal an attempt; the seconds until the next one is allowed.

        The count is read again inside the transaction: attempts made at several seats at
        once are all counted, and none gets in while a delay lasts.
        """
        from console.desk.pins import LONGEST_DELAY, delay_after  # noqa: PLC0415

        known = tx.credentials(comer.key)
        hashed, failed, delayed_until = known if known is not None else ("", 0, 0)
        _refuse_while_delayed(delayed_until, self.now())
        if right:
            tx.put_credentials(comer.key, hashed, 0, 0)
            self._remember(tx, comer, seat, "signed_on", comer)
            return 0
        delay = delay_after(failed + 1)
        tx.put_credentials(comer.key, hashed, failed + 1, self.now() + delay if delay else 0)
        locked_out = delay == LONGEST_DELAY
        self._remember(tx, comer, seat, "locked_out" if locked_out else "sign_on_failed", SYSTEM)
        return delay

    def _remember(
        self, tx: Writing, comer: Person, seat: str, kind: str, actor: Person, ssh_key: str = ""
    ) -> None:
        """Journal an attempt under the person it claimed to be. Who failed is unknown, so
        the console itself is the actor of that fact."""
        now = self.now()
        seq, previous = tx.head()
        body = {"key": ssh_key} if ssh_key else {"pin": tx.credentials(comer.key) is not None}
        draft = Draft(f"person:{comer.key}", kind, body)
        decision = settle([draft], self.world(tx), Stamp(actor, seat, now, now, seq + 1))
        tx.append(decision.facts, previous)


def _refuse_while_delayed(until: int, now: int) -> None:
    if now < until:
        raise RefusedError(
            "pin",
            M("Too many wrong PINs. Wait {wait}.", wait=Duration(until - now)),
            M("Wait, or ask an administrator for a new PIN."),
        )


def _wrong(delay: int) -> RefusedError:
    message = M("That PIN is not right.")
    if not delay:
        return RefusedError("pin", message, M("Try again."))
    return RefusedError("pin", message, M("Try again in {wait}.", wait=Duration(delay)))
