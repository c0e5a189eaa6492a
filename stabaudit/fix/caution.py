"""What makes a rewrite unsafe: it is right as a formula, and gives something else in type, shape or order."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from fractions import Fraction

import libcst as cst

from stabaudit.fix.aliases import is_alias
from stabaudit.fix.arithmetic import is_power
from stabaudit.fix.code_text import bare_source
from stabaudit.fix.not_renderable import NotRenderable
from stabaudit.fix.propose import Place
from stabaudit.proof.assumptions import SHAPED, is_length
from stabaudit.syntax.dotted import called, dotted
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Expression
from stabaudit.terms import App, Const, Lit, Term, Var, applications, is_constant, walk
from stabaudit.terms.arithmetic import scale
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand

#: Methods that give the values they are called on in the type they have.
LOOKS = frozenset({"detach", "clone", "copy", "contiguous", "cpu", "ascontiguousarray"})
#: Operations of `math` that overflow.
GROWING = frozenset({"exp", "exp2", "expm1", "cosh", "sinh"})
#: A logarithm as a float of Python, which does not widen a float32, of what may be a number of NumPy's.
LOG_OF_NAME = re.compile(r"\bmath\.log\(([A-Za-z_][\w.]*)\)")
#: What has no slope at -inf, and what has no gradient where all that it is given is -inf.
FLATTENING = frozenset({"softplus", "sigmoid", "log_sigmoid", "logaddexp"})
#: What is computed of whole rows.
ROWS = frozenset({"softmax", "log_softmax", "logsumexp", "weighted_logsumexp", "logmeanexp"})
GATHERING = frozenset({"logsumexp", "weighted_logsumexp", "logaddexp"})


def lost_gradient(place: Place, replacement: Term) -> str | None:
    """Why a rewrite is not safe that has no gradient where all exponents are -inf, as of masks, and the formula has 0.

    `log(1 + sum(exp(x)))` is 0 there, and so is its slope; `sum(exp(x)) / sum(exp(y))` is 0 where all x are.
    """
    if not place.home.differentiated:
        return None
    for part in applications(replacement):
        flat = part.op in FLATTENING and any(not GATHERING.isdisjoint(a.ops) for a in part.args)
        if flat or (part.op == "exp" and _adds_a_sum(part.args[0])):
            return "its gradient is nan instead of 0 in fully masked rows (all exponents -inf)"
    if place.evidence.has_infinities and not place.home.nan_curvature.isdisjoint(replacement.ops):
        return "its second derivative is nan instead of 0 at masked entries (exponent -inf)"
    return None


def _adds_a_sum(term: Term, sign: int = 1) -> bool:
    """Whether the logarithm of a sum of exponentials is added in a term, not taken away."""
    if not isinstance(term, App) or GATHERING.isdisjoint(term.ops):
        return False
    match term:
        case App(op="sub", args=(one, other)):
            return _adds_a_sum(one, sign) or _adds_a_sum(other, -sign)
        case App(op="add" | "+", args=addends):
            return any(_adds_a_sum(addend, sign) for addend in addends)
        case App(op="neg", args=(negated,)):
            return _adds_a_sum(negated, -sign)
        case App(op="mul" | "*", args=(Const(value=factor), rest)):
            return _adds_a_sum(rest, sign if factor > 0 else -sign)
    return sign > 0


def widened(place: Place, replacement: Term, text: str) -> str | None:
    """Why a rewrite is not safe that takes the logarithm of what may be a number: NumPy's is a float64."""
    if place.home.name == "math" and _is_power_of_number(place.term):
        known = any(place.evidence.is_float(variable) for variable in place.term.variables)
        return None if known else "it accepts scalars only, and a power accepts arrays"
    if not place.home.scalars_promote:
        return None
    if isinstance(place.term, App) and (place.term.library == "math" or _is_power_of_number(place.term)):
        return "it returns a NumPy scalar, not a float"
    before = {normal(expand(part.args[0])) for part in applications(place.term) if part.op == "log"}
    # Under a name of the code a logarithm is what it was.
    takes_logarithms = re.search(r"\blog\(", text) is not None
    for part in applications(replacement):
        if not takes_logarithms or part.op != "log" or normal(expand(part.args[0])) in before:
            continue
        if _may_be_number(part.args[0]):
            return "next to float32, the logarithm of a Python number is a float64"
    if place.evidence.has_narrow and (named := LOG_OF_NAME.search(text)) is not None:
        return f"next to float32, `{named[1]}` may be a float64"
    return None


def _is_power_of_number(term: Term) -> bool:
    """Whether its exponentials are powers of e, and nothing in it says that they are those of an array."""
    return is_power(term) and not any(
        part.op in SHAPED or (part.library is not None and part.variables) for part in applications(term)
    )


