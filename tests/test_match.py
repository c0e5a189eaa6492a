from __future__ import annotations

from fractions import Fraction

import pytest

from stabaudit.terms import Const, Lit, Term, Var
from stabaudit.terms.arithmetic import ONE
from stabaudit.terms.match import MOST_PARTS, more_specific, patterns
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import exp, expand, log, sum_

a, b, c, p, q, x, axis = (Var(n) for n in ("a", "b", "c", "p", "q", "x", "axis"))


def fit(template: Term, term: Term) -> dict[str, Term] | None:
    for pattern in patterns(expand(template), frozenset(v for v in template.variables if v != axis)):
        if (found := pattern.match(normal(expand(term)))) is not None and found.rest == ONE:
            return {v.name: t for v, t in found.bindings.items()}
    return None


def rest(template: Term, term: Term) -> Term | None:
    (pattern, *_) = patterns(expand(template), template.variables)
    found = pattern.match(normal(expand(term)))
    return None if found is None else found.rest


@pytest.mark.parametrize("term", [log(1 + p), log(p + 1), log(p + Const(Fraction(1)))], ids=str)
def test_a_sum_matches_in_any_order(term: Term):
    assert fit(log(1 + x), term) == {"x": p}


def test_a_lone_variable_takes_what_is_left_of_a_sum():
    assert fit(log(1 + x), log(p + 1 + q)) == {"x": normal(p + q)}


def test_the_same_variable_is_always_the_same_value():
    template = exp(x) / sum_(exp(x), axis=axis, keepdims=True)
    assert fit(template, exp(p) / sum_(exp(p), axis=Lit(1), keepdims=True)) == {"x": p, "axis": Lit(1)}
    assert fit(template, exp(p) / sum_(exp(q), axis=Lit(1), keepdims=True)) is None


def test_settings_have_to_agree():
    template = log(sum_(exp(x), axis=axis, keepdims=True))
    assert fit(template, log(sum_(exp(p), axis=Lit(0), keepdims=True))) is not None
    assert fit(template, log(sum_(exp(p), axis=Lit(0), keepdims=False))) is None


@pytest.mark.parametrize("sign", [1, -1])
def test_a_pattern_fits_whichever_way_its_variable_points(sign: int):
    assert fit(exp(x) / (1 + exp(x)), 1 / (1 + exp(sign * p))) == {"x": normal(-sign * p)}


def test_what_is_multiplied_with_the_pattern_is_the_rest():
    assert rest(log(1 + exp(x)), 3 * p * log(1 + exp(q))) == normal(3 * p)
    assert rest(exp(x) - 1, 1 - exp(q)) == Const(-1)


@pytest.mark.parametrize(("one", "other"), [(p, q), (q, p)], ids=str)
def test_of_the_ways_to_fit_a_product_the_one_that_leaves_nothing_over_is_taken(one: Term, other: Term):
    template = exp(a) / (1 + exp(a) + exp(b))
    assert fit(template, exp(one) / (1 + exp(p) + exp(q))) == {"a": one, "b": other}


def test_a_constant_that_is_not_the_pattern_s_is_no_match():
    assert fit(log(1 + exp(x)), log(2 + exp(p))) is None
    assert fit(exp(x) - 1, exp(p) - 2) is None


def test_a_variable_is_not_nothing():
    assert fit(exp(a) / (exp(a) + exp(b)), Const(Fraction(1, 2))) is None
    (pattern, *_) = patterns(log(1 + exp(x)), frozenset({x}))
    assert pattern.match(normal(log(Const(2)))) is None


def test_the_narrower_of_two_patterns_is_computed():
    (wide,) = patterns(log(1 + x), frozenset())
    (narrow,) = patterns(log(1 + exp(x)), frozenset())
    assert more_specific(narrow, wide)
    assert not more_specific(wide, narrow)
    assert not more_specific(wide, wide)


def test_a_sum_of_very_many_parts_is_left_alone_and_costs_nothing():
    many = [Var(f"v{i}") for i in range(4 * MOST_PARTS)]
    total: Term = Const(0)
    for v in many:
        total = total + exp(v)
    assert fit(log(exp(a) + exp(b) + exp(c)), log(total)) is None
