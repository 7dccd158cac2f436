"""`phone.toml` in the data directory: the exchanges the console listens to.

Whatever is wrong is said with file, line and column, before any line is started.
"""

from __future__ import annotations

import os
import re
import ssl
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from console.config import ConfigError
from console.domain.words import M, Message
from console.sources import freeswitch_config, webhook_config
from console.sources.channels import ExchangeConfig
from console.sources.hours import Hours, HoursError
from console.sources.line_client import Address
from console.sources.line_settings import Did, LineSettings
from console.sources.phone_template import FILE
from console.sources.toml_place import TomlPlaces
from console.sources.webhook_config import WebhookSettings

MEND = M("Mend that line; the console takes it up by itself.")

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,19}")
ASTERISK = "asterisk"
KINDS = (ASTERISK, freeswitch_config.KIND, webhook_config.KIND)
_KEYS: dict[str, type] = {
    "name": str,
    "kind": str,
    "host": str,
    "port": int,
    "tls": bool,
    "ca_file": str,
    "server_name": str,
    "user": str,
    "secret": str,
    "secret_file": str,
    "secret_env": str,
    "trunk_contexts": list,
    "queues": list,
    "station_pattern": str,
    "station_channel": str,
    "dial_context": str,
    "dial_prefix": str,
    "caller_id": str,
    "area_code": str,
    "hours": list,
    "did": list,
}
_DID_KEYS: dict[str, type] = {"number": str, "line": str, "greeting": str}
_REQUIRED = ("name", "host", "user")
_SECRETS = ("secret", "secret_file", "secret_env")
_TABLES = ("did", "seat")
_DIALLED = re.compile(r"[0-9]{0,20}")
_WORD = re.compile(r"[\w./@{}:-]{1,80}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ExchangeSettings:
    """One exchange the console connects to, as configured; each optional setting with its
    default for Asterisk.

    `station_channel` is how a seat's telephone is reached (`{station}` is its number),
    `dial_context` and `dial_prefix` how an outside number is, `caller_id` what the customer
    sees. `area_code` completes local numbers. Without `dids` every number is the hotline's.
    """

    name: str
    host: str
    user: str
    secret: str = field(repr=False)
    kind: str = ASTERISK
    port: int = 5038
    tls: bool = False
    ca_file: str = ""
    server_name: str = ""
    trunk_contexts: tuple[str, ...] = ("from-trunk", "from-pstn", "from-did-direct")
    queues: tuple[str, ...] = ()
    station_pattern: str = r"(?P<station>\d{2,8})"
    station_channel: str = "PJSIP/{station}"
    dial_context: str = "from-internal"
    dial_prefix: str = ""
    caller_id: str = ""
    area_code: str = ""
    hours: Hours = field(default_factory=Hours)
    dids: Mapping[str, Did] = field(default_factory=dict)

    @property
    def exchange(self) -> ExchangeConfig:
        """What telling its calls apart takes."""
        return ExchangeConfig(
            name=self.name,
            trunk_contexts=frozenset(self.trunk_contexts),
            dids=frozenset(self.dids),
            queues=frozenset(self.queues),
            station_pattern=self.station_pattern,
            own_prefix=own_prefix(self.name),
        )

    def address(self) -> Address:
        """Where it listens. Raises OSError or ssl.SSLError for a certificate file that
        cannot be used."""
        tls = ssl.create_default_context(cafile=self.ca_file or None) if self.tls else None
        return Address(self.host, self.port, tls, self.server_name)


def own_prefix(exchange: str) -> str:
    """What the key of every call begins with that is placed on an exchange."""
    return f"console-{exchange}-"


def load(directory: Path, lines: tuple[str, ...] = ()) -> tuple[LineSettings, ...]:
    """The exchanges of an installation, none without the file; `lines` are the product
    lines a DID may name (any, when left out). Raises ConfigError."""
    path = directory / FILE
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        return ()
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            M("{path} is not valid: {error}.", path=str(path), error=str(error)), MEND
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            M("{path} cannot be read: {error}.", path=str(path), error=str(error)),
            M("Save it as UTF-8 text that you may read."),
        ) from None
    return _Reader(path, TomlPlaces(text), lines).exchanges(values)


