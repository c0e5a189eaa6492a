"""What a term computes in floats: the user's own steps, in NumPy arithmetic of a given dtype.

Besides the value it is recorded where a step left the float range although its operands were inside
(NumPy warns there, `math` raises, autodiff gives nan), where a logarithm met zero or less, and
where a division met zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from stabaudit.proof.losses import LOSSES
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.small_inputs import steady
from stabaudit.terms import App, Const, Data, Lit, Term, Var
from stabaudit.terms.ops import TABLE, unfold
from stabaudit.terms.special import ROWS as SPECIAL_ROWS

Array = npt.NDArray[Any]


ELEMENTWISE: dict[str, Callable[..., Any]] = {
    "infinity": lambda: np.inf,
    "pi": lambda: np.pi,
    "add": np.add,
    "+": lambda *a: sum(a[1:], a[0]),
    "sub": np.subtract,
    "mul": np.multiply,
    "*": lambda *a: np.multiply.reduce(a) if len(a) == 1 else _product(*a),
    "div": np.true_divide,
    "pow": np.power,
    "^": np.power,
    "neg": np.negative,
    "exp": np.exp,
    "log": np.log,
    "abs": np.abs,
    "sign": np.sign,
    "floor": np.floor,
    "tanh": np.tanh,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "sin": np.sin,
    "cos": np.cos,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "gt": np.greater,
    "ge": np.greater_equal,
    "lt": np.less,
    "le": np.less_equal,
    "eq": np.equal,
    "ne": np.not_equal,
    "not": np.logical_not,
    "and": np.logical_and,
    "or": np.logical_or,
    "isfinite": np.isfinite,
    "reciprocal": lambda x: 1 / x,
    "square": np.square,
    "sqrt": np.sqrt,
    "exp2": np.exp2,
    "log2": np.log2,
    "log10": np.log10,
    "log1p": np.log1p,
    "expm1": np.expm1,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "acos": np.arccos,
    "asin": np.arcsin,
    "atanh": np.arctanh,
    "atan2": np.arctan2,
    "product": np.dot,
    **LOSSES,
    "hypot": np.hypot,
    "logaddexp2": np.logaddexp2,
    "cbrt": np.cbrt,
    "det": np.linalg.det,
    "logabsdet": lambda x: np.linalg.slogdet(x)[1],
}


def _reduced(step: np.ufunc) -> Callable[..., Any]:
    """What `np.sum` and the like are, without what these look at beforehand: that takes three times as long."""
    return lambda x, axis=None, keepdims=False: step.reduce(x, axis=axis, keepdims=keepdims)


REDUCTIONS: dict[str, Callable[..., Any]] = {
    "sum": _reduced(np.add),
    "mean": np.mean,
    "max": _reduced(np.maximum),
    "min": _reduced(np.minimum),
    "prod": _reduced(np.multiply),
    "norm": np.linalg.norm,
    "std": np.std,
    "var": np.var,
}
#: Operations whose values `stabaudit.proof.special` knows.
SPECIAL = frozenset(SPECIAL_ROWS) - {"det", "logabsdet", *LOSSES}
LOGARITHMS = frozenset({"log", "log2", "log10", "log1p"})
#: Operations that are watched for more than infinities.
WATCHED = LOGARITHMS | {"div", "reciprocal"}
#: NumPy broadcasts no more than twice as many.
MOST_AXES = 16
#: Operations that cannot leave the float range.
TRUTHS = frozenset({"gt", "ge", "lt", "le", "eq", "ne", "not", "and", "or", "isfinite"})


class Floats:
    """One run of terms on given values of their variables."""

    def __init__(self, values: Mapping[Var, Any], dtype: npt.DTypeLike = np.float64) -> None:
        self.values = values
        self.dtype = np.dtype(dtype)
        self._number: Callable[[float], Any] = self.dtype.type
        self.overflow: Any = np.False_
        self.domain: Any = np.False_
        self.zero_division: Any = np.False_
        #: By the keys of terms, which Python looks up faster than terms.
        self._known: dict[str, Any] = {}

    def run(self, term: Term) -> Any:
        """The value of the term; raises `NotEvaluable`."""
        with np.errstate(all="ignore"):
            try:
                return self._value(term)
            except (ValueError, TypeError, IndexError, ZeroDivisionError, OverflowError) as error:
                raise NotEvaluable(str(error)) from error

    def _value(self, term: Term) -> Any:
        if term.key in self._known:
            return self._known[term.key]
        value = self._known[term.key] = self._compute(term)
        return value

    def _compute(self, term: Term) -> Any:
        if not isinstance(term, App):
            return self._leaf(term)
        op = term.op
        step = ELEMENTWISE.get(op)
        if step is None:
            if op == "where":
                return self._where(term)
            if op == "branch":
                condition = np.asarray(self._value(term.args[0]), dtype=bool)
                if condition.any() != condition.all():
                    raise NotEvaluable("the truth value of an array is ambiguous")
                return self._value(term.args[1] if condition.all() else term.args[2])
            if op == "masked":
                return self._value(term.args[0])
            if op == "pair" and len(term.args) == 2:
                return self._value(term.args[1])
        operands = [self._value(a) for a in term.args]
        value = self._apply(term, operands) if step is None else step(*operands)
        if op in WATCHED or not _is_plainly_finite(value):
            self._watch(op, operands, value)
        return value

    def _leaf(self, term: Term) -> Any:
        if isinstance(term, Var):
            if term not in self.values:
                raise NotEvaluable(f"`{term.name}` has no value")
            return self.values[term]
        if isinstance(term, Const):
            return self._number(term.value.numerator / term.value.denominator)
        if isinstance(term, Data):
            return np.asarray(term.values, dtype=self.dtype)
        assert isinstance(term, Lit)
        if _is_no_number(term):
            raise NotEvaluable(f"{term.value!r} is no number")
        return term.value

    def _apply(self, term: App, operands: list[Any]) -> Any:
        settings = {n: self.setting(n, v) for n, v in term.attrs}
        if term.op in REDUCTIONS:
            if np.ndim(operands[0]) == 0 and settings.get("axis") is not None:
                # NumPy lets a lone number pass for a row; no array stands there in real code.
                raise NotEvaluable("a number has no axis")
            return REDUCTIONS[term.op](np.asarray(operands[0]), **settings)
        if term.op in VIEWS:
            return viewed(term.op, np.asarray(operands[0]), settings)
        if term.op in SPECIAL:
            # Imported here: it needs mpmath, and few terms need it.
            from stabaudit.proof import special

            return special.floats(term.op, operands, settings.get("law"))
        if TABLE[term.op].stable:
            return steady(term.op, operands, settings)
        formula = unfold(term)
        if formula is None:
            raise NotEvaluable(f"`{term.op}` has no value in floats")
        return self._value(formula)

    def setting(self, name: str, term: Term) -> Any:
        """An axis, a truth value or a shape as Python has it."""
        return setting(name, term, self.values)

    def _where(self, term: App) -> Any:
        """Steps in the branch that is not taken do no harm."""
        condition = np.asarray(self._value(term.args[0]), dtype=bool)
        results = []
        for branch, taken in zip(term.args[1:], (condition, np.logical_not(condition)), strict=False):
            if _is_no_number(branch) and not taken.any():
                results.append(np.nan)
                continue
            inner = type(self)(self.values, self.dtype)
            results.append(inner._value(branch))
            self.overflow = self.overflow | (inner.overflow & taken)
            self.domain = self.domain | (inner.domain & taken)
            self.zero_division = self.zero_division | (inner.zero_division & taken)
        return np.where(condition, *results)

    def _watch(self, op: str, operands: list[Any], value: Any) -> None:
        if not operands or op in TRUTHS:
            return
        if op in LOGARITHMS:
            bound = -1 if op == "log1p" else 0
            self.domain = _join(self.domain, np.less_equal(operands[0], bound))
        elif op in ("div", "reciprocal"):
            self.zero_division = _join(self.zero_division, np.equal(operands[-1], 0))
        elif np.isinf(value).any():
            inside: Any = np.True_
            for operand in operands:
                inside = inside & np.isfinite(operand)
            if op in REDUCTIONS or op in VIEWS:
                inside = np.all(inside)
            self.overflow = _join(self.overflow, np.isinf(value) & inside)


def setting(name: str, term: Term, values: Mapping[Var, Any]) -> Any:
    """The value of a setting; one that is not known is the last axis, or `keepdims` not given."""
    if isinstance(term, Var):
        return values.get(term, {"axis": -1, "keepdims": False, "law": "norm"}.get(name))
    if isinstance(term, Const):
        return int(term.value)
    if isinstance(term, Lit):
        return term.value
    raise NotEvaluable(f"the setting {term} is computed")


def viewed(op: str, x: Array, settings: Mapping[str, Any]) -> Any:
    """A view of an array; raises `NotEvaluable` where it has more axes than any real one, which NumPy runs out of."""
    value = VIEWS[op](x, **settings)
    if np.ndim(value) > MOST_AXES:
        raise NotEvaluable("an array has too many axes")
    return value


def _is_no_number(term: Term) -> bool:
    """Whether a term is None or text, as one branch of a choice may be."""
    return isinstance(term, Lit) and (term.value is None or isinstance(term.value, str))


def _is_plainly_finite(value: Any) -> bool:
    """Whether the squares of floats have a finite sum, as most have: five times as fast as to ask each element."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and math.isfinite(np.vdot(value, value))


