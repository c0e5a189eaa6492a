"""The stable functions that rewritten code calls: pure NumPy, right over the whole range of the type."""

from stabaudit.runtime import scalar
from stabaudit.runtime.elementary import exp, expm1, log1p
from stabaudit.runtime.growth import cosm1, exprel, logcosh, sqrt1pm1, tanh
from stabaudit.runtime.information import (
    entropy,
    relative_entropy,
    sigmoid_cross_entropy,
    softmax_cross_entropy,
)
from stabaudit.runtime.lengths import hypot, norm, variance
from stabaudit.runtime.log1mexp import log1mexp
from stabaudit.runtime.log_softmax import log_softmax
from stabaudit.runtime.logaddexp import logaddexp, logdiffexp
from stabaudit.runtime.logistic import log_sigmoid, logit, sigmoid
from stabaudit.runtime.logmeanexp import logmeanexp
from stabaudit.runtime.logsumexp import logcumsumexp, logmatmulexp, logsumexp
from stabaudit.runtime.products import xlog1py, xlogy
from stabaudit.runtime.softmax import softmax, softmin
from stabaudit.runtime.softplus import inverse_softplus, softplus

__all__ = [
    "cosm1",
    "entropy",
    "exp",
    "expm1",
    "exprel",
    "hypot",
    "inverse_softplus",
    "log1mexp",
    "log1p",
    "log_sigmoid",
    "log_softmax",
    "logaddexp",
    "logcosh",
    "logcumsumexp",
    "logdiffexp",
    "logit",
    "logmatmulexp",
    "logmeanexp",
    "logsumexp",
    "norm",
    "relative_entropy",
    "scalar",
    "sigmoid",
    "sigmoid_cross_entropy",
    "softmax",
    "softmax_cross_entropy",
    "softmin",
    "softplus",
    "sqrt1pm1",
    "tanh",
    "variance",
    "xlog1py",
    "xlogy",
]
