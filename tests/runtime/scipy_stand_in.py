"""A pytest plugin: the runtime in the place of SciPy before its own tests are collected."""

from __future__ import annotations

from typing import Any

from scipy import special

from stabaudit import runtime


def logsumexp(a: Any, axis: Any = None, b: Any = None, keepdims: bool = False, return_sign: bool = False) -> Any:
    """SciPy's order of arguments."""
    return runtime.logsumexp(a, axis=axis, keepdims=keepdims, b=b, return_sign=return_sign)


STAND_INS = {
    "cosm1": runtime.cosm1,
    "expit": runtime.sigmoid,
    "exprel": runtime.exprel,
    "log_expit": runtime.log_sigmoid,
    "log_softmax": runtime.log_softmax,
    "logit": runtime.logit,
    "logsumexp": logsumexp,
    "softmax": runtime.softmax,
    "softplus": runtime.softplus,
    "xlog1py": runtime.xlog1py,
    "xlogy": runtime.xlogy,
}

try:
    from scipy._lib._array_api import xp_capabilities_table as capabilities
except ImportError:
    capabilities = {}

for name, function in STAND_INS.items():
    if hasattr(special, name):
        original = getattr(special, name)
        # SciPy looks up which array libraries a function is tested with by the function itself.
        if original in capabilities:
            capabilities[function] = capabilities[original]
        setattr(special, name, function)
