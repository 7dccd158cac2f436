"""The change of a shift by command line: roster, handover, owners (S-02 step 6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installations import CommandLine

THURSDAY, SATURDAY = "2026-03-12 09:00:00", "2026-03-14 18:00:00"
ROSTER = """\
日期,开始,结束,席位,人员,电话
2026-03-14,08:30,18:00,weekend-1,周宁 Zhou,
2026-03-14,18:00,08:30,weekend-1,qin,
"""


@pytest.fixture
def roster(tmp_path: Path) -> str:
    path = tmp_path / "march.csv"
    path.write_text("\ufeff" + ROSTER, "utf-8")
    return str(path)


def test_a_roster_is_taken_in_by_whoever_may_and_read_back(
    console: CommandLine, roster: str
) -> None:
    assert console("roster", "check", roster, who="qin").code == 0
    refusal = console.refused("roster", "import", roster, who="qin")
    assert refusal["clause"] == "rulebook 5.2"
    assert console("roster", "import", roster, who="lin").code == 0
    turns = console.json("show", "roster", who="qin", at=THURSDAY)
    assert [(t["date"], t["from"], t["to"], t["person"]) for t in turns] == [
        ("2026-03-14", "08:30", "18:00", "zhou"),
        ("2026-03-14", "18:00", "08:30", "qin"),
    ]


def test_days_the_file_does_not_name_stay(console: CommandLine, roster: str) -> None:
    console("roster", "import", roster, who="lin")
    Path(roster).write_text("date,from,to,person\n2026-03-15,08:30,18:00,qin\n", "utf-8")
    assert console("roster", "import", roster, who="lin").code == 0
    turns = console.json("show", "roster", who="lin", at=THURSDAY)
    assert [t["date"] for t in turns] == ["2026-03-14", "2026-03-14", "2026-03-15"]


def test_half_a_roster_is_not_taken_in(console: CommandLine, roster: str) -> None:
    Path(roster).write_text(ROSTER + "2026-03-15,08:30,18:00,weekend-1,nobody,\n", "utf-8")
    assert console("roster", "check", roster, who="lin").code == 1
    refusal = console.refused("roster", "import", roster, who="lin")
    assert "line 4: nobody here is called “nobody”." in refusal["message"]
    assert console.json("show", "roster", who="lin", at=THURSDAY) == []


def test_a_shift_is_handed_over_line_by_line(console: CommandLine) -> None:
    def do(*words: str, who: str, at: str = SATURDAY) -> None:
        answer = console("do", *words, who=who, at=at)
        assert answer.code == 0, answer

    do("ring", "number=079155504410", "call=a", who="zhou")
    do("answer", "call=a", who="zhou")
    do("open", "call=a", "line=power", who="zhou")
    do("end_call", "call=a", who="zhou")
    do("hand_over", "to=qin", "expected=佛山来访", who="zhou")
    listed = console.json("show", "handover", who="zhou", at=SATURDAY)
    assert [(i["key"], i["to"], i["standing"]) for i in listed] == [("1001", "qin", "offered")]
    do("take_custody", "case=1001", who="qin", at="2026-03-14 18:02:00")
    do("note", "case=1001", "text=接班", who="qin", at="2026-03-14 18:05:00")
    case = console.json("show", "case", "1001", who="qin")
    assert (case["owner"], case["custodian"]) == ("zhou", "qin")
    assert case["facts"][-1]["actor"] == "qin"
    listed = console.json("show", "handover", "zhou", who="lin")
    assert [(i["to"], i["standing"]) for i in listed] == [("qin", "taken")]
    assert console("verify").code == 0


def test_who_could_not_be_reached_is_counted_by_the_month(console: CommandLine) -> None:
    def do(*words: str, at: str) -> None:
        answer = console("do", *words, who="zhou", at=f"2026-03-14 {at}")
        assert answer.code == 0, answer

    do("open", "number=13955501953", "line=power", at="10:00:00")
    do("reach", "case=1001", "who=luo", "reached=no", at="10:49:00")
    do("reach", "case=1001", "who=luo", "reached=no", at="10:55:00")
    do("reach", "case=1001", "who=luo", at="12:20:00")
    do("reach", "case=1001", "who=tao", "reached=no", at="10:50:00")
    do("reach", "case=1001", "who=tao", at="11:50:00")
    rows = console.json("show", "reachability", "2026-03", who="lin")
    assert [(r["person"], r["attempts"], r["unreached"], r["longest"]) for r in rows] == [
        ("luo", 2, 1, 5460),
        ("tao", 1, 0, 3600),
    ]
    assert console.json("show", "reachability", "2026-04", who="lin") == []
    said = console("show", "reachability", "2026-03", who="lin").out
    assert "罗区域 Luo: 2 attempts in vain, over an hour 1 times" in said


def test_who_has_left_is_listed_first_with_what_they_own(console: CommandLine) -> None:
    for person, number in (("zhou", "13955501953"), ("lin", "13955501954")):
        console("do", "open", f"number={number}", "line=power", who=person)
    console("people", "change", "zhou", "active=no", who="lin")
    assert console.json("show", "owners", who="lin") == [
        {"person": "zhou", "owns": 1, "active": False, "present": False},
        {"person": "lin", "owns": 1, "active": True, "present": False},
    ]
