"""What losses compute of rows in floats: of the class that stands first, and of one class as PyTorch cuts it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

#: PyTorch takes no logarithm of a probability for less than this.
LEAST = -100.0


def cross_entropy(x: Any, _: Any, **settings: Any) -> Any:
    """Of logits: what the logarithm of their sum is above the first."""
    return np.logaddexp.reduce(x - x[..., :1], axis=-1)


def nll_loss(x: Any, _: Any, **settings: Any) -> Any:
    """Of log-probabilities: the first with a minus."""
    return -x[..., 0]


def bce(p: Any, y: Any, **settings: Any) -> Any:
    """Of the probability of one class."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return -y * np.maximum(np.log(p), LEAST) - (1 - y) * np.maximum(np.log(1 - p), LEAST)


def bce_with_logits(x: Any, y: Any, **settings: Any) -> Any:
    """Of the logit of one class, in PyTorch's own steps: `log(1 + exp(x)) - x * y` cancels."""
    return (1 - y) * x + np.logaddexp(0, -x)


def kl_div(x: Any, p: Any, **settings: Any) -> Any:
    """Of log-probabilities, beside the probabilities that are wanted."""
    return p * (np.log(p) - x)


LOSSES: dict[str, Callable[..., Any]] = {
    "cross_entropy": cross_entropy,
    "nll_loss": nll_loss,
    "bce": bce,
    "bce_with_logits": bce_with_logits,
    "kl_div": kl_div,
}
