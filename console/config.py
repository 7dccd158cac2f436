"""What an installation edits: `console.toml` and `slots.toml` in its data directory."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.domain.moments import DEFAULT_ZONE
from console.domain.periods import clock_face, split_anchor
from console.domain.recipients import Patience
from console.domain.words import M, Message

FILE = "console.toml"
SLOTS = "slots.toml"
_DEFAULTS = Path(__file__).parent / "data" / FILE
DAY_COUNTS = ("civil", "rolling")


class ConfigError(Exception):
    """A configuration file is missing or broken; `message` names file, line and column."""

    def __init__(self, message: Message, remedy: Message) -> None:
        super().__init__(message.text.format(**message.args))
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """When the journal is signed: every so many facts, and every day that has any; 0 never.
    `to` is a second file that gets the same lines, "" none."""

    every: int = 1000
    to: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """How patiently people are told. In minutes: after how long without reaching somebody who
    has to know something now the next one is told (`delegate_after`), how often they are told
    again until then (`repeat_every`); 0 never. More than `burst` messages to one person by one
    channel within `burst_within` minutes become one that lists them; 0 never."""

    delegate_after: int = 15
    repeat_every: int = 5
    burst: int = 5
    burst_within: int = 10

    @property
    def patience(self) -> Patience:
        return Patience(self.delegate_after * 60, self.repeat_every * 60)


@dataclass(frozen=True, slots=True)
class Digest:
    """The day in one mail: to whom (slots; nobody = none is made), and at what time of every
    working day."""

    at: str = "17:30"
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """An installation's settings, each with its default.

    `hotline` is the number customers call, as messages to them name it; `lang` "" follows
    the reader's locale; `area_code` is prepended to local numbers;
    `lines` are the product lines switched on, those of a new installation when the file
    does not say; `day_count` how working days are counted,
    civil or rolling (D-03); `lock_after` how many seconds without a key lock a seat, 0 =
    never (W-21); `duties` dates of recurring meetings, by
    LINE.KEY, such as `2026-01-07 19:00`; `retention` how many days after closing a case its
    customer's data is erased, 0 = never by itself; `checkpoints` when the journal is signed.
    `slots` are the holders of slots, `deputies` those who stand in for them.
    """

    name: str = ""
    hotline: str = ""
    lang: str = ""
    zone: str = DEFAULT_ZONE
    area_code: str = ""
    lines: tuple[str, ...] = ()
    day_count: str = "civil"
    lock_after: int = 600
    slots: Mapping[str, str] = field(default_factory=dict)
    duties: Mapping[str, str] = field(default_factory=dict)
    retention: int = 0
    checkpoints: Checkpoints = Checkpoints()
    deputies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    escalation: Escalation = Escalation()
    digest: Digest = Digest()

    @property
    def known_as(self) -> str:
        """What customers know the hotline by: its number, or else its name."""
        return self.hotline or self.name


@dataclass(frozen=True, slots=True)
class Without:
    """What one start leaves out: every plugin that does not come with the console (`safe`),
    or some by name, shipped lines among them."""

    safe: bool = False
    names: tuple[str, ...] = ()


EVERYTHING = Without()

_KEYS: dict[str, type] = {
    "name": str,
    "lang": str,
    "zone": str,
    "area_code": str,
    "hotline": str,
    "lines": list,
    "day_count": str,
    "lock_after": int,
    "duties": dict,
    "retention": dict,
    "checkpoints": dict,
    "escalation": dict,
    "digest": dict,
}


def load(directory: Path) -> Config:
    """The settings in a data directory. Raises ConfigError for a missing or broken file."""
    path = directory / FILE
    values = _read(path)
    _check(path, values)
    filled = _slots(directory / SLOTS)
    if "lines" not in values:
        values["lines"] = tomllib.loads(default_text())["lines"]
    values["lines"] = tuple(values["lines"])
    kept = _table(path, values, "retention", {"days": 0})
    values["retention"] = kept["days"]
    values["checkpoints"] = Checkpoints(
        **_table(path, values, "checkpoints", asdict(Checkpoints()))
    )
    values["escalation"] = Escalation(**_table(path, values, "escalation", asdict(Escalation())))
    values["digest"] = _digest(path, values)
    return Config(
        **values,
        slots={slot: people[0] for slot, people in filled.items()},
        deputies={slot: people[1:] for slot, people in filled.items() if people[1:]},
    )


def default_text(lang: str = "") -> str:
    """What `console.toml` says in a new installation."""
    return _DEFAULTS.read_text("utf-8").replace("{lang}", lang)


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise ConfigError(
            M("The configuration file {path} is missing.", path=str(path)),
            M("Write it anew with `console init {directory}`.", directory=str(path.parent)),
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            M(
                "{path} is not UTF-8 text (line {line}, column {column}).",
                path=str(path),
                line=error.object.count(b"\n", 0, error.start) + 1,
                column=error.start - error.object.rfind(b"\n", 0, error.start),
            ),
            M("Save it as UTF-8 text that you may read."),
        ) from None
    except OSError as error:
        raise ConfigError(
            M(
                "The configuration file {path} cannot be read: {error}.",
                path=str(path),
                error=error,
            ),
            M("Save it as UTF-8 text that you may read."),
        ) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            M("{path} is not valid: {error}.", path=str(path), error=_located(text, error)),
            M("Mend that line, then start again."),
        ) from None


def _located(text: str, error: tomllib.TOMLDecodeError) -> str:
    """What is wrong, with line and column also where the text just stops."""
    lines = text.splitlines() or [""]
    end = f"at line {len(lines)}, column {len(lines[-1]) + 1}"
    return str(error).replace("at end of document", end)


def _check(path: Path, values: dict[str, Any]) -> None:
    for key, value in values.items():
        wanted = _KEYS.get(key)
        if wanted is None:
            known = ", ".join(_KEYS)
            problem = M(
                "{path}: “{key}” is not a setting; known are {known}.",
                path=str(path),
                key=key,
                known=known,
            )
        elif not isinstance(value, wanted) or not all(
            isinstance(one, str) for one in (value if isinstance(value, list) else ())
        ):
            problem = M("{path}: “{key}” has the wrong kind of value.", path=str(path), key=key)
        else:
            continue
        raise ConfigError(_placed(path, key, problem), M("Mend that line, then start again."))
    if values.get("lang", "") not in ("", "zh", "en"):
        problem = M("{path}: “{lang}” is not a language.", path=str(path), lang=values["lang"])
        raise ConfigError(
            _placed(path, "lang", problem), M('Write "zh", "en" or nothing.')
        ) from None
    _check_zone(path, values.get("zone", DEFAULT_ZONE))
    _check_day_count(path, values.get("day_count", "civil"))
    _check_duties(path, values.get("duties", {}))


def _table(
    path: Path, values: Mapping[str, Any], name: str, known: Mapping[str, Any]
) -> dict[str, Any]:
    """The settings of a table, each of the kind of its default; a number counts something."""
    given = values.get(name, {})
    for key, value in given.items():
        if key not in known:
            problem = M(
                "{path}: “{key}” is not a setting; known are {known}.",
                path=str(path),
                key=f"{name}.{key}",
                known=", ".join(known),
            )
        elif type(value) is not type(known[key]) or (isinstance(value, int) and value < 0):
            problem = M(
                "{path}: “{key}” has the wrong kind of value.", path=str(path), key=f"{name}.{key}"
            )
        else:
            continue
        raise ConfigError(_placed(path, key, problem), M("Mend that line, then start again."))
    return {**known, **given}


def _digest(path: Path, values: Mapping[str, Any]) -> Digest:
    given = _table(path, values, "digest", {"at": Digest().at, "to": []})
    if not all(isinstance(slot, str) for slot in given["to"]):
        problem = M("{path}: “{key}” has the wrong kind of value.", path=str(path), key="digest.to")
        raise ConfigError(_placed(path, "to", problem), M("Mend that line, then start again."))
    try:
        clock_face(given["at"])
    except ValueError:
        problem = M("{path}: “{at}” is no time of day.", path=str(path), at=given["at"])
        raise ConfigError(_placed(path, "at", problem), M("Write it like 17:30.")) from None
    return Digest(given["at"], tuple(given["to"]))


def _check_day_count(path: Path, counted: str) -> None:
    if counted not in DAY_COUNTS:
        problem = M("{path}: working days are not counted “{way}”.", path=str(path), way=counted)
        raise ConfigError(
            _placed(path, "day_count", problem), M("Write civil or rolling, in quotes.")
        )


def _check_duties(path: Path, duties: Mapping[str, Any]) -> None:
    for key, value in duties.items():
        try:
            split_anchor(value)
        except (ValueError, AttributeError):
            problem = M("{path}: the duty “{key}” needs a date.", path=str(path), key=key)
            raise ConfigError(
                _placed(path, f'"{key}"', problem),
                M('Write "line.duty" = "2026-01-07" or "2026-01-07 19:00", both in quotes.'),
            ) from None


def _check_zone(path: Path, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problem = M("{path}: there is no time zone “{zone}”.", path=str(path), zone=zone)
        raise ConfigError(
            _placed(path, "zone", problem), M("Write a name like Asia/Shanghai.")
        ) from None


def _placed(path: Path, key: str, problem: Message) -> Message:
    """A problem with the line and column of the setting it is about."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.lstrip().startswith(key):
            column = len(line) - len(line.lstrip()) + 1
            return M(
                "{problem} (line {line}, column {column})",
                problem=problem,
                line=number,
                column=column,
            )
    return problem


