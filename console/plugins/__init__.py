"""What a product line is written with. A line's file imports from here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.domain.acts import Act
from console.domain.calendar import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
)
from console.domain.conditions import Condition, when
from console.domain.duty import Duty, Topic
from console.domain.fields import (
    Choice,
    Date,
    DateTime,
    Field,
    Flag,
    Integer,
    LongText,
    MultiChoice,
    Number,
    Person,
    Phone,
    Place,
    Serial,
    Text,
    Version,
)
from console.domain.forms import Form, Step
from console.domain.patterns import all_of, on
from console.domain.recurrence import (
    AfterDuty,
    Daily,
    DaysBefore,
    EveryWeeks,
    FirstWorkingDay,
    LastDay,
    LastWeek,
    MonthDay,
    NthWeekday,
    OnDate,
    Quarterly,
    Weekly,
    Yearly,
)
from console.domain.rules import (
    Category,
    Division,
    Forbid,
    Gate,
    Line,
    Message,
    Notice,
    Script,
    Target,
    Timer,
    Wording,
)
from console.domain.tables import Drop, Table
from console.domain.words import L

if TYPE_CHECKING:
    from console.plugins.hookspecs import hookimpl
    from console.plugins.views import FrozenCase, FrozenFact, Problem, Section

__all__ = [
    "FRIDAY",
    "MONDAY",
    "SATURDAY",
    "SUNDAY",
    "THURSDAY",
    "TUESDAY",
    "WEDNESDAY",
    "Act",
    "AfterDuty",
    "Category",
    "Choice",
    "Condition",
    "Daily",
    "Date",
    "DateTime",
    "DaysBefore",
    "Division",
    "Drop",
    "Duty",
    "EveryWeeks",
    "Field",
    "FirstWorkingDay",
    "Flag",
    "Forbid",
    "Form",
    "FrozenCase",
    "FrozenFact",
    "Gate",
    "Integer",
    "L",
    "LastDay",
    "LastWeek",
    "Line",
    "LongText",
    "Message",
    "MonthDay",
    "MultiChoice",
    "Notice",
    "NthWeekday",
    "Number",
    "OnDate",
    "Person",
    "Phone",
    "Place",
    "Problem",
    "Quarterly",
    "Script",
    "Section",
    "Serial",
    "Step",
    "Table",
    "Target",
    "Text",
    "Timer",
    "Topic",
    "Version",
    "Weekly",
    "Wording",
    "Yearly",
    "all_of",
    "hookimpl",
    "on",
    "when",
]

_LATER = {
    "FrozenCase": "views",
    "FrozenFact": "views",
    "Problem": "views",
    "Section": "views",
    "hookimpl": "hookspecs",
}
"""What only plugins with code of their own need: shipped lines load without pluggy."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
