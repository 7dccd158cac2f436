"""A case (工单): one customer need from first contact to closure, folded from its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from console.domain import escalation, forms, notices, telling
from console.domain.clock import Clock
from console.domain.clockwork import Clockwork, Reckoner
from console.domain.facts import Fact
from console.domain.rulebook import IN_FORCE, Rulebook, RuleSet, Versions
from console.domain.states import CLOSED, OPEN, state_after

ROLES = ("owner", "assignee", "tracker", "custodian")
"""Who took the question first, who works on it, who follows it, who holds it off shift."""

BUILT_IN = frozenset(
    (
        *ROLES,
        "receiver",
        "relief",
        "successor",
        "line",
        "category",
        "division",
        "state",
        "cycle",
        "channel",
        "number",
        "urged",
        "severity",
        "version",
        "known",
        "promised",
    )
)
"""Attributes every case has; a line's fields may not take these names. `receiver` is whom
the case is being offered to, `successor` who is to become its owner, `relief` who is to hold
it off shift, `promised` the instant the customer waits for (UTC seconds)."""


class Case:
    """The fold of a case's facts under the rules of its line.

    `attributes` holds the built-in attributes and the values of all fields, `filled_by` who
    gave each field its value. `version` is the sequence number of the last fact: a write
    names the version its author saw.
    """

    __slots__ = (
        "attributes",
        "calls",
        "clockwork",
        "closed_at",
        "facts",
        "filled_by",
        "forms",
        "notices",
        "number",
        "opened_at",
        "reckoner",
        "rulebook",
        "rules",
        "version",
        "versions",
    )

    def __init__(self, number: int, rulebook: Rulebook, reckoner: Reckoner) -> None:
        self.number = number
        self.rulebook = rulebook
        self.reckoner = reckoner
        self.rules: RuleSet = rulebook.rules("")
        self.versions: Versions = IN_FORCE
        self.clockwork = Clockwork(self.rules, reckoner)
        self.attributes: dict[str, Any] = dict.fromkeys(BUILT_IN, "")
        self.attributes.update(state=OPEN, cycle=1, urged=0, severity=0)
        self.facts: list[Fact] = []
        self.filled_by: dict[str, str] = {}
        self.forms: dict[str, forms.FormState] = {}
        self.notices: list[notices.NoticeRow] = []
        self.calls: list[str] = []
        self.version = 0
        self.opened_at = 0
        self.closed_at: int | None = None

    @property
    def subject(self) -> str:
        return f"case:{self.number}"

    @property
    def line(self) -> str:
        return str(self.attributes["line"])

    @property
    def category(self) -> str:
        return str(self.attributes["category"])

    @property
    def division(self) -> str:
        return str(self.attributes["division"])

    @property
    def owner(self) -> str:
        return str(self.attributes["owner"])

    @property
    def assignee(self) -> str:
        return str(self.attributes["assignee"])

    @property
    def state(self) -> str:
        return str(self.attributes["state"])

    @property
    def is_open(self) -> bool:
        return self.state != CLOSED

    @property
    def clocks(self) -> list[Clock]:
        """Every clock the case ever had, in the order they began."""
        return self.clockwork.clocks

    def running(self) -> list[Clock]:
        """Open clocks, the most pressing first."""
        return self.clockwork.running()

    def next_moment(self) -> int | None:
        """When something must be journaled though nobody presses a key (UTC seconds)."""
        moments = (self.clockwork.next_moment(), escalation.next_moment(self))
        return min((moment for moment in moments if moment is not None), default=None)

    def value(self, field: str) -> Any:
        return self.attributes.get(field)

    def filled_since(self, seq: int) -> set[str]:
        """The fields given a value by the facts from a sequence number on."""
        return {
            key
            for fact in self.facts
            if fact.seq >= seq and fact.kind == "filled"
            for key in fact.body["values"]
        }

    def told(self) -> set[str]:
        """The notices raised in this cycle."""
        raised = (fact for fact in self.this_cycle() if fact.kind == notices.RAISED)
        return {fact.body["notice"] for fact in raised}

    def this_cycle(self) -> list[Fact]:
        """The facts since the case was opened or last reopened."""
        for position in range(len(self.facts) - 1, -1, -1):
            if self.facts[position].kind == "reopened":
                return self.facts[position:]
        return self.facts

    def happened(self, kind: str) -> Fact | None:
        """The latest fact of a kind in this cycle."""
        for fact in reversed(self.facts):
            if fact.kind == kind:
                return fact
            if fact.kind == "reopened":
                return None
        return None

    def apply(self, fact: Fact) -> None:
        """Fold one more fact."""
        attributes = self.attributes
        before = (attributes["line"], attributes["division"])
        changed = _HANDLERS.get(fact.kind, _unchanged)(self, fact)
        self._carry_renamed()
        state = self._state_after(fact)
        if state != attributes["state"]:
            attributes["state"] = state
            changed = (*changed, "state")
        changed = (*changed, *self._derive())
        self.facts.append(fact)
        self.version = fact.seq
        self.clockwork.follow(fact, attributes, changed)
        now = (attributes["line"], attributes["division"])
        if now != before:
            self.versions = _versions_after(self.versions, before, now, fact)
            self._come_under(self.rulebook.rules(*now, self.versions))
            self.clockwork.adopt(self.rules, fact, attributes)
        telling.follow(self.notices, fact)
        if "form" in fact.body:
            forms.follow(self.forms, self.rules.forms, fact)
        elif fact.kind == "reopened":
            forms.begin_cycle(self.forms)

    def rules_in(self, line: str, division: str) -> RuleSet:
        """The rules the case would come under there: its own as long as it stays."""
        if (line, division) == (self.line, self.division):
            return self.rules
        return self.rulebook.rules(line, division, (self.versions[0] * (line == self.line), 0))

    def _come_under(self, rules: RuleSet) -> None:
        """Take other rules: what said itself under the old ones says nothing any more."""
        for key in self.rules.derived.keys() - rules.derived.keys():
            if not self.rules.fields[key].asked:
                self.attributes.pop(key, None)
        self.rules = rules
        self._carry_renamed()
        self._derive()

    def _derive(self) -> Changed:
        """Fill in what says itself."""
        now = {key: field.derive(self.attributes) for key, field in self.rules.derived.items()}
        return _set(self, {k: value for k, value in now.items() if self.value(k) != value})

    def _carry_renamed(self) -> None:
        """What was written under the name a field had before is that field's value."""
        for old, new in self.rules.renamed.items():
            if self.attributes.get(new) in (None, "", []) and old in self.attributes:
                self.attributes[new] = self.attributes[old]

    def _state_after(self, fact: Fact) -> str:
        act = self.rules.acts.get(fact.kind)
        if act is not None and act.state is not None:
            return act.key
        return state_after(self.state, fact)

    def role_of(self, person: str) -> str:
        """What a person is to this case, the working roles first; "other" if nothing."""
        for role in ("assignee", "tracker", "owner", "custodian"):
            if person and self.attributes[role] == person:
                return role
        return "other"


