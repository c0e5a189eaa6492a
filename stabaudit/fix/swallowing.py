"""What takes errors without an `except` around them: context managers of a module, and what leaves a `finally`."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from stabaudit.source.tree import functions_of, nodes_of

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LOOPS = (ast.For, ast.AsyncFor, ast.While)
LEAVING = frozenset({"__exit__", "__aexit__"})
MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
#: Stacks of managers, which take what a manager in them takes; what is pushed is asked about the error as well.
STACKS = frozenset({"ExitStack", "AsyncExitStack"})
ENTERING = frozenset({"enter_context", "enter_async_context"})
PUSHING = frozenset({"push", "push_async_exit"})
#: Whatever goes wrong is taken.
ALL: ast.expr = ast.Name("BaseException", ast.Load())


class Managers(NamedTuple):
    """The exceptions that are taken by the managers of a module, by the names of what they are, or are made by.

    Names that are `told` stand for results of calls alone.
    """

    takes: dict[str, list[ast.expr]]
    told: frozenset[str]

    def taken(self, entered: ast.expr) -> list[ast.expr]:
        """The exceptions that may be taken by what is entered: of a name that is not told, those of every manager."""
        name = maker(entered)
        if name in self.takes:
            return self.takes[name]
        if isinstance(entered, ast.Call) or name in self.told:
            return []
        return [kind for kinds in self.takes.values() for kind in kinds]


def swallowing(tree: ast.Module) -> Managers:
    """The managers of a module that take errors."""
    found: dict[str, list[ast.expr]] = {}
    heirs: dict[str, list[str]] = defaultdict(list)
    for kind in nodes_of(tree, ast.ClassDef):
        leaving = [n for n in kind.body if isinstance(n, FUNCTIONS) and n.name in LEAVING]
        given = any(last_name(t) in LEAVING for n in kind.body if isinstance(n, ast.Assign) for t in n.targets)
        if given or any(_may_be_true(node) for one in leaving for node in inside(one)):
            found[kind.name] = [ALL]
        elif not leaving:
            for parent in kind.bases:
                heirs[last_name(parent)].append(kind.name)
    for function in functions_of(tree):
        names = {last_name(d) for d in function.decorator_list}
        if MANAGERS.isdisjoint(names):
            continue
        if taken := list(_taken(function)):
            found[function.name] = taken
        for entered in _entered_around_yields(function):
            heirs[maker(entered)].append(function.name)
    assigned = list(_assigned(tree))
    for name, value in (*assigned, *_returned(tree)):
        for choice in choices(value):
            heirs[maker(choice)].append(name)
    for call in _put_on_stacks(tree):
        for stack in STACKS:
            if last_name(call.func) in PUSHING:
                found[stack] = [ALL]
            for manager in (choice for argument in call.args for choice in choices(argument)):
                heirs[maker(manager)].append(stack)
    todo = [*found, "suppress"]
    while todo:
        taking = todo.pop()
        for heir in heirs.pop(taking, ()):
            if heir not in found:
                found[heir] = found.get(taking, [ALL])
                todo.append(heir)
    return Managers(found, _told(tree, assigned))


def choices(value: ast.expr) -> Iterator[ast.expr]:
    """The expressions of which one gives the value."""
    if isinstance(value, ast.IfExp):
        yield from choices(value.body)
        yield from choices(value.orelse)
    elif isinstance(value, ast.NamedExpr):
        yield from choices(value.value)
    else:
        yield value


def last_name(node: ast.AST) -> str:
    """The last part of a dotted name, or nothing."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def maker(value: ast.expr) -> str:
    """The last name of what is called to make a value, or of the value."""
    return last_name(value.func if isinstance(value, ast.Call) else value)


def _put_on_stacks(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls that put a manager on a stack, or a function that is asked about errors."""
    if not any(node.name in STACKS for node in nodes_of(tree, ast.alias)) and not any(
        node.attr in STACKS for node in nodes_of(tree, ast.Attribute)
    ):
        return
    for call in nodes_of(tree, ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ENTERING | PUSHING:
            yield call


def _assigned(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes_of(tree, ast.Assign):
        yield from ((name, node.value) for target in node.targets if (name := last_name(target)))
    for annotated in nodes_of(tree, ast.AnnAssign):
        if annotated.value is not None and (name := last_name(annotated.target)):
            yield name, annotated.value
    yield from ((n.target.id, n.value) for n in nodes_of(tree, ast.NamedExpr))


def _returned(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for function in functions_of(tree):
        returned = (node.value for node in inside(function) if isinstance(node, ast.Return))
        yield from ((function.name, value) for value in returned if value is not None)


def _told(tree: ast.Module, assigned: list[tuple[str, ast.expr]]) -> frozenset[str]:
    """The names that are bound to results of calls, and in no other way."""
    called = Counter(name for name, value in assigned if all(isinstance(c, ast.Call) for c in choices(value)))
    names = [n.id for n in nodes_of(tree, ast.Name) if isinstance(n.ctx, ast.Store)]
    names += [n.attr for n in nodes_of(tree, ast.Attribute) if isinstance(n.ctx, ast.Store)]
    stored = Counter([*names, *(n.arg for n in nodes_of(tree, ast.arg))])
    return frozenset(name for name, number in called.items() if stored[name] == number)


def _may_be_true(node: ast.AST) -> bool:
    """Whether a method that returns here may say that the error is dealt with."""
    value = node.value if isinstance(node, ast.Return) else None
    return value is not None and not (isinstance(value, ast.Constant) and not value.value)


def _taken(function: ast.AST) -> Iterator[ast.expr]:
    """What the handlers around a `yield` take."""
    for node in inside(function):
        if isinstance(node, ast.Try) and _yields(node):
            yield from (ALL if handler.type is None else handler.type for handler in node.handlers)
            if any(map(drops, node.finalbody)):
                yield ALL


def _entered_around_yields(function: ast.AST) -> Iterator[ast.expr]:
    """The managers in which a function yields."""
    for node in inside(function):
        if isinstance(node, (ast.With, ast.AsyncWith)) and _yields(node):
            yield from (choice for item in node.items for choice in choices(item.context_expr))


def _yields(block: ast.Try | ast.With | ast.AsyncWith) -> bool:
    return any(isinstance(node, ast.Yield) for part in block.body for node in ast.walk(part))


def drops(node: ast.AST, *, looped: bool = False) -> bool:
    """Whether a statement of a `finally` drops the error: it returns, or goes on with a loop around, not one within."""
    if isinstance(node, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
        return False
    if isinstance(node, (ast.Break, ast.Continue)):
        return not looped
    repeated = set(node.body) if isinstance(node, LOOPS) else set()
    return isinstance(node, ast.Return) or any(
        drops(child, looped=looped or child in repeated) for child in ast.iter_child_nodes(node)
    )


def inside(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below one, those of functions and classes in it left out."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
            yield child
            yield from inside(child)
