"""One line for a new case: `t 深圳供电 张工 电表通讯中断 !2 >meter`.

The initial of a category, who calls, and why; `>` says what it is about, `!` how bad it
is, `/` separates what is wanted from what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from console.desk.sentence import installed, names
from console.desk.sentence.honorifics import place_of_name, split
from console.desk.sentence.kinds import is_phone
from console.desk.sentence.placing import VERSION, as_text
from console.desk.sentence.sentence import NEW, Sentence
from console.desk.sentence.tokens import Word, fold
from console.domain.commands import COMMANDS
from console.domain.fields import Field
from console.domain.refusal import Refusal, RefusedError
from console.domain.rulebook import Rulebook
from console.domain.rules import Line
from console.domain.words import L, M, Message

EXAMPLE = L("t 深圳供电 张工 电表通讯中断 >电能表", "t Depot Mr Peng two piles stopped >pile")
SEVERITY = L("严重程度", "severity")


class Opening:
    """Reads the words after the category. `category` is "" when a line only opens a case."""

    def __init__(self, rulebook: Rulebook, category: str, lang: str) -> None:
        self._rulebook = rulebook
        self._category = category
        self._lang = lang
        self._opened: dict[str, Any] = {}
        self._classified: dict[str, Any] = {}
        self._named: list[Word] = []
        self._free: list[Word] = []
        self._target = ""
        self._severity = ""

    def read(self, words: Sequence[Word]) -> list[Sentence]:
        """The case to be opened, its category, and a note; or one sentence with the problem."""
        try:
            for word in words:
                self._sort(word)
            line = self._line()
            self._name(line)
            self._say_who_and_why()
        except RefusedError as refused:
            return [Sentence("open", self._opened, refused.refusal)]
        sentences = [Sentence("open", self._opened)]
        if self._category:
            classified = {"case": NEW, "category": self._category, **self._classified}
            sentences.append(Sentence("classify", classified))
        if self._severity:
            text = f"{SEVERITY.within(self._lang)} {self._severity}"
            sentences.append(Sentence("note", {"case": NEW, "text": text}))
        return sentences

    def _sort(self, word: Word) -> None:
        rest = word.text[1:]
        if word.key:
            self._named.append(word)
        elif word.mark == ">" and rest:
            self._target = rest
        elif word.mark == "!" and rest:
            self._severity = rest
        elif is_phone(word) and "number" not in self._opened:
            self._opened["number"] = word.text
        else:
            self._free.append(word)

    # --- which product line, division and product

    def _line(self) -> Line | None:
        """The one line it can be about; None when that does not matter yet."""
        lines = self._rulebook.lines
        named = next((w.text for w in self._named if fold(w.key) in ("line", "产品线")), "")
        key = names.meant(names.labelled(lines.values()), named or self._target)
        if named and not key:
            raise RefusedError(
                "line", M("There is no product line “{line}”.", line=named), _one_of(lines.values())
            )
        if key and not named:
            self._target = ""
        found = installed.lines_with(self._rulebook, self._category, self._target, key)
        if self._target and not found:
            raise self._nothing_called()
        if self._category and len(found) != 1:
            raise RefusedError("line", M("Which product line?"), _one_of(lines.values()))
        return found[0] if len(found) == 1 else None

    def _nothing_called(self) -> RefusedError:
        lines = self._rulebook.lines.values()
        return RefusedError(
            "division",
            M("There is no division or product “{typed}”.", typed=self._target),
            _one_of(division for line in lines for division in line.divisions),
        )

    def _name(self, line: Line | None) -> None:
        """What is known of the line, and every `key=value`, each where it belongs."""
        if line is not None:
            self._opened = {"line": line.key, **self._opened}
            self._aim(line)
        division = line.division(self._classified.get("division", "")) if line else None
        later = names.fields((*COMMANDS["classify"].params, *(division.fields if division else ())))
        now = names.fields(
            (*self._rulebook.rules(line.key if line else "").fields.values(), *_OPEN.params)
        )
        for word in self._named:
            key = fold(word.key)
            if key in now:
                self._opened.setdefault(now[key].key, _value(now[key], word))
            elif key in later and self._category:
                self._classified[later[key].key] = _value(later[key], word)
            elif word.key != VERSION:
                self._opened[word.key] = word.text

    def _aim(self, line: Line) -> None:
        if not self._target:
            return
        product = installed.product_meant(self._rulebook, line, self._target)
        division = installed.division_meant(line, self._target)
        if product:
            self._opened[installed.PRODUCT] = product
        if division and self._category:
            self._classified["division"] = division
        if division and not product and not self._category:
            raise RefusedError(
                "category",
                M("A division is chosen together with a category."),
                M("Begin the line with one, for example: {example}", example=EXAMPLE),
            )

    # --- who calls, and why

    def _say_who_and_why(self) -> None:
        said, wanted = _divided(self._free)
        if wanted:
            self._opened.setdefault("need", as_text(wanted))
        first, count = place_of_name([word.text for word in said])
        if first < 0:
            first, count = (1, 1) if len(said) > 2 else (min(len(said), 1), 0)
        self._put("employer", said[:first])
        self._put_person(said[first : first + count])
        self._put("reason", said[first + count :])
        who = self._opened.get("employer") or self._opened.get("contact_name")
        if not who or not self._opened.get("reason"):
            raise RefusedError(
                "open",
                M("One line for a new case says who calls and why."),
                M("For example: {example}", example=EXAMPLE),
            )

    def _put(self, key: str, words: Sequence[Word]) -> None:
        if words:
            self._opened.setdefault(key, as_text(words))

    def _put_person(self, words: Sequence[Word]) -> None:
        if not words:
            return
        name, honorific = split(" ".join(word.text for word in words))
        self._opened.setdefault("contact_name", name)
        if honorific:
            self._opened.setdefault("honorific", honorific)


_OPEN = COMMANDS["open"]


def _value(field: Field, word: Word) -> str:
    return names.choices(field).get(fold(word.text), word.text)


def _divided(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """What stands before a lone `/` and what after it."""
    places = [i for i, word in enumerate(words) if word.text in ("/", "／") and not word.quoted]
    if not places:
        return list(words), []
    return list(words[: places[0]]), list(words[places[0] + 1 :])


def _one_of(choices: Iterable[Any]) -> Message | str:
    keys = ", ".join(choice.key for choice in choices)
    return M("Choose one of {choices}.", choices=keys) if keys else ""


def problem(typed: str, categories: Sequence[str]) -> Refusal:
    """Why an initial does not say which category."""
    return Refusal(
        "category",
        M("“{typed}” may mean several things.", typed=typed),
        M("Write more of it: {verbs}.", verbs=", ".join(categories)),
    )
