"""Loops that build a sum, a list or a maximum: `for v in xs: s += f(v)` leaves `sum(f(xs))` in s."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import libcst as cst

from stabaudit.lift.memory import bindings
from stabaudit.lift.names import dotted, first_names, names_in
from stabaudit.lift.nodes import below, parts
from stabaudit.terms import App, Const, Lit, Term, Var, without_origin

#: Functions that give the larger of two.
MAXIMA = frozenset({"max", "maximum", "fmax"})
COMPARED = (cst.GreaterThan, cst.GreaterThanEqual, cst.LessThan, cst.LessThanEqual)

Kind = Literal["sum", "list", "max"]


class Accumulator(NamedTuple):
    """A name that a loop builds up from one expression a round."""

    name: str
    kind: Kind
    step: cst.BaseExpression
    #: Whether the statement says the name twice: `s = s + v`, `s = max(s, v)`.
    repeats: bool = False
    #: Whether only some of the rounds add to it.
    at_times: bool = False


def accumulators(loop: cst.For) -> list[Accumulator]:
    """What a loop builds up, each name touched by one statement of its body only."""
    if loop.orelse is not None or _leaves(loop.body):
        return []
    variables = first_names([loop.target])
    found = [a for statement in loop.body.body for a in _steps(statement, variables)]
    return [a for a in found if _is_touched_once(loop, a) or _is_read_again(loop, a) or _is_read_as_it_grows(loop, a)]


def elementwise(loop: cst.For) -> set[str]:
    """The arrays of which each round of a loop reads and changes a part of its own, which no other touches."""
    variables = first_names([loop.target])
    stores = [node.target for node in below(loop.body) if isinstance(node, (cst.AssignTarget, cst.AugAssign))]
    parts_of = [(dotted(node.value), node) for node in below(loop.body) if isinstance(node, cst.Subscript)]
    found = {chain for store in stores if isinstance(store, cst.Subscript) and (chain := dotted(store.value))}
    own = {name: sum(chain == name and _is_own(node.slice, variables) for chain, node in parts_of) for name in found}
    return {name for name, often in own.items() if often == _mentions(loop.body, name)}


def _is_own(places: Sequence[cst.SubscriptElement], variables: set[str]) -> bool:
    """Whether a part of an array is another one in every round."""
    slots = [place.slice.value for place in places if isinstance(place.slice, cst.Index)]
    return any(isinstance(slot, cst.Name) and slot.value in variables for slot in slots)


def _is_touched_once(loop: cst.For, built: Accumulator) -> bool:
    return _mentions(loop.body, built.name) == (2 if built.repeats else 1)


def _is_read_as_it_grows(loop: cst.For, built: Accumulator) -> bool:
    """Whether a sum is looked at in the rounds, and nothing but the one step changes it."""
    if built.kind != "sum" or built.repeats or _mentions(built.step, built.name):
        return False
    effects = (node for node in below(loop.body) if isinstance(node, cst.Expr))
    return bindings(loop.body)[built.name] == 1 and not any(_mentions(node, built.name) for node in effects)


def _is_read_again(loop: cst.For, built: Accumulator) -> bool:
    """Whether an array is filled first, and of it nothing is read in the round but what was filled in."""
    if built.kind != "list" or _mentions(built.step, built.name):
        return False
    parts_of = [n for n in below(loop.body) if isinstance(n, cst.Subscript) and dotted(n.value) == built.name]
    first = next(statement for statement in loop.body.body if _mentions(statement, built.name))
    filled = [n.target for n in below(first) if isinstance(n, cst.AssignTarget)]
    if len(parts_of) != _mentions(loop.body, built.name) or len(filled) != 1:
        return False
    [place] = filled
    return isinstance(place, cst.Subscript) and all(
        len(n.slice) == len(place.slice)
        and all(a.slice.deep_equals(b.slice) for a, b in zip(n.slice, place.slice, strict=True))
        for n in parts_of
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
    whole = App(accumulator.kind, (step,), (("axis", Lit(None)), ("keepdims", Lit(False))))
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
        case Var(origin=cst.Subscript(value=whole)):
            return isinstance(values, Var) and dotted(whole) == values.name
    return False


def _smalls(body: cst.BaseSuite) -> Sequence[cst.BaseSmallStatement]:
    """The only line of a block."""
    if isinstance(body, cst.SimpleStatementSuite):
        return body.body
    only = body.body[0] if len(body.body) == 1 else None
    return only.body if isinstance(only, cst.SimpleStatementLine) else ()


def _steps(statement: cst.CSTNode, variables: set[str]) -> Iterator[Accumulator]:
    match statement, _smalls(statement.body) if isinstance(statement, cst.If) else ():
        case (
            cst.If(
                test=cst.Comparison(left=one, comparisons=[cst.ComparisonTarget(operator=operator, comparator=other)]),
                orelse=None,
            ),
            [cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=step)],
        ):
            more = isinstance(operator, (cst.GreaterThan, cst.GreaterThanEqual))
            larger, smaller = (one, other) if more else (other, one)
            if isinstance(operator, COMPARED) and dotted(smaller) == name and larger.deep_equals(step):
                yield Accumulator(name, "max", step, repeats=True)
    smalls = statement.body if isinstance(statement, cst.SimpleStatementLine) else [statement]
    for small in smalls:
        match small:
            case cst.AugAssign(target=cst.Name() | cst.Attribute() as target, operator=cst.AddAssign(), value=step) if (
                chain := dotted(target)
            ) is not None:
                yield Accumulator(chain, "sum", step)
            case cst.Assign(
                targets=[cst.AssignTarget(target=cst.Name(value=name))],
                value=cst.BinaryOperation(left=one, operator=cst.Add(), right=other),
            ) if name in (dotted(one), dotted(other)):
                yield Accumulator(name, "sum", other if dotted(one) == name else one, repeats=True)
            case cst.Assign(
                targets=[cst.AssignTarget(target=cst.Name(value=name))],
                value=cst.Call(func=func, args=[cst.Arg(value=one, keyword=None), cst.Arg(value=other, keyword=None)]),
            ) if name in (dotted(one), dotted(other)) and (dotted(func) or "").rpartition(".")[2] in MAXIMA:
                yield Accumulator(name, "max", other if dotted(one) == name else one, repeats=True)
            case cst.Expr(value=cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value="append")), args=[only])):
                chain = dotted(owner)
                if chain is not None:
                    yield Accumulator(chain, "list", only.value)
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Subscript(value=owner, slice=places))], value=step):
                chain = dotted(owner)
                if chain is not None and _is_filled(places, variables):
                    yield Accumulator(chain, "list", step)
            case cst.For(orelse=None):
                # A table that is filled row by row, each element by element, and a sum of sums.
                for inner in small.body.body:
                    yield from (a for a in _steps(inner, variables) if a.kind != "max")
            case cst.If(orelse=None):
                for inner in small.body.body:
                    yield from (a._replace(at_times=True) for a in _steps(inner, variables) if a.kind == "sum")


def _is_filled(places: Sequence[cst.SubscriptElement], variables: set[str]) -> bool:
    """Whether `x[i]`, `x[:, i]` or `x[i, j]` is another part of an array in every round over `variables`."""
    slots = [place.slice for place in places]
    named = [isinstance(s, cst.Index) and isinstance(s.value, cst.Name) for s in slots]
    whole = [isinstance(s, cst.Slice) and s.lower is s.upper is s.step is None for s in slots]
    return all(n or w for n, w in zip(named, whole, strict=True)) and any(
        names_in(s) and names_in(s) <= variables for s in slots
    )


def _leaves(node: cst.CSTNode) -> bool:
    """Whether a round may end early, so that not every round adds its part."""
    if isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.Lambda)):
        return False
    if isinstance(node, (cst.For, cst.While)):
        # What ends a loop inside ends no round of this one.
        return _returns(node)
    early = isinstance(node, (cst.Break, cst.Continue, cst.Return))
    return early or any(_leaves(child) for child in parts(node))


def _returns(node: cst.CSTNode) -> bool:
    if isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.Lambda)):
        return False
    return isinstance(node, cst.Return) or any(_returns(child) for child in parts(node))


def _mentions(node: cst.CSTNode, name: str) -> int:
    """How often a name or chain of names occurs in a piece of code."""
    if isinstance(node, (cst.Name, cst.Attribute)) and dotted(node) == name:
        return 1
    return sum(_mentions(child, name) for child in parts(node))
