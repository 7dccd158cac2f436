"""Papers as PDF, read back: every word is there, in Chinese too, and nothing of it does harm."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from console.reports.paper import Block, Paper
from console.reports.pdf import BLANK, FONT_FILE, MISSING, TEXT, pdf, width_of, wrapped

AT = 1773459840
"""2026-03-14 11:44:00 in Shanghai."""

HOSTILE = (
    "\x1b[31m红\x1b[0m \x07\u202e倒写\u200b <b>粗</b> <a href='javascript:alert(1)'>x</a> "
    "%%EOF endobj stream (\\) /JS /Launch =cmd|' /C calc'!A0 \ud800"
)


def paper(*rows: tuple[str, ...], title: str = "事故报告", foot: str = "工单 1001") -> Paper:
    blocks = (Block("内容", rows),) if rows else ()
    return Paper(title, "F0-22 · 工单 1001", blocks, foot, "第 {n} 页，共 {of} 页", AT)


def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(made).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_word_is_read_back() -> None:
    rows = (("事故经过", "1260块表时钟跳变，影响采集。Batch JX2602, ±0.5 %, -20 °C"),)
    text = text_of(pdf(paper(*rows)))
    for part in ("事故报告", "F0-22 · 工单 1001", "内容", *rows[0], "第 1 页，共 1 页"):
        assert squeezed(part) in squeezed(text), part


def test_the_same_paper_gives_the_same_bytes_in_another_process_too() -> None:
    made = pdf(paper(("a", "一二三")))
    assert made == pdf(paper(("a", "一二三")))
    program = (
        "import hashlib; from tests.reports.test_pdf import paper, pdf; "
        "print(hashlib.sha256(pdf(paper(('a', '一二三')))).hexdigest())"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert shown.stdout.strip() == hashlib.sha256(made).hexdigest()


def test_it_says_when_it_is_from_and_what_it_is() -> None:
    info = read(pdf(paper())).metadata
    assert info is not None
    assert info.title == "事故报告"
    assert info["/CreationDate"] == "D:20260314034400Z"
    assert (info.author, info.producer) == ("console", "console")


def test_its_pages_are_a4_and_its_font_is_embedded_as_far_as_it_is_used() -> None:
    made = pdf(paper(("a", "一二三")))
    [page] = read(made).pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]
    described = [font.get_object() for font in fonts]
    own = [font for font in described if "console" in str(font) or "WenQuanYi" in str(font)]
    assert any("/FontFile2" in _descriptor(font) for font in own)
    assert len(made) < 40_000 < FONT_FILE.stat().st_size


def _descriptor(font: object) -> object:
    inner = font.get("/DescendantFonts")  # type: ignore[attr-defined]
    one = inner[0].get_object() if inner else font
    found = one.get("/FontDescriptor")
    return found.get_object() if found is not None else {}


def test_hostile_text_is_only_text() -> None:
    made = pdf(paper(("经过", HOSTILE), title=HOSTILE, foot=HOSTILE))
    text = text_of(made)
    assert "<b>粗</b>" in text
    for hidden in ("\x1b", "\x07", "\u202e", "\u200b"):
        assert hidden not in text
    document = read(made)
    assert not document.trailer["/Root"].keys() & {"/OpenAction", "/AA", "/Names", "/AcroForm"}  # type: ignore[union-attr]
    assert all("/Annots" not in page for page in document.pages)
    assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("-20℃", "-20°C"), ("98℉", "98°F"), ("Ⅴ段", "V段"), ("喆堃", "喆堃"), ("😀", MISSING)],
)
def test_what_the_font_has_not_is_shown_by_what_it_has(typed: str, shown: str) -> None:
    assert shown in text_of(pdf(paper(("a", typed))))


def test_every_character_a_gb2312_form_can_hold_is_in_the_font() -> None:
    from console.reports.pdf import _load

    known = _load()
    table = []
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                table.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    assert len(table) == 7445
    assert {char for char in table if ord(char) not in known} <= set(map(chr, BLANK))


def test_a_long_text_goes_on_on_further_pages_and_every_page_is_numbered() -> None:
    lines = [f"第{n}条记录" for n in range(400)]
    made = pdf(paper(("经过", "\n".join(lines))))
    pages = [page.extract_text() for page in read(made).pages]
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
        assert "工单 1001" in page
    text = squeezed("".join(pages))
    assert all(line in text for line in lines)


@pytest.mark.parametrize("text", ["a" * 20_000, "表" * 20_000, "，" * 20_000, "a " * 10_000, "\n"])
def test_no_text_takes_long(text: str) -> None:
    assert len(pdf(paper(("a", text)))) < 100_000


@settings(max_examples=200)
@given(st.text(st.sampled_from("一二三，。a b1-Ⅱ（）\n"), max_size=120), st.integers(40, 300))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width, TEXT)
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(width_of(line, TEXT) <= width for line in lines)


def test_lines_are_broken_where_a_reader_expects_it() -> None:
    wide = width_of("一二三四", TEXT) + 1
    assert wrapped("一二三四五", wide, TEXT) == ["一二三四", "五"]
    assert wrapped("一二三四，五", wide, TEXT) == ["一二三", "四，五"], (
        "no line begins with a comma"
    )
    assert wrapped("ab cd efgh", width_of("ab cd e", TEXT), TEXT) == ["ab cd", "efgh"]
    assert wrapped("一\n\n二", wide, TEXT) == ["一", "", "二"]
    assert wrapped("", wide, TEXT) == [""]


def test_nothing_of_it_is_loaded_with_a_seat() -> None:
    program = (
        "import console.screens.seat, console.desk.delivery, sys; "
        "sys.exit(any(name.startswith('reportlab') for name in sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert shown.returncode == 0
