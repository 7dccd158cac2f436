"""A duty: an obligation that recurs without any case, such as a weekly pack or a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.conditions import Condition
from console.domain.lengths import parse_length
from console.domain.periods import clock_face
from console.domain.recurrence import AfterDuty, DaysBefore, Recurrence
from console.domain.words import Label


@dataclass(frozen=True, slots=True)
class Topic:
    """One heading of what a duty is about, and the cases of its line that stand under it:
    the items of a meeting, the rows of a weekly mail.

    `if_` says which cases (None = every one), `late` narrows them to those with a limit
    broken; `shows` are the fields written beside each. Listed is what is open; with
    `whole_period` everything opened in the duty's period, closed or not.
    """

    key: str
    label: Label
    if_: Condition | None = None
    shows: tuple[str, ...] = ()
    late: bool = False
    whole_period: bool = False
    rule: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done again and again.

    `who` is the slot that has to do it; with `parts` it is done once for every scope that
    slot is filled for (`branch[harbin]`, `branch[xian]`). `meeting`: people come together,
    so a rest day is a clash and the date may be moved; anything else keeps its date (D-09).
    `evidence` is what has to be named when it is done. `after` are duties of the same line
    that come first in the same period. `calendar` is the line's unless named; `division`
    is the one it is about; `lasts` how long a meeting takes. `to` are the slots that get
    what it comes to, and `agenda` what it is about.
    """

    key: str
    label: Label
    recurrence: Recurrence
    who: str
    rule: str = ""
    clause: str = ""
    meeting: bool = False
    evidence: Label | None = None
    calendar: str = ""
    after: tuple[str, ...] = ()
    parts: bool = False
    division: str = ""
    lasts: str = ""
    to: tuple[str, ...] = ()
    agenda: tuple[Topic, ...] = ()

    def __post_init__(self) -> None:
        clock_face(self.recurrence.at)
        if self.lasts:
            parse_length(self.lasts)

    @property
    def follows(self) -> str:
        """The duty its dates are reckoned from; "" when it has dates of its own."""
        recurrence = self.recurrence
        return recurrence.duty if isinstance(recurrence, (DaysBefore, AfterDuty)) else ""


def check_duties(duties: Iterable[Duty]) -> None:
    """Raise ValueError for a duty that names one which does not stand before it: so no
    duty can depend on itself."""
    known: set[str] = set()
    for duty in duties:
        if duty.key in known:
            raise ValueError(f"duty {duty.key} is written twice")
        for other in filter(None, (duty.follows, *duty.after)):
            if other not in known:
                raise ValueError(f"duty {duty.key}: no duty {other!r} stands before it")
        known.add(duty.key)
