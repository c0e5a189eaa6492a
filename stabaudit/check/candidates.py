"""Which rules an expression could fall under: the forms that fit it, the narrowest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from math import inf

from stabaudit.catalogue.active import Signs, signs
from stabaudit.catalogue.rule import Domain, Form, Rule
from stabaudit.check.candidate_forms import Forms
from stabaudit.check.domains import is_positive, is_within
from stabaudit.check.rewritten_product import arranged, one_dimension, with_stable_weights, without_shift
from stabaudit.records import Record
from stabaudit.terms import App, Const, Lit, Term, Var, applications, substitute
from stabaudit.terms.arithmetic import MINUS_ONE, ONE, addends, factors, log, mul, power, scale, split
from stabaudit.terms.match import Match, Pattern, divides_exponentials, is_endless, more_specific
from stabaudit.terms.normal import VIEWS, normal
from stabaudit.terms.ops import TABLE, expand, sum_

#: Operations on which the logarithm of a value does not depend.
SEEN_THROUGH = VIEWS | {"squeeze", "same", "call", "built", "mapping", "masked"}
#: Operations with a number that do to each element what they do to all.
GUARDING = frozenset({"add", "maximum", "minimum", "clip"})

#: Stands in a frame for the formula's value.
HOLE = Var("...")


class Candidate(Record):
    """A rule's form that fits an expression."""

    rule: Rule
    form: Form
    pattern: Pattern
    match: Match
    #: What the expression does with the formula's value, a component that is picked or what is added to it.
    frame: Term = HOLE
    #: What is left over divides by a number of the form: `1 / (b + exp(x))` runs into its limit where it overflows.
    divided: bool = False
    #: The numbers that stand under a name in the expression, which the stable form says by that name.
    numbers: Mapping[Var, Term] = {}
    #: The expression as it is written.
    written: Term = ONE
    #: A number under a name by whose value alone the form fits.
    taken: str | None = None

    @property
    def bound(self) -> Mapping[Var, Term]:
        """What is bound to the parameters, numbers by their value."""
        return {v: self.valued(t) for v, t in self.match.bindings.items()}

    def valued(self, term: Term) -> Term:
        """A normal term with the values of the numbers that stand under a name."""
        return normal(substitute(term, dict(self.numbers))) if self.numbers else term

    @property
    def guard(self) -> float:
        """The number that keeps something from zero, or that one and such a number make; infinite if unknown."""
        for name, domain in self.form.domains.items():
            value = self.bound[Var(name)]
            if isinstance(value, Const) and (domain.guard or (domain.literal and domain.low == 1)):
                return abs(float(value.value) - domain.low)
        return inf

    @property
    def lengths(self) -> Mapping[Var, Term]:
        """For what is bound to a number of elements, the number that the array at hand has."""
        domains, bound = self.form.domains, self.match.bindings
        lengths = {bound[v]: of for v in bound if (of := domains[v.name].length_of) is not None}
        return {n: self._count(Var(of)) for n, of in lengths.items() if isinstance(n, Var)}

    def _count(self, array: Var) -> Term:
        """How many elements of an array are summed."""
        value, bound = self.match.bindings[array], self.match.bindings
        return sum_(1 + (value - value), **{n: bound.get(Var(n), Lit(None)) for n in ("axis", "keepdims")})

    @property
    def inputs(self) -> tuple[Term, ...]:
        """What the formula is a function of, settings left out."""
        domains = self.form.domains
        apart = {v for v in self.bound if (d := domains[v.name]).setting or d.factor or d.length_of is not None}
        return tuple(t for v, t in self.bound.items() if v not in apart)

    @property
    def assumed(self) -> tuple[Term, ...]:
        """What the form takes for granted of the site: weights, widths and powers above zero, some exponents below."""
        below = [App("lt", (t, Const(0))) for t in self._bound_in(lambda d: d.high == 0)]
        below += [App("gt", (t, Const(-1))) for t in self._bound_in(lambda d: d.low == -1 and not d.tried)]
        rows = [Var(n) for n, d in self.form.domains.items() if d.rows] if self.lengths else []
        alike = [App("eq", (self._count(rows[0]), self._count(other))) for other in rows[1:]]
        return (*self._positive, *below, *alike, *(App("ge", (t, Const(0))) for t in self.nothing))

    @property
    def nothing(self) -> frozenset[Var]:
        """The weights that may be zero."""
        return frozenset(t for t in self._bound_in(lambda d: d.zero and d.rows) if isinstance(t, Var))

    @property
    def _positive(self) -> tuple[Term, ...]:
        return tuple(
            App("gt", (t, Const(0))) for t in self._bound_in(lambda d: d.low >= 0 and not d.zero) if not is_positive(t)
        )

    def _bound_in(self, wanted: Callable[[Domain], bool]) -> list[Term]:
        """What is bound to parameters of these domains."""
        domains = self.form.domains
        return [t for v, t in self.bound.items() if not domains[v.name].setting and wanted(domains[v.name])]

    @property
    def caution(self) -> str | None:
        """What a rewrite takes for granted that the code does not say."""
        if self.taken is not None:
            return f"it is only valid for the current value of `{self.taken}` alone"
        if isinstance(self.written, App) and (reason := one_dimension(self.written)) is not None:
            return reason
        if "exp" in self.match.rest.ops:
            # `exp(a) * expm1(b - a)` is nan where the one is 0 and the other infinite.
            return "it may be 0 * inf where the exponents are far apart"
        # A formula of one variable has no value itself where it is not positive: `log(exp(x) - 1)`.
        if self.form.caution is None and len(self.inputs) > 1 and not self._are_positive(self._weights):
            return "only valid for non-negative weights"
        return self.form.caution

    @property
    def _weights(self) -> Iterator[Term]:
        """What has to be positive for the stable form to be the formula: what that takes a logarithm of."""
        stable = self.form.stable
        taken = {p.args[0] for p in applications(expand(stable)) if p.op == "log"} if stable is not None else set()
        parameters = {v for argument in taken for v in argument.variables}
        bound = (t for v, t in self.bound.items() if v in parameters and self.form.domains[v.name].low >= 0)
        return (t for t in bound if not is_positive(t))

    @property
    def _logarithms(self) -> set[Term]:
        """What the code takes a logarithm of itself."""
        return {normal(expand(p.args[0])) for p in applications(self.written) if p.op == "log"}

    def _are_positive(self, weights: Iterable[Term]) -> bool:
        """Whether the code takes a logarithm of each, or of what it divides."""
        said = self._logarithms
        rests = [mul(f for f in factors(weight) if not (isinstance(f, App) and f.op == "exp")) for weight in weights]
        return all(not said.isdisjoint((rest, power(rest, MINUS_ONE))) for rest in rests)

    def _as_said(self, term: Term) -> Term:
        """A term with the logarithms of the code: `-log(a / b)` for `log(b / a)`."""
        if not isinstance(term, App) or "log" not in term.ops:
            return term
        turned = power(term.args[0], MINUS_ONE) if term.op == "log" else ONE
        if turned in self._logarithms and term.args[0] not in self._logarithms:
            return App("neg", (App("log", (turned,)),))
        operands = tuple(map(self._as_said, term.args))
        return App(term.op, operands, term.attrs, term.node, term.library)

    @property
    def replacement(self) -> Term | None:
        """The stable form of the whole expression, in the variables of the site."""
        if self.form.stable is None:
            return None
        if isinstance(self.written, App) and self.written.op == "weighted_average":
            return with_stable_weights(self.written)
        bindings = {v: self.match.bindings[v] for v in self.pattern.variables}
        formula = self._as_said(substitute(self.form.stable, bindings))
        if self.form.quotient:
            # One sum in the exponent, not what the match takes for its two sides.
            formula = normal(expand(formula))
        stable = substitute(self.frame, {HOLE: without_shift(formula)})
        if self.match.rest == ONE:
            return stable
        return arranged(self.written, self.match.rest, stable) or App("mul", (self.match.rest, stable))


