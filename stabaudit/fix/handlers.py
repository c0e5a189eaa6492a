"""Whether code counts on the errors and warnings of a formula: a handler around it or its calls could take them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from stabaudit.fix.handed_on import given_names, handed_on
from stabaudit.fix.listeners import listeners, listens
from stabaudit.fix.rereading import Obstacle
from stabaudit.fix.swallowing import ALL, Managers, choices, drops, maker, swallowing
from stabaudit.records import Record
from stabaudit.syntax.compound import Function, Try, With
from stabaudit.syntax.dotted import called, last
from stabaudit.syntax.expressions import Attribute, Call, Display, Lambda, Name
from stabaudit.syntax.find import functions_of, nodes_of
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.places import Span, end, span, start
from stabaudit.syntax.printer import source
from stabaudit.syntax.statements import Assign, Module

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
GUARDING: tuple[type[Node], ...] = (Try, With, Call)
#: Keywords by which a call is told of errors.
TOLD_OF = frozenset({"return_exceptions", "error_callback"})
#: Whose errors are taken where what is called is not known: `table[key](x)`, `future.result()`.
UNKNOWN = ""


class Guard(Record):
    """A piece of code of which some errors are taken, and on which line that is said."""

    span: Span
    types: frozenset[str]
    words: str
    row: int
    calls: frozenset[str]


class Handlers:
    """The handlers of one module."""

    def __init__(self, module: Module, text: str) -> None:
        self._module = module
        self._text = text

    def obstacle(self, places: Sequence[Span], *, raises: bool) -> Obstacle | None:
        """What takes the errors of a formula whose steps stand at `places`; they are Python's own if it `raises`."""
        if "except" not in self._text and not any(word in self._text for word in TELLING):
            return None
        narrow = ERRORS if raises else ARRAY_ERRORS | WARNINGS
        broad = narrow | REFUSALS | (ANY if raises or self._raises else frozenset())
        for guard in self._guards:
            if not broad.isdisjoint(guard.types) and any(map(guard.span.encloses, places)):
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
        managers = swallowing(self._module)
        found = [guard for node in nodes_of(self._module, *GUARDING) for guard in _guards(node, managers)]
        found += (guard for function in functions_of(self._module) for guard in _decorated(function, managers))
        everywhere = Span((0, 0), end(self._module.body[-1]))
        told = listeners(self._module, self._text)
        found += (Guard(everywhere, one.types, one.words, one.row, frozenset()) for one in told)
        given = {
            target.name: node.value
            for node in nodes_of(self._module, Assign)
            for target in node.targets
            if isinstance(target, Name)
        }
        # Errors may have a name of the module's own: `except ERRORS`.
        found = [g._replace(types=g.types.union(*(_types([given[t]]) for t in g.types if t in given))) for g in found]
        return [g if self._given.isdisjoint(g.calls) else g._replace(calls=g.calls | {UNKNOWN}) for g in found]

    @cached_property
    def _handed_on(self) -> frozenset[str]:
        return handed_on(self._module)

    @cached_property
    def _given(self) -> frozenset[str]:
        """What may be any function where it is called."""
        return given_names(self._module) - self._calls.keys() | {"result"}

    @cached_property
    def _calls(self) -> dict[str, frozenset[str]]:
        """The names that each function calls, by its name."""
        found: dict[str, set[str]] = defaultdict(set)
        for node in functions_of(self._module):
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
        named = {id(node.value): last(node.targets[0]) for node in nodes_of(self._module, Assign)}
        functions: list[Function | Lambda] = [*functions_of(self._module), *nodes_of(self._module, Lambda)]
        for node in functions:
            if any(map(span(node).encloses, places)):
                yield named.get(id(node), UNKNOWN) if isinstance(node, Lambda) else node.name


def _guards(node: Node, managers: Managers) -> Iterator[Guard]:
    """What takes errors at a node; `managers` of the module take what is said of them."""
    match node:
        case Try(body=body, final=final):
            if final is not None and drops(final):
                yield Guard(Span(start(body), start(final)), _types([ALL]), "finally", start(final)[0], _called(body))
            for handler in node.handlers:
                types = _types([handler.error]) if handler.error is not None else frozenset({"BaseException"})
                words = f"except {source(handler.error)}" if handler.error is not None else "except"
                yield Guard(span(body), types, words, start(handler)[0], _called(body))
        case With(body=body):
            for entered in (choice for item in node.items for choice in choices(item.manager)):
                types = _types(managers.taken(entered)) or _types_entered(entered)
                if types:
                    yield Guard(span(body), types, source(entered), start(entered)[0], _called(body))
        case Call(func=func):
            if any(a.keyword in TOLD_OF for a in node.args):
                yield Guard(span(node), _types([ALL]), source(func), start(node)[0], _called(node))
            elif _asks_for_error(node):
                yield Guard(span(node), _types([ALL]), source(node), start(node)[0], frozenset({UNKNOWN}))
            elif called(node) in EXPECTING | WARNED:
                # `self.assertRaises(OverflowError, f, x)`
                yield Guard(span(node), _types(node.positional[:1]), source(func), start(node)[0], _called(node))


def _decorated(function: Function, managers: Managers) -> Iterator[Guard]:
    """The managers of a module that a function runs in because they decorate it."""
    for decorator in function.decorators:
        if types := _types(managers.takes.get(maker(decorator), ())):
            yield Guard(span(function), types, f"@{source(decorator)}", start(decorator)[0], frozenset())


def _types_entered(entered: Expression) -> frozenset[str]:
    """What is taken by a manager of a library that is made where it is entered."""
    if not isinstance(entered, Call):
        return frozenset()
    name = called(entered)
    if listens(entered):
        return frozenset({"FloatingPointError"})
    if name in EXPECTING:
        return _types(entered.positional)
    if name in WARNED or (name == "catch_warnings" and any(a.keyword == "record" for a in entered.args)):
        return _types(entered.positional) or WARNINGS
    return frozenset()


def _types(nodes: Iterable[Expression]) -> frozenset[str]:
    """The last names of exceptions, those in tuples included."""
    return frozenset(
        last(part)
        for node in nodes
        for part in (node.elements if isinstance(node, Display) and node.kind == "tuple" else [node])
    )


def _asks_for_error(call: Call) -> bool:
    """Whether a future is asked for its error; a logger's `exception` is given a text."""
    return isinstance(call.func, Attribute) and call.func.attr == "exception" and not call.positional


def _called(code: Node) -> frozenset[str]:
    """The last names of what is called in a piece of code, or handed on there to be called."""
    return frozenset(name for node in below(code) if isinstance(node, Call) for name in _named(node))


def _named(call: Call) -> Iterator[str]:
    for part in (call.func, *(a.value for a in call.args if a.star != "*")):
        if isinstance(part, (Attribute, Name)):
            yield last(part)
    if not isinstance(call.func, (Attribute, Name)):
        yield UNKNOWN


def _told(guard: Guard) -> Obstacle:
    return Obstacle(f"`{guard.words}` on line {guard.row} may rely on an error that the formula raises", sure=False)
