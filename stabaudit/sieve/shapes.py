"""Shapes: the parts of the patterns as far as the sieve looks, each an operation on other shapes.

`log(1 + exp(x))` is made of three: `exp`, a sum of that and of one, and the logarithm of such a sum. Variables are left
out, and so are products and views, which stand between any two operations. A pattern can match only what has its shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from stabaudit.catalogue.compiled import compiled
from stabaudit.records import Record
from stabaudit.terms import App, Const, Term
from stabaudit.terms.arithmetic import addends, base_and_exponent, factors, split
from stabaudit.terms.normal import VIEWS, normal
from stabaudit.terms.ops import expand

if TYPE_CHECKING:
    # What is derived from the rules is kept: most files need no rule.
    from stabaudit.catalogue.rule import Form

#: The number one of either sign, any other, nothing, and a number that something is multiplied by.
ONE, NUMBER, ZERO, COEFFICIENT = "1", "#", "0", "%"
#: An exponential that nothing but a number is multiplied by, and two exponentials in one sum.
ALONE, TWICE = "alone:exp", "exp+exp"
#: An exponential that overflows: in stable functions there are none.
NAIVE = "naive:exp"
#: Two means in one product, and such a product in one sum with another mean; the same of sums along axes.
MEANS, SUMS, TWO_MEANS, TWO_SUMS = "mean*mean", "sum*sum", "mean+mean", "sum+sum"
#: What is no operation of the patterns.
MARKS = (ONE, NUMBER, ZERO, COEFFICIENT, ALONE, NAIVE, TWICE, MEANS, SUMS, TWO_MEANS, TWO_SUMS)

#: Operations that are spelled by the words of another one.
ALIKE = {"revcumsum": "cumsum", "segmented": "sum"}


class Shape(Record):
    """An operation, and which shapes must stand directly under it at least: as operands, addends or factors."""

    op: str
    under: tuple[Shape, ...] = ()


#: All shapes, and those of whole patterns by the names of their rules.
Table = tuple[tuple[Shape, ...], dict[str, tuple[Shape, ...]]]
#: Before the name of a rule that does not hold by default.
EXTRA = "+"
#: An exponential divided by another.
QUOTIENT = Shape("*", (Shape("^", (Shape("exp"),)), Shape("exp")))
#: The logarithm of an exponential.
UNDONE = Shape("log", (Shape("exp"),))


@cache
def shapes() -> tuple[Shape, ...]:
    """All there are, each after those that stand under it."""
    return _table()[0]


@cache
def wholes() -> frozenset[Shape]:
    """The shapes of whole patterns."""
    return frozenset().union(*map(set, _table()[1].values()))


@cache
def wholes_that_hold(more: frozenset[str]) -> frozenset[Shape]:
    """Those of the rules that hold, `more` than by default."""
    return frozenset(
        shape for name, ends in _table()[1].items() if not name.startswith(EXTRA) or name[1:] in more for shape in ends
    )


@cache
def _table() -> Table:
    # A file that holds nothing pays for no rule.
    return compiled("shapes", _derived, _packed, _unpacked)


def _packed(table: Table) -> str:
    every, ends = table
    numbers = {shape: number for number, shape in enumerate(every)}
    rows = [(shape.op, shape.under) for shape in every]
    # To import `json` takes a millisecond.
    blocks = ([" ".join([name, *(str(numbers[one]) for one in own)]) for name, own in b] for b in (rows, ends.items()))
    return "\n\n".join(map("\n".join, blocks))


def _unpacked(text: str) -> Table:
    rows, ends = ([line.split() for line in block.split("\n")] for block in text.split("\n\n"))
    every: list[Shape] = []
    for op, *under in rows:
        every.append(Shape(op, tuple([every[int(number)] for number in under])))
    return tuple(every), {name: tuple([every[int(number)] for number in own]) for name, *own in ends}


def _derived() -> Table:
    from stabaudit.catalogue.load import load

    found = dict.fromkeys(map(Shape, (*MARKS, "exp", "log", "+", "*", "^", "sum", "mean")))
    ends: dict[str, tuple[Shape, ...]] = {}
    for rule in load():
        own = dict.fromkeys(whole for form in rule.forms for whole in _wholes_of(form))
        ends[rule.name if rule.tier == "default" else f"{EXTRA}{rule.name}"] = tuple(own)
        found |= dict.fromkeys(part for whole in own for part in _inside(whole))
    return tuple(found), ends


def _wholes_of(form: Form) -> Iterator[Shape]:
    """The shapes of the patterns of a form."""
    if form.is_choice and isinstance(form.unstable, App):
        # Its step may stand anywhere in a branch.
        yield Shape(form.unstable.op, tuple(_parts(normal(expand(form.unstable.args[1])))) or (Shape("^"),))
        return
    if form.traits.masked and isinstance(form.unstable, App):
        # What it is given is looked at where it is lifted.
        yield Shape(form.unstable.op)
        return
    if form.quotient:
        # Normal forms no longer show that one exponential is divided by another.
        yield QUOTIENT
        return
    if form.undone:
        yield UNDONE
        return
    for pattern in form.patterns:
        parts = tuple(_power(pattern.term) or _parts(pattern.term))
        # A number before it makes no difference.
        yield parts[0] if len(parts) == 1 else Shape("*", parts)


def _power(term: Term) -> tuple[Shape, ...]:
    """The shape of a power of any exponent, which nobody writes as a product: `prod(x) ** (1 / n)`."""
    if not isinstance(term, App) or term.op != "^" or isinstance(term.args[1], Const):
        return ()
    return (Shape("^", tuple(sorted(set(_parts(term.args[0]))))),)


def _inside(shape: Shape) -> Iterator[Shape]:
    """A shape behind all that stand in it, and the bare operation."""
    for part in shape.under:
        yield from _inside(part)
    yield Shape(shape.op)
    yield shape


def _parts(term: Term) -> Iterator[Shape]:
    """What a term shows to the operation above it: its own shape, or those of its factors."""
    if not isinstance(term, App):
        return
    if term.op in VIEWS:
        yield from _parts(term.args[0])
    elif term.op == "*":
        yield from sorted({part for factor in factors(term) for part in _parts(factor)})
    elif term.op == "^" and _is_product(term):
        # `x * x` is a power, too.
        yield from _parts(term.args[0])
    elif term.op == "exp":
        # Whatever stands in it: a product of exponentials is the exponential of a sum.
        yield Shape("exp")
    elif term.op == "+":
        yield Shape("+", tuple(sorted(set(_addends(term)))))
    else:
        under = term.args[:1] if term.op == "^" else term.args
        op = ALIKE.get(term.op, term.op)
        yield Shape(op, tuple(sorted({part for operand in under for part in _parts(operand)})))


def _addends(total: App) -> Iterator[Shape]:
    parts = addends(total)
    for addend in parts:
        if isinstance(addend, Const):
            yield Shape(ONE if abs(addend.value) == 1 else NUMBER)
        alone = split(addend)[1]
        yield from [Shape(ALONE)] if isinstance(alone, App) and alone.op == "exp" else _parts(addend)
    for op, mark in (("exp", TWICE), ("mean", TWO_MEANS), ("sum", TWO_SUMS)):
        if sum(any(_is_of(base_and_exponent(f)[0], op) for f in factors(a)) for a in parts) > 1:
            yield Shape(mark)


def _is_of(term: Term, op: str) -> bool:
    while isinstance(term, App) and term.op in VIEWS:
        term = term.args[0]
    return isinstance(term, App) and term.op == op


def grows(shape: Shape) -> bool:
    """Whether an exponential stands in a shape."""
    return shape.op in ("exp", ALONE, TWICE) or any(map(grows, shape.under))


def _is_product(power: App) -> bool:
    exponent = power.args[1]
    return not isinstance(exponent, Const) or (exponent.value > 0 and exponent.value.denominator == 1)
