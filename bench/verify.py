"""`console verify` against hashing what it verifies."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from bench import seed
from bench.rows import Row
from bench.sampling import Scale, alternating, median, timed
from console.desk import Desk
from console.desk.verification import verify
from console.installation import open_desk

FACTS_OF_A_CASE = 4


def run(scale: Scale) -> list[Row]:
    """Seconds for a journal of closed cases."""
    facts = scale.pick(10_000, 100_000, 1_000_000)
    with tempfile.TemporaryDirectory() as scratch:
        directory = seed.store(
            Path(scratch) / "data", history=facts // FACTS_OF_A_CASE, open_cases=100
        )
        desk = open_desk(directory)
        report = verify(desk)
        assert not report.problems, report.problems[:3]
        took = alternating(
            {
                "ours": lambda: timed(lambda: verify(desk)),
                "hashing": lambda: timed(lambda: _hashed(desk)),
            },
            scale.pick(2, 3, 1),
            warm=0,
        )
        desk.store.close()
    ours, floor = (median(took[name]) for name in ("ours", "hashing"))
    return [Row(f"verify {report.facts:,} facts", ours, "s", 3.0, floor)]


def _hashed(desk: Desk) -> bytes:
    """Read every fact and chain a digest over it: the least that verifying can be."""
    digest = bytes(32)
    rows = desk.store.connection.execute("SELECT * FROM journal ORDER BY seq")
    while batch := rows.fetchmany(2000):
        for row in batch:
            parts = [str(column).encode() for column in row[:8]]
            framed = [b"%d:%b" % (len(part), part) for part in parts]
            digest = hashlib.sha256(digest + b"".join(framed)).digest()
    return digest
