"""What the runtime's functions give on a few numbers, each asked for once.

One call of them takes as long as a hundred steps of NumPy, and many formulas are tried on the same arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from stabaudit import runtime

#: Of more numbers than this the call itself takes longest, and they would fill the memory.
MOST = 64
#: The settings that an answer is remembered for.
SETTINGS = (type(None), bool, int, tuple)


def steady(op: str, operands: Sequence[Any], settings: Mapping[str, Any]) -> Any:
    """The value of a stable operation."""
    few = all(isinstance(x, (np.ndarray, np.float64)) and x.size <= MOST and x.dtype.kind == "f" for x in operands)
    if few and all(isinstance(value, SETTINGS) for value in settings.values()):
        return _remembered(op, *((type(x), x.dtype.char, x.shape, x.tobytes()) for x in operands), **settings)
    return _computed(op, operands, settings)


# An axis of 1 and one of `True` are equal, and not the same.
@lru_cache(maxsize=1 << 12, typed=True)
def _remembered(op: str, *operands: tuple[type, str, tuple[int, ...], bytes], **settings: Any) -> Any:
    arrays = [(kind, np.frombuffer(data, char).reshape(shape)) for kind, char, shape, data in operands]
    value = _computed(op, [x if kind is np.ndarray else x[()] for kind, x in arrays], settings)
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    return value


def _computed(op: str, operands: Sequence[Any], settings: Mapping[str, Any]) -> Any:
    if op == "weighted_logsumexp":
        return runtime.logsumexp(operands[0], b=operands[1], **settings)
    return getattr(runtime, op)(*operands, **settings)
