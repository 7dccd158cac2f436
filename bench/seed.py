"""Large stores in little time, in the very rows the console writes itself.

A few lives of cases are told through the desk once; their facts are then retold for other
cases, customers and instants, chained into the journal and laid down by the store's own
functions. `console verify` finds such a store sound.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.demo import furnish
from console.desk import Desk
from console.desk.desk import real_time
from console.domain import case as cases
from console.domain.case import Case
from console.domain.facts import Body, Fact
from console.domain.outbox import pending
from console.installation import install, install_sample, open_desk
from console.store import schema
from console.store.writing import Writing

PERSON = "lin"
BATCH = 5_000
CACHE = Path(__file__).parent / "results" / "stores"
CACHED_FROM = 100_000
"""Histories of this length and more are kept between runs."""

TOLD_AT = 1_768_000_000
"""When the lives were lived (UTC seconds); every case is shifted from there."""

_KEPT_OF_HISTORY = ("case_opened", "filled", "classified")
_FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_PLACES = ("东莞", "南昌", "长沙", "惠州", "柳州", "赣州", "株洲", "湛江")
_WORKS = ("供电所", "公交场站", "计量中心", "充电站", "变电站", "机械厂")

HOUR = 3600
QUIET = 100
"""Seconds in which nothing happens by itself to a seeded case."""


def hours_ahead(draw: random.Random) -> int:
    """Seconds until the first limit of a case, so that nothing falls due in a measurement."""
    return draw.randrange(12 * HOUR, 60 * HOUR)


@dataclass(frozen=True, slots=True)
class Life:
    """The facts of one case as they were first told, when its first limit ends, and how
    many seconds before that something happens by itself."""

    facts: tuple[Fact, ...]
    due: int
    warning: int


def fresh(directory: Path) -> Path:
    """An installation with the sample people and no case."""
    install(directory, "en")
    install_sample(directory)
    return directory


def lives() -> list[Life]:
    """The open cases of the demo, told once on a throwaway installation."""
    with tempfile.TemporaryDirectory() as scratch:
        desk = open_desk(fresh(Path(scratch)), lambda: TOLD_AT)
        furnish(desk)
        told = [desk.case(row.case) for row in desk.board()]
        desk.store.close()
    return list(filter(None, map(_life, told)))


def _life(case: Case) -> Life | None:
    """A case as a life to be retold; None when no limit of it is running."""
    due = min((clock.due for clock in case.running() if clock.due is not None), default=None)
    moment = case.next_moment()
    if due is None or moment is None:
        return None
    return Life(tuple(case.facts), due, due - moment)


class Seeder:
    """Fills one store. Case numbers and sequence go on from what is there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._draw = random.Random(1)
        self._lives = lives()
        self._number = desk.store.next_case()
        self._closed = self._short_life()
        self._closed_fields = _fields(self._closed.facts)

    def history(self, count: int) -> None:
        """Closed cases, an hour apart, up to a month before now."""
        last = self._desk.now() - 30 * 24 * HOUR
        begin = last - count * HOUR
        self._write(count, lambda tx, n, seq: self._close(tx, begin + n * HOUR, seq))

    def open_cases(self, count: int, left: Callable[[random.Random], int] = hours_ahead) -> None:
        """Open cases whose first limit ends `left` seconds from now, and of which nothing
        is to be journaled for a while: no seat has the worker's work to do meanwhile."""

        def put(tx: Writing, index: int, seq: int) -> list[Fact]:
            ahead = left(self._draw)
            quiet = [life for life in self._lives if life.warning < ahead - QUIET]
            life = quiet[index % len(quiet)]
            shift = self._desk.now() + ahead - life.due
            facts = list(self._retold(life.facts, shift, seq))
            case = cases.fold(self._number, facts, self._desk.rulebook, self._desk.reckoner)
            tx.put_case(case, _fields(facts))
            tx.put_outbox(case, pending(case))
            return facts

        self._write(count, put)

    def _write(self, count: int, put: Callable[[Writing, int, int], list[Fact]]) -> None:
        for begin in range(0, count, BATCH):
            with self._desk.store.writing() as tx:
                seq, digest = tx.head()
                told: list[Fact] = []
                for index in range(begin, min(begin + BATCH, count)):
                    told += put(tx, index, seq + 1 + len(told))
                    self._number += 1
                tx.append(told, digest)

    def _retold(self, facts: Sequence[Fact], shift: int, seq: int) -> Iterator[Fact]:
        """The same facts about the next case, another customer, `shift` seconds later."""
        subject, customer = f"case:{self._number}", self._customer()
        for seq_, fact in enumerate(facts, seq):
            at = fact.at + shift
            body = _retold_body(fact.body, customer, shift)
            yield Fact(seq_, at, at, fact.actor, fact.seat, subject, fact.kind, body)

    def _customer(self) -> dict[str, str]:
        choose, number = self._draw.choice, self._draw.randrange
        return {
            "contact_name": choose(_FAMILIES),
            "employer": f"{choose(_PLACES)}{choose(_WORKS)}",
            "contact_phone": f"+861{number(30, 90)}5550{number(10_000):04}",
        }

    # --- history

    def _short_life(self) -> Case:
        """A closed case in its fewest facts, folded once."""
        life = max(self._lives, key=lambda one: len(one.facts))
        facts = [fact for fact in life.facts if fact.kind in _KEPT_OF_HISTORY]
        last = facts[-1]
        facts.append(
            Fact(last.seq + 1, last.at + HOUR, 0, last.actor, "", last.subject, "closed", {})
        )
        return cases.fold(self._number, facts, self._desk.rulebook, self._desk.reckoner)

    def _close(self, tx: Writing, at: int, seq: int) -> list[Fact]:
        """A closed case needs no fold of its own: what a search result shows of it differs
        from the first one's in number, customer and instants only."""
        case = self._closed
        facts = list(self._retold(case.facts, at - case.facts[0].at, seq))
        told = Case(self._number, case.rulebook, case.reckoner)
        told.rules, told.clockwork = case.rules, case.clockwork
        told.attributes = dict(case.attributes)
        for fact in facts:
            told.attributes.update(fact.body.get("values", {}))
        told.attributes["number"] = facts[0].body.get("number", "")
        told.version = facts[-1].seq
        told.opened_at, told.closed_at = facts[0].at, facts[-1].at
        tx.put_case(told, self._closed_fields)
        return facts


