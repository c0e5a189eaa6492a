"""The nodes of statements in which there are no others, and of blocks."""

from __future__ import annotations

from stabaudit.syntax.node import Expression, Node, Statement, declared


@declared
class Block(Node):
    """Statements one after the other, on one line or on several."""

    body: tuple[Statement, ...]


class Module(Block):
    """A whole text."""

    __slots__ = ()


@declared
class Assign(Statement):
    """`a = b = value`."""

    targets: tuple[Expression, ...]
    value: Expression


@declared
class Annotated(Statement):
    """`target: annotation = value`."""

    target: Expression
    annotation: Expression
    value: Expression | None


@declared
class Augment(Statement):
    """`target += value`; the operator is that without `=`."""

    target: Expression
    operator: str
    value: Expression


@declared
class Evaluate(Statement):
    """An expression by itself."""

    value: Expression


@declared
class Return(Statement):
    """`return value`."""

    value: Expression | None


@declared
class Raise(Statement):
    """`raise error from cause`."""

    error: Expression | None
    cause: Expression | None


@declared
class Assert(Statement):
    """`assert test, message`."""

    test: Expression
    message: Expression | None


@declared
class Delete(Statement):
    """`del targets`."""

    targets: tuple[Expression, ...]


@declared
class Alias(Node):
    """`name as local` of an import."""

    name: str
    local: str | None


@declared
class Import(Statement):
    """`import names`."""

    names: tuple[Alias, ...]


@declared
class ImportFrom(Statement):
    """`from package import names`, the dots of the package included; `*` is the name of all."""

    package: str
    names: tuple[Alias, ...]

    @property
    def is_of_all(self) -> bool:
        """`from package import *`."""
        return len(self.names) == 1 and self.names[0].name == "*"


@declared
class Declare(Statement):
    """`global names`, `nonlocal names`."""

    word: str
    names: tuple[str, ...]


@declared
class Jump(Statement):
    """`break`, `continue`, `pass`."""

    word: str


@declared
class TypeAlias(Statement):
    """`type X = value`: of the parts that no program computes with, nothing is kept."""

    name: str


class Opaque(Statement):
    """A statement of a kind that is not known here."""

    __slots__ = ()
