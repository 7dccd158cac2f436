"""The measuring itself: what it counts, prints and seeds. No test asserts a time."""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from bench import __main__ as front
from bench import rows, sampling, seed
from bench.commit import Recording
from bench.crowd import crowd
from bench.pty import Terminal
from bench.rows import Row, table
from bench.sampling import Scale
from console.desk import Who
from console.desk.verification import verify
from console.installation import open_desk
from tests.installations import HandSet

WHO = Who(seed.PERSON, "bench")


@pytest.mark.parametrize("name", front.BENCHES)
def test_every_budget_has_a_module_that_runs_it(name: str) -> None:
    assert callable(import_module(f"bench.{name}").run)


# --- rows


@pytest.mark.parametrize(
    ("row", "ratio", "ok"),
    [
        (Row("w", 3.0, "ms", 1.5, floor=2.0), 1.5, True),
        (Row("w", 3.1, "ms", 1.5, floor=2.0), 1.55, False),
        (Row("w", 100.0, "ms", 100.0), None, True),
        (Row("w", 101.0, "ms", 100.0), None, False),
        (Row("w", 0.96, "", 0.95, least=True), None, True),
        (Row("w", 0.94, "", 0.95, least=True), None, False),
        (Row("w", 1.0, "ms", 2.0, floor=0.0), float("inf"), False),
    ],
)
def test_a_budget_is_a_ratio_where_there_is_a_floor(
    row: Row, ratio: float | None, ok: bool
) -> None:
    assert row.ratio == (None if ratio is None else pytest.approx(ratio))
    assert row.ok is ok
    assert row.as_data()["ok"] is ok


def test_the_table_is_aligned_and_names_what_is_missed() -> None:
    printed = table([Row("short", 1.0, "ms", 2.0), Row("much longer", 1234.0, "B", 3.0, 10.0)])
    heading, short, long = printed.splitlines()
    assert short.endswith("ok")
    assert long.endswith("MISS")
    assert "1,234" in long
    assert heading.index("budget") + len("budget") == short.index("≤ 2") + len("≤ 2")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (0.042, "0.0420"), (7.126, "7.13"), (42.26, "42.3"), (512, "512")],
)
def test_numbers_keep_about_three_digits(value: float, expected: str) -> None:
    assert rows.number(value) == expected


# --- sampling


def test_contestants_take_turns_and_the_warm_rounds_do_not_count() -> None:
    order: list[str] = []

    def contestant(name: str) -> float:
        order.append(name)
        return float(len(order))

    taken = sampling.alternating(
        {"a": lambda: contestant("a"), "b": lambda: contestant("b")}, rounds=2, warm=1
    )
    assert order == ["a", "b"] * 3
    assert taken == {"a": [3.0, 5.0], "b": [4.0, 6.0]}


def test_percentiles_and_fairness() -> None:
    assert sampling.percentile([3, 1, 2], 50) == 2
    assert sampling.percentile(list(range(101)), 99) == 99
    with pytest.raises(ValueError, match="no values"):
        sampling.percentile([], 50)
    assert sampling.jain([2, 2, 2]) == 1
    assert sampling.jain([3, 0, 0]) == pytest.approx(1 / 3)


def test_a_scale_picks_one_of_three_sizes() -> None:
    assert [scale.pick(1, 2, 3) for scale in (Scale(quick=True), Scale(), Scale(full=True))] == [
        1,
        2,
        3,
    ]
    assert Scale(full=True).pick(1, 2) == 2


# --- processes


def test_a_crowd_answers_in_order() -> None:
    assert crowd(3, lambda index: [float(index)] * index, patience=60) == [[], [1.0], [2.0, 2.0]]


def test_a_member_that_fails_is_noticed(capfd: pytest.CaptureFixture[str]) -> None:
    def member(index: int) -> list[float]:
        raise OSError(index)

    with pytest.raises(RuntimeError, match="failed"):
        crowd(1, member, patience=60)


def test_a_terminal_answers_what_it_is_asked() -> None:
    ask = (
        "import os, tty; tty.setraw(0); os.write(1, b'\\x1b[6n'); heard = os.read(0, 6); "
        "os.write(1, b'heard ' + heard[1:])"
    )
    with Terminal([sys.executable, "-c", ask]) as terminal:
        painted = terminal.until("heard [1;1R")
        assert terminal.begun < painted <= time.monotonic()
        assert terminal.memory().resident >= terminal.memory().private


def test_what_a_terminal_did_not_paint_is_reported() -> None:
    with (
        Terminal([sys.executable, "-c", "print('something else')"]) as terminal,
        pytest.raises(TimeoutError, match="something else"),
    ):
        terminal.until("this", patience=60)


# --- stores


@pytest.fixture
def seeded(tmp_path: Path, now: HandSet) -> Path:
    return seed.store(tmp_path / "seeded", history=200, open_cases=40, now=now)


def test_a_seeded_store_is_sound(seeded: Path, now: HandSet) -> None:
    desk = open_desk(seeded, now)
    report = verify(desk)
    board = desk.board()
    desk.store.close()
    assert report.problems == ()
    assert report.cases == 240
    assert len(board) == 40
    assert len({row.customer for row in board}) > 10


def test_nothing_falls_due_while_measuring(seeded: Path, now: HandSet) -> None:
    desk = open_desk(seeded, now)
    first = desk.next_moment()
    desk.store.close()
    assert first is not None
    assert first > now.at + 3600


def test_a_seeded_case_goes_on_like_any_other(seeded: Path, now: HandSet) -> None:
    desk = open_desk(seeded, now)
    number = min(row.case for row in desk.board())
    desk.do("note", {"case": number, "text": "补充"}, WHO)
    problems = verify(desk).problems
    desk.store.close()
    assert problems == ()


def test_a_recording_has_every_statement_of_a_command(seeded: Path, now: HandSet) -> None:
    desk = open_desk(seeded, now)
    recording = Recording(desk.store._writer)
    desk.store._writer = recording  # type: ignore[assignment]
    number = min(row.case for row in desk.board())
    desk.do("note", {"case": number, "text": "补充"}, WHO)
    desk.store.close()
    asked = [sql.split()[0] for sql, _, _ in recording.statements]
    assert asked[0] == "BEGIN"
    assert asked[-1] == "COMMIT"
    assert any("journal" in sql and many for sql, many, _ in recording.statements)


# --- the front door


def test_results_are_printed_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(front, "RESULTS", tmp_path / "results")
    assert front.main(["worktime", "--quick"]) == 0
    kept = json.loads((tmp_path / "results" / "latest.json").read_text("utf-8"))
    assert kept["scale"]["quick"] is True
    assert [row["name"] for row in kept["rows"]] == [
        line.split("  ")[0] for line in capsys.readouterr().out.splitlines()[1:]
    ]


def test_what_cannot_be_measured_is_said_and_fails_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(front, "RESULTS", tmp_path / "results")
    assert front.main(["no_such_bench"]) == 1
    assert "no_such_bench: ModuleNotFoundError" in capsys.readouterr().err
