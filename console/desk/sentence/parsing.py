"""From a line of text to sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.desk.desk import Desk
from console.desk.sentence import installed, names, opening, tokens, verbs
from console.desk.sentence.kinds import VOCABULARIES, Known
from console.desk.sentence.opening import Opening
from console.desk.sentence.placing import PROSE, Placing
from console.desk.sentence.sentence import Sentence
from console.desk.sentence.tokens import Word, number
from console.desk.sentence.verbs import Verb
from console.domain.cleantext import clean
from console.domain.commands import COMMANDS, Command
from console.domain.fields import Field
from console.domain.refusal import Refusal
from console.domain.words import M

LONGEST_LINE = 2_000
"""Characters of a line that are read; nobody types more into one line."""

ABOUT_CASES = frozenset(name for name, command in COMMANDS.items() if command.about == "case")


def parse(text: str, *, selected: int, desk: Desk, lang: str = "zh") -> list[Sentence]:
    """The sentences of a line, in the order they are to be carried out. Never raises.

    `selected` is the case meant where none is named (0 = none); `lang` the language of the
    verbs a refusal suggests and of the note a severity becomes.
    """
    reader = Reader(selected, desk, lang)
    found: list[Sentence] = []
    for words in tokens.sentences(clean(text, LONGEST_LINE)):
        if words:
            found += reader.read(words)
    return found


class Reader:
    """Reads sentences with what one installation knows."""

    def __init__(self, selected: int, desk: Desk, lang: str) -> None:
        self._selected = selected
        self._desk = desk
        self._rulebook = desk.rulebook
        self._lang = lang

    def read(self, words: Sequence[Word]) -> list[Sentence]:
        """One sentence; several when it opens a case."""
        if number(words[0]):
            return [self._about(number(words[0]), words[1:])]
        if words[0].mark == ">":
            return [self._sentence("classify", self._selected, _unmarked(words))]
        verb = verbs.leading(words)
        if installed.may_open(self._rulebook, words[0].text, verb) and self._opens(words):
            return self._open(words)
        return self._begun_with(verb, words)

    def _begun_with(self, verb: Verb, words: Sequence[Word]) -> list[Sentence]:
        if not verb.command:
            return [Sentence("", {}, verbs.refusal(words, verb, self._lang))]
        rest = words[verb.length :]
        if COMMANDS[verb.command].about == "new" and not _is_explicit(rest):
            return Opening(self._rulebook, "", self._lang).read(rest)
        return [self._after_verb(verb.command, rest)]

    # --- a new case

    def _opens(self, words: Sequence[Word]) -> bool:
        """Whether the first word is a category, and what follows could be a caller."""
        if words[0].key or words[0].quoted:
            return False
        if len(words) > 1 and 0 < number(words[1]) < 10**7:
            return False
        return bool(installed.categories_meant(self._rulebook, words[0].text))

    def _open(self, words: Sequence[Word]) -> list[Sentence]:
        categories = installed.categories_meant(self._rulebook, words[0].text)
        if len(categories) > 1:
            return [Sentence("open", {}, opening.problem(words[0].text, categories))]
        return Opening(self._rulebook, categories[0], self._lang).read(words[1:])

    # --- a case there is

    def _about(self, case: int, words: Sequence[Word]) -> Sentence:
        """`1042 …`: the status word at the end, or the verb right after the number."""
        if words and words[0].mark == ">":
            return self._sentence("classify", case, _unmarked(words))
        first = verbs.leading(words, ABOUT_CASES)
        last = verbs.trailing(words, ABOUT_CASES)
        if last.command and not first.whole:
            return self._sentence(last.command, case, words[: -last.length], anywhere=True)
        if last.command not in ("", first.command) and not _takes_prose(first):
            return self._two_ways(case, first, last)
        if first.command:
            return self._sentence(first.command, case, words[first.length :])
        return self._no_verb(case, words, first)

    def _no_verb(self, case: int, words: Sequence[Word], first: Verb) -> Sentence:
        if not words or not first.commands:
            message = M("What has happened with case {case}?", case=case)
            problem = Refusal("command", message, verbs.NO_VERB)
        else:
            problem = verbs.refusal(words, first, self._lang)
        return Sentence("", {"case": str(case)}, problem)

    def _two_ways(self, case: int, first: Verb, last: Verb) -> Sentence:
        shown = verbs.shown((first.command, last.command), self._lang)
        problem = Refusal(
            "command",
            M("This can be read in two ways: {verbs}.", verbs=shown),
            M("Put the verb before the number of the case."),
        )
        return Sentence("", {"case": str(case)}, problem)

    def _after_verb(self, name: str, words: Sequence[Word]) -> Sentence:
        """`verb [1042] …`. Bare digits where the case stands are always a case."""
        if COMMANDS[name].about == "case" and words and number(words[0]):
            return self._sentence(name, number(words[0]), words[1:])
        return self._sentence(name, self._selected, words)

    def _sentence(
        self, name: str, case: int, words: Sequence[Word], anywhere: bool = False
    ) -> Sentence:
        command = COMMANDS[name]
        typed: dict[str, Any] = {}
        if command.about == "case" and case:
            typed["case"] = str(case)
        line = self._line_of(case) if command.param("division") else ""
        known = installed.known(self._desk.directory, self._rulebook, line)
        placing = Placing(command, typed, known, lambda: self._fields(typed), anywhere)
        problem = placing.place(words) or self._unheard_of(command, typed, known)
        if command.param("line") and "case" in typed and not line:
            self._add_line(typed, known)
        return Sentence(name, typed, problem)

    def _unheard_of(self, command: Command, typed: dict[str, Any], known: Known) -> Refusal | None:
        """A category or division nobody has is refused here, with those there are."""
        for key in VOCABULARIES:
            vocabulary, param = known.of(key), command.param(key)
            value = typed.get(key)
            if param is None or not value or vocabulary is None or value in vocabulary.values():
                continue
            choices = ", ".join(dict.fromkeys(vocabulary.values()))
            return Refusal(
                key,
                M("{label} cannot be “{typed}”.", label=param.label, typed=str(value)),
                M("Choose one of {choices}.", choices=choices) if choices else "",
            )
        return None

    def _line_of(self, case: int) -> str:
        row = self._desk.board_row(case) if case else None
        return row.line if row is not None else ""

    def _fields(self, typed: dict[str, Any]) -> dict[str, Field]:
        """The fields a case may have, by everything they are called."""
        case = str(typed.get("case", ""))
        row = self._desk.board_row(int(case)) if case.isdecimal() and len(case) < 13 else None
        line, division = (row.line, row.division) if row else ("", "")
        wanted = self._rulebook.lines.get(str(typed.get("line") or line))
        if wanted is not None:
            line = wanted.key
            if wanted.division(str(typed.get("division", ""))):
                division = str(typed["division"])
        return names.fields(self._rulebook.rules(line, division).fields.values())

    def _add_line(self, typed: dict[str, Any], known: Known) -> None:
        """Name the product line where what was typed leaves only one."""
        if "line" in typed or len(self._rulebook.lines) < 2:
            return
        category, division = str(typed.get("category", "")), str(typed.get("division", ""))
        if division in known.divisions.values():
            lines = [
                line
                for line in installed.lines_with(self._rulebook, category)
                if line.division(division)
            ]
            if len(lines) == 1:
                typed["line"] = lines[0].key


def _unmarked(words: Sequence[Word]) -> list[Word]:
    """The words after a lone `>`; a `>` at a word is left to say it is a division."""
    return list(words[1:] if len(words[0].text) == 1 else words)


def _is_explicit(words: Sequence[Word]) -> bool:
    """Whether an opening is written field by field, with nothing left to guess."""
    return bool(words) and all(word.key for word in words)


def _takes_prose(verb: Verb) -> bool:
    """Whether what follows the verb is a text, which may end with any word."""
    prose = COMMANDS[verb.command].param(PROSE)
    return prose is not None and bool(prose.required)
