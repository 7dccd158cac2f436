"""The house rules no linter knows: what the tree, its modules and its lock files must keep."""

from __future__ import annotations

import ast
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "console").rglob("*.py"))
LONGEST_MODULE = 400

# Written in pieces, so that this file does not mention what it looks for.
MACHINE_PATH = re.compile(
    r"(?<![\w.~)}\]-])/(?:" + "|".join(["work", "tm" + "p", "root", "opt/(?:wheels|pypi)"]) + r")/"
)

# SQL as it is written in this project (upper case), and a whole statement in lower case.
STATEMENT = (
    r"SELECT\b.+\bFROM\b|INSERT\s+(?:OR\s+\w+\s+)?INTO\b|UPDATE\b.+\bSET\b|DELETE\s+FROM\b"
    r"|CREATE\s+(?:\w+\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)\b|BEGIN\s+IMMEDIATE\b|PRAGMA\s+\w"
)
SQL = re.compile(rf"\b(?:{STATEMENT})|\A\s*(?:{STATEMENT.lower()})".replace(r"\a", r"\A"), re.S)

CLOCK_READERS = {"now", "utcnow", "today"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: ast.Module) -> Iterator[str]:
    """Every module named by an import statement, those inside functions too."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield node.module or ""


def tracked_files() -> list[Path]:
    """What is in git, or would be with the next `git add`."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_mentions_a_path_of_the_machine_it_was_written_on() -> None:
    found = []
    for path in tracked_files():
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
        found += [
            f"{named(path)}:{n}" for n, line in enumerate(lines, 1) if MACHINE_PATH.search(line)
        ]
    assert not found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see /" + "tmp/brief", True),
        ('"/' + 'root/.ssh"', True),
        ("file:///" + "opt/wheels/x", True),
        ("https://example.org/work/plan", False),
        ("docs/work/plan", False),
        ("$root/work/", False),
    ],
)
def test_machine_paths_are_recognised(text: str, expected: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is expected


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_and_stays_short(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "a module starts with a docstring"
    if not is_a_line(path):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def is_a_line(path: Path) -> bool:
    """A product line is one regulation, and its chapters are written down in one file each,
    however long; so is what the house decided."""
    if path.parent.name != "plugins":
        return False
    lines = [p.stem for p in path.parent.glob("*.py") if "\nLINES = (" in p.read_text("utf-8")]
    return path.stem.partition("_")[0] in (*lines, "house")


def strings(module: ast.Module) -> Iterator[str]:
    """String constants, f-strings with their holes; docstrings may talk about anything."""
    talk = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "?" for p in node.values)
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in talk
        ):
            yield node.value


def test_only_the_store_writes_sql() -> None:
    outside = [path for path in MODULES if "store" not in path.relative_to(ROOT).parts]
    found = [
        f"{named(path)}: {text[:60]!r}"
        for path in outside
        for text in strings(tree(path))
        if SQL.search(text)
    ]
    assert not found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT seq\nFROM facts", True),
        ("select seq from facts", True),
        ("WITH x AS (SELECT 1 FROM y) DELETE FROM z", True),
        ("INSERT OR IGNORE INTO facts VALUES (?)", True),
        ("UPDATE cases SET state = ?", True),
        ("PRAGMA data_version", True),
        ("create unique index cases_open on cases (due)", True),
        ("Select a case from the board", False),
        ("The update is set for tomorrow", False),
        ("deleted from the roster", False),
    ],
)
def test_sql_is_recognised(text: str, expected: bool) -> None:
    assert bool(SQL.search(text)) is expected


DOMAIN = sorted((ROOT / "console" / "domain").rglob("*.py"))


@pytest.mark.parametrize("path", DOMAIN, ids=named)
def test_the_domain_imports_the_standard_library_arrow_and_phonenumbers_only(path: Path) -> None:
    allowed = sys.stdlib_module_names | {"arrow", "phonenumbers"}
    strangers = {
        name
        for name in imported(tree(path))
        if name.split(".")[0] not in allowed and not f"{name}.".startswith("console.domain.")
    }
    assert not strangers