def other_axes(place: Place, replacement: Term) -> str | None:
    """Why a rewrite is not safe whose sums run along other axes than those of the code, of some kinds of values."""
    rows = [part for part in applications(replacement) if part.op in ROWS]
    if not rows:
        return None
    for part in applications(place.term):
        summed = _given_an_axis(part)
        if summed is not None and not place.evidence.has_axes(summed):
            assert isinstance(part.made, cst.BaseExpression)
            return f"of a single number `{bare_source(place.module, part.made)}` is an array"
    if place.evidence.has_frames and any(part.attr("axis") != Lit(None) for part in rows):
        for part in applications(place.term):
            over_all = part.op in ("max", "min") and part.attr("axis") == Lit(None)
            if over_all and all(map(place.evidence.may_be_frame, part.variables)):
                return f"of a DataFrame the {part.op} may be that of each column"
    if place.evidence.has_frames and any(part.attr("axis") == Lit(None) for part in rows):
        for part in applications(place.term):
            over_all = part.op in ("sum", "mean") and part.attr("axis") == Lit(None)
            over_all = over_all and all(map(place.evidence.may_be_frame, part.variables))
            if over_all and (function := _function_of_module(part, place)) is not None:
                return f"of a DataFrame `{function}` reduces over all axes in recent pandas"
    return None


def _given_an_axis(view: App) -> Term | None:
    """What is summed where a view gives the sum an axis of one that may have none: a number has a last axis to sum."""
    inner = view.args[0] if view.args else None
    while isinstance(inner, App) and inner.op in ("same", "log", "exp"):
        inner = inner.args[0]
    if view.op not in ("index", "expand_dims") or not isinstance(inner, App) or inner.op not in ("sum", "mean"):
        return None
    is_open = view.op == "expand_dims" or view.attr("slots") == Lit(("...", "newaxis"))
    loses_axis = inner.attr("keepdims") == Lit(False) and inner.attr("axis") in (Const(-1), Const(0))
    return inner.args[0] if is_open and loses_axis else None


def _function_of_module(part: App, place: Place) -> str | None:
    """The function of a module that computes it; a method of its operand is none."""
    path = dotted(part.steps.func) if isinstance(part.steps, Call) else None
    return path if path is not None and path.partition(".")[0] in place.scope.modules else None


def _may_be_number(term: Term) -> bool:
    """Whether nothing in it says that it is an array, and the type of its logarithm that of the others."""
    if is_length(term) or is_constant(term):
        return False
    return not any(part.op in SHAPED or part.library is not None for part in applications(term))


def lost_conversion(place: Place, bindings: Iterable[Term], replacement: Term, text: str) -> str | None:
    """Why a rewrite is not safe that drops a conversion of type inside the formula, or under a name in it."""
    term, written = place.term, " ".join(text.split())
    conversions = _Conversions(place.module, set(bindings), written)
    lost_inside = [conversions.are_lost(a) for a in term.args]
    if any(lost_inside) or conversions.are_mixed:
        return "it drops a dtype conversion"
    lost = sorted(v.name for v in _values(term) - _values(replacement))
    if lost:
        return f"the shape of `{' '.join(lost[0].split())}` is lost"
    for part in applications(term):
        call = part.made
        # A property is called by its name alone.
        called = call.func if isinstance(call, cst.Call) else call
        is_method = part.op == "call" and isinstance(called, cst.Attribute)
        # The name of what a method gave is as good as the call.
        said = [n for n in (part.origin, call) if isinstance(n, cst.BaseExpression)]
        if is_method and not any(_is_written(node, place.module, written) for node in said):
            return "a subclass may override the method"
    return None


class _Conversions:
    """The conversions of type in a formula of some `bound` values, and whether a text for it keeps them."""

    def __init__(self, module: cst.Module, bound: set[Term], written: str) -> None:
        self.module = module
        self.bound = bound
        self.written = written
        #: Whether a value is converted in the one place and not in the other, of which only one can be written.
        self.are_mixed = False
        self._kept: dict[Term, Term] = {}

    def are_lost(self, part: Term) -> bool:
        """Whether a conversion in a part is in none of the values that are kept, of which note is taken."""
        key = normal(expand(part))
        if key in self.bound or scale(Fraction(-1), key) in self.bound:
            kept = self._kept.setdefault(key, part)
            self.are_mixed = self.are_mixed or (kept != part and (_converts(part) or _converts(kept)))
            return _is_unsaid(part, self.module, self.written)
        if isinstance(part, App) and part.op == "same":
            # What an array of one number gives is asked for by itself.
            return not _is_filled(part)
        return any(self.are_lost(operand) for operand in part.args)


def _is_unsaid(part: Term, module: cst.Module, written: str) -> bool:
    """Whether a conversion in what is kept is not written, neither itself nor a name for what it gives."""
    # What is detached has no gradient.
    if not isinstance(part, App) or not _converts(part, LOOKS - {"detach"}):
        return False
    if isinstance(part.origin, cst.BaseExpression) and _is_written(part.origin, module, written):
        return False
    return part.op == "same" or any(_is_unsaid(operand, module, written) for operand in part.args)


