"""What the expressions of a stretch leave, whatever way a value takes to them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Protocol

from stabaudit.sieve.bits import applied, bit, constants, marks, stable_words, suffices
from stabaudit.sieve.names import Meaning, chain, key, last
from stabaudit.sieve.stretch import Function, Stretch

OPERATORS: dict[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("+",), ast.Sub: ("+",), ast.Mult: (), ast.Div: ("^",), ast.Pow: ("^",), ast.MatMult: ("sum",),
    ast.BitAnd: (), ast.BitOr: (),
}  # fmt: skip
#: Attributes that are another look at the same values.
LOOKS = frozenset({"T", "mT", "data", "values", "real"})


class Module(Protocol):
    """What has to be known of the module around."""

    functions: dict[str, list[Stretch]]

    def meaning(self, name: str) -> Meaning:
        """What a name may stand for."""

    def given(self, stretch: Stretch) -> int:
        """The marks of what a function gives back."""


class Values:
    """The marks of the expressions of one stretch, and of what its names hold."""

    def __init__(self, module: Module, stretch: Stretch) -> None:
        self.module = module
        self.stretch = stretch
        self.names: dict[str, int] = {}
        self.changed = False
        # What calls gave in this round: each is asked for as an operand and by itself.
        self.calls: dict[ast.Call, int] = {}

    def look(self, node: ast.expr) -> int:
        """The marks of an expression that is nobody's operand."""
        value = self.value(node)
        if not self.stretch.hit and suffices(value) and not self._is_stable(node):
            self.stretch.hit = True
        return value

    def bind(self, target: ast.expr, value: int) -> None:
        """A name may hold what left these marks."""
        match target:
            case ast.Name() | ast.Attribute():
                path = chain(target)
                if path is not None and (old := self.names.get(path, 0)) | value != old:
                    self.names[path] = old | value
                    self.changed = True
            case ast.Tuple() | ast.List():
                for part in target.elts:
                    self.bind(part, value)
            case ast.Starred() | ast.Subscript():
                self.bind(target.value, value)

    def inside(self, node: ast.AST) -> None:
        """The expressions in something that is not read closer."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.look(child)
            elif not isinstance(child, (ast.stmt, ast.expr_context, ast.operator, ast.excepthandler)):
                self.inside(child)

    def value(self, node: ast.expr) -> int:
        """The marks of an expression; what is not looked into leaves none, but its parts are looked at."""
        match node:
            case ast.Name():
                return self.names.get(node.id, 0) | self.module.meaning(node.id).value
            case ast.Constant():
                return 0
            case ast.Call():
                if node not in self.calls:
                    self.calls[node] = self._call(node)
                return self.calls[node]
            case ast.BinOp():
                operands = self.value(node.left) | self.value(node.right)
                own = OPERATORS.get(type(node.op))
                if own is not None:
                    return applied(own_marks(own), operands)
                self.look(node.left)
                self.look(node.right)
            case ast.UnaryOp():
                return self.value(node.operand)
            case ast.Attribute():
                path = chain(node)
                found = constants().get(node.attr, 0) | (self.names.get(path, 0) if path else 0)
                if node.attr in LOOKS:
                    return found | self.value(node.value)
                if not isinstance(node.value, (ast.Name, ast.Attribute)):
                    self.look(node.value)
                return found
            case ast.Subscript() | ast.IfExp() | ast.BoolOp() | ast.Compare():
                return self._union(node)
            case ast.Slice() | ast.Tuple() | ast.List() | ast.Starred():
                return self._union(node)
            case ast.ListComp() | ast.GeneratorExp():
                self._loops(node.generators)
                return self.look(node.elt)
            case ast.SetComp():
                self._loops(node.generators)
                self.look(node.elt)
            case ast.DictComp():
                self._loops(node.generators)
                self.look(node.key)
                self.look(node.value)
            case ast.NamedExpr():
                value = self.value(node.value)
                self.bind(node.target, value)
                return value
            case _:
                self.inside(node)
        return 0

    def _is_stable(self, node: ast.expr) -> bool:
        """Whether only what is inside could be at fault, which was looked at in its own place."""
        if isinstance(node, (ast.Name, ast.Constant)):
            return True
        if isinstance(node, ast.Call) and (name := last(node.func)) in stable_words():
            operands = [a.value if isinstance(a, ast.Starred) else a for a in node.args]
            operands += [k.value for k in node.keywords]
            if isinstance(node.func, ast.Attribute):
                operands.append(node.func.value)
            meaning = self.module.meaning(key(node.func))
            known = meaning.call == marks()[name] and not meaning.own
            return known and not any(suffices(self.value(o)) and not self._is_stable(o) for o in operands)
        return False

    def _union(self, node: ast.AST) -> int:
        """The marks of all operands."""
        found = 0
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                found |= self.value(child)
        return found

    def _loops(self, generators: Iterable[ast.comprehension]) -> None:
        """The loops of a comprehension."""
        for loop in generators:
            self.bind(loop.target, self.look(loop.iter))
            for condition in loop.ifs:
                self.look(condition)

    def _call(self, node: ast.Call) -> int:
        """The marks of what a call gives back."""
        meaning = self.module.meaning(key(node.func))
        operands = [*node.args, *(k.value for k in node.keywords)]
        if isinstance(node.func, ast.Attribute):
            operands.append(node.func.value)
        elif not isinstance(node.func, ast.Name):
            self.look(node.func)
        given = 0
        for operand in operands:
            given |= self.value(operand)
        if isinstance(node.func, ast.Name) and node.func.id == "map" and node.args:
            given = applied(self.module.meaning(key(node.args[0])).call or 0, given)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            self.bind(node.func.value, given)
        own = 0
        for name in meaning.own:
            self.stretch.calls.add(name)
            for function in self.module.functions[name]:
                function.callers.add(self.stretch)
                own |= self.module.given(function)
                for default in defaults(function.node):
                    given |= self.value(default)
        if meaning.call is None and not meaning.own:
            for operand in operands:
                self.look(operand)
            return 0
        value = applied((meaning.call or 0) | own, given)
        for keyword in node.keywords:
            if keyword.arg == "out":
                self.bind(keyword.value, value)
        return value


def defaults(node: Function | None) -> list[ast.expr]:
    """The values that a function's parameters have by themselves."""
    return [] if node is None else [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]


def own_marks(ops: tuple[str, ...]) -> int:
    """The marks of these operations."""
    return sum(bit(op) for op in ops)
