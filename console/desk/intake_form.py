"""The intake form as a value: what is typed, what is shown, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from console.desk.caller import Caller
from console.desk.intake_chain import Sent, nothing, sent_of
from console.desk.intake_fields import WITHHELD, Entry, default_person, entries
from console.domain.fields import DateTime, Field, FieldProblemError, Person
from console.domain.moments import DEFAULT_ZONE, parse_moment
from console.domain.people import Directory
from console.domain.rulebook import Rulebook, RuleSet
from console.domain.rules import Category
from console.domain.words import M, Message

PHASES_UP_TO = {"intake": ("intake",), "dispatch": ("intake", "dispatch")}


class IntakeForm:
    """What an operator types while a caller is on the line.

    `values` holds it as typed: text, True or False for a flag, a list for several choices.
    `call` is the key of the call, "" for a case that came another way.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        directory: Directory,
        call: str = "",
        caller: Caller | None = None,
        zone: str = DEFAULT_ZONE,
    ) -> None:
        self.rulebook = rulebook
        self.directory = directory
        self.call = call
        self.caller = caller or Caller()
        self.zone = zone
        self.sent = Sent()
        self.typed_in = False
        self.values: dict[str, Any] = {}
        self._parsed: dict[str, Any] = {}
        self._entries: tuple[Entry, ...] = ()
        self._shape: tuple[str, str] | None = None
        self._prefill()

    # --- what is shown

    @property
    def line(self) -> str:
        """The product line: chosen, or the only one there is."""
        lines = self.rulebook.lines
        return next(iter(lines)) if len(lines) == 1 else str(self._parsed.get("line") or "")

    @property
    def category(self) -> Category | None:
        return self.rulebook.rules(self.line).category(str(self._parsed.get("category") or ""))

    @property
    def division(self) -> str:
        """The target: chosen, or where the category goes by default."""
        chosen = str(self._parsed.get("division") or "")
        return chosen or (self.category.route if self.category else "")

    @property
    def rules(self) -> RuleSet:
        return self.rulebook.rules(self.line, self.division)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All fields of the line and division chosen now, hidden ones too."""
        shape = (self.line, self.division)
        if shape != self._shape:
            self._shape = shape
            self._entries = entries(
                self.rulebook, *shape, called=bool(self.call), known=self.caller.known
            )
        return self._entries

    def entry(self, key: str) -> Entry | None:
        return next((one for one in self.entries if one.key == key), None)

    def shows(self, entry: Entry) -> bool:
        """Whether the field is to be seen as things stand."""
        condition = entry.field.show_when
        return condition is None or condition.holds(self.attributes)

    @property
    def attributes(self) -> dict[str, Any]:
        """What conditions look at: parsed values, line, category, division."""
        mine = {"line": self.line, "division": self.division}
        return {"channel": "phone", "category": "", **self._parsed, **mine}

    # --- what is typed

    def put(self, key: str, typed: Any, now: int = 0) -> None:
        """Take what was typed into a field. `now` is the present (UTC seconds)."""
        self.typed_in = True
        self._set(key, typed, now)

    def _set(self, key: str, typed: Any, now: int) -> None:
        before = {entry.key: entry.field for entry in self.entries}
        self.values[key] = typed
        self._read(key, now)
        if self._shape != (self.line, self.division):
            for entry in self.entries:
                if entry.key in self.values and before.get(entry.key) is not entry.field:
                    self._read(entry.key, now)

    def _read(self, key: str, now: int) -> None:
        entry = self.entry(key)
        self._parsed.pop(key, None)
        if entry is None:
            return
        with suppress(FieldProblemError):
            self._parsed[key] = self._parse(entry.field, self.values[key], now)

    def _parse(self, one: Field, typed: Any, now: int) -> Any:
        if nothing(typed):
            return typed
        if isinstance(one, DateTime) and isinstance(typed, str):
            return _moment(one, typed, now, self.zone)
        if isinstance(one, Person):
            return self._person(one, str(typed))
        return one.parse(typed)

    def _person(self, one: Field, typed: str) -> str:
        found = self.directory.find(typed.strip())
        if found is None:
            message = M("{label}: nobody is called “{typed}”", label=one.label, typed=typed)
            raise FieldProblemError(message)
        return found.key

    def parsed(self, key: str) -> Any:
        """The value a field would be stored with; None while it cannot be."""
        return self._parsed.get(key)

    def problem(self, key: str, now: int = 0) -> Message | None:
        """Why what is typed in a field cannot be stored."""
        entry, typed = self.entry(key), self.values.get(key)
        if entry is None or nothing(typed):
            return None
        try:
            self._parse(entry.field, typed, now)
        except FieldProblemError as problem:
            return problem.message
        return None

    def _prefill(self) -> None:
        """What is known before the first key. It is no draft yet."""
        if not self.call:
            self._set("channel", "phone", 0)
        for key, text in self.caller.values.items():
            self._set(key, text, 0)
        if self.caller.shown and not self.caller.withheld:
            self._set("contact_phone", self.caller.shown, 0)
        if self.caller.withheld:
            self._set("save_contact", WITHHELD, 0)

    # --- what is missing

    def phase(self, entry: Entry) -> str:
        """The phase a field is still needed for, "" when it has a value or is optional."""
        one = entry.field
        if not one.required or not self.shows(entry):
            return ""
        if one.required_if is not None and not one.required_if.holds(self.attributes):
            return ""
        return one.required if nothing(self.parsed(entry.key)) else ""

    def missing(self, phase: str = "") -> list[Entry]:
        """What must still be filled in: before dispatch when the form dispatches."""
        phases = PHASES_UP_TO[phase or ("dispatch" if self.assigns else "intake")]
        return [entry for entry in self.entries if self.phase(entry) in phases]

    @property
    def assigns(self) -> bool:
        """Whether sending gives the case to somebody."""
        return self.category is not None and bool(self.assignee)

    @property
    def assignee(self) -> str:
        """Who will get the case: named, or whoever fills the slot of the target."""
        return str(self._parsed.get("assignee") or "") or self.default("assignee")

    def default(self, key: str) -> str:
        """Who does it when nobody is named in a field for a person."""
        if key not in ("assignee", "tracker"):
            return ""
        slot = "support_engineer" if key == "tracker" else ""
        return default_person(self.rules, self.directory, slot, self.attributes)

    # --- drafts

    def draft(self) -> dict[str, Any]:
        """Everything worth keeping, as JSON."""
        kept: dict[str, Any] = {"call": self.call, "values": dict(self.values)}
        kept["sent"] = asdict(self.sent)
        return kept

    def restore(self, kept: Mapping[str, Any], now: int = 0) -> None:
        """Take up a draft again. What this version does not know of it is ignored."""
        for key, typed in dict(kept.get("values") or {}).items():
            self.put(str(key), typed, now)
        self.sent = sent_of(kept.get("sent") or {})
        self.typed_in = True


def _moment(one: Field, typed: str, now: int, zone: str) -> int:
    try:
        return parse_moment(typed, now, zone)
    except ValueError:
        message = M("{label} is a moment like 09:45, not “{typed}”", label=one.label, typed=typed)
        raise FieldProblemError(message) from None
