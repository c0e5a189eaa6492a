"""The names that mean what was imported under them wherever a fix may say them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stabaudit.source.tree import tree_of

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
#: What has names of its own.
OWN_NAMES = (*DEFINITIONS, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Sure:
    """The names of a module that one import each binds, above all functions and whatever happens.

    An import in an `if`, a `try` or a class may not be there, one below a function comes after calls of it, and a
    name that is bound again may be something else by then.
    """

    def __init__(self, source: str) -> None:
        self.names: set[str] = set()
        #: The packages of which all names are imported.
        self.all_of: set[str] = set()
        self._others: set[str] = set()
        tree = tree_of(source)
        if tree is None:
            return
        above = True
        for statement in tree.body:
            above = above and not isinstance(statement, DEFINITIONS)
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                if above:
                    self._imported(statement)
            else:
                self._others.update(_bound(statement))
        if "global" in source:
            # To look at every node of a module takes as long as to parse it.
            self._others.update(n for node in ast.walk(tree) if isinstance(node, ast.Global) for n in node.names)

    def _imported(self, statement: ast.Import | ast.ImportFrom) -> None:
        for alias in statement.names:
            if alias.name == "*" and isinstance(statement, ast.ImportFrom):
                self.all_of.add((statement.module or "").partition(".")[0])
            elif isinstance(statement, ast.Import):
                self.names.add(alias.asname or alias.name.partition(".")[0])
            else:
                self.names.add(alias.asname or alias.name)

    def means(self, name: str, path: str) -> bool:
        """Whether a name is bound to what stands at a dotted path, or to something that leads there."""
        there = name in self.names or path.partition(".")[0] in self.all_of
        return there and name not in self._others


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a statement of a module binds or deletes, imports left out."""
    if isinstance(node, DEFINITIONS):
        yield node.name
        return
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    if isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, OWN_NAMES) or isinstance(child, DEFINITIONS):
            yield from _bound(child)
