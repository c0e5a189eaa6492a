"""What only a function itself can change: its numbers, and arrays that it made and never handed on."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from stabaudit.dialects import pure
from stabaudit.dialects.views import VIEW_ATTRIBUTES
from stabaudit.fix.callees import FUNCTIONS, Callees
from stabaudit.source.dotted import dotted_name

CLOSED = (*FUNCTIONS, ast.Lambda, ast.ClassDef)
NUMBER_TYPES = frozenset({"int", "float", "bool", "str", "complex"})
#: Functions of which the value is a number.
COUNTING = frozenset({"len", "int", "float", "bool", "str", "complex", "ord", "hash", "id", "isinstance", "item"})


class Locals:
    """The names of one function, or of a module outside of functions, and what they can be bound to."""

    def __init__(self, node: ast.AST, callees: Callees) -> None:
        self.node = node
        self.callees = callees
        self._numbers: dict[str, bool] = {}
        self._arrays: dict[str, bool] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the function binds, parameters included; of a module none are left out of its imports."""
        if isinstance(self.node, ast.Module):
            return frozenset()
        return frozenset(self.values) - self._declared

    @cached_property
    def values(self) -> dict[str, list[ast.expr | None]]:
        """What each name is given, `None` where that is not one expression."""
        found: dict[str, list[ast.expr | None]] = defaultdict(list)
        if isinstance(self.node, (*FUNCTIONS, ast.Lambda)):
            for name, value in _parameters(self.node.args):
                found[name].append(value)
        for name, value in _given(_inside(self.node)):
            found[name].append(value)
        return dict(found)

    @cached_property
    def _declared(self) -> frozenset[str]:
        """The names that are bound from elsewhere as well."""
        found = {n for node in ast.walk(self.node) if isinstance(node, (ast.Global, ast.Nonlocal)) for n in node.names}
        if isinstance(self.node, ast.Module):
            found |= {n for n, times in self.callees.bindings.items() if times != 1}
        return frozenset(found)

    @cached_property
    def _parents(self) -> dict[int, ast.AST]:
        return {id(child): node for node in ast.walk(self.node) for child in ast.iter_child_nodes(node)}

    @cached_property
    def _places(self) -> dict[str, list[ast.Name]]:
        """Where each name stands."""
        found: dict[str, list[ast.Name]] = defaultdict(list)
        for node in ast.walk(self.node):
            if isinstance(node, ast.Name):
                found[node.id].append(node)
        return found

    def is_number(self, name: str) -> bool:
        """Whether a name only ever holds numbers and the like, which nothing changes."""
        if name in self._declared:
            return False
        if name not in self._numbers:
            # A number that is made of itself is one.
            self._numbers[name] = True
            if name in self.values:
                given = self.values[name]
            elif name in self.callees.values:
                given = [self.callees.values[name]]
            else:
                given = [None]
            self._numbers[name] = self._is_exponent(name) or all(v is not None and self._counts(v) for v in given)
        return self._numbers[name]

    def is_array(self, name: str) -> bool:
        """Whether a name only ever holds values that the function has made and nobody else knows of."""
        if name in self._declared or name not in self.values:
            return False
        if name not in self._arrays:
            self._arrays[name] = False
            given = self.values[name]
            self._arrays[name] = all(v is not None and self._makes(v) for v in given) and self._is_kept(name)
        return self._arrays[name]

    def is_container(self, name: str) -> bool:
        """Whether a name only ever holds lists and dicts that the function has made and nobody else knows of."""
        return name not in self._declared and self._collects(name) and self._is_kept(name)

    def may_be_object(self, node: ast.expr) -> bool:
        """Whether a value may be an object of a class of the module: no number, no array that was made here."""
        if isinstance(node, ast.Name):
            own = node.id in self.names or node.id in self.callees.values
            return own and not (self.is_number(node.id) or self.is_array(node.id) or self._collects(node.id))
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id in self.callees.classes
        return isinstance(node, ast.Attribute) and not self._counts(node)

    def _collects(self, name: str) -> bool:
        """Whether a name only ever holds lists and dicts that are made there."""
        literals = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
        return all(isinstance(v, literals) or _is_empty(v) for v in self.values.get(name, [None]))

    def _is_exponent(self, name: str) -> bool:
        """Whether it is given to a function of `math`, which takes single numbers."""
        for place in self._places.get(name, ()):
            node: ast.AST = place
            while isinstance(node, (ast.Name, ast.BinOp, ast.UnaryOp)):
                node = self._parents.get(id(node), self.node)
            if isinstance(node, ast.Call) and (path := dotted_name(node.func)) is not None:
                root = path.partition(".")[0]
                if self.callees.imports.get(root, "").partition(".")[0] == "math" and root not in self.values:
                    return True
        return False

    def _counts(self, node: ast.expr) -> bool:
        """Whether an expression gives a number, or something else that nothing changes."""
        match node:
            case ast.Constant() | ast.JoinedStr() | ast.Compare(ops=[ast.Is() | ast.IsNot() | ast.In() | ast.NotIn()]):
                return True
            case ast.Name(id=name):
                return self.is_number(name)
            case ast.UnaryOp(operand=operand):
                return self._counts(operand)
            case ast.BinOp(left=left, right=right):
                return self._counts(left) and self._counts(right)
            case ast.IfExp(body=body, orelse=orelse):
                return self._counts(body) and self._counts(orelse)
            case ast.Tuple(elts=parts):
                return all(map(self._counts, parts))
            case ast.Attribute(attr=name):
                return name in pure.MEASURES or (dotted_name(node) or "").startswith(("math.", "np.", "numpy."))
            case ast.Subscript(value=ast.Attribute(attr=name)):
                return name in pure.MEASURES
            case ast.Call(func=func, args=args):
                path = dotted_name(func) or ""
                last = path.rpartition(".")[2]
                home = self.callees.imports.get(path.partition(".")[0], "").partition(".")[0]
                inner = last in ("abs", "min", "max", "sum", "round", "pow", "range", "sqrt", "log")
                return last in COUNTING or home == "math" or (inner and bool(args) and all(map(self._counts, args)))
        return False

    def _makes(self, node: ast.expr) -> bool:
        """Whether an expression gives a new value, which is not memory of another."""
        match node:
            case ast.BinOp() | ast.UnaryOp(op=ast.USub() | ast.Invert() | ast.Not()) | ast.Compare():
                return True
            case ast.IfExp(body=body, orelse=orelse):
                return self._makes(body) and self._makes(orelse)
            case ast.Call():
                name = self.callees.name(node, self.names)
                plain = all(k.arg not in ("out", "copy") for k in node.keywords)
                return plain and name in pure.FRESH
        return self._counts(node)

    def _is_kept(self, name: str) -> bool:
        """Whether a name is never handed to code that could keep or change what it holds."""
        return all(map(self._is_harmless, self._places.get(name, ())))

    def _is_harmless(self, node: ast.AST) -> bool:
        """Whether what reads a value only computes with it."""
        above = self._parents.get(id(node))
        match above:
            case ast.BinOp() | ast.UnaryOp() | ast.Compare() | ast.If() | ast.While() | ast.Assert() | ast.Expr():
                return True
            case ast.FormattedValue() | ast.Slice() | ast.Delete():
                return True
            case ast.AugAssign():
                return True
            case ast.Assign(targets=targets):
                return node in targets
            case ast.AnnAssign(target=target):
                return node is target
            case ast.Subscript(value=value):
                return value is not node or not isinstance(above.ctx, ast.Load) or self._is_harmless(above)
            case ast.IfExp(test=test):
                return test is node or self._is_harmless(above)
            case ast.Tuple() | ast.List() | ast.Starred() | ast.keyword() | ast.BoolOp():
                if isinstance(getattr(above, "ctx", None), ast.Store):
                    return True
                return self._is_harmless(above)
            case ast.Attribute(attr=attr):
                if not isinstance(above.ctx, ast.Load):
                    return False
                if attr in VIEW_ATTRIBUTES:
                    return self._is_harmless(above)
                over = self._parents.get(id(above))
                if isinstance(over, ast.Call) and over.func is above:
                    grows = isinstance(node, ast.Name) and attr in pure.CHANGING and self._collects(node.id)
                    return grows or self._takes(over)
                return attr in pure.MEASURES
            case ast.Call():
                return self._takes(above)
            case ast.Return():
                return self._is_last(above)
        return False

    def _takes(self, call: ast.Call) -> bool:
        """Whether a call only computes with what it is given and called on."""
        outs = [k for k in call.keywords if k.arg == "out"]
        bare = ast.Call(call.func, call.args, [k for k in call.keywords if k.arg != "out"]) if outs else call
        name = self.callees.name(bare, self.names)
        if name is None or not self.callees.is_pure(bare, self.names):
            return False
        if outs and not isinstance(self._parents.get(id(call)), ast.Expr):
            return False
        return name in pure.FRESH or name in pure.BUILTINS or name in pure.LOGGING or self._is_harmless(call)

    def _is_last(self, node: ast.AST) -> bool:
        """Whether a statement ends this function, not one inside of it."""
        above = self._parents.get(id(node))
        while above is not None and not isinstance(above, CLOSED):
            above = self._parents.get(id(above))
        return above is None or above is self.node


