"""What an operator types into the command bar, as commands of the desk.

Verb → object → target, several sentences separated by `;`, and one line for a new case.
Nothing here acts: whoever shows the bar previews the sentences and carries them out.
"""

from __future__ import annotations

from console.desk.sentence.completion import Completion, complete
from console.desk.sentence.parsing import parse
from console.desk.sentence.sentence import NEW, Sentence, written

__all__ = ["NEW", "Completion", "Sentence", "complete", "parse", "written"]
