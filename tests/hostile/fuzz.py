"""`make fuzz`: every parser fed for as long as one likes (ARGS="--seconds 600 ami esl")."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from console.installation import open_desk
from tests import installations
from tests.hostile.corpus import HOSTILE
from tests.hostile.targets import TARGETS, Place


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(TARGETS))
    parser.add_argument("--seconds", type=float, default=60.0, help="for each parser")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    source = random.Random(options.seed)
    corpus = [text.encode("utf-8", "surrogatepass")[:5_000] for text in HOSTILE.values()]
    with tempfile.TemporaryDirectory() as scratch:
        directory = installations.make(Path(scratch) / "data")
        toml = directory / "console.toml"
        toml.write_text(toml.read_text("utf-8").replace('["power"]', '["power", "iptel"]'), "utf-8")
        place = Place(directory, open_desk(directory, lambda: installations.NOON))
        for name in options.names:
            target, until, count = TARGETS[name], time.monotonic() + options.seconds, 0
            known = [*corpus, *target.seeds, *target.seeds * 10]
            while time.monotonic() < until:
                data = mutated(source, known)
                count += 1
                try:
                    target.feed(data, place)
                except target.raises:
                    continue
                except Exception:
                    print(f"{name}: {data!r}", file=sys.stderr)
                    raise
            print(f"{name}: {count} inputs, seed {options.seed}")
    return 0


def mutated(source: random.Random, known: list[bytes]) -> bytes:
    """A known input after one to six accidents."""
    data = bytearray(source.choice(known))
    for _ in range(source.randint(1, 6)):
        at = source.randrange(len(data) + 1)
        accident = source.randrange(5)
        if accident == 0:
            data[at:at] = source.randbytes(source.randint(1, 4))
        elif accident == 1:
            del data[at : at + source.randint(1, 20)]
        elif accident == 2 and data:
            data[at % len(data)] ^= 1 << source.randrange(8)
        elif accident == 3:
            data[at:at] = source.choice(known)[:200]
        else:
            data[at:at] = bytes(data[at : at + 20]) * source.randint(1, 5)
    return bytes(data)


if __name__ == "__main__":
    sys.exit(main())
