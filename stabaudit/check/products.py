"""The logarithm of a product, factor by factor as they are written: `log(sum(exp(x)) / n)`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from stabaudit.check.candidate_forms import Forms
from stabaudit.check.candidates import HOLE, Candidate, candidates
from stabaudit.proof.assumptions import is_count
from stabaudit.records import Record
from stabaudit.terms import App, Const, Term, Var, substitute
from stabaudit.terms.arithmetic import ONE, is_positive
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand, unfold

#: Functions and distributions that are above zero wherever they are asked for.
ABOVE_ZERO = frozenset({"cdf", "sf", "pdf", "ndtr", "erfc", "gamma", "factorial", "beta", "comb", "i0", "iv"})
#: The logarithms, each with its base.
BASES = {"log": None, "log2": Const(2), "log10": Const(10)}


class Factor(Record):
    """A power of something in a product, and the forms that fit its logarithm.

    The exponent is a number, `times` something that is none.
    """

    term: Term
    exponent: Fraction
    times: Term
    fitting: list[Candidate]
    numbers: Mapping[Var, Term]

    @property
    def is_positive(self) -> bool:
        """Whether it is above zero by its form."""
        value = normal(expand(substitute(self.term, dict(self.numbers))))
        if isinstance(value, App) and value.op in ABOVE_ZERO:
            return True
        return is_positive(value) or (isinstance(value, Var) and is_count(value))

    @property
    def is_exponential(self) -> bool:
        """Whether its logarithm is its exponent."""
        return any(c.form.undone for c in self.fitting)

    @property
    def stable(self) -> Term | None:
        """Its logarithm in a stable form, if one of the forms fits that take nothing for granted."""
        return next((c.replacement for c in self.fitting if self.is_positive and not c.assumed), None)


def of_product(term: Term, forms: Forms, numbers: Mapping[Var, Term] | None = None) -> list[Candidate]:
    """Those of the forms that fit the logarithm of a factor, the others beside it.

    The factors have logarithms of their own where all but one are above zero.
    """
    if not isinstance(term, App) or term.op not in BASES or not _grows(term.args[0], forms):
        return []
    factors = [f for f in _factors(term.args[0], Fraction(1), ONE, forms, numbers or {}) if f.term != ONE]
    ranked = sorted(factors, key=lambda f: (f.is_exponential, f.exponent < 0))
    main = next((f for f in ranked if f.fitting), None)
    if main is None:
        return []
    if len(factors) == 1 and main.exponent == 1 and main.times == ONE and not main.is_exponential:
        return []
    if sum(not f.is_positive for f in factors if f is not main) > 1:
        return []
    # Weights are taken to be above zero, and their sum is so then.
    fitting = [c for c in main.fitting if main.is_positive or c.caution is not None]
    frame = _sum([(f, HOLE if f is main else f.stable or _logarithm(f.term)) for f in factors])
    base = BASES[term.op]
    if base is not None:
        frame = App("div", (frame, App("log", (base,))))
    return [c._replace(frame=substitute(frame, {HOLE: c.frame})) for c in fitting]


def _factors(
    term: Term, exponent: Fraction, times: Term, forms: Forms, numbers: Mapping[Var, Term], *, whole: bool = True
) -> Iterator[Factor]:
    """The factors of a product as they are written; the `whole` has no form that fits."""
    if not whole and _grows(term, forms):
        fitting = candidates(App("log", (term,), (), term), forms, numbers)
        if fitting := [c for c in fitting if c.form.equal and c.match.rest == ONE]:
            yield Factor(term, exponent, times, fitting, numbers)
            return
    if isinstance(term, App) and term.op == "exp":
        yield Factor(term, exponent, times, list(_undone(term, forms, numbers)), numbers)
        return
    match term:
        case App(op="pow", args=(base, raised)) if raised.variables and times == ONE:
            # A power that is no whole number has a value for a base above zero alone.
            yield from _factors(base, exponent, raised, forms, numbers, whole=False)
            return
    parts = _parts(term, exponent)
    if parts is None:
        yield Factor(term, exponent, times, [], numbers)
        return
    for part, power in parts:
        yield from _factors(part, power, times, forms, numbers, whole=False)


def _undone(exponential: App, forms: Forms, numbers: Mapping[Var, Term]) -> Iterator[Candidate]:
    """The forms whose steps a logarithm of an exponential undoes."""
    exponent = normal(expand(exponential.args[0]))
    if exponent.variables:
        for rule, form, pattern in forms.undone:
            if (match := pattern.match(exponent)) is not None:
                yield Candidate(rule, form, pattern, match, numbers=numbers)


def _grows(term: Term, forms: Forms) -> bool:
    """Whether there is something in it of which a form takes the logarithm, as an exponential."""
    return not expand(term).ops.isdisjoint(forms.in_logarithms)


def _parts(term: Term, exponent: Fraction) -> list[tuple[Term, Fraction]] | None:
    """A product as powers of its operands, if it is one."""
    match term:
        case App(op="mul", args=(a, b)):
            return [(a, exponent), (b, exponent)]
        case App(op="div", args=(a, b)):
            return [(a, exponent), (b, -exponent)]
        case App(op="sqrt", args=(a,)):
            return [(a, exponent / 2)]
        case App(op="pow", args=(a, Const(value=power))) if is_positive(normal(expand(a))):
            return [(a, exponent * power)]
        case App(op="same", args=(a,)):
            return [(a, exponent)]
    # An average with weights is a ratio by its definition.
    formula = unfold(term) if isinstance(term, App) else None
    return None if formula is None else _parts(formula, exponent)


def _logarithm(term: Term) -> Term:
    return term.args[0] if isinstance(term, App) and term.op == "exp" else App("log", (term,))


def _sum(logarithms: list[tuple[Factor, Term]]) -> Term:
    """The sum in the order of the factors, though it begins with none that is taken away."""
    first = next((i for i, (f, _) in enumerate(logarithms) if f.exponent > 0), 0)
    total: Term | None = None
    for factor, logarithm in [logarithms[first], *logarithms[:first], *logarithms[first + 1 :]]:
        size = abs(factor.exponent)
        multiple = logarithm if size == 1 else App("mul", (Const(size), logarithm))
        if factor.times != ONE:
            multiple = App("mul", (factor.times, multiple))
        if total is None:
            total = multiple if factor.exponent > 0 else App("neg", (multiple,))
        else:
            total = App("add" if factor.exponent > 0 else "sub", (total, multiple))
    assert total is not None
    return total
