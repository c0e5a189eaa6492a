"""The gradient of a value as a library computes it: backwards through the recorded steps, in reverse mode.

A library multiplies what flows back by the derivative of each step, and 0 * inf is nan: that is how a value that is
right gets a gradient that is nan. The true gradient drops what is zero before it is multiplied. Forward mode would not
show the fault. The rules of single steps are those of PyTorch and JAX (Griewank and Walther, Evaluating Derivatives,
chapter 3, has the method).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from stabaudit import runtime
from stabaudit.proof.floats import TRUTHS, VIEWS, Floats
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.proof.stopping import stops
from stabaudit.records import Record
from stabaudit.terms import App, Lit, Term, Var
from stabaudit.terms.ops import TABLE, unfold

#: How much of what flows back to a result flows on to an operand: of the operands and the result.
Slope = Callable[..., Any]

#: The derivatives of steps of one operand `x` with the result `y`.
UNARY: dict[str, Slope] = {
    "neg": lambda x, y: -1.0,
    "exp": lambda x, y: y,
    "log": lambda x, y: 1 / x,
    "log1p": lambda x, y: 1 / (1 + x),
    "expm1": lambda x, y: y + 1,
    "sqrt": lambda x, y: 0.5 / y,
    "square": lambda x, y: 2 * x,
    "reciprocal": lambda x, y: -y * y,
    "abs": lambda x, y: np.sign(x),
    "sign": lambda x, y: 0.0,
    "floor": lambda x, y: 0.0,
    "tanh": lambda x, y: 1 - y * y,
    "sinh": lambda x, y: np.cosh(x),
    "cosh": lambda x, y: np.sinh(x),
    "sin": lambda x, y: np.cos(x),
    "cos": lambda x, y: -np.sin(x),
    "acos": lambda x, y: -1 / np.sqrt(1 - x * x),
    "asin": lambda x, y: 1 / np.sqrt(1 - x * x),
    "sigmoid": lambda x, y: y * (1 - y),
    "log_sigmoid": lambda x, y: runtime.sigmoid(-x),
    "softplus": lambda x, y: runtime.sigmoid(x),
    "logcosh": lambda x, y: np.tanh(x),
    "log1mexp": lambda x, y: -1 / np.expm1(-x),
}
#: The derivatives of steps of two operands, by each of them.
BINARY: dict[str, tuple[Slope, Slope]] = {
    "add": (lambda a, b, y: 1.0, lambda a, b, y: 1.0),
    "sub": (lambda a, b, y: 1.0, lambda a, b, y: -1.0),
    "mul": (lambda a, b, y: b, lambda a, b, y: a),
    "div": (lambda a, b, y: 1 / b, lambda a, b, y: -a / b / b),
    "maximum": (lambda a, b, y: _share(a, b), lambda a, b, y: _share(b, a)),
    "minimum": (lambda a, b, y: _share(b, a), lambda a, b, y: _share(a, b)),
    "logaddexp": (lambda a, b, y: runtime.sigmoid(a - b), lambda a, b, y: runtime.sigmoid(b - a)),
}
#: Steps that hand on what they are given.
HANDED_ON = frozenset({"same", "call", "built", "mapping", "masked", "ascending", "descending"})


class Gradient(Record):
    """What flows back to each variable, as the library computes it and in truth."""

    computed: Mapping[Var, Any]
    true: Mapping[Var, Any]


def gradient(term: Term, values: Mapping[Var, Any], dtype: npt.DTypeLike = np.float64) -> Gradient:
    """The gradient of the sum of a value; raises `NotEvaluable` where a step has no known derivative.

    `values` are of the `dtype`, in which all is computed.
    """
    run = Floats(values, dtype)
    run.run(term)
    with np.errstate(all="ignore"):
        try:
            return Gradient(_Tape(run, term, exact=False).gradient(), _Tape(run, term, exact=True).gradient())
        except (ValueError, TypeError, IndexError) as error:
            raise NotEvaluable(str(error)) from error


def has_gradient(term: Term, values: Mapping[Var, Any]) -> bool:
    """Whether the gradient is known to be finite as the library computes it."""
    try:
        back = gradient(term, values)
    except NotEvaluable:
        return False
    return all(bool(np.all(np.isfinite(flow))) for flow in back.computed.values())


class _Tape:
    """One pass back through a run; an `exact` one lets no zero be multiplied."""

    def __init__(self, run: Floats, term: Term, *, exact: bool) -> None:
        self._run = run
        self._exact = exact
        self._term = term
        self._flow: dict[Term, Any] = {}

    def gradient(self) -> Mapping[Var, Any]:
        """What flows back to each variable of numbers."""
        self._flow[self._term] = np.ones(np.shape(self._value(self._term)), self._run.dtype)
        for step in reversed([*_steps(self._term)]):
            if (flow := self._flow.get(step)) is not None and isinstance(step, App):
                self._back(step, flow)
        numbers = {v: x for v, x in self._run.values.items() if x is not None}
        return {v: self._flow.get(v, np.zeros(np.shape(x), self._run.dtype)) for v, x in numbers.items()}

    def _value(self, term: Term) -> Any:
        return self._run.run(term)

    def _add(self, operand: Term, flow: Any, slope: Any = 1.0) -> None:
        """What flows back to an operand, summed over the axes along which it was repeated."""
        if not operand.variables:
            return
        part = flow * slope
        if self._exact:
            part = np.where(flow == 0, 0.0, part)
        shape = np.shape(self._value(operand))
        part = np.broadcast_to(part, np.broadcast_shapes(np.shape(part), shape))
        part = part.sum(axis=tuple(range(np.ndim(part) - len(shape))))
        part = part.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1 and part.shape[i] > 1), keepdims=True)
        self._flow[operand] = self._flow.get(operand, 0.0) + part

    def _back(self, step: App, flow: Any) -> None:
        op, args = step.op, step.args
        if op in TRUTHS:
            return
        if op in HANDED_ON:
            if not stops(step.steps):
                self._add(args[0], flow)
        elif op in UNARY:
            self._add(args[0], flow, UNARY[op](self._value(args[0]), self._value(step)))
        elif op in BINARY:
            for operand, slope in zip(args, BINARY[op], strict=True):
                share = slope(*map(self._value, args), self._value(step))
                # What is clipped off has no slope, whatever flows back.
                cut = self._exact and op in ("maximum", "minimum")
                self._add(operand, np.where(share == 0, 0.0, flow) if cut else flow, share)
        elif op in ("+", "*"):
            self._several(step, flow)
        elif op in ("pow", "^"):
            self._power(step, flow)
        elif op in ("where", "branch"):
            taken = np.asarray(self._value(args[0]), dtype=bool)
            # Nothing flows to what is not taken, and that nothing is multiplied further down.
            self._add(args[1], np.where(taken, flow, 0.0))
            self._add(args[2], np.where(taken, 0.0, flow))
        elif op in VIEWS or op in ("sum", "mean", "max", "min", "norm", "std", "var"):
            self._along_axes(step, flow)
        elif op in ("logsumexp", "softmax", "log_softmax"):
            self._stable(step, flow)
        elif (formula := _formula(step)) is not None:
            self._inner(step, formula, flow)
        else:
            raise NotEvaluable(f"`{op}` has no known derivative")

    def _several(self, step: App, flow: Any) -> None:
        """A sum or a product of any number of operands, as the normal form has them."""
        values = [self._value(operand) for operand in step.args]
        for i, operand in enumerate(step.args):
            others = [value for j, value in enumerate(values) if j != i]
            self._add(operand, flow, math.prod(others, start=1.0) if step.op == "*" else 1.0)

    def _power(self, step: App, flow: Any) -> None:
        base, exponent = map(self._value, step.args)
        self._add(step.args[0], flow, np.where(exponent == 0, 0.0, exponent * np.power(base, exponent - 1.0)))
        if step.args[1].variables:
            self._add(step.args[1], flow, np.where(base == 0, 0.0, self._value(step) * np.log(base)))

    def _along_axes(self, step: App, flow: Any) -> None:
        x = np.asarray(self._value(step.args[0]))
        settings = {name: self._run.setting(name, value) for name, value in step.attrs}
        if step.op in VIEWS:
            if step.op in ("cumsum", "revcumsum", "segmented", "segmented_max"):
                raise NotEvaluable(f"`{step.op}` has no known derivative")
            places = VIEWS[step.op](np.arange(x.size).reshape(x.shape), **settings)
            back = np.zeros(x.size, self._run.dtype)
            np.add.at(back, np.ravel(places), np.ravel(np.broadcast_to(flow, np.shape(places))))
            self._add(step.args[0], back.reshape(x.shape))
            return
        axis = settings.get("axis")
        spread = _spread(flow, x, axis)
        if step.op == "sum":
            self._add(step.args[0], spread)
        elif step.op == "mean":
            self._add(step.args[0], spread, np.size(self._value(step)) / x.size)
        elif step.op in ("norm", "std", "var"):
            # JAX and TensorFlow take the root of a sum of squares, whose slope at 0 is infinite.
            value = _spread(self._value(step), x, axis)
            share = 1 if step.op == "norm" else np.size(self._value(step)) / x.size
            apart = x if step.op == "norm" else x - np.mean(x, axis=axis, keepdims=True)
            self._add(step.args[0], spread * (1 if step.op == "var" else 0.5 / value), 2 * share * apart)
        else:
            extreme = (np.max if step.op == "max" else np.min)(x, axis=axis, keepdims=True)
            here = x == extreme
            self._add(step.args[0], np.where(here, spread / np.sum(here, axis=axis, keepdims=True), 0.0))

    def _stable(self, step: App, flow: Any) -> None:
        x = np.asarray(self._value(step.args[0]))
        axis = self._run.setting("axis", step.attr("axis") or Lit(None))
        shares = runtime.softmax(x, axis=axis)
        if step.op == "logsumexp":
            self._add(step.args[0], _spread(flow, x, axis), shares)
        elif step.op == "softmax":
            self._add(step.args[0], shares * (flow - np.sum(flow * shares, axis=axis, keepdims=True)))
        else:
            self._add(step.args[0], flow - shares * np.sum(flow, axis=axis, keepdims=True))

    def _inner(self, step: App, formula: Term, flow: Any) -> None:
        """A step that is explained by others, whose operands get what its formula hands them."""
        inner = _Tape(self._run, formula, exact=self._exact)
        inner._flow[formula] = flow
        for one in reversed([*_steps(formula, set(step.args))]):
            if (through := inner._flow.get(one)) is not None and isinstance(one, App) and one not in step.args:
                inner._back(one, through)
        for operand in dict.fromkeys(step.args):
            if (part := inner._flow.get(operand)) is not None:
                self._add(operand, part)


def _steps(term: Term, leaves: set[Term] | frozenset[Term] = frozenset()) -> Iterator[Term]:
    """Each step once, behind all that it is computed from."""
    done: set[Term] = set()
    todo: list[tuple[Term, bool]] = [(term, False)]
    while todo:
        one, ready = todo.pop()
        if ready:
            yield one
        elif one not in done:
            done.add(one)
            todo.append((one, True))
            if one not in leaves:
                todo += [(operand, False) for operand in reversed(one.args)]


def _formula(step: App) -> Term | None:
    """What a defined operation stands for; a stable one is not computed by its formula."""
    row = TABLE.get(step.op)
    return None if row is None or (row.stable and not row.elementary) else unfold(step)


def _share(one: Any, other: Any) -> Any:
    """How much of the larger of two values the one is: at a tie, half."""
    return np.where(one > other, 1.0, np.where(one == other, 0.5, 0.0))


def _spread(flow: Any, x: Any, axis: Any) -> Any:
    """What flows back to a reduced value, for each element that it was reduced from."""
    if np.ndim(flow) < np.ndim(x):
        flow = np.reshape(flow, np.shape(np.sum(x, axis=axis, keepdims=True)))
    return np.broadcast_to(flow, np.shape(x))
