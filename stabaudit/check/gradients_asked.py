"""Whether anybody takes a gradient in a module, as far as its text tells.

It is asked where something was found. What is lifted of a module leaves the bodies of other functions out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from stabaudit.check.code import Code
from stabaudit.check.gradient_modes import has_own_gradient, is_apart, takes_gradients
from stabaudit.dialects import Dialect
from stabaudit.records import Record
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import last
from stabaudit.syntax.expressions import Attribute, Call, Name
from stabaudit.syntax.from_ast import read
from stabaudit.syntax.node import Node, parts
from stabaudit.syntax.ways import path_to

#: Words of modules in which gradients are taken, or that make what they are taken of.
TAKEN = re.compile(
    r"(?<![a-z])(?:grad|jac(?:fwd|rev|obian)|[jv]jp)|autograd|hessian|[Gg]radient|backward|autodiff|differentiab"
    r"|(?<![a-z])[Ll]oss(?!less|y)|log_(?:prob|lik|pdf|density)|[Ll]ikelihood|[Bb]ijector|(?<![a-z])[Ee]nergy"
    r"|\.(?:Module|Layer|Model|Parameter|Loss)\b|[Ll]ayers?\b"
)


class _Mention(Record):
    """A name where it is read: the functions around it, and whether no gradient flows through what is made of it."""

    functions: Sequence[str]
    apart: bool


class GradientsAsked:
    """Answers from the text of one module."""

    def __init__(self, code: Code, text: str) -> None:
        self._code = code
        self._text = text

    def at(self, node: Node, dialect: Dialect) -> bool:
        """Whether a gradient may be asked for at a node, in the words of a library that has gradients."""
        if not dialect.records and not self._anywhere:
            return False
        if not takes_gradients(self._code.tree, node):
            return False
        around = {one.name for one in path_to(self._code.tree, node) if isinstance(one, Function)}
        return around.isdisjoint(self._serving)

    @cached_property
    def _anywhere(self) -> bool:
        return TAKEN.search(self._text) is not None

    @cached_property
    def _serving(self) -> frozenset[str]:
        """The functions that are called where no gradient flows through, and nowhere else in the module."""
        try:
            mentions = _mentions(read(self._text))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
        return _serving(mentions)


def _serving(mentions: Mapping[str, Sequence[_Mention]]) -> frozenset[str]:
    """The names of which each mention is apart, or stands in a function whose name is one of these."""
    left = {name: sum(not mention.apart for mention in there) for name, there in mentions.items()}
    inside: dict[str, list[tuple[str, int]]] = {}
    for name, there in mentions.items():
        for number, mention in enumerate(there):
            for function in () if mention.apart else mention.functions:
                inside.setdefault(function, []).append((name, number))
    found = [name for name, count in left.items() if count == 0]
    settled: set[tuple[str, int]] = set()
    for function in found:
        for name, number in inside.get(function, ()):
            if (name, number) not in settled:
                settled.add((name, number))
                left[name] -= 1
                if left[name] == 0:
                    found.append(name)
    return frozenset(found)


def _mentions(tree: Node) -> Mapping[str, Sequence[_Mention]]:
    """Where the functions of a module are named outside of themselves."""
    read_at: dict[str, list[_Mention]] = {}
    defined: set[str] = set()
    for node, functions, apart in _walked(tree):
        if isinstance(node, Function):
            defined.add(node.name)
        elif isinstance(node, (Name, Attribute)) and (name := last(node)) not in functions:
            read_at.setdefault(name, []).append(_Mention(functions, apart))
    return {name: read_at[name] for name in defined & read_at.keys()}


def _walked(tree: Node) -> Iterator[tuple[Node, tuple[str, ...], bool]]:
    """Each node with the functions that it stands in, and whether no gradient flows through there."""
    todo: list[tuple[Node, tuple[str, ...], bool]] = [(tree, (), False)]
    while todo:
        node, functions, apart = todo.pop()
        yield node, functions, apart
        apart = apart or (isinstance(node, Call) and has_own_gradient(node))
        for part in parts(node):
            around = (*functions, node.name) if isinstance(node, Function) and part is node.body else functions
            todo.append((part, around, apart or is_apart(node, part)))