def is_telling(term: Term) -> bool:
    """Whether something of which every pattern has one is in it, however it is spelled."""
    return not _telling(signs()).isdisjoint(term.ops)


@cache
def _telling(of: Signs) -> frozenset[str]:
    """The operations that tell, and those that are spelled with them."""
    primitive = of.operations
    formulas = {name: row.defining_term for name, row in TABLE.items()}
    # A root is a power.
    wanted = primitive | {"pow"} if "^" in primitive else primitive
    spelled = {name for name, f in formulas.items() if f is not None and not wanted.isdisjoint(expand(f).ops)}
    return wanted | spelled


def candidates(term: Term, forms: Forms, numbers: Mapping[Var, Term] | None = None) -> list[Candidate]:
    """Those of the forms that fit the expression, the narrowest first; `numbers` are those that it says by a name."""
    if not (term.variables or "$" in term.key) or _is_stable(term):
        return []
    if is_endless(term):
        return []
    inner, view = unviewed(term)
    key, frame = _unpicked(inner, normal(expand(inner)))
    found = _fitting(key, term, forms, substitute(view, {HOLE: frame}), numbers or {})
    if not found and (behind := _behind_views(term)) is not None:
        inner, frame = behind
        found = _fitting(normal(expand(inner)), term, forms, frame, numbers or {})
    return [c._replace(written=term) for c in found]


