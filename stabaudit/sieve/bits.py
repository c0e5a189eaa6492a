"""The marks of a value as bits, and what each step of code does to them.

Four fields, lowest first: the *surface*, what the value could be or have as an addend or factor; all operations
*below*; the *pairs*, which are the other marks; and those pairs that are *mute*, as a stable function left them, which
is never at fault by itself.
"""

from __future__ import annotations

from functools import cache, lru_cache

from stabaudit.sieve import marks
from stabaudit.sieve.marks import needs, telling
from stabaudit.terms.normal import LINEAR

OPS = (*telling(), marks.ONE, marks.NUMBER, marks.ZERO, marks.COEFFICIENT)
COUNT = len(OPS)
PAIRS = COUNT * COUNT + COUNT + 1
SURFACE = (1 << COUNT) - 1
FIRST_PAIR = 2 * COUNT
FIRST_MUTE = FIRST_PAIR + PAIRS
ALL_PAIRS = ((1 << PAIRS) - 1) << FIRST_PAIR
ONE, OTHER, ZERO, COEFFICIENT = (1 << i for i in range(COUNT - 4, COUNT))
NUMBERS = ONE | OTHER | ZERO
EXP, LOG, PLUS, POWER, SUM = (1 << OPS.index(op) for op in ("exp", "log", "+", "^", "sum"))
#: Reductions through which a coefficient passes.
THROUGH = sum(1 << OPS.index(op) for op in OPS if op in LINEAR)
TWO_EXPONENTIALS = 1 << (FIRST_PAIR + COUNT * COUNT + COUNT)
#: Without one of these there is nothing to find.
TELLING = (EXP | LOG) << COUNT


@cache
def bit(mark: str) -> int:
    """The bit of a mark: an operation below, or a pair."""
    if mark in OPS:
        return 1 << (COUNT + OPS.index(mark))
    if mark == marks.TWICE:
        return TWO_EXPONENTIALS
    if mark.startswith("*:"):
        return beside(1 << OPS.index(mark[2:]))
    above, below = mark.split(">")
    return over(1 << OPS.index(above), 1 << OPS.index(below))


@cache
def over(ops: int, surface: int) -> int:
    """The pairs of each of these operations directly above each on a surface."""
    return sum(surface << (FIRST_PAIR + i * COUNT) for i in range(COUNT) if ops >> i & 1)


def beside(surface: int) -> int:
    """The marks of the factors beside a quotient."""
    return surface << (FIRST_PAIR + COUNT * COUNT)


def number(value: float) -> int:
    """A number: one, nothing, or another, which becomes one only if it is added to or divided by others."""
    own = ONE if abs(value) == 1 else OTHER if value else ZERO
    return own | own << COUNT


def below(value: int) -> int:
    """All operations in a value."""
    return value >> COUNT & SURFACE


def without_numbers(value: int) -> int:
    """The same value where it can be no number."""
    return value & ~NUMBERS


@lru_cache(maxsize=1 << 14)
def under(op: int, value: int) -> int:
    """An operation that is no sum, product or power on a value: nothing of that comes to the surface."""
    surface = value & SURFACE
    rest = value & ~SURFACE | op | op << COUNT
    if op == EXP and surface & LOG:
        # `exp(a * log(b) + c)` is `b^a * exp(c)`.
        surface |= _with_any_number(below(value))
        return rest | surface | POWER | POWER << COUNT | over(EXP | POWER, surface | EXP) | beside(surface)
    if op == LOG and surface & EXP:
        # `log(exp(a) * b)` is `a + log(b)`.
        surface |= _with_any_number(below(value))
        return rest | surface | PLUS | PLUS << COUNT | over(LOG | PLUS, surface | LOG) | TWO_EXPONENTIALS
    if op == EXP and not below(value) & ~NUMBERS:
        # `exp(0)` is 1.
        rest |= surface and ONE
    if op & THROUGH and surface & (OTHER | COEFFICIENT):
        rest |= COEFFICIENT
    return rest | over(op, surface)


