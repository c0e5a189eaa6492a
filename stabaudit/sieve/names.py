"""What the names of a module may stand for: words of a library, constants, functions of the module."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from stabaudit.dialects.copies import SAME_VALUES
from stabaudit.sieve.bits import bit, constants, marks
from stabaudit.sieve.marks import marks_of
from stabaudit.sieve.stretch import statements

#: Calls that hand on what they are given, beside those that a dialect knows.
PASSING = SAME_VALUES | {"map", "reshape", "view"}
#: Calls that sum products.
PRODUCTS = frozenset({"dot", "matmul", "einsum"})


@dataclass(frozen=True)
class Meaning:
    """What a name may stand for.

    `call` are the marks that a call of it leaves (`None`: it is no word), `value` those it leaves by itself, as
    Euler's number does; `own` are functions of the module.
    """

    call: int | None
    value: int
    own: frozenset[str]

    @classmethod
    def of(cls, names: Collection[str], functions: Collection[str]) -> Meaning:
        """What one of these names stands for; those that begin with a dot are attributes of something."""
        last = {n.rpartition(".")[2] for n in names}
        known = [marks()[n] for n in last if n in marks()]
        known += [bit("sum") for n in last & PRODUCTS]
        known += [sum(bit(m) for m in marks_of("weighted_average")) for _ in last & {"average"}]
        call = value = 0
        for found in known:
            call |= found
        for name in names:
            value |= constants().get(name[1:], 0) if name.startswith(".") else 0
        own = frozenset(n for n in names if n in functions)
        return cls(call if known or last & PASSING else None, value, own)

    @property
    def telling(self) -> bool:
        """Whether an exponential or a logarithm comes of it."""
        return bool(((self.call or 0) | self.value) & (bit("exp") | bit("log")))


def last(node: ast.expr) -> str:
    """The last name of a chain: `exp` of `np.exp`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def chain(node: ast.expr) -> str | None:
    """`a.b.c` as text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (inner := chain(node.value)) is not None:
        return f"{inner}.{node.attr}"
    return None


def key(node: ast.expr) -> str:
    """By what a function or constant is known: `f`, `self.f`, or `.f` of anything else."""
    if isinstance(node, ast.Attribute):
        own = isinstance(node.value, ast.Name) and node.value.id == "self"
        return f"self.{node.attr}" if own else f".{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def aliases(tree: ast.Module) -> dict[str, set[str]]:
    """What else each name is called: `e` is `.exp` after `from math import exp as e`."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in statements(tree.body):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name].add(f".{alias.name}")
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                _assigned(target, node.value, found)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            _assigned(node.target, node.value, found)
    return found


def _assigned(target: ast.expr, value: ast.expr, found: dict[str, set[str]]) -> None:
    if isinstance(value, (ast.Name, ast.Attribute)):
        for one in _targets(target):
            found[key(one)].add(key(value))
            found[f".{last(one)}"].add(key(value))
    elif isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
        for one, other in zip(target.elts, value.elts, strict=False):
            _assigned(one, other, found)


def _targets(target: ast.expr) -> Iterable[ast.expr]:
    return [target] if isinstance(target, (ast.Name, ast.Attribute)) else []
