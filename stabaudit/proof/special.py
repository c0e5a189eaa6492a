"""Special functions and distributions: their floats, and bounds of their true values.

mpmath computes them to any precision, though not with bounds: each value counts as right to a few bits less than it
was computed with, and of an interval the ends are asked for, as its width is far below that of any turn of the
function. What the code's library computes is taken to be the float nearest to the true value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from mpmath import iv, libmp, mp, mpf

from stabaudit.proof.error import rounded
from stabaudit.proof.laws import CDF, LOG, PDF, PPF, SF, normal, reflected
from stabaudit.proof.no_value import NotEvaluable, Undecided, Undefined

#: Bits beyond those asked for with which a value is computed, and those of them that are not relied on.
MORE, DOUBTED = 40, 24
#: Nothing larger is asked for: series of so many terms do not end.
LARGEST = 2e4
#: Series that take a term for each unit of their arguments, which are positive, and the most there may be; where one is
#: next to nothing they take seconds.
SERIES, SHORTEST, LONGEST = frozenset({"gammainc", "gammaincc", "betainc", "betaincc"}), 1e-20, 3e2
#: Bessel functions of any order, which is positive here, as their operand is, and the highest.
OF_ORDER, HIGHEST = frozenset({"iv", "ive"}), 1e2
#: An interval wider than this, relative to it, says nothing yet.
WIDEST = mpf(2) ** -40


def _ratio(x: Any, y: Any) -> Any:
    return mpf(0) if x == 0 and y >= 0 else x * mp.log(x / y)


def _log(part: Any, rest: Any) -> Any:
    """The logarithm of a part, of which the rest is known to all digits."""
    return mp.log1p(-rest) if rest < part else mp.log(part)


def _beta_part(a: Any, b: Any, x: Any) -> Any:
    """The incomplete beta function, which is x at its ends."""
    return int(x) if x in (0, 1) else mp.betainc(a, b, 0, x, regularized=True)


def _beta_tail(a: Any, b: Any, x: Any) -> Any:
    """What the incomplete beta function lacks to 1; `1 - x` would round to 1 for a small x."""
    whole = _beta_part(a, b, x)
    return 1 - whole if whole < 0.75 else _beta_part(b, a, 1 - x)


def _series(x: Any, divisor: Callable[[int], Any]) -> Any:
    """The sum of `x**n / divisor(n)` from the square on, of a small x."""
    total, n, power = mpf(0), 2, x * x
    while abs(power) > abs(x * x) * mpf(2) ** -(mp.prec + 4):
        total += power / divisor(n)
        n, power = n + 1, power * x
    return total


#: A whole number of Python, and not of mpmath, is exact. With bounds around it, what is nothing by it would be asked
#: for with ever more bits, with which the gamma function takes a second.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "erf": mp.erf,
    "erfc": mp.erfc,
    "erfcx": lambda x: mp.exp(x * x) * mp.erfc(x),
    "ndtr": normal,
    "log_ndtr": lambda x: _log(normal(x), normal(-x)),
    "gamma": mp.gamma,
    "gammaln": lambda x: mp.re(mp.loggamma(x)),
    "factorial": lambda n: mp.gamma(n + 1),
    "beta": mp.beta,
    "betaln": lambda a, b: mp.log(mp.beta(a, b)),
    "comb": mp.binomial,
    "gammainc": lambda a, x: mp.gammainc(a, 0, x, regularized=True),
    "gammaincc": lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True),
    "betainc": _beta_part,
    "betaincc": _beta_tail,
    "i0": lambda x: mp.besseli(0, x),
    "i0e": lambda x: mp.besseli(0, x) * mp.exp(-abs(x)),
    "i1": lambda x: mp.besseli(1, x),
    "i1e": lambda x: mp.besseli(1, x) * mp.exp(-abs(x)),
    "iv": mp.besseli,
    "ive": lambda v, x: mp.besseli(v, x) * mp.exp(-abs(x)),
    "asinh": mp.asinh,
    "acosh": mp.acosh,
    "atanh": mp.atanh,
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "sin_by_x": lambda x: mp.sin(x) / x if x else mpf(1),
    "acos": mp.acos,
    "asin": mp.asin,
    "atan2": mp.atan2,
    "exprel": lambda x: mp.expm1(min(x, LARGEST)) / x if x else mpf(1),
    "expm1_less_x": lambda x: _series(x, lambda n: mp.fac(n)) if abs(x) < mpf(2) ** -20 else mp.expm1(x) - x,
    "log1p_less_x": lambda x: _series(x, lambda n: -n * mpf(-1) ** n) if abs(x) < mpf(2) ** -20 else mp.log1p(x) - x,
    "entr": lambda x: -_ratio(x, mpf(1)),
    "xlogy": lambda x, y: x * mp.log(y) if x else mpf(0),
    "rel_entr": _ratio,
}
#: What there is a value of beyond `LARGEST`.
BOUNDLESS = frozenset({"xlogy", "entr", "rel_entr", "exprel", "cbrt", "asinh", "acosh", "sin_by_x"})
#: Functions of a distribution.
OF_LAWS: dict[str, Callable[..., Any]] = {
    "cdf": lambda law, z, a, b, scale: CDF[law](z, a, b),
    "sf": lambda law, z, a, b, scale: SF[law](z, a, b),
    "pdf": lambda law, z, a, b, scale: PDF[law](z, a, b) / scale,
    "logcdf": lambda law, z, a, b, scale: _log(CDF[law](z, a, b), SF[law](z, a, b)),
    "logsf": lambda law, z, a, b, scale: _log(SF[law](z, a, b), CDF[law](z, a, b)),
    "logpdf": lambda law, z, a, b, scale: LOG[law](z, a, b) - mp.log(scale),
}
QUANTILES = frozenset({"ppf", "isf"})
#: Operations that have a value here, but those of matrices.
KNOWN = FUNCTIONS.keys() | OF_LAWS.keys() | QUANTILES


def number(op: str, operands: tuple[Any, ...], law: str | None = None) -> Any:
    """The value at mpmath numbers with mpmath's precision, or exactly; raises `Undefined` where there is none."""
    if op not in BOUNDLESS and any(abs(x) > LARGEST for x in operands):
        raise Undefined("too far out")
    if op in SERIES and any(not SHORTEST <= x <= LONGEST for x in operands):
        raise Undefined("outside of what is defined, or too far out")
    if op in OF_ORDER and (operands[1] < 0 or not 0 <= operands[0] <= HIGHEST):
        raise Undefined("outside of what is defined, or of too high an order")
    if op in FUNCTIONS:
        value = FUNCTIONS[op](*operands)
    else:
        value = _of_law(op, law, *operands)
    if isinstance(value, int):
        return value
    if not isinstance(value, mp.mpf) or mp.isnan(value) or mp.isinf(value):
        raise Undefined("no real value")
    return value


