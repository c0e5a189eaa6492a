"""The true value of a term: interval arithmetic of growing precision until the answer is decided.

Agreement of two precisions is no proof (`log(1 + 1e-300)` is 0 at 40 and at 160 digits), so each
step carries bounds. mpmath's `iv.exp` is off by its last place for some tiny arguments, therefore a
value counts only when two successive precisions agree on it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from mpmath import iv, mp, mpf
from mpmath.libmp import ComplexResult

from stabaudit.proof.floats import SPECIAL, VIEWS, setting, viewed
from stabaudit.proof.intervals import (
    cosh,
    equal,
    exp,
    less,
    less_equal,
    log,
    maximum,
    minimum,
    nonzero,
    point,
    sign,
    sinh,
    sqrt,
    tanh,
    whole_power,
)
from stabaudit.proof.no_value import NotEvaluable, Undecided, Undefined
from stabaudit.proof.special import determinant
from stabaudit.proof.special import elementwise as special
from stabaudit.terms import App, Const, Data, Lit, Term, Var
from stabaudit.terms.ops import expand

#: Bits of working precision tried in turn; the last but one decides `1 + exp(-1e4)`, the last confirms it.
PRECISIONS = (160, 320, 640, 1280, 2560, 5120, 10240, 20480, 40960)
#: Special functions take seconds beyond.
MOST_OF_SPECIAL = 2560
#: A result is decided when its bounds differ by less than this, relative to it: 20 bits beyond a float64.
WIDTH = mpf(2) ** -74
ZERO = mpf(0)
#: What is smaller than this is nothing to a float64: 26 bits below the smallest one.
NOTHING = mpf(2) ** -1100


def exact(term: Term, values: Mapping[Var, Any], nothing: mpf = ZERO, most: int = PRECISIONS[-1]) -> Any:
    """The value of `term` as an array of mpmath numbers, right to 20 bits beyond a float64, or to `nothing`.

    `values` are floats or arrays, taken as the exact numbers that they are. Raises `Undefined` where there is no real
    value and `NotEvaluable` where a step has no interval meaning, or `most` bits do not decide.
    """
    term = expand(term)
    if not SPECIAL.isdisjoint(term.ops):
        most = min(most, MOST_OF_SPECIAL)
    last = None
    for bits in [p for p in PRECISIONS if p <= most]:
        before, iv.prec = iv.prec, bits
        try:
            value = _numbers(_Intervals(values).value(term))
            with mp.workprec(bits):
                now = _decided(value, nothing)
                if last is not None and _agree(last, now, nothing):
                    return now
            last = now
        except Undecided:
            last = None
        except (ComplexResult, ZeroDivisionError) as error:
            raise Undefined(str(error)) from error
        except (ValueError, TypeError, IndexError, OverflowError, MemoryError) as error:
            # `exp(exp(exp(x)))` has more digits than there is memory.
            raise NotEvaluable(str(error)) from error
        finally:
            iv.prec = before
    raise NotEvaluable("no decision at the highest precision")


class _Intervals:
    def __init__(self, values: Mapping[Var, Any]) -> None:
        self.values = values
        self._known: dict[Term, Any] = {}

    def value(self, term: Term) -> Any:
        if term not in self._known:
            self._known[term] = self._compute(term)
        return self._known[term]

    def _compute(self, term: Term) -> Any:
        if isinstance(term, Var):
            if term not in self.values:
                raise NotEvaluable(f"`{term.name}` has no value")
            return _POINT(np.asarray(self.values[term]))
        if isinstance(term, Const):
            return iv.mpf(term.value.numerator) / iv.mpf(term.value.denominator)
        if isinstance(term, Data):
            return _POINT(np.asarray(term.values, dtype=float))
        if isinstance(term, Lit):
            return term.value
        assert isinstance(term, App)
        if term.op == "where":
            return self._where(term)
        if term.op == "branch":
            taken = np.all(np.asarray(_TRUTH(self.value(term.args[0])), dtype=bool))
            return self.value(term.args[1] if taken else term.args[2])
        if term.op == "masked":
            return self.value(term.args[0])
        if term.op == "pair" and len(term.args) == 2:
            return self.value(term.args[1])
        if term.op in ("pow", "^"):
            return self._power(term)
        operands = [self.value(a) for a in term.args]
        if term.op not in _LOGIC:
            operands = [_numbers(operand) for operand in operands]
        settings = {n: setting(n, v, self.values) for n, v in term.attrs}
        if term.op in _FOLDED:
            return reduce(_FOLDED[term.op], operands)
        if term.op in _ELEMENTWISE:
            return _ELEMENTWISE[term.op](*operands)
        if term.op in ("det", "logabsdet"):
            return _determinant(np.asarray(operands[0], dtype=object), logarithm=term.op == "logabsdet")
        if term.op in _LOSSES:
            return _LOSSES[term.op](*(np.asarray(operand, dtype=object) for operand in operands))
        if term.op == "product":
            return np.dot(*(np.asarray(operand, dtype=object) for operand in operands))
        if term.op in SPECIAL:
            return special(term.op, operands, settings.get("law"))
        if term.op in _REDUCTIONS:
            return _REDUCTIONS[term.op](np.asarray(operands[0], dtype=object), **settings)
        if term.op in VIEWS:
            return viewed(term.op, np.asarray(operands[0], dtype=object), settings)
        raise NotEvaluable(f"`{term.op}` has no exact meaning")

    def _where(self, term: App) -> Any:
        """Only the branch that is taken has to have a value."""
        condition = np.asarray(_TRUTH(self.value(term.args[0])), dtype=bool)
        if condition.ndim == 0:
            return self.value(term.args[1] if condition else term.args[2])
        a, b = (self.value(x) for x in term.args[1:])
        return np.where(condition, a, b)

    def _power(self, term: App) -> Any:
        base, exponent = term.args
        value = _numbers(self.value(base))
        if isinstance(exponent, Const):
            if exponent.value.denominator == 1:
                return np.frompyfunc(lambda x: whole_power(x, int(exponent.value)), 1, 1)(value)
            if exponent.value.numerator == 1 and exponent.value.denominator == 2:
                return _elementwise(sqrt)(value)
        return _EXP(_ELEMENTWISE["mul"](_numbers(self.value(exponent)), _LOG(value)))


def _determinant(x: Any, *, logarithm: bool) -> Any:
    value = np.asarray(determinant(x), dtype=object)
    return _LOG(_elementwise(abs)(value)) if logarithm else value


def _numbers(value: Any) -> Any:
    """The same with 1 and 0 for truth values, which are computed with like numbers: `log(x > 0)`."""
    if isinstance(value, bool):
        return iv.mpf(int(value))
    if isinstance(value, np.ndarray) and any(isinstance(x, bool) for x in value.flat):
        return _NUMBERS(value)
    return value


def _elementwise(function: Callable[..., Any], operands: int = 1) -> Callable[..., Any]:
    whole: Callable[..., Any] = np.frompyfunc(function, operands, 1)
    return whole


_POINT = _elementwise(point)
_NUMBERS = _elementwise(_numbers)
_TRUTH = _elementwise(lambda x: x if isinstance(x, bool) else mpf(x.a) != 0)
_EXP = _elementwise(exp)
_LOG = _elementwise(log)
_MAXIMUM = np.frompyfunc(maximum, 2, 1)
_MINIMUM = np.frompyfunc(minimum, 2, 1)

_ELEMENTWISE: dict[str, Callable[..., Any]] = {
    # The float that the code computes with: its error is no fault of the formula.
    "pi": lambda: iv.mpf(np.pi),
    "add": _elementwise(operator.add, 2),
    "sub": _elementwise(operator.sub, 2),
    "mul": _elementwise(operator.mul, 2),
    "div": _elementwise(lambda a, b: a / nonzero(b), 2),
    "neg": _elementwise(operator.neg),
    "exp": _EXP,
    "log": _LOG,
    "abs": _elementwise(abs),
    "sign": _elementwise(sign),
    "tanh": _elementwise(tanh),
    "sinh": _elementwise(sinh),
    "cosh": _elementwise(cosh),
    "sin": _elementwise(iv.sin),
    "cos": _elementwise(iv.cos),
    "maximum": _MAXIMUM,
    "minimum": _MINIMUM,
    "gt": _elementwise(lambda a, b: less(b, a), 2),
    "ge": _elementwise(lambda a, b: less_equal(b, a), 2),
    "lt": _elementwise(less, 2),
    "le": _elementwise(less_equal, 2),
    "eq": _elementwise(equal, 2),
    "ne": _elementwise(lambda a, b: not equal(a, b), 2),
    "not": _elementwise(lambda a: not a),
    # A real number is finite.
    "isfinite": _elementwise(lambda _: True),
    "and": _elementwise(lambda a, b: a and b, 2),
    "or": _elementwise(lambda a, b: a or b, 2),
}

#: Operations on truth values.
_LOGIC = frozenset({"not", "and", "or"})
#: The sums and products of normal forms, of any number of operands.
_FOLDED = {"+": _ELEMENTWISE["add"], "*": _ELEMENTWISE["mul"]}


def _sum(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return np.sum(x, axis=axis, keepdims=keepdims)


def _mean(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    total = _sum(x, axis, keepdims)
    return total * np.size(total) / np.size(x)


def _fold(function: Any) -> Callable[..., Any]:
    def reduction(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
        axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        for a in sorted((a % x.ndim for a in axes), reverse=True):
            x = function.reduce(x, axis=a, keepdims=True)
        return x if keepdims else np.squeeze(x, axis=tuple(a % x.ndim for a in axes)) if axes else x

    return reduction


_LOSSES: dict[str, Callable[..., Any]] = {
    "cross_entropy": lambda x, y: _ELEMENTWISE["sub"](_LOG(_sum(_EXP(x), -1)), x[..., 0]),
    "nll_loss": lambda x, y: _ELEMENTWISE["neg"](x[..., 0]),
    "bce": _elementwise(lambda p, y: -y * log(p) - (1 - y) * log(1 - p), 2),
    "bce_with_logits": _elementwise(lambda x, y: log(1 + exp(x)) - x * y, 2),
    "kl_div": _elementwise(lambda x, p: p * (log(p) - x), 2),
}

_REDUCTIONS: dict[str, Callable[..., Any]] = {
    "sum": _sum,
    "prod": _fold(np.multiply),
    "mean": _mean,
    "max": _fold(_MAXIMUM),
    "min": _fold(_MINIMUM),
}


def _decided(value: Any, nothing: mpf) -> Any:
    """Interval bounds to numbers, once they are close enough to each other, or to zero."""

    def middle(x: Any) -> Any:
        low, high = mpf(x.a), mpf(x.b)
        if mp.isinf(low) or mp.isinf(high) or mp.isnan(low):
            raise Undecided
        if high - low <= WIDTH * max(abs(low), abs(high)):
            return (low + high) / 2
        if -nothing < low and high < nothing:
            # `log(1 + exp(-exp(1e3)))`, and what cancels exactly, would never be decided relative to itself.
            return ZERO
        raise Undecided

    return np.frompyfunc(middle, 1, 1)(value)


def _agree(one: Any, other: Any, nothing: mpf) -> bool:
    a, b = np.ravel(np.asarray(one, dtype=object)), np.ravel(np.asarray(other, dtype=object))
    return all(abs(x - y) <= max(4 * WIDTH * max(abs(x), abs(y)), nothing) for x, y in zip(a, b, strict=False))
