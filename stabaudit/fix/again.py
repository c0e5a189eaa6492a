"""Whether what code read once may be read again later, as a rewrite does that says it in another place.

One rule: nothing that runs in between may have changed it. What runs in between is known from the function's own
syntax, the rounds of loops included; what it changes is everything that it is not known to leave alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stabaudit.fix.callees import Callees
from stabaudit.fix.changes import FUNCTIONS, Change, Spot, changes, draws, end, start
from stabaudit.fix.locals import Locals

LOOPS = (ast.For, ast.AsyncFor, ast.While)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: Statements of which the body may be left out.
CONDITIONAL = (ast.If, ast.Try, ast.Match, *LOOPS)


class Span(NamedTuple):
    """A piece of a text, as Python's parser counts rows and columns."""

    first: Spot
    last: Spot

    def holds(self, spot: Spot) -> bool:
        """Whether a place is inside."""
        return self.first <= spot <= self.last


class Reading(NamedTuple):
    """An expression that a rewrite says, and where the code evaluates it; `None` if that is not known."""

    text: str
    span: Span | None


class Obstacle(NamedTuple):
    """Why what was read may not be read again. It is `sure` if a name certainly means something else."""

    reason: str
    sure: bool


class Rereading:
    """Answers for the text of one module."""

    def __init__(self, tree: ast.Module, callees: Callees) -> None:
        self._tree = tree
        self._callees = callees
        self._functions: dict[int, tuple[Locals, list[Change]]] = {}

    def obstacle(self, readings: Iterable[Reading], place: Span, gone: Sequence[Span] = ()) -> Obstacle | None:
        """What keeps the readings from being made at `place`, where the statements in `gone` are no more."""
        function = self._around(place)
        own, every = self._known(function)
        left: list[Change] = []
        lost: list[Change] = []
        for change in every:
            (lost if any(span.holds(change.time) for span in gone) else left).append(change)
        found = [o for r in readings if (o := _obstacle(r, place, function, own, left, lost)) is not None]
        return next((o for o in found if o.sure), found[0] if found else None)

    def names(self, place: Span) -> frozenset[str]:
        """The names of the innermost function that holds a place, which are none of the module's."""
        own, _ = self._known(self._around(place))
        return own.names

    def _known(self, function: ast.AST) -> tuple[Locals, list[Change]]:
        if id(function) not in self._functions:
            own = Locals(function, self._callees)
            self._functions[id(function)] = own, changes(function, own)
        return self._functions[id(function)]

    def _around(self, place: Span) -> ast.AST:
        """The innermost function whose body holds a place, or the module."""
        function: ast.AST = self._tree
        todo: list[ast.AST] = list(self._tree.body)
        while todo:
            node = todo.pop()
            # A decorator stands above its function.
            above = isinstance(node, (*FUNCTIONS, ast.ClassDef)) or not hasattr(node, "lineno")
            if not above and not _holds(node, place):
                continue
            if isinstance(node, (*FUNCTIONS, ast.Lambda)):
                body = node.body if isinstance(node.body, list) else [node.body]
                if start(body[0]) <= place.first and place.last <= end(body[-1]):
                    function = node
                    todo = list(body)
                    continue
            todo += ast.iter_child_nodes(node)
        return function


def _obstacle(
    reading: Reading,
    place: Span,
    function: ast.AST,
    own: Locals,
    every: Sequence[Change],
    lost: Sequence[Change],
) -> Obstacle | None:
    try:
        tree = ast.parse(reading.text, mode="eval").body
    except (SyntaxError, ValueError):
        return None
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    names = {n for n in names if n in own.names or not own.callees.is_fixed(n)}
    if not names:
        return None
    said = " ".join(reading.text.split())
    if reading.span is None:
        reading = reading._replace(span=_first_said(tree, place, function))
    if reading.span is not None and isinstance(function, ast.Lambda) and not _holds(function, reading.span):
        return Obstacle(f"`{said}` may be rebound before this runs", sure=True)
    for change in lost:
        if change.binds in names and (reading.span is None or change.time < reading.span.first):
            return Obstacle(f"`{change.binds}` is bound twice in it", sure=True)
    between = list(_between(reading.span, place, function, every))
    for change in between:
        if change.binds in names:
            line = change.time[0]
            return Obstacle(
                f"`{change.binds}` gets another value on line {line}, before the rewrite reads it", sure=True
            )
    for change in between:
        if change.binds is not None:
            continue
        if change.draws:
            if draws(tree, own):
                line = change.time[0]
                return Obstacle(f"`{change.by}` on line {line} is drawn before `{said}` then", sure=True)
            continue
        if change.within is not None:
            if change.within in names:
                line = change.time[0]
                return Obstacle(f"`{change.within}` is changed on line {line}, before the rewrite reads it", sure=True)
        elif not all(own.is_number(n) or own.is_array(n) for n in names):
            return Obstacle(
                f"`{change.by}` on line {change.time[0]} may change `{said}`, which the rewrite reads after it",
                sure=False,
            )
    return None


