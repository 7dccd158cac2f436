"""What a file is told that Python cannot read or load: the author's mistake, not Python's."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.words import Message
from console.plugins.findings import Finding
from console.plugins.known import Known
from console.plugins.trial import check_file, try_file
from console.speech import Speech
from tests.plugins.kit import HYDROGEN, drop


def found(tmp_path: Path, old: str, new: str) -> Finding:
    """The one finding of the hydrogen division after a slip of the pen."""
    assert old in HYDROGEN
    path = drop(tmp_path, "hydrogen", HYDROGEN.replace(old, new, 1))
    [finding] = check_file(path, Known())
    assert try_file(path).findings == [finding]
    return finding


def said(words: Message, lang: str = "en") -> str:
    return Speech(lang).say(words)


@pytest.mark.parametrize(
    ("old", "new", "number", "cause"),
    [
        ('("氢能", "Hydrogen")', '("氢能")', "R027", "one language only"),
        ('("氢能", "Hydrogen")', '("氢能", " ")', "R027", "one language only"),
        ('            stop="customer_contacted",\n', "", "R032", "nothing that stops it"),
        ('            start="call_ended",\n', "", "R033", "nothing that starts it"),
        (
            '            key="hydrogen_serial",\n',
            "",
            "R016",
            "“Serial” is not given all it needs: key",
        ),
        ("required=", "requierd=", "R017", "“Serial” takes no “requierd” (perhaps required)"),
        ("        Serial(", "        Seriall(", "R018", "“Seriall” here (perhaps Serial)"),
        ("L, Serial", "L, Serail", "R018", "“Serail” here (perhaps Serial)"),
        ("stop=", "stop=zzz, who=", "R018", "There is no “zzz” here."),
        ('within="10m"', "within=15", "R010", "“15” is not a length"),
        ('level="soft"', 'level="Soft"', "R006", "here: timer hydrogen_contact: level 'Soft'"),
        ('"call_ended"', "1 / 0", "R006", "ZeroDivisionError: division by zero"),
        ("version=1,", "version=1", "R005", "forgot a comma."),
    ],
)
def test_a_slip_is_told_in_the_words_of_the_rules(
    tmp_path: Path, old: str, new: str, number: str, cause: str
) -> None:
    finding = found(tmp_path, old, new)
    assert finding.number == number
    assert cause in said(finding.cause)


@pytest.mark.parametrize(
    ("old", "new", "sign", "plain"),
    [
        ("version=1,", "version=1，", "，", ","),
        ("version=1,", "version＝1,", "＝", "="),
        ("def console_divisions():", "def console_divisions()：", "：", ":"),
        ('"Hydrogen"', "“Hydrogen”", "“", '"'),
        ("    version=1,", "\u3000\u3000version=1,", "(wide blank)", "(blank)"),
    ],
)
def test_a_chinese_sign_is_named_with_the_english_one(
    tmp_path: Path, old: str, new: str, sign: str, plain: str
) -> None:
    finding = found(tmp_path, old, new)
    wanted = f"The sign {sign} is a Chinese one; Python wants {plain} here."
    assert (finding.number, said(finding.cause)) == ("R090", wanted)


def test_a_sign_that_stands_for_no_other_is_left_to_python(tmp_path: Path) -> None:
    finding = found(tmp_path, "version=1,", "version=1 ☂,")
    assert (finding.number, "U+2602" in said(finding.cause)) == ("R005", True)


def test_text_saved_as_gbk_is_recognised(tmp_path: Path) -> None:
    [finding] = check_file(drop(tmp_path, "hydrogen", HYDROGEN.encode("gbk")), Known())
    assert (finding.number, finding.line) == (
        "R001",
        HYDROGEN[: HYDROGEN.index("氢")].count("\n") + 1,
    )
    assert "seems to be GBK" in said(finding.cause)
    [other] = check_file(drop(tmp_path, "hydrogen", HYDROGEN.encode("utf-16")), Known())
    assert said(other.cause).endswith("it is not UTF-8.")


def test_a_link_is_called_one(tmp_path: Path) -> None:
    drop(tmp_path, "hydrogen", HYDROGEN)
    (tmp_path / "linked.py").symlink_to("hydrogen.py")
    [finding] = check_file(tmp_path / "linked.py", Known())
    assert "it is a link" in said(finding.cause)


def test_an_example_is_not_explained_by_itself(tmp_path: Path) -> None:
    finding = found(tmp_path, '"AB202601"', '"202601"')
    assert finding.number == "R073"
    assert said(finding.cause).endswith(r"“202601”: the pattern is [A-Z]{2}\d{6}.")


def test_key_and_label_in_the_wrong_order_are_found_in_their_rule(tmp_path: Path) -> None:
    label = 'L("尽快联系客户", "contact customer soon")'
    text = HYDROGEN.replace(
        f'"hydrogen_contact",\n            {label}', f'{label},\n            "hydrogen_contact"'
    )
    findings = check_file(drop(tmp_path, "hydrogen", text), Known())
    assert {one.path for one in findings} == {"power.divisions.hydrogen.timers"}
    assert {one.line for one in findings} == {text[: text.index("Timer(\n")].count("\n") + 1}
