"""How code says that values are of a kind for which a stable function gives something else than the formula."""

from __future__ import annotations

import re
from collections.abc import Callable

from stabaudit.records import Record
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import (
    Attribute,
    Binary,
    Boolean,
    Call,
    Choice,
    Compare,
    Comprehension,
    Constant,
    Display,
    Named,
    Starred,
    Subscript,
    Unary,
)
from stabaudit.syntax.node import Expression, below


class Kind(Record):
    """One kind of values.

    `words` are in every text that says it. `makers` fits the names of functions that give it, `types` what stands
    for its dtype. `passes` are the functions and attributes whose value is of the kind if an argument is. With
    `spreads`, a sum is of the kind if one addend is, else if both are. A kind is `lasting` if what is computed from
    other values is not of it. `withholds` says that there is no rewrite at all; `in_sums` that only sums over all
    axes are at stake; `has_columns` that what stands under a name in brackets is not of the kind; `in_tensors` that
    NumPy's arrays are not, and arrays of whole numbers are.
    """

    name: str
    reason: str
    words: str
    makers: str
    types: str
    passes: frozenset[str]
    spreads: bool = True
    is_lasting: bool = False
    withholds: bool = True
    in_sums: bool = False
    has_columns: bool = False
    in_tensors: bool = False

    def says_type(self, node: Expression) -> bool:
        """Whether an annotation or a dtype names the kind."""
        if isinstance(node, Constant) and isinstance(node.value, str):
            return re.search(self.types, node.value) is not None
        return any(re.search(self.types, dotted(part) or "") for part in below(node))

    def is_said(self, node: Expression, known: Callable[[str], bool]) -> bool:
        """Whether the value of an expression is of the kind; `known` tells it of names."""

        def said(part: Expression) -> bool:
            return self.is_said(part, known)

        if (name := dotted(node)) is not None and known(name):
            return True
        match node:
            case Constant(value=complex()):
                return self.is_lasting
            case Constant(value=bool()):
                return not self.spreads
            case Call():
                return self._is_call(node, said)
            case Attribute(value=owner, attr=name):
                return name in self.passes and said(owner)
            case Subscript(places=(Constant(value=str()),)) if self.has_columns:
                return False
            case Subscript(value=owner) | Starred(value=owner):
                return said(owner)
            case Unary(operator="-" | "+" | "~", operand=operand):
                return said(operand)
            case Binary(operator="/") if not self.spreads:
                return False
            case Binary(left=left, right=right) if self.spreads:
                return said(left) or said(right)
            case Binary(left=left, right=right):
                sides = [s for s in (left, right) if not (isinstance(s, Constant) and isinstance(s.value, int))]
                return bool(sides) and all(map(said, sides))
            case Compare():
                return not self.spreads
            case Choice(body=body, orelse=orelse):
                return said(body) or said(orelse)
            case Boolean(left=left, right=right):
                return said(left) or said(right)
            case Display(kind="tuple" | "list", elements=elements):
                return any(map(said, elements))
            case Comprehension(kind="list" | "generator", element=value) | Named(value=value):
                return said(value)
        return False

    def _is_call(self, node: Call, said: Callable[[Expression], bool]) -> bool:
        path, name, given = dotted(node.func), called(node), node.positional
        if re.search(self.makers, path or f".{name}"):
            return True
        types = [argument.value for argument in node.args if argument.keyword == "dtype"]
        if name in ("astype", "view", "type"):
            types += given[:1]
        elif name == "to" and given and not types:
            # What is said may be a device, or another tensor.
            types += [value for value in given if self.says_type(value)]
        elif name in ("zeros", "ones", "empty", "array", "asarray") and len(given) > 1:
            types.append(given[1])
        elif name == "full" and len(given) > 2:
            types.append(given[2])
        if types:
            return any(map(self.says_type, types))
        if self.in_tensors and name in ("tensor", "array", "arange") and given:
            numbers = [part.value for value in given for part in below(value) if isinstance(part, Constant)]
            return not any(isinstance(n, float) for n in numbers) and (name == "arange" or bool(numbers))
        if name not in self.passes:
            return False
        receiver = [node.func.value] if isinstance(node.func, Attribute) else []
        # A condition chooses among values, and is none of them.
        return any(map(said, [*receiver, *given[name == "where" :]]))