def _parameters(args: ast.arguments) -> Iterator[tuple[str, ast.expr | None]]:
    """The parameters, each with a number if an annotation or a default says that it is one."""
    every = [*args.posonlyargs, *args.args]
    defaults = dict(zip([p.arg for p in every][::-1], args.defaults[::-1], strict=False))
    defaults |= {p.arg: d for p, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d is not None}
    for parameter in [*every, *args.kwonlyargs]:
        note, default = parameter.annotation, defaults.get(parameter.arg)
        typed = isinstance(note, ast.Name) and note.id in NUMBER_TYPES
        plain = isinstance(default, ast.Constant) and default.value is not None
        plain = plain or (isinstance(default, ast.UnaryOp) and isinstance(default.operand, ast.Constant))
        yield parameter.arg, ast.Constant(0) if typed or (plain and note is None) else None
    for star in (args.vararg, args.kwarg):
        if star is not None:
            yield star.arg, None


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, those of functions and classes in it left out."""
    body = node.body  # type: ignore[attr-defined]
    todo = list(body) if isinstance(body, list) else [body]
    while todo:
        one = todo.pop()
        yield one
        if not isinstance(one, CLOSED):
            todo += ast.iter_child_nodes(one)


def _given(nodes: Iterator[ast.AST]) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that are bound, each with what it is given, if that is one expression."""
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _pairs(target, value if len(targets) == 1 else None)
            case ast.AnnAssign(target=target, value=value):
                yield from _pairs(target, value)
            case ast.AugAssign(target=ast.Name(id=name) as target, op=op, value=value):
                yield name, ast.BinOp(ast.Name(name, ast.Load()), op, value)
            case ast.NamedExpr(target=target, value=value):
                yield from _pairs(target, value)
            case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range"))):
                yield name, ast.Constant(0)
            case ast.For(
                target=ast.Tuple(elts=[ast.Name(id=name), rest]), iter=ast.Call(func=ast.Name(id="enumerate"))
            ):
                yield name, ast.Constant(0)
                yield from _pairs(rest, None)
            case ast.For(target=target) | ast.AsyncFor(target=target):
                yield from _pairs(target, None)
            case ast.withitem(optional_vars=ast.expr() as target):
                yield from _pairs(target, None)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, None
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, None
            case ast.MatchMapping(rest=str(name)):
                yield name, None
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((a.asname or a.name.partition(".")[0], None) for a in names)


def _pairs(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    match target:
        case ast.Name(id=name):
            yield name, value
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            if isinstance(value, ast.Tuple) and len(value.elts) == len(parts):
                for part, one in zip(parts, value.elts, strict=True):
                    yield from _pairs(part, one)
            else:
                # The parts of a shape are numbers, as the shape is.
                shape = value if isinstance(value, ast.Attribute) and value.attr in pure.MEASURES else None
                for part in parts:
                    yield from _pairs(part, shape)
        case ast.Starred(value=inner):
            yield from _pairs(inner, None)


def _is_empty(node: ast.expr | None) -> bool:
    """Whether it makes an empty list, dict or set."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("list", "dict", "set")
