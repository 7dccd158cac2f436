"""The beginning of a plugin: a file that works, and a test that passes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template

DATA = Path(__file__).parent.parent / "data" / "scaffold"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What somebody wants to begin: `line` "" begins a product line of its own."""

    key: str
    zh: str
    en: str
    line: str = ""

    def plugin(self) -> str:
        """The text of the plugin's file."""
        return self._filled("division.py.txt" if self.line else "line.py.txt")

    def test(self) -> str:
        """The text of its test."""
        return self._filled("test.py.txt")

    def _filled(self, name: str) -> str:
        words = {
            "key": self.key,
            "KEY": self.key.upper(),
            "zh": _quoted(self.zh),
            "en": _quoted(self.en),
            "line": self.line,
            "division": self.key if self.line else "",
        }
        return Template((DATA / name).read_text("utf-8")).substitute(words)


def _quoted(text: str) -> str:
    """A text as it stands between quotation marks in Python."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
