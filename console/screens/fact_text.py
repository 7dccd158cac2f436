"""What a fact of a case says, in the reader's words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from console.desk.viewer import Viewer
from console.domain.case import ROLES, Case
from console.domain.commands.closing import REOPENING
from console.domain.commands.contact import CONTACT_CHANNELS
from console.domain.facts import Fact
from console.domain.fields import NO, YES, Choice
from console.domain.notices import CUSTOMER, CUSTOMER_LABEL
from console.domain.outbox import REASONS
from console.domain.people import CASE_ROLE_LABELS
from console.domain.words import L, Label, M
from console.speech import Speech

_CLASSES = ("line", "category", "division")


class FactText:
    """Reads the facts of one case to one reader; without a `viewer`, all there is."""

    def __init__(self, case: Case, speech: Speech, viewer: Viewer | None = None) -> None:
        self._case = case
        self._speech = speech
        self._viewer = viewer

    def of(self, fact: Fact) -> str:
        """What the fact's body says; "" when its label says it all."""
        if self._viewer is not None and not self._viewer.sees_numbers:
            fact = replace(fact, body=self._viewer.data(fact.body))
        tell = _TELLERS.get(fact.kind)
        parts = tell(self, fact) if tell is not None else [*self._rest(fact.body)]
        text = fact.body.get("text", "")
        return " · ".join(part for part in (*parts, str(text)) if part)

    def slot(self, key: str) -> str:
        """What a slot or one of the people of the case is called."""
        if key == CUSTOMER:
            return self._speech.say(CUSTOMER_LABEL)
        rules = self._case.rules
        label = CASE_ROLE_LABELS.get(key) or rules.line.slots.get(key)
        if label is None and rules.division is not None:
            label = rules.division.slots.get(key)
        rulebook = self._case.rulebook
        for line in (*rulebook.lines.values(), rulebook.house):
            label = label or line.slots.get(key)
        return self._speech.say(label) if label else key

    def channel(self, key: str) -> str:
        """A way to reach somebody."""
        return self._labelled(CONTACT_CHANNELS, key)

    # --- by kind of fact

    def filled(self, fact: Fact) -> list[str]:
        """The values, under the labels of their fields."""
        return [self.value(key, value) for key, value in fact.body["values"].items()]

    def flagged(self, fact: Fact) -> list[str]:
        """What was ticked, or chosen where choosing is a fact of its own."""
        flag, fields = str(fact.body["flag"]), self._case.rules.fields
        choices = (one for one in fields.values() if isinstance(one, Choice) and one.flagging)
        found = fields.get(flag) or next((one for one in choices if flag in one.choices), None)
        if found is None:
            return [flag]
        chosen = found.choices[flag] if isinstance(found, Choice) else found.label
        return [self._speech.say(chosen)]

    def classified(self, fact: Fact) -> list[str]:
        line = self._case.rulebook.line(fact.body["line"])
        if line is None:
            named = (fact.body.get(key) for key in _CLASSES)
            return [str(one) for one in named if one]
        found = (
            line,
            line.category(fact.body.get("category", "")),
            self._case.rulebook.division(line, fact.body.get("division", "")),
        )
        return [self._speech.say(one.label) for one in found if one is not None]

    def assigned(self, fact: Fact) -> list[str]:
        """Who is what from now on."""
        name = self._speech.name
        return [f"{self.slot(key)} {name(fact.body[key])}" for key in ROLES if fact.body.get(key)]

    def promised(self, fact: Fact) -> list[str]:
        moment = self._speech.moment(fact.body["due"], seconds=False)
        return [self._speech.say(M("by {moment}", moment=moment))]

    def contacted(self, fact: Fact) -> list[str]:
        body = fact.body
        by = body.get("by", "")
        sorry = self._speech.say(L("已致歉", "apologised")) if body.get("apology") else ""
        return [self._other(by, fact), self.channel(body.get("channel", "")), sorry]

    def verified(self, fact: Fact) -> list[str]:
        body = fact.body
        parts = [
            self._speech.say(YES if body.get("answer") else NO),
            self._other(body.get("by", ""), fact),
        ]
        if body.get("contacted_at"):
            parts.append(self._speech.moment(body["contacted_at"], seconds=False))
        return parts

    def urged(self, fact: Fact) -> list[str]:
        return [self._speech.name(fact.body.get("who", ""))]

    def raised(self, fact: Fact) -> list[str]:
        """The people, each once, whatever the number of channels."""
        names = (
            f"{self.slot(row['slot'])} {self._speech.name(row['person'])}".strip()
            for row in fact.body["rows"]
        )
        return list(dict.fromkeys(names))

    def reached(self, fact: Fact) -> list[str]:
        body = fact.body
        person = self._speech.name(body.get("person", ""))
        known = self.slot(body.get("role", ""))
        who = known if known != body.get("role") else self._speech.name(known)
        again = self._speech.moment(body["again"], seconds=False) if body.get("again") else ""
        return [
            f"{who} {person}".strip() if who != person else who,
            self.channel(body.get("channel", "")),
            self._speech.say(M("ring again at {moment}", moment=again)) if again else "",
        ]

    def delivery(self, fact: Fact) -> list[str]:
        """To whom by which way, and what was in the way."""
        body = fact.body
        key = str(body.get("key", ""))
        row = next((one for one in self._case.notices if one.has_key(key)), None)
        if row is None:
            return [*self._rest(body)]
        reason = REASONS.get(str(body.get("reason", "")))
        return [
            self._number(row.to) or f"{self.slot(row.slot)} {self._speech.name(row.person)}",
            self.channel(row.channel),
            self._speech.say(reason) if reason else "",
            str(body.get("detail", "")),
        ]

    def passed_on(self, fact: Fact) -> list[str]:
        """Who was not reached, who is told now, and by which way."""
        body = fact.body
        row = next((one for one in self._case.notices if one.has_key(body["key"])), None)
        name = self._speech.name
        who = f"{name(body['from'])} → {self.slot(body['slot'])} {name(body['to'])}"
        return [who, self.channel(row.channel if row is not None else "")]

    def repeated(self, fact: Fact) -> list[str]:
        """Who was told again, each once."""
        keys = fact.body["keys"]
        rows = [row for row in self._case.notices if any(map(row.has_key, keys))]
        return list(dict.fromkeys(self._speech.name(row.person) for row in rows))

    def message(self, fact: Fact) -> list[str]:
        """What a customer is written, and where to."""
        body = fact.body
        known = self._case.rules.messages.get(body["message"])
        name = self._speech.say(known.label) if known else str(body["message"])
        return [name, self.channel(body["via"]), str(body["address"])]

    def consent(self, fact: Fact) -> list[str]:
        return [self._speech.say(YES if fact.body.get("answer") else NO)]

    def confirmed(self, fact: Fact) -> list[str]:
        return [str(fact.body.get("who", "")), self.channel(fact.body.get("channel", ""))]

    def reopened(self, fact: Fact) -> list[str]:
        return [self._labelled(REOPENING, str(fact.body.get("reason", "")))]

    def closed(self, fact: Fact) -> list[str]:
        return [str(fact.body.get("reason", ""))]

    def opened(self, fact: Fact) -> list[str]:
        body = fact.body
        return [self.channel(body.get("channel", "")), str(body.get("number", ""))]

    def limit(self, fact: Fact) -> list[str]:
        """Which limit, when it fell or falls due, and why somebody moved it."""
        body = fact.body
        key = str(body.get("timer", ""))
        timer = next((c.timer for c in self._case.clocks if c.timer.key == key), None)
        moments = [
            self._speech.moment(body[name], seconds=False)
            for name in ("old", "original", "new", "due")
            if body.get(name) is not None
        ]
        due = self._speech.say(M("due {moment}", moment=" → ".join(moments))) if moments else ""
        return [self._speech.say(timer.label) if timer else key, due, str(body.get("reason", ""))]

    def call(self, fact: Fact) -> list[str]:
        """The call it was on, under its key."""
        key = fact.body.get("call", "")
        return [self._speech.say(M("call {key}", key=key))] if key else []

    def value(self, key: str, value: Any) -> str:
        """A value under the label of its field; one of an unknown field under its key."""
        field = self._case.rules.fields.get(key)
        if field is None:
            return f"{key} {value}"
        return f"{self._speech.say(field.label)} {field.format(value, self._speech.lang)}"

    def _number(self, number: str) -> str:
        return number if self._viewer is None else self._viewer.text(number)

    def _other(self, person: str, fact: Fact) -> str:
        """A person, unless it is the one who wrote the fact."""
        return self._speech.name(person) if person and person != fact.actor else ""

    def _rest(self, body: Mapping[str, Any]) -> list[str]:
        """The body of a kind of fact this view does not know, as it is."""
        return [f"{key}={value}" for key, value in body.items() if key != "text"]

    def _labelled(self, labels: Mapping[str, Label], key: str) -> str:
        label = labels.get(key)
        return self._speech.say(label) if label else key


