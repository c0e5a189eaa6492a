"""The shapes that a value could have as bits, and what each step of code does to them.

Four fields, lowest first: the shapes of the value itself, or of its *factors*; those of its *addends* or of their
factors, if it is a sum; all shapes *below*; and the *wholes*, shapes of whole patterns that came about in it. What a
stable function leaves is no whole, as it is never at fault by itself.
"""

from __future__ import annotations

from functools import cache, lru_cache, reduce

from stabaudit.catalogue.active import telling as telling_operations
from stabaudit.catalogue.extra_rules import chosen
from stabaudit.sieve.shapes import MARKS, ONE, Shape, grows, shapes, wholes, wholes_that_hold
from stabaudit.terms.normal import LINEAR
from stabaudit.terms.ops import TABLE

COUNT = len(shapes())
ALL = (1 << COUNT) - 1
_BITS = {shape: 1 << i for i, shape in enumerate(shapes())}
A_ONE, A_NUMBER, NOTHING, A_COEFFICIENT, EXP_ALONE, NAIVE_EXP, *_TWO = (_BITS[Shape(mark)] for mark in MARKS)
EXP, LOG, PLUS, POWER, SUM, MEAN = (_BITS[Shape(op)] for op in ("exp", "log", "+", "^", "sum", "mean"))
#: What two exponentials make of a sum; of means and sums what two make of a product, and that in a difference with one.
TWO_EXPONENTIALS = _TWO[0]
PAIRS = (*zip((MEAN, SUM), _TWO[1:3], _TWO[3:], strict=True),)
NUMBERS = A_ONE | A_NUMBER | NOTHING
WHOLES = sum(_BITS[shape] for shape in wholes())
#: Sums of exponentials are at fault only if something in them overflows: `x - logsumexp(x)` is not.
WHOLE_SUMS = sum(_BITS[shape] for shape in wholes() if shape.op == "+" and grows(shape))
#: What is blamed for its gradient, and what must stand anywhere in it.
_BLAMED = tuple((_BITS[shape], sum(_BITS[part] for part in shape.under)) for shape in wholes() if shape.op == "where")
_OF_GRADIENTS = sum(bit for bit, _ in _BLAMED) << 3 * COUNT
#: The stable functions that are blamed for what they are given, by their names.
_STEPS = {s.op: _BITS[s] << 3 * COUNT for s in wholes() if s.op in TABLE and TABLE[s.op].stable}
#: The bare operation of each shape.
PLAIN = {shape.op: _BITS[Shape(shape.op)] for shape in shapes()}
#: All shapes that are sums along an axis.
SUMS = sum(_BITS[shape] for shape in shapes() if shape.op == "sum")
#: Reductions through which a coefficient passes.
THROUGH = sum(bit for op, bit in PLAIN.items() if op in LINEAR)
_QUIET = (1 << 3 * COUNT) - 1


@cache
def _telling(more: frozenset[str]) -> int:
    return sum(PLAIN[op] for op in telling_operations() if op in PLAIN) << 2 * COUNT


def told_of() -> int:
    """What tells in what stands below: without one of these there is nothing to find."""
    return _telling(chosen())


def _under(shape: Shape) -> int:
    return sum(_BITS[part] for part in shape.under)


def _parts(shape: Shape) -> int:
    """The shapes inside a shape that have others under them; of a sum with one, that it is such a sum."""
    own = _BITS.get(Shape("+", (Shape(ONE),)), 0) if shape.op == "+" and Shape(ONE) in shape.under else 0
    return reduce(int.__or__, (_parts(p) | (_BITS[p] if p.under else 0) for p in shape.under), own)


_PARTS = tuple((_BITS[shape], _parts(shape)) for shape in wholes())
#: Of each bare operation the shapes that it makes, and what must stand under it.
_MADE = {bit: tuple((_BITS[s], _under(s)) for s in shapes() if s.op == op) for op, bit in PLAIN.items()}
PRODUCT = PLAIN["*"]
_PRODUCTS = _MADE[PRODUCT]


@lru_cache(maxsize=1 << 14)
def _made(op: int, under: int) -> int:
    """The shapes of an operation on what has these."""
    return sum(bit for bit, needed in _MADE[op] if not needed & ~under) | (op == EXP and EXP_ALONE | NAIVE_EXP)


def _value(factors: int, addends: int, before: int, made: int = 0) -> int:
    """A value with these on its surface, from what was there `before`; some of them were `made` just now."""
    inside = before >> 2 * COUNT & ALL | factors | addends
    whole = made & (WHOLES if inside & NAIVE_EXP else WHOLES & ~WHOLE_SUMS)
    return factors | addends << COUNT | inside << 2 * COUNT | whole << 3 * COUNT | before & ~_QUIET


def factors(value: int) -> int:
    """The shapes of a value or its factors."""
    return value & ALL


def addends(value: int) -> int:
    """The shapes of a sum's addends."""
    return value >> COUNT & ALL


def shown(value: int) -> int:
    """The shapes that a value shows to a sum, which takes in the addends of another."""
    return (value | value >> COUNT) & ALL


