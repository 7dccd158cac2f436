"""What Tab offers: verbs, cases on the board, people, categories, divisions, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from console.desk.desk import Desk
from console.desk.sentence import installed, names, tokens, verbs
from console.desk.sentence.kinds import is_personal
from console.desk.sentence.parsing import ABOUT_CASES, LONGEST_LINE
from console.desk.sentence.tokens import Word, fold, number
from console.domain.commands import COMMANDS, Command
from console.domain.fields import Choice, Field
from console.domain.words import Label

MOST = 24
"""No more completions than anybody reads."""

_KEY = re.compile(r"[^\W\d]\w*")
_LAST_WORD = re.compile(r"[^\s;；]*\Z")


@dataclass(frozen=True, slots=True)
class Completion:
    """A line with its last word completed; `label` is that word, for a list of several."""

    line: str
    label: str


def complete(
    text: str, *, selected: int, desk: Desk, lang: str = "zh", cases: Iterable[int] = ()
) -> list[Completion]:
    """The lines `text` may be on its way to, at most `MOST`. Never raises.

    `cases` are the numbers on the board, the most urgent first.
    """
    begun = _LAST_WORD.search(text[:LONGEST_LINE])
    if begun is None or len(text) > LONGEST_LINE:
        return []
    head, word = text[: begun.start()], begun[0]
    offers = Offers(desk, selected, lang, cases)
    found: dict[str, Completion] = {}
    for offer in offers.after(tokens.sentences(head)[-1], word):
        if fold(offer).startswith(fold(word)) and offer not in found:
            space = "" if offer.endswith("=") else " "
            found[offer] = Completion(f"{head}{offer}{space}", offer)
            if len(found) == MOST:
                break
    return list(found.values())


class Offers:
    """What may come next, the likeliest first."""

    def __init__(self, desk: Desk, selected: int, lang: str, cases: Iterable[int]) -> None:
        self._desk = desk
        self._selected = selected
        self._lang = lang
        self._cases = cases
        self._known = installed.known(desk.directory, desk.rulebook)

    def after(self, words: Sequence[Word], begun: str) -> Iterator[str]:
        """Words that may follow `words`; `begun` is the beginning of the next one."""
        if not words:
            yield from self._firsts(begun)
            return
        case = number(words[0])
        rest = words[1:] if case else words
        if not rest:
            yield from self._verbs(ABOUT_CASES)
            return
        verb = verbs.leading(rest, ABOUT_CASES) if case else verbs.leading(rest)
        first, rulebook = words[0].text, self._desk.rulebook
        opens = not case and installed.may_open(rulebook, first, verb)
        if opens and installed.categories_meant(rulebook, first):
            yield from self._of_opening(begun)
        elif verb.command:
            yield from self._of_command(verb.command, rest[verb.length :], case, begun)
        elif case:
            yield from self._verbs(ABOUT_CASES)

    def _firsts(self, begun: str) -> Iterator[str]:
        if begun[:1].isdigit():
            yield from (str(case) for case in self._cases)
        else:
            yield from self._verbs(frozenset(COMMANDS))

    def _verbs(self, among: frozenset[str]) -> Iterator[str]:
        commands = [command for command in COMMANDS.values() if command.name in among]
        if self._lang.startswith("zh"):
            yield from (command.label.zh for command in commands)
        yield from (command.name for command in commands)

    def _of_opening(self, begun: str) -> Iterator[str]:
        if begun[:1] in (">", "\uff1e"):
            yield from (begun[0] + self._said(label) for label in self._targets())
        else:
            fields = self._fields("open", 0)
            yield from self._of_fields(fields, begun)

    def _targets(self) -> Iterator[Label]:
        for line in self._desk.rulebook.lines.values():
            yield from (division.label for division in line.divisions)
            product = self._desk.rulebook.rules(line.key).fields.get(installed.PRODUCT)
            if isinstance(product, Choice):
                yield from product.choices.values()

    def _of_command(self, name: str, words: Sequence[Word], case: int, begun: str) -> Iterator[str]:
        command = COMMANDS[name]
        if name in ABOUT_CASES and not case:
            if not words and begun[:1] in ("", *"0123456789"):
                yield from (str(one) for one in self._cases)
            elif words:
                case = number(words[0])
        given = {word.key for word in words}
        if begun and begun[0] in (">", "\uff1e") and command.param("division"):
            yield from (begun[0] + one for one in self._closed("division"))
        for param in command.params:
            if param.key not in given:
                yield from self._values(command, param, begun)
        yield from self._of_fields(self._fields(name, case or self._selected), begun)

    def _values(self, command: Command, param: Field, begun: str) -> Iterator[str]:
        if self._known.of(param.key) is not None:
            yield from self._closed(param.key)
        elif is_personal(command, param.key):
            yield from self._people(begun)
        elif isinstance(param, Choice):
            yield from (self._said(label) for label in param.choices.values())

    def _people(self, begun: str) -> Iterator[str]:
        """Keys; once something has been typed, whatever else they are called."""
        yield from dict.fromkeys(self._known.people.values())
        if begun:
            yield from (_one_word(text) for text in self._known.people)

    def _closed(self, key: str) -> Iterator[str]:
        choices = installed.choices_of(self._desk.rulebook, key)
        yield from (self._said(choice.label) for choice in choices)
        yield from (choice.key for choice in choices)

    def _fields(self, name: str, case: int) -> dict[str, Field]:
        """The fields of a command, by the word that stands before `=`."""
        command = COMMANDS[name]
        row = self._desk.board_row(case) if case else None
        several = list(command.params)
        if command.open_fields:
            line, division = (row.line, row.division) if row else ("", "")
            several += self._desk.rulebook.rules(line, division).fields.values()
        return {field.key: field for field in several if field.asked and not field.retired}

    def _of_fields(self, fields: dict[str, Field], begun: str) -> Iterator[str]:
        key, equals, _ = begun.partition("=")
        if equals:
            field = names.fields(fields.values()).get(fold(key))
            if isinstance(field, Choice):
                for value, label in field.choices.items():
                    yield f"{key}={self._said(label)}"
                    yield f"{key}={value}"
            elif field is not None and self._known.of(field.key) is not None:
                yield from (f"{key}={value}" for value in self._closed(field.key))
            return
        if self._lang.startswith("zh"):
            labels = (field.label.zh for field in fields.values())
            yield from (f"{label}=" for label in labels if _KEY.fullmatch(label))
        yield from (f"{key}=" for key in fields)

    def _said(self, label: Label) -> str:
        return _one_word(label.within(self._lang))


def _one_word(text: str) -> str:
    """A label as one word: underscores compare like spaces."""
    return "_".join(text.split())