_TELLERS: dict[str, Callable[[FactText, Fact], list[str]]] = {
    "case_opened": FactText.opened,
    "call_joined": FactText.call,
    "call_ended": FactText.call,
    "call_missed": FactText.call,
    "submitted": FactText.opened,
    "filled": FactText.filled,
    "flag_set": FactText.flagged,
    "classified": FactText.classified,
    "assigned": FactText.assigned,
    "tracked": FactText.assigned,
    "custody_taken": FactText.assigned,
    "owner_changed": FactText.assigned,
    "promised": FactText.promised,
    "promise_renewed": FactText.promised,
    "customer_contacted": FactText.contacted,
    "contact_missed": FactText.contacted,
    "contact_verified": FactText.verified,
    "urged": FactText.urged,
    "notice_raised": FactText.raised,
    "notice_sent": FactText.delivery,
    "notice_failed": FactText.delivery,
    "notice_delivered": FactText.delivery,
    "notice_dead": FactText.delivery,
    "notice_resent": FactText.delivery,
    "notice_settled": FactText.delivery,
    "notice_delegated": FactText.passed_on,
    "notice_repeated": FactText.repeated,
    "message_written": FactText.message,
    "message_sent": FactText.delivery,
    "consent_recorded": FactText.consent,
    "role_reached": FactText.reached,
    "role_missed": FactText.reached,
    "confirmed": FactText.confirmed,
    "confirmation_refused": FactText.confirmed,
    "reopened": FactText.reopened,
    "closed": FactText.closed,
    "erased": FactText.closed,
    "timer_warned": FactText.limit,
    "timer_breached": FactText.limit,
    "timer_asked": FactText.limit,
    "asking_handed_over": FactText.limit,
    "timer_recurred": FactText.limit,
    "timer_extended": FactText.limit,
    "timer_recomputed": FactText.limit,
}