def _first_said(tree: ast.expr, place: Span, function: ast.AST) -> Span | None:
    """Where a function says an expression first, before a place."""
    text = ast.unparse(tree)
    same = (node for node in ast.walk(function) if type(node) is type(tree) and end(node) < place.first)
    return min((_span(node) for node in same if ast.unparse(node) == text), default=None)


def _between(span: Span | None, place: Span, function: ast.AST, every: Sequence[Change]) -> Iterator[Change]:
    """The changes that may be made after a reading and before the value of what stands at `place` is there."""
    way = _way(function, place)
    outside = span is None or not _inside(function, span)
    since = start(_first(function)) if outside else span.last  # type: ignore[union-attr]
    backwards = since > place.last
    before = [] if outside else _way(function, span)  # type: ignore[arg-type]
    # What is read in a branch may stay from an earlier round.
    kept = any(isinstance(n, CONDITIONAL) and not any(n is one for one in way) for n in before)
    rounds = [
        node
        for node in way
        if isinstance(node, (*LOOPS, *COMPREHENSIONS)) and (kept or backwards or not any(node is one for one in before))
    ]
    unreached = list(_unreached(function, way, inside_try=False))
    for change in every:
        later = backwards or since < change.time < place.last
        reached = later and not any(piece.holds(change.time) for piece in unreached)
        if reached or any(_span(node).holds(change.time) for node in rounds):
            yield change


def _unreached(node: ast.AST, way: Sequence[ast.AST], *, inside_try: bool) -> Iterator[Span]:
    """Pieces of code after which the place that `way` leads to is not reached any more, or not in the same round."""
    inside_try = inside_try or isinstance(node, ast.Try)
    if isinstance(node, ast.If):
        on_way = any(node is one for one in way)
        for block, other in ((node.body, node.orelse), (node.orelse, node.body)):
            if not block:
                continue
            holds = any(one is s for s in block for one in way)
            taken = on_way and any(one is s for s in other for one in way)
            ends = not holds and (
                isinstance(block[-1], ast.Return) or (isinstance(block[-1], ast.Raise) and not inside_try)
            )
            if taken or ends:
                yield Span(start(block[0]), end(block[-1]))
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            yield from _unreached(child, way, inside_try=inside_try)


def _way(function: ast.AST, place: Span) -> list[ast.AST]:
    """The nodes of a function that hold a place, outermost first."""
    found: list[ast.AST] = []
    node: ast.AST | None = function
    while node is not None:
        children = list(ast.iter_child_nodes(node))
        # A comprehension's loops and an argument have no place of their own.
        flat = [c for child in children for c in ([child] if hasattr(child, "lineno") else ast.iter_child_nodes(child))]
        node = next((c for c in flat if hasattr(c, "lineno") and _holds(c, place)), None)
        if node is not None:
            found.append(node)
    return found


def _first(function: ast.AST) -> ast.AST:
    body: list[ast.AST] | ast.AST = function.body  # type: ignore[attr-defined]
    return body[0] if isinstance(body, list) else body


def _inside(function: ast.AST, span: Span) -> bool:
    return isinstance(function, ast.Module) or _holds(function, span)


def _holds(node: ast.AST, span: Span) -> bool:
    return start(node) <= span.first and span.last <= end(node)


def _span(node: ast.AST) -> Span:
    return Span(start(node), end(node))
