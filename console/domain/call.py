"""A call (来电): one phone contact, folded from what the telephone line reported.

A call has no owner. Whoever claims it is the one the console expects to answer; cases it
leads to are listed in `cases`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain.facts import Fact
from console.domain.numbers import is_withheld

ANONYMOUS = "anonymous"
LIVE = ("requested", "ringing", "queued", "answered")


@dataclass(slots=True)
class Call:
    """The state of one call. Instants are UTC seconds; `number` is E.164 where understood.

    `state`: requested (to be placed), ringing, queued, answered, missed (inbound and never
    answered), ended. `queue` is the one it waits or waited in. `line` is the product line the
    number called stands for, `greeting` what to say there first, which only a fold knows.
    Of a call we placed `about` is the case it is about (0 = none), `called` our own person who
    is called ("" = a customer), `outcome` how it went: reached, or why not. `answers` lists
    (instant, station) of every answer, the transfers included.
    """

    key: str
    number: str = ""
    received: str = ""
    shown: str = ""
    name: str = ""
    place: Mapping[str, str] = field(default_factory=dict)
    exchange: str = ""
    did: str = ""
    line: str = ""
    greeting: str = ""
    queue: str = ""
    about: int = 0
    called: str = ""
    direction: str = "in"
    withheld: bool = False
    state: str = ""
    since: int = 0
    rang_at: int = 0
    ended_at: int | None = None
    stations: tuple[str, ...] = ()
    answers: tuple[tuple[int, str], ...] = ()
    claimed_by: str = ""
    claimed_at: int = 0
    claimed_seat: str = ""
    missed_reason: str = ""
    outcome: str = ""
    recording: str = ""
    cases: tuple[int, ...] = ()
    version: int = 0
    facts: list[Fact] = field(default_factory=list)

    @property
    def subject(self) -> str:
        return f"call:{self.key}"

    @property
    def inside(self) -> bool:
        """Whether it is a call to a telephone of the house."""
        return bool(self.called) and not self.number.startswith("+")

    @property
    def live(self) -> bool:
        return self.state in LIVE

    def apply(self, fact: Fact) -> None:
        """Fold one more fact."""
        _HANDLERS.get(fact.kind, _unchanged)(self, fact)
        self.version = fact.seq
        self.facts.append(fact)


def fold(key: str, facts: Iterable[Fact]) -> Call:
    """The call its facts make."""
    call = Call(key)
    for fact in facts:
        call.apply(fact)
    return call


_RINGING = ("call_offered", "call_withdrawn")
_TALKING = ("call_answered", "call_transferred")


def is_repeated(call: Call, kind: str, body: Mapping[str, Any]) -> bool:
    """Whether a line reports what is known already: lines repeat themselves, and who answers
    at the seat answers by telephone too. The same thing happening once more is no repetition:
    something else of its sort lies in between."""
    station = body.get("station")
    if kind in _RINGING:
        before = _latest(call, _RINGING, station)
    elif kind in _TALKING:
        before = _latest(call, _TALKING)
    else:
        before = _latest(call, (kind,))
        return before is not None and dict(before.body) == dict(body)
    return before is not None and (before.kind, before.body.get("station")) == (kind, station)


def _latest(call: Call, kinds: tuple[str, ...], station: str | None = None) -> Fact | None:
    for fact in reversed(call.facts):
        if fact.kind in kinds and station in (None, fact.body.get("station")):
            return fact
    return None


def _unchanged(_call: Call, _fact: Fact) -> None:
    return None


def _enter(call: Call, state: str, at: int) -> None:
    if call.state != state:
        call.state = state
        call.since = at


def _rang(call: Call, fact: Fact) -> None:
    body = fact.body
    call.received = body.get("number", "")
    call.number = body.get("e164") or body.get("number", "")
    call.shown = body.get("shown", "") or call.number
    call.name = body.get("name", "") or call.name
    call.place = body.get("place") or call.place
    call.exchange = body.get("exchange", "") or call.exchange
    call.did = body.get("did", "")
    call.line = body.get("line", "")
    call.greeting = body.get("greeting", "")
    call.direction = body.get("direction") or ("in" if fact.kind == "call_rang" else "out")
    call.rang_at = fact.at
    if body.get("withheld"):
        _withheld(call, fact)
    _enter(call, "ringing", fact.at)


def _requested(call: Call, fact: Fact) -> None:
    """Somebody wants to talk to this number; until the line says so, nothing was dialled."""
    _rang(call, fact)
    call.state = "requested"
    call.about = int(fact.body.get("case") or 0)
    call.called = fact.body.get("person", "")
    call.claimed_by = fact.actor
    call.claimed_seat = fact.seat


def _withheld(call: Call, _fact: Fact) -> None:
    """Whoever hides their number is shown to nobody; only the facts keep what was sent."""
    call.withheld = True
    call.number = call.shown = call.name = ""
    call.place = {}
    if not is_withheld(call.received):
        call.received = ANONYMOUS


def _queued(call: Call, fact: Fact) -> None:
    call.queue = fact.body.get("queue", "")
    if call.state == "ringing":
        call.state = "queued"


def _offered(call: Call, fact: Fact) -> None:
    station = fact.body.get("station", "")
    if station and station not in call.stations:
        call.stations = (*call.stations, station)


def _withdrawn(call: Call, fact: Fact) -> None:
    call.stations = tuple(s for s in call.stations if s != fact.body.get("station"))


def _answered(call: Call, fact: Fact) -> None:
    if call.state in ("missed", "ended"):
        return
    call.answers = (*call.answers, (fact.at, fact.body.get("station", "")))
    call.stations = ()
    _enter(call, "answered", fact.at)


def _reached(call: Call, fact: Fact) -> None:
    """The customer picked up a call we placed: from now on it is a talk like any other."""
    call.outcome = "reached"
    _answered(call, fact)


def _not_reached(call: Call, fact: Fact) -> None:
    call.outcome = fact.body.get("reason", "failed")


def _claimed(call: Call, fact: Fact) -> None:
    call.claimed_by = fact.actor
    call.claimed_at = fact.at
    call.claimed_seat = fact.seat


def _ended(call: Call, fact: Fact) -> None:
    call.ended_at = fact.at
    call.stations = ()
    _enter(call, "ended", fact.at)


def _missed(call: Call, fact: Fact) -> None:
    call.ended_at = fact.at
    call.stations = ()
    call.missed_reason = fact.body.get("reason", "")
    _enter(call, "missed", fact.at)


def _recording(call: Call, fact: Fact) -> None:
    call.recording = fact.body.get("path", "")


def _case_joined(call: Call, fact: Fact) -> None:
    if fact.body["case"] not in call.cases:
        call.cases = (*call.cases, fact.body["case"])


_HANDLERS: dict[str, Callable[[Call, Fact], Any]] = {
    "call_rang": _rang,
    "call_requested": _requested,
    "call_dialled": _rang,
    "call_withheld": _withheld,
    "call_queued": _queued,
    "call_offered": _offered,
    "call_withdrawn": _withdrawn,
    "call_answered": _answered,
    "call_reached": _reached,
    "call_not_reached": _not_reached,
    "call_claimed": _claimed,
    "call_ended": _ended,
    "call_missed": _missed,
    "call_recording": _recording,
    "case_joined": _case_joined,
}
