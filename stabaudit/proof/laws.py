"""The distributions that are known: what lies below and above a point, and their densities, in mpmath numbers.

Beyond the ends of a distribution, where all or nothing lies below, none has a value here. `z` is standardized; a and b
are the parameters of the shape in the order of SciPy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mpmath import mp, mpf

Function = Callable[[Any, Any, Any], Any]


#: Series have a term for each unit of their arguments; of so many nothing is known here.
LONGEST = 3e2


def normal(z: Any) -> Any:
    """The part of the normal distribution below z; beyond 10^4 deviations there is nothing to any float."""
    return mp.ncdf(z) if abs(z) < 1e4 else mpf(z > 0)


def _lower(a: Any, x: Any) -> Any:
    return mp.gammainc(a, 0, x, regularized=True) if 0 < x < LONGEST and 0 < a < LONGEST else mp.nan


def _upper(a: Any, x: Any) -> Any:
    return mp.gammainc(a, x, mp.inf, regularized=True) if 0 < x < LONGEST and 0 < a < LONGEST else mp.nan


def _part(a: Any, b: Any, x: Any) -> Any:
    """The regularized incomplete beta function."""
    return mp.betainc(a, b, 0, x, regularized=True) if 0 < x < 1 and max(a, b) < 1e3 and min(a, b) > 0 else mp.nan


def _t(z: Any, df: Any) -> Any:
    """The part of Student's distribution below z."""
    tail = _part(df / 2, mpf(1) / 2, df / (df + z * z)) / 2
    return tail if z < 0 else 1 - tail


def _whole(k: Any) -> Any:
    """The whole number at or below k, at which a discrete distribution counts."""
    return mp.floor(k)


def reflected(q: Any) -> Any:
    """What a part lacks to 1, with all its digits."""
    with mp.workprec(mp.prec * 2 + 1200):
        return 1 - q


CDF: dict[str, Function] = {
    "norm": lambda z, a, b: normal(z),
    "t": lambda z, a, b: _t(z, a),
    "chi2": lambda z, a, b: _lower(a / 2, z / 2),
    "f": lambda z, a, b: _part(a / 2, b / 2, a * z / (a * z + b)) if z > 0 else mp.nan,
    "gamma": lambda z, a, b: _lower(a, z),
    "expon": lambda z, a, b: -mp.expm1(-z) if z > 0 else mp.nan,
    "beta": lambda z, a, b: _part(a, b, z),
    "poisson": lambda z, a, b: _upper(_whole(z) + 1, a) if z >= 0 else mp.nan,
    "binom": lambda z, a, b: _part(a - _whole(z), _whole(z) + 1, 1 - b) if 0 <= z < a else mp.nan,
}
SF: dict[str, Function] = {
    "norm": lambda z, a, b: normal(-z),
    "t": lambda z, a, b: _t(-z, a),
    "chi2": lambda z, a, b: _upper(a / 2, z / 2),
    "f": lambda z, a, b: _part(b / 2, a / 2, b / (a * z + b)) if z > 0 else mp.nan,
    "gamma": lambda z, a, b: _upper(a, z),
    "expon": lambda z, a, b: mp.exp(-z) if z > 0 else mp.nan,
    "beta": lambda z, a, b: _part(b, a, 1 - z),
    "poisson": lambda z, a, b: _lower(_whole(z) + 1, a) if z >= 0 else mp.nan,
    "binom": lambda z, a, b: _part(_whole(z) + 1, a - _whole(z), b) if 0 <= z < a else mp.nan,
}
#: The logarithm of the density, or of the probability of a whole number.
LOG: dict[str, Function] = {
    "norm": lambda z, a, b: -z * z / 2 - mp.log(2 * mp.pi) / 2,
    "t": lambda z, a, b: (
        mp.loggamma((a + 1) / 2) - mp.loggamma(a / 2) - mp.log(a * mp.pi) / 2 - (a + 1) / 2 * mp.log1p(z * z / a)
    ),
    "chi2": lambda z, a, b: (a / 2 - 1) * mp.log(z) - z / 2 - a / 2 * mp.log(2) - mp.loggamma(a / 2),
    "f": lambda z, a, b: (
        a / 2 * mp.log(a / b)
        + (a / 2 - 1) * mp.log(z)
        - (a + b) / 2 * mp.log1p(a * z / b)
        - mp.log(mp.beta(a / 2, b / 2))
    ),
    "gamma": lambda z, a, b: (a - 1) * mp.log(z) - z - mp.loggamma(a),
    "expon": lambda z, a, b: -z if z > 0 else mp.nan,
    "beta": lambda z, a, b: (a - 1) * mp.log(z) + (b - 1) * mp.log1p(-z) - mp.log(mp.beta(a, b)),
    "poisson": lambda z, a, b: z * mp.log(a) - a - mp.loggamma(z + 1) if _whole(z) == z >= 0 else -mp.inf,
    "binom": lambda z, a, b: (
        mp.log(mp.binomial(a, z)) + z * mp.log(b) + (a - z) * mp.log1p(-b) if _whole(z) == z >= 0 else -mp.inf
    ),
}
#: A density.
PDF: dict[str, Function] = {law: lambda z, a, b, law=law: mp.exp(LOG[law](z, a, b)) for law in LOG}  # type: ignore[misc]
#: Quantiles, of those that have a formula.
PPF: dict[str, Function] = {
    "norm": lambda q, a, b: -mp.sqrt(2) * mp.erfinv(1 - 2 * q),
    "expon": lambda q, a, b: -mp.log1p(-q),
}
