"""Special functions of what was computed before have as many digits as that has."""

from __future__ import annotations

import numpy as np
from mpmath import mp

from stabaudit.proof.exact import exact
from stabaudit.terms import Var
from stabaudit.terms.ops import betainc, exp, factorial, gamma, gammaln


def test_a_sum_is_handed_to_a_special_function_with_all_its_bits():
    k = Var("k")
    small = {k: np.float64(1e-10)}
    # In 53 bits `1 + k` is off by 8e-18, and the logarithm of its gamma function by half of that.
    one, other = exact(exp(gammaln(k + 1)), small), exact(factorial(k), small)
    with mp.workprec(200):
        assert abs(one / other - 1) < mp.mpf(2) ** -80


def test_what_is_nothing_by_a_special_function_needs_few_bits():
    a, x = Var("a"), Var("x")
    # With bounds around the 1 that is taken away it would be decided at no precision.
    value = exact(gamma(a) * (1 - betainc(a, a, x)), {a: np.float64(0.5), x: np.float64(1.0)}, most=320)
    assert value == 0
