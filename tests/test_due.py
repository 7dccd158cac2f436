from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from console.domain.words import Message
from console.due import run

ROOT = Path(__file__).parents[1]
VECTORS = ROOT / "tests" / "data" / "clock"
CASES = (VECTORS / "cases.jsonl").read_text(encoding="utf-8").splitlines()
CALENDARS = VECTORS / "calendars.json"

CASE = {
    "id": "one",
    "calendar": "cn-office",
    "start": "2026-05-14T10:00:00+08:00",
    "op": "add",
    "amount": 15,
    "unit": "min",
    "convention": "earliest",
    "pauses": [],
}


def asked(*lines: str, calendars: Any = CALENDARS) -> tuple[int, list[Any], str]:
    """Exit code, answers, complaints."""
    out, err = io.StringIO(), io.StringIO()
    code = run(calendars, lines, out, err)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def comparable(result: Any) -> Any:
    """Instants compare as instants, whatever their offset."""
    return datetime.fromisoformat(result) if isinstance(result, str) else result


def test_all_vectors_in_order() -> None:
    code, answers, complaints = asked(*CASES)
    cases = [json.loads(line) for line in CASES]
    assert (code, complaints) == (0, "")
    assert [answer["id"] for answer in answers] == [case["id"] for case in cases]
    for answer, case in zip(answers, cases, strict=True):
        assert set(answer) == {"id", "result"}
        assert comparable(answer["result"]) == comparable(case["expect"]), case["id"]


def test_instants_are_written_in_the_zone_of_the_calendar() -> None:
    line = json.dumps({**CASE, "start": "2026-05-14T02:00:00Z"})
    assert asked(line)[1] == [{"id": "one", "result": "2026-05-14T10:15:00+08:00"}]


def test_calendars_may_come_with_their_version_or_from_a_stream() -> None:
    stream = io.StringIO(CALENDARS.read_text(encoding="utf-8"))
    assert asked(json.dumps(CASE), calendars=stream)[0] == 0
    shipped = ROOT / "console" / "data" / "calendars" / "cn.json"
    assert asked(json.dumps(CASE), calendars=shipped)[0] == 0


def test_a_bad_line_is_named_and_the_others_are_answered() -> None:
    code, answers, complaints = asked(json.dumps(CASE), "", "{", json.dumps({**CASE, "id": 2}))
    assert code == 2
    assert [answer["id"] for answer in answers] == ["one", None, 2]
    assert answers[1]["result"] == {"error": "unusable"}
    assert answers[2]["result"] == answers[0]["result"]
    assert complaints.startswith("Line 3: this is no JSON")
    assert complaints.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"calendar": "mars"}, "There is no calendar mars; loaded: berlin-247"),
        ({"calendar": 7}, "calendar: 7 is no text"),
        ({"op": "subtract"}, "subtract is no op; write add or between"),
        ({"op": None}, "op: null is no text"),
        ({"start": "2026-05-14T10:00:00"}, 'start: "2026-05-14T10:00:00" is no instant'),
        ({"start": "2026-05-14T10:00:00.5+08:00"}, "is no instant"),
        ({"start": "0001-01-01T00:00:00+14:00"}, "is no instant"),
        ({"start": None}, "start: null is no instant"),
        ({"amount": 1.5}, "amount: 1.5 is no whole number"),
        ({"amount": True}, "amount: true is no whole number"),
        ({"amount": "15"}, 'amount: "15" is no whole number'),
        ({"amount": -1}, "-1 is negative"),
        ({"op": "between"}, "amount: 15 is no instant"),
        ({"unit": "week"}, "week is no unit"),
        ({"convention": "hours"}, "hours is no convention for min"),
        ({"convention": None}, "convention: null is no text"),
        ({"pauses": "none"}, "pauses: write a list"),
        ({"pauses": [["2026-05-14T10:00:00+08:00"]]}, "pauses: write a list"),
        ({"pauses": [[None, "2026-05-14T10:00:00+08:00"]]}, "pauses: null is no instant"),
    ],
)
def test_what_cannot_be_understood_is_explained(change: dict[str, Any], said: str) -> None:
    code, answers, complaints = asked(json.dumps({**CASE, **change}))
    assert code == 2
    assert answers == [{"id": "one", "result": {"error": "unusable"}}]
    assert complaints.startswith("Line 1: ")
    assert said in complaints


@pytest.mark.parametrize("line", ["[]", "7", "null", "[" * 100_000])
def test_what_is_no_case_is_explained(line: str) -> None:
    code, answers, complaints = asked(line)
    assert (code, answers) == (2, [{"id": None, "result": {"error": "unusable"}}])
    assert complaints.startswith("Line 1: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "The calendars are no JSON"),
        ("[]", "Calendars are an object of ids"),
        ('{"x": {"tz": "Mars"}}', "Calendar x, tz: 'Mars' is no time zone"),
    ],
)
def test_unusable_calendars_are_explained(text: str, said: str) -> None:
    code, answers, complaints = asked(json.dumps(CASE), calendars=io.StringIO(text))
    assert (code, answers) == (2, [])
    assert complaints.startswith(said)


def test_a_file_of_calendars_that_is_not_there(tmp_path: Path) -> None:
    code, answers, complaints = asked(json.dumps(CASE), calendars=tmp_path / "none.json")
    assert (code, answers) == (2, [])
    assert complaints.startswith("The calendars cannot be read: No such file")


def test_sentences_go_through_the_speech_they_are_given() -> None:
    out, err = io.StringIO(), io.StringIO()

    def shout(message: Message) -> str:
        return message.text.upper()

    assert run(CALENDARS, ["{"], out, err, shout) == 2
    assert err.getvalue() == "LINE {NUMBER}: {PROBLEM}\n"


def test_the_bare_clock_loads_no_screen_and_no_store_and_is_quick() -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from console.due import run\n"
        "code = run(Path(sys.argv[1]), sys.stdin, sys.stdout)\n"
        "strangers = {'textual', 'rich', 'sqlite3', 'arrow', 'phonenumbers'} & set(sys.modules)\n"
        "sys.exit(code or len(strangers))\n"
    )
    lines = "\n".join(CASES * 30) + "\n"
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, str(CALENDARS)],
        input=lines,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    took = time.perf_counter() - begun
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == len(CASES) * 30
    assert took < 5
