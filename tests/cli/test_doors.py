"""The front door itself: without arguments, and the bare clock as other programs call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "clock"


def run(*words: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "console", *words],
        input=stdin,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_a_word_it_asks_for_what_it_needs(tmp_path: Path) -> None:
    done = run("--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert "--person" in done.stderr
    assert "Traceback" not in done.stderr
    bare = run(cwd=tmp_path)
    assert (bare.returncode, "Traceback" in bare.stderr) == (1, False)


def test_the_bare_clock_answers_every_vector(tmp_path: Path) -> None:
    cases = (DATA / "cases.jsonl").read_text("utf-8")
    done = run("due", "--calendars", str(DATA / "calendars.json"), stdin=cases, cwd=tmp_path)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    expected = [json.loads(line) for line in cases.splitlines()]
    assert (done.returncode, len(answers)) == (0, len(expected))
    assert [one["id"] for one in answers] == [one["id"] for one in expected]
    assert [one["result"] for one in answers] == [one["expect"] for one in expected]
