"""What takes errors without an `except` around them: context managers of a module, and what leaves a `finally`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from stabaudit.records import Record
from stabaudit.syntax.bindings import CLOSED
from stabaudit.syntax.compound import Class, For, Function, Try, While, With
from stabaudit.syntax.dotted import called, last
from stabaudit.syntax.expressions import Attribute, Call, Choice, Constant, Name, Named, Yield
from stabaudit.syntax.find import functions_of, nodes_of, own_nodes, stored_in
from stabaudit.syntax.node import Expression, Node, below, parts
from stabaudit.syntax.parameters import Parameter
from stabaudit.syntax.statements import Alias, Annotated, Assign, Block, Jump, Module, Return

LEAVING = frozenset({"__exit__", "__aexit__"})
MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
#: Stacks of managers, which take what a manager in them takes; what is pushed is asked about the error as well.
STACKS = frozenset({"ExitStack", "AsyncExitStack"})
ENTERING = frozenset({"enter_context", "enter_async_context"})
PUSHING = frozenset({"push", "push_async_exit"})
#: Whatever goes wrong is taken.
ALL: Expression = Name("BaseException")


class Managers(Record):
    """The exceptions that are taken by the managers of a module, by the names of what they are, or are made by.

    Names that are `told` stand for results of calls alone.
    """

    takes: dict[str, list[Expression]]
    told: frozenset[str]

    def taken(self, entered: Expression) -> list[Expression]:
        """The exceptions that may be taken by what is entered: of a name that is not told, those of every manager."""
        name = maker(entered)
        if name in self.takes:
            return self.takes[name]
        if isinstance(entered, Call) or name in self.told:
            return []
        return [kind for kinds in self.takes.values() for kind in kinds]


def swallowing(module: Module) -> Managers:
    """The managers of a module that take errors."""
    found: dict[str, list[Expression]] = {}
    heirs: dict[str, list[str]] = defaultdict(list)
    for kind in nodes_of(module, Class):
        leaving = [n for n in kind.body.body if isinstance(n, Function) and n.name in LEAVING]
        given = any(last(t) in LEAVING for n in kind.body.body if isinstance(n, Assign) for t in n.targets)
        if given or any(_may_be_true(node) for one in leaving for node in own_nodes(one)):
            found[kind.name] = [ALL]
        elif not leaving:
            for base in kind.args:
                heirs[last(base.value)].append(kind.name)
    for function in functions_of(module):
        names = {last(decorator) for decorator in function.decorators}
        if MANAGERS.isdisjoint(names):
            continue
        if taken := list(_taken(function)):
            found[function.name] = taken
        for entered in _entered_around_yields(function):
            heirs[maker(entered)].append(function.name)
    assigned = list(_assigned(module))
    for name, value in (*assigned, *_returned(module)):
        for choice in choices(value):
            heirs[maker(choice)].append(name)
    for call in _put_on_stacks(module):
        for stack in STACKS:
            if called(call) in PUSHING:
                found[stack] = [ALL]
            for manager in (choice for value in call.positional for choice in choices(value)):
                heirs[maker(manager)].append(stack)
    todo = [*found, "suppress"]
    while todo:
        taking = todo.pop()
        for heir in heirs.pop(taking, ()):
            if heir not in found:
                found[heir] = found.get(taking, [ALL])
                todo.append(heir)
    return Managers(found, _told(module, assigned))


def choices(value: Expression) -> Iterator[Expression]:
    """The expressions of which one gives the value."""
    if isinstance(value, Choice):
        yield from choices(value.body)
        yield from choices(value.orelse)
    elif isinstance(value, Named):
        yield from choices(value.value)
    else:
        yield value


def maker(value: Expression) -> str:
    """The last name of what is called to make a value, or of the value."""
    return called(value) if isinstance(value, Call) else last(value)


def _put_on_stacks(module: Module) -> Iterator[Call]:
    """The calls that put a manager on a stack, or a function that is asked about errors."""
    said = {alias.name for alias in nodes_of(module, Alias)} | {node.attr for node in nodes_of(module, Attribute)}
    for call in nodes_of(module, Call) if not STACKS.isdisjoint(said) else ():
        if isinstance(call.func, Attribute) and call.func.attr in ENTERING | PUSHING:
            yield call


def _assigned(module: Module) -> Iterator[tuple[str, Expression]]:
    for node in nodes_of(module, Assign):
        yield from ((name, node.value) for target in node.targets if (name := last(target)))
    for annotated in nodes_of(module, Annotated):
        if annotated.value is not None and (name := last(annotated.target)):
            yield name, annotated.value
    yield from ((last(node.target), node.value) for node in nodes_of(module, Named))


def _returned(module: Module) -> Iterator[tuple[str, Expression]]:
    for function in functions_of(module):
        returned = (node.value for node in own_nodes(function) if isinstance(node, Return))
        yield from ((function.name, value) for value in returned if value is not None)


def _told(module: Module, assigned: list[tuple[str, Expression]]) -> frozenset[str]:
    """The names that are bound to results of calls, and in no other way."""
    results = Counter(name for name, value in assigned if all(isinstance(c, Call) for c in choices(value)))
    every = stored_in(module)
    stored = Counter(last(node) for node in nodes_of(module, Name, Attribute) if id(node) in every)
    stored.update(parameter.name for parameter in nodes_of(module, Parameter))
    return frozenset(name for name, number in results.items() if stored[name] == number)


def _may_be_true(node: Node) -> bool:
    """Whether a method that returns here may say that the error is dealt with."""
    value = node.value if isinstance(node, Return) else None
    return value is not None and not (isinstance(value, Constant) and not value.value)


def _taken(function: Function) -> Iterator[Expression]:
    """What the handlers around a `yield` take."""
    for node in own_nodes(function):
        if isinstance(node, Try) and _yields(node.body):
            yield from (ALL if handler.error is None else handler.error for handler in node.handlers)
            if node.final is not None and drops(node.final):
                yield ALL


def _entered_around_yields(function: Function) -> Iterator[Expression]:
    """The managers in which a function yields."""
    for node in own_nodes(function):
        if isinstance(node, With) and _yields(node.body):
            yield from (choice for item in node.items for choice in choices(item.manager))


def _yields(block: Block) -> bool:
    return any(isinstance(node, Yield) and not node.whole for node in below(block))


def drops(node: Node, *, looped: bool = False) -> bool:
    """Whether a `finally` drops the error: it returns, or goes on with a loop around, not one within."""
    if node.__class__ in CLOSED:
        return False
    if isinstance(node, Jump):
        return node.word != "pass" and not looped
    repeated = node.body if isinstance(node, (For, While)) else None
    return isinstance(node, Return) or any(drops(child, looped=looped or child is repeated) for child in parts(node))