@pytest.mark.parametrize("path", DOMAIN, ids=named)
def test_the_domain_is_told_the_time(path: Path) -> None:
    readers = [
        f"line {node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_READERS
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and ast.unparse(node.func.value).split(".")[-1] in {"arrow", "Arrow", "date", "datetime"}
    ]
    assert not readers


def is_product_line(path: Path) -> bool:
    """Authors' modules declare the interface they were written for; nothing else does."""
    targets = (node.targets for node in tree(path).body if isinstance(node, ast.Assign))
    return any(ast.unparse(target) == "CONSOLE_API" for names in targets for target in names)


PRODUCT_LINES = [p for p in MODULES if p.parent.name == "plugins" and is_product_line(p)]


def test_product_lines_import_nothing_of_the_house_but_the_author_interface() -> None:
    found = {
        f"{named(path)}: {name}"
        for path in PRODUCT_LINES
        for name in imported(tree(path))
        if name.split(".")[0] not in sys.stdlib_module_names and name != "console.plugins"
    }
    assert not found


def loaded_by(*modules: str) -> set[str]:
    """What a fresh interpreter has loaded after importing `modules`."""
    script = (
        "import importlib, json, sys\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *modules],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def modules_below(package: str) -> list[str]:
    """`package` and everything in it, by name."""
    place = ROOT.joinpath(*package.split("."))
    return [package, *(m.name for m in pkgutil.walk_packages([str(place)], f"{package}."))]


def test_the_domain_loads_no_library_a_clock_does_not_need() -> None:
    loaded = loaded_by(*modules_below("console.domain"))
    heavy = {"argon2", "asyncio", "pluggy", "rich", "sqlite3", "sqlite_utils", "textual"}
    # The place names of all numbers in the world: 99 MB, and one process needs them.
    assert not loaded & (heavy | {"phonenumbers.geocoder", "phonenumbers.carrier"})


def test_product_lines_load_neither_screen_nor_store() -> None:
    loaded = loaded_by("console.plugins", *(f"console.plugins.{p.stem}" for p in PRODUCT_LINES))
    assert not loaded & {"rich", "sqlite3", "sqlite_utils", "textual", "phonenumbers.geocoder"}


def test_only_what_is_shown_loads_textual() -> None:
    shown = {"__main__", "app", "screens", "widgets"}
    places = [path.relative_to(ROOT).with_suffix("").parts for path in MODULES]
    names = [".".join(parts).removesuffix(".__init__") for parts in places if parts[1] not in shown]
    assert "textual" not in loaded_by(*names)


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def wanted(*groups: str) -> list[Requirement]:
    """The requirements of the package, of its build, and of the dependency groups named."""
    texts = [*project()["project"]["dependencies"], *project()["build-system"]["requires"]]
    for group in groups:
        texts += [item for item in project()["dependency-groups"][group] if isinstance(item, str)]
    return [Requirement(text) for text in texts]


@cache
def locked(lock: str) -> dict[str, str]:
    """Name to version, as pinned by the lock file."""
    pins = re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / lock).read_text(encoding="utf-8"), re.M)
    return dict(pins)


LOCKS = [("requirements.lock", ("build",)), ("requirements-dev.lock", ("build", "dev"))]


@pytest.mark.parametrize(("lock", "groups"), LOCKS)
def test_a_lock_holds_every_requirement_at_a_version_it_allows(
    lock: str, groups: tuple[str, ...]
) -> None:
    pins = locked(lock)
    unmet = [
        str(requirement)
        for requirement in wanted(*groups)
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]
    assert not unmet, "run `make lock`"


@pytest.mark.parametrize("lock", [lock for lock, _ in LOCKS])
def test_every_locked_package_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]
    assert len(blocks) == len(locked(lock))
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|^\s*-(?:i|f|-index|-extra|-find|-trusted)", text, re.M)


def test_what_is_installed_is_what_is_tested() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_every_requirement_is_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    missing = [r.name for r in wanted("build", "dev") if f"`{r.name}`" not in explained]
    assert not missing
