"""What plugins' own code has to say about a command: before it is carried out, and after.

Nothing of it runs while the store is locked: a plugin that takes its time keeps only the
person waiting who gave the command.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from console.desk.writing import write
from console.domain.case import Case
from console.domain.decision import Decision, Stamp, settle
from console.domain.facts import Draft
from console.domain.people import SYSTEM
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.plugins.views import FrozenCase, Section, frozen, frozen_fact

if TYPE_CHECKING:
    from console.desk.answers import Answers
    from console.plugins.guard import Guard

TELLING = frozenset(("case_opened", "filled", "classified"))
"""The facts that change what a plugin judges a case by."""

_log = logging.getLogger(__name__)


def route(desk: Answers, name: str, typed: Mapping[str, Any], would: Decision) -> dict[str, Any]:
    """The command, with the division its plugin sends the case to when nobody named one."""
    if name != "classify" or typed.get("division"):
        return dict(typed)
    for case, guard in _asked(desk, would):
        wanted = guard.route(frozen(case))
        known = desk.rulebook.lines.get(case.line)
        if wanted and (known is None or known.division(wanted) is None):
            _log.warning("plugin %s: no division %r to route to", guard.name, wanted)
        elif wanted and wanted != case.division:
            return {**typed, "division": wanted}
    return dict(typed)


def check(desk: Answers, would: Decision) -> None:
    """Raise RefusedError for the first problem a plugin has with what a command would lead
    to."""
    for case, guard in _asked(desk, would):
        if not TELLING.intersection(fact.kind for fact in _new(case, would)):
            continue
        for problem in guard.problems(frozen(case)):
            remedy = problem.remedy or M("Correct this field; the others are kept.")
            raise RefusedError(problem.field, problem.message, remedy)


def follow(desk: Answers, done: Decision) -> None:
    """Tell the plugins what a command led to, and note what they find more severe."""
    for case, guard in _asked(desk, done):
        seen, new = frozen(case), _new(case, done)
        for fact in new:
            guard.changed(seen, frozen_fact(fact))
        if TELLING.intersection(fact.kind for fact in new):
            _raise(desk, case.number, seen, guard)


def sections(desk: Answers, case: Case) -> list[Section]:
    """What a case's plugin adds for whoever reads it."""
    guard = desk.guards.of(case.line, case.division) if desk.guards else None
    return [] if guard is None else guard.sections(frozen(case))


def _raise(desk: Answers, number: int, seen: FrozenCase, guard: Guard) -> None:
    severity = guard.severity(seen)
    if severity <= seen.severity:
        return
    now = desk.now()
    body = {"severity": severity, "plugin": guard.name}
    with desk.store.writing() as tx:
        stamp = Stamp(SYSTEM, "", now, now, tx.head()[0] + 1)
        draft = Draft(f"case:{number}", "severity_raised", body)
        write(tx, settle([draft], desk.world(tx), stamp))


def _asked(desk: Answers, decision: Decision) -> list[tuple[Case, Guard]]:
    """The cases a decision is about, each with who is to be asked."""
    guards = desk.guards
    if not guards:
        return []
    found = ((case, guards.of(case.line, case.division)) for case in decision.cases.values())
    return [(case, guard) for case, guard in found if guard is not None]


def _new(case: Case, decision: Decision) -> list[Any]:
    return [fact for fact in decision.facts if fact.subject == case.subject]
