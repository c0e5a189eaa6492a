"""The nodes of statements in which there are no others, and of blocks."""

from __future__ import annotations

from stabaudit.syntax.node import Expression, Node, Statement, dataclass


@dataclass
class Block(Node):
    """Statements one after the other, on one line or on several."""

    body: tuple[Statement, ...]


class Module(Block):
    """A whole text."""

    __slots__ = ()


@dataclass
class Assign(Statement):
    """`a = b = value`."""

    targets: tuple[Expression, ...]
    value: Expression


@dataclass
class Annotated(Statement):
    """`target: annotation = value`."""

    target: Expression
    annotation: Expression
    value: Expression | None


@dataclass
class Augment(Statement):
    """`target += value`; the operator is that without `=`."""

    target: Expression
    operator: str
    value: Expression


@dataclass
class Evaluate(Statement):
    """An expression by itself."""

    value: Expression


@dataclass
class Return(Statement):
    """`return value`."""

    value: Expression | None


@dataclass
class Raise(Statement):
    """`raise error from cause`."""

    error: Expression | None
    cause: Expression | None


@dataclass
class Assert(Statement):
    """`assert test, message`."""

    test: Expression
    message: Expression | None


@dataclass
class Delete(Statement):
    """`del targets`."""

    targets: tuple[Expression, ...]


@dataclass
class Alias(Node):
    """`name as local` of an import."""

    name: str
    local: str | None


@dataclass
class Import(Statement):
    """`import names`."""

    names: tuple[Alias, ...]


@dataclass
class ImportFrom(Statement):
    """`from package import names`, the dots of the package included; `*` is the name of all."""

    package: str
    names: tuple[Alias, ...]

    @property
    def is_of_all(self) -> bool:
        """`from package import *`."""
        return len(self.names) == 1 and self.names[0].name == "*"


@dataclass
class Declare(Statement):
    """`global names`, `nonlocal names`."""

    word: str
    names: tuple[str, ...]


@dataclass
class Jump(Statement):
    """`break`, `continue`, `pass`."""

    word: str


@dataclass
class TypeAlias(Statement):
    """`type X = value`: of the parts that no program computes with, nothing is kept."""

    name: str


class Opaque(Statement):
    """A statement of a kind that is not known here."""

    __slots__ = ()