class _Reader:
    """Checks the values of one file."""

    def __init__(self, path: Path, places: TomlPlaces, lines: tuple[str, ...]) -> None:
        self._path, self._places, self._lines = path, places, lines
        self._table, self._number = "exchange", 0

    def exchanges(self, values: Mapping[str, Any]) -> tuple[LineSettings, ...]:
        for key in values:
            if key != "exchange":
                self._table = ""
                self._fail(key, M("“{key}” is not a setting; an exchange begins with "
                                  "[[exchange]]", key=key))  # fmt: skip
        listed = values.get("exchange", [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            self._table = ""
            self._fail("exchange", M("an exchange begins with [[exchange]]"))
        found: list[LineSettings] = []
        for number, one in enumerate(listed):
            self._table, self._number = "exchange", number
            found.append(self._line(one))
            if found[-1].name in [other.name for other in found[:-1]]:
                self._fail("name", M("two exchanges are called “{name}”", name=found[-1].name))
        return tuple(found)

    def _line(self, values: dict[str, Any]) -> LineSettings:
        kind = values.get("kind", ASTERISK)
        if kind not in KINDS:
            self._fail("kind", M("no exchange is of the kind “{kind}”; known are {known}",
                                 kind=kind, known=", ".join(KINDS)))  # fmt: skip
        if kind == webhook_config.KIND:
            return self._webhook(values)
        if kind == freeswitch_config.KIND:
            return self._freeswitch(values)
        self._check_kinds(values, _KEYS)
        self._require(values, *_REQUIRED)
        return ExchangeSettings(**self._exchange(values))

    def _freeswitch(self, values: dict[str, Any]) -> ExchangeSettings:
        self._check_kinds(values, _KEYS)
        self._require(values, "name", "host")
        for key, problem in freeswitch_config.problems(values):
            self._fail(key, problem)
        given = {**freeswitch_config.DEFAULTS, **self._exchange(values)}
        return ExchangeSettings(**given, kind=freeswitch_config.KIND)

    def _webhook(self, values: dict[str, Any]) -> WebhookSettings:
        self._check_kinds(values, webhook_config.KEYS)
        self._require(values, "name")
        self._check_common(values)
        for key, problem in webhook_config.problems(values):
            self._fail(key, problem)
        given = self._common(values)
        if len(given["secret"]) < webhook_config.LEAST_SECRET:
            self._fail("secret", M("the secret is shorter than {least} characters",
                                   least=webhook_config.LEAST_SECRET))  # fmt: skip
        for key in ("cert_file", "key_file"):
            if given.get(key):
                given[key] = str(self._path.parent / given[key])
        given["seats"] = self._seats(given.pop("seat", []))
        return WebhookSettings(**given)

    def _exchange(self, values: dict[str, Any]) -> dict[str, Any]:
        self._check_values(values)
        given = self._common(values)
        for key in ("trunk_contexts", "queues"):
            if key in given:
                given[key] = tuple(given[key])
        if given.get("ca_file"):
            given["ca_file"] = str(self._path.parent / given["ca_file"])
        return given

    def _common(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with what every kind of line has read and checked."""
        given = {key: value for key, value in values.items() if key not in (*_SECRETS, "kind")}
        given["secret"] = self._secret(values)
        given["hours"] = self._hours(given.pop("hours", []))
        given["dids"] = self._dids(given.pop("did", []))
        return given

    def _require(self, values: Mapping[str, Any], *keys: str) -> None:
        for key in keys:
            if not values.get(key):
                self._fail(key, M("“{key}” is missing", key=key))

    def _check_kinds(self, values: Mapping[str, Any], keys: Mapping[str, type]) -> None:
        for key, value in values.items():
            wanted = keys.get(key)
            if wanted is None:
                known = ", ".join(keys)
                self._fail(key, M("“{key}” is not a setting; known are {known}", key=key,
                                  known=known))  # fmt: skip
            if type(value) is not wanted or (key not in _TABLES and not _is_plain(value)):
                self._fail(key, M("“{key}” has the wrong kind of value", key=key))

    def _check_common(self, values: Mapping[str, Any]) -> None:
        if not _NAME.fullmatch(values["name"]):
            self._fail("name", M("“{name}” cannot be a name: small letters, digits, - and _, "
                                 "at most 20", name=values["name"]))  # fmt: skip
        if not 0 < values.get("port", 5038) < 65536:
            self._fail("port", M("a port lies between 1 and 65535"))
        for key in ("dial_prefix", "area_code", "caller_id"):
            if not _DIALLED.fullmatch(values.get(key, "")):
                self._fail(key, M("“{key}” is digits only", key=key))
        self._check_pattern(values.get("station_pattern", "(?P<station>)"))

    def _check_values(self, values: Mapping[str, Any]) -> None:
        self._check_common(values)
        for key in ("station_channel", "dial_context"):
            if key in values and not _WORD.fullmatch(values[key]):
                self._fail(key, M("“{key}” has the wrong kind of value", key=key))
        if values.get("station_channel", "{station}").count("{station}") != 1:
            self._fail("station_channel", M("“station_channel” needs {station} once",
                                            station="{station}"))  # fmt: skip

    def _check_pattern(self, pattern: str) -> None:
        try:
            groups = re.compile(pattern).groupindex
        except re.error as error:
            self._fail("station_pattern", M("“station_pattern” is no pattern: {error}",
                                            error=str(error)))  # fmt: skip
        if "station" not in groups:
            self._fail("station_pattern", M("“station_pattern” needs a group (?P<station>…)"))

    def _secret(self, values: Mapping[str, Any]) -> str:
        """The secret, from where exactly one setting says it is."""
        given = [key for key in _SECRETS if values.get(key)]
        if len(given) != 1:
            self._fail(given[-1] if given else "user",
                       M("give one of secret, secret_file, secret_env"))  # fmt: skip
        [key] = given
        if key == "secret":
            secret = str(values[key])
        elif key == "secret_env":
            secret = os.environ.get(values[key], "")
        else:
            try:
                secret = (self._path.parent / values[key]).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                self._fail(key, M("the secret cannot be read: {error}", error=str(error)))
        if not secret:
            self._fail(key, M("the secret is empty"))
        if not secret.isprintable():
            self._fail(key, M("the secret is one line, without hidden characters"))
        return secret

    def _hours(self, written: list[str]) -> Hours:
        try:
            return Hours.parse(written)
        except HoursError as error:
            self._fail("hours", M("“{typed}” are no hours; write mon-fri 08:30-18:00",
                                  typed=str(error)))  # fmt: skip

    def _dids(self, listed: list[Any]) -> dict[str, Did]:
        found: dict[str, Did] = {}
        for number, one in enumerate(listed):
            self._table = f"exchange.did#{number}"
            if not isinstance(one, dict):
                self._fail("did", M("a number begins with [[exchange.did]]"))
            self._check_kinds(one, _DID_KEYS)
            did = Did(**{"number": "", **one})
            if not did.number or did.number in found:
                self._fail("number", M("each [[exchange.did]] needs a “number” of its own"))
            if self._lines and did.line and did.line not in self._lines:
                self._fail("line", M("“{line}” is no product line that is switched on",
                                     line=did.line))  # fmt: skip
            found[did.number] = did
        return found

    def _seats(self, listed: list[Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, one in enumerate(listed):
            self._table = f"exchange.seat#{number}"
            if not isinstance(one, dict):
                self._fail("seat", M("a seat begins with [[exchange.seat]]"))
            self._check_kinds(one, webhook_config.SEAT_KEYS)
            if problem := webhook_config.seat_problem(one, found):
                self._fail(*problem)
            found[one["user"]] = one["extension"]
        return found

    def _fail(self, key: str, problem: Message) -> NoReturn:
        line, column = self._places.find(self._table, self._number, key)
        raise ConfigError(
            M(
                "{path}: {problem} (line {line}, column {column}).",
                path=str(self._path),
                problem=problem,
                line=line,
                column=column,
            ),
            MEND,
        )


def _is_plain(value: Any) -> bool:
    """Whether a value is no list, or one of texts only."""
    return not isinstance(value, list) or all(isinstance(one, str) for one in value)
