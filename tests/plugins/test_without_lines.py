"""No line is part of the core: any of them may be left out, or its file be gone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console.installation import open_desk
from console.plugins.lines import lines_of, shipped
from tests.installations import HandSet
from tests.stories.lines import enable

CONSOLE = Path(open_desk.__code__.co_filename).parent
KEYS = {line.key for name in shipped() for line in lines_of(name)}
DATA = ("data", "locale", "__pycache__")
"""What of the console is data, and may name lines."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the console that lines can be taken out of."""
    place = tmp_path_factory.mktemp("package")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CONSOLE, place / "console", ignore=ignored)
    return place


def run(package: Path, data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-P", "-m", "console", *words, "--data", str(data), "--lang", "en"],
        env=env,
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", shipped())
def test_any_line_may_be_switched_off(data: Path, now: HandSet, name: str) -> None:
    enable(data, *(one for one in shipped() if one != name))
    desk = open_desk(data, now)
    assert desk.problems == {}
    assert {line.key for line in lines_of(name)}.isdisjoint(desk.rulebook.lines)
    assert set(desk.rulebook.lines) < KEYS
    desk.store.close()


@pytest.mark.parametrize("name", shipped())
def test_the_console_works_without_the_file_of_any_line(
    package: Path, data: Path, name: str
) -> None:
    plugins = package / "console" / "plugins"
    files = [*plugins.glob(f"{name}.py"), *plugins.glob(f"{name}_*.py")]
    hidden = [path.rename(path.with_suffix(".hidden")) for path in files]
    try:
        enable(data, *shipped())
        listed = run(package, data, "plugin", "list")
        other = next(one for one in shipped() if one != name)
        words = ("do", "open", f"line={other}", "reason=x", "--as", "lin")
        opened, shown = run(package, data, *words), run(package, data, "show", "case", "1001")
    finally:
        for path in hidden:
            path.rename(path.with_suffix(".py"))
    assert listed.returncode == 0, listed.stderr
    assert re.search(rf"^{name} +left out", listed.stdout, re.MULTILINE)
    assert opened.returncode == 0, opened.stderr
    assert shown.returncode == 0, shown.stderr
    assert "Traceback" not in listed.stderr + opened.stderr + shown.stderr


@pytest.mark.parametrize("name", shipped())
def test_no_line_is_named_outside_its_own_files_and_data(name: str) -> None:
    word = re.compile(rf"(?<![A-Za-z]){name}(?![A-Za-z])")
    own = CONSOLE / "plugins"
    naming = [
        str(path.relative_to(CONSOLE))
        for path in sorted(CONSOLE.rglob("*"))
        if path.suffix in (".py", ".toml", ".tcss")
        and not set(path.relative_to(CONSOLE).parts) & set(DATA)
        and not (path.parent == own and path.stem.split("_")[0] == name)
        and word.search(path.read_text("utf-8"))
    ]
    assert naming == []
