"""Whether code counts on the errors and warnings of a formula: a handler around it or its calls could take them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from stabaudit.fix.again import Obstacle
from stabaudit.fix.handed_on import given_names, handed_on
from stabaudit.fix.listeners import listeners, listens
from stabaudit.fix.swallowing import ALL, Managers, choices, drops, last_name, maker, swallowing
from stabaudit.source.dotted import dotted_name
from stabaudit.source.tree import functions_of, nodes_of
from stabaudit.syntax.places import Span, Spot

#: What Python's own functions raise where a formula leaves the range of floats, and what NumPy's raise if they are
#: told to.
ERRORS = frozenset({"ValueError", "OverflowError", "ZeroDivisionError", "ArithmeticError", "FloatingPointError"})
ARRAY_ERRORS = ERRORS - {"ValueError"}
WARNINGS = frozenset({"RuntimeWarning", "Warning"})
#: What is raised for values that a formula is not made for, of which a stable function may make more.
REFUSALS = frozenset({"TypeError", "AttributeError", "NotImplementedError", "UFuncTypeError"})
#: Handlers for whatever goes wrong.
ANY = frozenset({"Exception", "BaseException"})
#: NumPy is told to raise what it would warn of, or Python to raise warnings.
RAISING = re.compile(r"(seterr|errstate|filterwarnings|simplefilter)\b[^\n]*['\"](raise|error|call)['\"]")
EXPECTING = frozenset(
    {"raises", "assertRaises", "assertRaisesRegex", "assert_raises", "assert_raises_regex", "suppress"}
)
WARNED = frozenset({"warns", "assertWarns", "assertWarnsRegex", "assert_warns"})
#: Words of texts that may take errors without an `except`.
TELLING = (*EXPECTING, *WARNED, "record", "errstate", "seterr", "__exit__", "__aexit__", "finally", "exception",
           "ExitStack", "Traceback", "showwarning", "excepthook", "error_callback")  # fmt: skip
#: Nodes that may take errors.
GUARDING = (*{ast.Try, getattr(ast, "TryStar", ast.Try)}, ast.With, ast.AsyncWith, ast.Call)
#: Keywords by which a call is told of errors.
TOLD_OF = frozenset({"return_exceptions", "error_callback"})
#: Whose errors are taken where what is called is not known: `table[key](x)`, `future.result()`.
UNKNOWN = ""


class Guard(NamedTuple):
    """A piece of code of which some errors are taken, and on which line that is said."""

    span: Span
    types: frozenset[str]
    words: str
    row: int
    calls: frozenset[str]


class Handlers:
    """The handlers of one module."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self._tree = tree
        self._text = text

    def obstacle(self, places: Sequence[Span], *, raises: bool) -> Obstacle | None:
        """What takes the errors of a formula whose steps stand at `places`; they are Python's own if it `raises`."""
        if "except" not in self._text and not any(word in self._text for word in TELLING):
            return None
        narrow = ERRORS if raises else ARRAY_ERRORS | WARNINGS
        broad = narrow | REFUSALS | (ANY if raises or self._raises else frozenset())
        for guard in self._guards:
            if not broad.isdisjoint(guard.types) and any(_holds(guard.span, place) for place in places):
                return _told(guard)
        names = set(self._around(places))
        if not names.isdisjoint(self._handed_on):
            names.add(UNKNOWN)
        for guard in self._guards:
            if not broad.isdisjoint(guard.types) and not names.isdisjoint(guard.calls):
                return _told(guard)
            # Who names the error means it, however deep it comes from.
            if not narrow.isdisjoint(guard.types) and not names.isdisjoint(self._reached(guard.calls)):
                return _told(guard)
        return None

    @cached_property
    def _raises(self) -> bool:
        return RAISING.search(self._text) is not None

    @cached_property
    def _guards(self) -> list[Guard]:
        managers = swallowing(self._tree)
        found = [guard for node in nodes_of(self._tree, *GUARDING) for guard in _guards(node, managers)]
        found += (guard for function in functions_of(self._tree) for guard in _decorated(function, managers))
        everywhere = Span((0, 0), end(self._tree.body[-1]))
        told = listeners(self._tree, self._text)
        found += (Guard(everywhere, one.types, one.words, one.row, frozenset()) for one in told)
        given = {
            target.id: node.value
            for node in nodes_of(self._tree, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        # Errors may have a name of the module's own: `except ERRORS`.
        found = [g._replace(types=g.types.union(*(_types([given[t]]) for t in g.types if t in given))) for g in found]
        return [g if self._given.isdisjoint(g.calls) else g._replace(calls=g.calls | {UNKNOWN}) for g in found]

    @cached_property
    def _handed_on(self) -> frozenset[str]:
        return handed_on(self._tree)

    @cached_property
    def _given(self) -> frozenset[str]:
        """What may be any function where it is called."""
        return given_names(self._tree) - self._calls.keys() | {"result"}

    @cached_property
    def _calls(self) -> dict[str, frozenset[str]]:
        """The names that each function calls, by its name."""
        found: dict[str, set[str]] = defaultdict(set)
        for node in functions_of(self._tree):
            found[node.name] |= _called(node.body)
        return {name: frozenset(calls) for name, calls in found.items()}

    def _reached(self, calls: Iterable[str]) -> set[str]:
        """The functions of the module that are called by these, and the functions they call."""
        found: set[str] = set()
        todo = list(calls)
        while todo:
            name = todo.pop()
            if name in self._calls and name not in found:
                found.add(name)
                todo += self._calls[name]
        return found

    def _around(self, places: Sequence[Span]) -> Iterator[str]:
        """The names of the functions that hold the formula; of a lambda that has none nobody knows who calls it."""
        named = {id(node.value): last_name(node.targets[0]) for node in nodes_of(self._tree, ast.Assign)}
        for node in (*functions_of(self._tree), *nodes_of(self._tree, ast.Lambda)):
            if any(_holds(Span(start(node), end(node)), place) for place in places):
                yield named.get(id(node), UNKNOWN) if isinstance(node, ast.Lambda) else node.name


def _guards(node: ast.AST, managers: Managers) -> Iterator[Guard]:
    """What takes errors at a node; `managers` of the module take what is said of them."""
    if isinstance(node, ast.Try) or node.__class__.__name__ == "TryStar":
        body: list[ast.stmt] = node.body  # type: ignore[attr-defined]
        last: list[ast.stmt] = node.finalbody  # type: ignore[attr-defined]
        if any(map(drops, last)):
            span = Span(start(body[0]), start(last[0]))
            yield Guard(span, _types([ALL]), "finally", last[0].lineno, _called(body))
        for handler in node.handlers:  # type: ignore[attr-defined]
            types = _types([handler.type]) if handler.type is not None else frozenset({"BaseException"})
            words = f"except {ast.unparse(handler.type)}" if handler.type is not None else "except"
            yield Guard(Span(start(body[0]), end(body[-1])), types, words, handler.lineno, _called(body))
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        for entered in (choice for item in node.items for choice in choices(item.context_expr)):
            types = _types(managers.taken(entered)) or _types_entered(entered)
            if types:
                span = Span(start(node.body[0]), end(node.body[-1]))
                yield Guard(span, types, ast.unparse(entered), entered.lineno, _called(node.body))
    elif isinstance(node, ast.Call) and any(k.arg in TOLD_OF for k in node.keywords):
        yield Guard(Span(start(node), end(node)), _types([ALL]), ast.unparse(node.func), node.lineno, _called([node]))
    elif isinstance(node, ast.Call) and _asks_for_error(node):
        yield Guard(Span(start(node), end(node)), _types([ALL]), ast.unparse(node), node.lineno, frozenset({UNKNOWN}))
    elif isinstance(node, ast.Call) and (dotted_name(node.func) or "").rpartition(".")[2] in EXPECTING | WARNED:
        # `self.assertRaises(OverflowError, f, x)`
        span, words = Span(start(node), end(node)), ast.unparse(node.func)
        yield Guard(span, _types(node.args[:1]), words, node.lineno, _called([node]))


def _decorated(function: ast.FunctionDef | ast.AsyncFunctionDef, managers: Managers) -> Iterator[Guard]:
    """The managers of a module that a function runs in because they decorate it."""
    for decorator in function.decorator_list:
        if types := _types(managers.takes.get(maker(decorator), ())):
            span = Span(start(function), end(function))
            yield Guard(span, types, f"@{ast.unparse(decorator)}", decorator.lineno, frozenset())


def _types_entered(entered: ast.expr) -> frozenset[str]:
    """What is taken by a manager of a library that is made where it is entered."""
    if not isinstance(entered, ast.Call):
        return frozenset()
    name = last_name(entered.func)
    if listens(entered):
        return frozenset({"FloatingPointError"})
    if name in EXPECTING:
        return _types(entered.args)
    if name in WARNED or (name == "catch_warnings" and any(k.arg == "record" for k in entered.keywords)):
        return _types(entered.args) or WARNINGS
    return frozenset()


def _types(nodes: Iterable[ast.expr]) -> frozenset[str]:
    """The last names of exceptions, those in tuples included."""
    return frozenset(
        (dotted_name(part) or "").rpartition(".")[2]
        for node in nodes
        for part in (node.elts if isinstance(node, ast.Tuple) else [node])
    )


def _asks_for_error(call: ast.Call) -> bool:
    """Whether a future is asked for its error; a logger's `exception` is given a text."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "exception" and not call.args


def _called(body: Iterable[ast.AST]) -> frozenset[str]:
    """The last names of what is called in a piece of code, or handed on there to be called."""
    return frozenset(name for part in body for node in ast.walk(part) for name in _named(node))


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        for part in (node.func, *node.args, *(k.value for k in node.keywords)):
            if isinstance(part, ast.Attribute):
                yield part.attr
            elif isinstance(part, ast.Name):
                yield part.id
        if not isinstance(node.func, (ast.Attribute, ast.Name)):
            yield UNKNOWN


def _told(guard: Guard) -> Obstacle:
    return Obstacle(f"`{guard.words}` on line {guard.row} may rely on an error that the formula raises", sure=False)


def _holds(span: Span, place: Span) -> bool:
    return span.first <= place.first and place.last <= span.last


def start(node: ast.AST) -> Spot:
    """Where a node begins."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def end(node: ast.AST) -> Spot:
    """Where a node ends."""
    return getattr(node, "end_lineno", 0) or 0, getattr(node, "end_col_offset", 0) or 0
