"""What the documentation shows is what happens.

In every page the blocks fenced as ```console are run in their order, in an empty directory
of the page's own, in English (in Chinese where the page's name ends in `.zh.md`):

- a line that begins with `$ console` is a command; a backslash continues it;
- the lines under it are all it answers, refusals included; with none, only the exit code
  counts;
- `…` stands for anything within a line, a line of `…` alone for any number of lines;
- several spaces are as good as one;
- a command whose answer begins with `Refused` (`已拒绝`) ends with exit code 1, any other with 0.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from console.cli.main import main
from console.speech import Speech

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)")


class Example(NamedTuple):
    """A command and what is shown under it."""

    words: list[str]
    answer: list[str]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def examples(text: str) -> list[Example]:
    found: list[Example] = []
    for block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if line.startswith("$ "):
                found.append(Example(shlex.split(line[2:]), []))
            elif line.strip():
                found[-1].answer.append(line.rstrip())
    return found


def squeezed(text: str) -> str:
    """The text with one space wherever there are several, and none at the end of a line."""
    return re.sub(r" +$", "", re.sub(r" {2,}", " ", text), flags=re.M)


def pattern(answer: list[str]) -> re.Pattern[str]:
    """What an answer has to match, line breaks and all."""
    lines = (
        r"(?:.*\n)*?"
        if line.strip() == "…"
        else re.escape(squeezed(line)).replace("…", ".*") + r"\n"
        for line in answer
    )
    return re.compile("".join(lines))


SHOWN = [page for page in PAGES if examples(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", SHOWN, ids=named)
def test_the_commands_of_a_page_do_what_it_shows(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lang = "zh" if page.name.endswith(".zh.md") else "en"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", {"zh": "zh_CN.UTF-8", "en": "C.UTF-8"}[lang])
    refused = Speech(lang).gettext("Refused")
    for words, answer in examples(page.read_text("utf-8")):
        assert words[0] == "console", words
        code = main(words[1:])
        out, err = capsys.readouterr()
        said = squeezed(out + err)
        wanted = 1 if answer and answer[0].startswith(refused) else 0
        assert code == wanted, f"{shlex.join(words)}\n{said}"
        if answer:
            shown = "\n".join(answer)
            assert pattern(answer).fullmatch(said), f"{shlex.join(words)}\n{said}--- not\n{shown}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = [target for target, _ in LINK.findall(page.read_text("utf-8"))]
    local = [target for target in targets if "://" not in target]
    missing = [target for target in local if not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize(
    ("answer", "said", "matches"),
    [
        (["a", "b"], "a\nb\n", True),
        (["a"], "a\nb\n", False),
        (["a", "…"], "a\nb\nc\n", True),
        (["…", "c"], "a\nb\nc\n", True),
        (["due …, met"], "due 09:39, met\n", True),
        (["due …, met"], "due 09:39, late\n", False),
        (["a.c"], "abc\n", False),
        (["1  owner"], "1   owner  \n", True),
        (["1owner"], "1 owner\n", False),
    ],
)
def test_an_answer_is_compared_line_by_line(answer: list[str], said: str, matches: bool) -> None:
    assert bool(pattern(answer).fullmatch(squeezed(said))) is matches


def test_commands_and_answers_are_told_apart() -> None:
    block = "$ console do note \\\n    case=1\nRefused\n\n$ console board\n"
    assert examples(f"```console\n{block}```\n```sh\nmake demo\n```") == [
        Example(["console", "do", "note", "case=1"], ["Refused"]),
        Example(["console", "board"], []),
    ]