def _is_written(origin: cst.BaseExpression, module: cst.Module, written: str) -> bool:
    source = " ".join(module.code_for_node(origin).split())
    return re.search(rf"(?<![\w.]){re.escape(source)}(?!\w)", written) is not None


def _values(term: Term) -> set[Var]:
    """The variables among the operands."""
    if isinstance(term, Var):
        return {term}
    return set[Var]().union(*(_values(operand) for operand in term.args))


def _converts(term: Term, looks: frozenset[str] = LOOKS) -> bool:
    """Whether a step in it may give another type; the `looks` give the same."""
    for part in applications(term):
        # In a helper of the module nobody knows any more what it was.
        unknown = part.origin is None or (isinstance(part.node, Call) and called(part.node) not in looks)
        if part.op == "same" and unknown:
            return True
    return False


def lost_array(place: Place, text: str) -> str | None:
    """Why a rewrite is not safe that drops an array of zeros or ones, which gave its shape to the result.

    Raises `NotRenderable` where nothing says that another one has that shape.
    """
    if not any(_is_filled(part) for part in applications(place.term)):
        return None
    source = _lost_array_in(place.term, place.module, " ".join(text.split()))
    return None if source is None else f"the shape of `{source}` is lost"


def _lost_array_in(part: Term, module: cst.Module, written: str) -> str | None:
    if isinstance(part.origin, cst.BaseExpression):
        if _is_written(part.origin, module, written):
            return None
        if _is_filled(part) and _is_like_what_stays(part.node, module, written):
            return None
        if _is_filled(part):
            source = " ".join(module.code_for_node(part.origin).split())
            if "_like(" not in source and ".shape" not in source:
                raise NotRenderable(f"`{source}` gives the result its shape")
            return source
    found = (_lost_array_in(operand, module, written) for operand in part.args)
    return next((source for source in found if source is not None), None)


def _is_like_what_stays(made: Expression, module: cst.Module, written: str) -> bool:
    """Whether an array has shape and type of one that the rewrite computes with: `np.ones_like(x)` beside `x`.

    What is summed has another shape than the sum.
    """
    return (
        isinstance(made, Call)
        and "sum" not in written
        and called(made) in ("ones_like", "zeros_like")
        and len(made.args) == 1
        and _is_written(made.args[0].value.origin, module, written)
    )


def _is_filled(part: Term) -> bool:
    """Whether it is an array of one number."""
    return isinstance(part, App) and part.op == "same" and isinstance(part.args[0], Const)


def other_order(place: Place, text: str) -> str | None:
    """Why a rewrite is not safe that makes calls in another order."""
    assert isinstance(place.term.origin, cst.CSTNode)
    variables = {v for v in walk(place.term) if isinstance(v, Var) and any(n == "#" for n, _ in v.stamp)}
    calls = {v.name for v in variables}
    if len(calls) < len(variables):
        # Of two that are written alike nobody can tell which is which.
        return "its calls may run in a different order"
    if len(calls) < 2:
        return None
    before = place.module.code_for_node(place.term.origin)
    was, now = ([" ".join(t.split()).find(" ".join(c.split())) for c in calls] for t in (before, text))
    ranks = [sorted(range(len(calls)), key=order.__getitem__) for order in (was, now)]
    if -1 not in was + now and ranks[0] != ranks[1]:
        return "its calls run in a different order"
    return None


def still_raises(place: Place, gone: Container[str]) -> str | None:
    """Why a rewrite is not safe that leaves a step in front of it which raises what the rewrite should not."""
    if not place.home.raises:
        return None
    for part in applications(place.term):
        if (
            is_alias(part)
            and part.variables
            and not GROWING.isdisjoint(part.ops)
            and isinstance(part.origin, cst.BaseExpression)
        ):
            name = place.module.code_for_node(part.origin)
            if name not in gone:
                return f"`{name}` is still computed before it, and overflows"
    return None


def right_far_below(written: Term, replacement: Term) -> str | None:
    """Why `log1p(-exp(x))` is not replaced with `log(-expm1(x))`: of numbers far below zero it is the better one."""
    composed = any(p.op == "log" and _is_negated(p.args[0], "expm1") for p in applications(replacement))
    if composed and any(p.op == "log1p" and _is_negated(p.args[0], "exp") for p in applications(written)):
        return "`log1p(-exp(x))` is accurate far below zero and `log(-expm1(x))` near zero; switch at x = -log(2)"
    return None


def _is_negated(term: Term, op: str) -> bool:
    return isinstance(term, App) and term.op == "neg" and isinstance(term.args[0], App) and term.args[0].op == op


def hard_to_read(replacement: Term) -> str | None:
    """Why a rewrite is not safe to make unasked that nests three stable functions for one quotient."""
    if not isinstance(replacement, App) or replacement.op != "exp":
        return None
    nested = [p for p in applications(replacement) if p.op == "logaddexp"]
    guarded = any("log" in part.ops and not GATHERING.isdisjoint(o.ops) for part in nested for o in part.args)
    return "the rewrite is harder to read than the original" if len(nested) > 1 or guarded else None
