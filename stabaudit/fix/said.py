"""How code says that values are of a kind for which a stable function gives something else than the formula."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import NamedTuple

from stabaudit.source.dotted import dotted_name


class Kind(NamedTuple):
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

    def says_type(self, node: ast.expr) -> bool:
        """Whether an annotation or a dtype names the kind."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return re.search(self.types, node.value) is not None
        return any(re.search(self.types, dotted_name(part) or "") for part in ast.walk(node))

    def is_said(self, node: ast.expr, known: Callable[[str], bool]) -> bool:
        """Whether the value of an expression is of the kind; `known` tells it of names."""

        def said(part: ast.expr) -> bool:
            return self.is_said(part, known)

        if (name := dotted_name(node)) is not None and known(name):
            return True
        match node:
            case ast.Constant(value=complex()):
                return self.is_lasting
            case ast.Constant(value=bool()):
                return not self.spreads
            case ast.Call():
                return self._is_call(node, said)
            case ast.Attribute(value=owner, attr=name):
                return name in self.passes and said(owner)
            case ast.Subscript(slice=ast.Constant(value=str())) if self.has_columns:
                return False
            case ast.Subscript(value=owner) | ast.Starred(value=owner):
                return said(owner)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Invert(), operand=operand):
                return said(operand)
            case ast.BinOp(op=ast.Div()) if not self.spreads:
                return False
            case ast.BinOp(left=left, right=right) if self.spreads:
                return said(left) or said(right)
            case ast.BinOp(left=left, right=right):
                sides = [s for s in (left, right) if not (isinstance(s, ast.Constant) and isinstance(s.value, int))]
                return bool(sides) and all(map(said, sides))
            case ast.Compare():
                return not self.spreads
            case ast.IfExp(body=body, orelse=orelse):
                return said(body) or said(orelse)
            case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                return any(map(said, values))
            case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
                return said(element)
            case ast.NamedExpr(value=value):
                return said(value)
        return False

    def _is_call(self, node: ast.Call, said: Callable[[ast.expr], bool]) -> bool:
        path = dotted_name(node.func) or ""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else path
        if re.search(self.makers, path or f".{name}"):
            return True
        types = [k.value for k in node.keywords if k.arg == "dtype"]
        if name in ("astype", "view", "type"):
            types += node.args[:1]
        elif name == "to" and node.args and not types:
            # What is said may be a device, or another tensor.
            types += [a for a in node.args if self.says_type(a)]
        elif name in ("zeros", "ones", "empty", "array", "asarray") and len(node.args) > 1:
            types.append(node.args[1])
        elif name == "full" and len(node.args) > 2:
            types.append(node.args[2])
        if types:
            return any(map(self.says_type, types))
        if self.in_tensors and name in ("tensor", "array", "arange") and node.args:
            given = [p.value for a in node.args for p in ast.walk(a) if isinstance(p, ast.Constant)]
            return not any(isinstance(n, float) for n in given) and (name == "arange" or bool(given))
        if name not in self.passes:
            return False
        receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        # A condition chooses among values, and is none of them.
        return any(map(said, [*receiver, *node.args[name == "where" :]]))
