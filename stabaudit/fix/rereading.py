"""Whether what code read once may be read again later, as a rewrite does that says it in another place.

One rule: nothing that runs in between may have changed it. What runs in between is known from the function's own
syntax, the rounds of loops included; what it changes is everything that it is not known to leave alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stabaudit.fix.callees import Callees
from stabaudit.fix.change import Change, Scope, body_of
from stabaudit.fix.changes import changes, draws
from stabaudit.fix.locals import Locals
from stabaudit.records import Record
from stabaudit.syntax.compound import Case, For, Function, Handler, If, Match, Try, While
from stabaudit.syntax.expressions import Comprehension, Lambda, Name
from stabaudit.syntax.find import read_expression
from stabaudit.syntax.node import Expression, Node, Statement, below, parts, same
from stabaudit.syntax.places import Span, end, nodes_around, span, start
from stabaudit.syntax.statements import Block, Module, Raise, Return

LOOPS = (For, While)
#: Statements of which the body may be left out.
CONDITIONAL = (If, Try, Match, *LOOPS)


class Reading(Record):
    """An expression that a rewrite says, and where the code evaluates it; `None` if that is not known."""

    text: str
    span: Span | None


class Obstacle(Record):
    """Why what was read may not be read again. It is `sure` if a name certainly means something else."""

    reason: str
    sure: bool


class Rereading:
    """Answers for the text of one module."""

    def __init__(self, module: Module, callees: Callees) -> None:
        self._module = module
        self._callees = callees
        self._scopes: dict[int, tuple[Locals, list[Change]]] = {}

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

    def _known(self, scope: Scope) -> tuple[Locals, list[Change]]:
        if id(scope) not in self._scopes:
            own = Locals(scope, self._callees)
            self._scopes[id(scope)] = own, changes(scope, own)
        return self._scopes[id(scope)]

    def _around(self, place: Span) -> Scope:
        """The innermost function whose body holds a place, or the module."""
        around = (node for node in nodes_around(self._module, place) if isinstance(node, (Function, Lambda)))
        return next((node for node in reversed([*around]) if span(node.body).encloses(place)), self._module)


def _obstacle(
    reading: Reading,
    place: Span,
    scope: Scope,
    own: Locals,
    every: Sequence[Change],
    lost: Sequence[Change],
) -> Obstacle | None:
    tree = read_expression(reading.text)
    if tree is None:
        return None
    names = {n.name for n in below(tree) if isinstance(n, Name)}
    names = {n for n in names if n in own.names or not own.callees.is_fixed(n)}
    if not names:
        return None
    said = " ".join(reading.text.split())
    if reading.span is None:
        reading = reading._replace(span=_first_said(tree, place, scope))
    if reading.span is not None and isinstance(scope, Lambda) and not span(scope).encloses(reading.span):
        return Obstacle(f"`{said}` may be rebound before this runs", sure=True)
    for change in lost:
        if change.binds in names and (reading.span is None or change.time < reading.span.first):
            return Obstacle(f"`{change.binds}` is bound twice in it", sure=True)
    between = list(_between(reading.span, place, scope, every))
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


def _first_said(tree: Expression, place: Span, scope: Scope) -> Span | None:
    """Where a function says an expression first, before a place."""
    alike = (node for node in below(scope) if node.__class__ is tree.__class__ and end(node) < place.first)
    return min((span(node) for node in alike if same(node, tree)), default=None)


def _between(reading: Span | None, place: Span, scope: Scope, every: Sequence[Change]) -> Iterator[Change]:
    """The changes that may be made after a reading and before the value of what stands at `place` is there."""
    way = nodes_around(scope, place)
    inside = reading is not None and (isinstance(scope, Module) or span(scope).encloses(reading))
    since = reading.last if reading is not None and inside else start(body_of(scope))
    backwards = since > place.last
    before = nodes_around(scope, reading) if reading is not None and inside else []
    # What is read in a branch may stay from an earlier round.
    kept = any(isinstance(n, CONDITIONAL) and n not in way for n in before)
    rounds = [
        span(node)
        for node in way
        if isinstance(node, (*LOOPS, Comprehension)) and (kept or backwards or node not in before)
    ]
    unreached = list(_unreached(scope, way, inside_try=False))
    for change in every:
        later = backwards or since < change.time < place.last
        reached = later and not any(piece.holds(change.time) for piece in unreached)
        if reached or any(piece.holds(change.time) for piece in rounds):
            yield change


def _unreached(node: Node, way: Sequence[Node], *, inside_try: bool) -> Iterator[Span]:
    """Pieces of code after which the place that `way` leads to is not reached any more, or not in the same round."""
    inside_try = inside_try or isinstance(node, Try)
    if isinstance(node, If):
        for block, other in ((node.body, node.orelse), (node.orelse, node.body)):
            if block is None:
                continue
            final = block.body[-1]
            leaves = isinstance(final, Return) or (isinstance(final, Raise) and not inside_try)
            taken = other is not None and any(one in way for one in other.body)
            if taken or (leaves and not any(one in way for one in block.body)):
                yield span(block)
    for child in parts(node):
        if isinstance(child, (Statement, Block, Handler, Case)):
            yield from _unreached(child, way, inside_try=inside_try)
