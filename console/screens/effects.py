"""A sentence of the command bar and what it would do, in the reader's words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.desk import Desk, Preview
from console.desk.outcome import DueLine
from console.desk.sentence import NEW, Sentence, installed
from console.desk.sentence.kinds import ANSWERS, VOCABULARIES, is_personal
from console.domain.commands import COMMANDS
from console.domain.fields import Choice, DateTime, Field, Flag
from console.domain.moments import parse_moment
from console.domain.notices import NoticeRow
from console.domain.refusal import Refusal
from console.domain.words import M
from console.speech import Speech

_ORDER = ("moved", "stopped", "dropped", "started", "unchanged")
_UNCHANGED = 2
"""So many clocks that stay as they are are worth the room."""


class Effects:
    """Says sentences and their effects to one reader."""

    def __init__(self, desk: Desk, speech: Speech) -> None:
        self._desk = desk
        self._speech = speech
        self._say = speech.say

    # --- what was understood

    def understood(self, sentence: Sentence) -> str:
        """The sentence as it will be carried out: the case, the command, every field."""
        command, typed = COMMANDS[sentence.command], sentence.typed
        case = typed.get("case")
        fields = self._fields(typed)
        parts = [
            self._part(sentence.command, key, value, fields.get(key))
            for key, value in typed.items()
            if key != "case" and not (sentence.command == "open" and key == "line")
        ]
        head = self._say(command.label)
        if case is NEW or command.about == "new":
            head = f"{self._say(M('new case'))} → {head}"
        elif case:
            head = f"{case} → {head}"
        if not parts:
            return head
        return self._say(M("{command} ({fields})", command=head, fields=self._speech.listed(parts)))

    def _fields(self, typed: Mapping[str, Any]) -> dict[str, Field]:
        """The fields of the case, by key, where a sentence carries any."""
        rulebook, line, division = self._desk.rulebook, str(typed.get("line", "")), ""
        if line not in rulebook.lines:
            number = str(typed.get("case", ""))
            known = number.isascii() and number.isdigit() and len(number) <= 12
            row = self._desk.board_row(int(number)) if known else None
            line, division = (row.line, row.division) if row is not None else ("", "")
        return rulebook.rules(line, division).fields

    def _part(self, command: str, key: str, value: Any, of_case: Field | None) -> str:
        field = COMMANDS[command].param(key) or of_case
        if field is None:
            return f"{key}={value}"
        label = self._say(field.label)
        if key in VOCABULARIES:
            return self._of_line(key, str(value))
        if is_personal(COMMANDS[command], key) and COMMANDS[command].param(key):
            person = self._person(str(value))
            return person if key == "to" else f"{label} {person}"
        if key == "text":
            return f"“{value}”"
        if isinstance(field, Flag) and value is True and key not in ANSWERS:
            return label
        return f"{label} {self._value(field, value)}"

    def _value(self, field: Field, value: Any) -> str:
        if isinstance(field, DateTime) and isinstance(value, str):
            return self._moment(value)
        if isinstance(field, Flag) and isinstance(value, bool):
            return field.format(value, self._speech.lang)
        if isinstance(field, Choice) and value in field.choices:
            return field.format(value, self._speech.lang)
        return str(value)

    def _moment(self, typed: str) -> str:
        try:
            return self._time(parse_moment(typed, self._desk.now(), self._speech.zone))
        except (ValueError, OverflowError):
            return typed

    def _of_line(self, key: str, value: str) -> str:
        for choice in installed.choices_of(self._desk.rulebook, key):
            if choice.key == value:
                return self._say(choice.label)
        return value

    def _person(self, key: str) -> str:
        person = self._desk.directory.get(key)
        return person.name if person is not None else self._slot(key)

    def _slot(self, key: str) -> str:
        lines = self._desk.rulebook.lines.values()
        label = next((line.slots[key] for line in lines if key in line.slots), None)
        return self._say(label) if label is not None else key

    # --- what it would do

    def foreseen(self, preview: Preview) -> str:
        """Clocks and notices, or why it is refused."""
        if preview.refusal is not None:
            return self.refusal(preview.refusal)
        if not preview.facts:
            return self._say(M("Nothing to do: it is so already."))
        parts = [*self._clocks(preview.dues)]
        told = self._told(preview.notices)
        if told:
            parts.append(self._say(M("will tell {people}", people=told)))
        return "; ".join(parts)

    def refusal(self, refusal: Refusal) -> str:
        """What is refused, by which clause, and what to do instead."""
        text = self._say(refusal.message)
        if refusal.clause:
            text = f"{text} [{refusal.clause}]"
        return f"✗ {text} → {self._say(refusal.remedy)}" if refusal.remedy else f"✗ {text}"

    def _clocks(self, dues: Iterable[DueLine]) -> Iterable[str]:
        left = _UNCHANGED
        for due in sorted(dues, key=lambda due: _ORDER.index(due.change)):
            if due.change == "unchanged":
                if due.after is None or not left:
                    continue
                left -= 1
            yield self._say(self._clock(due))

    def _clock(self, due: DueLine) -> Any:
        label = due.label
        after = self._time(due.after) if due.after is not None else ""
        if due.change == "unchanged":
            return M("{label} {due} unchanged", label=label, due=after)
        if due.change == "stopped":
            return M("{label} met", label=label)
        if due.change == "dropped":
            return M("{label} no longer applies", label=label)
        if not after:
            return M("{label} starts", label=label)
        if due.change == "started" or due.before is None:
            return M("{label} due {due}", label=label, due=after)
        return M("{label} {old} → {due}", label=label, old=self._time(due.before), due=after)

    def _told(self, rows: Iterable[NoticeRow]) -> str:
        names = dict.fromkeys(
            self._speech.name(row.person) if row.person else self._slot(row.slot) for row in rows
        )
        return self._speech.listed(names)

    def _time(self, at: int) -> str:
        """The time of day, with the day when it is another one."""
        moment = self._speech.moment(at, seconds=False)
        today = self._speech.moment(self._desk.now(), seconds=False)
        return moment[-5:] if moment[:5] == today[:5] else moment