def _join(old: Any, new: Any) -> Any:
    try:
        return old | new
    except ValueError:
        return np.bool_(np.any(old) or np.any(new))


def _product(*factors: Any) -> Any:
    value = factors[0]
    for factor in factors[1:]:
        value = np.multiply(value, factor)
    return value


def _index(x: Array, slots: tuple[Any, ...]) -> Any:
    places: dict[str, Any] = {":": slice(None), "...": Ellipsis, "newaxis": None}
    return x[tuple(places[s] if isinstance(s, str) else s for s in slots)]


def _squeezed(x: Array, axis: Any) -> Array:
    """Without its axes of length one; of an axis of another length, which no such array has, the first element."""
    return np.squeeze(x) if axis is None else np.take(x, 0, axis)


VIEWS: dict[str, Callable[..., Any]] = {
    "index": _index,
    "item": lambda x, place: x[0] if np.ndim(x) else x,
    "picked": lambda x, place: x[:, 0] if np.ndim(x) > 1 else x[0],
    "reshape": lambda x, shape: np.reshape(x, shape),
    "transpose": np.transpose,
    "expand_dims": lambda x, axis: np.expand_dims(x, axis),
    "squeeze": _squeezed,
    "cumsum": lambda x, axis: np.cumsum(x, axis=axis),
    "revcumsum": lambda x, axis: np.flip(np.cumsum(np.flip(x, axis), axis=axis), axis or 0),
    "flip": lambda x, axis: np.flip(x, axis),
    # As if each element were a segment of its own, which it may be.
    "segmented": lambda x, place: x,
    "segmented_max": lambda x, place: x,
}
