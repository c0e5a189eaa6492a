"""Expressions as values: immutable trees that compare by what they say, not by where they stand.

A term is *raw* when it keeps the steps of the code it came from (so that it can be run just as
the code runs) and *normal* when `stabaudit.terms.normal` has brought it into the one form that
all its rearrangements share.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import Any, TypeAlias

from stabaudit.records import Record
from stabaudit.terms.size import bounded

Number: TypeAlias = int | float | Fraction

#: Numbers from here on are no floats.
LARGEST = 1 << 1023
#: The operations of a leaf.
NONE: frozenset[str] = frozenset()


class Term:
    """An expression; arithmetic on terms gives terms.

    `key` orders and identifies a term, `ops` are the operations in it, `size` counts its nodes.
    `node` is where a lifted term was read, in the syntax tree; it takes no part in comparison.
    """

    __slots__ = ("_hash", "_variables", "key", "node", "ops", "size")

    key: str
    ops: frozenset[str]
    size: int
    node: Any

    def __init__(self, key: str, ops: frozenset[str], size: int, node: Any) -> None:
        self.key = key
        self.ops = ops
        self.size = size
        self.node = node
        self._hash = hash(key)
        self._variables: frozenset[Var] | None = None

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Term) and self._hash == other._hash and self.key == other.key)

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return self.key

    @property
    def origin(self) -> Any:
        """The node of LibCST where it was read, for edits; `None` until there is one."""
        return None if self.node is None else self.node.origin

    @property
    def args(self) -> tuple[Term, ...]:
        """The operands; none for a leaf."""
        return ()

    @property
    def variables(self) -> frozenset[Var]:
        """The variables that occur in the term, those in axes and other settings included."""
        if self._variables is None:
            self._variables = frozenset().union(*(a.variables for a in children(self)))
        return self._variables

    def __add__(self, other: Term | Number) -> Term:
        return App("add", (self, as_term(other)))

    def __radd__(self, other: Term | Number) -> Term:
        return App("add", (as_term(other), self))

    def __sub__(self, other: Term | Number) -> Term:
        return App("sub", (self, as_term(other)))

    def __rsub__(self, other: Term | Number) -> Term:
        return App("sub", (as_term(other), self))

    def __mul__(self, other: Term | Number) -> Term:
        return App("mul", (self, as_term(other)))

    def __rmul__(self, other: Term | Number) -> Term:
        return App("mul", (as_term(other), self))

    def __truediv__(self, other: Term | Number) -> Term:
        return App("div", (self, as_term(other)))

    def __rtruediv__(self, other: Term | Number) -> Term:
        return App("div", (as_term(other), self))

    def __pow__(self, other: Term | Number) -> Term:
        return App("pow", (self, as_term(other)))

    def __neg__(self) -> Term:
        return App("neg", (self,))


#: In the stamp of a variable: its value was drawn between 0 and 1.
DRAWN_MARK = "#drawn"
#: In the stamp of a variable: it is imported from a module of constants.
CONSTANT_MARK = "#constant"


class Bounds(Record):
    """What the elements of a range lie between, which begins at its lower end.

    `whole` numbers have no fractions, rows of `unit` length are vectors of length one, and what is `drawn` is another
    number each time. Values `anywhere` between them need not begin at the lower end, such as lengths.
    """

    low: float
    high: float
    whole: bool = False
    unit: bool = False
    drawn: bool = False
    anywhere: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is a number of things, or a position."""
        return self.whole and self.low >= 0


