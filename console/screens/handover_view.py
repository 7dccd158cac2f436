"""The change of a shift in lines: what is offered, what is looked after, who took what. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from console.desk.handover import HandoverItem
from console.desk.offers import Handing, Offer
from console.domain.board import BoardClock
from console.domain.words import L, Label, M
from console.screens.words import SpokenLabels, units
from console.speech import Speech
from console.widgets.countdown import UNICODE, face, small_face, state_of
from console.widgets.lines import Line, Span, heading, wrapped
from console.widgets.safetext import fit, safe

KINDS: dict[str, Label] = {
    "custody": L("代管", "custody"),
    "ownership": L("首问", "ownership"),
    "transfer": L("转交", "transfer"),
    "callback": L("回电", "call back"),
}
WIDE = 110
_WHAT_MOST = 15


class Shift(NamedTuple):
    """All of it: `offers` to somebody, the shifts handed to them, what they look after."""

    offers: Sequence[Offer] = ()
    handings: Sequence[Handing] = ()
    items: Sequence[HandoverItem] = ()


class Reader(NamedTuple):
    """For whom the lines are laid out, and when (UTC seconds)."""

    speech: Speech
    labels: SpokenLabels
    now: int


class _Row(NamedTuple):
    """A line before it is laid out: what it is, whose, and who answers for it in `ink`."""

    key: str
    clocks: tuple[BoardClock, ...]
    what: str
    name: str
    who: str = ""
    ink: str = "dim"


def key_of(one: Offer | HandoverItem) -> str:
    """What a line is chosen by."""
    side = "offer" if isinstance(one, Offer) else "mine"
    return f"{side}:{one.kind}:{one.key}"


def lines(shift: Shift, reader: Reader, width: int) -> list[Line]:
    """What is offered first, then what one looks after: red lines, others, what is taken."""
    offers = [_offered(offer, reader) for offer in shift.offers]
    own = [_own(item, reader) for item in shift.items]
    columns = _Columns.of([*offers, *own], reader, width)
    return [
        *_offered_lines(shift, offers, columns),
        *_own_lines(shift.items, own, columns),
    ]


# --- what is offered to the reader


def _offered(offer: Offer, reader: Reader) -> _Row:
    say = reader.speech.say
    kind = say(KINDS[offer.kind])
    callback = offer.kind == "callback"
    what = kind if callback else f"{offer.key} {kind}"
    who = f"← {reader.speech.name(offer.giver)}"
    name = _caller(offer, reader) if callback else offer.about
    return _Row(key_of(offer), offer.clocks, what, name, who, "name")


def _offered_lines(shift: Shift, rows: Sequence[_Row], columns: _Columns) -> Iterator[Line]:
    if not shift.offers and not shift.handings:
        return
    say = columns.reader.speech.say
    yield heading(say(M("Offered to you {n}", n=len(rows))), columns.width)
    for handing in shift.handings:
        yield from _told(handing, columns)
    red = True
    for offer, row in zip(shift.offers, rows, strict=True):
        if red and not offer.red:
            yield _part(say(M("no red line: these may be taken together")))
        red = offer.red
        yield columns.line(row)
        if offer.text:
            yield from wrapped((Span(columns.indent + safe(offer.text), "dim"),), columns.width, 11)


def _told(handing: Handing, columns: _Columns) -> Iterator[Line]:
    """What the leaver says to whoever comes."""
    speech = columns.reader.speech
    at = speech.time_of_day(handing.at)[:5]
    said = M("{who} handed the shift over at {time}.", who=speech.name(handing.giver), time=at)
    yield from wrapped((Span(f"  {speech.say(said)}"),), columns.width, 2)
    for label, text in (
        (L("预计来电来访", "calls and visitors expected"), handing.expected),
        (L("说明", "note"), handing.text),
    ):
        if text:
            spans = (Span(f"  {speech.say(label)}  ", "dim"), Span(text, "name"))
            yield from wrapped(spans, columns.width, 4)


# --- what the reader looks after


def _own(item: HandoverItem, reader: Reader) -> _Row:
    callback = item.kind == "callback"
    what = reader.speech.say(KINDS["callback"]) if callback else item.key
    name = _caller(item, reader) if callback else item.about
    return _Row(key_of(item), item.clocks, what, name, *_standing(item, reader))


def _standing(item: HandoverItem, reader: Reader) -> tuple[str, str]:
    """Who is to take a line, behind an arrow, or has taken it; and the ink of it."""
    if not item.to:
        return "", "dim"
    name = reader.speech.name(item.to)
    return (name, "ring") if item.taken else (f"→ {name}", "amber")


def _own_lines(
    items: Sequence[HandoverItem], rows: Sequence[_Row], columns: _Columns
) -> Iterator[Line]:
    say = columns.reader.speech.say
    held = sum(not item.taken for item in items)
    yield heading(say(M("You look after {n}", n=held)), columns.width)
    if not items:
        yield from wrapped((Span("  " + say(M("Nothing to hand over.")), "dim"),), columns.width)
    before = "red"
    for item, row in zip(items, rows, strict=True):
        part = "taken" if item.taken else "red" if item.red else "later"
        if part != before:
            yield _part(say(_PARTS[part]))
        before = part
        yield columns.line(row)


_PARTS = {
    "later": M("not due before the next shift ends"),
    "taken": M("others have taken these"),
}


def _part(text: str) -> Line:
    return Line((Span(f"  {text}", "dim"),))


def _caller(one: Offer | HandoverItem, reader: Reader) -> str:
    """Who called in vain, with the number as this reader may see it."""
    return f"{reader.labels.number(one.shown)} {one.about}".rstrip()


# --- one line


class _Columns(NamedTuple):
    """How wide the parts of a line are, so that all lines stand below each other."""

    reader: Reader
    width: int
    what: int
    name: int
    who: int

    @classmethod
    def of(cls, rows: Iterable[_Row], reader: Reader, width: int) -> _Columns:
        wide = width >= WIDE
        whats, whos = [0], [0]
        for row in rows:
            whats.append(cell_len(safe(row.what)))
            whos.append(cell_len(safe(row.who)))
        what, who = min(_WHAT_MOST, max(whats)), min(30 if wide else 14, max(whos))
        return cls(reader, width, what, 36 if wide else 20, who)

    @property
    def indent(self) -> str:
        """What stands before words about the line above."""
        return " " * (units(self.reader.speech).width + 2)

    def line(self, row: _Row) -> Line:
        """Countdown, what it is, for whom, its clocks, and who answers for it."""
        words, now = units(self.reader.speech), self.reader.now
        state, lead = "gate", ""
        if row.clocks:
            state, lead = state_of(row.clocks[0], now), face(row.clocks[0], now, words)
        room = self.width - words.width - 4 - self.what - self.name - self.who - 2
        spans = (
            Span(f"{UNICODE.of(state) if row.clocks else ' '}", state),
            Span(fit(lead, words.width, right=True) + " ", state),
            Span(fit(row.what, self.what) + " ", "head"),
            Span(fit(row.name, self.name) + " ", "name"),
            Span(fit(self._clocks(row.clocks), max(0, room)) + " ", "text"),
            Span(fit(row.who, self.who), row.ink),
        )
        return Line(spans, row.key)

    def _clocks(self, clocks: Sequence[BoardClock]) -> str:
        """What each clock asks for; the first one's countdown stands in front already."""
        words, say = units(self.reader.speech), self.reader.labels.clock
        parts = [say(clocks[0].key)] if clocks else []
        for clock in clocks[1:]:
            parts.append(f"{say(clock.key)} {small_face(clock, self.reader.now, words)}".rstrip())
        return " · ".join(parts)
