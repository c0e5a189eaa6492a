"""Values that stand in the source: numbers, lists of numbers, ranges between numbers, slots of a subscript."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction

import libcst as cst

from stabaudit.dialects.copies import CONVERTING, ROUNDING
from stabaudit.lift.names import called, dotted
from stabaudit.lift.nodes import below

#: Names of types of numbers, without their bits.
TYPES = frozenset({"int", "uint", "float", "bfloat", "bool", "complex", "double", "half", "long", "short", "byte"})
#: Functions that count: Python's, and those of numba and of progress bars.
RANGES = frozenset({"range", "prange", "trange", "xrange"})
#: Of a literal of more characters only the float is read that Python makes of it.
LONGEST = 400
#: Who rounds to more digits may want those that are lost.
DIGITS = 6
LIMITS = {
    "eps": sys.float_info.epsilon,
    "max": sys.float_info.max,
    "min": -sys.float_info.max,
    "tiny": sys.float_info.min,
    "smallest_normal": sys.float_info.min,
}


def exact(node: cst.Integer | cst.Float) -> Fraction | None:
    """The number that a literal says; `None` for one beyond all floats, which is infinite to what computes in them."""
    text = node.value.replace("_", "")
    if isinstance(node, cst.Integer):
        # Python itself reads no decimal number of more than 4,300 digits.
        value = int(text, 0) if len(text) <= LONGEST or not text.isdecimal() else int(set(text) != {"0"}) << 1024
        return Fraction(value) if abs(value) <= sys.float_info.max else None
    near = float(text)
    if not math.isfinite(near):
        return None
    # `1e-999999999` is 0 to Python, and as an exact number fills the memory.
    return Fraction(text) if near and len(text) <= LONGEST else Fraction(near)


def integer(node: cst.BaseExpression) -> int | None:
    """A whole number that a float can hold, signed or not."""
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        inner = integer(node.expression)
        return None if inner is None else -inner
    value = exact(node) if isinstance(node, cst.Integer) else None
    return None if value is None else int(value)


def number(node: cst.BaseExpression) -> float | None:
    """A number, signed or not; infinite where no float holds it."""
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        inner = number(node.expression)
        return None if inner is None else -inner
    if not isinstance(node, (cst.Integer, cst.Float)):
        return None
    value = exact(node)
    return math.inf if value is None else float(value)


def infinite(node: cst.BaseExpression) -> int:
    """The sign of the infinity that `float` makes of a text, 0 if it makes something else of it."""
    if not isinstance(node, cst.SimpleString):
        return 0
    text = str(node.raw_value).strip().lower()
    return 0 if text.lstrip("+-") not in ("inf", "infinity") else -1 if text.startswith("-") else 1


def numbers(node: cst.BaseExpression) -> tuple[object, ...] | None:
    """Nested lists of numbers as tuples."""
    if not isinstance(node, (cst.List, cst.Tuple)):
        return None
    values: list[object] = []
    for element in node.elements:
        value = numbers(element.value) or number(element.value)
        if value is None or isinstance(element, cst.StarredElement):
            return None
        values.append(value)
    return tuple(values)


def integers(node: cst.BaseExpression) -> tuple[int, ...] | None:
    """A tuple or list of whole numbers."""
    if not isinstance(node, (cst.Tuple, cst.List)):
        return None
    found = [integer(e.value) for e in node.elements]
    return None if None in found else tuple(n for n in found if n is not None)


def float_limit(node: cst.Attribute) -> float | None:
    """A limit of the floats, such as `np.finfo(x.dtype).eps`: that of float64, whatever the type is."""
    if not isinstance(node.value, cst.Call):
        return None
    return LIMITS.get(node.attr.value) if called(node.value) == "finfo" else None


def slot(part: cst.BaseSlice) -> object:
    """One place of a subscript: a number, `:`, `::-1`, `...`, `newaxis`, or `None` for anything else."""
    if isinstance(part, cst.Slice):
        if part.lower is None and part.upper is None and part.step is not None and integer(part.step) == -1:
            return "::-1"
        return ":" if part.lower is None and part.upper is None and part.step is None else None
    assert isinstance(part, cst.Index)
    value = part.value
    if isinstance(value, cst.Ellipsis):
        return "..."
    if isinstance(value, cst.Name) and value.value in ("None", "newaxis"):
        return "newaxis"
    if isinstance(value, cst.Attribute) and value.attr.value == "newaxis":
        return "newaxis"
    return integer(value)


def is_none_or_two(node: cst.BaseExpression | None) -> bool:
    """Whether the order of a norm is left out, or that of the Euclidean one."""
    return node is None or integer(node) == 2 or (isinstance(node, cst.Name) and node.value == "None")


def summed_axes(node: cst.BaseExpression) -> tuple[int, ...] | None:
    """The axes that `einsum` of one array sums along: of `"ij->i"` the last."""
    if not isinstance(node, cst.SimpleString):
        return None
    before, arrow, after = str(node.raw_value).replace(" ", "").partition("->")
    gone = tuple(i for i, letter in enumerate(before) if letter not in after)
    kept = "".join(letter for letter in before if letter in after)
    plain = before.isalpha() and len(set(before)) == len(before) and arrow
    return gone if plain and gone and kept == after else None


def column(node: cst.CSTNode) -> str | None:
    """What a place such as `frame["e"]` is known by, as a name is: `frame.["e"]`."""
    match node:
        case cst.Subscript(value=owner, slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))]):
            chain = dotted(owner)
            return f"{chain}.[{key.raw_value!r}]" if chain is not None else None
    return None


def element_at(node: cst.Subscript, versions: Mapping[str, int]) -> str | None:
    """What an element at a place that is a name or a number is known by as long as the names hold what they hold."""
    chain = dotted(node.value)
    places = [place(part.slice.value, versions) for part in node.slice if isinstance(part.slice, cst.Index)]
    if chain is None or len(places) < len(node.slice) or None in places:
        return None
    return f"{chain}.[{', '.join(map(str, places))}]"


def place(node: cst.BaseExpression, versions: Mapping[str, int]) -> str | None:
    """A name with the number of its present value, or a whole number."""
    if isinstance(node, cst.Name):
        return f"{node.value}@{versions.get(node.value, 0)}"
    number = integer(node)
    return None if number is None else str(number)


def shape(arguments: Sequence[cst.Arg]) -> tuple[int, ...] | None:
    """The shape given to `reshape(2, -1)` or `reshape((2, -1))`."""
    values = [a.value for a in arguments if not a.star and a.keyword is None]
    if len(values) == 1 and isinstance(values[0], (cst.Tuple, cst.List)):
        return integers(values[0])
    found = [integer(v) for v in values]
    return None if not found or None in found else tuple(n for n in found if n is not None)


def is_range(node: cst.BaseExpression) -> bool:
    """Whether the expression is a call of `range`."""
    return isinstance(node, cst.Call) and called(node) in RANGES


def is_type(argument: cst.Arg) -> bool:
    """Whether an argument names a type of numbers: `torch.int32`, `"f4"`, `dtype=t`."""
    name = (dotted(argument.value) or "").rpartition(".")[2]
    by_name = argument.keyword is not None and argument.keyword.value == "dtype"
    return by_name or isinstance(argument.value, cst.SimpleString) or name.rstrip("0123456789_") in TYPES


def counts(node: cst.Call) -> bool:
    """Whether `arange` goes up by ones from what is written as a whole number."""
    whole = all(a.keyword is None or a.keyword.value in ("dtype", "device") for a in node.args)
    numbers = [a.value for a in node.args if a.keyword is None and not a.star]
    return whole and len(numbers) in (1, 2) and not any(map(_is_fraction, below(numbers[0])))


def _is_fraction(node: cst.CSTNode) -> bool:
    return isinstance(node, (cst.Float, cst.Divide))


def counters(target: cst.BaseExpression, source: cst.BaseExpression) -> frozenset[str]:
    """The names that count in a loop: `i` of `for i in range(n)` and of `for i, x in enumerate(xs)`."""
    if not isinstance(source, cst.Call):
        return frozenset()
    function = "range" if is_range(source) else called(source)
    start = 1 if function == "enumerate" else 0
    begins = source.args[start].value if len(source.args) > 1 else None
    if isinstance(begins, cst.UnaryOperation) or any(a.star for a in source.args):
        return frozenset()
    match function, target:
        case "range", cst.Name(value=name):
            return frozenset({name})
        case "enumerate", cst.Tuple(elements=[cst.Element(value=cst.Name(value=name)), _]):
            return frozenset({name})
    return frozenset()


def gives_whole_numbers(node: object) -> bool:
    """Whether it is a call that rounds: `round(x)`, `math.ceil(x)`, `x.long()`, `x.astype(np.int64)`."""
    if not isinstance(node, cst.Call):
        return False
    name = (dotted(node.func) or "").rpartition(".")[2]
    if isinstance(node.func, cst.Attribute):
        name = node.func.attr.value
    if len(node.args) > 1 and name not in CONVERTING and (integer(node.args[1].value) or 0) > DIGITS:
        return False
    if name in CONVERTING:
        types = (a.value.raw_value if isinstance(a.value, cst.SimpleString) else dotted(a.value) for a in node.args)
        return any(str(t).rpartition(".")[2] in ROUNDING for t in types)
    return name in ROUNDING


def drawn_rank(node: cst.Call) -> int | None:
    """How many dimensions random numbers have, if the call says two: `rng.rand(n, 3)`, `rng.normal(size=(n, 3))`."""
    name = called(node)
    if any(a.star for a in node.args):
        return None
    if name in ("rand", "randn"):
        return len(node.args) if len(node.args) == 2 and not any(a.keyword for a in node.args) else None
    sizes = [a.value for a in node.args if a.keyword is not None and a.keyword.value == "size"]
    if name in ("random_sample", "random", "standard_normal", "random_integers") and not sizes:
        sizes = [a.value for a in node.args[:1]]
    elif name in ("normal", "uniform") and len(node.args) == 3 and not sizes:
        sizes = [node.args[2].value]
    return next((2 for size in sizes if isinstance(size, cst.Tuple) and len(size.elements) == 2), None)
