"""Plugins installed as packages: listed without being imported, pinned like files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.installation import open_desk
from console.plugins.packages import installed
from console.plugins.unfit import UnfitError
from tests.installations import CommandLine

EXAMPLE = Path(__file__).parent / "example_package"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place packages are installed to, with one plugin in it."""
    site = shutil.copytree(EXAMPLE, tmp_path / "site")
    monkeypatch.syspath_prepend(str(site))
    yield site
    for name in [name for name in sys.modules if name.startswith("console_tidal")]:
        del sys.modules[name]


def lines(data: Path) -> tuple[set[str], dict[str, str]]:
    desk = open_desk(data)
    found = set(desk.rulebook.lines), dict(desk.problems)
    desk.store.close()
    return found


def test_a_package_is_listed_without_being_imported(site: Path, console: CommandLine) -> None:
    rows = {row["name"]: row for row in console.json("plugin", "list")["plugins"]}
    assert (rows["tidal"]["state"], rows["tidal"]["source"]) == ("off", "package console_tidal")
    assert "console_tidal" not in sys.modules


def test_a_package_runs_once_it_is_enabled(site: Path, console: CommandLine, data: Path) -> None:
    assert lines(data) == ({"power"}, {})
    assert console("plugin", "check", "tidal").code == 0
    assert console("plugin", "enable", "tidal").code == 0
    assert lines(data) == ({"power", "tidal"}, {})
    assert console("plugin", "disable", "tidal").code == 0
    assert lines(data) == ({"power"}, {})


def test_a_package_that_changed_is_left_out(site: Path, console: CommandLine, data: Path) -> None:
    assert console("plugin", "enable", "tidal").code == 0
    module = site / "console_tidal" / "__init__.py"
    module.write_text(module.read_text("utf-8") + "# 1.1\n", "utf-8")
    found, problems = lines(data)
    assert found == {"power"}
    assert "changed since it was enabled" in problems["tidal"]
    (site / "console_tidal" / "more.py").write_text("x = 1\n", "utf-8")
    assert console("plugin", "enable", "tidal").code == 0
    assert lines(data) == ({"power", "tidal"}, {})


def test_a_package_that_fails_is_refused(site: Path, console: CommandLine, data: Path) -> None:
    module = site / "console_tidal" / "__init__.py"
    module.write_text("raise SystemExit(4)\n", "utf-8")
    answer = console("plugin", "enable", "tidal")
    assert answer.code == 1
    assert "R007" in answer.out
    shutil.rmtree(site / "console_tidal")
    sys.modules.pop("console_tidal", None)
    answer = console("plugin", "enable", "tidal")
    assert answer.code == 1
    assert "R001" in answer.out
    with pytest.raises(UnfitError):
        installed()["tidal"].content()


def test_a_package_that_is_gone_is_named(site: Path, console: CommandLine, data: Path) -> None:
    assert console("plugin", "enable", "tidal").code == 0
    sys.path.remove(str(site))
    found, problems = lines(data)
    assert found == {"power"}
    assert "R001" in problems["tidal"]
    sys.path.insert(0, str(site))


def test_two_packages_of_one_name_are_both_refused(
    site: Path, console: CommandLine, data: Path
) -> None:
    assert console("plugin", "enable", "tidal").code == 0
    other = site / "other-1.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    (other / "entry_points.txt").write_text("[console.plugins]\ntidal = console_other\n")
    assert installed()["tidal"].again
    assert "several packages" in lines(data)[1]["tidal"]


def test_the_same_package_seen_twice_is_one(site: Path) -> None:
    twin = site / "console_tidal-1.1.dist-info"
    shutil.copytree(site / "console_tidal-1.0.dist-info", twin)
    assert not installed()["tidal"].again
