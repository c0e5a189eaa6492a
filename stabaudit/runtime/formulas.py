"""The formulas as code spells them, for what is no array of real numbers: complex numbers, units, other libraries.

They are computed by the arithmetic of what they are given, and are no more stable than that.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stabaudit.runtime.axes import Axis


def sigmoid(x: Any) -> Any:
    """`1 / (1 + exp(-x))`."""
    return 1 / (1 + np.exp(-x))


def log_sigmoid(x: Any) -> Any:
    """`-log(1 + exp(-x))`."""
    return -np.log(1 + np.exp(-x))


def softplus(x: Any) -> Any:
    """`log(1 + exp(x))`."""
    return np.log(1 + np.exp(x))


def inverse_softplus(x: Any) -> Any:
    """`log(exp(x) - 1)`."""
    return np.log(np.exp(x) - 1)


def log1mexp(x: Any) -> Any:
    """`log(1 - exp(x))`."""
    return np.log(1 - np.exp(x))


def logit(p: Any) -> Any:
    """`log(p / (1 - p))`."""
    return np.log(p / (1 - p))


def logcosh(x: Any) -> Any:
    """`log(cosh(x))`."""
    try:
        return np.log(np.cosh(x))
    except TypeError:
        # Of quantities with units the hyperbolic functions take angles alone.
        return np.log((np.exp(x) + np.exp(-x)) / 2)


def exprel(x: Any) -> Any:
    """`(exp(x) - 1) / x`."""
    return (np.exp(x) - 1) / x


def sqrt1pm1(x: Any) -> Any:
    """`sqrt(1 + x) - 1`."""
    return np.sqrt(1 + x) - 1


def cosm1(x: Any) -> Any:
    """`cos(x) - 1`."""
    return np.cos(x) - 1


def tanh(x: Any) -> Any:
    """`tanh(x)`."""
    return np.tanh(x)


def exp(x: Any) -> Any:
    """`exp(x)`."""
    return np.exp(x)


def expm1(x: Any) -> Any:
    """`exp(x) - 1`."""
    return np.exp(x) - 1


def log1p(x: Any) -> Any:
    """`log(1 + x)`."""
    return np.log(1 + x)


def logaddexp(a: Any, b: Any) -> Any:
    """`log(exp(a) + exp(b))`."""
    return np.log(np.exp(a) + np.exp(b))


def logdiffexp(a: Any, b: Any) -> Any:
    """`log(exp(a) - exp(b))`."""
    return np.log(np.exp(a) - np.exp(b))


def xlogy(x: Any, y: Any) -> Any:
    """`x * log(y)`."""
    return x * np.log(y)


def xlog1py(x: Any, y: Any) -> Any:
    """`x * log(1 + y)`."""
    return x * np.log(1 + y)


def hypot(x: Any, y: Any) -> Any:
    """`sqrt(x² + y²)`."""
    return np.sqrt(x * x + y * y)


def sigmoid_cross_entropy(logits: Any, targets: Any) -> Any:
    """`-targets * log(sigmoid(logits)) - (1 - targets) * log(1 - sigmoid(logits))`."""
    p = sigmoid(logits)
    return -targets * np.log(p) - (1 - targets) * np.log(1 - p)


def softmax(x: Any, axis: Axis = None) -> Any:
    """`exp(x) / sum(exp(x))`."""
    e = np.exp(lowered(x, axis))
    return e / summed(e, axis, kept=True)


def log_softmax(x: Any, axis: Axis = None) -> Any:
    """`x - log(sum(exp(x)))`."""
    x = lowered(x, axis)
    return x - np.log(summed(np.exp(x), axis, kept=True))


def logsumexp(x: Any, axis: Axis = None, keepdims: bool = False, b: Any = None) -> Any:
    """`log(sum(b * exp(x)))`."""
    e = np.exp(lowered(x, axis))
    return raised(x, np.log(summed(e if b is None else b * e, axis, kept=keepdims)), axis, keepdims)


def logmeanexp(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """`log(mean(exp(x)))`."""
    e = np.exp(lowered(x, axis))
    mean = np.mean(e, axis=axis, keepdims=keepdims) if axis is not None or is_of_numpy(e) else e.mean()
    return raised(x, np.log(mean), axis, keepdims)


def logcumsumexp(x: Any, axis: int | None = None) -> Any:
    """`log(cumsum(exp(x)))`."""
    return np.log(np.cumsum(np.exp(x), axis=axis))


def summed(x: Any, axis: Axis, *, kept: bool) -> Any:
    """The sum along `axis`, as an axis of length 1 if it is `kept`; of everything where nothing else is said."""
    return np.sum(x, axis=axis, keepdims=kept) if axis is not None or is_of_numpy(x) else x.sum()


def is_of_numpy(x: Any) -> bool:
    """Whether `x` has the reductions of NumPy: those of other libraries take other words."""
    return isinstance(x, (np.ndarray, np.generic))


def lowered(x: Any, axis: Axis) -> Any:
    """`x` less the largest along `axis`, where that can be told."""
    return x - largest(x, axis, kept=True) if is_complex(x) else x


def raised(x: Any, value: Any, axis: Axis, keepdims: bool) -> Any:
    """`value` with the largest of `x` added again."""
    return value + largest(x, axis, kept=keepdims) if is_complex(x) else value


def is_complex(x: Any) -> bool:
    """Whether `x` is an array of complex numbers."""
    return type(x) is np.ndarray and x.dtype.kind == "c"


def largest(x: Any, axis: Axis, *, kept: bool) -> Any:
    """The largest real part along `axis`, which leaves the angle of an exponential what it is; 0 if it is infinite."""
    m = np.max(x.real, axis=axis, keepdims=kept, initial=-np.inf)
    return np.where(np.isfinite(m), m, 0)
