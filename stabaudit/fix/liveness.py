"""Which values that a function gives to its names nothing reads: told from the text alone, in doubt it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from stabaudit.records import Record
from stabaudit.syntax.bindings import stored
from stabaudit.syntax.compound import DEFINITIONS, For, Function, If, Match, Try, While, With
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call, Lambda, Name
from stabaudit.syntax.node import Expression, Node, Statement, below
from stabaudit.syntax.statements import Assign, Block, Declare, Delete, Jump, Raise, Return

#: Functions that reach every name.
REACHING = frozenset({"locals", "vars", "eval", "exec", "dir", "query", "evaluate", "_getframe", "currentframe"})


def unread(function: Function) -> Iterator[Assign]:
    """The statements `name = value` of a function of which no way leads to a reading of the name."""
    inside = list(below(function.body))
    if any(called(node) in REACHING for node in inside if isinstance(node, Call)):
        return
    shared = {name for node in inside if isinstance(node, Declare) for name in node.names}
    closed = (node for node in inside if isinstance(node, (*DEFINITIONS, Lambda)))
    captured = {one.name for node in closed for one in below(node) if isinstance(one, Name)}
    targets = (node.targets[0] for node in inside if isinstance(node, Assign))
    assigned = {target.name for target in targets if isinstance(target, Name)}
    given = {id(place) for node in inside if not isinstance(node, Delete) for place in stored(node)}
    for name in sorted(assigned - shared - captured):
        ways = _Ways(name, given)
        ways.block(function.body, _After(False))
        yield from ways.dead()


class _After(Record):
    """Whether a name is read behind a place: next, where a loop is left or goes on, and where an error leads."""

    next: bool
    left: bool = False
    on: bool = False
    error: bool = False


class _Ways:
    """The ways from the values of one name to its readings; the places in `given` are not read."""

    def __init__(self, name: str, given: Collection[int]) -> None:
        self.name = name
        self._written = given
        self._read: dict[int, bool] = {}
        self._given: dict[int, Assign] = {}

    def dead(self) -> list[Assign]:
        """The statements whose value no way leads to a reading from."""
        return [statement for key, statement in self._given.items() if not self._read[key]]

    def block(self, block: Block | None, after: _After) -> bool:
        """Whether the name is read from the beginning of a block on."""
        live = after.next
        for statement in reversed(block.body) if block is not None else ():
            live = self._statement(statement, after._replace(next=live))
        return live

    def _statement(self, statement: Statement, after: _After) -> bool:
        match statement:
            case Assign(targets=(Name(name=self.name),), value=value):
                return self._assignment(statement, value, after)
            case Return() | Raise():
                return self._reads(statement) or after.error
            case Jump(word="break"):
                return after.left
            case Jump(word="continue"):
                return after.on
            case If(test=test, body=body, orelse=orelse):
                ways = [self.block(body, after), self.block(orelse, after)]
                return self._reads(test) or any(ways)
            case For(target=target, iter=iterated, body=body, orelse=orelse):
                return self._loop([target, iterated], body, orelse, after)
            case While(test=test, body=body, orelse=orelse):
                return self._loop([test], body, orelse, after)
            case With(items=items, body=body):
                # What is entered may take an error.
                live = self.block(body, after._replace(error=after.error or after.next))
                return live or any(self._reads(item) for item in items)
            case Match(cases=cases):
                ways = [self.block(case.body, after) for case in cases]
                return any(ways) or after.next or self._reads(statement)
            case Try():
                return self._guarded(statement, after)
        return self._reads(statement) or after.next

    def _guarded(self, statement: Try, after: _After) -> bool:
        """The same for `try`, where each line may lead to each block."""
        anywhere = after.error or after.next or self._reads(statement)
        behind = after._replace(next=anywhere, error=anywhere)
        handlers = (handler.body for handler in statement.handlers)
        for block in (statement.body, statement.orelse, statement.final, *handlers):
            self.block(block, behind)
        return anywhere

    def _assignment(self, statement: Assign, value: Expression, after: _After) -> bool:
        read = after.next or after.error
        self._given[id(statement)] = statement
        self._read[id(statement)] = self._read.get(id(statement), False) or read
        return self._reads(value) or after.error

    def _loop(self, heads: Sequence[Node], body: Block, orelse: Block | None, after: _After) -> bool:
        over = self.block(orelse, after)
        live = over or any(self._reads(head) for head in heads)
        for _ in range(2):
            live = live or self.block(body, after._replace(next=live, left=after.next, on=live))
            # Once more with what the next round reads.
            self.block(body, after._replace(next=live, left=after.next, on=live))
        return live

    def _reads(self, node: Node) -> bool:
        """Whether a node says the name otherwise than to give it a value."""
        return any(isinstance(n, Name) and n.name == self.name and id(n) not in self._written for n in below(node))
