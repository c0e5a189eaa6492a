"""The same functions elsewhere: naive NumPy, the textbook's shift, SciPy, torch and JAX, where installed."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

Function = Callable[..., Any]
AXIS = -1


def shift_softmax(x: Any, axis: int = AXIS) -> Any:
    """The textbook: shifted by the maximum."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def shift_logsumexp(x: Any, axis: int = AXIS) -> Any:
    """The textbook: shifted by the maximum."""
    m = x.max(axis=axis, keepdims=True)
    return np.squeeze(m + np.log(np.exp(x - m).sum(axis=axis, keepdims=True)), axis)


def shift_log_softmax(x: Any, axis: int = AXIS) -> Any:
    """The textbook: shifted by the maximum."""
    d = x - x.max(axis=axis, keepdims=True)
    return d - np.log(np.exp(d).sum(axis=axis, keepdims=True))


def two_sided_sigmoid(x: Any) -> Any:
    """The textbook: one formula for each sign."""
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


NAIVE: dict[str, Function] = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "log_sigmoid": lambda x: np.log(1 / (1 + np.exp(-x))),
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "inverse_softplus": lambda x: np.log(np.exp(x) - 1),
    "log1mexp": lambda x: np.log(1 - np.exp(x)),
    "logit": lambda p: np.log(p / (1 - p)),
    "logcosh": lambda x: np.log(np.cosh(x)),
    "exprel": lambda x: (np.exp(x) - 1) / x,
    "cosm1": lambda x: np.cos(x) - 1,
    "sqrt1pm1": lambda x: np.sqrt(1 + x) - 1,
    "tanh": lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)),
    "logaddexp": lambda a, b: np.log(np.exp(a) + np.exp(b)),
    "logdiffexp": lambda a, b: np.log(np.exp(a) - np.exp(b)),
    "xlogy": lambda x, y: x * np.log(y),
    "softmax": lambda x, axis=AXIS: np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True),
    "logsumexp": lambda x, axis=AXIS: np.log(np.exp(x).sum(axis=axis)),
    "log_softmax": lambda x, axis=AXIS: np.log(np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)),
}

TEXTBOOK: dict[str, Function] = {
    "sigmoid": two_sided_sigmoid,
    "log_sigmoid": lambda x: -np.logaddexp(0, -x),
    "softplus": lambda x: np.logaddexp(0, x),
    "log1mexp": lambda x: np.where(x > -0.693, np.log(-np.expm1(x)), np.log1p(-np.exp(x))),
    "logcosh": lambda x: np.logaddexp(x, -x) - np.log(2),
    "exprel": lambda x: np.expm1(x) / x,
    "tanh": np.tanh,
    "logaddexp": np.logaddexp,
    "logdiffexp": lambda a, b: a + np.log1p(-np.exp(b - a)),
    "softmax": shift_softmax,
    "logsumexp": shift_logsumexp,
    "log_softmax": shift_log_softmax,
}


def scipy() -> dict[str, Function]:
    """scipy.special."""
    special = importlib.import_module("scipy.special")
    return {
        "sigmoid": special.expit,
        "log_sigmoid": special.log_expit,
        "softplus": getattr(special, "softplus", lambda x: np.logaddexp(0, x)),
        "logit": special.logit,
        "exprel": special.exprel,
        "cosm1": special.cosm1,
        "xlogy": special.xlogy,
        "softmax": lambda x, axis=AXIS: special.softmax(x, axis=axis),
        "logsumexp": lambda x, axis=AXIS: special.logsumexp(x, axis=axis),
        "log_softmax": lambda x, axis=AXIS: special.log_softmax(x, axis=axis),
    }


def torch() -> dict[str, Function]:
    """torch on one thread, from and to NumPy arrays."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    tensor, F = torch.from_numpy, torch.nn.functional

    def one(f: Function) -> Function:
        return lambda x: f(tensor(np.ascontiguousarray(x))).numpy()

    def row(f: Function) -> Function:
        return lambda x, axis=AXIS: f(tensor(np.ascontiguousarray(x)), axis).numpy()

    return {
        "sigmoid": one(torch.sigmoid),
        "log_sigmoid": one(F.logsigmoid),
        "softplus": one(F.softplus),
        "logit": one(torch.logit),
        "tanh": one(torch.tanh),
        "logaddexp": lambda a, b: torch.logaddexp(tensor(a), tensor(b)).numpy(),
        "xlogy": lambda a, b: torch.xlogy(tensor(a), tensor(b)).numpy(),
        "softmax": row(torch.softmax),
        "logsumexp": row(torch.logsumexp),
        "log_softmax": row(torch.log_softmax),
    }


def jax() -> dict[str, Function]:
    """JAX with 64 bits, compiled, from and to NumPy arrays."""
    jax = importlib.import_module("jax")
    jax.config.update("jax_enable_x64", True)
    nn, jnp, special = jax.nn, jax.numpy, jax.scipy.special

    def one(f: Function) -> Function:
        compiled = jax.jit(f)
        return lambda *x: np.asarray(compiled(*x))

    def row(f: Function) -> Function:
        compiled = jax.jit(f, static_argnums=1)
        return lambda x, axis=AXIS: np.asarray(compiled(x, axis))

    return {
        "sigmoid": one(nn.sigmoid),
        "log_sigmoid": one(nn.log_sigmoid),
        "softplus": one(nn.softplus),
        "log1mexp": one(lambda x: nn.log1mexp(-x)),
        "logit": one(special.logit),
        "tanh": one(jnp.tanh),
        "logaddexp": one(jnp.logaddexp),
        "xlogy": one(special.xlogy),
        "softmax": row(nn.softmax),
        "logsumexp": row(special.logsumexp),
        "log_softmax": row(nn.log_softmax),
    }


def installed() -> dict[str, dict[str, Function]]:
    """Every peer there is on this machine, by name."""
    found = {"naive": NAIVE, "textbook": TEXTBOOK}
    for load in (scipy, torch, jax):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found[load.__name__] = load()
            except ImportError:
                continue
    return found


def versions() -> str:
    """The versions measured, in one line."""
    names = ["numpy", *(n for n in ("scipy", "torch", "jax") if n in installed())]
    return ", ".join(f"{n} {importlib.import_module(n).__version__}" for n in names)


def wide() -> bool:
    """Whether NumPy uses AVX-512 here: its exponential of float64 is then five times as fast."""
    features = np._core._multiarray_umath.__cpu_features__
    return bool(features.get("AVX512_SKX", False))
