"""The names that mean what was imported under them wherever a fix may say them."""

from __future__ import annotations

from stabaudit.syntax.bindings import imported, names_bound, telling_nodes
from stabaudit.syntax.compound import DEFINITIONS
from stabaudit.syntax.find import module_of, nodes_of
from stabaudit.syntax.statements import Alias, Declare, Import, ImportFrom


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
        module = module_of(source)
        if module is None:
            return
        for statement in module.body:
            if isinstance(statement, DEFINITIONS):
                break
            if isinstance(statement, (Import, ImportFrom)):
                self._imported(statement)
        bound = (node for node in telling_nodes(module) if not isinstance(node, Alias))
        self._others.update(name for node in bound for name in names_bound(node))
        if "global" in source:
            # To look at every node of a module takes as long as to parse it.
            self._others.update(n for node in nodes_of(module, Declare) if node.word == "global" for n in node.names)

    def _imported(self, statement: Import | ImportFrom) -> None:
        if isinstance(statement, ImportFrom) and statement.is_of_all:
            self.all_of.add(statement.package.partition(".")[0])
        self.names.update(name for name, _ in imported(statement))

    def means(self, name: str, path: str) -> bool:
        """Whether a name is bound to what stands at a dotted path, or to something that leads there."""
        there = name in self.names or path.partition(".")[0] in self.all_of
        return there and name not in self._others
