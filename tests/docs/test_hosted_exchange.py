"""The page about hosted exchanges: its configuration is right, and its trial call rings."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from pathlib import Path

import pytest

from tests.installations import HandSet
from tests.sources.webhook_house import SECRET, hosted

PAGE = Path(__file__).resolve().parents[2] / "docs" / "administrators" / "telephone.md"
TEXT = PAGE.read_text("utf-8").partition("## Hosted exchanges")[2]


def shown(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", TEXT, re.M | re.S)
    assert found is not None
    return found.group(1)


@pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("openssl")), reason="needs curl and openssl"
)
async def test_the_trial_call_of_the_page_rings(data: Path, now: HandSet) -> None:
    now.at = int(time.time())  # the page asks the machine for the time
    (data / "phone-cloud.secret").write_text(f"{SECRET}\n")
    async with hosted(data, now, least=shown("toml")) as house:
        script = shown("sh").replace("8077", str(house.port))
        process = await asyncio.create_subprocess_exec(
            "sh", "-c", script, cwd=data, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await process.communicate()
        assert said == b"{}"
        [call] = house.calls()
        assert (call.key, call.state, call.line) == ("cloud:trial-1", "ringing", "power")
