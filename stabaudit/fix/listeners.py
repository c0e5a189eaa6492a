"""What is told of errors and warnings wherever they come from: hooks, NumPy's error state, examples in texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import nodes_of

#: Ways to be told of floating-point errors that neither raise nor warn.
LISTENING = frozenset({"call", "log", "print"})
#: What is called for each warning, and each error that ends a thread, once it is set.
HOOKS = {
    "warnings.showwarning": frozenset({"RuntimeWarning"}),
    "threading.excepthook": frozenset({"ArithmeticError", "ValueError", "FloatingPointError"}),
}
#: An error that an example in a text expects.
EXPECTED = re.compile(r"Traceback \(most recent call last\):(?:\n[ \t]+\S.*)*?\n[ \t]*(\w+Error)\b")


class Listener(NamedTuple):
    """What is told of errors of some types, in words, and on which line that is said."""

    types: frozenset[str]
    words: str
    row: int


def listeners(tree: ast.Module, text: str) -> Iterator[Listener]:
    """All that is told of errors of a whole module."""
    for call in nodes_of(tree, ast.Call):
        if listens(call) and not any(_is_entered(call, node) for node in nodes_of(tree, ast.With)):
            yield Listener(frozenset({"FloatingPointError"}), ast.unparse(call.func), call.lineno)
    for node in nodes_of(tree, ast.Attribute):
        if isinstance(node.ctx, ast.Store) and (path := dotted_name(node)) in HOOKS:
            yield Listener(HOOKS[path], path, node.lineno)
    for example in EXPECTED.finditer(text):
        yield Listener(frozenset({example[1]}), "Traceback", text.count("\n", 0, example.start()) + 1)


def listens(call: ast.Call) -> bool:
    """Whether a call makes NumPy tell of floating-point errors, neither by an exception nor by a warning."""
    name = (dotted_name(call.func) or "").rpartition(".")[2]
    given = (*call.args, *(k.value for k in call.keywords))
    return name in ("errstate", "seterr") and any(isinstance(v, ast.Constant) and v.value in LISTENING for v in given)


def _is_entered(call: ast.Call, block: ast.With) -> bool:
    return any(item.context_expr is call for item in block.items)
