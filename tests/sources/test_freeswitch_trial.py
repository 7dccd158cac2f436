"""Trying a FreeSWITCH line out, and what `phone.toml` may say of one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from console.sources import esl_trouble
from console.sources.line_source import live_kind, source_of
from console.sources.line_trial import try_line
from console.sources.phone_config import ExchangeSettings, load
from tests.sources.fake_freeswitch import FakeFreeswitch
from tests.sources.phone_house import configure
from tests.sources.test_phone_config import problem, written
from tests.sources.test_worker_lines import doctor, wrong

LEAST = '[[exchange]]\nkind = "freeswitch"\nname = "hq"\nhost = "192.0.2.10"\nsecret = "x"\n'


async def tried(server: FakeFreeswitch, **values: Any) -> list[tuple[bool, str, str]]:
    given = {"user": "", "secret": "s3cret", "kind": "freeswitch", **values}
    async with server:
        found = await try_line(
            ExchangeSettings(name="hq", host="127.0.0.1", port=server.port, **given)
        )
    return [
        (
            one.good,
            one.says.text.format(**one.says.args),
            one.remedy.text.format(**one.remedy.args) if one.remedy else "",
        )
        for one in found
    ]


async def test_a_line_that_is_well() -> None:
    server = FakeFreeswitch()
    found = await tried(server, queues=("support@default",))
    assert [good for good, _, _ in found] == [True] * 4
    assert [says for _, says, _ in found][1:] == [
        "The password is right.",
        "It may ask what is up and place calls.",
        "Its queues: support@default.",
    ]
    assert server.count("bgapi") == 0
    assert [one for one in server.asked if "originate" in one] == ["api originate"]


@pytest.mark.parametrize(
    ("server", "values", "says", "does"),
    [
        (FakeFreeswitch(password="other"), {}, "refuses the password: invalid", "Compare"),
        (FakeFreeswitch(kept_out=True), {}, "Access Denied, go away", "Let this machine in"),
        (FakeFreeswitch(first=b"SSH-2.0-x\r\n"), {}, "is no event socket", "Check “port”"),
        (FakeFreeswitch(denied=frozenset({"event"})), {}, "does not tell of its calls", "Give"),
        (
            FakeFreeswitch(denied=frozenset({"show", "originate"})),
            {},
            "It may not be asked for: show, originate.",
            "Give the user esl-allowed-api",
        ),
        (
            FakeFreeswitch(),
            {"queues": ("sales", "support@default")},
            "It has no queue sales.",
            "Write “queues” as the exchange does: support@default.",
        ),
        (FakeFreeswitch(queues=False), {"queues": ("sales",)}, "It has no queues.", "`load"),
    ],
)
async def test_what_is_wrong_and_what_to_do(
    server: FakeFreeswitch, values: dict[str, Any], says: str, does: str
) -> None:
    found = await tried(server, **values)
    [(_, said, remedy)] = [one for one in found if not one[0]]
    assert says in said
    assert remedy.startswith(does)


async def test_no_queues_is_nothing_wrong_where_none_are_configured() -> None:
    found = await tried(FakeFreeswitch(queues=False))
    assert [good for good, _, _ in found] == [True] * 4


async def test_the_doctor_tries_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeFreeswitch() as server:
        configure(data, server.port, about=server.about)
        (data / "phone.toml").chmod(0o600)
        code, checks = await doctor(data, capsys)
        assert (code, wrong(checks)) == (1, ["Nobody runs the lines."])
        assert "hq: The password is right." in [check["says"] for check in checks]


def test_the_least_that_has_to_be_said(tmp_path: Path) -> None:
    [hq] = load(written(tmp_path, LEAST))
    assert isinstance(hq, ExchangeSettings)
    assert (hq.kind, hq.port, hq.user) == ("freeswitch", 8021, "")
    assert (hq.station_channel, hq.dial_context) == ("user/{station}", "default")
    assert hq.exchange.trunk_contexts == {"public"}
    assert type(source_of(hq)) is live_kind(hq)


def test_what_is_said_goes_before_what_is_usual(tmp_path: Path) -> None:
    more = 'port = 18021\ntrunk_contexts = ["carrier"]\nuser = "console@pbx"\n'
    [hq] = load(written(tmp_path, LEAST + more))
    assert isinstance(hq, ExchangeSettings)
    assert (hq.port, hq.user, hq.trunk_contexts) == (18021, "console@pbx", ("carrier",))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("tls = true\n", "the event socket knows no TLS"),
        ('ca_file = "x"\n', "the event socket knows no TLS"),
        ('user = "console"\n', "“user” is a name@domain"),
        ('user = "a@b:c"\n', "“user” is a name@domain"),
        ('queues = ["support x"]\n', "a queue is written as the exchange writes it"),
        ('queues = ["a\\nb"]\n', "a queue is written as the exchange writes it"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, more: str, says: str) -> None:
    said = problem(tmp_path, LEAST + more)
    assert says in said
    assert "(line 6, column 1)" in said


def test_a_secret_is_one_line(tmp_path: Path) -> None:
    said = problem(tmp_path, LEAST.replace('"x"', '"x\\nexit"'))
    assert "the secret is one line" in said


def test_the_page_for_administrators_shows_what_may_be_written(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "administrators" / "telephone.md"
    parts = page.read_text("utf-8").split("```")
    [example] = [text for text in parts if text.startswith("toml") and "freeswitch" in text]
    (tmp_path / "phone-fs.secret").write_text("x")
    [fs] = load(written(tmp_path, example.removeprefix("toml")), ("power",))
    assert isinstance(fs, ExchangeSettings)
    assert (fs.kind, fs.queues, set(fs.dids)) == (
        "freeswitch",
        ("support@default",),
        {"4008001234"},
    )
    rights = esl_trouble.RIGHTS.text
    for name in ("esl-allowed-events", "esl-allowed-api"):
        [allowed] = re.findall(rf'name="{name}" value="([^"]+)"', "".join(parts))
        assert f"{name} = {allowed}" in rights
