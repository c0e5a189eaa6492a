"""Who may look at the same memory as others, and what changes it, by names that every library has."""

from __future__ import annotations

from collections.abc import Iterable

#: Attributes that are another look at the object they are of.
VIEW_ATTRIBUTES = frozenset({"flat", "T", "mT", "H", "data", "values", "real", "imag", "loc", "iloc", "at", "iat"})
#: Functions and methods that may hand on memory they are given.
VIEW_CALLS = frozenset(
    {"reshape", "view", "view_as", "ravel", "flatten", "transpose", "swapaxes", "moveaxis", "squeeze", "unsqueeze",
     "expand_dims", "asarray", "asanyarray", "ascontiguousarray", "atleast_1d", "atleast_2d", "atleast_3d",
     "broadcast_to", "detach", "numpy", "to", "cpu", "cuda", "contiguous", "permute", "expand", "diagonal",
     "from_numpy", "as_tensor", "narrow", "select", "t", "get", "setdefault", "iter", "next", "zip", "enumerate",
     "reversed", "split", "array_split", "chunk", "unbind", "nditer", "getattr", "values", "items", "rollaxis"}
)  # fmt: skip
#: Methods that change what they are called on, whatever they give back; so do torch's with a `_` at the end.
CHANGING = frozenset(
    {"pop", "popleft", "popitem", "sort", "reverse", "fill", "put", "itemset", "partition", "resize", "append",
     "extend", "insert", "remove", "clear", "update", "setdefault", "setflags", "add"}
)  # fmt: skip


def spread(changed: set[str], given: Iterable[tuple[set[str], set[str]]]) -> set[str]:
    """`changed`, and whose memory those may be: of each pair the first names are given what the others hold."""
    pairs, found, size = [*given], set(changed), -1
    while size != len(found):
        size = len(found)
        for names, sources in pairs:
            if not names.isdisjoint(found):
                found |= sources
    return found


def changes_its_object(method: str) -> bool:
    """Whether a method is known to change what it is called on."""
    return method in CHANGING or (method.endswith("_") and not method.startswith("_"))