def below(value: int) -> int:
    """All shapes in a value."""
    return value >> 2 * COUNT & ALL


def number(value: float) -> int:
    """A number: one, nothing, or another, which becomes one only if it is added to or divided by others."""
    own = A_ONE if abs(value) == 1 else A_NUMBER if value else NOTHING
    return _value(own, 0, 0)


def without_numbers(value: int) -> int:
    """The same value where it can be no number."""
    return value & ~(NUMBERS | NUMBERS << COUNT)


def wholes_of(value: int) -> int:
    """The patterns that could fit something in a value."""
    return value & ~_QUIET


def shared(value: int, given: int) -> int:
    """The wholes in a value of which a part was there in what was given."""
    there = below(given)
    return value & sum(bit << 3 * COUNT for bit, parts in _PARTS if parts & there)


def tamed(value: int, given: int) -> int:
    """What a stable function leaves of what was given: nothing in it overflows by itself."""
    return value if below(given) & NAIVE_EXP else value & ~(NAIVE_EXP | NAIVE_EXP << COUNT | NAIVE_EXP << 2 * COUNT)


def chosen_from(value: int) -> int:
    """What a library's `where` gives of what has these shapes: a step in either branch may spoil its gradient."""
    inside = below(value)
    return value | sum(bit << 3 * COUNT for bit, needed in _BLAMED if not needed & ~inside)


def blamed(op: str) -> int:
    """The pattern that a function is by itself, whatever it is given."""
    return _STEPS.get(op, 0)


def quiet(value: int) -> int:
    """The same value as what is judged elsewhere."""
    return value & _QUIET


@lru_cache(maxsize=1 << 14)
def under(op: int, value: int) -> int:
    """An operation that is no sum, product or power on a value: nothing of that comes to the surface."""
    inner = factors(value)
    if op == EXP and shown(value) & LOG:
        # `exp(a * log(b) + c)` is `b^a * exp(c)`.
        every = _mixed(value, EXP)
        return multiplied(inverted(every), inverted(every))
    if op == LOG and inner & EXP:
        # `log(exp(a) * b)` is `a + log(b)`.
        every = _mixed(value, LOG)
        every = added(every, every)
        own = _made(LOG, factors(every))
        return _value(factors(every) | own, addends(every), every, own)
    own = _made(op, inner)
    if op == EXP and inner & NUMBERS and not below(value) & ~NUMBERS:
        # `exp(0)` is 1.
        own |= A_ONE
    if op == SUM:
        # A sum of sums is the sum of all that they are made of.
        own |= inner & SUMS
    if op & THROUGH and inner & (A_NUMBER | A_COEFFICIENT):
        own |= A_COEFFICIENT
    return _value(own, 0, value, own)


def _mixed(value: int, op: int) -> int:
    """A value of which all that is in it comes to the surface, with an operation and any number."""
    own = _made(op, below(value))
    every = _with_any_number(below(value)) | own
    return _value(every, every, value, own)


def _with_any_number(shapes_: int) -> int:
    """The same shapes, where numbers may have become any."""
    return shapes_ | NUMBERS | A_COEFFICIENT if shapes_ & NUMBERS else shapes_


@lru_cache(maxsize=1 << 14)
def added(one: int, other: int, taken: bool = False) -> int:
    """A sum, or if the other is `taken` from the one a difference."""
    inner = shown(one | other)
    left = 0
    if shown(one) & NUMBERS and shown(other) & NUMBERS:
        # `x + 0.5 + 0.5` is `1 + x`, and `x + 1 - 1` is what x is.
        inner |= A_ONE | A_NUMBER
        left = inner
    elif inner & A_NUMBER and inner & A_COEFFICIENT:
        # `2 + 2 * x` is a multiple of `1 + x`.
        inner |= A_ONE | A_NUMBER
    if shown(one) & shown(other) & EXP:
        inner |= TWO_EXPONENTIALS
    if taken:
        a, b = shown(one), shown(other)
        inner |= sum(two for single, square, two in PAIRS if (a & square and b & single) or (a & single and b & square))
    own = _made(PLUS, inner)
    value = _value(own | left | inner & (NUMBERS | A_COEFFICIENT), inner, one | other, own | left)
    # `0 + x` is x.
    return value | (other if factors(one) & NOTHING else 0) | (one if factors(other) & NOTHING else 0)


def subtracted(one: int, other: int) -> int:
    """A difference."""
    return added(one, other, taken=True)


@lru_cache(maxsize=1 << 14)
def multiplied(one: int, other: int) -> int:
    """A product."""
    mine, theirs = factors(one), factors(other)
    own = (_as_factors(one) | _as_factors(other)) & ~NUMBERS
    made = own & ~(mine | theirs)
    if (mine | theirs) & A_NUMBER:
        own |= A_COEFFICIENT
    own |= sum(square for single, square, _ in PAIRS if mine & theirs & single)
    own = own | EXP_ALONE if _is_alone(mine, theirs) or _is_alone(theirs, mine) else own & ~EXP_ALONE
    numbers = _number(mine, theirs)
    inner = _distributed(one, other, numbers) if own & PLUS else 0
    made |= _made(PLUS, inner) if inner else 0
    own |= made | numbers
    made |= sum(bit for bit, parts in _PRODUCTS if not parts & ~own and parts & mine and parts & theirs)
    return _value(own | made, inner, one | other, made)


