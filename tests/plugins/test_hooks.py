"""Hooks: which there are, how they are taken from a file, who is asked, what is caught."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from console import plugins
from console.plugins import FrozenCase, L, Line, Problem, hookspecs
from console.plugins.contribution import Contribution
from console.plugins.dropin import check_folder, load
from console.plugins.guard import PATIENCE, Guard, Guards
from console.plugins.kinds import kinds
from console.plugins.known import Known
from console.plugins.later_kinds import Hooks
from console.plugins.reference import PAGES
from console.plugins.survey import Survey
from console.plugins.trial import check_file
from console.plugins.unfit import UnfitError
from tests.plugins.kit import HYDROGEN, drop, small

NAMES = [name for name in vars(hookspecs) if name.startswith("console_")]
CASE = FrozenCase(1001, "small", "", "", "open", "lin", "", 0, 0, MappingProxyType({"note": "x"}))
SAYS = {
    "console_problems": 'return [Problem("note", L("太短", "too short"))]',
    "console_route": 'return "pile"',
    "console_severity": "return 2",
    "console_report": 'return [Section(L("备注", "Note"))]',
    "console_case_changed": "return 7",
}
"""An answer for every hook that looks at a case."""

UNFIT = [
    ("R081", small("small").replace("CONSOLE_API = 1", "CONSOLE_API = 2"), "CONSOLE_API"),
    ("R081", small("small").replace("CONSOLE_API = 1", ""), ""),
    (
        "R082",
        small("small", "@hookimpl", "def console_lins():", "    return []"),
        "@hookimpl\ndef console_lins",
    ),
    ("R083", small("small", "def console_problems(case):", "    return []"), "def console_prob"),
    (
        "R084",
        small("small", "@hookimpl", "def console_problems(case, lang):", "    return []"),
        "@hookimpl\ndef console_prob",
    ),
    ("R085", small("small").replace("return [LINE]", "return 'LINE'"), "@hookimpl"),
    ("R085", small("small").replace("return [LINE]", "return {'x': LINE}"), "@hookimpl"),
    ("R085", HYDROGEN.replace('{"power": (HYDROGEN,)}', "[HYDROGEN]"), "@hookimpl"),
    ("R085", HYDROGEN.replace('{"power": (HYDROGEN,)}', '{"power": HYDROGEN}'), "@hookimpl"),
    ("R086", small("small").replace("def console_lines", "async def console_lines"), "@hookimpl"),
    ("R087", HYDROGEN.replace('{"power"', '{"powr"'), '{"powr"'),
    ("R089", small("small", "FLAG = Flag(key='x', label=L('甲', 'x'))"), "FLAG"),
    ("R090", small("small", "FLAG ＝ 1"), "FLAG"),
    ("R018", small("small", "FLAG = Flagg"), "FLAG"),
    ("R006", small("small").replace("return [LINE]", "return [LINES]"), "return [LINES]"),
]
"""Files whose hooks are wrong: what is found, and what stands in its line."""


@pytest.mark.parametrize(("number", "text", "at"), UNFIT, ids=lambda one: str(one)[:12])
def test_a_mistake_in_a_hook_is_found_where_it_stands(
    tmp_path: Path, number: str, text: str, at: str
) -> None:
    path = drop(tmp_path, "small", text)
    found = check_file(path, Known())
    assert [one.number for one in found] == [number]
    assert found[0].line == text.count("\n", 0, text.index(at)) + 1


def test_every_finding_about_hooks_is_tried_here() -> None:
    tried = {number for number, _, _ in UNFIT}
    assert {kind.number for kind in kinds(Hooks)} <= tried | {"R088"}


def test_a_folder_others_may_write_to_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir(mode=0o755)
    check_folder(folder)
    folder.chmod(0o775)
    with pytest.raises(UnfitError, match="R088"):
        check_folder(folder)


def test_lines_may_come_one_by_one(tmp_path: Path) -> None:
    path = drop(tmp_path, "small", small("small").replace("return [LINE]", "yield LINE"))
    assert [line.key for line in load(path).lines] == ["small"]


def test_a_plugin_owns_what_it_brings(tmp_path: Path) -> None:
    assert load(drop(tmp_path, "small", small("small"))).owns() == ("small",)
    assert load(drop(tmp_path, "hydrogen", HYDROGEN)).owns() == ("power/hydrogen",)


def test_what_authors_import_is_there_and_sorted() -> None:
    exported = plugins.__all__
    constants = [name for name in exported if name.isupper() and len(name) > 1]
    kinds_of = [name for name in exported if name[0].isupper() and name not in constants]
    words = [name for name in exported if name.islower()]
    assert exported == [*sorted(constants), *sorted(kinds_of), *sorted(words)]
    assert all(hasattr(plugins, name) for name in exported)
    with pytest.raises(AttributeError):
        _ = plugins.nothing  # type: ignore[attr-defined]


# --- asking


def guarded(tmp_path: Path, hook: str, body: str, stopped: list[str] | None = None) -> Guard:
    takes = ", ".join(inspect.signature(getattr(hookspecs, hook)).parameters)
    text = small("small", "@hookimpl", f"def {hook}({takes}):", f"    {body}")
    brings: Contribution = load(drop(tmp_path, "small", text))
    assert brings.hooks is not None
    told = stopped if stopped is not None else []
    return Guard("small", brings.hooks, lambda name, why: told.append(f"{name}: {why}"))


ASK: dict[str, Callable[[Guard], object]] = {
    "console_problems": lambda guard: guard.problems(CASE),
    "console_route": lambda guard: guard.route(CASE),
    "console_severity": lambda guard: guard.severity(CASE),
    "console_report": lambda guard: guard.sections(CASE),
    "console_case_changed": lambda guard: guard.changed(
        CASE, plugins.FrozenFact("noted", 0, "lin", {})
    ),
}
EMPTY = {hook: type(answer)() for hook, answer in zip(ASK, ([], "", 0, []), strict=False)}
ANSWERS = {
    "console_problems": [Problem("note", plugins.L("太短", "too short"))],
    "console_route": "pile",
    "console_severity": 2,
    "console_report": [plugins.Section(plugins.L("备注", "Note"))],
    "console_case_changed": None,
}


def test_every_hook_is_asked_here() -> None:
    assert {"console_lines", "console_divisions", *ASK} == set(NAMES)


@pytest.mark.parametrize("hook", ASK)
def test_a_hook_is_asked_and_answers(tmp_path: Path, hook: str) -> None:
    guard = guarded(tmp_path, hook, SAYS[hook])
    assert guard.has(hook)
    assert ASK[hook](guard) == ANSWERS[hook]
    assert guard.failures == 0


@pytest.mark.parametrize("hook", ASK)
def test_a_hook_a_plugin_does_not_have_says_nothing(tmp_path: Path, hook: str) -> None:
    other = next(one for one in ASK if one != hook)
    guard = guarded(tmp_path, other, SAYS[other])
    assert ASK[hook](guard) == EMPTY.get(hook)
    assert guard.failures == 0


@pytest.mark.parametrize("hook", ASK)
@pytest.mark.parametrize("body", ["raise RuntimeError('x')", "raise SystemExit(3)", "1 / 0"])
def test_three_failures_stop_a_plugin_once(tmp_path: Path, hook: str, body: str) -> None:
    stopped: list[str] = []
    guard = guarded(tmp_path, hook, body, stopped)
    for asked in range(1, PATIENCE + 3):
        assert ASK[hook](guard) == EMPTY.get(hook)
        assert guard.failures == min(asked, PATIENCE)
    assert not guard.running
    assert len(stopped) == 1
    assert stopped[0].startswith(f"small: {hook} raised ")


@pytest.mark.parametrize(
    ("hook", "body"),
    [
        ("console_problems", "return ['note is too short']"),
        ("console_problems", "return 7"),
        ("console_problems", "yield 1; raise RuntimeError('half way')"),
        ("console_report", "return 'text'"),
        ("console_route", "return 5"),
        ("console_severity", "return 9"),
        ("console_severity", "return True"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_a_failure(tmp_path: Path, hook: str, body: str) -> None:
    guard = guarded(tmp_path, hook, body)
    assert ASK[hook](guard) == EMPTY[hook]
    assert guard.failures == 1


@pytest.mark.parametrize(
    "body", ["case.values['note'] = 'y'", "case.state = 'closed'", "case.facts.append(1)"]
)
def test_a_plugin_cannot_change_what_it_sees(tmp_path: Path, body: str) -> None:
    guard = guarded(tmp_path, "console_case_changed", body)
    ASK["console_case_changed"](guard)
    assert guard.failures == 1


def test_only_the_owner_is_asked(tmp_path: Path) -> None:
    line = guarded(tmp_path, "console_severity", "return 1")
    division = guarded(tmp_path, "console_severity", "return 2")
    guards = Guards({"small": line, "small/pile": division})
    assert guards.of("small", "pile") is division
    assert guards.of("small", "other") is line
    assert guards.of("power", "pile") is None
    division.failures = PATIENCE
    assert guards.of("small", "pile") is None


# --- the pages


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name: str) -> None:
    page = Path(f"docs/plugins/{name}.md").read_text("utf-8")
    assert page == PAGES[name](), f"console plugin docs {name}"


def test_the_page_of_names_has_what_every_rule_may_name() -> None:
    known, names = Known(), set(re.findall(r"^\| `(\w+)` \|", PAGES["names"](), re.M))
    rules = Survey(Line("any", L("任", "any")), None, known)
    for several in (rules.facts, rules.slots, known.roles, known.channels):
        assert set(several) <= names


def test_the_page_has_every_hook_with_its_signature() -> None:
    page = PAGES["hooks"]()
    for name in NAMES:
        names = ", ".join(inspect.signature(getattr(hookspecs, name)).parameters)
        written = re.search(rf"```python\n{name}\((.*)\) ->", page)
        assert written, name
        assert ", ".join(re.findall(r"(\w+):", written[1])) == names
