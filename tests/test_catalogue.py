"""Every sentence people read exists in both languages, and none gets past the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from console.cli.main import main
from console.domain.commands import COMMANDS
from console.domain.fact_labels import FACT_LABELS
from console.domain.states import STATES
from console.domain.words import Label, M
from console.plugins.house import HOUSE
from console.speech import Speech
from scripts import catalogue
from scripts.coverage import shipped_lines

SOURCE = catalogue.SOURCE
MODULES = sorted(SOURCE.rglob("*.py"))
SHOWN = [
    path
    for path in MODULES
    if path.relative_to(SOURCE).parts[0] in ("screens", "widgets", "cli", "app.py", "due.py")
]

HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}")
SENTENCE = re.compile(r"\A[A-Z][a-z]+\b|[A-Za-z]{2,},? [A-Za-z]{2,}")
PLACEHOLDER = re.compile(r"\{?\{\w*\}\}?|%(?:\(\w+\))?[sdr]")

MARKERS = {"M", "_", "gettext", "L", "Label"}
SHOWING = {
    "Hint", "Static", "add", "add_argument", "add_argument_group", "getpass", "input", "line",
    "notify", "print", "set_title", "table", "tell", "unusable", "update",
}  # fmt: skip
"""Calls whose text a person reads."""

READING = {"endswith", "fullmatch", "partition", "removeprefix", "removesuffix", "replace",
           "split", "startswith", "strip"}  # fmt: skip
"""Calls that look at text somebody typed."""

SWITCH = {Label("English", "中文"), Label("中文 / English", "Chinese / English")}
"""The key that changes the language names the other one."""


def messages() -> list[Message]:
    """The translated sentences; that none is missing is a test of its own."""
    with catalogue.PO.open("rb") as file:
        return [
            message for message in read_po(file, locale="zh_CN") if message.id and message.string
        ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(call: ast.Call) -> str:
    called = call.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def placeholders(text: str) -> list[str]:
    return sorted(match.group() for match in PLACEHOLDER.finditer(text))


# --- the catalogue


def test_every_sentence_of_the_code_is_translated() -> None:
    missing = catalogue.untranslated(catalogue.updated())
    assert not missing, f"make catalogue, then translate: {missing}"


def test_the_files_are_what_the_code_and_the_translations_give() -> None:
    """So nothing obsolete is kept, the .mo says what the .po says, and a second run of
    `make catalogue` changes nothing."""
    assert catalogue.stale(catalogue.updated()) == []


def test_nothing_is_doubtful_or_left_over() -> None:
    text = catalogue.PO.read_text("utf-8")
    assert "#~" not in text
    assert not re.search(r"^#,.*\bfuzzy\b", text, re.M)


def test_the_header_names_no_person_and_no_date() -> None:
    header = catalogue.PO.read_text("utf-8").split("\n\n")[0]
    assert not re.search(r"\d{4}|@|Date|Translator|Team|Generated", header)
    assert "charset=utf-8" in header


def test_no_line_number_makes_a_needless_difference() -> None:
    assert not re.search(r"^#:.*\.py:\d", catalogue.PO.read_text("utf-8"), re.M)


def test_a_translation_fills_in_what_the_sentence_does() -> None:
    wrong = [
        (message.id, message.string)
        for message in messages()
        if placeholders(str(message.id)) != placeholders(str(message.string))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{who} at {at}", ["{at}", "{who}"]),
        ('write "id": {{…}}, {{who}}', ["{{who}}"]),
        ("argument %(name)s: %s, 100 %", ["%(name)s", "%s"]),
    ],
)
def test_placeholders_are_recognised(text: str, expected: list[str]) -> None:
    assert placeholders(text) == expected


def test_a_translation_is_chinese_unless_it_is_all_placeholders() -> None:
    """What stays as it is has no English word in it."""
    english = [
        message.id
        for message in messages()
        if message.id == message.string and WORD.search(PLACEHOLDER.sub("", str(message.id)))
    ]
    assert english == []


def test_a_chinese_sentence_ends_as_the_english_one_does() -> None:
    ends = {".": "。", "?": "？", ":": "："}
    wrong = [
        (message.id, message.string)
        for message in messages()
        if str(message.id).rstrip().endswith(tuple(ends))
        if not str(message.string).rstrip().endswith(ends[str(message.id).rstrip()[-1]])
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sentence_can_be_filled_in(lang: str) -> None:
    speech = Speech(lang)
    for message in messages():
        text = str(message.id)
        names = [name for _, name, _, _ in Formatter().parse(text) if name]
        if names:
            said = speech.say(M(text, **dict.fromkeys(names, "§")))
            assert said.count("§") == len(names), said


def test_the_collector_finds_sentences_inside_f_strings() -> None:
    text = 'x = f"{speech.say(M(\'one\'))} {gettext(\'two\')}" + _("three" " four")'
    assert sorted(catalogue.sentences(ast.parse(text))) == ["one", "three four", "two"]


def test_a_sentence_is_marked_where_it_is_written() -> None:
    """A marker around a variable marks nothing, unless the sentence is marked elsewhere."""
    hidden = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and name_of(node) == "M" and node.args
        if not isinstance(node.args[0], ast.Constant)
    ]
    assert [place for place in hidden if not place.startswith("desk/verification.py")] == []


# --- what gets past it


def unmarked(node: ast.AST) -> Iterator[str]:
    """The text constants below a node that no marker covers."""
    if isinstance(node, ast.Call) and name_of(node) in MARKERS:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.Subscript):
        yield from unmarked(node.value)
        return
    for child in ast.iter_child_nodes(node):
        yield from unmarked(child)


def told(module: ast.AST) -> Iterator[str]:
    """English that a person would read as it stands: any word in what is shown, whole
    sentences in the arguments after it (those are mostly keys)."""
    for call in ast.walk(module):
        if not isinstance(call, ast.Call) or name_of(call) not in SHOWING:
            continue
        names = name_of(call) in ("add", "add_argument")
        for number, argument in enumerate(call.args):
            pattern = WORD if number == 0 and not names else SENTENCE
            yield from (text for text in unmarked(argument) if pattern.search(text))
        for keyword in call.keywords:
            pattern = WORD if keyword.arg in ("help", "description", "end") else SENTENCE
            yield from (text for text in unmarked(keyword.value) if pattern.search(text))


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_english_gets_past_the_catalogue(path: Path) -> None:
    assert list(told(tree(path))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('self.tell("saved", "done")', ["saved"]),
        ('output.line(f"case {number} is open")', ["case ", " is open"]),
        ('print("Nothing.")', ["Nothing."]),
        ('Static("", id="message")', []),
        ('add("seat", "seat", "open the seat")', ["open the seat"]),
        ('add_argument("--at", help="the moment")', ["the moment"]),
        ('self.tell(M("Saved."), "done")', []),
        ('output.line(rows["state"])', []),
    ],
)
def test_english_is_recognised(text: str, expected: list[str]) -> None:
    assert list(told(ast.parse(text))) == expected


def chinese(node: ast.AST, inside: bool = False) -> Iterator[str]:
    """Chinese in the body of a function that neither stands in a label nor is compared with
    what somebody typed. Constants of a module are data: patterns, vocabularies."""
    if isinstance(node, ast.Compare):
        return
    if isinstance(node, ast.Call) and name_of(node) in MARKERS | READING:
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and inside:
        if HAN.search(node.value):
            yield node.value
        return
    inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for child in ast.iter_child_nodes(node):
        yield from chinese(child, inside)


def test_no_chinese_is_written_into_the_code() -> None:
    found = {str(path.relative_to(SOURCE)): list(chinese(tree(path))) for path in MODULES}
    assert {path: texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('def f():\n    "说明"\n    return "工单"', ["工单"]),
        ('def f(x):\n    return L(f"{x}工单", "case") if x == "明天" else x.endswith("市")', []),
        ('WORDS = ("工单",)', []),
    ],
)
def test_chinese_is_recognised(text: str, expected: list[str]) -> None:
    assert list(chinese(ast.parse(text))) == expected


# --- labels


def labels(thing: Any, seen: set[int] | None = None) -> Iterator[Label]:
    """Every label below a line, a command or a table of labels."""
    seen = set() if seen is None else seen
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, Label):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from labels(getattr(thing, field.name, None), seen)
    elif isinstance(thing, Mapping):
        for one in thing.values():
            yield from labels(one, seen)
    elif isinstance(thing, list | tuple | set | frozenset):
        for one in thing:
            yield from labels(one, seen)


LABELLED = {
    **{line.key: line for line in (HOUSE, *shipped_lines())},
    "commands": COMMANDS,
    "facts": FACT_LABELS,
    "states": STATES,
}


@pytest.mark.parametrize("thing", LABELLED)
def test_a_label_is_chinese_in_chinese_and_english_in_english(thing: str) -> None:
    found = set(labels(LABELLED[thing]))
    assert found, f"{thing} has no label"
    assert [one for one in found if not HAN.search(one.zh) or HAN.search(one.en)] == []


def written_labels(path: Path) -> Iterator[Label]:
    for call in ast.walk(tree(path)):
        if isinstance(call, ast.Call) and name_of(call) in ("L", "Label") and len(call.args) == 2:
            zh, en = call.args
            if isinstance(zh, ast.Constant) and isinstance(en, ast.Constant):
                yield Label(zh.value, en.value)


def test_the_labels_of_the_screens_are_so_too() -> None:
    found = {label for path in MODULES for label in written_labels(path)} - SWITCH
    assert len(found) > 100
    assert [one for one in found if not HAN.search(one.zh) or HAN.search(one.en)] == []


# --- the command line


def test_the_help_is_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    for asked in (["--lang", "zh"], ["--lang=zh"]):
        with pytest.raises(SystemExit):
            main(["--help", *asked])
        told = capsys.readouterr().out
        assert "用法：" in told
        assert not re.search(r"\b(usage|options|show|the|open)\b", told.replace("show  ", ""))
    with pytest.raises(SystemExit):
        main(["--help"])
    assert capsys.readouterr().out.startswith("usage: console")


def test_a_chinese_locale_reads_chinese_errors(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit) as ended:
        main(["due"])
    assert ended.value.code == 2
    assert "缺少参数：--calendars" in capsys.readouterr().err
