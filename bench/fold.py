"""A long case: folding all of it, explaining all its clocks, and one more fact."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import seed
from bench.rows import Row
from bench.sampling import Scale, alternating, median, timed
from console.desk import Desk, ledger
from console.domain import case as cases
from console.domain.case import Case
from console.domain.facts import Fact
from console.installation import open_desk

FACTS, CLOCKS = 200, 12


def run(scale: Scale) -> list[Row]:
    """Milliseconds, for a case with 200 facts and 12 clocks."""
    with tempfile.TemporaryDirectory() as scratch:
        directory = seed.store(Path(scratch) / "data", history=0, open_cases=8)
        desk = open_desk(directory)
        case = _grown(desk)
        now, facts = desk.now(), case.facts
        rounds = scale.pick(20, 200)

        def folded(some: list[Fact]) -> Case:
            return cases.fold(case.number, some, desk.rulebook, desk.reckoner)

        took = alternating(
            {
                "whole": lambda: timed(lambda: ledger.why(folded(facts), "", now)),
                "one more": lambda: _one_more(folded(facts[:-20]), facts[-20:]),
            },
            rounds,
        )
        size = f"{len(facts)} facts, {len(case.clocks)} clocks"
        desk.store.close()
    return [
        Row(f"fold and explain {size}", median(took["whole"]) * 1e3, "ms", 2.0),
        Row("fold one more fact into it", median(took["one more"]) * 1e3, "ms", 0.2),
    ]


def _one_more(case: Case, facts: list[Fact]) -> float:
    """Seconds for a fact, the mean of some: they differ in what they touch."""

    def follow() -> None:
        for fact in facts:
            case.apply(fact)

    return timed(follow) / len(facts)


def _grown(desk: Desk) -> Case:
    """A case made long by what makes cases long: promises, urging, notes. Told without the
    commands, which would ask for an apology before the third promise."""
    number = max(desk.board(), key=lambda row: len(row.clocks)).case
    case = desk.case(number)
    seq, at = case.version, case.facts[-1].at
    while len(case.facts) < FACTS:
        seq, at = seq + 1, at + 60
        kind, body = _next_fact(case, at)
        case.apply(Fact(seq, at, at, seed.PERSON, "bench", case.subject, kind, body))
    return case


def _next_fact(case: Case, at: int) -> tuple[str, dict[str, object]]:
    turn = len(case.facts)
    if len(case.clocks) < CLOCKS and turn % 8 == 0:
        return "promised", {"due": at + 86_400}
    if turn % 5 == 0:
        return "urged", {"who": case.assignee}
    return "noted", {"text": f"第 {turn} 次记录：仍在等待备件到货"}
