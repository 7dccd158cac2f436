"""Where in a product line's file a rule stands.

The file is parsed, never run, and only when something has to be pointed at. A rule is
found by its key: the call of `Timer` whose first argument is "contact", within what the
line or the division gives as `timers`. Names are followed to where the module assigns them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

_CALLED: dict[str, frozenset[str]] = {
    "": frozenset(("Line",)),
    "acts": frozenset(("Act",)),
    "categories": frozenset(("Category",)),
    "divisions": frozenset(("Division", "Target")),
    "duties": frozenset(("Duty",)),
    "forbids": frozenset(("Forbid",)),
    "forms": frozenset(("Form",)),
    "gates": frozenset(("Gate",)),
    "notices": frozenset(("Notice",)),
    "script": frozenset(("Script",)),
    "steps": frozenset(("Step",)),
    "timers": frozenset(("Timer",)),
}
"""What makes a rule of each collection. Fields are made by many names."""

_NAMED = frozenset(("facts", "slots"))
"""Collections that are written as names with their labels."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a line: the way to a rule, one of its arguments, a value in that.

    `nth` tells rules of the same key apart, in the order they stand in the file.
    """

    path: tuple[str, ...]
    argument: str = ""
    value: str = ""
    nth: int = 0

    def within(self, collection: str, key: str, nth: int = 0) -> Spot:
        """The rule `key` of one of this rule's collections."""
        return Spot((*self.path, collection, key), nth=nth)

    def at(self, argument: str, value: str = "") -> Spot:
        return replace(self, argument=argument, value=value)

    def __str__(self) -> str:
        return ".".join(part for part in self.path if part)


class Source:
    """One file's syntax. Line 1 stands for what cannot be found."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known_calls: dict[ast.AST, list[ast.Call]] = {}

    @property
    def name(self) -> str:
        return str(self._path)

    def line_of(self, spot: Spot) -> int:
        """The line (from 1) a spot stands in."""
        node, exact = self._rule(spot)
        value = spot.value if exact else spot.path[-1]
        for keyword in getattr(node, "keywords", ()) if exact else ():
            if keyword.arg == spot.argument:
                return self._constant(keyword.value, value) or int(keyword.lineno)
        return self._constant(node, value) or int(getattr(node, "lineno", 1))

    def _rule(self, spot: Spot) -> tuple[ast.AST, bool]:
        """The innermost node on the way to a spot, and whether it is the rule itself."""
        line, *rest = spot.path
        owner: ast.AST = next(iter(self._find(self._tree, "", line)), self._tree)
        for position in range(0, len(rest), 2):
            collection, key = rest[position], rest[position + 1]
            given = _given(owner, collection)
            if collection in _NAMED:
                return given, False
            found = self._find(given, collection, key) or self._find(self._tree, collection, key)
            if not found:
                return owner, False
            nth = spot.nth if position + 2 >= len(rest) else 0
            owner = found[min(nth, len(found) - 1)]
        return owner, owner is not self._tree

    def _constant(self, node: ast.AST, value: str) -> int:
        """The first line below a node in which a constant stands; 0 when it does not."""
        if not value:
            return 0
        constants = (one for one in self._reach(node) if isinstance(one, ast.Constant))
        return min((one.lineno for one in constants if str(one.value) == value), default=0)

    def _find(self, root: ast.AST, collection: str, key: str) -> list[ast.Call]:
        """The calls that make a rule of this key, in the order of the file."""
        expected = _CALLED.get(collection)
        named, other = {}, {}
        for node in self._calls(root):
            if key and _key(node) != key:
                continue
            if expected is None or _name(node.func) in expected:
                named[node.lineno, node.col_offset] = node
            elif key:
                other[node.lineno, node.col_offset] = node
        chosen = named or other
        return [chosen[place] for place in sorted(chosen)]

    def _calls(self, root: ast.AST) -> list[ast.Call]:
        """The calls below a node; kept, because one file has many findings."""
        if root not in self._known_calls:
            found = [node for node in self._reach(root) if isinstance(node, ast.Call)]
            self._known_calls[root] = found
        return self._known_calls[root]

    def _reach(self, root: ast.AST) -> Iterator[ast.AST]:
        """Everything below a node, names of the module followed to their values."""
        waiting, seen = [root], set()
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, ast.Name) and node.id in self._assigned and node.id not in seen:
                seen.add(node.id)
                waiting.append(self._assigned[node.id])
            waiting.extend(ast.iter_child_nodes(node))

    @cached_property
    def _tree(self) -> ast.Module:
        try:
            return ast.parse(self._path.read_bytes())
        except (OSError, SyntaxError, ValueError, RecursionError):
            return ast.Module(body=[], type_ignores=[])

    @cached_property
    def _assigned(self) -> dict[str, ast.expr]:
        values: dict[str, ast.expr] = {}
        for node in self._tree.body:
            if isinstance(node, ast.Assign):
                targets, value = node.targets, node.value
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                targets, value = [node.target], node.value
            else:
                continue
            values.update({one.id: value for one in targets if isinstance(one, ast.Name)})
        return values


def _given(owner: ast.AST, collection: str) -> ast.AST:
    """What a rule gives for one of its collections; all it gives when that is unnamed."""
    keywords = getattr(owner, "keywords", ())
    return next((one.value for one in keywords if one.arg == collection), owner)


def _key(call: ast.Call) -> str:
    """The key a call gives its rule: `key=` or the first argument."""
    given = [one.value for one in call.keywords if one.arg in ("key", "command")]
    first = next(iter(given or call.args), None)
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
