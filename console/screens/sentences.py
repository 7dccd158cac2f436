"""Between the command bar and the desk: reads a line, foretells it, carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from console.desk import Outcome, sentence
from console.desk.ledger import label_of
from console.desk.sentence import NEW, Completion, Sentence, written
from console.domain.commands import COMMANDS
from console.domain.facts import Fact
from console.domain.notices import RAISED
from console.domain.refusal import Refusal
from console.domain.rulebook import Rulebook
from console.domain.words import M, Message, listed
from console.screens.effects import Effects

if TYPE_CHECKING:
    from console.app import SeatApp

FORETOLD = 3
"""Sentences of a line whose effect is shown."""

Seen = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Stopped = Callable[[Refusal, str | None], None]
"""Hears why a line was refused, and what is left of it when a part was carried out."""


def parse(app: SeatApp, text: str, case: int) -> list[Sentence]:
    """The sentences of a line typed while `case` is selected (0 = none)."""
    return sentence.parse(text, selected=case, desk=app.desk, lang=app.speech.lang)


def complete(app: SeatApp, text: str, case: int, cases: Iterable[int] = ()) -> list[Completion]:
    """What Tab may make of a line. `cases` are those on the board, the most urgent first."""
    lang = app.speech.lang
    return sentence.complete(text, selected=case, desk=app.desk, lang=lang, cases=cases)


def preview(app: SeatApp, text: str, case: int) -> str:
    """What the line would do, one line of text per sentence; "" for an empty line."""
    effects = Effects(app.desk, app.speech)
    lines = [_foretold(app, effects, one) for one in parse(app, text, case)[:FORETOLD]]
    return "\n".join(lines)


def _foretold(app: SeatApp, effects: Effects, one: Sentence) -> str:
    if one.problem is not None:
        return effects.refusal(one.problem)
    head = effects.understood(one)
    missing = [
        p.label for p in COMMANDS[one.command].params if p.required and p.key not in one.typed
    ]
    if missing:
        return app.speech.say(
            M("{sentence} … {missing}?", sentence=head, missing=listed([*missing]))
        )
    if one.typed.get("case") is NEW:
        return head
    effect = effects.foreseen(app.desk.preview(one.command, one.typed, app.who))
    return f"{head}: {effect}" if effect else head


def carry_out(
    app: SeatApp,
    sentences: Sequence[Sentence],
    done: Callable[[Outcome], None],
    stopped: Stopped,
    seen: Seen = lambda _: {},
) -> None:
    """One sentence after the other, each when the one before is written; the first refusal
    stops. A line with a sentence nobody understands is not begun.

    `done` hears everything that was written as one outcome. What the author has `seen`
    goes with the first sentence only, because that one changes it.
    """
    problem = next((one.problem for one in sentences if one.problem is not None), None)
    if problem is not None:
        stopped(problem, None)
    elif sentences:
        _Run(app, sentences, done, stopped).begin(seen(sentences[0].typed))


class _Run:
    """A line that is being carried out."""

    def __init__(
        self,
        app: SeatApp,
        sentences: Sequence[Sentence],
        done: Callable[[Outcome], None],
        stopped: Stopped,
    ) -> None:
        self._app = app
        self._left = list(sentences)
        self._done = done
        self._stopped = stopped
        self._outcomes: list[Outcome] = []

    def begin(self, seen: Mapping[str, Any]) -> None:
        one = self._left[0]
        self._app.act(one.command, {**one.typed, **seen}, self._next, self._stop)

    def _next(self, outcome: Outcome) -> None:
        opened = COMMANDS[self._left.pop(0).command].about == "new"
        self._outcomes.append(outcome)
        if opened:
            self._left = [one.about(outcome.case) for one in self._left]
        if self._left:
            self.begin({})
        else:
            self._done(_together(self._outcomes))

    def _stop(self, refusal: Refusal) -> None:
        """What was written already must not be sent again with the rest of the line."""
        left = "; ".join(written(one.command, one.typed) for one in self._left)
        self._stopped(refusal, left if self._outcomes else None)


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    last = outcomes[-1]
    facts = tuple(fact for outcome in outcomes for fact in outcome.facts)
    return Outcome(facts, last.case, last.call, last.version)


def done(app: SeatApp, outcome: Outcome) -> Message:
    """What was written, per case or call."""
    told = [fact for fact in outcome.facts if fact.kind != RAISED]
    if not told:
        return M("Nothing to do: it is so already.")
    by_subject: dict[str, list[Fact]] = {}
    for fact in told:
        by_subject.setdefault(fact.subject, []).append(fact)
    rulebook = app.desk.rulebook
    return listed(
        [_written_down(subject, facts, rulebook) for subject, facts in by_subject.items()]
    )


def _written_down(subject: str, facts: Sequence[Fact], rulebook: Rulebook) -> Message:
    kind, _, key = subject.partition(":")
    labels = listed([label_of(one, rulebook) for one in _of_each_kind(facts)])
    if kind == "case":
        return M("{case}: {facts}", case=key, facts=labels)
    return labels


def _of_each_kind(facts: Iterable[Fact]) -> Iterable[Fact]:
    return {fact.kind: fact for fact in facts}.values()
