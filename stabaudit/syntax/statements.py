"""The nodes of statements in which there are no others, and of blocks."""

from __future__ import annotations

from dataclasses import dataclass

from stabaudit.syntax.node import Expression, Node, Statement


@dataclass(slots=True, eq=False, repr=False)
class Block(Node):
    """Statements one after the other, on one line or on several."""

    body: tuple[Statement, ...]


class Module(Block):
    """A whole text."""

    __slots__ = ()


@dataclass(slots=True, eq=False, repr=False)
class Assign(Statement):
    """`a = b = value`."""

    targets: tuple[Expression, ...]
    value: Expression


@dataclass(slots=True, eq=False, repr=False)
class Annotated(Statement):
    """`target: annotation = value`."""

    target: Expression
    annotation: Expression
    value: Expression | None


@dataclass(slots=True, eq=False, repr=False)
class Augment(Statement):
    """`target += value`; the operator is that without `=`."""

    target: Expression
    operator: str
    value: Expression


@dataclass(slots=True, eq=False, repr=False)
class Evaluate(Statement):
    """An expression by itself."""

    value: Expression


@dataclass(slots=True, eq=False, repr=False)
class Return(Statement):
    """`return value`."""

    value: Expression | None


@dataclass(slots=True, eq=False, repr=False)
class Raise(Statement):
    """`raise error from cause`."""

    error: Expression | None
    cause: Expression | None


@dataclass(slots=True, eq=False, repr=False)
class Assert(Statement):
    """`assert test, message`."""

    test: Expression
    message: Expression | None


@dataclass(slots=True, eq=False, repr=False)
class Delete(Statement):
    """`del targets`."""

    targets: tuple[Expression, ...]


@dataclass(slots=True, eq=False, repr=False)
class Alias(Node):
    """`name as local` of an import."""

    name: str
    local: str | None


@dataclass(slots=True, eq=False, repr=False)
class Import(Statement):
    """`import names`."""

    names: tuple[Alias, ...]


@dataclass(slots=True, eq=False, repr=False)
class ImportFrom(Statement):
    """`from package import names`, the dots of the package included; `*` is the name of all."""

    package: str
    names: tuple[Alias, ...]

    @property
    def is_of_all(self) -> bool:
        """`from package import *`."""
        return len(self.names) == 1 and self.names[0].name == "*"


@dataclass(slots=True, eq=False, repr=False)
class Declare(Statement):
    """`global names`, `nonlocal names`."""

    word: str
    names: tuple[str, ...]


@dataclass(slots=True, eq=False, repr=False)
class Jump(Statement):
    """`break`, `continue`, `pass`."""

    word: str


@dataclass(slots=True, eq=False, repr=False)
class TypeAlias(Statement):
    """`type X = value`: of the parts that no program computes with, nothing is kept."""

    name: str


class Opaque(Statement):
    """A statement of a kind that is not known here."""

    __slots__ = ()
