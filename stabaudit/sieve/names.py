"""What the names of a module may stand for: words of a library, constants, functions of the module."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from stabaudit.dialects.copies import (
    CONTRACTING,
    FILLED,
    FILLED_WITH,
    GATHERING_BACK,
    GIVING_ARGUMENTS,
    INTEGRATING,
    JOINING,
    OF_MAPPINGS,
    PICKING,
    REPEATING,
    SAME_VALUES,
    SEGMENT_SUMS,
    SORTING,
)
from stabaudit.records import Record
from stabaudit.sieve.bits import EXP, SUM, anything, divided, number, told_of, under
from stabaudit.sieve.words import applied, constants, objects, operations
from stabaudit.syntax.dotted import calls_in, last
from stabaudit.syntax.expressions import Attribute, Call, Display, Lambda, Name
from stabaudit.syntax.node import Expression, Node, Statement
from stabaudit.syntax.statements import Annotated, Assign, ImportFrom
from stabaudit.syntax.wrappers import wrapped

#: Calls that hand on what they are given, beside those that a dialect knows.
PASSING = (
    SAME_VALUES
    | SORTING
    | REPEATING
    | PICKING
    | JOINING
    | OF_MAPPINGS
    | GATHERING_BACK
    | FILLED_WITH
    | {"map", "enumerate", "zip", "groupby"}
    # What `partial` is given, the function is called with.
    | GIVING_ARGUMENTS
)
#: Calls that sum what an index brings together, some of them in place.
SEGMENTING = SEGMENT_SUMS.keys() | {"transform"}
#: Calls that sum products.
PRODUCTS = CONTRACTING | INTEGRATING | SEGMENTING | {"einsum"}
#: Calls that give a norm, and those that divide by one.
NORMS = frozenset({"norm", "normalize"})
#: What a call of an object calls.
CALLED_AS = frozenset({"self.__call__", "self.forward"})
#: Attributes that are another look at the same values.
LOOKS = frozenset({"T", "mT", "data", "values", "real"})
#: Limits of the floats by name.
LIMITS = {"eps": 0.0, "tiny": 0.0, "smallest_normal": 0.0, "max": 1.0, "min": 1.0}
#: A lambda with a name: what it gives is not asked.
LAMBDA = "lambda"


@cache
def words() -> frozenset[str]:
    """The last names of all functions that are looked into."""
    return frozenset({*operations(), *PASSING, *PRODUCTS, *FILLED, *NORMS, "average"})


class Meaning(Record):
    """What a name may stand for: `words` of a library, and `own` functions of the module.

    `value` are the shapes that it leaves without being called, as Euler's number does.
    """

    words: frozenset[str]
    value: int
    own: frozenset[str]

    @classmethod
    def of(cls, names: Collection[str], functions: Collection[str]) -> Meaning:
        """What one of these names stands for; those that begin with a dot are attributes of something."""
        known = words().intersection([n.rpartition(".")[2] for n in names]) | ({LAMBDA} & {*names})
        euler = any(n.startswith(".") and n[1:] in constants() for n in names)
        own = frozenset(n for n in names if n in functions)
        return cls(known, under(EXP, number(1)) if euler else 0, own)

    def called(self, given: int) -> int:
        """The shapes of a call on what left `given`."""
        value = 0
        for word in self.words:
            for op in operations().get(word, ()):
                value |= applied(op, given)
            if word == LAMBDA:
                value |= anything()
            if word in PASSING:
                value |= given
            if word in PRODUCTS:
                value |= under(SUM, given)
            if word in FILLED:
                value |= number(FILLED[word])
            if word in NORMS:
                total = under(SUM, given) | applied("sqrt", under(SUM, applied("square", given)))
                value |= total if word == "norm" else divided(given, total)
            if word == "average":
                value |= applied("weighted_average", given)
        return value

    @property
    def telling(self) -> bool:
        """Whether an exponential or a logarithm comes of it."""
        return bool((self.called(0) | self.value) & told_of())


def key(node: Node) -> str:
    """By what a function or constant is known: `f`, `self.f`, or `.f` of anything else."""
    if isinstance(node, Attribute):
        own = isinstance(node.value, Name) and node.value.name == "self"
        return f"self.{node.attr}" if own else f".{node.attr}"
    return node.name if isinstance(node, Name) else ""


def aliases(statements: Iterable[Statement], found: dict[str, set[str]]) -> None:
    """Into `found` goes what else each name is called: `e` is `.exp` after `from math import exp as e`."""
    for node in statements:
        if isinstance(node, ImportFrom):
            for alias in node.names:
                found.setdefault(alias.local or alias.name, set()).add(f".{alias.name}")
        elif isinstance(node, Assign):
            for target in node.targets:
                _assigned(target, node.value, found)
        elif isinstance(node, Annotated) and node.value is not None:
            _assigned(node.target, node.value, found)


def _assigned(target: Expression, value: Expression, found: dict[str, set[str]]) -> None:
    if isinstance(value, Lambda) and isinstance(target, Name) and not calls_in(value.body).isdisjoint(words()):
        found.setdefault(target.name, set()).add(LAMBDA)
    if isinstance(value, Call) and isinstance(target, (Name, Attribute)):
        # An object that is called like a function.
        ways = {f".{name}" for name in calls_in(value) & objects()}
        ways |= {way for way in found.get(key(value.func), ()) if way in CALLED_AS}
        if ways:
            found.setdefault(key(target), set()).update(ways)
    if (inner := wrapped(value)) is not None:
        # `np.vectorize(f)` is called as `f` is.
        _assigned(target, inner, found)
    if isinstance(value, (Name, Attribute)):
        if isinstance(target, (Name, Attribute)):
            found.setdefault(key(target), set()).add(key(value))
            found.setdefault(f".{last(target)}", set()).add(key(value))
    elif isinstance(target, Display) and isinstance(value, Display):
        for one, other in zip(target.elements, value.elements, strict=False):
            _assigned(one, other, found)
