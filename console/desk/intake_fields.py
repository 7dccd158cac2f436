"""Which fields the intake form shows, in the order a conversation goes. Pure.

A line's own fields stand where a caller comes to speak of them; around them the form has
fields of its own, which become arguments of commands and not values of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.domain.commands.intake import CHANNELS
from console.domain.conditions import when
from console.domain.fields import Choice, DateTime, Field, Flag, Person
from console.domain.people import Directory
from console.domain.rulebook import Rulebook, RuleSet
from console.domain.rules import Line, Target
from console.domain.words import L, Label

SECTIONS: dict[str, Label] = {
    "caller": L("来电人", "Caller"),
    "need": L("需求", "Need"),
    "details": L("情况", "Details"),
    "dispatch": L("派单", "Dispatch"),
    "promise": L("承诺", "Promise"),
}
PHASES: dict[str, Label] = {
    "intake": L("接听时必填", "needed now"),
    "dispatch": L("派单前必填", "needed before dispatch"),
}
SAVED, WITHHELD = "saved", "withheld"

CHANNEL = Choice(
    key="channel", label=L("渠道", "channel"), choices=CHANNELS, open=False, required="intake"
)
SUBMITTED = DateTime(
    key="submitted",
    label=L("提出时间", "submitted at"),
    example="09:45",
    show_when=~when("channel").equals("phone"),
)
SAVE_CONTACT = Choice(
    key="save_contact",
    label=L("保存号码", "keep the number"),
    choices={
        SAVED: L("已保存", "saved"),
        WITHHELD: L("号码不公开", "number withheld"),
    },
    open=False,
    required="intake",
    show_when=when("channel").equals("phone"),
    help=L("新号码：保存联系人，或说明号码不公开", "New number: keep it, or say it is withheld"),
    clause="000 III.1.5.7",
)
SPOKEN = Flag(
    key="promise_spoken",
    label=L("已说承诺", "promise spoken"),
    help=L("把上面这句话说给客户听，然后勾选", "Say the sentence to the caller, then tick"),
)
PROMISE_DUE = DateTime(
    key="promise_due",
    label=L("确切时间", "exact time"),
    example="09:45",
    help=L("答应了具体时间才填：09:45、+30m", "Only when you promised one: 09:45, +30m"),
    clause="002 P3C1 hotline",
)
ASSIGNEE = Person(
    key="assignee",
    label=L("派给", "assign to"),
    help=L("输入姓名；留空则按去向的岗位派单", "Type a name; empty: whoever fills the slot"),
)
DIVISION_FIELDS = "*"
"""Where the fields of the chosen division stand."""

CONVERSATION: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "caller",
        (
            "channel",
            "submitted",
            "contact_name",
            "honorific",
            "employer",
            "contact_phone",
            "save_contact",
            "contact_addr",
        ),
    ),
    ("need", ("reason", "line", "product", "product_state", "need")),
    ("details", ()),
    (
        "dispatch",
        ("province", "city", "category", "division", DIVISION_FIELDS, "assignee", "tracker"),
    ),
    ("promise", ("promise_spoken", "promise_due")),
)
"""The order of a conversation. Fields it does not name stand in the section without any."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the form. `own`: it belongs to the form, not to the case."""

    key: str
    field: Field
    section: str
    own: bool = False


def entries(
    rulebook: Rulebook, line: str, division: str, *, called: bool, known: bool
) -> tuple[Entry, ...]:
    """The form's fields once line and division are chosen ("" = not yet). What is only
    needed before closing, or says itself, is no question for the caller.

    `called`: it is opened for a call, so that the channel is no question; `known`: the
    number has had a case, so that there is no contact to save.
    """
    rules = rulebook.rules(line, division)
    fields = {
        key: one
        for key, one in _fields(rulebook, rules).items()
        if one.asked and not one.retired and one.required != "close"
    }
    spoken = fields.get(SPOKEN.key)
    if spoken is not None and spoken.help is None:
        fields[SPOKEN.key] = replace(spoken, help=SPOKEN.help)
    own = _own_fields(rulebook, rules.line, called=called, known=known)
    for key in fields.keys() & own.keys():
        del own[key]
    target = rules.division
    places = {key for _, keys in CONVERSATION for key in keys}
    of_division = [one.key for one in target.fields if one.key not in places] if target else []
    rest = [key for key in fields if key not in places and key not in of_division]
    found: list[Entry] = []
    for section, keys in CONVERSATION:
        for key in keys or rest:
            named = of_division if key == DIVISION_FIELDS else [key]
            found += [
                Entry(one, own.get(one) or fields[one], section, one in own)
                for one in named
                if one in own or one in fields
            ]
    return tuple(found)


def _fields(rulebook: Rulebook, rules: RuleSet) -> dict[str, Field]:
    """Before the line is known only the fields every line has: the others may mean
    different things on different lines."""
    if rules.line.key in rulebook.lines:
        return rules.fields
    return {one.key: one for one in rulebook.house.fields}


def _own_fields(rulebook: Rulebook, line: Line, *, called: bool, known: bool) -> dict[str, Field]:
    fields: list[Field] = [SPOKEN, PROMISE_DUE]
    if not called:
        fields += [CHANNEL, SUBMITTED]
    if not known:
        fields.append(SAVE_CONTACT)
    if len(rulebook.lines) > 1:
        labels = {key: one.label for key, one in rulebook.lines.items()}
        fields.append(_choice("line", L("产品线", "product line"), labels, "dispatch"))
    if line.categories:
        labels = {one.key: one.label for one in line.categories}
        fields.append(_choice("category", L("类别", "category"), labels, "dispatch"))
        fields.append(ASSIGNEE)
    tracked = tuple(one.key for one in line.categories if one.needs_tracker)
    if tracked:
        fields.append(_tracker(tracked))
    if line.divisions:
        labels = {one.key: _target_label(line, one) for one in line.divisions}
        fields.append(_choice("division", L("去向", "goes to"), labels, ""))
    return {one.key: one for one in fields}


def _choice(key: str, label: Label, choices: Mapping[str, Label], required: str) -> Choice:
    return Choice(key=key, label=label, choices=choices, open=False, required=required)


def _tracker(categories: tuple[str, ...]) -> Person:
    return Person(
        key="tracker",
        label=L("跟踪人", "tracker"),
        show_when=when("category").one_of(*categories),
        help=L("跟踪到底的技术支持；留空则按岗位", "Who follows it; empty: whoever fills the slot"),
    )


def _target_label(line: Line, target: Target) -> Label:
    """A division that is reached through a desk is offered as such, never directly."""
    door = line.slots.get(target.via) if target.via else None
    if door is None:
        return target.label
    return L(f"{target.label.zh}（经{door.zh}）", f"{target.label.en} (via {door.en})")


def default_person(
    rules: RuleSet, directory: Directory, slot: str, attributes: Mapping[str, object]
) -> str:
    """Who gets the work when nobody is named: the key of a person, "" when nobody does.

    `slot` is "" for the assignee, who is whoever fills the slot of the case's target.
    """
    target = rules.division
    wanted = slot or (target.assignee if target else "")
    return directory.resolve(wanted, attributes) if wanted else ""