def _is_alone(mine: int, theirs: int) -> bool:
    """Whether an exponential may stand alone in a product with the other factors."""
    # `w * exp(x) / w` is `exp(x)`.
    return bool(mine & EXP and (mine | theirs) & POWER) or bool(mine & EXP_ALONE and theirs & (NUMBERS | EXP_ALONE))


def _number(mine: int, theirs: int) -> int:
    """The numbers that a product could be: `exp(x) * exp(-x)` is 1."""
    found = mine & theirs & EXP and A_ONE
    if mine & NUMBERS and theirs & NUMBERS:
        found |= (mine | theirs) & NUMBERS | (mine & theirs & A_NUMBER and A_ONE)
    return found


def _distributed(one: int, other: int, numbers: int) -> int:
    """The addends of a product with a sum in it, if it is a sum itself."""
    both = factors(one | other)
    found = 0
    if both & (NUMBERS | POWER):
        # `2 * (0.5 + x)` is `1 + 2 * x`, and `y * (1 + x) / y` is `1 + x`.
        found = addends(one | other)
    if (factors(one) & addends(other) | factors(other) & addends(one)) & EXP:
        # `exp(x) * (1 + exp(-x))` is `exp(x) + 1`.
        found = addends(one | other) | A_ONE | EXP_ALONE | TWO_EXPONENTIALS
    if (found | numbers) & NUMBERS and both & A_NUMBER:
        found |= A_ONE | A_COEFFICIENT
    return found | numbers


def squared(value: int) -> int:
    """A whole power: of means and sums it is a product of two."""
    return value | sum(square for single, square, _ in PAIRS if factors(value) & single)


@lru_cache(maxsize=1 << 14)
def inverted(value: int) -> int:
    """A divisor, or the base of a power."""
    own = _as_factors(value)
    made = _made(POWER, own)
    return _value(own | made, 0, value, made)


def _as_factors(value: int) -> int:
    """The shapes of a value that is a factor: the common factor of two exponentials goes out of a sum, and leaves 1."""
    inner = addends(value)
    return factors(value) | (_made(PLUS, inner | A_ONE) if inner & TWO_EXPONENTIALS else 0)


def divided(one: int, other: int) -> int:
    """A quotient."""
    return multiplied(one, inverted(other))


@lru_cache(maxsize=1 << 14)
def raised(base: int, exponent: int) -> int:
    """A power."""
    value = inverted(base)
    if factors(base) & EXP:
        # `exp(a) ** b` is `exp(a * b)`.
        value |= under(EXP, multiplied(_mixed(base, EXP), exponent))
    value = squared(without_numbers(value)) | _value(0, 0, exponent)
    if factors(exponent) & NOTHING:
        value = _value(factors(value) | A_ONE, addends(value), value)
    if factors(base) & NUMBERS and factors(exponent) & NUMBERS:
        any_number = NUMBERS | A_COEFFICIENT
        return _value(factors(value) | any_number, addends(value), value)
    return value


@lru_cache(maxsize=1 << 14)
def within(formula: int, given: int) -> int:
    """What a function of the module gives back: each of its operations may stand above what it is given.

    What is at fault in a function with an exponential or a logarithm is told of where it is defined.
    """
    inner = shown(given)
    if not inner:
        return quiet(formula | given) | wholes_of(given)
    if inner & NUMBERS or (inner & A_COEFFICIENT and below(formula) & NUMBERS):
        inner |= NUMBERS | A_COEFFICIENT
    surface = shown(formula) | inner
    value = _value(surface, surface, formula | given)
    # Products leave no trace of their own.
    operations = [op for op in _MADE if op & below(formula) or op == PRODUCT]
    before = -1
    while before != value:
        before = value
        # The order of its operations is not known.
        everything = _value(below(value), below(value), value)
        value |= reduce(int.__or__, (_applied(op, everything) for op in operations), value)
    # A logarithm in the function of an exponential that it is given is at fault there, for this caller.
    told_there = formula & told_of() and not (below(formula) & LOG and below(given) & EXP)
    return quiet(value) | wholes_of(given) if told_there else value


def _applied(op: int, value: int) -> int:
    """One operation of the patterns on a value, whatever it is."""
    if op == PLUS:
        return subtracted(value, value)
    if op == POWER:
        return inverted(value)
    return multiplied(value, value) if op == PRODUCT else under(op, value)


@cache
def anything() -> int:
    """All shapes there are."""
    return (1 << 4 * COUNT) - 1


def suffices(value: int, *, gradients: bool = True) -> bool:
    """Whether some pattern could fit what has these shapes; `gradients` says that a gradient may be asked for."""
    found = value & _wholes_that_hold(chosen())
    return (found if gradients else found & ~_OF_GRADIENTS) != 0


@cache
def _wholes_that_hold(more: frozenset[str]) -> int:
    return sum(_BITS[shape] for shape in wholes_that_hold(more)) << 3 * COUNT
