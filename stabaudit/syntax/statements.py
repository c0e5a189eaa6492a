"""The nodes of statements."""

from __future__ import annotations

from stabaudit.syntax.expressions import Argument, Parameters
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


class If(Statement):
    """`if`; what an `elif` says stands in its `else`."""

    __slots__ = ("body", "orelse", "test")
    __match_args__ = PARTS = ("test", "body", "orelse")

    def __init__(self, test: Expression, body: Block, orelse: Block | None) -> None:
        self.origin = self.place = None
        self.test = test
        self.body = body
        self.orelse = orelse


class For(Statement):
    """`for target in iter`."""

    __slots__ = ("asynchronous", "body", "iter", "orelse", "target")
    __match_args__ = ("target", "iter", "body", "orelse")
    PARTS, WORDS = ("target", "iter", "body", "orelse"), ("asynchronous",)

    def __init__(
        self, target: Expression, iter: Expression, body: Block, orelse: Block | None, asynchronous: bool
    ) -> None:
        self.origin = self.place = None
        self.target = target
        self.iter = iter
        self.body = body
        self.orelse = orelse
        self.asynchronous = asynchronous


class While(Statement):
    """`while test`."""

    __slots__ = ("body", "orelse", "test")
    __match_args__ = PARTS = ("test", "body", "orelse")

    def __init__(self, test: Expression, body: Block, orelse: Block | None) -> None:
        self.origin = self.place = None
        self.test = test
        self.body = body
        self.orelse = orelse


class WithItem(Node):
    """`manager as target` of a `with`."""

    __slots__ = ("manager", "target")
    __match_args__ = PARTS = ("manager", "target")

    def __init__(self, manager: Expression, target: Expression | None) -> None:
        self.origin = self.place = None
        self.manager = manager
        self.target = target


class With(Statement):
    """`with items`."""

    __slots__ = ("asynchronous", "body", "items")
    __match_args__ = ("items", "body")
    PARTS, WORDS = ("items", "body"), ("asynchronous",)

    def __init__(self, items: tuple[WithItem, ...], body: Block, asynchronous: bool) -> None:
        self.origin = self.place = None
        self.items = items
        self.body = body
        self.asynchronous = asynchronous


class Handler(Node):
    """`except error as name`."""

    __slots__ = ("body", "error", "name")
    __match_args__ = ("error", "name", "body")
    PARTS, WORDS = ("error", "body"), ("name",)

    def __init__(self, error: Expression | None, name: str | None, body: Block) -> None:
        self.origin = self.place = None
        self.error = error
        self.name = name
        self.body = body


class Try(Statement):
    """`try`, be it with `except` or `except*`."""

    __slots__ = ("body", "final", "handlers", "orelse")
    __match_args__ = PARTS = ("body", "handlers", "orelse", "final")

    def __init__(self, body: Block, handlers: tuple[Handler, ...], orelse: Block | None, final: Block | None) -> None:
        self.origin = self.place = None
        self.body = body
        self.handlers = handlers
        self.orelse = orelse
        self.final = final


class Pattern(Node):
    """What a `case` compares with: the names that it binds, and the expressions in it, both in their order."""

    __slots__ = ("names", "values")
    __match_args__ = ("names", "values")
    PARTS, WORDS = ("values",), ("names",)

    def __init__(self, names: tuple[str, ...], values: tuple[Expression, ...]) -> None:
        self.origin = self.place = None
        self.names = names
        self.values = values


class Case(Node):
    """`case pattern if guard`."""

    __slots__ = ("body", "guard", "pattern")
    __match_args__ = PARTS = ("pattern", "guard", "body")

    def __init__(self, pattern: Pattern, guard: Expression | None, body: Block) -> None:
        self.origin = self.place = None
        self.pattern = pattern
        self.guard = guard
        self.body = body


class Match(Statement):
    """`match subject`."""

    __slots__ = ("cases", "subject")
    __match_args__ = PARTS = ("subject", "cases")

    def __init__(self, subject: Expression, cases: tuple[Case, ...]) -> None:
        self.origin = self.place = None
        self.subject = subject
        self.cases = cases


class Function(Statement):
    """`def`, with its decorators."""

    __slots__ = ("asynchronous", "body", "decorators", "name", "parameters", "returns")
    __match_args__ = ("name", "parameters", "body")
    PARTS, WORDS = ("decorators", "parameters", "returns", "body"), ("name", "asynchronous")

    def __init__(
        self,
        name: str,
        parameters: Parameters,
        body: Block,
        decorators: tuple[Expression, ...],
        returns: Expression | None,
        asynchronous: bool,
    ) -> None:
        self.origin = self.place = None
        self.name = name
        self.parameters = parameters
        self.body = body
        self.decorators = decorators
        self.returns = returns
        self.asynchronous = asynchronous


class Class(Statement):
    """`class`, with its decorators, bases and keywords."""

    __slots__ = ("args", "body", "decorators", "name")
    __match_args__ = ("name", "args", "body")
    PARTS, WORDS = ("decorators", "args", "body"), ("name",)

    def __init__(self, name: str, args: tuple[Argument, ...], body: Block, decorators: tuple[Expression, ...]) -> None:
        self.origin = self.place = None
        self.name = name
        self.args = args
        self.body = body
        self.decorators = decorators


class Opaque(Statement):
    """A statement of a kind that is not known here."""

    __slots__ = ()

    def __init__(self) -> None:
        self.origin = self.place = None


#: Statements with statements in them.
COMPOUND = (If, For, While, With, Try, Match, Function, Class)
#: Nodes whose names are their own, beside lambdas.
DEFINITIONS = (Function, Class)
