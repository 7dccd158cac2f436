"""Files that are no product lines: whatever they do, it is a finding with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.plugins.dropin import LARGEST, load
from console.plugins.findings import Finding
from console.plugins.kinds import Files, kinds
from console.plugins.known import Known
from console.plugins.trial import check_file, try_file
from console.plugins.unfit import UnfitError
from console.speech import Speech
from tests.plugins import acme

SOUND = Path(acme.__file__).read_text("utf-8")
LENGTH = """\
from console.plugins import L, Line, Timer

TIMERS = (
    Timer("a", L("甲", "a"), "assigned", "solved", "1h"),
    Timer("b", L("乙", "b"), "assigned", "solved",
          within="15 minutes"),
)
LINES = (Line("x", L("某", "x"), timers=TIMERS),)
"""


def write(tmp_path: Path, text: str | bytes, name: str = "acme.py") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o600)
    return path


def only(findings: list[Finding]) -> tuple[str, int, str]:
    """Number, line and remedy of the one finding there is."""
    assert len(findings) == 1, findings
    return findings[0].number, findings[0].line, Speech("en").say(findings[0].remedy)


@pytest.mark.parametrize(
    ("text", "number", "line", "remedy"),
    [
        (b"x = 1\ny = '\xff'\n", "R001", 2, "UTF-8"),
        (b"#" * (LARGEST + 1), "R002", 1, "move everything else out"),
        ("x = 1\n\nif x\n", "R005", 3, "Mend this line"),
        ("x = 1\0", "R005", 1, "Mend this line"),
        ("(" * 5000, "R005", 1, "Mend this line"),
        ("import os\n\nimport no_such_module\n", "R006", 3, "only declares rules"),
        ('from console.plugins import L\n\nNAME = L("甲", "")\n', "R027", 3, "Give both"),
        ("def deep():\n    deep()\n\ndeep()\n", "R006", 2, "Mend this line"),
        ("import sys\n\n\nsys.exit(3)\n", "R007", 4, "Take out sys.exit"),
        ("CONSOLE_API = 1\n", "R009", 1, "LINES = (ACME,)"),
        ("CONSOLE_API = 1\nLINES = ('acme',)\n", "R009", 1, "LINES = (ACME,)"),
        ("CONSOLE_API = 1\nLINES = ()\n", "R009", 1, "LINES = (ACME,)"),
        (LENGTH, "R010", 5, "15m, 2h"),
    ],
)
def test_an_unusable_file_is_a_finding(
    tmp_path: Path, text: str | bytes, number: str, line: int, remedy: str
) -> None:
    path = write(tmp_path, text)
    found = check_file(path, Known())
    assert only(found)[:2] == (number, line)
    assert remedy in only(found)[2]
    assert found[0].file == str(path)


def test_a_file_others_may_change_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, SOUND)
    path.chmod(0o620)
    assert only(check_file(path, Known())) == (
        "R003",
        1,
        f"Make it yours alone: chmod go-w {path}, and chown if it belongs to somebody else.",
    )


@pytest.mark.parametrize("name", ["Acme.py", "acme.txt", "1acme.py", "ac-me.py", ".py"])
def test_a_file_needs_a_name_that_can_be_enabled(tmp_path: Path, name: str) -> None:
    number, _, remedy = only(check_file(write(tmp_path, SOUND, name), Known()))
    assert number == "R004"
    assert "acme.py" in remedy


def test_links_pipes_and_folders_are_not_files(tmp_path: Path) -> None:
    (tmp_path / "linked.py").symlink_to(write(tmp_path, SOUND))
    (tmp_path / "folder.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")
    for name in ("linked.py", "folder.py", "pipe.py", "missing.py"):
        assert only(check_file(tmp_path / name, Known()))[0] == "R001"


def test_every_finding_about_files_is_tried_here() -> None:
    assert [kind.number for kind in kinds(Files)] == [f"R{n:03}" for n in range(1, 11)]


def test_a_sound_file_gives_its_lines(tmp_path: Path) -> None:
    assert load(write(tmp_path, SOUND)).lines[0].key == "acme"
    with pytest.raises(UnfitError, match=r"acme\.py:1: R009 acme\.py: The file adds neither"):
        load(write(tmp_path, "CONSOLE_API = 1"))


def test_another_process_finds_the_same(tmp_path: Path) -> None:
    path = write(
        tmp_path, SOUND.replace('"phone")', '"pigeon")').replace('"leak"),', '"漏电"),', 1)
    )
    here = Known(frozenset(("cn-office",)))
    assert try_file(path, here).findings == check_file(path, here)
    found = try_file(path, Known(frozenset(("mars",)))).findings
    assert {one.number for one in found} == {"R022", "R053", "R058"}


def test_a_file_that_hangs_says_where(tmp_path: Path) -> None:
    path = write(tmp_path, "x = 1\nwhile True:\n    x += 1\n")
    number, line, remedy = only(try_file(path, seconds=0.7).findings)
    assert (number, line in (2, 3)) == ("R008", True)
    assert "endless loops" in remedy


def test_a_file_that_kills_the_process_is_found_out(tmp_path: Path) -> None:
    path = write(tmp_path, "import os\nprint('[]')\nos._exit(0)\n")
    number, line, remedy = only(try_file(path).findings)
    assert (number, line) == ("R007", 1)
    assert "os._exit" in remedy


def test_what_a_file_prints_does_not_matter(tmp_path: Path) -> None:
    noise = "import sys\nprint('x' * 100000)\nprint('[]', file=sys.stderr)\n"
    trial = try_file(write(tmp_path, SOUND.replace("from __future__", noise + "#", 1)))
    assert (trial.findings, trial.keys) == ([], ("acme",))


def test_a_file_does_not_get_all_the_memory_there_is(tmp_path: Path) -> None:
    path = write(tmp_path, "x = 1\n\ny = bytearray(8 * 1024**3)\n")
    assert only(try_file(path).findings)[:2] == ("R006", 3)
