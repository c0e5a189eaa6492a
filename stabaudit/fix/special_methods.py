"""Which special methods of its own classes a piece of code may run without calling anything: `if c`, `a + b`, `c.n`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stabaudit.syntax.compound import For, If, Match, While
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Binary,
    Boolean,
    Call,
    Choice,
    Compare,
    Dict,
    Display,
    Loop,
    Name,
    Place,
    Starred,
    Subscript,
    Text,
    Unary,
)
from stabaudit.syntax.node import Node
from stabaudit.syntax.statements import Assert, Assign, Augment, Delete

#: The methods behind operators, those of the right operand and in place included.
OPERATORS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul",
    "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor",
}  # fmt: skip
SIGNS = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
COMPARISONS = {
    "==": ("__eq__",),
    "!=": ("__ne__", "__eq__"),
    "<": ("__lt__", "__gt__"),
    ">": ("__lt__", "__gt__"),
    "<=": ("__le__", "__ge__"),
    ">=": ("__le__", "__ge__"),
    "in": ("__contains__", "__iter__", "__eq__"),
    "not in": ("__contains__", "__iter__", "__eq__"),
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


def run_by(node: Node) -> Iterator[tuple[Sequence[str], Sequence[Place]]]:
    """The special methods that the evaluation of a node itself may run, each time with the objects they belong to."""
    match node:
        case Binary(left=left, operator=operator, right=right):
            yield _of_operator(operator), (left, right)
        case Augment(target=target, operator=operator, value=value):
            yield _of_operator(operator), (target, value)
        case Unary(operator=operator, operand=operand):
            yield (SIGNS[operator],) if operator in SIGNS else TRUTH, (operand,)
        case Compare(left=left, operators=operators, others=others):
            yield [name for operator in operators for name in COMPARISONS.get(operator, ())], (left, *others)
        case Boolean(left=left, right=right):
            yield TRUTH, (left, right)
        case If(test=test) | While(test=test) | Choice(test=test) | Assert(test=test):
            yield TRUTH, (test,)
        case Loop(iter=iterated, conditions=tests):
            yield ITEMS, (iterated,)
            yield TRUTH, tests
        case For(iter=iterated) | Starred(value=iterated) | Argument(value=iterated, star="*"):
            yield ITEMS, (iterated,)
        case Assign(targets=targets, value=value) if any(isinstance(target, Display) for target in targets):
            yield ITEMS, (value,)
        case Subscript(value=value, places=places):
            yield ("__getitem__",), (value,)
            yield ("__hash__", "__eq__", "__index__"), places
        case Attribute(value=value):
            yield ("__getattr__", "__getattribute__", "__get__"), (value,)
        case Text(values=values):
            yield TEXT, values
        case Dict(items=items):
            yield ("__hash__", "__eq__"), [item.key for item in items if item.key is not None]
        case Display(kind="set", elements=elements):
            yield ("__hash__", "__eq__"), elements
        case Match(subject=subject):
            yield ("__eq__", *ITEMS, "__getattr__", "__get__"), (subject,)
        case Delete(targets=targets):
            yield ("__del__",), targets
        case Call(func=Name(), args=arguments):
            yield ASKED, [argument.value for argument in arguments if argument.star != "*"]


def _of_operator(operator: str) -> tuple[str, ...]:
    name = OPERATORS[operator]
    return f"__{name}__", f"__r{name}__", f"__i{name}__"