def fold(number: int, facts: Iterable[Fact], rulebook: Rulebook, reckoner: Reckoner) -> Case:
    """The case its facts make, under the rules in force."""
    case = Case(number, rulebook, reckoner)
    for fact in facts:
        case.apply(fact)
    return case


def _versions_after(
    before: Versions, left: tuple[str, str], now: tuple[str, str], fact: Fact
) -> Versions:
    """The versions a classification names. A line or division the case stays in keeps the
    version it was classified under; facts name only versions after the first."""
    line = before[0] if now[0] == left[0] else int(fact.body.get("line_version", 1))
    division = int(fact.body.get("version", 1)) if now[1] else 0
    return line if now[0] else 0, division


Changed = tuple[str, ...]


def _unchanged(_case: Case, _fact: Fact) -> Changed:
    return ()


def _set(case: Case, values: dict[str, Any]) -> Changed:
    attributes = case.attributes
    changed = tuple(key for key, value in values.items() if attributes.get(key) != value)
    attributes.update(values)
    return changed


def _opened(case: Case, fact: Fact) -> Changed:
    case.opened_at = fact.at
    if fact.body.get("call"):
        case.calls.append(fact.body["call"])
    return _set(
        case,
        {
            "owner": fact.body.get("owner", fact.actor),
            "channel": fact.body.get("channel", "phone"),
            "number": fact.body.get("number", ""),
            "line": fact.body.get("line", ""),
            "known": fact.body.get("known", False),
            **fact.body.get("values", {}),
        },
    )


