"""The calendar documents of an installation: those shipped, and versions added to them.

A document is a JSON file `{"version": …, "source": …, "calendars": {id: spec}}`. Nothing is
ever overwritten: a new version is a new file, and the newest version of an id is in force.
Nothing is read before a calendar is asked for.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from console.domain.calendar import Calendar
from console.domain.calendar_spec import BadCalendarError, CalendarError
from console.domain.calendars import CalendarBook, UnknownCalendarError
from console.domain.words import M, Message
from console.store.errors import StoreError

_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]+")


class Document(NamedTuple):
    """One readable file: its data as read, and the calendars in it."""

    path: Path
    version: str
    data: Mapping[str, Any]
    calendars: CalendarBook


class CalendarShelf:
    """The documents in some folders, the installation's own folder last. `problems` holds,
    by file name, what is wrong with those left out."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._book: CalendarBook | None = None
        self.problems: dict[str, Message] = {}

    @property
    def loaded(self) -> bool:
        """Whether anything has been read yet."""
        return self._book is not None

    @property
    def book(self) -> CalendarBook:
        """The calendars in force, read when first asked for."""
        if self._book is None:
            found = sorted(self.documents(), key=lambda one: order_of(one.version))
            self._book = CalendarBook(
                calendar for one in found for calendar in one.calendars.values()
            )
        return self._book

    def calendar(self, identity: str) -> Calendar:
        """The calendar of an id in its version in force. Raises StoreError when no
        document has it."""
        try:
            return self.book[identity]
        except UnknownCalendarError as unknown:
            raise StoreError(
                unknown.message, M("Add it with `console calendar add FILE`.")
            ) from None

    def documents(self) -> list[Document]:
        """Every readable document, shipped ones first; of equal versions the later one is
        in force. What cannot be used is left out and named in `problems`."""
        documents, problems = [], {}
        for path in self._paths():
            try:
                documents.append(read_document(path))
            except CalendarError as bad:
                problems[path.name] = bad.message
        self.problems = problems
        return documents

    def stamp(self) -> str:
        """Changes when any file is added, replaced or removed; reads none of them."""
        marks = []
        for path in self._paths():
            status = path.stat()
            marks.append(f"{path}:{status.st_size}:{status.st_mtime_ns}")
        return "\n".join(marks)

    def refresh(self) -> None:
        """Read everything anew when it is next asked for."""
        self._book = None

    def put(self, document: Document) -> Path:
        """Keep a copy of a document in the installation's folder.

        Raises FileExistsError when a file of that version is there already.
        """
        folder = self._folders[-1]
        folder.mkdir(parents=True, exist_ok=True)
        name = "+".join(document.calendars)[:80]
        path = folder / _UNSAFE.sub("_", f"{name}-{document.version}.json")
        draft = path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(document.data, file, ensure_ascii=False, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        finally:
            draft.unlink()
        self.refresh()
        return path

    def _paths(self) -> list[Path]:
        return [path for folder in self._folders for path in sorted(folder.glob("*.json"))]


def read_document(path: Path) -> Document:
    """Read and check one file. Raises BadCalendarError naming file, key and remedy."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise _bad(path, M("it cannot be read: {reason}", reason=reason)) from None
    except UnicodeDecodeError:
        raise _bad(path, M("save it as UTF-8 text")) from None
    except json.JSONDecodeError as error:
        problem = M(
            "line {line}, column {column}: {reason}; mend the JSON there",
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        )
        raise _bad(path, problem) from None
    if not isinstance(data, Mapping) or not isinstance(data.get("calendars"), Mapping):
        raise _bad(path, M('calendars: write "calendars": {{"id": …}}'))
    version = data.get("version")
    if not isinstance(version, str) or not order_of(version):
        raise _bad(path, M('version: write a text with a number, such as "2027.1"'))
    try:
        calendars = CalendarBook.parse([data])
    except BadCalendarError as bad:
        raise _bad(path, bad.message) from None
    return Document(path, version, data, calendars)


def order_of(version: str) -> tuple[int, ...]:
    """How versions follow each other: 2026.9 before 2026.10."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _bad(path: Path, problem: Message) -> BadCalendarError:
    return BadCalendarError(M("{file}: {problem}", file=path.name, problem=problem))
