"""A notice of a case in one line: who, in whose place, by which way, and how far it has come.
Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from console.domain.notices import NOTICE_STATES, NoticeRow
from console.domain.outbox import REASONS
from console.domain.recipients import REASONS as STANDS_IN
from console.domain.words import L, M, Named
from console.screens.fact_text import FactText
from console.speech import Speech
from console.widgets.lines import Item, Span

NOBODY = L("无", "nobody")
NOT_REACHED = L("未达", "not reached")


def moment_of(speech: Speech, at: int, now: int) -> str:
    """A moment: the time of today, else date and time."""
    moment, today = speech.moment(at), speech.moment(now)
    return moment[11:16] if moment[:10] == today[:10] else moment[5:16]


class NoticeText:
    """Writes them for one reader. `number` shows a customer's as this reader may see it."""

    def __init__(self, speech: Speech, texts: FactText, number: Callable[[str], str]) -> None:
        self._speech = speech
        self._texts = texts
        self._number = number

    def of(self, row: NoticeRow, now: int) -> Item:
        """One notice as it stands at an instant (UTC seconds)."""
        return (*self._who(row, now), *self._sent(row, now), *self._ending(row, now))

    def _who(self, row: NoticeRow, now: int) -> Iterator[Span]:
        """Every slot of theirs that the message tells, their name, in whose place, by which
        way, and since when."""
        slots = dict.fromkeys(self._texts.slot(ground.slot) for ground in row.grounds)
        who = self._speech.name(row.person) if row.person else self._number(row.to)
        yield Span(f"{self._speech.listed(slots)} ", "dim")
        yield Span(who or self._say(NOBODY), "name")
        if row.why:
            why = M("for {meant}: {why}", meant=Named(row.meant), why=STANDS_IN[row.why])
            yield Span(f" ({self._say(why)})", "dim")
        yield Span(f"  {self._texts.channel(row.channel)}  ", "dim")
        yield Span(self._say(M("due {moment}", moment=self._when(row.due, now))))

    def _sent(self, row: NoticeRow, now: int) -> Iterator[Span]:
        """What has been done to tell them."""
        if row.sent is not None:
            yield self._then(M("sent {moment}", moment=self._when(row.sent, now)))
        if row.delivered is not None:
            yield self._then(M("delivered {moment}", moment=self._when(row.delivered, now)))
        if row.repeated_at is not None:
            last = self._when(row.repeated_at, now)
            yield self._then(M("told again {n} times, last {at}", n=row.repeated, at=last), "amber")
        if row.delegated is not None:
            who, at = Named(row.passed_to), self._when(row.delegated, now)
            yield self._then(M("passed on to {who} {at}", who=who, at=at), "amber")

    def _ending(self, row: NoticeRow, now: int) -> Iterator[Span]:
        """How it stands."""
        if row.state in ("dead", "settled"):
            yield self._then(NOTICE_STATES[row.state], "amber")
            why = REASONS.get(row.reason) if row.state == "dead" else None
            yield Span(f" ({self._say(why)})" if why else "", "amber")
        elif row.reached is None:
            waiting = "amber" if row.when == "now" else "text"
            yield self._then(NOT_REACHED, waiting)
            if row.attempts:
                yield Span(f" ({self._say(M('{n} attempts', n=row.attempts))})", waiting)
        else:
            by, at = self._speech.name(row.reached_by), self._when(row.reached, now)
            yield self._then(M("reached {moment} by {who}", moment=at, who=by), "dim")

    def _then(self, words: object, ink: str = "text") -> Span:
        return Span(f" · {self._say(words)}", ink)

    def _when(self, at: int, now: int) -> str:
        return moment_of(self._speech, at, now)

    def _say(self, words: object) -> str:
        return self._speech.say(words)
