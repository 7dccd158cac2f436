"""Where in a TOML text a setting stands: the parser tells only what is not TOML at all."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\"'-]+?)\s*\]\]?\s*(?:#.*)?$")


class TomlPlaces:
    """Finds settings by the table they stand in."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines() or [""]

    def find(self, table: str, number: int, key: str) -> tuple[int, int]:
        """Line and column of `key`, both from 1, in the `number`th [[exchange]] (from 0);
        of the table's header when the key is not there, of the start when neither is.

        `table` is "" for the top, `exchange`, or `exchange.did#2` for the third of its kind.
        """
        kind, _, nth = table.partition("#")
        header, begin, end = self._section(kind, number, int(nth or 0))
        pattern = re.compile(rf"\s*(\[*)[\"']?{re.escape(key)}[\"']?\s*(?:[=.\]]|$)")
        for index in range(begin, end):
            if pattern.match(self._lines[index]):
                line = self._lines[index]
                return index + 1, len(line) - len(line.lstrip()) + 1
        return header + 1, 1

    def _section(self, kind: str, number: int, nth: int) -> tuple[int, int, int]:
        """(header, first line, line behind the last) of a table."""
        if not kind:
            return 0, 0, len(self._lines)
        exchanges = self._headers("exchange", 0, len(self._lines))
        if number >= len(exchanges):
            return 0, 0, len(self._lines)
        begin = exchanges[number]
        end = exchanges[number + 1] if number + 1 < len(exchanges) else len(self._lines)
        if kind != "exchange":
            inside = self._headers(kind, begin, end)
            if nth < len(inside):
                begin = inside[nth]
        following = [i for i in range(begin + 1, end) if _HEADER.match(self._lines[i])]
        return begin, begin + 1, following[0] if following else end

    def _headers(self, kind: str, begin: int, end: int) -> list[int]:
        found = []
        for index in range(begin, end):
            header = _HEADER.match(self._lines[index])
            if header and header.group(1) == kind:
                found.append(index)
        return found
