"""A process of its own that gives commands when told: `python -m tests.store.racer DIR WHO`.

Every line read is a command as JSON, its outcome is answered with one line: the sequence
number of the first fact, or who had been faster.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from console.desk import Who
from console.domain.refusal import RefusedError
from console.installation import open_desk


def main(directory: str, who: str) -> None:
    desk = open_desk(Path(directory))
    print("ready", flush=True)
    for line in sys.stdin:
        for name, typed in json.loads(line):
            try:
                facts = desk.do(name, typed, Who(who, who)).facts
                answer = str(facts[0].seq)
            except RefusedError as refused:
                answer = f"refused {refused.refusal.rule}"
            print(answer, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