def _retold_body(body: Body, customer: dict[str, str], shift: int) -> dict[str, Any]:
    told = dict(body)
    told.pop("call", None)  # the telephone calls of the lives are not retold
    if "number" in told and isinstance(told["number"], str):
        told["number"] = customer["contact_phone"]
    if "due" in told:
        told["due"] += shift
    if "values" in told:
        values = told["values"]
        told["values"] = {**values, **{k: v for k, v in customer.items() if k in values}}
    return told


def _fields(facts: Sequence[Fact]) -> set[str]:
    return {key for fact in facts for key in fact.body.get("values", ())}


# --- whole stores


def store(
    directory: Path,
    *,
    history: int,
    open_cases: int,
    left: Callable[[random.Random], int] = hours_ahead,
    now: Callable[[], int] = real_time,
) -> Path:
    """An installation with so many closed and open cases. Long histories are made once and
    copied; the open cases are always new, because their limits follow the clock."""
    if history < CACHED_FROM:
        fresh(directory)
        made = 0
    else:
        shutil.copytree(_cached(history), directory)
        made = history
    desk = open_desk(directory, now)
    seeder = Seeder(desk)
    if made < history:
        seeder.history(history)
    seeder.open_cases(open_cases, left)
    _settle(desk)
    return directory


def _cached(history: int) -> Path:
    """The kept store with that much history; made anew when rules or lives have changed."""
    told = [[fact.kind, fact.body] for life in lives() for fact in life.facts]
    marks = json.dumps([schema.VERSION, told])
    place = CACHE / f"history-{history}"
    mark = place / "made-from.json"
    if not mark.exists() or mark.read_text("utf-8") != marks:
        shutil.rmtree(place, ignore_errors=True)
        desk = open_desk(fresh(place))
        Seeder(desk).history(history)
        _settle(desk)
        mark.write_text(marks, "utf-8")
    return place


def _settle(desk: Desk) -> None:
    """Leave one file behind, as a worker does in a quiet moment."""
    desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.store.close()
