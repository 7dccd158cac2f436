"""`phone.toml`: what it may say, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from console import installation
from console.config import ConfigError
from console.domain.moments import parse_moment
from console.sources.hours import Hours, HoursError
from console.sources.phone_config import load
from console.sources.phone_template import TEXT
from tests.installations import CommandLine

LEAST = '[[exchange]]\nname = "hq"\nhost = "192.0.2.10"\nuser = "console"\nsecret = "x"\n'


def written(directory: Path, text: str) -> Path:
    (directory / "phone.toml").write_text(text, "utf-8")
    return directory


def problem(directory: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(written(directory, text), ("power",))
    message = caught.value.message
    args = {**message.args, "problem": ""}
    if "problem" in message.args:
        inner = message.args["problem"]
        args["problem"] = inner.text.format(**inner.args)
    return message.text.format(**args).removeprefix(f"{directory / 'phone.toml'}")


def test_without_a_file_there_are_no_lines(tmp_path: Path) -> None:
    assert load(tmp_path) == ()


def test_the_least_that_has_to_be_said(tmp_path: Path) -> None:
    [hq] = load(written(tmp_path, LEAST))
    assert (hq.name, hq.host, hq.port, hq.user, hq.secret) == (
        "hq",
        "192.0.2.10",
        5038,
        "console",
        "x",
    )
    assert hq.exchange.name == "hq"
    assert hq.exchange.own_prefix == "console-hq-"
    assert "from-trunk" in hq.exchange.trunk_contexts
    assert hq.exchange.queues == hq.exchange.dids == frozenset()
    assert hq.address().tls is None
    assert "secret" not in repr(hq)


def test_what_init_writes_is_switched_off_and_right_once_it_is_switched_on(tmp_path: Path) -> None:
    installation.install(tmp_path)
    path = tmp_path / "phone.toml"
    assert path.read_text("utf-8") == TEXT
    assert path.stat().st_mode & 0o077 == 0
    assert load(tmp_path, ("power",)) == ()
    lines = [line[2:] for line in TEXT.splitlines() if line.startswith("# ") and _is_toml(line)]
    (tmp_path / "phone.secret").write_text("x\n")
    (tmp_path / "phone-fs.secret").write_text("y\n")
    (tmp_path / "phone-cloud.secret").write_text("sixteen or more of them\n")
    hq, fs, *_ = load(written(tmp_path, "\n".join(lines)), ("acme",))
    assert (hq.name, hq.secret, hq.area_code) == ("hq", "x", "0755")
    assert hq.dids["4008001234"].line == "acme"
    assert hq.exchange.dids == {"4008001234"}
    assert (fs.name, fs.secret) == ("fs", "y")


def _is_toml(line: str) -> bool:
    return " = " in line or line.startswith("# [[")


def test_the_secret_may_stand_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "phone.secret").write_text("from a file\n")
    monkeypatch.setenv("CONSOLE_HQ_SECRET", "from outside")
    for setting, secret in (
        ('secret_file = "phone.secret"', "from a file"),
        ('secret_env = "CONSOLE_HQ_SECRET"', "from outside"),
    ):
        [hq] = load(written(tmp_path, LEAST.replace('secret = "x"', setting)))
        assert hq.secret == secret


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[exchange]\n", " is not valid: "),
        ("x = 1\n", "“x” is not a setting; an exchange begins with [[exchange]] (line 1, column 1"),
        ("[exchange]\nname = 1", "an exchange begins with [[exchange]] (line 1, column 1)"),
        (LEAST + "colour = 1\n", "“colour” is not a setting"),
        (LEAST + "  port = 70000\n", "a port lies between 1 and 65535 (line 6, column 3)"),
        (LEAST + "port = true\n", "“port” has the wrong kind of value (line 6, column 1)"),
        (LEAST + "queues = [1]\n", "“queues” has the wrong kind of value (line 6, column 1)"),
        (LEAST.replace('user = "console"\n', ""), "“user” is missing (line 1, column 1)"),
        (LEAST.replace('"hq"', '"H Q"'), "“H Q” cannot be a name"),
        (LEAST.replace('"x"', '""'), "give one of secret, secret_file, secret_env"),
        (LEAST + 'secret_env = "NOWHERE"\n', "give one of secret, secret_file, secret_env (line 6"),
        (LEAST.replace("secret = ", "secret_env = "), "the secret is empty (line 5, column 1)"),
        (LEAST.replace("secret = ", "secret_file = "), "the secret cannot be read: "),
        (LEAST + 'station_pattern = "("\n', "“station_pattern” is no pattern: "),
        (LEAST + 'station_pattern = "8"\n', "needs a group (?P<station>…) (line 6, column 1)"),
        (LEAST + 'station_channel = "PJSIP/8001"\n', "“station_channel” needs {station} once"),
        (LEAST + 'dial_context = "a\\r\\nAction: x"\n', "“dial_context” has the wrong kind"),
        (LEAST + 'dial_prefix = "9w"\n', "“dial_prefix” is digits only (line 6, column 1)"),
        (LEAST + 'caller_id = "Li <1>"\n', "“caller_id” is digits only"),
        (LEAST + 'hours = ["mon 18:00-08:00"]\n', "“mon 18:00-08:00” are no hours"),
        (LEAST + LEAST, "two exchanges are called “hq” (line 7, column 1)"),
        (
            LEAST + '[[exchange.did]]\nnumber = "1"\n[[exchange.did]]\nline = "emr"\n',
            "each [[exchange.did]] needs a “number” of its own (line 8, column 1)",
        ),
        (
            LEAST + '[[exchange.did]]\nnumber = "1"\nline = "emr"\n',
            "“emr” is no product line that is switched on (line 8, column 1)",
        ),
        (LEAST + "[[exchange.did]]\nnumber = 1\n", "“number” has the wrong kind of value (line 7"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    assert says in problem(tmp_path, text)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "phone.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        ("2026-03-10 08:29:59", False),
        ("2026-03-10 08:30:00", True),
        ("2026-03-10 18:00:00", False),
        ("2026-03-14 11:59:59", True),
        ("2026-03-15 11:00:00", False),
    ],
)
def test_hours(moment: str, open_then: bool) -> None:
    hours = Hours.parse(["mon-fri 08:30-18:00", "Sat 09:00-12:00"])
    assert hours.open_at(parse_moment(moment, 0), "Asia/Shanghai") is open_then
    assert Hours().open_at(parse_moment(moment, 0), "Asia/Shanghai")


@pytest.mark.parametrize("text", ["", "mon", "fri-mon 08:00-09:00", "mon 08:00-25:00", "8-18"])
def test_no_hours(text: str) -> None:
    with pytest.raises(HoursError):
        Hours.parse([text])


def test_doctor_names_the_mistake(console: CommandLine) -> None:
    written(console.directory, LEAST + "port = 0\n").joinpath("phone.toml").chmod(0o600)
    answer = console("doctor")
    assert answer.code == 1
    assert "phone.toml: a port lies between 1 and 65535 (line 6, column 1)." in answer.out
    assert "→ Mend that line; the console takes it up by itself." in answer.out
