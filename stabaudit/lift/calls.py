"""A call read in the words of a dialect: which operation it is, and what its arguments are to it."""

from __future__ import annotations

from collections.abc import Callable

from stabaudit.dialects import (
    IGNORED,
    OUT,
    REFUSED,
    WHERE,
    Dialect,
    Parameter,
    Spelling,
    dialect_of,
    function,
    named,
)
from stabaudit.dialects.arrays import FUNCTIONS_OF_ONE, MODULE_NAMES
from stabaudit.dialects.copies import NEW_ARRAYS
from stabaudit.lift import literals
from stabaudit.lift.literals import is_none, is_true
from stabaudit.records import Record
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Attribute, Call, Name
from stabaudit.syntax.node import Expression
from stabaudit.terms import ops

#: Keywords that array libraries take for each other's.
TWINS = {
    "keepdims": "keepdim",
    "keepdim": "keepdims",
    "axis": "dim",
    "dim": "axis",
    "x": "input",
    "min": "a_min",
    "max": "a_max",
}
#: Keywords that make no difference to what is computed.
HARMLESS = frozenset({"casting", "order", "subok", "name"})


class Reading(Record):
    """A call's dialect and spelling, and the object it is called on if it is a method's."""

    dialect: Dialect
    spelling: Spelling
    receiver: Expression | None = None


class Arguments:
    """What is passed, by role; `out` is what a result is written to, `cast` says that a dtype is given.

    Of an elementwise function `where` says which elements are computed: the others stay as they are in `out`.
    """

    def __init__(self) -> None:
        self.operands: dict[str, Expression] = {}
        self.settings: dict[str, Expression] = {}
        self.out: Expression | None = None
        self.where: Expression | None = None
        self.cast = False

    def clipped(self) -> ops.Op:
        """What `clip` does with the bounds that there are, the others taken away: one alone is a maximum or minimum."""
        for bound in ("low", "high"):
            if is_none(self.operands.get(bound)):
                del self.operands[bound]
        for bound, op in (("low", ops.maximum), ("high", ops.minimum)):
            if self.operands.keys() == {"x", bound}:
                self.operands = {"a": self.operands["x"], "b": self.operands[bound]}
                return op
        return ops.clip


def read_call(node: Call, path: str | None, *, torch_first: bool) -> Reading | None:
    """The meaning of a call; `path` is the dotted path of what is called, if it is known."""
    if path is not None:
        known = function(path)
        if known is not None:
            return Reading(*known)
        home = dialect_of(path)
        if home is not None and (home.symbolic or home.functions):
            return None
        return _of_unknown_module(node)
    if not isinstance(node.func, Attribute):
        return None
    name = node.func.attr
    owner = node.func.value
    owner_name = owner.attr if isinstance(owner, Attribute) else owner.name if isinstance(owner, Name) else None
    if (owner_name in MODULE_NAMES and _gives_an_array(node)) or (name in FUNCTIONS_OF_ONE and node.args):
        return _of_unknown_module(node)
    keywords = {a.keyword for a in node.args if a.keyword}
    torch, numpy = named("torch"), named("numpy")
    likely = [numpy, torch]
    if torch_first and not keywords & {"axis", "keepdims"}:
        likely = [torch, numpy]
    if keywords & {"dim", "keepdim"}:
        likely = [torch]
    for dialect in likely:
        if name in dialect.methods:
            return Reading(dialect, dialect.methods[name], owner)
    return None


def _gives_an_array(node: Call) -> bool:
    """Whether a call could be of a function of arrays: `K.sum(axis=1)` and `K.sum(1)` are methods."""
    return any(a.keyword is None and literals.integer(a.value) is None for a in node.args)


def _of_unknown_module(node: Call) -> Reading | None:
    if not isinstance(node.func, Attribute) or not node.args:
        return None
    known = function(f"*.{node.func.attr}")
    return Reading(*known) if known is not None else None


def says_nothing_of_its_library(node: Call) -> bool:
    """Whether a method call could be on an array as well as on a tensor: `.sum(1)`."""
    assert isinstance(node.func, Attribute)
    name = node.func.attr
    keywords = {a.keyword for a in node.args if a.keyword}
    return name in named("numpy").methods and name in named("torch").methods and not keywords & {"dim", "keepdim"}


def read_arguments(node: Call, reading: Reading, is_operand: Callable[[str], bool]) -> Arguments | None:
    """The arguments of a call by role; `None` if there is one that is not understood."""
    spelling = reading.spelling
    by_name = {p.name: p for p in spelling.parameters}
    positional = list(spelling.parameters)
    given: list[tuple[Parameter, Expression]] = []
    if reading.receiver is not None:
        given.append((positional.pop(0), reading.receiver))
    for argument in node.args:
        if argument.star:
            return None
        if argument.keyword is not None:
            name = argument.keyword
            parameter = by_name.get(name) or by_name.get(TWINS.get(name, ""))
            if parameter is None and name in HARMLESS:
                continue
            if parameter is None:
                return None
        elif positional:
            parameter = positional.pop(0)
        else:
            return None
        given.append((parameter, argument.value))
    found = Arguments()
    for parameter, value in given:
        role = parameter.role
        none = is_none(value)
        if parameter.name == "dtype":
            found.cast = found.cast or not none
        elif role == REFUSED and not none:
            if parameter.default is None or literals.integer(value) != parameter.default:
                return None
        elif role == OUT and not none:
            if not isinstance(value, Name) and not (isinstance(value, Call) and called(value) in NEW_ARRAYS):
                return None
            found.out = value
        elif role == WHERE and not is_true(value):
            found.where = value
        elif role in (IGNORED, REFUSED, OUT, WHERE):
            continue
        elif is_operand(role):
            found.operands[role] = value
        else:
            found.settings[role] = value
    # Without an output the other elements hold what was in memory.
    return None if found.where is not None and found.out is None else found
