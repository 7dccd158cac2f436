"""Fields of a case, a form or a command: what may be written, how it is read back.

A field owns `parse` (what was typed → the stored value), `format` (the stored value → a
reader's language) and the kind of widget that edits it. Stored values are plain JSON:
str, int, float, bool, list of str.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any, ClassVar

from console.domain.cleantext import clean
from console.domain.conditions import Attributes, Condition
from console.domain.words import Label, M, Message

OTHER = "other:"
TEXT_LIMIT = 200
LONG_TEXT_LIMIT = 20_000
GRAVEST = 3
_YEAR_3000 = 32_503_680_000


class FieldProblemError(ValueError):
    """What was typed cannot be stored; `message` says why and what to type instead."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text.format(**message.args))
        self.message = message


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """What every field has.

    `required` is the phase before whose end it must be filled: intake, dispatch or close
    ("" = optional); `required_if` narrows that; `show_when` hides it while it is pointless.
    `clause` is where the regulation asks for it, `rule` the limit it serves.
    """

    key: str
    label: Label
    required: str = ""
    required_if: Condition | None = None
    show_when: Condition | None = None
    help: Label | None = None
    example: str = ""
    clause: str = ""
    rule: str = ""
    sensitive: bool = False
    renamed_from: str = ""
    retired: bool = False
    widget: ClassVar[str] = "text"

    def parse(self, typed: Any) -> Any:
        """The value to store. Raises FieldProblemError."""
        return self.text(typed)

    def text(self, typed: Any, limit: int = TEXT_LIMIT, *, multiline: bool = False) -> str:
        """What was typed without anything invisible. Too much of it is refused, not cut:
        nobody's words are lost silently. Raises FieldProblemError."""
        cleaned = clean(str(typed), 2 * limit, multiline=multiline).strip()
        if len(cleaned) > limit:
            raise FieldProblemError(
                M(
                    "{label} is longer than {limit} characters; shorten it, or put the rest "
                    "into a note",
                    label=self.label,
                    limit=limit,
                )
            )
        return cleaned

    @property
    def asked(self) -> bool:
        """Whether anybody may fill it in; what says itself is not asked for."""
        return True

    def format(self, value: Any, lang: str) -> str:
        """The stored value in words."""
        return str(value)

    def search_text(self, value: Any) -> str:
        """What a search for this value may be typed as."""
        return self.format(value, "zh")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text(Field):
    """One line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LongText(Field):
    """Several lines."""

    widget: ClassVar[str] = "long"

    def parse(self, typed: Any) -> Any:
        return self.text(typed, LONG_TEXT_LIMIT, multiline=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Serial(Field):
    """A number printed on a device, checked against `pattern` (the whole text must match)."""

    pattern: str = r"[A-Za-z0-9./_-]{1,40}"

    def parse(self, typed: Any) -> Any:
        text = self.text(typed)
        if text and not re.fullmatch(self.pattern, text):
            raise FieldProblemError(
                M(
                    "{label} cannot be “{typed}”; it looks like {example}",
                    label=self.label,
                    typed=text,
                    example=self.example or self.pattern,
                )
            )
        return text


class Version(Serial):
    """A program version."""


class Person(Field):
    """A person: the key of an account or a slot."""

    __slots__ = ()
    widget: ClassVar[str] = "person"

    def format(self, value: Any, lang: str) -> str:
        return str(value)


class Place(Text):
    """A province or a city."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice(Field):
    """One of several values. What the list does not hold is stored as other + text.

    With `flagging`, choosing a value is a fact of its own, as ticking a flag is. Values in
    `retired_choices` are still read, but cannot be chosen any more. One with `derived` says
    itself: the first value whose condition holds. Nobody types it.
    """

    choices: Mapping[str, Label]
    open: bool = True
    flagging: bool = False
    retired_choices: tuple[str, ...] = ()
    derived: Mapping[str, Condition] = default(default_factory=dict)
    widget: ClassVar[str] = "choice"

    def parse(self, typed: Any) -> Any:
        return self._one(self.text(typed))

    @property
    def asked(self) -> bool:
        return not self.derived

    def derive(self, attributes: Attributes) -> Any:
        """What it says by itself; None when it says nothing."""
        holding = (value for value, when in self.derived.items() if when.holds(attributes))
        return next(holding, None)

    @property
    def offered(self) -> Mapping[str, Label]:
        """What can be chosen today."""
        if not self.retired_choices:
            return self.choices
        return {k: label for k, label in self.choices.items() if k not in self.retired_choices}

    def _one(self, text: str) -> str:
        if not self.asked:
            raise FieldProblemError(M("{label} says itself; nobody fills it in", label=self.label))
        offered = self.offered
        if text in offered or not text:
            return text
        folded = text.casefold()
        hits = [
            key
            for key, label in offered.items()
            if folded in (key.casefold(), label.zh.casefold(), label.en.casefold())
        ] or [
            key
            for key, label in offered.items()
            if key.casefold().startswith(folded) or label.en.casefold().startswith(folded)
        ]
        if len(hits) == 1:
            return hits[0]
        if self.open and not hits and text not in self.choices:
            return text if text.startswith(OTHER) else OTHER + text
        raise FieldProblemError(
            M(
                "{label} cannot be “{typed}”; choose one of {choices}",
                label=self.label,
                typed=text,
                choices=", ".join(offered),
            )
        )

    def format(self, value: Any, lang: str) -> str:
        text = str(value)
        label = self.choices.get(text)
        return label.within(lang) if label else text.removeprefix(OTHER)

    def search_text(self, value: Any) -> str:
        return f"{value} {self.format(value, 'zh')} {self.format(value, 'en')}"


