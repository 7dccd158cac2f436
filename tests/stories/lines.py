"""Stories of several days, on installations with other product lines than the usual one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.installations import CommandLine
from tests.stories.acts import Day


def enable(data: Path, *lines: str, day_count: str = "civil") -> None:
    """Switch product lines on, and choose how working days are counted."""
    path = data / "console.toml"
    quoted = ", ".join(f'"{line}"' for line in lines)
    text = path.read_text("utf-8")
    text = text.replace('lines = ["power"]', f"lines = [{quoted}]")
    path.write_text(text.replace('day_count = "civil"', f'day_count = "{day_count}"'), "utf-8")


class Story:
    """What happens on several days, by date."""

    def __init__(self, console: CommandLine) -> None:
        self.console = console

    def on(self, date: str) -> Day:
        return Day(self.console, date)

    def worker(self, moment: str) -> None:
        """Let time do by itself what it does until a moment."""
        assert self.console("worker", "--once", at=moment).code == 0

    def duties(self, moment: str, first: str, last: str, rule: str) -> list[dict[str, Any]]:
        """What recurs under a rule between two dates, as it stands at a moment."""
        words = ("show", "duties", "--from", first, "--to", last)
        rows = self.console.json(*words, who="lin", at=moment)
        return [row for row in rows if row["rule"] == rule]

    def agenda(self, moment: str, duty: str, day: str) -> dict[str, list[dict[str, Any]]]:
        """What a duty that falls on a day is about, by topic, as it stands at a moment."""
        words = ("show", "duties", duty, "--from", day, "--to", day)
        [row] = self.console.json(*words, who="lin", at=moment)
        return {heading["key"]: heading["items"] for heading in row["agenda"]}

    def why(self, moment: str, rule: str, number: int = 1001) -> list[str]:
        """The lines of the ledger of the latest clock of a rule."""
        ledgers = self.console.json("why", str(number), rule, at=moment)["why"]
        lines: list[str] = ledgers[-1]
        return lines

    def is_sound(self) -> bool:
        return self.console("verify").code == 0
