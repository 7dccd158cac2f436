"""Telling a story on the command line: who does what at which second of which day."""

from __future__ import annotations

from typing import Any

from tests.installations import CommandLine


class Day:
    """One day of a story. Times are `hh:mm[:ss]` in Shanghai."""

    def __init__(self, console: CommandLine, date: str) -> None:
        self.console = console
        self.date = date

    def at(self, time: str) -> str:
        return f"{self.date} {time}"

    def due(self, time: str) -> str:
        """The same moment as the command line writes it."""
        full = time if time.count(":") == 2 else f"{time}:00"
        return f"{self.date}T{full}+08:00"

    def do(self, time: str, who: str, command: str, /, **typed: Any) -> Any:
        """Give a command that is carried out."""
        return self.console.json("do", command, *_words(typed), who=who, at=self.at(time))

    def preview(self, time: str, who: str, command: str, /, **typed: Any) -> Any:
        words = ("do", command, *_words(typed), "--preview")
        return self.console.json(*words, who=who, at=self.at(time))

    def refused(self, time: str, who: str, command: str, /, **typed: Any) -> dict[str, str]:
        return self.console.refused("do", command, *_words(typed), who=who, at=self.at(time))

    def case(self, time: str, number: int = 1001, who: str = "lin") -> Any:
        """Everything the case view shows at that moment."""
        return self.console.json("show", "case", str(number), who=who, at=self.at(time))

    def clock(self, time: str, rule: str, number: int = 1001) -> tuple[str, str, int]:
        """(state, due, seconds late) of the latest clock of a rule."""
        [*_, clock] = [c for c in self.case(time, number)["timers"] if c["rule"] == rule]
        return clock["state"], clock["due"], clock["breached_by"]

    def told(self, time: str, number: int = 1001) -> list[tuple[str, str, str, str]]:
        """(notice, slot, person, state) of every notice of a case."""
        rows = self.console.json("show", "notices", who="lin", at=self.at(time))
        return [
            (row["notice"]["notice"], row["notice"]["slot"], row["notice"]["person"], row["state"])
            for row in rows
            if row["case"] == number and row["notice"]["channel"] == "console"
        ]


def _words(typed: dict[str, Any]) -> list[str]:
    return [f"{key}={value}" for key, value in typed.items()]