def _with_any_number(surface: int) -> int:
    """The same surface, where its numbers may have become any."""
    return surface | NUMBERS | COEFFICIENT if surface & NUMBERS else surface


@lru_cache(maxsize=1 << 14)
def added(one: int, other: int) -> int:
    """A sum."""
    value = one | other
    if (value & OTHER and value & COEFFICIENT) or (one & NUMBERS and other & NUMBERS):
        # `2 + 2 * x` is a multiple of `1 + x`, and `x + 0.5 + 0.5` is that itself.
        value |= ONE | OTHER
    twice = TWO_EXPONENTIALS if one & other & EXP else 0
    return value | PLUS | PLUS << COUNT | over(PLUS, value & SURFACE) | twice


@lru_cache(maxsize=1 << 14)
def multiplied(one: int, other: int) -> int:
    """A product."""
    value = without_numbers(one | other)
    if (one | other) & OTHER:
        value |= COEFFICIENT
    numbers = one & other & EXP and ONE
    if one & NUMBERS and other & NUMBERS:
        # `2 * (0.5 + x)` is `1 + 2 * x`, `exp(x) * exp(-x)` is 1.
        numbers |= (one | other) & NUMBERS
        if one & other & OTHER:
            numbers |= ONE
    if numbers:
        value |= numbers | numbers << COUNT
        if value & PLUS:
            value |= over(PLUS, numbers)
    if one & POWER:
        value |= beside(other & SURFACE)
    if other & POWER:
        value |= beside(one & SURFACE)
    return value


@lru_cache(maxsize=1 << 14)
def inverted(value: int) -> int:
    """A divisor, or the base or exponent of a power."""
    return value | POWER | POWER << COUNT | over(POWER, value & SURFACE)


def divided(one: int, other: int) -> int:
    """A quotient."""
    return multiplied(one, inverted(other))


def raised(base: int, exponent: int) -> int:
    """A power."""
    value = without_numbers(inverted(base | exponent))
    return value | _with_any_number(base & NUMBERS) if base & NUMBERS and exponent & NUMBERS else value


@lru_cache(maxsize=1 << 14)
def within(formula: int, given: int) -> int:
    """What a function of the module gives back: each of its operations may stand above what it is given."""
    ops, surface = below(formula) & ~(NUMBERS | COEFFICIENT), given & SURFACE
    if surface & NUMBERS or (surface & COEFFICIENT and below(formula) & NUMBERS):
        surface |= NUMBERS | COEFFICIENT
    if (ops & EXP and below(given) & LOG) or (ops & LOG and below(given) & EXP):
        surface |= below(given)
    value = formula | given | surface | over(ops, surface)
    if ops & POWER:
        value |= beside(surface)
    if ops & PLUS and below(value) & EXP:
        value |= TWO_EXPONENTIALS
    return value


def muted(value: int, pairs: int) -> int:
    """A value of which these pairs are a stable function's own."""
    own = value & pairs & ALL_PAIRS
    return value & ~own | own << PAIRS


@cache
def anything() -> int:
    """All marks there are."""
    return (1 << FIRST_MUTE) - 1


@cache
def helpful() -> int:
    """All marks that a function without exponentials and logarithms could leave."""
    ops = SURFACE & ~(EXP | LOG)
    return ops | ops << COUNT | over(ops, ops) | beside(ops)


@cache
def _needs() -> tuple[tuple[tuple[int, ...], int], ...]:
    """Each need with a bit field a clause, and all its pairs."""
    found = []
    for need in needs():
        clauses = tuple(sum(bit(mark) for mark in clause) for clause in need)
        found.append((clauses, sum({bit(mark) for clause in need for mark in clause}) & ALL_PAIRS))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def suffices(value: int) -> bool:
    """Whether some pattern could fit what left these marks."""
    if not value & TELLING:
        return False
    all_of_it = value | value >> PAIRS & ALL_PAIRS
    return any(value & pairs and all(all_of_it & clause for clause in clauses) for clauses, pairs in _needs())
