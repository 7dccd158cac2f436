"""What every telephone line has in its configuration, whatever kind of exchange is behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from console.sources.hours import Hours


@dataclass(frozen=True, slots=True)
class Did:
    """A number of the hotline: the product line its calls are about, what to say first."""

    number: str
    line: str = ""
    greeting: str = ""


class LineSettings(Protocol):
    """One line as configured. `area_code` completes local numbers; without `dids` every
    number is the hotline's."""

    @property
    def name(self) -> str: ...

    @property
    def area_code(self) -> str: ...

    @property
    def hours(self) -> Hours: ...

    @property
    def dids(self) -> Mapping[str, Did]: ...
