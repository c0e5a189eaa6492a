"""Loops that build a sum, a list or a maximum: `for v in xs: s += f(v)` leaves `sum(f(xs))` in s."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from stabaudit.records import Record
from stabaudit.syntax.compound import Class, For, Function, If, While
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import (
    Argument,
    Attribute,
    Binary,
    Call,
    Compare,
    Lambda,
    Name,
    Place,
    Slice,
    Subscript,
)
from stabaudit.syntax.memory import bindings
from stabaudit.syntax.node import Expression, Node, below, parts, same
from stabaudit.syntax.reads import first_names, names_in
from stabaudit.syntax.statements import Assign, Augment, Block, Evaluate, Jump, Return
from stabaudit.terms import App, Const, Lit, Term, Var, without_origin

#: Functions that give the larger of two.
MAXIMA = frozenset({"max", "maximum", "fmax"})
MORE = frozenset({">", ">="})
COMPARED = MORE | {"<", "<="}

Kind = Literal["sum", "list", "max"]


class Accumulator(Record):
    """A name that a loop builds up from one expression a round."""

    name: str
    kind: Kind
    step: Expression
    #: Whether the statement says the name twice: `s = s + v`, `s = max(s, v)`.
    repeats: bool = False
    #: Whether only some of the rounds add to it.
    at_times: bool = False


def accumulators(loop: For) -> list[Accumulator]:
    """What a loop builds up, each name touched by one statement of its body only."""
    if loop.orelse is not None or _leaves(loop.body):
        return []
    variables = first_names([loop.target])
    found = [a for statement in loop.body.body for a in _steps(statement, variables)]
    return [a for a in found if _is_touched_once(loop, a) or _is_read_again(loop, a) or _is_read_as_it_grows(loop, a)]


def elementwise(loop: For) -> set[str]:
    """The arrays of which each round of a loop reads and changes a part of its own, which no other touches."""
    variables = first_names([loop.target])
    stores = [target for node in below(loop.body) for target in _stored(node)]
    parts_of = [(dotted(node.value), node) for node in below(loop.body) if isinstance(node, Subscript)]
    found = {chain for store in stores if isinstance(store, Subscript) and (chain := dotted(store.value))}
    own = {name: sum(chain == name and _is_own(node.places, variables) for chain, node in parts_of) for name in found}
    return {name for name, often in own.items() if often == _mentions(loop.body, name)}


def _stored(node: Node) -> Sequence[Node]:
    """What a statement gives a value to."""
    return node.targets if isinstance(node, Assign) else (node.target,) if isinstance(node, Augment) else ()


def _is_own(places: Sequence[Place], variables: set[str]) -> bool:
    """Whether a part of an array is another one in every round."""
    return any(isinstance(place, Name) and place.name in variables for place in places)


def _is_touched_once(loop: For, built: Accumulator) -> bool:
    return _mentions(loop.body, built.name) == (2 if built.repeats else 1)


def _is_read_as_it_grows(loop: For, built: Accumulator) -> bool:
    """Whether a sum is looked at in the rounds, and nothing but the one step changes it."""
    if built.kind != "sum" or built.repeats or _mentions(built.step, built.name):
        return False
    effects = (node for node in below(loop.body) if isinstance(node, Evaluate))
    return bindings(loop.body)[built.name] == 1 and not any(_mentions(node, built.name) for node in effects)


def _is_read_again(loop: For, built: Accumulator) -> bool:
    """Whether an array is filled first, and of it nothing is read in the round but what was filled in."""
    if built.kind != "list" or _mentions(built.step, built.name):
        return False
    parts_of = [n for n in below(loop.body) if isinstance(n, Subscript) and dotted(n.value) == built.name]
    first = next(statement for statement in loop.body.body if _mentions(statement, built.name))
    filled = [target for n in below(first) if isinstance(n, Assign) for target in n.targets]
    if len(parts_of) != _mentions(loop.body, built.name) or len(filled) != 1:
        return False
    [place] = filled
    return isinstance(place, Subscript) and all(
        len(n.places) == len(place.places) and all(map(same, n.places, place.places)) for n in parts_of
    )


def total(accumulator: Accumulator, step: Term, start: Term | None) -> Term | None:
    """What the name holds after the loop; `step` is its expression over all rounds at once."""
    step = without_origin(step)
    if accumulator.kind == "list":
        return App("built", (step,))
    if start is None:
        return None
    if accumulator.at_times:
        step = App("mul", (Var(f"whether a round adds to {accumulator.name}", (("#", 0),)), step))
    over_all = (("axis", Lit(None)), ("keepdims", Lit(False)))
    whole = App(accumulator.kind, (step,), over_all)
    if accumulator.kind == "sum" and isinstance(step, App) and step.op == "sum" and step.attrs == over_all:
        # The step stands for all rounds: a sum of sums is one over all that is in them.
        whole = step
    if accumulator.kind == "max":
        return App("built", (whole if _is_no_more(start, step) else App("maximum", (start, whole)),))
    return App("built", (whole if start == Const(0) else App("add", (start, whole)),))


def _is_no_more(start: Term, values: Term) -> bool:
    """Whether a maximum that is looked for from here on is that of the values alone: `-math.inf`, `xs[0]`."""
    match start:
        case App(op="neg", args=[App(op="infinity")]):
            return True
        case Const(value=value):
            return value < -1000
        case App(op="item", args=[whole]):
            return whole == values
        case Var(node=Subscript(value=whole)):
            return isinstance(values, Var) and dotted(whole) == values.name
    return False


def _steps(statement: Node, variables: set[str]) -> Iterator[Accumulator]:
    match statement:
        case If(
            test=Compare(left=one, operators=[operator], others=[other]),
            body=Block(body=[Assign(targets=[Name(name=name)], value=step)]),
            orelse=None,
        ):
            larger, smaller = (one, other) if operator in MORE else (other, one)
            if operator in COMPARED and dotted(smaller) == name and same(larger, step):
                yield Accumulator(name, "max", step, repeats=True)
        case Augment(target=Name() | Attribute() as target, operator="+", value=step) if (
            chain := dotted(target)
        ) is not None:
            yield Accumulator(chain, "sum", step)
        case Assign(targets=[Name(name=name)], value=Binary(left=one, operator="+", right=other)) if name in (
            dotted(one),
            dotted(other),
        ):
            yield Accumulator(name, "sum", other if dotted(one) == name else one, repeats=True)
        case Assign(
            targets=[Name(name=name)],
            value=Call(func=func, args=[Argument(value=one, keyword=None), Argument(value=other, keyword=None)]),
        ) if name in (dotted(one), dotted(other)) and (dotted(func) or "").rpartition(".")[2] in MAXIMA:
            yield Accumulator(name, "max", other if dotted(one) == name else one, repeats=True)
        case Evaluate(value=Call(func=Attribute(value=owner, attr="append"), args=[only])):
            chain = dotted(owner)
            if chain is not None:
                yield Accumulator(chain, "list", only.value)
        case Assign(targets=[Subscript(value=owner, places=places)], value=step):
            chain = dotted(owner)
            if chain is not None and _is_filled(places, variables):
                yield Accumulator(chain, "list", step)
        case For(orelse=None):
            # A table that is filled row by row, each element by element, and a sum of sums.
            for inner in statement.body.body:
                yield from (a for a in _steps(inner, variables) if a.kind != "max")
    if isinstance(statement, If) and statement.orelse is None:
        for inner in statement.body.body:
            yield from (a._replace(at_times=True) for a in _steps(inner, variables) if a.kind == "sum")


def _is_filled(places: Sequence[Place], variables: set[str]) -> bool:
    """Whether `x[i]`, `x[:, i]` or `x[i, j]` is another part of an array in every round over `variables`."""
    named = [isinstance(place, Name) for place in places]
    whole = [isinstance(place, Slice) and place.lower is place.upper is place.step is None for place in places]
    return all(n or w for n, w in zip(named, whole, strict=True)) and any(
        names_in(place) and names_in(place) <= variables for place in places
    )


def _leaves(node: Node) -> bool:
    """Whether a round may end early, so that not every round adds its part."""
    if isinstance(node, (Function, Class, Lambda)):
        return False
    if isinstance(node, (For, While)):
        # What ends a loop inside ends no round of this one.
        return _returns(node)
    early = isinstance(node, Return) or (isinstance(node, Jump) and node.word != "pass")
    return early or any(_leaves(child) for child in parts(node))


def _returns(node: Node) -> bool:
    if isinstance(node, (Function, Class, Lambda)):
        return False
    return isinstance(node, Return) or any(_returns(child) for child in parts(node))


def _mentions(node: Node, name: str) -> int:
    """How often a name or chain of names occurs in a piece of code."""
    if isinstance(node, (Name, Attribute)) and dotted(node) == name:
        return 1
    return sum(_mentions(child, name) for child in parts(node))
