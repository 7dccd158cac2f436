"""What a product line is written with. A line's file imports from here and nowhere else."""

from __future__ import annotations

from console.domain.acts import Act
from console.domain.conditions import Condition, when
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
from console.domain.rules import (
    Category,
    Division,
    Forbid,
    Gate,
    Line,
    Notice,
    Script,
    Target,
    Timer,
)
from console.domain.words import L

__all__ = [
    "Act",
    "Category",
    "Choice",
    "Condition",
    "Date",
    "DateTime",
    "Division",
    "Field",
    "Flag",
    "Forbid",
    "Form",
    "Gate",
    "Integer",
    "L",
    "Line",
    "LongText",
    "MultiChoice",
    "Notice",
    "Number",
    "Person",
    "Phone",
    "Place",
    "Script",
    "Serial",
    "Step",
    "Target",
    "Text",
    "Timer",
    "Version",
    "all_of",
    "on",
    "when",
]
