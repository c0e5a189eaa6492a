"""What is told of errors and warnings wherever they come from: hooks, NumPy's error state, examples in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stabaudit.records import Record
from stabaudit.syntax.compound import WithItem
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Attribute, Call, Constant
from stabaudit.syntax.find import nodes_of, stored_in
from stabaudit.syntax.places import start
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Module

#: Ways to be told of floating-point errors that neither raise nor warn.
LISTENING = frozenset({"call", "log", "print"})
#: What is called for each warning, and each error that ends a thread, once it is set.
HOOKS = {
    "warnings.showwarning": frozenset({"RuntimeWarning"}),
    "threading.excepthook": frozenset({"ArithmeticError", "ValueError", "FloatingPointError"}),
}
#: An error that an example in a text expects.
EXPECTED = re.compile(r"Traceback \(most recent call last\):(?:\n[ \t]+\S.*)*?\n[ \t]*(\w+Error)\b")


class Listener(Record):
    """What is told of errors of some types, in words, and on which line that is said."""

    types: frozenset[str]
    words: str
    row: int


def listeners(module: Module, text: str) -> Iterator[Listener]:
    """All that is told of errors of a whole module."""
    entered = {id(item.manager) for item in nodes_of(module, WithItem)}
    for call in nodes_of(module, Call):
        if listens(call) and id(call) not in entered:
            yield Listener(frozenset({"FloatingPointError"}), source(call.func), start(call)[0])
    for node in nodes_of(module, Attribute):
        if (path := dotted(node)) in HOOKS and id(node) in stored_in(module):
            yield Listener(HOOKS[path], path, start(node)[0])
    for example in EXPECTED.finditer(text):
        yield Listener(frozenset({example[1]}), "Traceback", text.count("\n", 0, example.start()) + 1)


def listens(call: Call) -> bool:
    """Whether a call makes NumPy tell of floating-point errors, neither by an exception nor by a warning."""
    given = (argument.value for argument in call.args)
    words = (value.value for value in given if isinstance(value, Constant))
    return called(call) in ("errstate", "seterr") and any(word in LISTENING for word in words)
