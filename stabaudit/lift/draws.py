"""Random numbers: between what they lie, as nobody draws `randn()` a thousand times its width away."""

from __future__ import annotations

import re

import libcst as cst

from stabaudit.lift import literals
from stabaudit.lift.names import dotted
from stabaudit.terms import Bounds

#: No generator gives a standard normal number this far out: its own are made of 53 or 64 random bits.
WIDTH = 40.0
UNIFORM = frozenset({"rand", "rand_like", "random_sample", "ranf", "random", "uniform"})
NORMAL = frozenset({"randn", "randn_like", "standard_normal", "normal"})
#: Names that are methods of much else.
VAGUE = frozenset({"random", "uniform", "normal"})
SOURCES = re.compile(r"rand|rng|rs$|state|gen", re.IGNORECASE)
#: Names of the numbers that place a distribution, uniform and normal.
PLACED = ("low", "high"), ("loc", "scale")
#: What says nothing of the values.
SILENT = frozenset({"size", "dtype", "device", "generator", "requires_grad", "key", "shape"})


def bounds(node: cst.Call, path: str | None) -> Bounds | None:
    """Between what the numbers lie that a call draws, `None` if it draws none or it cannot be told."""
    name = node.func.attr.value if isinstance(node.func, cst.Attribute) else getattr(node.func, "value", "")
    if name not in UNIFORM | NORMAL or any(a.star for a in node.args):
        return None
    if name in VAGUE:
        owner = path or (dotted(node.func.value) if isinstance(node.func, cst.Attribute) else None) or ""
        if not SOURCES.search(owner.removesuffix(f".{name}")):
            return None
    first, second = (0.0, 1.0)
    if name in ("uniform", "normal"):
        placed = _placed(node, PLACED[name == "normal"])
        if placed is None:
            return None
        first, second = placed
    return Bounds(first, second) if name in UNIFORM else Bounds(first - WIDTH * second, first + WIDTH * second)


def _placed(node: cst.Call, names: tuple[str, str]) -> tuple[float, float] | None:
    """The two numbers that place a distribution, if they are written down."""
    given: dict[str, float | None] = {}
    for position, argument in enumerate(node.args):
        if argument.keyword is None and position < 2:
            given[names[position]] = literals.number(argument.value)
        elif argument.keyword is not None and argument.keyword.value in names:
            given[argument.keyword.value] = literals.number(argument.value)
        elif argument.keyword is not None and argument.keyword.value not in SILENT:
            return None
    first, second = given.get(names[0], 0.0), given.get(names[1], 1.0)
    return None if first is None or second is None else (first, second)
