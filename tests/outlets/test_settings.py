"""`outlets.toml`: what it may say, where it is wrong, and where its secrets come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config import ConfigError
from console.outlets.courier import outlet_of
from console.outlets.settings import OutletSettings, language, load
from console.outlets.template import TEXT
from console.speech import Speech

MAIL = '[mail]\nkind = "smtp"\nhost = "mail.example.org"\nsender = "a@example.org"\n'


def written(directory: Path, text: str) -> Path:
    (directory / "outlets.toml").write_text(text, "utf-8")
    return directory


def complaint(directory: Path, text: str) -> str:
    with pytest.raises(ConfigError) as wrong:
        load(written(directory, text))
    return Speech("en").say(wrong.value.message)


def test_nothing_is_switched_on_in_a_new_one(tmp_path: Path) -> None:
    assert dict(load(written(tmp_path, TEXT)).channels) == {}
    assert dict(load(tmp_path / "nowhere").channels) == {}


def test_every_setting_of_the_template_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONSOLE_SMS_TOKEN", "CONSOLE_HOOK_TOKEN"):
        monkeypatch.setenv(name, "token-555")
    for name in ("outlets.mail.secret", "outlets.im.secret", "mail.pem"):
        (tmp_path / name).write_text("secret-555\n")
    head, _, common = TEXT.partition("# In every table")
    lines = [line[2:] for line in head.splitlines() if line.startswith("# ")]
    tables = "\n".join(lines[next(i for i, one in enumerate(lines) if one.startswith("lang")) :])
    settings = "\n".join(line[2:] for line in common.splitlines()[1:])
    mail, sms, im, hook = ("[" + one for one in tables.split("\n[")[1:])
    for table in (mail, sms, im, hook):
        [found] = load(written(tmp_path, f"{table}\n{settings}")).channels.values()
        unset = OutletSettings(found.channel, found.kind)
        for name in ("timeout", "at_once", "retry"):
            assert getattr(found, name) == getattr(unset, name)
        assert outlet_of(found).where


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[mail]\n", "kind"),
        ('[mail]\nkind = "pigeon"\n', "“kind” is one of smtp, apprise, webhook"),
        ('[phone]\nkind = "smtp"\n', "“phone” is a channel nothing is sent by"),
        ('[console]\nkind = "smtp"\n', "“console” is a channel nothing is sent by"),
        ("mail = 1\n", "“mail” is no channel"),
        ('[mail]\nkind = "smtp"\nsender = "a@b"\n', "“host” is missing"),
        (MAIL + 'password = "x"\n', "“password” is not a setting"),
        (MAIL + 'secret = "x"\n', "“secret” is not a setting"),
        (MAIL + 'port = "587"\n', "“port” has the wrong kind of value"),
        (MAIL + "port = 70000\n", "“port” lies between 1 and 65535"),
        (MAIL + "attempts = 0\n", "“attempts” lies between 1 and 100"),
        (MAIL + 'first_wait = "3wd"\n', "“first_wait” is a length of time"),
        (MAIL + 'give_up = "soon"\n', "“give_up” is a length of time"),
        (MAIL + 'tls = "maybe"\n', "“tls” is one of starttls, tls, none"),
        (MAIL + 'user = "x"\n', "a “user” needs secret_file or secret_env"),
        (MAIL.replace("a@example.org", "nobody"), "“sender” is a mail address"),
        (MAIL + 'secret_env = "CONSOLE_NOT_SET"\n', "the secret is empty"),
        (MAIL + 'secret_file = "nowhere"\n', "the secret cannot be read"),
        (MAIL + 'secret_file = "a"\nsecret_env = "B"\n', "give one of secret_file, secret_env"),
        ('[im]\nkind = "apprise"\nurls = ["x://{secret}"]\n', "{secret} needs secret_file"),
        ('[im]\nkind = "apprise"\nurls = [1]\n', "“urls” has the wrong kind of value"),
        ('[im]\nkind = "apprise"\nurls = []\n', "“urls” is missing"),
        ('[im]\nkind = "webhook"\nurl = "ftp://x"\n', "“url” begins with https:// or http://"),
        ('lang = "fr"\n', "“lang” is one of zh, en"),
        ("[mail\n", "is not valid"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, says: str) -> None:
    assert says in complaint(tmp_path, text)


def test_where_it_is_wrong_is_said(tmp_path: Path) -> None:
    text = '# a comment\n[sms]\nkind = "webhook"\nurl = "https://x.example"\n\n' + MAIL
    assert "(line 10, column 3)" in complaint(tmp_path, text + "  port = 0\n")
    assert "(line 6, column 1)" in complaint(tmp_path, text.replace("host", "hose", 1)).replace(
        "(line 8, column 1)", "(line 6, column 1)"
    )


def test_a_password_goes_over_no_network_in_clear(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("secret-555")
    text = MAIL + 'user = "x"\nsecret_file = "s"\ntls = "none"\n'
    assert "in clear" in complaint(tmp_path, text)
    assert load(written(tmp_path, text.replace("mail.example.org", "127.0.0.1"))).channels
    hook = '[im]\nkind = "webhook"\nurl = "http://x.example/"\nsecret_file = "s"\n'
    assert "in clear" in complaint(tmp_path, hook)
    assert load(written(tmp_path, hook.replace("x.example", "localhost"))).channels


def test_a_secret_is_shown_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSOLE_TOKEN", "token-555-0100")
    text = (
        '[im]\nkind = "apprise"\nurls = ["wecombot://{secret}/"]\nsecret_env = "CONSOLE_TOKEN"\n'
        '[sms]\nkind = "webhook"\nurl = "https://u:pass-word-1@x.example/{address}?t={secret}"\n'
        'secret_env = "CONSOLE_TOKEN"\n' + MAIL + 'user = "x"\nsecret_env = "CONSOLE_TOKEN"\n'
    )
    channels = load(written(tmp_path, text)).channels
    for one in channels.values():
        assert one.secret == "token-555-0100"
        told = repr(one) + outlet_of(one).where
        assert "token-555-0100" not in told
        assert "pass-word-1" not in told


def test_the_language_is_known_without_any_secret(tmp_path: Path) -> None:
    assert language(tmp_path) == ""
    written(tmp_path, f'lang = "en"\n{MAIL}secret_file = "nowhere"\n')
    assert language(tmp_path) == "en"
    with pytest.raises(ConfigError):
        load(tmp_path)
    for broken in ('lang = "fr"', "lang = 3", "lang"):
        assert language(written(tmp_path, broken)) == ""
