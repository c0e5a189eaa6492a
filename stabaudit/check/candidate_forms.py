"""Which forms could fit a term: told from how it is built, before anything is bound.

Of a hundred forms two or three fit. What is told here may be wrong in one direction alone: a form that fits is likely.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from stabaudit.catalogue.rule import Form, Rule
from stabaudit.terms import App, Const, Term, Var
from stabaudit.terms.arithmetic import addends, factors, split
from stabaudit.terms.match import EITHER_WAY, MOST_PARTS, Pattern

#: Whether a normal term could be what a part of a pattern stands for.
Likely = Callable[[Term], bool]
Row = tuple[Rule, Form, Pattern]


class Forms:
    """The forms of some rules, asked for by the terms that they could fit."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        every: list[Row] = [(r, f, p) for r in rules for f in r.forms for p in f.patterns]
        self.rows = [row for row in every if not row[1].undone]
        #: Those of which nothing is left in a normal form: they are looked for in terms as they are written.
        self.undone = [row for row in every if row[1].undone]
        self._likely = [(row, row[2].ops, _heads(row[2]), likely(row[2])) for row in self.rows]
        self._telling = frozenset[str]().union(*(ops for _, ops, _, _ in self._likely))
        logarithms = (f.unstable.args[0] for _, f, _ in every if isinstance(f.unstable, App) and f.unstable.op == "log")
        #: What of its parameters alone a form takes the logarithm of.
        self.in_logarithms = frozenset(
            x.op for x in logarithms if isinstance(x, App) and all(isinstance(a, Var) for a in x.args)
        )
        self._by_ops: dict[tuple[frozenset[str], frozenset[str]], list[tuple[Row, Likely]]] = {}

    def likely(self, key: Term) -> Iterator[Row]:
        """Those of the forms that could fit a normal term, in the order of the rules."""
        ops, heads = key.ops & self._telling, _operations(factors(split(key)[1]))
        rows = self._by_ops.get((ops, heads))
        if rows is None:
            fitting = ((row, fits) for row, needed, first, fits in self._likely if needed <= ops and first <= heads)
            rows = self._by_ops[ops, heads] = [*fitting]
        for row, fits in rows:
            if fits(key):
                yield row


@lru_cache(maxsize=4)
def forms(rules: tuple[Rule, ...]) -> Forms:
    """The forms of these rules."""
    return Forms(rules)


def _operations(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset([term.op for term in terms if isinstance(term, App)])


def _heads(pattern: Pattern) -> frozenset[str]:
    """The operations that factors of a term must be to fit a pattern; a sum in a product may have one addend alone."""
    root = pattern.term
    if isinstance(root, App) and root.op == "+":
        return frozenset({"+"})
    return _operations(f for f in factors(split(root)[1]) if f not in pattern.variables) - {"+"}


def likely(pattern: Pattern) -> Likely:
    """Whether a normal term could fit a pattern up to a factor."""
    root, free = pattern.term, pattern.variables
    if isinstance(root, App) and root.op == "+":
        total = _sum(root, free)
        return lambda term: any(isinstance(f, App) and f.op == "+" and total(f) for f in factors(term))
    return _product(root, free)


def _part(part: Term, free: frozenset[Var]) -> Likely:
    if part in free:
        return _anything
    if not isinstance(part, App):
        return lambda term: term == part
    if part.op == "+":
        return _sum(part, free)
    if part.op == "*":
        return _product(part, free)
    return _operation(part, free)


def _anything(_: Term) -> bool:
    return True


def _sum(total: App, free: frozenset[Var]) -> Likely:
    """Each firm addend needs one of the term's, whatever its coefficient."""
    inner = [split(a)[1] for a in total.args]
    firm = [_part(part, free) for part in inner if part not in free]

    def fits(term: Term) -> bool:
        parts = addends(term)
        if not len(firm) <= len(parts) <= MOST_PARTS:
            return False
        rests = [split(a)[1] for a in parts]
        return all(any(f(rest) for rest in rests) for f in firm)

    return fits


def _product(product: Term, free: frozenset[Var]) -> Likely:
    """Each firm factor needs one of the term's; of an exponential the exponent may say more than the pattern's."""
    firm = [_factor(f, free) for f in factors(split(product)[1]) if f not in free]

    def fits(term: Term) -> bool:
        parts = factors(split(term)[1])
        return len(firm) <= len(parts) <= MOST_PARTS and all(any(f(part) for part in parts) for f in firm)

    return fits


def _factor(factor: Term, free: frozenset[Var]) -> Likely:
    if isinstance(factor, App) and factor.op == "exp":
        return lambda term: isinstance(term, App) and term.op == "exp"
    if isinstance(factor, App) and factor.op == "^" and factor.args[0] in free and isinstance(factor.args[1], Const):
        # What divides may be a product, of which each factor divides.
        return lambda term: isinstance(term, App) and term.op == "^"
    return _part(factor, free)


def _operation(part: App, free: frozenset[Var]) -> Likely:
    """The same operation, on operands that are likely themselves."""
    op, count = part.op, len(part.args)
    firm = [(i, _part(a, free)) for i, a in enumerate(part.args) if a not in free]
    names = [n for n, _ in part.attrs]
    settings = [(i, v) for i, (_, v) in enumerate(part.attrs) if v not in free]

    def ways(args: Sequence[Term]) -> tuple[Sequence[Term], ...]:
        return (args, args[::-1]) if op in EITHER_WAY else (args,)

    def fits(term: Term) -> bool:
        if not isinstance(term, App) or term.op != op or len(term.args) != count:
            return False
        if names and [n for n, _ in term.attrs] != names:
            return False
        if not all(term.attrs[i][1] == v for i, v in settings):
            return False
        return any(all(f(args[i]) for i, f in firm) for args in ways(term.args))

    return fits
