"""Which variables are taken for positive because code chose its formula by the sign of what they stand beside.

`x[x >= 0]` and a branch on `x > 0` bound `exp(-x / s)` for a positive s alone, and so say that s is one.
"""

from __future__ import annotations

from collections.abc import Iterable

from stabaudit.proof.assumptions import operands
from stabaudit.terms import App, Const, Term, Var
from stabaudit.terms.arithmetic import ZERO, addends, base_and_exponent, factors, split
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand

COMPARISONS = frozenset({"lt", "le", "gt", "ge"})


def beside_a_known_sign(term: Term, guards: Iterable[Term]) -> frozenset[Var]:
    """The variables of the other factors of exponents in which the sign of a factor is known."""
    known = {normal(expand(side)) for guard in guards for side in _chosen_by_sign(guard)}
    found: set[Var] = set()
    for part in operands(expand(term)):
        if isinstance(part, App) and part.op == "exp":
            for addend in addends(normal(part.args[0])):
                bases = [base_and_exponent(f)[0] for f in factors(split(addend)[1])]
                marks = [b for b in bases if b in known or _is_masked_by_its_sign(b) or _is_of_one_sign(b)]
                if marks:
                    found.update(*(b.variables for b in bases if b not in marks))
    return frozenset(found)


def _chosen_by_sign(guard: Term) -> tuple[Term, ...]:
    """What a condition compares with zero."""
    while isinstance(guard, App) and guard.op in ("not", "same"):
        guard = guard.args[0]
    if not isinstance(guard, App) or guard.op not in COMPARISONS:
        return ()
    zeros = [isinstance(side, Const) and side == ZERO for side in guard.args]
    return tuple(side for side, zero in zip(guard.args[::-1], zeros, strict=True) if zero)


def _is_masked_by_its_sign(base: Term) -> bool:
    return isinstance(base, App) and base.op == "masked" and base.args[0] in _chosen_by_sign(base.args[1])


def _is_of_one_sign(base: Term) -> bool:
    return isinstance(base, Var) and base.bounds is not None and (base.bounds.low >= 0 or base.bounds.high <= 0)
