"""The seat's fixed words and the labels of rows, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from console.desk import Desk, Who
from console.domain.board import GRAVE
from console.domain.rules import Line, Target
from console.domain.states import CALL_STATES, STATES
from console.domain.words import L, Label, M
from console.speech import Speech
from console.widgets.countdown import EN, UNICODE, ZH, Units
from console.widgets.labels import StripWords
from console.widgets.titlebar import TitleWords

MARKS = {
    "urged": L("催办", "urged"),
    GRAVE: L("重大", "MAJOR"),
    "severe": L("严重", "severe"),
    "reopened": L("重开", "reopened"),
    "undelivered": L("未送达", "not told"),
}


class SpokenLabels:
    """`RowLabels` from the rulebook and the directory of a desk."""

    def __init__(self, desk: Desk, speech: Speech, who: Who | None = None) -> None:
        self._desk = desk
        self._speech = speech
        self._viewer = desk.viewer(who)
        self._clocks: dict[str, Label] = {}
        self._categories: dict[str, Label] = {}
        self._divisions: dict[str, Label] = {}
        self._lines: dict[str, Label] = {}
        self._states: dict[str, Label] = {**CALL_STATES, **STATES}
        for line in (desk.rulebook.house, *desk.rulebook.lines.values()):
            self._clocks.update({timer.key: timer.label for timer in line.timers})
            self._categories.update({one.key: one.label for one in line.categories})
            self._divisions.update({one.key: one.label for one in line.divisions})
            self._states.update({act.key: act.state for act in line.acts if act.state is not None})
            for division in line.divisions:
                self._clocks.update({timer.key: timer.label for timer in division.timers})
        self._gone(desk.rulebook.gone())

    def _gone(self, rules: Iterable[Line | Target]) -> None:
        """The labels of what is not in force any more, as it last was: its cases may be on
        the board. What is in force keeps its own."""
        for one in rules:
            if isinstance(one, Line):
                categories = {category.key: category.label for category in one.categories}
                self._categories = categories | self._categories
                self._lines[one.key] = one.label
            else:
                self._divisions.setdefault(one.key, one.label)
            self._clocks = {timer.key: timer.label for timer in one.timers} | self._clocks

    def line(self, key: str) -> str:
        line = self._desk.rulebook.lines.get(key)
        return self._speech.say(line.label) if line else self._of(self._lines, key)

    def category(self, key: str) -> str:
        return self._of(self._categories, key)

    def division(self, key: str) -> str:
        return self._of(self._divisions, key)

    def clock(self, key: str) -> str:
        return self._of(self._clocks, key)

    def state(self, key: str) -> str:
        return self._of(self._states, key)

    def person(self, key: str) -> str:
        return self._speech.name(key)

    def mark(self, key: str) -> str:
        return self._of(MARKS, key)

    def number(self, number: str) -> str:
        """A telephone number as this reader may see it."""
        return self._viewer.number(number)

    def _of(self, labels: dict[str, Label], key: str) -> str:
        label = labels.get(key)
        return self._speech.say(label) if label else key


def units(speech: Speech) -> Units:
    return ZH if speech.lang == "zh" else EN


def strip_words(speech: Speech) -> StripWords:
    say = speech.say
    return StripWords(
        history=say(M("history {n}", n="{n}")),
        open_cases=say(M("open {n}", n="{n}")),
        owner=say(M("owner {who}", who="{who}")),
        claimed=say(M("taken by {who}", who="{who}")),
        unknown=say(M("unknown caller")),
        more=say(M("+{n} more", n="{n}")),
    )


def title_words(speech: Speech) -> TitleWords:
    say = speech.say
    return TitleWords(
        owned=say(M("own {n}", n="{n}")),
        grave=say(L("重大 {n}", "MAJOR {n}")),
        breached=say(M("overdue {n}", n="{n}")),
        calls=say(M("calls {n}", n="{n}")),
        missed=say(M("missed {n}", n="{n}")),
        undelivered=say(M("not delivered {n}", n="{n}")),
    )


def window_title(ringing: int, breached: int, speech: Speech) -> str:
    """What the window of a seat is called while somebody calls or a limit is past due; ""
    while there is nothing to say. It names nobody: others see it too."""
    words, parts = title_words(speech), []
    if ringing:
        parts.append(f"{UNICODE.ringing} {words.calls.format(n=ringing)}")
    if breached:
        parts.append(f"{UNICODE.breached} {words.breached.format(n=breached)}")
    return "  ".join(parts)
