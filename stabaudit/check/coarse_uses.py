"""Where lost digits do not show: in what is rounded, or compared with more than them."""

from __future__ import annotations

from fractions import Fraction

from stabaudit.terms import App, Const, Term, walk
from stabaudit.terms.arithmetic import MINUS_ONE, ONE, add, addends, factors, is_positive, log, mul, scale, split
from stabaudit.terms.match import is_endless
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand

#: Operations that make no more of lost digits than they are.
STEADY = frozenset(
    {"neg", "abs", "add", "sub", "mul", "same", "clip", "maximum", "minimum", "sum", "mean", "max", "min", "where"}
)
COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
#: What is compared with less than this, or multiplied with more than one through this, may be the digits that are lost.
SMALL = Fraction(1, 10**6)


def is_coarse(term: App) -> bool:
    """Whether the last digits of operands do not show in what is made of them: `abs(exp(x) - 1) > 0.2`."""
    if term.op in COMPARISONS:
        return not any(isinstance(n := normal(expand(o)), Const) and abs(n.value) < SMALL for o in term.args)
    return term.op == "floor"


def is_outweighed(operand: Term, total: App) -> bool:
    """Whether what loses its digits stands beside more: an exponential, or beside `log(1 - u)` the logarithm of u."""
    if total.op not in ("add", "sub") or is_endless(total):
        return False
    if _is_beside_an_exponential(operand, total):
        return True
    parts = factors(split(normal(expand(operand)))[1])
    logarithms = [f for f in parts if isinstance(f, App) and f.op == "log" and f.variables]
    # To base 10 it is divided by another logarithm, and so is that beside it.
    unit = mul(f for f in parts if f not in logarithms)
    if len(logarithms) != 1 or unit.variables:
        return False
    other = add([ONE, scale(MINUS_ONE.value, logarithms[0].args[0])])
    beside = {split(addend)[1] for addend in addends(normal(expand(total)))}
    return beside.issuperset(split(mul([unit, addend]))[1] for addend in addends(log(other)))


def _is_beside_an_exponential(operand: Term, total: App) -> bool:
    """Whether a difference that is near zero is added to what is above zero: `exp(a) + (exp(b) - 1)`."""
    other = total.args[1] if operand is total.args[0] else total.args[0]
    added = total.op == "add" or operand is total.args[0]
    value = scale(ONE.value if added else MINUS_ONE.value, normal(expand(operand)))
    taken = total.op == "sub" and other is total.args[1]
    beside = scale(MINUS_ONE.value if taken else ONE.value, normal(expand(other)))
    grows = any(split(a)[0] > 0 for a in addends(value) if "exp" in a.ops)
    return grows and "exp" in beside.ops and is_positive(beside)


def is_steady(term: App) -> bool:
    """Whether lost digits of operands are no more of the result: a sum, a multiple."""
    sizes = [abs(a.value) for a in term.args if isinstance(a, Const)]
    if term.op in ("mul", "div") and not all(SMALL < size < 1 / SMALL for size in sizes):
        return False
    return term.op in STEADY or (term.op == "div" and not term.args[1].variables)


def answered(term: App) -> list[Term]:
    """The operands whose fault an operation answers for."""
    clamped = _is_clamped(term)
    found = [o for o in term.args if clamped or _is_weighed_by_itself(o, term)]
    if term.op == "mul":
        # `p * (log(p) - log(q))` weighs each logarithm by itself.
        totals = [o for o in term.args if isinstance(o, App) and o.op in ("add", "sub")]
        found += [a for t in totals for a in t.args if _is_weighed_by_itself(a, App("mul", (_other(t, term), a)))]
    return [operand for operand in found if operand.node is not None]


def _other(operand: Term, product: App) -> Term:
    return product.args[1] if operand is product.args[0] else product.args[0]


def _is_weighed_by_itself(operand: Term, product: App) -> bool:
    """Whether a logarithm is multiplied by what it is taken of, but for a guard: `p * log(p + eps)` is no loss."""
    if product.op != "mul":
        return False
    other = _other(operand, product)
    _, rest = split(normal(expand(operand)))
    if not isinstance(rest, App) or rest.op != "log":
        return False
    inside, added = set(walk(rest.args[0])), set(addends(rest.args[0]))
    weights = [f for f in factors(split(normal(expand(other)))[1]) if isinstance(f, App)]
    return any(f in inside or (f.op == "+" and added.issuperset(a for a in f.args if a.variables)) for f in weights)


def _is_clamped(term: App) -> bool:
    """Whether an operation keeps its operand from falling below zero: `maximum(x, 0)`, `abs(x)`."""
    floors = (a for a in term.args if isinstance(a, Const))
    return term.op == "abs" or (term.op in ("maximum", "clip") and any(0 <= floor.value < SMALL for floor in floors))
