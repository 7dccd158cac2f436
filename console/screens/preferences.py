"""What each person has chosen for their own seat. Pure.

It is kept with their drafts, not in the journal: nobody else is concerned, and it changes no
fact. It goes with the person to whatever seat they sign on at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from console.domain.words import L, Label
from console.screens.board_filters import FILTERS

KEY = "settings"
"""The key they are kept under, beside the drafts of the person."""

ON_OFF = (("on", L("开", "on")), ("off", L("关", "off")))
AS_INSTALLED = ("", L("随系统设置", "as installed"))


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices of one person; "" is what the installation says. `ring`, `amber`, `breach`
    and `grave` say whether the terminal's bell sounds."""

    lang: str = ""
    theme: str = ""
    ring: str = "on"
    amber: str = "on"
    breach: str = "on"
    grave: str = "on"
    tab: str = "all"

    def rings(self, kind: str) -> bool:
        """Whether the bell sounds for a ring, an amber, a breach or a grave case."""
        return bool(getattr(self, kind) == "on")


class Setting(NamedTuple):
    """One line of the settings: the values there are, each with its words."""

    key: str
    label: Label
    options: tuple[tuple[str, Label], ...]


SETTINGS = (
    Setting(
        "lang",
        L("语言", "language"),
        (AS_INSTALLED, ("zh", L("中文", "Chinese")), ("en", L("英文", "English"))),
    ),
    Setting(
        "theme",
        L("配色", "colours"),
        (
            AS_INSTALLED,
            ("console-night", L("夜间", "night")),
            ("console-day", L("日间", "day")),
            ("console-plain", L("16 色", "16 colours")),
        ),
    ),
    Setting("ring", L("来电提示音", "bell for a call"), ON_OFF),
    Setting("amber", L("临近时限提示音", "bell when time runs short"), ON_OFF),
    Setting("breach", L("逾期提示音", "bell for a limit past due"), ON_OFF),
    Setting("grave", L("重大事件提示音（三声）", "three bells for a grave case"), ON_OFF),
    Setting(
        "tab",
        L("先打开的页签", "tab that opens first"),
        tuple((one.key, one.label) for one in FILTERS),
    ),
)


def read(values: Mapping[str, Any]) -> Preferences:
    """The preferences as they were kept; what cannot be used is as if it had not been."""
    allowed = {one.key: {value for value, _ in one.options} for one in SETTINGS}
    known = {one.name for one in fields(Preferences)}
    return Preferences(
        **{key: value for key, value in values.items() if key in known and value in allowed[key]}
    )