@dataclass(frozen=True, kw_only=True, slots=True)
class MultiChoice(Choice):
    """Several of several values, written with commas."""

    widget: ClassVar[str] = "choices"

    def parse(self, typed: Any) -> Any:
        parts = typed if isinstance(typed, (list, tuple)) else re.split(r"[,，、;；]", str(typed))
        cleaned = (self.text(part) for part in parts)
        return list(dict.fromkeys(self._one(part) for part in cleaned if part))

    def derive(self, attributes: Attributes) -> Any:
        return [value for value, when in self.derived.items() if when.holds(attributes)] or None

    def format(self, value: Any, lang: str) -> str:
        glue = "、" if lang.startswith("zh") else ", "
        return glue.join(Choice.format(self, one, lang) for one in value)

    def search_text(self, value: Any) -> str:
        shown = (Choice.format(self, one, lang) for lang in ("zh", "en") for one in value)
        return " ".join((*value, *shown))


_YES = frozenset(("yes", "y", "true", "1", "on", "x", "是", "有", "√", "✓", "对"))
_NO = frozenset(("", "no", "n", "false", "0", "off", "否", "无", "没有", "没"))
YES = Label("是", "yes")
NO = Label("否", "no")


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag(Field):
    """Ticked or not. One with `derived` is also ticked by itself as soon as that holds, and
    stays so; `severity` (1 to 3) is how grave it makes the case."""

    derived: Condition | None = None
    severity: int = 0
    widget: ClassVar[str] = "flag"

    def __post_init__(self) -> None:
        if not 0 <= self.severity <= GRAVEST:
            raise ValueError(f"flag {self.key}: severity is 0 to {GRAVEST}")

    def derive(self, attributes: Attributes) -> Any:
        """Whether it is ticked, by somebody or by itself."""
        holds = self.derived is not None and self.derived.holds(attributes)
        return True if holds else attributes.get(self.key)

    def parse(self, typed: Any) -> Any:
        if isinstance(typed, bool):
            return typed
        text = str(typed).strip().casefold()
        if text in _YES:
            return True
        if text in _NO:
            return False
        raise FieldProblemError(
            M("{label} is answered with yes or no, not “{typed}”", label=self.label, typed=text)
        )

    def format(self, value: Any, lang: str) -> str:
        return (YES if value else NO).within(lang)


@dataclass(frozen=True, kw_only=True, slots=True)
class Integer(Field):
    """A whole number between `least` and `most`."""

    least: int = 0
    most: int = 10**12

    def parse(self, typed: Any) -> Any:
        text = str(typed).strip().replace(",", "").replace("，", "")
        if not re.fullmatch(r"-?\d{1,15}", text) or not self.least <= int(text) <= self.most:
            raise FieldProblemError(
                M(
                    "{label} is a whole number from {least} to {most}, not “{typed}”",
                    label=self.label,
                    least=self.least,
                    most=self.most,
                    typed=text,
                )
            )
        return int(text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Number(Field):
    """A number with a unit."""

    unit: str = ""

    def parse(self, typed: Any) -> Any:
        text = str(typed).strip().replace(",", "").removesuffix(self.unit).strip()
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text):
            raise FieldProblemError(
                M("{label} is a number, not “{typed}”", label=self.label, typed=text)
            )
        return float(text)

    def format(self, value: Any, lang: str) -> str:
        digits = f"{value:.6f}".rstrip("0").rstrip(".")
        return f"{digits} {self.unit}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Date(Field):
    """A calendar date, `2026-03-20`."""

    def parse(self, typed: Any) -> Any:
        from datetime import date  # noqa: PLC0415 - only forms with dates pay for it

        text = str(typed).strip().replace("/", "-")
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise FieldProblemError(
                M("{label} is a date like 2026-03-20, not “{typed}”", label=self.label, typed=text)
            ) from None


@dataclass(frozen=True, kw_only=True, slots=True)
class DateTime(Field):
    """A moment; the desk turns what was typed into UTC seconds before the field sees it."""

    widget: ClassVar[str] = "moment"

    def parse(self, typed: Any) -> Any:
        if isinstance(typed, int) and not isinstance(typed, bool) and 0 <= typed < _YEAR_3000:
            return typed
        raise FieldProblemError(
            M("{label} is a moment like 09:45, not “{typed}”", label=self.label, typed=str(typed))
        )

    def format(self, value: Any, lang: str) -> str:
        from console.domain.moments import local_time  # noqa: PLC0415 - only where one is shown

        return local_time(int(value)).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True, kw_only=True, slots=True)
class Phone(Field):
    """A telephone number; stored as E.164 where it can be understood, else as received."""

    widget: ClassVar[str] = "phone"

    def parse(self, typed: Any) -> Any:
        from console.domain.numbers import understand  # noqa: PLC0415 - costs 20-40 ms

        text = self.text(typed)
        if not text:
            return ""
        number = understand(text)
        return number.e164 or text

    def format(self, value: Any, lang: str) -> str:
        from console.domain.numbers import understand  # noqa: PLC0415

        return understand(str(value)).shown
