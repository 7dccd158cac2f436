"""A hosted exchange in `phone.toml`: right, wrong, and what `console doctor` makes of it."""

from __future__ import annotations

import asyncio
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.config import ConfigError
from console.domain.words import Message
from console.sources.line_trial import try_line
from console.sources.phone_config import load
from console.sources.phone_template import TEXT
from console.sources.webhook_config import WebhookSettings
from tests.installations import CommandLine, HandSet
from tests.sources.webhook_house import (
    LEAST,
    SECRET,
    configure,
    free_port,
    hosted,
    settings_of,
)

TLS = Path(__file__).resolve().parents[1] / "data" / "tls"


def test_the_least_that_has_to_be_said(tmp_path: Path) -> None:
    found = settings_of(tmp_path)
    assert (found.name, found.secret, found.place) == ("cloud", SECRET, "127.0.0.1:8077")
    assert (found.path, found.auth, found.tls()) == ("/calls", "signature", None)
    assert SECRET not in repr(found)
    assert settings_of(tmp_path, 'host = "::1"\n').place == "[::1]:8077"


def test_what_init_writes_is_right_once_it_is_switched_on(tmp_path: Path) -> None:
    part = TEXT.partition('# [[exchange]]\n# kind = "webhook"')[2].partition("# [[exchange]]")[0]
    lines = [line[2:] for line in part.splitlines() if " = " in line or "[[" in line]
    start = ["[[exchange]]", 'kind = "webhook"']
    (tmp_path / "phone-cloud.secret").write_text(f"{SECRET}\n")
    found = settings_of(tmp_path, least="\n".join([*start, *lines]))
    settings = {line.partition(" = ")[0] for line in lines if " = " in line}
    assert found == WebhookSettings(
        "cloud",
        SECRET,
        cert_file=str(tmp_path / "cloud.pem"),
        key_file=str(tmp_path / "cloud.key"),
        seats={"Li Na": "8001"},
    )
    assert settings >= {"host", "port", "path", "auth", "window", "ring_limit", "talk_limit"}


