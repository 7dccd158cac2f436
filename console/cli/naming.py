"""What keys are called in answers for people: slots, channels, notices, states, subjects.

Programs get the keys themselves, with --json.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.call import Call
from console.domain.commands.calls import MISSED_REASONS
from console.domain.commands.contact import CONTACT_CHANNELS
from console.domain.notices import NOTICE_STATES
from console.domain.people import CASE_ROLE_LABELS
from console.domain.rulebook import Rulebook
from console.domain.rules import Line, Target
from console.domain.states import CALL_STATES, STATES
from console.domain.words import L, Label, M, Message

SUBJECTS = {
    "case": L("工单", "case"),
    "call": L("来电", "call"),
    "callback": L("回电", "callback"),
    "person": L("人员", "person"),
    "duty": L("例行事项", "duty"),
    "seat": L("席位", "seat"),
    "line": L("线路", "line"),
    "calendar": L("日历", "calendar"),
    "row": L("导入行", "imported row"),
    "roster": L("值班表", "roster"),
    "slot": L("职位", "post"),
    "export": L("导出", "export"),
    "digest": L("汇总", "digest"),
}


def subject(written: str) -> Message:
    """What a fact is about: `case:1042` is case 1042."""
    kind, _, key = written.partition(":")
    return M("{kind} {key}", kind=SUBJECTS.get(kind, kind), key=key)


def slot(rulebook: Rulebook, key: str) -> Label | str:
    """A slot of any line or of the house, or one of the people of a case."""
    lines = (*rulebook.lines.values(), rulebook.house)
    labels = (line.slots.get(key) for line in lines)
    found = (label for label in labels if label is not None)
    return CASE_ROLE_LABELS.get(key) or next(found, key)


def notice(rulebook: Rulebook, key: str, line: str = "") -> Label | str:
    """A notice or a message of the line a case belongs to; else of the house or of any
    other line."""
    lines = (rulebook.house, *rulebook.lines.values())
    for one in sorted(lines, key=lambda other: other.key != line):
        parts: tuple[Line | Target, ...] = (one, *one.divisions)
        for part in parts:
            labels = {told.key: told.label for told in part.notices}
            labels |= {told.key: told.label for told in part.messages}
            if key in labels:
                return labels[key]
    return key


def channel(key: str) -> Label | str:
    """A way to reach somebody."""
    return _of(CONTACT_CHANNELS, key)


def notice_state(key: str) -> Label | str:
    """How far a notice has come."""
    return _of(NOTICE_STATES, key)


def case_state(key: str) -> Label | str:
    """How far a case has come."""
    return _of(STATES, key)


def call_state(call: Call) -> Label | Message | str:
    """How a call stands, and why it was missed."""
    state = _of(CALL_STATES, call.state)
    if not call.missed_reason:
        return state
    return M("{state} ({reason})", state=state, reason=_of(MISSED_REASONS, call.missed_reason))


def _of(labels: Mapping[str, Label], key: str) -> Label | str:
    return labels.get(key, key)
