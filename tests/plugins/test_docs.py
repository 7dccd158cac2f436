"""What the pages for authors show is what works. Their commands are run by tests/docs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import indent

import pytest

from console import plugins
from console.plugins import FrozenCase
from console.plugins.dropin import load
from console.plugins.guard import Guard
from console.plugins.known import Known
from console.plugins.simulation import Simulation
from console.plugins.trial import check_file
from tests.plugins.kit import HYDROGEN, drop

PAGES = Path(__file__).resolve().parents[2] / "docs" / "plugins"
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CASE = FrozenCase(1, "lift", "", "", "open", "lin", "", 0, 0, {})


def python_of(page: str) -> list[str]:
    return PYTHON.findall((PAGES / page).read_text("utf-8"))


@pytest.fixture
def lift(tmp_path: Path) -> Path:
    """The plugin that the page of rules is."""
    return drop(tmp_path, "lift", "\n\n".join(python_of("rules.md")))


def test_the_page_of_rules_is_a_sound_plugin(lift: Path) -> None:
    assert [one.sentence() for one in check_file(lift, Known())] == []
    assert load(lift).owns() == ("lift",)


def test_the_page_of_rules_shows_all_there_is() -> None:
    _, *shown = python_of("rules.md")
    used = "\n".join(shown)
    missing = [name for name in plugins.__all__ if not re.search(rf"\b{name}\b", used)]
    assert missing == []


def test_the_hooks_of_the_page_answer(lift: Path) -> None:
    hooks = load(lift).hooks
    assert hooks is not None
    guard = Guard("lift", hooks, pytest.fail)
    stuck = FrozenCase(1, "lift", "", "", "open", "lin", "", 0, 0, {"fault": "stuck", "people": 0})
    assert [one.field for one in guard.problems(stuck)] == ["people"]
    assert guard.severity(FrozenCase(*list(_fields(CASE))[:-2], {"injured": True})) == 3
    assert guard.route(FrozenCase(*list(_fields(CASE))[:-2], {"parts": ("motor",)})) == "workshop"
    assert guard.sections(CASE)[0].rows[0][1] == "–"
    guard.changed(CASE, plugins.FrozenFact("freed", 0, "lin", {}))
    assert guard.failures == 0


def _fields(case: FrozenCase) -> list[object]:
    return [getattr(case, name) for name in case.__dataclass_fields__]


def test_the_change_of_the_first_page_is_sound(tmp_path: Path) -> None:
    [choice] = python_of("index.md")
    added = indent(choice.rstrip() + ",\n", " " * 8)
    begun = HYDROGEN.replace("import Division", "import Choice, Division")
    serial = '            required="dispatch",\n        ),\n'
    text = begun.replace(serial, serial + added)
    assert text.count("Choice(") == 1
    found = check_file(drop(tmp_path, "hydrogen", text), Known())
    assert [one.sentence() for one in found] == []


def test_the_tests_of_the_page_pass(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    check_plugin: Callable[[Path], list[str]],
    simulate: Callable[..., Simulation],
) -> None:
    drop(tmp_path, "hydrogen", HYDROGEN)
    monkeypatch.chdir(tmp_path)
    shown: dict[str, Callable[..., None]] = {}
    exec("\n".join(python_of("testing.md")), shown)
    shown["test_nothing_is_wrong_with_it"](check_plugin)
    shown["test_ten_minutes_run_over_a_holiday"](simulate)
    assert len([name for name in shown if name.startswith("test_")]) == 2
