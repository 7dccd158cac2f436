"""People, their roles, and the slots that rules name instead of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from console.domain.keys import Key
from console.domain.words import Label, Message, listed

ROLE_LABELS: dict[str, Label] = {
    "operator": Label("接线员", "operator"),
    "duty": Label("值班员", "duty person"),
    "shift_lead": Label("值班长", "shift lead"),
    "support": Label("技术支持", "support engineer"),
    "support_mgr": Label("技术支持经理", "support manager"),
    "field": Label("现场工程师", "field engineer"),
    "area_lead": Label("区域负责人", "area lead"),
    "relation": Label("客户经理", "customer relations"),
    "complaint_officer": Label("投诉专员", "complaint officer"),
    "signer": Label("签批人", "signer"),
    "quality": Label("质检", "quality checker"),
    "req_filter": Label("需求过滤", "requirement filter"),
    "coordinator": Label("协调人", "coordinator"),
    "schedule": Label("调度", "scheduler"),
    "stock": Label("物控", "stock keeper"),
    "sales_contact": Label("销售联系人", "sales contact"),
    "division_contact": Label("事业部联系人", "division contact"),
    "auditor": Label("审计", "auditor"),
    "plugin_author": Label("插件作者", "plugin author"),
    "admin": Label("管理员", "administrator"),
}


def named(roles: Iterable[str]) -> Message:
    """Several roles in one sentence, in the reader's words."""
    return listed([ROLE_LABELS.get(role, Label(role, role)) for role in roles])


CASE_ROLE_LABELS: dict[str, Label] = {
    "owner": Label("首问", "owner"),
    "assignee": Label("处理人", "assignee"),
    "tracker": Label("跟踪人", "tracker"),
    "custodian": Label("代管人", "custodian"),
    "receiver": Label("接手人", "receiver"),
    "successor": Label("拟任首问", "successor"),
    "relief": Label("接班人", "relief"),
}
"""The people of a case that rules may name like slots. Four are something to it and are
never merged; the receiver is whom it is being offered to, the successor who is to become its
owner, the relief who is to hold it off shift."""

CASE_ROLES = tuple(CASE_ROLE_LABELS)


class Absence(NamedTuple):
    """Somebody is away, from one instant until another (UTC seconds), and who acts for them:
    "" for whoever the slots name."""

    since: int
    until: int
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to the console. `key` is permanent; `active` is False once they left.

    `extension` is the station that rings at their desk; `phone` is E.164; `skills` are the
    product lines and queues whose calls ring for them, none = all; `mail` and `im` are
    where mail and chat messages go; `quiet` are the hours only what must be known now may
    break, such as `22:00-07:00`; `keys` are the SSH keys that open their seat; `absence` is
    the last time they said they would be away.
    """

    key: str
    name: str
    roles: frozenset[str] = frozenset()
    phone: str = ""
    extension: str = ""
    active: bool = True
    skills: frozenset[str] = frozenset()
    mail: str = ""
    im: str = ""
    quiet: str = ""
    keys: tuple[Key, ...] = ()
    absence: Absence | None = None

    def away(self, at: int) -> Absence | None:
        """Their absence, if they are away at an instant (UTC seconds)."""
        absence = self.absence
        return absence if absence is not None and absence.since <= at < absence.until else None

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


SYSTEM = Person("console", "console", frozenset())
"""The actor of what happens by itself: a breach, a re-ask, a line coming back."""


class Directory:
    """Everybody, and who fills which slot.

    A slot may be filled differently per division or province: `support_engineer[storage]`
    is looked up before `support_engineer`. `deputies` are those who stand in for the holder
    of a slot, the first of them first.
    """

    __slots__ = ("_people", "deputies", "slots")

    def __init__(
        self,
        people: Iterable[Person] = (),
        slots: Mapping[str, str] | None = None,
        deputies: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._people = {person.key: person for person in people}
        self.slots = dict(slots or {})
        self.deputies = dict(deputies or {})

    def __iter__(self) -> Iterator[Person]:
        return iter(self._people.values())

    def __len__(self) -> int:
        return len(self._people)

    def get(self, key: str) -> Person | None:
        return self._people.get(key)

    def add(self, person: Person) -> None:
        self._people[person.key] = person

    def name(self, key: str) -> str:
        """The display name of a person or, for an unknown key, the key itself."""
        person = self._people.get(key)
        return person.name if person else key

    def find(self, typed: str) -> Person | None:
        """The person somebody typed: by key, by slot, by full name."""
        if typed in self._people:
            return self._people[typed]
        if typed in self.slots:
            return self._people.get(self.slots[typed])
        folded = typed.casefold()
        named = [p for p in self._people.values() if p.name.casefold() == folded]
        return named[0] if len(named) == 1 else None

    def resolve(self, slot: str, attributes: Mapping[str, Any]) -> str:
        """The person a slot means for a case; "" when nobody fills it."""
        if slot in CASE_ROLES:
            return str(attributes.get(slot, ""))
        return self.slots.get(self.entry(slot, attributes), "")

    def entry(self, slot: str, attributes: Mapping[str, Any]) -> str:
        """The entry of `slots` that counts for a case: `support_engineer[storage]`, or else
        `support_engineer`."""
        for scope in ("division", "province", "region", "branch", "line"):
            scoped = f"{slot}[{attributes.get(scope, '')}]"
            if self.slots.get(scoped):
                return scoped
        return slot

    def strangers(self) -> list[tuple[str, str]]:
        """(slot, key) of everybody the slots name whom nobody knows."""
        named = [(slot, key) for slot, key in self.slots.items() if key]
        named += [(slot, key) for slot, others in self.deputies.items() for key in others]
        return [(slot, key) for slot, key in named if key not in self._people]

    @property
    def extensions(self) -> frozenset[str]:
        """The telephones of everybody who works here."""
        working = (person for person in self._people.values() if person.active)
        return frozenset(person.extension for person in working) - {""}

    def on_station(self, station: str) -> Person | None:
        """Who sits at an extension."""
        if not station:
            return None
        return next((p for p in self._people.values() if p.extension == station), None)

    def holder(self, fingerprint: str) -> Person | None:
        """Whose key it is, of those who left too: one key never means two people."""
        everybody = self._people.values()
        return next(
            (p for p in everybody if any(key.fingerprint == fingerprint for key in p.keys)), None
        )