def _joined(case: Case, fact: Fact) -> Changed:
    case.calls.append(fact.body["call"])
    return ()


def _filled(case: Case, fact: Fact) -> Changed:
    values = dict(fact.body["values"])
    case.filled_by.update(dict.fromkeys(values, fact.actor))
    return _set(case, values)


def _classified(case: Case, fact: Fact) -> Changed:
    keys = ("line", "category", "division")
    return _set(case, {key: fact.body[key] for key in keys if key in fact.body})


def _named(case: Case, fact: Fact) -> Changed:
    return _set(case, {key: fact.body[key] for key in ROLES[1:] if key in fact.body})


def _custody_offered(case: Case, fact: Fact) -> Changed:
    return _set(case, {"relief": fact.body["to"]})


def _custody_refused(case: Case, _fact: Fact) -> Changed:
    return _set(case, {"relief": ""})


def _custody_taken(case: Case, fact: Fact) -> Changed:
    return _set(case, {"custodian": fact.body["custodian"], "relief": ""})


def _assigned(case: Case, fact: Fact) -> Changed:
    """Who gets the work settles an offer, too."""
    return (*_named(case, fact), *_set(case, {"receiver": ""}))


def _offered(case: Case, fact: Fact) -> Changed:
    return _set(case, {"receiver": fact.body["to"]})


def _accepted(case: Case, fact: Fact) -> Changed:
    return _set(case, {"assignee": fact.actor, "receiver": ""})


def _returned(case: Case, _fact: Fact) -> Changed:
    """What nobody takes is the owner's again."""
    return _set(case, {"assignee": case.owner, "receiver": ""})


def _promised(case: Case, fact: Fact) -> Changed:
    return _set(case, {"promised": fact.body["due"]})


def _contacted(case: Case, _fact: Fact) -> Changed:
    """Whoever was promised something has heard from us."""
    return _set(case, {"promised": ""})


def _urged(case: Case, _fact: Fact) -> Changed:
    return _set(case, {"urged": case.attributes["urged"] + 1})


def _severity_raised(case: Case, fact: Fact) -> Changed:
    return _set(case, {"severity": max(case.attributes["severity"], fact.body["severity"])})


def _closed(case: Case, fact: Fact) -> Changed:
    case.closed_at = fact.at
    return ()


def _reopened(case: Case, _fact: Fact) -> Changed:
    case.closed_at = None
    return _set(case, {"cycle": case.attributes["cycle"] + 1, "promised": ""})


def _owner_offered(case: Case, fact: Fact) -> Changed:
    return _set(case, {"successor": fact.body["to"]})


def _owner_kept(case: Case, _fact: Fact) -> Changed:
    return _set(case, {"successor": ""})


def _owner_changed(case: Case, fact: Fact) -> Changed:
    return _set(case, {"owner": fact.body["owner"], "successor": ""})


_HANDLERS: dict[str, Callable[[Case, Fact], Changed]] = {
    "case_opened": _opened,
    "call_joined": _joined,
    "filled": _filled,
    "classified": _classified,
    "assigned": _assigned,
    "tracked": _named,
    "custody_offered": _custody_offered,
    "custody_refused": _custody_refused,
    "custody_taken": _custody_taken,
    "transfer_offered": _offered,
    "transfer_accepted": _accepted,
    "transfer_refused": _returned,
    "transfer_returned": _returned,
    "promised": _promised,
    "promise_renewed": _promised,
    "customer_contacted": _contacted,
    "urged": _urged,
    "severity_raised": _severity_raised,
    "closed": _closed,
    "reopened": _reopened,
    "owner_offered": _owner_offered,
    "owner_kept": _owner_kept,
    "owner_changed": _owner_changed,
}
