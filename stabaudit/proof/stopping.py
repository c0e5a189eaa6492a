"""Calls through which nothing flows back: what is detached, compared with nan, or made an integer."""

from __future__ import annotations

from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Call

#: Functions and methods that hand on a value without its gradient.
STOPPING = frozenset(
    {"stop_gradient", "detach", "detach_", "item", "numpy", "tolist", "long", "int", "bool", "argmax", "argmin",
     "argsort", "nonzero", "device_get", "isnan", "isfinite", "isinf"}
)  # fmt: skip
#: Types that have no gradient, as arguments of a conversion.
WHOLE = frozenset({"bool", "int", "int8", "int16", "int32", "int64", "long", "uint8", "uint16", "uint32", "uint64"})


def stops(node: object) -> bool:
    """Whether it is such a call."""
    return isinstance(node, Call) and (called(node) in STOPPING or any(map(_is_whole, node.args)))


def _is_whole(argument: object) -> bool:
    return (dotted(getattr(argument, "value", None)) or "").rpartition(".")[2] in WHOLE
