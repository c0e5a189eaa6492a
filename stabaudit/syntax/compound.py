"""The nodes of statements with statements in them."""

from __future__ import annotations

from collections.abc import Callable

from stabaudit.syntax.expressions import Argument
from stabaudit.syntax.node import Expression, Node, Statement
from stabaudit.syntax.parameters import Parameters
from stabaudit.syntax.statements import Block


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


#: Statements with statements in them.
COMPOUND = (If, For, While, With, Try, Match, Function, Class)
#: Nodes whose names are their own, beside lambdas.
DEFINITIONS = (Function, Class)
