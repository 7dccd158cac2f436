"""No parser answers anything but what it promises, whatever it is fed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.installation import open_desk
from tests import installations
from tests.hostile.corpus import HOSTILE
from tests.hostile.targets import TARGETS, Place

CORPUS = [text.encode("utf-8", "surrogatepass")[:20_000] for text in HOSTILE.values()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    directory = installations.make(tmp_path_factory.mktemp("fuzz") / "data")
    config = directory / "console.toml"
    config.write_text(config.read_text("utf-8").replace('["power"]', '["power", "iptel"]'), "utf-8")
    return Place(directory, open_desk(directory, lambda: installations.NOON))


def inputs(seeds: tuple[bytes, ...]) -> st.SearchStrategy[bytes]:
    """Anything; the corpus; and well-formed input that was cut, joined and spoiled."""
    known = st.sampled_from([*CORPUS, *seeds] if seeds else CORPUS)
    spliced = st.builds(
        lambda first, second, at, to, noise: first[:at] + noise + second[to:],
        known,
        known,
        st.integers(0, 200),
        st.integers(0, 200),
        st.binary(max_size=8),
    )
    return st.one_of(known, spliced, st.binary(max_size=400), st.text(max_size=200).map(_encoded))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_keeps_its_promise(name: str, place: Place) -> None:
    target = TARGETS[name]

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(inputs(target.seeds))
    def holds(data: bytes) -> None:
        with contextlib.suppress(*target.raises):
            target.feed(data, place)

    run: Callable[[], None] = holds
    run()


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_and_the_seeds(name: str, place: Place) -> None:
    target = TARGETS[name]
    for data in (*CORPUS, *target.seeds, b"", b"\x00" * 100_000):
        with contextlib.suppress(*target.raises):
            target.feed(data, place)


def test_a_megabyte_of_anything_is_read_in_no_time(place: Place) -> None:
    """A parser whose cost grows with the square of its input would never come back."""
    for name in ("ami", "esl", "number", "clean text", "sentence", "roster", "moment", "length"):
        target = TARGETS[name]
        for unit in (b"a", b"1", b" ", b":", b"\r\n", "长".encode()):
            with contextlib.suppress(*target.raises):
                target.feed(unit * (1_000_000 // len(unit)), place)


def test_the_feed_of_a_target_leaves_no_file(place: Place) -> None:
    assert not {"x.json", "x.ami", "x.jsonl"} & {
        path.name for path in Path(place.directory).iterdir()
    }
