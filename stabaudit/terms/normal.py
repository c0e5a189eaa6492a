"""One form for all rearrangements of an expression over the reals.

Sums and products are n-ary and sorted, constants exact, `a - b` is `a + -1*b`, `a / b` is
`a * b^-1`. Exponentials in a product are merged and a sum that is a factor is written as
content times primitive part, so that every replacement of the sigmoid, say, is `(1 + exp(x))^-1` or
`exp(x) * (1 + exp(x))^-1`, whichever way it was spelled. Two expressions of equal normal form are
equal wherever both are defined; nothing is said about the floats they compute.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from stabaudit.terms.arithmetic import MINUS_ONE, ONE, ZERO, add, exp, log, mul, power, scale, split
from stabaudit.terms.term import App, Attrs, Const, Lit, Term

#: Operations that change the shape alone; they pass through elementwise operations.
VIEWS = frozenset({"index", "item", "picked", "reshape", "expand_dims", "transpose"})
REDUCTIONS = frozenset({"sum", "mean", "max", "min", "prod"})

#: Sums of their operands.
SUMS = frozenset({"add", "+"})
#: Sums that keep their length.
RUNNING = frozenset({"cumsum", "revcumsum"})

#: Reductions through which a constant factor passes.
LINEAR = RUNNING | {"sum", "mean", "segmented"}


def normal(term: Term) -> Term:
    """The normal form of a term whose operations are primitive."""
    # What is kept is of any equal term, and a number is to stay as it is written here.
    return normal_application(term) if isinstance(term, App) else term


@lru_cache(maxsize=1 << 16)
def normal_application(term: App) -> Term:
    """The normal form of an operation on operands."""
    if term.op in SUMS:
        # All at once: each sum within a sum would be put in order again.
        return add([normal(a) for a in summands(term)])
    args = [normal(a) for a in term.args]
    match term.op, args:
        case "sub", [a, b]:
            return add([a, scale(Fraction(-1), b)])
        case "neg", [a]:
            return scale(Fraction(-1), a)
        case (("mul" | "*"), _):
            return mul(args)
        case "div", [a, b]:
            return mul([a, power(b, MINUS_ONE)])
        case (("pow" | "^"), [a, b]):
            return power(a, b)
        case "exp", [a]:
            return exp(a)
        case "log", [a]:
            return log(a)
        case "masked", [value, condition]:
            return _shown(value, condition)
        case "pair", [_, value]:
            # Nobody took its first part.
            return value
        case "where", [_, a, b] if ZERO in (a, b) and ONE not in (a, b):
            return _masked(args)
    attrs = tuple((n, normal(v)) for n, v in term.attrs)
    if term.op == "flip":
        return _flip(args[0], attrs)
    if term.op == "squeeze":
        return _squeezed(args[0], attrs)
    if term.op in VIEWS:
        return _view(term.op, args[0], attrs)
    if term.op in LINEAR:
        coefficient, rest = split(args[0])
        return scale(coefficient, App(term.op, (rest, *args[1:]), attrs))
    return App(term.op, tuple(args), attrs)


def summands(total: App) -> Iterator[Term]:
    """What a sum adds up, be it in sums within it, the last first: `a + b + c` has the others in its first operand."""
    todo: list[Term] = [total]
    while todo:
        one = todo.pop()
        if isinstance(one, App) and one.op in SUMS:
            todo += one.args
        else:
            yield one


def _view(op: str, inner: Term, attrs: Attrs) -> Term:
    """A view of a normal term: taken before steps on each element by itself, or the `keepdims` that it stands for."""
    if op == "transpose" and isinstance(inner, App) and (inner.op == "transpose" or _is_of_one_axis(inner)):
        return inner.args[0] if inner.op == "transpose" else inner
    if isinstance(inner, App) and inner.op in ("exp", "log"):
        return {"exp": exp, "log": log}[inner.op](_view(op, inner.args[0], attrs))
    match inner:
        case App(op="+", args=[Const() as number, other]) | App(op="+", args=[other, Const() as number]):
            return add([number, _view(op, other, attrs)])
        case App(op="^", args=[base, Const() as exponent]):
            return power(_view(op, base, attrs), exponent)
    coefficient, rest = split(inner)
    if coefficient != 1 and rest != ONE:
        return scale(coefficient, _view(op, rest, attrs))
    if isinstance(inner, App) and op == "index":
        if inner.op == "*":
            return mul(_view(op, f, attrs) for f in inner.args)
        if inner.op in RUNNING and inner.attr("axis") == Lit(None) and dict(attrs)["slots"] == Lit((":", "newaxis")):
            return App(inner.op, (_view(op, inner.args[0], attrs),), (("axis", Const(0)),))
    if isinstance(inner, App) and inner.op in REDUCTIONS and inner.attr("keepdims") == Lit(False):
        axis = inner.attr("axis")
        assert axis is not None
        if _puts_back(op, dict(attrs), axis):
            return App(inner.op, inner.args, (("axis", axis), ("keepdims", Lit(True))))
    return App(op, (inner,), attrs)


def _is_of_one_axis(reduced: App) -> bool:
    """Whether a matrix has been reduced along one of its axes; what is of one axis is its own transpose."""
    return (
        reduced.op in REDUCTIONS and isinstance(reduced.attr("axis"), Const) and reduced.attr("keepdims") == Lit(False)
    )


def _squeezed(inner: Term, attrs: Attrs) -> Term:
    """A normal term without its axes of length one: elementwise steps are taken after that as well as before."""
    if isinstance(inner, App) and inner.op in ("+", "*", "^", "exp", "log"):
        return normal(App(inner.op, tuple(_squeezed(a, attrs) for a in inner.args)))
    return inner if isinstance(inner, Const) else App("squeeze", (inner,), attrs)


def _masked(args: list[Term]) -> Term:
    """`where(c, y, 0)` as y with the weight 0 or 1."""
    condition, yes, no = args
    weight = App("where", (condition, ONE, ZERO) if no == ZERO else (condition, ZERO, ONE))
    return mul([weight, yes if no == ZERO else no])


def _shown(inner: Term, condition: Term) -> Term:
    """The elements of a normal term for which a condition holds: elementwise steps are taken after that as well."""
    if isinstance(inner, Const):
        return inner
    if isinstance(inner, App) and (
        inner.op in ("exp", "log") or (inner.op in ("+", "*", "^") and REDUCTIONS.isdisjoint(inner.ops))
    ):
        return normal(App(inner.op, tuple(_shown(a, condition) for a in inner.args)))
    return App("masked", (inner, condition))


def _flip(inner: Term, attrs: Attrs) -> Term:
    """A normal term turned round: each of its parts is, and what was turned before is as it was."""
    if not isinstance(inner, App):
        return inner if isinstance(inner, Const) else App("flip", (inner,), attrs)
    if inner.op == "flip":
        return inner.args[0]
    if inner.op == "cumsum":
        return App("revcumsum", (_flip(inner.args[0], attrs),), inner.attrs)
    if inner.op in ("+", "*", "^", "exp", "log"):
        return normal(App(inner.op, tuple(_flip(a, attrs) for a in inner.args)))
    return App("flip", (inner,), attrs)


def _puts_back(op: str, attrs: dict[str, Term], axis: Term) -> bool:
    """Whether a view of a reduction along `axis` restores the axis with length one.

    `s[:, None]` says itself that s has one axis, so the reduced array had two.
    """
    number = int(axis.value) if isinstance(axis, Const) else None
    if op == "expand_dims":
        # A new last axis behind a sum along axis 1 lines up with arrays of two axes alone.
        return attrs["axis"] == axis or (attrs["axis"] == Const(-1) and number is not None and number >= 1)
    if op == "reshape":
        behind = attrs["shape"] == Lit((-1, 1)) and number in (1, -1)
        return behind or (attrs["shape"] == Lit((1, -1)) and number == 0)
    if op == "index" and number is not None:
        slots = attrs["slots"].value if isinstance(attrs["slots"], Lit) else ()
        assert isinstance(slots, tuple)
        if slots.count("newaxis") != 1:
            return False
        place = slots.index("newaxis")
        if "..." in slots:
            return slots == ("...", "newaxis") and (number == -1 or number >= 1)
        return number in (place, place - len(slots))
    return False