def _slots(path: Path) -> dict[str, tuple[str, ...]]:
    """Who fills each slot: its holder, then their deputies."""
    if not path.exists():
        return {}
    values = _read(path).get("slots", {})
    people = _people_of(values)
    if people is None:
        problem = M('{path}: [slots] lists slot = "person" pairs.', path=str(path))
        raise ConfigError(
            _placed(path, "[slots]", problem),
            M('Write "slot" = "person", or = ["person", "deputy"] with those who stand in.'),
        )
    return people


def _people_of(values: object) -> dict[str, tuple[str, ...]] | None:
    """Every slot with one person or a list of them; None for what is neither."""
    if not isinstance(values, dict):
        return None
    found: dict[str, tuple[str, ...]] = {}
    for slot, given in values.items():
        people = (given,) if isinstance(given, str) else given
        if not isinstance(people, list | tuple) or not people:
            return None
        if not all(isinstance(one, str) for one in people):
            return None
        found[slot] = tuple(dict.fromkeys(people))
    return found


def data_directory(given: str | None) -> Path:
    """Where the installation lives: --data, else $CONSOLE_DATA, else ./data."""
    return Path(given or os.environ.get("CONSOLE_DATA") or "data").expanduser()


def language(given: str | None, config: Config | None = None) -> str:
    """The reader's language: asked for, else configured, else of the locale, else English."""
    if given:
        return "zh" if given.startswith("zh") else "en"
    if config is not None and config.lang:
        return "zh" if config.lang.startswith("zh") else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
