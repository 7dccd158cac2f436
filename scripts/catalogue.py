"""Keep the translation catalogue in step with the code.

`python scripts/catalogue.py update` collects every sentence marked with `M(`, `_(` or
`gettext(` into `console/locale/zh_CN/LC_MESSAGES/console.po`, keeps the translations there
are, drops what the code no longer says, and compiles the `.mo` file. `check` changes
nothing: it says what is missing, and whether the two files are as `update` would write them.

What is written depends on the code and the translations alone: no dates, no names, no line
numbers. A second run changes nothing, and two people's changes merge.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "console"
PO = SOURCE / "locale" / "zh_CN" / "LC_MESSAGES" / "console.po"
MARKERS = frozenset(("M", "_", "gettext"))
WIDTH = 100


class _Chinese(Catalog):
    """A catalogue whose header says what a program needs to read it, and nothing else."""

    def __init__(self) -> None:
        super().__init__(locale="zh_CN", charset="utf-8", fuzzy=False)
        self.header_comment = "# The Chinese sentences of console. Terms: docs/translation.md."

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "console"),
            ("Language", "zh_CN"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def sentences(tree: ast.AST) -> Iterator[str]:
    """The sentences marked in one file, those inside f-strings too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called, first = node.func, node.args[0]
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in MARKERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def extracted() -> Catalog:
    """Every sentence the code may say, with the files that say it."""
    catalog = _Chinese()
    for path in sorted(SOURCE.rglob("*.py")):
        for text in sentences(ast.parse(path.read_text("utf-8"), path.name)):
            if text:
                catalog.add(text, locations=[(path.relative_to(ROOT).as_posix(), 1)])
    return catalog


def known() -> Catalog:
    """The catalogue as it stands."""
    if not PO.exists():
        return _Chinese()
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def updated() -> Catalog:
    """The catalogue for today's code: kept translations, new sentences still empty."""
    before, now = known(), extracted()
    for message in now:
        kept = before.get(message.id) if message.id else None
        if kept is not None:
            message.string = kept.string
    return now


def written(catalog: Catalog) -> bytes:
    """The `.po` file of a catalogue."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalog, width=WIDTH, include_lineno=False, sort_output=True, ignore_obsolete=True
    )
    return buffer.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The `.mo` file of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and not message.string]


def stale(catalog: Catalog) -> list[Path]:
    """The files that are not what `update` would write."""
    wanted = {PO: written(catalog), PO.with_suffix(".mo"): compiled(catalog)}
    return [path for path, text in wanted.items() if not path.exists() or path.read_bytes() != text]


def main(action: str) -> int:
    catalog = updated()
    if action == "update":
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(written(catalog))
        PO.with_suffix(".mo").write_bytes(compiled(catalog))
    missing, behind = untranslated(catalog), stale(catalog)
    for text in missing:
        print(f"untranslated: {text}")
    for path in behind:
        print(f"not up to date: {path.relative_to(ROOT)}")
    return 1 if missing or behind else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
