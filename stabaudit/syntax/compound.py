"""The nodes of statements with statements in them."""

from __future__ import annotations

from collections.abc import Callable

from stabaudit.syntax.expressions import Argument
from stabaudit.syntax.node import Expression, Node, Statement, dataclass
from stabaudit.syntax.parameters import Parameters
from stabaudit.syntax.statements import Block


@dataclass
class If(Statement):
    """`if`; what an `elif` says stands in its `else`."""

    test: Expression
    body: Block
    orelse: Block | None


@dataclass
class For(Statement):
    """`for target in iter`."""

    target: Expression
    iter: Expression
    body: Block
    orelse: Block | None
    asynchronous: bool


@dataclass
class While(Statement):
    """`while test`."""

    test: Expression
    body: Block
    orelse: Block | None


@dataclass
class WithItem(Node):
    """`manager as target` of a `with`."""

    manager: Expression
    target: Expression | None


@dataclass
class With(Statement):
    """`with items`."""

    items: tuple[WithItem, ...]
    body: Block
    asynchronous: bool


@dataclass
class Handler(Node):
    """`except error as name`."""

    error: Expression | None
    name: str | None
    body: Block


@dataclass
class Try(Statement):
    """`try`, be it with `except` or `except*`."""

    body: Block
    handlers: tuple[Handler, ...]
    orelse: Block | None
    final: Block | None


@dataclass
class Pattern(Node):
    """What a `case` compares with: the names that it binds, and the expressions in it, both in their order."""

    names: tuple[str, ...]
    values: tuple[Expression, ...]


@dataclass
class Case(Node):
    """`case pattern if guard`."""

    pattern: Pattern
    guard: Expression | None
    body: Block


@dataclass
class Match(Statement):
    """`match subject`."""

    subject: Expression
    cases: tuple[Case, ...]


class Function(Statement):
    """`def`, with its decorators; a body may be made when it is first asked for, as that of most never is."""

    __slots__ = ("_body", "asynchronous", "decorators", "name", "parameters", "returns")
    __match_args__ = ("name", "parameters", "body")
    PARTS, WORDS = ("decorators", "parameters", "returns", "body"), ("name", "asynchronous")

    def __init__(
        self,
        name: str,
        parameters: Parameters,
        body: Block | Callable[[], Block],
        decorators: tuple[Expression, ...],
        returns: Expression | None,
        asynchronous: bool,
    ) -> None:
        self.origin = self.place = None
        self.name = name
        self.parameters = parameters
        self._body = body
        self.decorators = decorators
        self.returns = returns
        self.asynchronous = asynchronous

    @property
    def body(self) -> Block:
        """Its statements."""
        if not isinstance(self._body, Block):
            self._body = self._body()
        return self._body


@dataclass
class Class(Statement):
    """`class`, with its decorators, bases and keywords."""

    name: str
    args: tuple[Argument, ...]
    body: Block
    decorators: tuple[Expression, ...]
    PARTS, WORDS = ("decorators", "args", "body"), ("name",)


#: Statements with statements in them.
COMPOUND = (If, For, While, With, Try, Match, Function, Class)
#: Nodes whose names are their own, beside lambdas.
DEFINITIONS = (Function, Class)