def _behind_views(term: Term) -> tuple[Term, Term] | None:
    """The logarithm of what a view shows is the view of a logarithm: `log(p.reshape(-1))`, `log(p[i] + eps)`."""
    if not isinstance(term, App) or term.op != "log":
        return None
    inner, frame = _unseen(term.args[0])
    return None if frame == HOLE else (App("log", (inner,), (), term.node, term.library), frame)


def _unseen(term: Term) -> tuple[Term, Term]:
    """A term without the views of it, be it beside numbers that guard it, and the views of its value."""
    if not isinstance(term, App):
        return term, HOLE
    if term.op in SEEN_THROUGH:
        inner, frame = _unseen(term.args[0])
        shown = term.op in VIEWS or term.op in ("squeeze", "masked")
        return inner, substitute(_of_hole(term), {HOLE: frame}) if shown else frame
    guarded = [a for a in term.args if isinstance(a, App)]
    if term.op not in GUARDING or len(guarded) != 1:
        return term, HOLE
    inner, frame = _unseen(guarded[0])
    operands = tuple(inner if a is guarded[0] else a for a in term.args)
    return App(term.op, operands, term.attrs, term.node, term.library), frame


def _fitting(key: Term, written: Term, forms: Forms, frame: Term, numbers: Mapping[Var, Term]) -> list[Candidate]:
    """Those of the forms that fit a normal term, the narrowest first."""
    matched = []
    for rule, form, pattern in forms.likely(key):
        match = pattern.match(key)
        # A fault of meaning is one of the whole expression: what is left over may not mend it.
        if match is None or (not form.equal and "exp" in match.rest.ops):
            continue
        if form.quotient and ("exp" in match.rest.ops or not divides_exponentials(written)):
            continue
        if form.traits.spelled and not (isinstance(written, App) and _is_same_step(written, form)):
            continue
        if form.traits.whole and not isinstance(match.rest, Const):
            continue
        if "logpdf" in pattern.term.ops & match.rest.ops:
            # A density is an exponential of its own: what another one is more than it is nothing left over.
            continue
        candidate = Candidate(rule, form, pattern, match, frame, _is_divided_by(form, match), numbers)
        if is_within(form, candidate.bound):
            matched.append(candidate)
    kept = [c for c in matched if not any(more_specific(o.pattern, c.pattern) for o in matched if o is not c)]
    rest = [c for c in matched if c not in kept]
    return [*sorted(kept, key=_rank), *sorted(rest, key=_rank)]


def _is_same_step(written: App, form: Form) -> bool:
    """Whether the last step of an expression is that of the template."""
    return isinstance(form.unstable, App) and written.op == form.unstable.op


