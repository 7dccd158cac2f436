"""The demo lives, and nothing of it stays."""

from __future__ import annotations

from pathlib import Path

from tests.pty.terminal import UTF8, Watched


def test_calls_ring_within_seconds_and_nothing_is_left(tmp_path: Path) -> None:
    words = ("demo", "--speed", "20", "--seed", "7")
    with Watched(*words, LANG=UTF8["zh"], TMPDIR=str(tmp_path)) as terminal:
        terminal.sees("林晓 Lin", "5 全部 8")
        assert [path.name[:13] for path in tmp_path.iterdir()] == ["console-demo-"]
        terminal.waits(lambda text: "响铃" in text or "等待" in text, "a call")
        terminal.types("\x1b[24~")  # F12
        assert terminal.ends() == 0
        assert terminal.nobody_is_left()
    assert list(tmp_path.iterdir()) == []


def test_a_demo_that_is_hung_up_on_leaves_nothing_either(tmp_path: Path) -> None:
    with Watched("demo", "--speed", "20", LANG=UTF8["en"], TMPDIR=str(tmp_path)) as terminal:
        terminal.sees("林晓 Lin", "5 all 8")
        terminal.hang_up()
        terminal.ends()
        assert terminal.nobody_is_left()
    assert list(tmp_path.iterdir()) == []
