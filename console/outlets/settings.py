"""`outlets.toml` in the data directory: by which ways the console may tell people.

Whatever is wrong is said with file, line and column, before anything is sent. Secrets come
from a file or from the environment, never from here.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from console.config import ConfigError
from console.domain.lengths import BadLengthError, parse_length
from console.domain.notices import BY_HAND, CONSOLE
from console.domain.outbox import Retry, is_mail
from console.domain.words import M, Message
from console.outlets.template import FILE

MEND = M("Mend that line; the console takes it up by itself.")
SMTP, APPRISE, WEBHOOK = "smtp", "apprise", "webhook"
TEXT, MARKDOWN = "text", "markdown"
LANGUAGES = ("zh", "en")
TLS = ("starttls", "tls", "none")
ADDRESS, SECRET = "{address}", "{secret}"

_COMMON: dict[str, type] = {
    "kind": str,
    "secret_file": str,
    "secret_env": str,
    "timeout": int,
    "at_once": int,
    "attempts": int,
    "first_wait": str,
    "longest_wait": str,
    "give_up": str,
}
_KINDS: dict[str, dict[str, type]] = {
    SMTP: {
        "host": str,
        "port": int,
        "tls": str,
        "ca_file": str,
        "server_name": str,
        "user": str,
        "sender": str,
    },
    APPRISE: {"urls": list, "markup": str},
    WEBHOOK: {"url": str, "ca_file": str},
}
_REQUIRED = {SMTP: ("host", "sender"), APPRISE: ("urls",), WEBHOOK: ("url",)}
_LIMITS = {"port": (1, 65535), "timeout": (1, 300), "at_once": (1, 32), "attempts": (1, 100)}
_WAITS = ("first_wait", "longest_wait", "give_up")
_CHANNEL = re.compile(r"[a-z][a-z0-9_]{0,19}")
_HEADER = re.compile(r"\s*\[\s*([\w\"']+)\s*\]")


@dataclass(frozen=True, slots=True)
class OutletSettings:
    """One channel as configured; each optional setting with its default. `timeout` is
    seconds for the whole of one attempt, `at_once` how many run at the same time."""

    channel: str
    kind: str
    secret: str = field(default="", repr=False)
    timeout: int = 20
    at_once: int = 4
    retry: Retry = field(default_factory=Retry)
    host: str = ""
    port: int = 587
    tls: str = "starttls"
    ca_file: str = ""
    server_name: str = ""
    user: str = ""
    sender: str = ""
    url: str = field(default="", repr=False)
    urls: tuple[str, ...] = field(default=(), repr=False)
    markup: str = TEXT


@dataclass(frozen=True, slots=True)
class Outlets:
    """The channels of an installation, and the language of notices ("" = its own)."""

    channels: Mapping[str, OutletSettings] = field(default_factory=dict)
    lang: str = ""


def load(directory: Path) -> Outlets:
    """The outlets of an installation, none without the file. Raises ConfigError."""
    path = directory / FILE
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        return Outlets()
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            M("{path} is not valid: {error}.", path=str(path), error=str(error)), MEND
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            M("{path} cannot be read: {error}.", path=str(path), error=str(error)),
            M("Save it as UTF-8 text that you may read."),
        ) from None
    return _Reader(path, text.splitlines()).outlets(values)


def language(directory: Path) -> str:
    """The language of notices an installation's outlets name, "" when they name none. For a
    seat: no secret is read."""
    try:
        lang = tomllib.loads((directory / FILE).read_text("utf-8")).get("lang")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    return lang if lang in LANGUAGES else ""


class _Reader:
    """Checks the values of one file."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self._path, self._lines = path, lines
        self._channel = ""

    def outlets(self, values: Mapping[str, Any]) -> Outlets:
        lang = values.get("lang", "")
        if lang not in ("", *LANGUAGES):
            self._fail_one_of("lang", LANGUAGES)
        tables = {key: value for key, value in values.items() if key != "lang"}
        return Outlets({key: self._outlet(key, value) for key, value in tables.items()}, lang)

    def _outlet(self, channel: str, values: Any) -> OutletSettings:
        if not isinstance(values, dict) or not _CHANNEL.fullmatch(channel):
            self._fail(channel, M("“{key}” is no channel; one begins with [mail]", key=channel))
        self._channel = channel
        if channel in (CONSOLE, *BY_HAND):
            self._fail("", M("“{key}” is a channel nothing is sent by", key=channel))
        kind = values.get("kind")
        if kind not in _KINDS:
            self._fail_one_of("kind", _KINDS)
        self._check_kinds(values, _COMMON | _KINDS[kind])
        for key in _REQUIRED[kind]:
            if not values.get(key):
                self._fail(key, M("“{key}” is missing", key=key))
        self._check_values(values)
        settings = self._made(channel, values)
        self._check_secrecy(settings)
        return settings

    def _made(self, channel: str, values: Mapping[str, Any]) -> OutletSettings:
        left_out = (*_WAITS, "attempts", "secret_file", "secret_env")
        given = {key: value for key, value in values.items() if key not in left_out}
        if given.get("ca_file"):
            given["ca_file"] = str(self._path.parent / given["ca_file"])
        waits = {key: self._seconds(key, values[key]) for key in _WAITS if key in values}
        if "attempts" in values:
            waits["attempts"] = values["attempts"]
        given["urls"] = tuple(given.get("urls", ()))
        secret = self._secret(values)
        return OutletSettings(channel, **given, secret=secret, retry=Retry(**waits))

    def _check_kinds(self, values: Mapping[str, Any], keys: Mapping[str, type]) -> None:
        for key, value in values.items():
            wanted = keys.get(key)
            if wanted is None:
                known = ", ".join(keys)
                self._fail(key, M("“{key}” is not a setting; known are {known}", key=key,
                                  known=known))  # fmt: skip
            if type(value) is not wanted or not _is_plain(value):
                self._fail(key, M("“{key}” has the wrong kind of value", key=key))

    def _check_values(self, values: Mapping[str, Any]) -> None:
        for key, (least, most) in _LIMITS.items():
            if not least <= values.get(key, least) <= most:
                self._fail(key, M("“{key}” lies between {least} and {most}", key=key,
                                  least=least, most=most))  # fmt: skip
        if values.get("tls", TLS[0]) not in TLS:
            self._fail_one_of("tls", TLS)
        if values.get("markup", TEXT) not in (TEXT, MARKDOWN):
            self._fail_one_of("markup", (TEXT, MARKDOWN))
        if "sender" in values and not is_mail(parseaddr(values["sender"])[1]):
            self._fail("sender", M("“sender” is a mail address, with a name or without"))
        if "url" in values and not _is_web(values["url"]):
            self._fail("url", M("“url” begins with https:// or http://"))

    def _check_secrecy(self, settings: OutletSettings) -> None:
        """Nothing secret goes over a network in clear."""
        if settings.kind == SMTP and settings.user:
            if not settings.secret:
                self._fail("user", M("a “user” needs secret_file or secret_env"))
            if settings.tls == "none" and not _is_here(settings.host):
                self._fail("tls", M("a password does not go over a network in clear"))
        if settings.kind == WEBHOOK and settings.secret:
            place = urlsplit(settings.url)
            if place.scheme == "http" and not _is_here(place.hostname or ""):
                self._fail("url", M("a secret does not go over a network in clear"))
        places = (settings.url, *settings.urls)
        if any(SECRET in place for place in places) and not settings.secret:
            self._fail("kind", M("{secret} needs secret_file or secret_env", secret=SECRET))

    def _secret(self, values: Mapping[str, Any]) -> str:
        given = [key for key in ("secret_file", "secret_env") if values.get(key)]
        if len(given) > 1:
            self._fail(given[0], M("give one of secret_file, secret_env"))
        if not given:
            return ""
        [key] = given
        if key == "secret_env":
            secret = os.environ.get(values[key], "")
        else:
            try:
                secret = (self._path.parent / values[key]).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                self._fail(key, M("the secret cannot be read: {error}", error=str(error)))
        if not secret:
            self._fail(key, M("the secret is empty"))
        return secret

    def _seconds(self, key: str, written: str) -> int:
        try:
            length = parse_length(written)
        except BadLengthError:
            length = None
        if length is None or length.unit != "sec" or not length.amount:
            self._fail(key, M("“{key}” is a length of time such as 90s, 5m or 24h", key=key))
        return length.amount

    def _fail_one_of(self, key: str, known: Iterable[str]) -> NoReturn:
        self._fail(key, M("“{key}” is one of {known}", key=key, known=", ".join(known)))

    def _fail(self, key: str, problem: Message) -> NoReturn:
        line, column = self._place(key)
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

    def _place(self, key: str) -> tuple[int, int]:
        """Line and column of a setting of the channel at hand, both from 1; of the channel's
        own line when it is not there."""
        table, header = "", 1
        for number, line in enumerate(self._lines, 1):
            found = _HEADER.match(line)
            if found:
                table = found[1].strip("\"'")
            if found and table in (self._channel, key):
                header = number
            elif table == self._channel and re.match(rf"\s*{re.escape(key)}\s*=", line):
                return number, len(line) - len(line.lstrip()) + 1
        return header, 1


def _is_plain(value: Any) -> bool:
    """Whether a value is no list, or one of texts only."""
    return not isinstance(value, list) or all(isinstance(one, str) for one in value)


def _is_web(url: str) -> bool:
    try:
        place = urlsplit(url)
        return place.scheme in ("http", "https") and bool(place.hostname) and place.port != 0
    except ValueError:
        return False


def _is_here(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
