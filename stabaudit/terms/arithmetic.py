"""Sums, products, powers, exponentials and logarithms of normal terms, which are normal again.

Sums and products are n-ary and sorted, constants exact, `a - b` is `a + -1*b`, `a / b` is `a * b^-1`. Exponentials
in a product are merged, and a sum that is a factor is written as content times primitive part.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from stabaudit.terms.size import bounded, whole_power
from stabaudit.terms.term import App, Attrs, Const, Term

ZERO, ONE, MINUS_ONE = Const(0), Const(1), Const(-1)
UNIT = ONE.value
HALF = Const(Fraction(1, 2))
#: Operations on positive numbers that give positive numbers.
POSITIVE = frozenset({"+", "*", "^", "sum", "mean", "cumsum", "revcumsum", "segmented"})


def addends(term: Term) -> tuple[Term, ...]:
    """The terms of a normal sum; a term that is no sum is its own."""
    return term.args if isinstance(term, App) and term.op == "+" else (term,)


def factors(term: Term) -> tuple[Term, ...]:
    """The factors of a normal product; a term that is no product is its own."""
    return term.args if isinstance(term, App) and term.op == "*" else (term,)


def split(term: Term) -> tuple[Fraction, Term]:
    """Coefficient and rest of an addend: `3*x*y` is (3, x*y)."""
    if isinstance(term, Const):
        return term.value, ONE
    if not isinstance(term, App) or term.op != "*" or not isinstance(first := term.args[0], Const):
        return UNIT, term
    if term.coefficient_and_rest is None:
        rest = term.args[1:]
        term.coefficient_and_rest = first.value, rest[0] if len(rest) == 1 else App("*", rest)
    return term.coefficient_and_rest


def base_and_exponent(factor: Term) -> tuple[Term, Term]:
    """`x^3` is (x, 3), `x` is (x, 1)."""
    if isinstance(factor, App) and factor.op == "^":
        return factor.args[0], factor.args[1]
    return factor, ONE


def add(terms: Iterable[Term]) -> Term:
    """The sum of normal terms."""
    coefficients: dict[Term, Fraction] = {}
    for term in terms:
        for addend in addends(term):
            coefficient, rest = split(addend)
            before = coefficients.get(rest)
            coefficients[rest] = coefficient if before is None else bounded(before + coefficient)
    parts = [_times(c, rest) for rest, c in sorted(coefficients.items(), key=_by_key) if c]
    if not parts:
        return ZERO
    return parts[0] if len(parts) == 1 else App("+", tuple(parts))


def scale(coefficient: Fraction, term: Term) -> Term:
    """A number times a normal term, passed on to each term of a sum."""
    if coefficient is UNIT or coefficient == 1:
        return term
    if isinstance(term, App) and term.op == "+":
        return add([scale(coefficient, a) for a in term.args])
    old, rest = split(term)
    return _times(coefficient if old is UNIT else old * coefficient, rest) if coefficient else ZERO


def mul(terms: Iterable[Term]) -> Term:
    """The product of normal terms, with all exponentials in it merged into one."""
    coefficient, exponents, powers = UNIT, [], dict[Term, Term]()
    todo = [f for term in terms for f in factors(term)]
    lone = sum(not isinstance(f, Const) for f in todo) == 1
    while todo:
        factor = todo.pop()
        base, exponent = base_and_exponent(factor)
        if isinstance(factor, Const):
            coefficient = bounded(coefficient * factor.value)
        elif isinstance(factor, App) and factor.op == "exp":
            exponents.append(factor.args[0])
        elif isinstance(base, App) and base.op == "+" and not (lone and exponent == ONE):
            c, content, primitive = _primitive(base)
            if isinstance(exponent, Const) and exponent.value.denominator == 1:
                coefficient = bounded(coefficient * whole_power(c, int(exponent.value)))
            elif c == 1:
                pass
            elif c > 0:
                _raise(powers, Const(c), exponent)
            else:
                primitive = scale(c, primitive)
            exponents.append(mul([exponent, content]))
            _raise(powers, primitive, exponent)
        else:
            _raise(powers, base, exponent)
    rest = _picked_together([_power(b, e) for b, e in powers.items() if e != ZERO])
    exponential = exp(add(exponents)) if exponents else ONE
    for factor in factors(exponential):
        if isinstance(factor, Const):
            coefficient = bounded(coefficient * factor.value)
        else:
            rest.append(factor)
    if not coefficient:
        return ZERO
    if len(rest) == 2 and (sums := [f for f in rest if _is_sum_of_exponentials(f)]) and exponential in rest:
        return scale(coefficient, add(mul([exponential, a]) for a in sums[0].args))
    if len(rest) == 1:
        return scale(coefficient, rest[0])
    parts = sorted(rest, key=lambda f: f.key)
    if coefficient != 1:
        parts.insert(0, Const(coefficient))
    if not parts:
        return ONE
    return parts[0] if len(parts) == 1 else App("*", tuple(parts))


def _raise(powers: dict[Term, Term], base: Term, exponent: Term) -> None:
    """One factor more of a product."""
    before = powers.get(base, ZERO)
    # Almost always the first of its base.
    powers[base] = exponent if before is ZERO and exponent.node is None else add([before, exponent])


def _picked_together(parts: list[Term]) -> list[Term]:
    """The same component of several factors is that component of their product."""
    places: dict[Attrs, list[Term]] = {}
    for part in parts:
        base, _ = base_and_exponent(part)
        if isinstance(base, App) and base.op == "item":
            places.setdefault(base.attrs, []).append(part)
    for place, picked in places.items():
        if len(picked) > 1:
            pairs = [base_and_exponent(part) for part in picked]
            whole = mul(power(base.args[0], exponent) for base, exponent in pairs)
            parts = [*(p for p in parts if p not in picked), App("item", (whole,), place)]
    return parts


def power(base: Term, exponent: Term) -> Term:
    """A normal term to the power of another; even roots of even powers are left as they are."""
    if exponent == ZERO:
        return ONE
    if exponent == ONE:
        return base
    if isinstance(base, App) and base.op == "exp":
        return exp(mul([base.args[0], exponent]))
    whole = isinstance(exponent, Const) and exponent.value.denominator == 1
    if isinstance(base, Const) and whole and (base.value or exponent.value > 0):  # type: ignore[attr-defined]
        power_of = int(exponent.value)  # type: ignore[attr-defined]
        if abs(power_of) <= 64:
            return Const(base.value**power_of)
    if isinstance(base, App) and base.op == "*" and whole:
        return mul(power(f, exponent) for f in base.args)
    inner, inner_exponent = base_and_exponent(base)
    if inner_exponent != ONE and (whole or not _is_even(inner_exponent)):
        return power(inner, mul([inner_exponent, exponent]))
    if isinstance(base, App) and base.op == "+":
        return mul([_power(base, exponent)])
    return _power(base, exponent)


def exp(argument: Term) -> Term:
    """`exp` of a normal term; `exp(2*log(u) + v)` is `u^2 * exp(v)`."""
    if argument == ZERO:
        return ONE
    logs: list[Term] = []
    rest: list[Term] = []
    for addend in addends(argument):
        coefficient, inner = split(addend)
        if isinstance(inner, App) and inner.op == "log":
            logs.append(power(inner.args[0], Const(coefficient)))
        else:
            rest.append(addend)
    if not logs:
        return App("exp", (argument,))
    return mul([*logs, exp(add(rest))])


def log(argument: Term) -> Term:
    """`log` of a normal term; an exponential, an odd power or a constant factor comes out of it."""
    if argument == ONE:
        return ZERO
    if isinstance(argument, App) and argument.op == "exp":
        return argument.args[0]
    coefficient, rest = split(argument)
    if coefficient > 0 and coefficient != 1 and rest != ONE:
        return add([log(Const(coefficient)), log(rest)])
    if isinstance(rest, App) and rest.op == "*" and coefficient == 1:
        outside = [f for f in rest.args if isinstance(f, App) and f.op == "exp"]
        if outside:
            inside = mul(f for f in rest.args if f not in outside)
            return add([*(f.args[0] for f in outside), log(inside)])
    base, exponent = base_and_exponent(argument)
    if exponent != ONE and not _is_even(exponent):
        return mul([exponent, log(base)])
    return App("log", (argument,))


def is_positive(term: Term) -> bool:
    """Whether a normal term is made of exponentials and numbers in a way that leaves it no other sign."""
    if isinstance(term, Const):
        return term.value > 0
    if not isinstance(term, App):
        return False
    if term.op in ("exp", "cosh", "pi"):
        return True
    return term.op in POSITIVE and all(map(is_positive, term.args[:1] if term.op == "^" else term.args))


def is_not_negative(term: Term) -> bool:
    """Whether a normal term is made of squares, exponentials and the like in a way that it is never below 0."""
    if isinstance(term, App) and term.op == "^":
        exponent = term.args[1]
        even = isinstance(exponent, Const) and exponent.value.numerator % 2 == 0
        return even or exponent == HALF or is_not_negative(term.args[0])
    if isinstance(term, App) and term.op in POSITIVE | {"max", "min", "maximum", "minimum"}:
        return all(map(is_not_negative, term.args))
    return is_positive(term) or (isinstance(term, App) and term.op == "abs") or term == ZERO


def _times(coefficient: Fraction, rest: Term) -> Term:
    if rest == ONE:
        return Const(coefficient)
    if coefficient is UNIT or coefficient == 1:
        return rest
    product = App("*", (Const(coefficient), *factors(rest)))
    product.coefficient_and_rest = coefficient, rest
    return product


def _power(base: Term, exponent: Term) -> Term:
    return base if exponent == ONE else App("^", (base, exponent))


def _is_even(exponent: Term) -> bool:
    """Whether `x^exponent` may lose the sign of x; of an unknown exponent it is assumed."""
    return not isinstance(exponent, Const) or exponent.value.numerator % 2 == 0


def _by_key(item: tuple[Term, Fraction]) -> str:
    return item[0].key


def _is_sum_of_exponentials(term: Term) -> bool:
    return (
        isinstance(term, App)
        and term.op == "+"
        and all((isinstance(rest := split(a)[1], App) and rest.op == "exp") or rest == ONE for a in term.args)
    )


def _primitive(total: App) -> tuple[Fraction, Term, Term]:
    """A sum as number, exponent and rest: `total = c * exp(h) * rest`.

    The smallest exponent (in an order that shifting does not change) is taken out, then the
    size of the first coefficient before something that is no number, and the sign of the first of all; so
    rearranged and rescaled sums share their rest.
    """
    exponents = [_exponent(a) for a in total.args]
    content = exponents[0]
    for other in exponents[1:]:
        if _leading_sign(add([other, scale(Fraction(-1), content)])) < 0:
            content = other
    rest: Term = total
    if content != ZERO:
        shift = App("exp", (scale(Fraction(-1), content),))
        rest = add(mul([a, shift]) for a in total.args)
    parts = [split(a) for a in addends(rest)]
    # A number stands for itself: `1e-9 + s` is not `1e-9 * (1 + 1e9 * s)`.
    size = abs(next((c for c, inner in parts if inner != ONE), parts[0][0]))
    first = size if parts[0][0] > 0 else -size
    return first, content, scale(1 / first, rest)


def _exponent(addend: Term) -> Term:
    return next((f.args[0] for f in factors(addend) if isinstance(f, App) and f.op == "exp"), ZERO)


def _leading_sign(linear: Term) -> int:
    first = split(addends(linear)[0])[0]
    return (first > 0) - (first < 0)
