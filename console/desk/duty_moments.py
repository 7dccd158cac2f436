"""When a duty is called to mind, and when it is late: each journaled once.

Laying duties out costs a look at a calendar, so the next moment is kept in memory. It is
looked for again after a while, because somebody may have moved a meeting meanwhile.
"""

from __future__ import annotations

from datetime import date, timedelta

from console.desk.answers import Answers
from console.desk.writing import write
from console.domain.decision import Stamp, settle
from console.domain.facts import Draft, Fact
from console.domain.people import SYSTEM, Directory
from console.domain.schedule import Planned, filler_of, parts_of, recorded
from console.domain.zone import zone_named

LOOK_AGAIN = 15 * 60
"""Seconds after which the duties are laid out anew though nothing came due."""

BACK = timedelta(days=62)
"""How far back an outage is made good."""

AHEAD = timedelta(days=14)
"""How far ahead something may have to be called to mind: over the longest holiday."""


class DutyMoments:
    """Notes what time does to duties. `next_at` is when to look again (UTC seconds)."""

    def __init__(self, desk: Answers) -> None:
        self._desk = desk
        self.next_at = 0

    def note(self, until: int) -> list[Fact]:
        """Journal what came due by `until`. -> the facts."""
        desk = self._desk
        today = date.fromordinal(zone_named(desk.config.zone).day(until))
        since = self._since(today - timedelta(days=1))
        found = desk.schedule.planned(
            max(today - BACK, min(since.values(), default=today)), today + AHEAD, desk.store.load
        )
        planned = [one for one in found if one.occurrence.day >= since[one.owned.line]]
        moments = (at for one in planned for at in _ahead(one, desk.directory, until))
        self.next_at = min((*moments, until + LOOK_AGAIN))
        return self._write([one for one in planned if _kind(one, desk.directory, until)], until)

    def _since(self, first: date) -> dict[str, date]:
        """Since when the duties of each line are watched here, `first` when they were not
        yet: nobody is late with what came before."""
        store = self._desk.store
        lines = {owned.line for owned in self._desk.schedule}
        known = {line: store.meta(f"duties_since:{line}") for line in lines}
        new = [line for line in lines if not known[line]]
        if new:
            with store.writing() as tx:
                for line in new:
                    tx.put_meta(f"duties_since:{line}", first.isoformat())
        return {line: date.fromisoformat(known[line] or first.isoformat()) for line in lines}

    def _write(self, ripe: list[Planned], until: int) -> list[Fact]:
        """Once each: what others wrote meanwhile is read again inside the transaction."""
        if not ripe:
            return []
        desk = self._desk
        with desk.store.writing() as tx:
            drafts = []
            for one in ripe:
                record = recorded(tx.load(one.subject))
                fresh = Planned(one.owned, one.occurrence, record, one.moved_from)
                kind = _kind(fresh, desk.directory, until)
                if kind and record.day == one.record.day:
                    drafts.append(_draft(fresh, kind, desk.directory))
            drafts.sort(key=lambda draft: draft.at or 0)
            stamp = Stamp(SYSTEM, "", until, desk.now(), tx.last_seq() + 1)
            decision = settle(drafts, desk.world(tx), stamp)
            write(tx, decision)
        return decision.facts


def _kind(planned: Planned, directory: Directory, until: int) -> str:
    """What has to be journaled about an occurrence by now; "" for nothing. Once it is late
    nobody is reminded any more."""
    one, record = planned.occurrence, planned.record
    if planned.done_at(parts_of(directory, planned.owned.duty)) is not None:
        return ""
    if until > one.late_after:
        return "" if record.overdue else "duty_overdue"
    if one.remind is not None and until >= one.remind and not record.reminded:
        return "duty_reminded"
    return ""


def _ahead(planned: Planned, directory: Directory, until: int) -> list[int]:
    """The instants still to come at which something may have to be journaled."""
    one = planned.occurrence
    if planned.done_at(parts_of(directory, planned.owned.duty)) is not None:
        return []
    return [at for at in (one.remind, one.late_after + 1) if at is not None and at > until]


def _draft(planned: Planned, kind: str, directory: Directory) -> Draft:
    one, owned = planned.occurrence, planned.owned
    missing = planned.missing(parts_of(directory, owned.duty))
    body: dict[str, object] = {
        "due": one.due,
        "slot": owned.duty.who,
        "person": filler_of(directory, owned),
    }
    if missing != ("",):
        body["missing"] = list(missing)
    if one.clash:
        body["proposal"] = one.proposal.isoformat() if one.proposal else ""
    at = one.late_after + 1 if kind == "duty_overdue" else one.remind
    return Draft(planned.subject, kind, body, at)
