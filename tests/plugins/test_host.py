"""Loading: nothing runs that nobody enabled; what is wrong is left out, the rest goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from console.config import Without
from console.domain.rules import Line
from console.plugins.checker import check_line
from console.plugins.enabled import Enabled, Pin
from console.plugins.findings import Finding
from console.plugins.host import Host
from console.plugins.known import Known
from tests.plugins.kit import ACME, HYDROGEN, drop, pin, put, small

BROKEN = ACME.replace('"phone")', '"pigeon")')


def test_a_file_nobody_enabled_is_not_even_read(tmp_path: Path) -> None:
    drop(tmp_path, "acme", "raise SystemExit(1)")
    host = Host(("power",), tmp_path)
    assert (set(host.rulebook().lines), host.problems) == ({"power"}, {})


def test_an_enabled_file_joins_the_shipped_lines(tmp_path: Path) -> None:
    put(tmp_path, "acme", ACME)
    host = Host(("power",), tmp_path, lambda: ["cn-office"])
    assert host.problems == {}
    assert set(host.rulebook().lines) == {"acme", "power"}


def test_a_division_joins_its_line_under_its_policy(tmp_path: Path) -> None:
    put(tmp_path, "hydrogen", HYDROGEN)
    host = Host(("power",), tmp_path)
    assert host.problems == {}
    line = host.rulebook().lines["power"]
    division = line.division("hydrogen")
    assert division is not None
    own = line.division("storage")
    assert own is not None
    assert (division.via, division.door, division.assignee) == (own.via, own.door, own.assignee)


def test_a_division_waits_for_its_line(tmp_path: Path) -> None:
    put(tmp_path, "hydrogen", HYDROGEN)
    host = Host((), tmp_path)
    assert host.problems == {"hydrogen": "the product line power is not switched on"}


def test_a_division_may_join_the_line_of_another_plugin(tmp_path: Path) -> None:
    put(tmp_path, "zeta", small("zeta"))
    put(tmp_path, "hydrogen", HYDROGEN.replace('{"power"', '{"zeta"'))
    host = Host((), tmp_path)
    assert host.problems == {}
    assert host.rulebook().lines["zeta"].division("hydrogen") is not None


def test_what_changed_since_it_was_enabled_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "acme", ACME)
    drop(tmp_path, "acme", ACME + "\n# looks harmless\n")
    host = Host(("power",), tmp_path)
    assert "changed since it was enabled" in host.problems["acme"]
    assert set(host.rulebook().lines) == {"power"}


@pytest.mark.parametrize(
    ("without", "left", "problems"),
    [
        (Without(safe=True), {"power"}, {"acme"}),
        (Without(names=("acme",)), {"power"}, {"acme"}),
        (Without(names=("power",)), {"acme"}, {"power"}),
        (Without(), {"acme", "power"}, set()),
    ],
)
def test_a_start_may_leave_plugins_out(
    tmp_path: Path, without: Without, left: set[str], problems: set[str]
) -> None:
    put(tmp_path, "acme", ACME)
    host = Host(("power",), tmp_path, None, without)
    assert set(host.rulebook().lines) == left
    assert set(host.problems) == problems


def test_facts_a_line_adds_are_called_as_it_says(tmp_path: Path) -> None:
    put(tmp_path, "acme", ACME)
    rulebook = Host((), tmp_path).rulebook()
    assert rulebook.fact_label("parts_came").zh == "配件到"
    assert rulebook.fact_label("arrived").zh == "到达"


def test_a_line_with_an_error_is_left_out_with_its_first_sentence(tmp_path: Path) -> None:
    path = put(tmp_path, "acme", BROKEN)
    host = Host(("power",), tmp_path)
    assert set(host.rulebook().lines) == {"power"}
    line = ACME[: ACME.index('"phone")')].count("\n") + 1
    assert host.problems == {
        "acme": f"{path}:{line}: R053 acme.notices.leak: There is no channel “pigeon”."
    }


def test_a_warning_keeps_nothing_out(tmp_path: Path) -> None:
    put(tmp_path, "acme", ACME.replace('clause="acme 1.4",', ""))
    assert "acme" in Host((), tmp_path).rulebook().lines


def test_calendars_are_those_of_the_installation(tmp_path: Path) -> None:
    put(tmp_path, "acme", ACME)
    assert "R058" in Host((), tmp_path, lambda: ["mars"]).problems["acme"]


def test_a_name_that_is_no_shipped_line_is_said(tmp_path: Path) -> None:
    host = Host(("host", "acme", "power"), tmp_path)
    assert set(host.problems) == {"host", "acme"}
    assert set(host.rulebook().lines) == {"power"}


def test_nobody_takes_the_place_of_a_shipped_line(tmp_path: Path) -> None:
    put(tmp_path, "bad", ACME.replace('"acme",', '"power",'))
    host = Host(("power",), tmp_path)
    assert host.rulebook().lines["power"].label.en == "Power electronics"
    assert host.problems == {"bad": "another plugin has power already"}


def test_two_plugins_with_one_key_are_both_left_out(tmp_path: Path) -> None:
    for name in ("one", "two"):
        drop(tmp_path, name, small("shared"))
        pin(tmp_path, name, owns=())
    put(tmp_path, "other", small("other"))
    host = Host((), tmp_path)
    assert set(host.problems) == {"one", "two"}
    assert set(host.rulebook().lines) == {"other"}


def test_the_remembered_owner_keeps_its_key(tmp_path: Path) -> None:
    put(tmp_path, "two", small("shared"))
    drop(tmp_path, "a_bad_one", small("shared"))
    pin(tmp_path, "a_bad_one", owns=())
    host = Host((), tmp_path)
    assert host.problems == {"a_bad_one": "another plugin has shared already"}
    assert set(host.rulebook().lines) == {"shared"}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"acme": 1}', '{"acme": {"on": true}}'])
def test_a_list_nobody_can_read_enables_nothing(tmp_path: Path, text: str) -> None:
    put(tmp_path, "acme", ACME)
    (tmp_path / "enabled.json").write_text(text, "utf-8")
    assert Host(("power",), tmp_path).rulebook().lines.keys() == {"power"}


def test_what_is_owned_is_free_again_when_file_and_pin_are_gone(tmp_path: Path) -> None:
    path = put(tmp_path, "old", small("shared"))
    enabled = Enabled(tmp_path)
    enabled.switch_off("old")
    assert enabled.owners() == {"shared": "old"}
    path.unlink()
    assert enabled.owners() == {}


def test_a_full_disk_does_not_stop_a_seat(tmp_path: Path) -> None:
    put(tmp_path, "acme", ACME)
    enabled = Enabled(tmp_path / "gone" / "\0")
    assert enabled.pins() == {}
    Enabled(tmp_path).fail("nobody", "because")
    assert Enabled(tmp_path).pins().keys() == {"acme"}


def test_a_pin_is_kept_whole(tmp_path: Path) -> None:
    kept = Pin("abc", ("acme", "acme/pile"), on=False, failed="why")
    Enabled(tmp_path / "new").put("acme", kept)
    assert Enabled(tmp_path / "new").pins() == {"acme": kept}


def test_a_file_is_checked_again_only_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Path | None] = []

    def watched(line: Line, source: Path | None, known: Known) -> list[Finding]:
        checked.append(source)
        return check_line(line, source, known)

    monkeypatch.setattr("console.plugins.checker.check_line", watched)
    path = put(tmp_path, "acme", ACME)
    for calendars in (["cn-office"], ["cn-office"], ["cn-office", "mars"]):
        assert Host((), tmp_path, lambda ids=calendars: ids).problems == {}
    assert checked == [path] * 2
    put(tmp_path, "acme", BROKEN)
    assert all("R053" in Host((), tmp_path).problems["acme"] for _ in range(2))
    assert checked == [path] * 3
    monkeypatch.setattr("console.plugins.checked.__version__", "another")
    put(tmp_path, "acme", ACME)
    assert Host((), tmp_path).problems == {}
    assert checked == [path] * 4


def test_what_was_remembered_may_be_lost_or_unreadable(tmp_path: Path) -> None:
    put(tmp_path, "acme", ACME)
    assert Host((), tmp_path).problems == {}
    for text in ("", "[]", "{", '{"acme": 1}', '{"acme": ["x", ""]}'):
        (tmp_path / "checked.json").write_text(text, "utf-8")
        assert Host((), tmp_path).problems == {}
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["acme.py", "checked.json", "enabled.json"]


def test_a_start_without_added_plugins_loads_no_plugin_machinery(tmp_path: Path) -> None:
    drop(tmp_path, "acme", ACME)
    program = (
        "import sys; from pathlib import Path; from console.plugins.host import Host;"
        f"Host(('power',), Path({str(tmp_path)!r})).rulebook();"
        "print(sorted({'pluggy', 'console.plugins.checker'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