class Var(Term):
    """A value that is not looked into: a name, or an expression named by its own source text.

    `stamp` tells two values of one name apart: each assignment gives a name a new number.
    `rank` is the number of its dimensions and `bounds` what its elements lie between, where the source tells.
    """

    __slots__ = ("bounds", "name", "rank", "stamp")

    def __init__(
        self,
        name: str,
        stamp: tuple[tuple[str, int], ...] = (),
        node: Any = None,
        rank: int | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.bounds = bounds
        self.name = name
        self.stamp = stamp
        self.rank = rank
        marks = ",".join([f"{n}{v}" for n, v in stamp if v]) if stamp else ""
        super().__init__(f"`{name}@{marks}`" if marks else f"`{name}`", NONE, 1, node)

    @property
    def variables(self) -> frozenset[Var]:
        """The variable itself."""
        return frozenset((self,))


class Const(Term):
    """An exact rational number: `0.1` in the source is one tenth; raises `TooLarge`.

    `variable` is the name that it was read under, if it was.
    """

    __slots__ = ("value", "variable")

    def __init__(self, value: Number, node: Any = None, variable: Var | None = None) -> None:
        self.variable = variable
        self.value = exact = bounded(value if type(value) is Fraction else Fraction(value))
        whole = exact.denominator == 1
        key = f"#{exact.numerator}" if whole else f"#{exact.numerator}/{exact.denominator}"
        super().__init__(key, NONE, 1, node)


class Lit(Term):
    """A setting that is no number: `None`, `True`, a tuple of axes, the shape of an index."""

    __slots__ = ("value",)

    def __init__(self, value: Hashable, node: Any = None) -> None:
        self.value = value
        super().__init__(f"!{value!r}", NONE, 1, node)


class Data(Term):
    """An array whose elements stand in the source, such as `np.array([1, -10, 1000])`; nested tuples of floats."""

    __slots__ = ("values",)

    def __init__(self, values: tuple[object, ...], node: Any = None) -> None:
        self.values = values
        super().__init__(f"${values!r}", NONE, 1, node)


Attrs = tuple[tuple[str, Term], ...]


class App(Term):
    """An operation on operands, with settings such as `axis` and `keepdims` as named terms.

    `library` is the library in whose words it was read, and `steps` where its steps are written if `node` is but a
    name for them; neither takes part in comparison.
    """

    __slots__ = ("_args", "attrs", "coefficient_and_rest", "library", "op", "steps")

    #: What `stabaudit.terms.arithmetic.split` found of a normal product.
    coefficient_and_rest: tuple[Fraction, Term] | None

    def __init__(
        self,
        op: str,
        args: tuple[Term, ...],
        attrs: Attrs = (),
        node: Any = None,
        library: str | None = None,
        steps: Any = None,
    ) -> None:
        self.op = op
        self.library = library
        self.steps = steps if steps is not None else node
        self._args = args
        self.attrs = attrs
        self.coefficient_and_rest = None
        parts = [a.key for a in args]
        if attrs:
            parts += [f"{n}={v.key}" for n, v in attrs]
        # Most terms have the operations of one of their operands, whose set they share.
        ops, size = NONE, 1
        for a in args:
            size += a.size
            if not a.ops <= ops:
                ops = a.ops if ops <= a.ops else ops | a.ops
        if op not in ops:
            ops = ops | {op}
        super().__init__(f"{op}({' '.join(parts)})", ops, size, node)

    @property
    def args(self) -> tuple[Term, ...]:
        """The operands."""
        return self._args

    @property
    def made(self) -> Any:
        """The node of LibCST where its steps are written, for edits."""
        return None if self.steps is None else self.steps.origin

    def attr(self, name: str) -> Term | None:
        """The setting called `name`, if there is one."""
        return next((v for n, v in self.attrs if n == name), None)


def as_term(value: Term | Number) -> Term:
    """`value` itself if it is a term, else the constant."""
    return value if isinstance(value, Term) else Const(value)


def children(term: Term) -> tuple[Term, ...]:
    """Operands and settings."""
    return (*term.args, *(v for _, v in term.attrs)) if isinstance(term, App) else ()


def walk(term: Term) -> Iterator[Term]:
    """The term and all terms in it, outermost first."""
    # A generator within a generator would hand on each term as often as it is deep.
    todo = [term]
    while todo:
        one = todo.pop()
        yield one
        todo += reversed(children(one))


def applications(term: Term) -> Iterator[App]:
    """All operations in the term, settings left out, outermost first."""
    todo = [term]
    while todo:
        one = todo.pop()
        if isinstance(one, App):
            yield one
            todo += reversed(one.args)


def placed(term: Term, node: Any) -> Term:
    """The same term, read at `node`."""
    if isinstance(term, App):
        return App(term.op, term.args, term.attrs, node, term.library, term.steps)
    if isinstance(term, Var):
        return Var(term.name, term.stamp, node, term.rank, term.bounds)
    if isinstance(term, Const):
        return Const(term.value, node)
    if isinstance(term, Data):
        return Data(term.values, node)
    assert isinstance(term, Lit)
    return Lit(term.value, node)


def named(term: Term, value: Term) -> Term:
    """The term of a name that holds `value`: a number keeps the variable that the name is."""
    if isinstance(value, Const) and isinstance(term, Var) and abs(value.value) < LARGEST:
        size = float(value.value)
        variable = Var(term.name, term.stamp, term.node, term.rank, Bounds(size, size))
        return Const(value.value, term.node, variable)
    return placed(value, term.node)


def by_name(term: Term) -> Term:
    """The same term with the variables of the numbers that stand under a name."""
    if isinstance(term, Const):
        return term.variable or term
    if not isinstance(term, App):
        return term
    args = tuple(by_name(a) for a in term.args)
    if all(new is old for new, old in zip(args, term.args, strict=True)):
        return term
    return App(term.op, args, term.attrs, term.node, term.library, term.steps)


def values_of_names(term: Term) -> dict[Var, Term]:
    """The numbers that stand under a name in a term, each by its variable."""
    return {t.variable: Const(t.value) for t in walk(term) if isinstance(t, Const) and t.variable is not None}


def is_constant(term: Term) -> bool:
    """Whether it is a number, by itself or under a name."""
    if isinstance(term, Var) and term.bounds is not None:
        return term.bounds.low == term.bounds.high
    return isinstance(term, Const)


def without_origin(term: Term) -> Term:
    """The same term without the places it was read at, for where they mean nothing."""
    if isinstance(term, App):
        args = tuple(without_origin(a) for a in term.args)
        return App(term.op, args, tuple((n, without_origin(v)) for n, v in term.attrs), None, term.library)
    return placed(term, None)
