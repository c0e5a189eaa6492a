"""The nodes of statements in which there are no others, and of blocks."""

from __future__ import annotations

from stabaudit.syntax.node import Expression, Node, Statement


class Block(Node):
    """Statements one after the other, on one line or on several."""

    __slots__ = ("body",)
    __match_args__ = PARTS = ("body",)

    def __init__(self, body: tuple[Statement, ...]) -> None:
        self.origin = self.place = None
        self.body = body


class Module(Block):
    """A whole text."""

    __slots__ = ()


class Assign(Statement):
    """`a = b = value`."""

    __slots__ = ("targets", "value")
    __match_args__ = PARTS = ("targets", "value")

    def __init__(self, targets: tuple[Expression, ...], value: Expression) -> None:
        self.origin = self.place = None
        self.targets = targets
        self.value = value


class Annotated(Statement):
    """`target: annotation = value`."""

    __slots__ = ("annotation", "target", "value")
    __match_args__ = PARTS = ("target", "annotation", "value")

    def __init__(self, target: Expression, annotation: Expression, value: Expression | None) -> None:
        self.origin = self.place = None
        self.target = target
        self.annotation = annotation
        self.value = value


class Augment(Statement):
    """`target += value`; the operator is that without `=`."""

    __slots__ = ("operator", "target", "value")
    __match_args__ = ("target", "operator", "value")
    PARTS, WORDS = ("target", "value"), ("operator",)

    def __init__(self, target: Expression, operator: str, value: Expression) -> None:
        self.origin = self.place = None
        self.target = target
        self.operator = operator
        self.value = value


class Evaluate(Statement):
    """An expression by itself."""

    __slots__ = ("value",)
    __match_args__ = PARTS = ("value",)

    def __init__(self, value: Expression) -> None:
        self.origin = self.place = None
        self.value = value


class Return(Statement):
    """`return value`."""

    __slots__ = ("value",)
    __match_args__ = PARTS = ("value",)

    def __init__(self, value: Expression | None) -> None:
        self.origin = self.place = None
        self.value = value


class Raise(Statement):
    """`raise error from cause`."""

    __slots__ = ("cause", "error")
    __match_args__ = PARTS = ("error", "cause")

    def __init__(self, error: Expression | None, cause: Expression | None) -> None:
        self.origin = self.place = None
        self.error = error
        self.cause = cause


class Assert(Statement):
    """`assert test, message`."""

    __slots__ = ("message", "test")
    __match_args__ = PARTS = ("test", "message")

    def __init__(self, test: Expression, message: Expression | None) -> None:
        self.origin = self.place = None
        self.test = test
        self.message = message


class Delete(Statement):
    """`del targets`."""

    __slots__ = ("targets",)
    __match_args__ = PARTS = ("targets",)

    def __init__(self, targets: tuple[Expression, ...]) -> None:
        self.origin = self.place = None
        self.targets = targets


class Alias(Node):
    """`name as local` of an import."""

    __slots__ = ("local", "name")
    __match_args__ = WORDS = ("name", "local")

    def __init__(self, name: str, local: str | None) -> None:
        self.origin = self.place = None
        self.name = name
        self.local = local


class Import(Statement):
    """`import names`."""

    __slots__ = ("names",)
    __match_args__ = PARTS = ("names",)

    def __init__(self, names: tuple[Alias, ...]) -> None:
        self.origin = self.place = None
        self.names = names


class ImportFrom(Statement):
    """`from package import names`, the dots of the package included; `*` is the name of all."""

    __slots__ = ("names", "package")
    __match_args__ = ("package", "names")
    PARTS, WORDS = ("names",), ("package",)

    def __init__(self, package: str, names: tuple[Alias, ...]) -> None:
        self.origin = self.place = None
        self.package = package
        self.names = names

    @property
    def is_of_all(self) -> bool:
        """`from package import *`."""
        return len(self.names) == 1 and self.names[0].name == "*"


class Declare(Statement):
    """`global names`, `nonlocal names`."""

    __slots__ = ("names", "word")
    __match_args__ = WORDS = ("word", "names")

    def __init__(self, word: str, names: tuple[str, ...]) -> None:
        self.origin = self.place = None
        self.word = word
        self.names = names


class Jump(Statement):
    """`break`, `continue`, `pass`."""

    __slots__ = ("word",)
    __match_args__ = WORDS = ("word",)

    def __init__(self, word: str) -> None:
        self.origin = self.place = None
        self.word = word


class TypeAlias(Statement):
    """`type X = value`: of the parts that no program computes with, nothing is kept."""

    __slots__ = ("name",)
    __match_args__ = WORDS = ("name",)

    def __init__(self, name: str) -> None:
        self.origin = self.place = None
        self.name = name


class Opaque(Statement):
    """A statement of a kind that is not known here."""

    __slots__ = ()

    def __init__(self) -> None:
        self.origin = self.place = None
