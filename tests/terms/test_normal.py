from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from stabaudit.terms import App, Const, Term, Var
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import exp, expand, log, sigmoid

x, y = Var("x"), Var("y")
LEAVES = st.sampled_from([x, y, Const(1), Const(2), Const(-1), Const(Fraction(1, 3))])


def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pairs = st.tuples(st.sampled_from(["add", "sub", "mul", "div"]), inner, inner)
    single = st.tuples(st.sampled_from(["neg", "exp", "log"]), inner)
    powers = st.tuples(inner, st.sampled_from([-2, -1, 0, 1, 2, 3, Fraction(1, 2)]))
    return st.one_of(
        pairs.map(lambda p: App(p[0], p[1:])),
        single.map(lambda p: App(p[0], p[1:])),
        powers.map(lambda p: p[0] ** p[1]),
    )


TERMS = st.recursive(LEAVES, grown, max_leaves=7)


def value(term: Term, at: dict[Term, mpf]) -> mpf:
    """The value of a raw or normal term; raises where there is no real one."""
    if isinstance(term, Var):
        return at[term]
    if isinstance(term, Const):
        return mpf(term.value.numerator) / term.value.denominator
    args = [value(a, at) for a in term.args]
    result = MEANINGS[term.op](*args)
    if isinstance(result, mp.mpc):
        raise ValueError("not real")
    # Beyond this, powers and exponentials of exponentials take forever.
    if abs(result) > 1000 or 0 < abs(result) < mpf("1e-6"):
        raise OverflowError
    return result


def product(*factors: mpf) -> mpf:
    result = mpf(1)
    for factor in factors:
        result *= factor
    return result


MEANINGS: dict[str, Callable[..., mpf]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": lambda a, b: a**b,
    "^": lambda a, b: a**b,
    "+": lambda *a: mp.fsum(a),
    "*": product,
    "exp": mp.exp,
    "log": lambda a: mp.log(a) if a else 1 / a,
}


def rearranged(term: Term, chance: random.Random) -> Term:
    """The same expression over the reals, written in another way."""
    if not isinstance(term, App):
        return term
    args = [rearranged(a, chance) for a in term.args]
    coin = chance.random() < 0.5
    if term.op in ("add", "mul"):
        a, b = args[::-1] if coin else args
        if isinstance(b, App) and b.op == term.op and chance.random() < 0.5:
            return App(term.op, (App(term.op, (a, b.args[0])), b.args[1]))
        return App(term.op, (a, b))
    if term.op == "sub" and coin:
        return args[0] + -args[1]
    if term.op == "div" and coin:
        return args[0] * args[1] ** -1
    if term.op == "neg" and coin:
        return args[0] * -1
    if term.op == "pow" and args[1] == Const(2) and coin:
        return args[0] * args[0]
    return App(term.op, tuple(args), term.attrs)


def tried(term: Term) -> Term:
    try:
        return normal(term)
    except ZeroDivisionError:
        assume(False)
        raise


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TERMS, st.integers(0, 1000))
def test_all_rearrangements_share_one_normal_form(term: Term, seed: int):
    assert tried(rearranged(term, random.Random(seed))) == tried(term)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TERMS)
@example((x + y) ** Fraction(1, 2))
def test_the_normal_form_of_a_normal_form_is_itself(term: Term):
    assert normal(tried(term)) == tried(term)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TERMS, st.integers(1, 400), st.integers(-400, 400))
def test_the_normal_form_has_the_value_of_the_expression(term: Term, p: int, q: int):
    with mp.workprec(300):
        at = {x: mpf(p) / 97, y: mpf(q) / 89}
        try:
            raw, other = value(term, at), value(tried(term), at)
        except (ZeroDivisionError, ValueError, OverflowError):
            assume(False)
        # What cancels to nothing leaves the rounding of its parts.
        assert abs(raw - other) <= mpf(2) ** -200 * (1 + abs(raw))


@pytest.mark.parametrize(
    "replacement",
    [
        1 / (1 + exp(-x)),
        exp(x) / (exp(x) + 1),
        exp(x / 2) / (exp(x / 2) + exp(-x / 2)),
        (1 + exp(-x)) ** -1,
        2 * exp(x) / (2 + 2 * exp(x)),
        sigmoid(x),
    ],
    ids=str,
)
def test_all_twins_of_the_sigmoid_are_one(replacement: Term):
    assert normal(expand(replacement)) == normal(1 / (1 + exp(-x)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (log(x**2), 2 * log(x)),
        ((x**2) ** Fraction(1, 2), x),
        (exp(x) + 1, exp(x + 1)),
        (log(x + y), log(x) + log(y)),
        (x - y, y - x),
        (1 / (1 + exp(x)), 1 / (1 + exp(-x))),
    ],
    ids=str,
)
def test_what_is_not_the_same_everywhere_is_not_the_same(one: Term, other: Term):
    assert normal(one) != normal(other)