def _of_law(op: str, law: str | None, x: Any, a: Any, b: Any, loc: Any, scale: Any) -> Any:
    if law not in CDF:
        raise NotEvaluable(f"nothing is known of `{law}`")
    if scale <= 0:
        raise Undefined("a scale below zero")
    if op in QUANTILES:
        if op == "isf":
            x = reflected(x)
        if law not in PPF:
            raise NotEvaluable(f"nothing is known of the quantiles of `{law}`")
        return loc + scale * PPF[law](x, a, b)
    return OF_LAWS[op](law, (x - loc) / scale, a, b, scale)


# A change is looked at on the samples on which the verdict was found, and some values take a third of a second.
@lru_cache(maxsize=1 << 14)
def _nearest(op: str, point: tuple[float, ...], law: str | None) -> Any:
    """The value at floats, with some more digits than a float has; nan where there is none."""
    if not all(map(np.isfinite, point)):
        return mp.nan
    try:
        with mp.workprec(53 + MORE):
            return mpf(number(op, tuple(map(mpf, point)), law))
    except (Undefined, *FAILURES):
        return mp.nan


def floats(op: str, operands: list[Any], law: str | None = None) -> Any:
    """The floats nearest to the values at floats, nan where there is none, infinite where that is too large."""
    kind = np.result_type(*(np.asarray(x).dtype for x in operands))
    if kind.kind != "f":
        kind = np.dtype(np.float64)

    def at(*point: Any) -> Any:
        return _nearest(op, tuple(map(float, point)), law)

    return rounded(np.frompyfunc(at, len(operands), 1)(*map(np.asarray, operands)), kind)[()]


#: How mpmath says that there is no value, or that it found none.
FAILURES = (ValueError, ZeroDivisionError, OverflowError, libmp.NoConvergence, libmp.ComplexResult, TypeError)


def interval(op: str, operands: tuple[Any, ...], law: str | None = None) -> Any:
    """Bounds of the value on intervals; raises `Undefined` or `Undecided`."""
    ends = []
    bits = iv.prec
    # The ends have as many bits as they were computed with; mpmath would round them to its own.
    with mp.workprec(bits + MORE):
        for x in operands:
            low, high = mpf(x.a), mpf(x.b)
            if high - low > WIDEST * max(abs(low), abs(high)):
                raise Undecided
            ends.append((low,) if low == high else (low, high))
        try:
            values = [_corner(op, corner, law, mp.prec) for corner in product(*ends)]
        except (ZeroDivisionError, ValueError, libmp.ComplexResult) as error:
            raise Undefined(str(error)) from error
        except FAILURES as error:
            raise NotEvaluable(str(error)) from error
        low, high = min(values), max(values)
        if all(isinstance(value, int) for value in values):
            return iv.mpf([low, high])
        doubt = max(abs(low), abs(high)) * mpf(2) ** -(bits + MORE - DOUBTED) + (high - low)
        bounds = low - doubt, high + doubt
    return iv.mpf([bounds[0], bounds[1]])


# The same samples are bounded for the expression, for its parts and for each rewrite.
@lru_cache(maxsize=1 << 14)
def _corner(op: str, point: tuple[Any, ...], law: str | None, bits: int) -> Any:
    """The value at a corner of intervals, computed with `bits`, which is the precision at hand."""
    return number(op, point, law)


def elementwise(op: str, operands: list[Any], law: str | None = None) -> Any:
    """Bounds of the values on arrays of intervals."""
    return np.frompyfunc(lambda *point: interval(op, point, law), len(operands), 1)(*operands)


def determinant(x: npt.NDArray[Any]) -> Any:
    """The determinants of the matrices in the last two axes, by cofactors; raises `NotEvaluable` for large ones."""
    if x.ndim < 2 or x.shape[-1] != x.shape[-2] or x.shape[-1] > 4:
        raise NotEvaluable("no small square matrix")
    size = x.shape[-1]
    if size == 1:
        return x[..., 0, 0]
    total: Any = 0
    for column in range(size):
        minor = determinant(np.delete(x[..., 1:, :], column, axis=-1))
        term = x[..., 0, column] * minor
        total = total + term if column % 2 == 0 else total - term
    return total
