"""Marks: a cheap shadow of a term, one bit for each telling operation in it and for each one above another.

A term's marks are those of its operands and its own. Each pattern says which marks the code must leave
before it can match: a clause for each operation of the pattern and for each pair of operations, with all
steps from which the normal form could have made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from stabaudit.dialects import dialects
from stabaudit.match import Pattern
from stabaudit.ops import TABLE, expand
from stabaudit.rule import load
from stabaudit.terms import App, Const, Lit, Term, Var
from stabaudit.terms.normal import VIEWS

#: Operations of code that leave one mark: sums, and quotients and powers.
CLASSES = {"add": "+", "sub": "+", "div": "^", "pow": "^"}
#: What leaves no mark: views move about in the normal form, and products are everywhere.
UNMARKED = VIEWS | {"*"}

Clause = tuple[str, ...]


@cache
def telling() -> tuple[str, ...]:
    """The operations that leave a mark, in the order of their bits."""
    found = {op for p in _patterns() for op in p.term.ops}
    return tuple(sorted((found | {"+", "^"}) - UNMARKED))


def marks_of(op: str) -> frozenset[str]:
    """The marks of an operation's formula."""
    row = TABLE[op]
    return _marks(expand(row(*(Var(n) for n in row.operands), **dict.fromkeys(row.settings, Lit(None)))))


def _marks(term: Term) -> frozenset[str]:
    inner = frozenset[str]().union(*(_marks(a) for a in term.args))
    if not isinstance(term, App) or (own := CLASSES.get(term.op, term.op)) not in telling():
        return inner
    return inner | {own} | {f"{own}>{other}" for other in inner if ">" not in other}


def words() -> dict[str, frozenset[str]]:
    """What each name of each library leaves, by the last part of its path."""
    found: dict[str, frozenset[str]] = {}
    for dialect in dialects():
        spelled = [*dialect.functions.items(), *dialect.methods.items()]
        for path, spelling in spelled:
            # `np.maximum.reduce` is called by its last name.
            name = path.rpartition(".")[2]
            found[name] = found.get(name, frozenset()) | marks_of(spelling.op)
    return found


def clauses() -> list[tuple[Clause, ...]]:
    """For each pattern its clauses: of each, one mark at least must be there. `a>b` is a above b."""
    every = {tuple(sorted(set(_clauses(p.term, ())))) for p in _patterns()}
    # What asks for more than another is never the first to be met.
    return sorted(c for c in every if not any(set(o) < set(c) for o in every))


@cache
def _patterns() -> tuple[Pattern, ...]:
    return tuple(p for r in load() for f in r.forms for p in f.patterns)


def _clauses(term: Term, above: tuple[str, ...]) -> Iterator[Clause]:
    if not isinstance(term, App):
        return
    op, operands = term.op, term.args
    if op == "^":
        exponent = term.args[1]
        operands = term.args[:1]
        if not (isinstance(exponent, Const) and exponent.value < 0):
            # `x * x` is a power, too.
            op = "*"
    if op in ("+", "^") and "exp" in above:
        # A product of exponentials is the exponential of a sum.
        op = "*"
    if op not in UNMARKED:
        yield _alone(op)
        for other in above:
            yield tuple(f"{a}>{b}" for a in _makers(other) for b in _alone(op, below=True))
    inner = above if op in UNMARKED else (*above, op)
    if op == "exp":
        # A factor goes into the exponents of a sum of exponentials.
        inner = tuple(o for o in inner if o != "+")
    for operand in operands:
        yield from _clauses(operand, inner)


def _alone(op: str, *, below: bool = False) -> Clause:
    """The marks one of which an operation of the normal form was made from."""
    match op:
        case "+":
            # The logarithm of a product is a sum.
            return ("+", "log")
        case "^":
            # `exp(-log(x))` is `1/x`.
            return ("^", "exp") if below else ("^", "exp>log")
        case "revcumsum":
            return ("cumsum",)
    return (op,)


def _makers(op: str) -> Iterable[str]:
    """What code must have had above something that the normal form has below `op`."""
    return {"+": ("+", "log"), "^": ("^", "exp"), "exp": ("exp", "^"), "revcumsum": ("cumsum",)}.get(op, (op,))
