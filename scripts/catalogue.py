"""Keep the translation catalogue in step with the code.

`python scripts/catalogue.py update` extracts every sentence marked with `M(` or `_(` into
`console/locale/zh_CN/LC_MESSAGES/console.po`, keeps the translations there are, drops what
the code no longer says, and compiles the `.mo` file. `check` only says what is missing.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "console" / "locale" / "zh_CN" / "LC_MESSAGES" / "console.po"
KEYWORDS = {"M": None, "_": None, "gettext": None}


def extracted() -> Catalog:
    """Every sentence the code may say."""
    catalog = Catalog(project="console", charset="utf-8")
    found = extract_from_dir(
        ROOT / "console", method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    for filename, _line, message, _comments, _context in sorted(found, key=lambda one: one[:2]):
        catalog.add(message, locations=[(f"console/{filename}", 1)])
    return catalog


def known() -> Catalog:
    """The catalogue as it stands."""
    if not PO.exists():
        return Catalog(locale="zh_CN", project="console", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def updated() -> Catalog:
    """The catalogue for today's code: kept translations, new sentences still empty."""
    before, now = known(), Catalog(locale="zh_CN", project="console", charset="utf-8")
    for message in extracted():
        if message.id:
            kept = before.get(message.id)
            now.add(message.id, kept.string if kept else "", locations=message.locations)
    return now


def compiled(catalog: Catalog) -> bytes:
    """The `.mo` file of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and not message.string]


def main(action: str) -> int:
    catalog = updated()
    missing = untranslated(catalog)
    if action == "update":
        PO.parent.mkdir(parents=True, exist_ok=True)
        with PO.open("wb") as file:
            write_po(
                file, catalog, width=100, omit_header=False, include_lineno=False, sort_output=True
            )
        PO.with_suffix(".mo").write_bytes(compiled(catalog))
    for text in missing:
        print(f"untranslated: {text}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
