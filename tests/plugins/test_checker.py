"""One broken example per finding: its number, its place in the file, what it advises."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from console.plugins import Choice, Flag, L, Line, Text, when
from console.plugins.checker import check_line, errors
from console.plugins.house import HOUSE
from console.plugins.kinds import GROUPS, Files, kinds
from console.plugins.known import Known
from console.plugins.later_kinds import Evolution, Hooks
from console.plugins.trial import check_file
from console.speech import Speech
from scripts.findings import PAGE, generated
from tests.plugins import acme

ELSEWHERE = (Files, Hooks, Evolution)
"""What has its examples in test_trial, test_hooks and test_evolution."""

KNOWN = Known(calendars=frozenset(("cn-office",)))
SOUND = Path(acme.__file__).read_text("utf-8")


class Example(NamedTuple):
    """`old` in the sound file is replaced by `new`; the finding stands where `at` does
    ("" = in the changed line)."""

    number: str
    path: str
    old: str
    new: str
    at: str
    remedy: str


EXAMPLES = (
    Example("R051", "acme.categories.technical", 'tracker="manager"', 'tracker="x"', "", "slots"),
    Example("R054", "acme.divisions.pile", 'door=("support",)', 'door=("king",)', "", "support"),
    Example(
        "R058",
        "acme.divisions.pile",
        'door=("support",),\n    calendar="cn-office"',
        'calendar="mars"',
        "",
        "cn-office",
    ),
    Example(
        "R061", "acme.acts.arrived", '"line_down": True', '"lines_down": True', "", "line_down"
    ),
    Example("R061", "acme.acts.inspected", '("site",)', '("sites",)', "sites", "site"),
    Example("R061", "acme.acts.inspected", 'newest="copy"', 'newest="copies"', "copies", "copy"),
    Example("R061", "acme.forms.report", '{"line_down": F', '{"lines_down": F', "lines", "down"),
    Example("R062", "acme.acts.arrived", '"fault": "E07"', '"fault": "E99"', "", "E07, E12"),
    Example("R010", "acme.notices.leak", 'when="now"', 'when="soon"', 'when="soon"', "15m, 2h"),
    Example("R011", "acme.timers.Repair", '"repair",', '"Repair",', '"Repair"', "small letters"),
    Example("R011", "acme.slots.Manager", '"manager": L', '"Manager": L', '"Manager": L', "small"),
    Example("R012", "acme.timers.leak", '"repair",', '"leak",', "", "own key"),
    Example("R012", "acme.acts.inspected.fields.site", '="copy", l', '="site", l', "", "own key"),
    Example(
        "R013", "acme.fields.owner", 'Text(key="site"', 'Text(key="owner"', "owner", "built-in"
    ),
    Example(
        "R014", "acme.acts.noted", 'Act("arrived"', 'Act("noted"', 'Act("noted"', "another name"
    ),
    Example(
        "R014", "acme.facts.solved", '"parts_came": L', '"solved": L', '"solved": L', "as it is"
    ),
    Example("R015", "acme.notices.leak", 'to=("manager",)', 'to=("manager")', "", "(str,)"),
    Example("R015", "acme.timers.leak", '.equals("E12")', "", "", 'when("field")'),
    Example("R015", "acme", "notices=NOTICES", "notices=NOTICES[0]", "", "(Notice,)"),
    Example("R015", "acme", "acts=ACTS", 'acts=("arrived",)', "", "(Act,)"),
    Example(
        "R015", "acme.script", '("您好", "Hello")', '("您好", "Hello").zh', "", "both languages"
    ),
    Example("R015", "acme.timers.repair", 'within="3wd"', 'within="3wd", times="1"', "", "number"),
    Example(
        "R015", "acme.divisions.pile.timers.onsite", 'stop="parts_came"', "stop=None", "", "a fact"
    ),
    Example("R016", "acme.py", 'within="3wd",', "", 'Timer(\n        "repair",', "within=…"),
    Example(
        "R017", "acme.py", "convention=", "convencion=", 'Timer(\n        "repair",', "convention"
    ),
    Example("R018", "acme.py", 'stop="solved"', "stop=solved", "stop=solved", "quotation marks"),
    Example("R018", "acme.py", "    Serial,", "    Serail,", "from console.plugins", "spelling"),
    Example(
        "R019",
        "acme.divisions.pile.fields.serial",
        'Text(key="vendor"',
        'Text(key="serial"',
        'Text(key="serial"',
        "another key",
    ),
    Example("R021", "acme.timers.repair", '"repair"),', f'"{"r" * 25}"),', "r" * 25, "Shorten"),
    Example("R021", "acme.fields.fault", "通讯中断", "通讯中断" * 4, "通讯中断" * 4, "Shorten"),
    Example(
        "R022", "acme.acts.arrived", 'L("到达", "arrived")', 'L("GPS", "GPS")', "GPS", "Chinese"
    ),
    Example(
        "R023",
        "acme.timers.repair",
        'clause="acme 1.4",',
        "",
        'Timer(\n        "repair",',
        "clause=",
    ),
    Example("R024", "acme.gates.solved", 'rule="A-05",', "", 'Gate(\n        "solved",', "rule="),
    Example(
        "R025", "acme.script", "call you by {time}", "call by {when}", "{when}", "{who} and {time}"
    ),
    Example(
        "R026", "acme.acts.arrived", 'L("到达", "arrived")', 'L("arrived", "到达")', "", "first"
    ),
    Example("R027", "acme.py", 'L("到达", "arrived")', 'L("到达")', "", "Give both"),
    Example("R028", "acme.notices.leak", "go to {site}", "go to {sight}", "text=", "hotline"),
    Example("R025", "acme.script", '"Hello"', '"Hello {"', '"Hello {"', "real brace"),
    Example(
        "R031",
        "acme.timers.contact",
        'start="call_ended"',
        'start="call_over"',
        "call_over",
        "fact",
    ),
    Example("R031", "acme.notices.leak", 'on="recorded"', 'on="recorder"', "recorder", "recorded"),
    Example("R031", "acme.gates.solved", 'before="solved"', 'before="solvd"', "solvd", "solved"),
    Example("R032", "acme.timers.repair", 'stop="solved"', "stop=()", "stop=()", "stop="),
    Example("R033", "acme.timers.arrive", 'start="visit_agreed"', 'start=""', 'start=""', "start="),
    Example(
        "R034",
        "acme.timers.leak",
        'all_of(on("role_reached", role="manager"), on("customer_contacted"))',
        'all_of("role_reached", "role_reached")',
        "all_of(",
        "times=2",
    ),
    Example("R035", "acme.gates.solved", 'form="report"', 'form="reports"', "reports", "forms"),
    Example("R036", "acme.gates.solved", 'step="signed"', 'step="sent"', 'step="sent"', "signed"),
    Example(
        "R037",
        "acme.forms.incident",
        'attach_to=("incident",)',
        'attach_to=("incidents",)',
        "incidents",
        "leak",
    ),
    Example(
        "R038",
        "acme.forms.incident",
        'on=on("form_completed", form="incident")',
        'on=on("solved", by="manager")',
        'attach_to=("incident",)',
        "form_completed of this form",
    ),
    Example(
        "R039",
        "acme.forms.incident",
        'via=("mail",)',
        'via=("sms",)',
        'attach_to=("incident",)',
        "only a mail",
    ),
    Example(
        "R040",
        "acme.forms.incident",
        "report=True,",
        'report=True, steps=(Step("sent", L("已发", "sent"), slots=("manager",)),),',
        '"sent"',
        "slots away",
    ),
    Example("R061", "acme.forms.incident", '("known_at",)', '("known",)', '("known"', "Declare"),
    Example("R041", "acme.timers.contact", 'within="15m"', 'within="now"', "", "now goes with now"),
    Example(
        "R042",
        "acme.timers.arrive",
        'start="visit_agreed"',
        'start="recorded"',
        "recorded",
        "promised",
    ),
    Example("R043", "acme.timers.repair", 'within="3wd"', 'within="0wd"', "0wd", "number and unit"),
    Example(
        "R043", "acme.timers.repair", 'within="3wd"', 'within="999wd"', "999wd", "number and unit"
    ),
    Example(
        "R044", "acme.timers.contact", 'amber="5m"', 'amber="15m"', 'amber="15m"', "last third"
    ),
    Example(
        "R045",
        "acme.timers.contact",
        'within="15m",',
        'within="timely", level="timely",',
        "ask_every",
        "Take ask_every out",
    ),
    Example("R046", "acme.timers.repair", 'rule="A-04"', "times=0", "times=0", "times=1"),
    Example("R047", "acme.timers.repair", '"rolling"', '"banking"', '"banking"', "civil"),
    Example("R048", "acme.timers.contact", 'amber="5m"', 'amber="1wd"', "1wd", "30s, 5m, 1h"),
    Example(
        "R049",
        "acme.timers.contact",
        'concern="contact"',
        "unclassified=True",
        'Timer(\n        "contact"',
        "verify",
    ),
    Example("R051", "acme.notices.leak", 'to=("manager",)', 'to=("boss",)', "boss", "manager"),
    Example("R051", "acme.divisions.pile", 'via="support_engineer"', 'via="desk"', "desk", "slots"),
    Example(
        "R051", "acme.forms.report.steps.signed", 'slots=("manager",)', 'slots=("x",)', "x", "slots"
    ),
    Example("R051", "acme.duties.pack", 'to=("manager", "s', 'to=("boss", "s', "boss", "slots"),
    Example("R052", "acme.notices.leak", 'to=("manager",)', 'to=("王工",)', "王工", "slots.toml"),
    Example(
        "R052", "acme.notices.leak", 'to=("manager",)', 'to=("Wang Qiang",)', "Wang", "slots.toml"
    ),
    Example("R053", "acme.notices.leak", '"phone")', '"pigeon")', "pigeon", "phone"),
    Example(
        "R054",
        "acme.categories.complaint",
        'settled_by=("complaint_officer",)',
        'settled_by=("king",)',
        "king",
        "signer",
    ),
    Example(
        "R054",
        "acme.forms.report",
        'filled_by=("support",)',
        'filled_by=("king",)',
        "king",
        "support",
    ),
    Example("R055", "acme.categories.technical", 'route="pile"', 'route="piles"', "piles", "pile"),
    Example("R055", "acme.duties.pack", 'division="pile"', 'division="piles"', "piles", "pile"),
    Example("R056", "acme.forbids.shut", '"close",', '"shut",', "", "console do --list"),
    Example("R057", "acme.forbids.contact", '"channel": (', '"way": (', '"way"', "channel"),
    Example(
        "R058", "acme.timers.repair", 'calendar="cn-office"', 'calendar="mars"', "mars", "cn-office"
    ),
    Example("R061", "acme.timers.leak", 'when("fault")', 'when("faults")', "faults", "fault"),
    Example(
        "R061",
        "acme.duties.pack.agenda.leaks",
        'when("fault").equals("E12"), (',
        'when("faulty").equals("E12"), (',
        "faulty",
        "fault",
    ),
    Example(
        "R061", "acme.duties.pack.agenda.leaks", '"E12"), ("site"', '"E12"), ("sight"', "sight", ""
    ),
    Example("R062", "acme.timers.leak", 'equals("E12")', 'equals("E13")', "E13", "E07, E12"),
    Example(
        "R062", "acme.forbids.close", 'equals("complaint")', 'equals("row")', "row", "complaint"
    ),
    Example(
        "R063",
        "acme.gates.solved",
        'filled=("serial",)',
        'filled=("serials",)',
        "serials",
        "serial",
    ),
    Example(
        "R071", "acme.fields.serial", 'required="dispatch"', 'required="later"', "later", "intake"
    ),
    Example("R072", "acme.fields.serial", r"CP\d{8}", r"CP(\d{8}", "pattern=", "with r in front"),
    Example("R073", "acme.fields.serial", '"CP20260001"', '"CP1"', "CP1", "Correct the example"),
    Example("R074", "acme.fields.site", '"station"', '"serial"', "", "once"),
    Example(
        "R075",
        "acme.fields.site",
        'renamed_from="station"',
        'retired=True, required="close"',
        "",
        "Take required",
    ),
)


def broken(tmp_path: Path, old: str, new: str) -> Path:
    assert old in SOUND
    path = tmp_path / "acme.py"
    path.write_text(SOUND.replace(old, new, 1), "utf-8")
    path.chmod(0o600)
    return path


def line_of(text: str, example: Example) -> int:
    """Where `at` stands: from the changed line on, else the first time in the file."""
    changed = text.rindex("\n", 0, SOUND.index(example.old) + 1) + 1
    place = text.find(example.at, changed)
    return text.count("\n", 0, place if place >= 0 else text.index(example.at)) + 1


def test_a_sound_line_has_no_findings() -> None:
    assert check_line(acme.ACME, source=Path(acme.__file__), known=KNOWN) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.number}-{one.path}")
def test_a_mistake_is_found_where_it_stands(tmp_path: Path, example: Example) -> None:
    path = broken(tmp_path, example.old, example.new)
    found = [one for one in check_file(path, KNOWN) if one.number == example.number]
    assert [one.path for one in found] == [example.path]
    finding = found[0]
    assert finding.file == str(path)
    assert finding.line == line_of(path.read_text("utf-8"), example)
    remedy = Speech("en").say(finding.remedy)
    assert example.remedy in remedy


def test_every_finding_about_rules_has_an_example() -> None:
    wanted = {kind.number for group in GROUPS if group not in ELSEWHERE for kind in kinds(group)}
    assert {example.number for example in EXAMPLES} - {"R010"} == wanted


def test_a_first_upload_with_three_mistakes_is_told_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "acme.py"
    text = SOUND.replace('stop="parts_came"', "stop=()")
    text = text.replace('to=("manager",)', 'to=("李娜",)').replace('form="report"', 'form="sheet"')
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    found = {(one.number, one.path) for one in errors(check_file(path, KNOWN))}
    assert found == {
        ("R032", "acme.divisions.pile.timers.onsite"),
        ("R035", "acme.gates.solved"),
        ("R052", "acme.notices.leak"),
    }


def test_numbers_are_used_once_and_stand_in_order() -> None:
    numbers = [kind.number for group in GROUPS for kind in kinds(group)]
    assert numbers == sorted(set(numbers))


def test_the_page_of_findings_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == generated(), "run scripts/findings.py"


def test_without_a_file_findings_have_no_place() -> None:
    line = Line("Bad", L("坏", "bad"))
    finding = check_line(line, source=None, known=KNOWN)[0]
    assert (finding.file, finding.line, finding.path) == ("", 1, "Bad")


def test_calendars_are_left_unchecked_where_none_are_known() -> None:
    line = Line("far", L("远", "far"), calendar="mars")
    assert [one.number for one in check_line(line, source=None, known=KNOWN)] == ["R058"]
    assert check_line(line, source=None, known=Known()) == []


def test_a_choice_that_takes_other_values_may_be_compared_with_any() -> None:
    fault = Choice(key="fault", label=L("故障", "fault"), choices={"a": L("甲", "a")})
    asked = Text(key="more", label=L("详情", "more"), show_when=when("fault").equals("other:b"))
    line = Line("open", L("开", "open"), fields=(fault, asked))
    assert check_line(line, source=None, known=KNOWN) == []


def test_a_flag_is_never_a_word() -> None:
    asked = Text(key="more", label=L("详情", "more"), show_when=~when("down").equals("yes"))
    line = Line("flags", L("旗", "flags"), fields=(Flag(key="down", label=L("停", "down")), asked))
    assert [one.number for one in check_line(line, source=None, known=KNOWN)] == ["R062"]


def test_the_house_may_be_overridden() -> None:
    need = Text(key=HOUSE.fields[0].key, label=L("别名", "other name"))
    line = Line("own", L("自", "own"), fields=(need,))
    assert check_line(line, source=None, known=KNOWN) == []


def test_a_division_written_in_place_is_found_there(tmp_path: Path) -> None:
    path = tmp_path / "acme.py"
    path.write_text(IN_PLACE, "utf-8")
    path.chmod(0o600)
    found = {one.path: one.line for one in errors(check_file(path, KNOWN))}
    assert found == {"acme.divisions.a.timers.late": 8, "acme.divisions.b.timers.late": 10}


IN_PLACE = """\
from console.plugins import Division, L, Line, Timer

CONSOLE_API = 1
def timer(stop):
    return Timer("late", L("迟", "late"), "assigned", stop, "1h", rule="A", clause="1")

LINES = (Line("acme", L("甲", "Acme"), divisions=(
    Division("a", L("子", "a"), timers=(Timer("late", L("迟", "late"), "assigned", "x", "1h"),)),
    Division("b", L("丑", "b"), timers=(
        Timer("late", L("迟", "late"), "assigned", stop="y", within="1h"),
    )),
)),)
"""
