"""Which special methods of its own classes a piece of code may run without calling anything: `if c`, `a + b`, `c.n`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

#: The methods behind operators, those of the right operand and in place included.
OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.FloorDiv: "floordiv", ast.Mod: "mod",
    ast.Pow: "pow", ast.MatMult: "matmul", ast.LShift: "lshift", ast.RShift: "rshift", ast.BitAnd: "and",
    ast.BitOr: "or", ast.BitXor: "xor",
}  # fmt: skip
SIGNS: dict[type[ast.AST], str] = {ast.USub: "__neg__", ast.UAdd: "__pos__", ast.Invert: "__invert__"}
COMPARISONS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Eq: ("__eq__",),
    ast.NotEq: ("__ne__", "__eq__"),
    ast.Lt: ("__lt__", "__gt__"),
    ast.Gt: ("__lt__", "__gt__"),
    ast.LtE: ("__le__", "__ge__"),
    ast.GtE: ("__le__", "__ge__"),
    ast.In: ("__contains__", "__iter__", "__eq__"),
    ast.NotIn: ("__contains__", "__iter__", "__eq__"),
}
TRUTH = ("__bool__", "__len__")
ITEMS = ("__iter__", "__next__", "__getitem__", "__len__")
TEXT = ("__format__", "__str__", "__repr__")
#: What Python's own functions ask of their arguments.
ASKED = (*TRUTH, *ITEMS, *TEXT, "__float__", "__int__", "__index__", "__abs__", "__hash__", "__eq__", "__lt__",
         "__gt__", "__contains__", "__getattr__")  # fmt: skip
#: Run by calls and blocks, which are asked about as such.
CALLED = frozenset({"__init__", "__new__", "__call__", "__enter__", "__exit__", "__aenter__", "__aexit__",
                    "__init_subclass__", "__set_name__", "__class_getitem__", "__post_init__", "__reduce__",
                    "__getstate__", "__setstate__", "__setattr__", "__setitem__", "__delattr__", "__delitem__",
                    "__copy__", "__deepcopy__"})  # fmt: skip


def is_special(name: str) -> bool:
    """Whether a method is run by an operator, a test or the like."""
    return name.startswith("__") and name.endswith("__") and name not in CALLED


def run_by(node: ast.AST) -> Iterator[tuple[Sequence[str], Sequence[ast.expr]]]:
    """The special methods that the evaluation of a node itself may run, each time with the objects they belong to."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            yield _of_operator(op), (left, right)
        case ast.AugAssign(target=target, op=op, value=value):
            yield _of_operator(op), (target, value)
        case ast.UnaryOp(op=op, operand=operand):
            yield (SIGNS[type(op)],) if type(op) in SIGNS else TRUTH, (operand,)
        case ast.Compare(left=left, ops=ops, comparators=others):
            yield [name for op in ops for name in COMPARISONS.get(type(op), ())], (left, *others)
        case ast.BoolOp(values=values):
            yield TRUTH, values
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) | ast.Assert(test=test):
            yield TRUTH, (test,)
        case ast.comprehension(iter=iterated, ifs=tests):
            yield ITEMS, (iterated,)
            yield TRUTH, tests
        case ast.For(iter=iterated) | ast.AsyncFor(iter=iterated) | ast.Starred(value=iterated):
            yield ITEMS, (iterated,)
        case ast.Assign(targets=targets, value=value) if any(isinstance(t, (ast.Tuple, ast.List)) for t in targets):
            yield ITEMS, (value,)
        case ast.Subscript(value=value, slice=place):
            yield ("__getitem__",), (value,)
            yield ("__hash__", "__eq__", "__index__"), (place,)
        case ast.Attribute(value=value):
            yield ("__getattr__", "__getattribute__", "__get__"), (value,)
        case ast.FormattedValue(value=value):
            yield TEXT, (value,)
        case ast.Dict(keys=keys):
            yield ("__hash__", "__eq__"), [key for key in keys if key is not None]
        case ast.Set(elts=elements):
            yield ("__hash__", "__eq__"), elements
        case ast.Match(subject=subject):
            yield ("__eq__", *ITEMS, "__getattr__", "__get__"), (subject,)
        case ast.Delete(targets=targets):
            yield ("__del__",), targets
        case ast.Call(func=ast.Name(), args=arguments, keywords=keywords):
            yield ASKED, (*arguments, *(keyword.value for keyword in keywords))


def _of_operator(op: ast.operator) -> tuple[str, ...]:
    name = OPERATORS[type(op)]
    return f"__{name}__", f"__r{name}__", f"__i{name}__"
