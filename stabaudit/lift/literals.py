"""Values that stand in the source: numbers, lists of numbers, ranges between numbers, slots of a subscript."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeGuard

from stabaudit.dialects.copies import CONVERTING, ROUNDING
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Binary,
    Call,
    Constant,
    Dict,
    Display,
    Name,
    Place,
    Slice,
    Subscript,
    Unary,
)
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.printer import source

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


def exact(node: Constant) -> Fraction | None:
    """The number that a literal says; `None` for one beyond all floats, which is infinite to what computes in them."""
    text = node.text.replace("_", "")
    if type(node.value) is int:
        # Python itself reads no decimal number of more than 4,300 digits.
        return Fraction(node.value) if abs(node.value) <= sys.float_info.max else None
    assert isinstance(node.value, float)
    if not math.isfinite(node.value):
        return None
    # `1e-999999999` is 0 to Python, and as an exact number fills the memory.
    exactly = node.value and text and len(text) <= LONGEST
    return Fraction(text) if exactly else Fraction(node.value)


def integer(node: Node) -> int | None:
    """A whole number that a float can hold, signed or not."""
    if isinstance(node, Unary) and node.operator == "-":
        inner = integer(node.operand)
        return None if inner is None else -inner
    value = exact(node) if isinstance(node, Constant) and type(node.value) is int else None
    return None if value is None else int(value)


def number(node: Node) -> float | None:
    """A number, signed or not; infinite where no float holds it."""
    if isinstance(node, Unary) and node.operator == "-":
        inner = number(node.operand)
        return None if inner is None else -inner
    if not is_number(node):
        return None
    value = exact(node)
    return math.inf if value is None else float(value)


def is_number(node: object) -> TypeGuard[Constant]:
    """Whether it is a whole number or a float that is written out."""
    return isinstance(node, Constant) and type(node.value) in (int, float)


def is_none(node: object) -> bool:
    """Whether it says `None`."""
    return isinstance(node, Constant) and node.value is None


def is_true(node: object) -> bool:
    """Whether it says `True`."""
    return isinstance(node, Constant) and node.value is True


def word(node: object) -> str | None:
    """The text that is written out, if it is one."""
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else None


def names_dimensions(node: object) -> bool:
    """Whether an axis is said as those of xarray are: by its name, by several, or as `...` for all."""
    if isinstance(node, Constant) and node.value is ...:
        return True
    return word(node) is not None or (isinstance(node, Display) and any(word(e) is not None for e in node.elements))


def is_row(node: object) -> TypeGuard[Display]:
    """Whether it is a list or a tuple that is written out."""
    return isinstance(node, Display) and node.kind != "set"


def infinite(node: Expression) -> int:
    """The sign of the infinity that `float` makes of a text, 0 if it makes something else of it."""
    text = (word(node) or "").strip().lower()
    return 0 if text.lstrip("+-") not in ("inf", "infinity") else -1 if text.startswith("-") else 1


def numbers(node: Expression) -> tuple[object, ...] | None:
    """Nested lists of numbers as tuples."""
    if not is_row(node):
        return None
    values: list[object] = []
    for element in node.elements:
        value = numbers(element) or number(element)
        if value is None:
            return None
        values.append(value)
    return tuple(values)


def integers(node: Expression) -> tuple[int, ...] | None:
    """A tuple or list of whole numbers."""
    if not is_row(node):
        return None
    found = [integer(element) for element in node.elements]
    return None if None in found else tuple(n for n in found if n is not None)


def float_limit(node: Attribute) -> float | None:
    """A limit of the floats, such as `np.finfo(x.dtype).eps`: that of float64, whatever the type is."""
    if not isinstance(node.value, Call):
        return None
    return LIMITS.get(node.attr) if called(node.value) == "finfo" else None


def slot(part: Place) -> object:
    """One place of a subscript: a number, `:`, `::-1`, `...`, `newaxis`, or `None` for anything else."""
    if isinstance(part, Slice):
        if part.lower is None and part.upper is None and part.step is not None and integer(part.step) == -1:
            return "::-1"
        return ":" if part.lower is None and part.upper is None and part.step is None else None
    if isinstance(part, Constant) and part.value is ...:
        return "..."
    if is_none(part) or (isinstance(part, Name) and part.name == "newaxis"):
        return "newaxis"
    if isinstance(part, Attribute) and part.attr == "newaxis":
        return "newaxis"
    return integer(part)


def is_none_or_two(node: Expression | None) -> bool:
    """Whether the order of a norm is left out, or that of the Euclidean one."""
    return node is None or integer(node) == 2 or is_none(node)


def summed_axes(node: Expression) -> tuple[int, ...] | None:
    """The axes that `einsum` of one array sums along: of `"ij->i"` the last."""
    if (spelled := word(node)) is None:
        return None
    before, arrow, after = spelled.replace(" ", "").partition("->")
    gone = tuple(i for i, letter in enumerate(before) if letter not in after)
    kept = "".join(letter for letter in before if letter in after)
    plain = before.isalpha() and len(set(before)) == len(before) and arrow
    return gone if plain and gone and kept == after else None


def items(node: Expression | None) -> list[tuple[str, Expression]]:
    """What a dictionary that is written out has under its words, as `{"p": x}` or `dict(p=x)`."""
    found: list[tuple[str, Expression]] = []
    if isinstance(node, Dict):
        for item in node.items:
            match item.key:
                case None:
                    # It may have the same words.
                    found.clear()
                case Constant(value=str() as key):
                    found.append((key, item.value))
    elif isinstance(node, Call) and dotted(node.func) == "dict" and not any(a.star for a in node.args):
        found += [(a.keyword, a.value) for a in node.args if a.keyword is not None]
    return found


def column(node: Node) -> str | None:
    """What a place such as `frame["e"]` is known by, as a name is: `frame.["e"]`."""
    match node:
        case Subscript(value=owner, places=[Constant(value=str() as key)]):
            chain = dotted(owner)
            return f"{chain}.[{key!r}]" if chain is not None else None
    return None


def element_at(node: Subscript, versions: Mapping[str, int]) -> str | None:
    """What an element at a place that is a name or a number is known by as long as the names hold what they hold."""
    chain = dotted(node.value)
    places = [place(part, versions) for part in node.places]
    if chain is None or None in places:
        return None
    return f"{chain}.[{', '.join(map(str, places))}]"


def place(node: Place, versions: Mapping[str, int]) -> str | None:
    """A name with the number of its present value, or a whole number."""
    if isinstance(node, Name):
        return f"{node.name}@{versions.get(node.name, 0)}"
    number = integer(node)
    return None if number is None else str(number)


def shape(arguments: Sequence[Argument]) -> tuple[int, ...] | None:
    """The shape given to `reshape(2, -1)` or `reshape((2, -1))`."""
    values = [a.value for a in arguments if not a.star and a.keyword is None]
    if len(values) == 1 and is_row(values[0]):
        return integers(values[0])
    found = [integer(v) for v in values]
    return None if not found or None in found else tuple(n for n in found if n is not None)


def column_width(arguments: Sequence[Argument]) -> int | None:
    """What follows the length of something in a shape of two: 1, or -1, in `reshape((x.shape[0], 1))`."""
    values = [a.value for a in arguments if not a.star and a.keyword is None]
    if len(values) == 1 and isinstance(values[0], Display):
        values = list(values[0].elements)
    last = integer(values[1]) if len(values) == 2 else None
    return last if last in (1, -1) and _is_length(values[0]) else None


def is_one_row(arguments: Sequence[Argument]) -> bool:
    """Whether a shape of two has one row, as `reshape(1, n)` gives."""
    values = [a.value for a in arguments if not a.star and a.keyword is None]
    if len(values) == 1 and isinstance(values[0], Display):
        values = list(values[0].elements)
    return len(values) == 2 and integer(values[0]) == 1


def _is_length(node: Expression) -> bool:
    """Whether it is the number of rows of something: `len(x)`, `x.shape[0]`."""
    if isinstance(node, Subscript):
        return (dotted(node.value) or "").endswith(".shape") and source(node).endswith("[0]")
    return isinstance(node, Call) and called(node) == "len"


def is_range(node: Expression) -> bool:
    """Whether the expression is a call of `range`."""
    return isinstance(node, Call) and called(node) in RANGES


def is_type(argument: Argument) -> bool:
    """Whether an argument names a type of numbers: `torch.int32`, `"f4"`, `dtype=t`."""
    name = (dotted(argument.value) or "").rpartition(".")[2]
    by_name = argument.keyword == "dtype"
    return by_name or word(argument.value) is not None or name.rstrip("0123456789_") in TYPES


def counts(node: Call) -> bool:
    """Whether `arange` goes up by ones from what is written as a whole number."""
    whole = all(a.keyword is None or a.keyword in ("dtype", "device") for a in node.args)
    numbers = [a.value for a in node.args if a.keyword is None and not a.star]
    return whole and len(numbers) in (1, 2) and not any(map(_is_fraction, below(numbers[0])))


def _is_fraction(node: Node) -> bool:
    if isinstance(node, Binary):
        return node.operator == "/"
    return isinstance(node, Constant) and type(node.value) is float


def counters(target: Expression, source: Expression) -> frozenset[str]:
    """The names that count in a loop: `i` of `for i in range(n)` and of `for i, x in enumerate(xs)`."""
    if not isinstance(source, Call):
        return frozenset()
    function = "range" if is_range(source) else called(source)
    start = 1 if function == "enumerate" else 0
    begins = source.args[start].value if len(source.args) > 1 else None
    if isinstance(begins, Unary) or any(a.star for a in source.args):
        return frozenset()
    match function, target:
        case "range", Name(name=name):
            return frozenset({name})
        case "enumerate", Display(kind="tuple", elements=[Name(name=name), _]):
            return frozenset({name})
    return frozenset()


def gives_whole_numbers(node: object) -> bool:
    """Whether it is a call that rounds: `round(x)`, `x.long()`, `x.astype(np.int64)`, `np.asarray(x, dtype=int)`."""
    if not isinstance(node, Call):
        return False
    name = (dotted(node.func) or "").rpartition(".")[2]
    if isinstance(node.func, Attribute):
        name = node.func.attr
    if len(node.args) > 1 and name not in CONVERTING and (integer(node.args[1].value) or 0) > DIGITS:
        return False
    if name in CONVERTING or name in ("array", "asarray"):
        types = (word(a.value) or dotted(a.value) for a in node.args if name in CONVERTING or a.keyword == "dtype")
        return any(str(t).rpartition(".")[2] in ROUNDING for t in types)
    return name in ROUNDING


def drawn_rank(node: Call) -> int | None:
    """How many dimensions random numbers have, if the call says two: `rng.rand(n, 3)`, `rng.normal(size=(n, 3))`."""
    name = called(node)
    if any(a.star for a in node.args):
        return None
    if name in ("rand", "randn"):
        return len(node.args) if len(node.args) == 2 and not any(a.keyword for a in node.args) else None
    sizes = [a.value for a in node.args if a.keyword == "size"]
    if name in ("random_sample", "random", "standard_normal", "random_integers") and not sizes:
        sizes = [a.value for a in node.args[:1]]
    elif name in ("normal", "uniform") and len(node.args) == 3 and not sizes:
        sizes = [node.args[2].value]
    pairs = (s for s in sizes if isinstance(s, Display) and s.kind == "tuple" and len(s.elements) == 2)
    return 2 if any(True for _ in pairs) else None