def _unpicked(term: Term, key: Term) -> tuple[Term, Term]:
    """The logarithm of one component is a component of the logarithm of all, and so is a ratio's."""
    coefficient, rest = split(key)
    if isinstance(rest, App) and rest.op == "item" and isinstance(term, App) and term.op == "div":
        return scale(coefficient, rest.args[0]), _of_hole(rest)
    if isinstance(rest, App) and rest.op == "log":
        inner: Term = rest.args[0]
        frame: Term = HOLE
        while isinstance(inner, App) and inner.op in ("item", "squeeze"):
            frame = substitute(frame, {HOLE: _of_hole(inner)})
            inner = inner.args[0]
        return scale(coefficient, log(inner)), frame
    if isinstance(term, App) and term.op == "log" and (share := _share_of_a_row(key)) is not None:
        return share
    return key, HOLE


def unviewed(term: Term) -> tuple[Term, Term]:
    """The logarithm of a view as the logarithm of what is looked at, and the view of its value.

    `s[:, None]` of a sum along the last axis puts that back in arrays of two dimensions alone.
    """
    match term:
        case App(op="log", args=(App(op="index" | "reshape") as view,)) if not _puts_axis_back(view):
            inner = App("log", view.args, (), term.node, term.library, term.steps)
            return inner, _of_hole(view)
    return term, HOLE


def _puts_axis_back(view: App) -> bool:
    """Whether a view restores the axis of a sum with length one, however many there are."""
    total = view.args[0]
    axis = total.attr("axis") if isinstance(total, App) else None
    slots = view.attr("slots")
    if not isinstance(axis, Const) or not isinstance(slots, Lit) or not isinstance(slots.value, tuple):
        return False
    if "..." in slots.value:
        return slots.value == ("...", "newaxis") and axis.value == -1
    return "newaxis" in slots.value and slots.value.index("newaxis") == axis.value


def _share_of_a_row(key: Term) -> tuple[Term, Term] | None:
    """`x[i] - log(sum(exp(x)))` as a component of the row `x - log(sum(exp(x)))`."""
    parts = [split(a) for a in addends(key)]
    if len(parts) != 2:
        return None
    for (own, picked), (other, total) in (parts, parts[::-1]):
        match picked, total:
            case App(op="item" | "picked", args=[row]), App(
                op="log", args=[App(op="sum", args=[App(op="exp", args=[x])], attrs=[along, _])]
            ) if own == -other == 1 and x == row:
                sums = App("sum", (App("exp", (x,)),), (along, ("keepdims", Lit(True))))
                return normal(App("sub", (x, App("log", (sums,))))), _of_hole(picked)
    return None


def _of_hole(picked: App) -> App:
    return App(picked.op, (HOLE, *picked.args[1:]), picked.attrs)


def _is_divided_by(form: Form, match: Match) -> bool:
    """Whether what is left over divides by a number that is bound: `1 / (b + exp(x))` is no share of b."""
    left = set(factors(split(match.rest)[1]))
    numbers = [n for n, d in form.domains.items() if d.low >= 0 and not (d.rows or d.setting)]
    bound = (split(value)[1] for n in numbers if (value := match.bindings[Var(n)]).variables)
    return left != {ONE} and any(left.issuperset(factors(power(value, MINUS_ONE))) for value in bound)


def _rank(candidate: Candidate) -> tuple[bool, bool, int, int, int, str]:
    """Forms that leave little over come first, and those that leave no exponential and no sign over.

    What fits with a weight or a power of one is said more simply by another form.
    """
    rest = candidate.match.rest
    ones = sum(value == ONE and not _is_addend(v, candidate.pattern) for v, value in candidate.match.bindings.items())
    return "exp" in rest.ops, split(rest)[0] < 0, rest.size, ones, -candidate.pattern.term.size, candidate.rule.name


def _is_addend(variable: Var, pattern: Pattern) -> bool:
    """Whether a parameter is added to something, where one is a number like any other."""
    sums = (part for part in applications(pattern.term) if part.op == "+")
    return any(split(addend)[1] == variable for total in sums for addend in total.args)


def _is_stable(term: Term) -> bool:
    """Whether the outermost step is a function that was made for it, such as `logaddexp`."""
    if isinstance(term, App) and term.op == "pow":
        return _is_stable(term.args[0])
    return isinstance(term, App) and term.op in TABLE and TABLE[term.op].stable and not TABLE[term.op].elementary