def test_beside_an_exchange_of_another_kind(tmp_path: Path) -> None:
    other = '[[exchange]]\nname = "hq"\nhost = "192.0.2.1"\nuser = "console"\nsecret = "x"\n'
    configure(tmp_path, other)
    assert [(type(one).__name__, one.name) for one in load(tmp_path)] == [
        ("WebhookSettings", "cloud"),
        ("ExchangeSettings", "hq"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LEAST.replace('"webhook"', '"pigeon"'), "no exchange is of the kind “pigeon”"),
        (LEAST.replace('"webhook"', "1"), "no exchange is of the kind “1”"),
        (LEAST + 'user = "x"\n', "“user” is not a setting"),
        (LEAST.replace('name = "cloud"', ""), "“name” is missing (line 1, column 1)"),
        (LEAST.replace(SECRET, "too short"), "the secret is shorter than 16 characters (line 4"),
        (LEAST.replace("secret", "secret_env"), "the secret is empty (line 4, column 1)"),
        (LEAST + 'host = "console.example"\n', "“host” is the address to listen at: digits, no"),
        (LEAST + "port = 0\n", "a port lies between 1 and 65535 (line 5, column 1)"),
        (LEAST + 'path = "calls"\n', "“path” begins with /"),
        (LEAST + 'path = "/a b"\n', "“path” begins with /"),
        (LEAST + 'auth = "basic"\n', "“auth” is signature or bearer (line 5"),
        (LEAST + 'key_file = "x"\n', "a “key_file” needs a “cert_file” (line 5"),
        (LEAST + "window = 5\n", "“window” lies between 10 and 3600 (line 5"),
        (LEAST + "ring_limit = 0\n", "“ring_limit” lies between 10 and 3600"),
        (LEAST + 'auth = "bearer"\nhost = "0.0.0.0"\n', "a bearer secret travels in clear"),
        (LEAST + 'station_pattern = "8"\n', "needs a group (?P<station>…)"),
        (LEAST + "seat = 1\n", "“seat” has the wrong kind of value"),
        (LEAST + "seat = [1]\n", "a seat begins with [[exchange.seat]]"),
        (
            LEAST + '[[exchange.seat]]\nuser = "a"\nextension = "8001"\n'
            '[[exchange.seat]]\nuser = "a"\nextension = "8002"\n',
            "each [[exchange.seat]] needs a “user” of its own (line 9, column 1)",
        ),
        (
            LEAST + '[[exchange.seat]]\nuser = "a"\nextension = "sip:1"\n',
            "an “extension” is two to eight digits (line 7, column 1)",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    configure(tmp_path, least=text)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert says in said(caught.value.message)


def said(message: Message) -> str:
    args = {
        key: said(value) if isinstance(value, Message) else value
        for key, value in message.args.items()
    }
    return message.text.format(**args)


def test_a_bearer_secret_may_travel_under_a_certificate(tmp_path: Path) -> None:
    more = 'auth = "bearer"\nhost = "0.0.0.0"\ncert_file = "cloud.pem"\n'
    assert settings_of(tmp_path, more).auth == "bearer"


# --- the trial


def tried(settings: WebhookSettings) -> list[tuple[bool, str, str]]:
    found = asyncio.run(try_line(settings))
    return [(one.good, said(one.says), said(one.remedy) if one.remedy else "") for one in found]


def test_a_port_that_is_free(tmp_path: Path) -> None:
    for name in ("exchange.pem", "exchange.key"):
        (tmp_path / name).write_bytes((TLS / name).read_bytes())
    more = f'port = {free_port()}\ncert_file = "exchange.pem"\nkey_file = "exchange.key"\n'
    settings = settings_of(tmp_path, more)
    assert tried(settings) == [
        (True, f"The certificate {settings.cert_file} can be used.", ""),
        (True, f"{settings.place} is free to listen at.", ""),
    ]


@pytest.mark.parametrize("content", ["", "no certificate"])
def test_a_certificate_that_cannot_be_used(tmp_path: Path, content: str) -> None:
    if content:
        (tmp_path / "x.pem").write_text(content)
    [(good, says, remedy)] = tried(settings_of(tmp_path, 'cert_file = "x.pem"\n'))
    assert not good
    assert says.startswith(f"The certificate {tmp_path / 'x.pem'} cannot be used: ")
    assert remedy.startswith("Check “cert_file” and “key_file”")


def test_an_address_of_another_machine(tmp_path: Path) -> None:
    [(good, says, remedy)] = tried(settings_of(tmp_path, 'host = "192.0.2.1"\n'))
    assert not good
    assert says.startswith("Nobody can listen at 192.0.2.1:8077: ")
    assert remedy == "“host” in phone.toml must be an address of this machine."


@pytest.fixture
def stranger() -> Iterator[int]:
    """Another web server; its port."""
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    server.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_program_on_the_port(tmp_path: Path, stranger: int) -> None:
    [(good, says, remedy)] = tried(settings_of(tmp_path, f"port = {stranger}\n"))
    assert not good
    assert says == f"Another program listens at 127.0.0.1:{stranger}."
    assert remedy == "End it, or choose another “port” in phone.toml."


@pytest.mark.parametrize("auth", ["signature", "bearer"])
async def test_the_worker_itself_is_asked(data: Path, now: HandSet, auth: str) -> None:
    import time  # the doctor signs with the time it really is

    now.at = int(time.time())
    least = f'{LEAST}auth = "{auth}"\n'
    async with hosted(data, now, least=least) as house:
        other = least.replace(SECRET, "another secret, long enough")
        answers: list[Any] = []
        for text in (least, other):
            settings = settings_of(house.data.parent, f"port = {house.port}\n", text)
            [found] = await try_line(settings)
            answers.append((found.good, said(found.says)))
        place = f"127.0.0.1:{house.port}"
        assert answers == [
            (True, f"Events are taken at {place}."),
            (False, f"Who listens at {place} has another secret."),
        ]
        assert house.calls() == []


def test_doctor(console: CommandLine) -> None:
    configure(console.directory, f"port = {free_port()}\n")
    checks = json.loads(console("doctor", "--json").out)
    wrong = [check["says"] for check in checks if not check["good"]]
    assert wrong == ["Nobody runs the lines."]
    assert any("is free to listen at" in check["says"] for check in checks)
