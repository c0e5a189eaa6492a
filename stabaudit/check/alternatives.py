"""A formula of a value that is one thing or another, read with each of them: `e / where(s == 0, 1, s)`."""

from __future__ import annotations

from collections.abc import Iterator

from stabaudit.records import Record
from stabaudit.terms import App, Term, applications, replaced
from stabaudit.terms.ops import expand

#: Operations of which a condition says what they give.
DECIDED = frozenset({"where", "branch"})
#: Operations that give one of their operands.
CHOOSING = DECIDED | {"maximum", "minimum"}
#: Operations of which a formula is made that is at fault for more than its operands are.
FORMING = frozenset({"div", "reciprocal", "pow", "log", "log2", "log10", "log1p"})
#: So many choices within one another are followed.
DEEPEST = 2


class Alternative(Record):
    """What an expression is if a choice in it gives one of its operands, and the condition of that."""

    term: Term
    condition: Term


def alternatives(term: Term, depth: int = DEEPEST) -> Iterator[Alternative]:
    """What an expression is with one operand or the other of the first choice between exponentials in it.

    An operand in which there is no exponential makes no formula.
    """
    if depth == 0 or CHOOSING.isdisjoint(term.ops):
        return
    formed = (part for part in applications(term) if part.op in FORMING and not CHOOSING.isdisjoint(part.ops))
    choice = next((part for formula in formed for part in applications(formula) if _chooses(part)), None)
    if choice is None:
        return
    for operand, condition in _operands(choice):
        if grows(operand):
            chosen = replaced(term, choice, operand)
            if choice.op in DECIDED:
                chosen = _decided(chosen, choice.args[0], yes=operand is choice.args[1])
            yield Alternative(chosen, condition)
            for inner in alternatives(chosen, depth - 1):
                yield Alternative(inner.term, App("and", (condition, inner.condition)))


def _decided(term: Term, condition: Term, *, yes: bool) -> Term:
    """An expression in which a condition holds or does not, wherever something else depends on it as well."""
    if not isinstance(term, App) or DECIDED.isdisjoint(term.ops):
        return term
    if term.op in DECIDED and term.args[0] == condition:
        return _decided(term.args[1 if yes else 2], condition, yes=yes)
    args = tuple(_decided(operand, condition, yes=yes) for operand in term.args)
    return App(term.op, args, term.attrs, term.node, term.library, term.steps)


def grows(term: Term) -> bool:
    """Whether there is an exponential in it, however it is spelled."""
    return "exp" in expand(term).ops


def _chooses(part: App) -> bool:
    return part.op in CHOOSING and any(map(grows, part.args[-2:]))


def _operands(choice: App) -> Iterator[tuple[Term, Term]]:
    if choice.op in DECIDED:
        condition, yes, no = choice.args
        yield yes, condition
        yield no, App("not", (condition,))
        return
    one, other = choice.args
    for mine, its in ((one, other), (other, one)):
        yield mine, App("gt" if choice.op == "maximum" else "lt", (mine, its))
