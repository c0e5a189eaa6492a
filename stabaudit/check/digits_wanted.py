"""Whether anybody asks for the digits that a formula loses: they may not show beside more, or in a logarithm.

Logarithms are added and compared, so that their absolute error counts: `a * log(1 + x)` is off by `a * 1e-16` at most.
Somebody asks for more where something is divided by one, or one by what it is made of: `log(1 + k * x) / k`.
"""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stabaudit.check.digits import loses_digits
from stabaudit.check.guards import relevant
from stabaudit.findings.finding import Witness
from stabaudit.proof.assumptions import has_deliberate_shift
from stabaudit.proof.peaks import is_falling
from stabaudit.proof.question import TOLERANCE, Site
from stabaudit.proof.shared_verdicts import judge
from stabaudit.terms import App, Const, Term, Var, applications, replaced
from stabaudit.terms.arithmetic import addends, base_and_exponent, factors, split
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand

if TYPE_CHECKING:
    # Who finds nothing does not pay for what writes fixes.
    from stabaudit.check.detection import Detection

SUMS = frozenset({"add", "sub"})
#: Operations through which a part is the larger the larger its operand is.
MULTIPLES = SUMS | {"mul", "div", "neg", "same"}
LOGARITHMS = frozenset({"log", "log2", "log10"})


def asked_for(hit: Detection, term: App, around: Sequence[App]) -> Detection | None:
    """What is found in a term: nothing where lost digits do not show, a note where nobody asks for them."""
    candidate, witness = hit.candidate, hit.verdict.witness
    if witness is not None and candidate.form.traits.seldom and not _is_of_a_density(term):
        return hit._replace(verdict=hit.verdict._replace(witness=witness._replace(severity="note")))
    if witness is None or not candidate.form.equal or not loses_digits(candidate.form):
        return hit
    stable = candidate.replacement
    if stable is not None and is_hidden(term, candidate.valued(stable), around, relevant(hit.scope.guards, term)):
        return None
    form = candidate.form.unstable
    if not isinstance(form, App) or form.op not in LOGARITHMS or is_asked_for(term, around):
        return hit
    return hit._replace(verdict=hit.verdict._replace(witness=noted(witness)))


def _is_of_a_density(term: Term) -> bool:
    """Whether an exponent falls with the square of a distance, or the distance: data lie far out as often as not."""
    exponents = (part.args[0] for part in applications(expand(term)) if part.op == "exp")
    return any(all(map(is_falling, addends(normal(exponent)))) for exponent in exponents)


def noted(witness: Witness) -> Witness:
    """A witness of a logarithm, which is a note if its absolute error is small."""
    return witness._replace(severity="note") if is_off_by_little(witness) else witness


def is_asked_for(term: Term, around: Sequence[App]) -> bool:
    """Whether the relative error of a term counts in what is `around` it, outermost first, or nothing is."""
    part, alone = term, True
    for outer in reversed(around):
        if outer.op in SUMS:
            return False
        if outer.op in LOGARITHMS:
            return True
        if outer.op == "div" and (part is outer.args[1] or not outer.args[1].variables.isdisjoint(term.variables)):
            return True
        if outer.op == "mul" and any(_divides(o, term) for o in outer.args if o is not part):
            return True
        alone = alone and outer.variables == term.variables
        part = outer
    return alone


def _divides(other: Term, term: Term) -> bool:
    """Whether another factor grows as what a term is made of becomes small."""
    powers = map(base_and_exponent, factors(split(normal(expand(other)))[1]))
    return any(
        not base.variables.isdisjoint(term.variables) and not (isinstance(by, Const) and by.value > 0)
        for base, by in powers
    )


def is_off_by_little(witness: Witness) -> bool:
    """Whether the absolute error is below what is tolerated."""
    try:
        pairs = zip(_numbers(literal_eval(witness.gives)), _numbers(literal_eval(witness.truth)), strict=True)
        return all(abs(wrong - right) < TOLERANCE for wrong, right in pairs)
    except (ValueError, SyntaxError):
        return False


def _numbers(value: object) -> list[float]:
    if isinstance(value, list):
        return [number for one in value for number in _numbers(one)]
    assert isinstance(value, float)
    return [value]


def is_hidden(term: App, stable: Term, around: Sequence[App], guards: tuple[Term, ...]) -> bool:
    """Whether a sum is right in which a term stands beside other functions of its variables: `11 + s * log(1 - s)`."""
    return any(
        others <= part.variables and not has_deliberate_shift(total) and _is_right(total, term, stable, guards)
        for total, part, others in _sums(term, around)
    )


def _is_right(total: App, term: App, stable: Term, guards: tuple[Term, ...]) -> bool:
    """Whether a sum has its digits although a term in it lost some."""
    verdict = judge(Site(total, guards=guards, digits=True, relative=True), replaced(total, term, stable))
    return verdict.witness is None and verdict.refuted is None


def _sums(term: App, around: Sequence[App]) -> Iterator[tuple[App, Term, frozenset[Var]]]:
    """The sums around a term with their part that holds it, and the variables of their other parts."""
    inner, part, others = term, term, frozenset[Var]()
    for outer in reversed(around):
        if outer.op not in MULTIPLES:
            return
        if outer.op in SUMS:
            others |= frozenset[Var]().union(*(o.variables for o in outer.args if o is not inner))
            yield outer, part, others
        else:
            part, others = outer, frozenset()
        inner = outer
