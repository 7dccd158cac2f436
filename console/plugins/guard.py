"""Between the console and a plugin's own code: whatever that does, the seat goes on.

Everything is caught, generators are used up inside, answers of the wrong kind count as
failures. After three failures the plugin is stopped for good.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from console.plugins.views import SEVERITIES, FrozenCase, FrozenFact, Problem, Section

if TYPE_CHECKING:
    from pluggy import PluginManager

PATIENCE = 3
"""Failures after which a plugin is stopped."""

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

Stopped = Callable[[str, str], None]


class Guard:
    """One plugin's hooks. `stopped` is called once, with its name and the last failure."""

    def __init__(self, name: str, hooks: PluginManager, stopped: Stopped) -> None:
        self.name = name
        self.failures = 0
        self._hooks = hooks
        self._stopped = stopped

    @property
    def running(self) -> bool:
        return self.failures < PATIENCE

    def has(self, hook: str) -> bool:
        """Whether the plugin has a hook and still runs."""
        return self.running and bool(getattr(self._hooks.hook, hook).get_hookimpls())

    def problems(self, case: FrozenCase) -> list[Problem]:
        return self._several("console_problems", Problem, case)

    def sections(self, case: FrozenCase) -> list[Section]:
        return self._several("console_report", Section, case)

    def route(self, case: FrozenCase) -> str:
        """The key of a division, "" for none."""
        found = self._ask("console_route", _text, case=case)
        return next(iter(found or ()), "")

    def severity(self, case: FrozenCase) -> int:
        """How severe it finds the case, 0 when it does not say."""
        found = self._ask("console_severity", _severity, case=case)
        return max(found or (), default=0)

    def changed(self, case: FrozenCase, fact: FrozenFact) -> None:
        self._ask("console_case_changed", lambda _answer: None, case=case, fact=fact)

    def _several(self, hook: str, kind: type[_T], case: FrozenCase) -> list[_T]:
        def taken(answer: Any) -> list[_T]:
            several = list(answer)
            if not all(isinstance(one, kind) for one in several):
                raise TypeError(f"{hook} gives several {kind.__name__}")
            return several

        return [one for answer in self._ask(hook, taken, case=case) or () for one in answer]

    def _ask(self, hook: str, taken: Callable[[Any], _T], **given: Any) -> list[_T] | None:
        """What the plugin answers; None when it has no such hook, or failed."""
        if not self.has(hook):
            return None
        try:
            answers: Iterable[Any] = getattr(self._hooks.hook, hook)(**given)
            return [taken(answer) for answer in answers]
        except (Exception, SystemExit) as error:
            self._failed(hook, error)
            return None

    def _failed(self, hook: str, error: BaseException) -> None:
        self.failures += 1
        why = f"{hook} raised {type(error).__name__}: {error}"
        _log.warning("plugin %s: %s", self.name, why)
        _log.debug("plugin %s", self.name, exc_info=error)
        if self.failures == PATIENCE:
            self._stopped(self.name, why)


class Guards:
    """Which plugin's code is asked about a case: the one that owns its division, else the
    one that owns its line. Nobody else's. `settle` is called between commands, to draw the
    consequences of plugins that were stopped during one."""

    def __init__(
        self, owners: Mapping[str, Guard], settle: Callable[[], None] = lambda: None
    ) -> None:
        self._owners = dict(owners)
        self.settle = settle

    def __bool__(self) -> bool:
        return bool(self._owners)

    def of(self, line: str, division: str) -> Guard | None:
        found = self._owners.get(f"{line}/{division}") or self._owners.get(line)
        return found if found is not None and found.running else None


def _text(answer: Any) -> str:
    if not isinstance(answer, str):
        raise TypeError("console_route gives the key of a division")
    return answer


def _severity(answer: Any) -> int:
    if isinstance(answer, bool) or answer not in SEVERITIES:
        raise TypeError(f"console_severity gives one of {SEVERITIES}")
    return int(answer)
