"""Pattern against term: sums and products in any order, the same variable always the same value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from stabaudit.records import Record
from stabaudit.terms import App, Const, Lit, Term, Var, children, substitute
from stabaudit.terms.arithmetic import ONE, ZERO, add, addends, factors, mul, power, scale, split
from stabaudit.terms.normal import SUMS, normal, summands
from stabaudit.terms.ops import TABLE, expand

Bindings = Mapping[Var, Term]

#: Sums and products with more parts than this are not tried: matching them in any order explodes.
MOST_PARTS = 12
#: Sums of more terms than this are put in order for nothing.
ENDLESS = 8 * MOST_PARTS
#: So many ways to fit a product are looked at for one that leaves nothing over.
MOST_WAYS = 8


LOGARITHMS = frozenset({"log", "log2", "log10"})
#: Operations that give the values they are given.
HANDING_ON = frozenset({"same", "call", "built", "mapping", "index", "item", "reshape", "expand_dims", "squeeze"})


#: Operations whose two operands may change places.
EITHER_WAY = frozenset({"maximum", "minimum"})


class Match(Record):
    """`term = rest * pattern`, with the pattern's variables bound."""

    bindings: dict[Var, Term]
    rest: Term = ONE


class Pattern(Record):
    """A template in normal form.

    `numbers` are those of its variables that stand for numbers, not settings; those `flipped` stand for the
    negative of the template's own.
    """

    term: Term
    variables: frozenset[Var]
    numbers: frozenset[Var] = frozenset()
    flipped: frozenset[Var] = frozenset()

    def match(self, term: Term) -> Match | None:
        """The way the pattern fits a normal term up to a factor, if it does."""
        found = _at_root(self, term)
        if found is None or any(found.bindings[v] == ZERO for v in self.numbers):
            return None
        own = {v: scale(Const(-1).value, b) if v in self.flipped else b for v, b in found.bindings.items()}
        return Match(own, found.rest)

    @property
    def ops(self) -> frozenset[str]:
        """The operations that must all be in a term before it can match."""
        return self.term.ops - {"+", "*", "^"}


def patterns(template: Term, signed: frozenset[Var], nothing: frozenset[Var] = frozenset()) -> tuple[Pattern, ...]:
    """The normal forms of a template, one for each choice of sign of `signed` that is not covered by another.

    The normal form of `1/(1 + exp(u))` depends on which way the first variable of u points, so
    a pattern in x has to be tried for x and for -x. Those that may be `nothing` may be bound to zero.
    """
    found: list[Pattern] = []
    for flipped in _subsets(sorted(signed - nothing, key=lambda v: v.key)):
        term = normal(substitute(template, {v: -v for v in flipped}))
        if not any((match := _at_root(p, term)) and isinstance(match.rest, Const) for p in found):
            # A stamped variable stands for itself, such as the axis of a product.
            own = frozenset(v for v in template.variables if not v.stamp)
            found.append(Pattern(term, own, signed - nothing, flipped))
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def more_specific(one: Pattern, other: Pattern) -> bool:
    """Whether everything that `one` fits is fitted by `other`, too, and not the other way round."""
    return _covers(other, one) and not _covers(one, other)


def _covers(wide: Pattern, narrow: Pattern) -> bool:
    """Whether `wide` fits `narrow` as a whole, its variables seen as values of their own."""
    fresh = {v: Var(f"{v.name}'") for v in narrow.variables}
    found = _at_root(wide, substitute_normal(narrow.term, fresh))
    return found is not None and isinstance(found.rest, Const)


def substitute_normal(term: Term, bindings: Bindings) -> Term:
    """The normal form of a normal term with its variables replaced."""
    return normal(substitute(term, dict(bindings)))


def _subsets(variables: list[Var]) -> Iterator[frozenset[Var]]:
    for mask in range(1 << len(variables)):
        yield frozenset(v for i, v in enumerate(variables) if mask >> i & 1)


def _at_root(pattern: Pattern, term: Term) -> Match | None:
    root = pattern.term
    if isinstance(root, App) and root.op == "+":
        return _scaled_sum(root, term, pattern.variables)
    ways = islice(_product(root, term, {}, pattern.variables, partial=True), MOST_WAYS)
    first = next(ways, None)
    if first is None or isinstance(first.rest, Const):
        return first
    # `exp(b) / (1 + exp(a) + exp(b))` fits with its names the other way round, and nothing is left over.
    return next((way for way in ways if isinstance(way.rest, Const)), first)


def _scaled_sum(root: App, term: Term, variables: frozenset[Var]) -> Match | None:
    """The sum itself, or one that is a factor: `log2(u / v)` is `(log(u) - log(v)) / log(2)`."""
    if not (isinstance(term, App) and term.op == "+"):
        for part in factors(term) if isinstance(term, App) and term.op == "*" else ():
            found = _scaled_sum(root, part, variables)
            if found is not None:
                return Match(found.bindings, mul([found.rest, term, power(part, Const(-1))]))
        return None
    firm = next((a for a in root.args if split(a)[1] not in variables), root.args[0])
    for factor in dict.fromkeys(split(a)[0] / split(firm)[0] for a in term.args):
        for bindings in _unify(root, scale(1 / factor, term), {}, variables):
            return Match(bindings, Const(factor))
    return None


def _unify(pattern: Term, term: Term, bound: dict[Var, Term], variables: frozenset[Var]) -> Iterator[dict[Var, Term]]:
    """All ways to bind the variables of `pattern` that are not bound yet so that it equals `term`."""
    if isinstance(pattern, Var) and pattern in variables:
        if pattern not in bound:
            yield {**bound, pattern: term}
        elif bound[pattern] == term:
            yield bound
    elif not isinstance(pattern, App):
        if pattern == term:
            yield bound
    elif pattern.op == "+":
        yield from _sum(pattern, term, bound, variables)
    elif pattern.op == "*":
        for found in _product(pattern, term, bound, variables, partial=False):
            yield found.bindings
    elif isinstance(term, App) and _same_kind(pattern, term):
        mine, theirs = children(pattern), children(term)
        yield from _pairwise([*zip(mine, theirs, strict=True)], bound, variables)
        if pattern.op in EITHER_WAY:
            yield from _pairwise([*zip(mine, theirs[::-1], strict=True)], bound, variables)


def _same_kind(one: App, other: App) -> bool:
    names = [n for n, _ in one.attrs], [n for n, _ in other.attrs]
    return one.op == other.op and len(one.args) == len(other.args) and names[0] == names[1]


def _pairwise(
    pairs: list[tuple[Term, Term]], bound: dict[Var, Term], variables: frozenset[Var]
) -> Iterator[dict[Var, Term]]:
    if not pairs:
        yield bound
        return
    (pattern, term), *rest = pairs
    for found in _unify(pattern, term, bound, variables):
        yield from _pairwise(rest, found, variables)


def _sum(pattern: App, term: Term, bound: dict[Var, Term], variables: frozenset[Var]) -> Iterator[dict[Var, Term]]:
    """Firm addends first, each with one of the term's; what is left over goes to the variables."""
    parts = list(addends(term))
    firm = [a for a in pattern.args if split(a)[1] not in variables]
    loose = [a for a in pattern.args if split(a)[1] in variables]
    if len(parts) > MOST_PARTS or len(parts) < len(firm):
        return
    for found, left in _assign(firm, parts, bound, variables):
        yield from _share(loose, left, found)


def _assign(
    firm: list[Term], parts: list[Term], bound: dict[Var, Term], variables: frozenset[Var]
) -> Iterator[tuple[dict[Var, Term], list[Term]]]:
    if not firm:
        yield bound, parts
        return
    coefficient, inner = split(firm[0])
    for i, part in enumerate(parts):
        c, rest = split(part)
        if c != coefficient and not isinstance(inner, App):
            continue
        scaled = scale(c / coefficient, rest)
        for found in _unify(inner, scaled, bound, variables):
            yield from _assign(firm[1:], parts[:i] + parts[i + 1 :], found, variables)


def _share(loose: list[Term], left: list[Term], bound: dict[Var, Term]) -> Iterator[dict[Var, Term]]:
    """The rest of a sum goes to its variables: bound ones take their value, the last free one what remains."""
    remaining = list(left)
    free = []
    for addend in loose:
        coefficient, variable = split(addend)
        assert isinstance(variable, Var)
        if variable in bound:
            remaining.append(scale(-coefficient, bound[variable]))
        else:
            free.append((coefficient, variable))
    total = add(remaining)
    if not free:
        if total == ZERO:
            yield bound
        return
    if total == ZERO:
        return
    *others, (coefficient, last) = free
    if not others:
        yield {**bound, last: scale(1 / coefficient, total)}
        return
    for part in addends(total):
        c, variable = others[0]
        rest = [a for a in addends(total) if a != part]
        yield from _share([a for a in loose if split(a)[1] != variable], rest, {**bound, variable: scale(1 / c, part)})


def _product(
    pattern: Term, term: Term, bound: dict[Var, Term], variables: frozenset[Var], *, partial: bool
) -> Iterator[Match]:
    """Firm factors first; what is left over goes to a free variable or, if `partial`, is the rest."""
    coefficient, inner = split(pattern)
    c, rest = split(term)
    parts = [f for f in factors(rest) if f != ONE]
    # An exponential is compared last: what it says beyond the pattern's is part of the rest.
    firm = sorted((f for f in factors(inner) if f not in variables), key=lambda f: (_is_exponential(f), _is_power(f)))
    loose = [f for f in factors(inner) if f in variables]
    if len(parts) > MOST_PARTS or len(parts) < len(firm):
        return
    for found, left in _assign_factors(firm, parts, bound, variables, partial=partial):
        remaining = list(left)
        free = []
        for variable in loose:
            assert isinstance(variable, Var)
            if variable in found:
                remaining.append(power(found[variable], Const(-1)))
            else:
                free.append(variable)
        total = mul([Const(c / coefficient), *remaining])
        if len(free) == 1:
            yield Match({**found, free[0]: total})
        elif not free and (partial or total == ONE):
            yield Match(found, total)
        elif len(free) == 2:
            # A number goes with the others: nothing is bound to it alone.
            for part in sorted(factors(total), key=lambda factor: isinstance(factor, Const)):
                yield Match({**found, free[0]: part, free[1]: mul([total, power(part, Const(-1))])})


def _assign_factors(
    firm: list[Term], parts: list[Term], bound: dict[Var, Term], variables: frozenset[Var], *, partial: bool
) -> Iterator[tuple[dict[Var, Term], list[Term]]]:
    if not firm:
        yield bound, parts
        return
    first, *others = firm
    if (value := _raised_product(first, bound)) is not None:
        # What divides as a product divides by each of its factors.
        coefficient, whole = split(value)
        if all(factor in parts for factor in factors(whole)):
            left = [part for part in parts if part not in factors(whole)]
            yield from _assign_factors(others, [*left, Const(1 / coefficient)], bound, variables, partial=partial)
        return
    for i, part in enumerate(parts):
        left = parts[:i] + parts[i + 1 :]
        for found in _unify(first, part, bound, variables):
            yield from _assign_factors(others, left, found, variables, partial=partial)
        if partial and _is_exponential(first) and _is_exponential(part) and first.variables <= bound.keys():
            beyond = mul([part, power(substitute_normal(first, bound), Const(-1))])
            if beyond != ONE:
                yield from _assign_factors(others, [*left, beyond], bound, variables, partial=partial)


def _is_exponential(term: Term) -> bool:
    return isinstance(term, App) and term.op == "exp"


def _is_power(term: Term) -> bool:
    """Whether it is a variable to the power of a number."""
    if not isinstance(term, App) or term.op != "^":
        return False
    return isinstance(term.args[0], Var) and isinstance(term.args[1], Const)


def _raised_product(factor: Term, bound: Bindings) -> Term | None:
    """The power of a variable that is bound to a product."""
    if not _is_power(factor):
        return None
    base, exponent = factor.args
    value = bound.get(base) if isinstance(base, Var) else None
    return power(value, exponent) if isinstance(value, App) and value.op == "*" else None


def divides_exponentials(term: Term) -> bool:
    """Whether one exponential is divided by another as they are written: `w * exp(a) / exp(b)`."""
    while isinstance(term, App) and term.op in ("neg", *HANDING_ON):
        term = term.args[0]
    if not isinstance(term, App) or term.op != "div":
        return False
    return all(_is_written_as_exponential(operand) for operand in term.args)


def _is_written_as_exponential(term: Term) -> bool:
    """Whether it is an exponential of more than a stable form, or a product with one.

    What another method keeps in an attribute is not written as one: nobody took its quotient apart.
    """
    while isinstance(term, App) and term.op in HANDING_ON:
        if term.attr("kept") == Lit(True):
            return False
        term = term.args[0]
    if not isinstance(term, App):
        return False
    if term.op == "mul":
        return any(map(_is_written_as_exponential, term.args))
    return term.op == "exp" and not any(op in TABLE and TABLE[op].stable for op in term.ops)


def undoes_an_exponential(term: Term) -> bool:
    """Whether it is the logarithm of an exponential or a product with one, which no normal form shows."""
    while isinstance(term, App) and term.op in HANDING_ON:
        term = term.args[0]
    if not isinstance(term, App) or term.op not in LOGARITHMS:
        return False
    return any(isinstance(f, App) and f.op == "exp" for f in factors(normal(expand(term.args[0]))))


def is_endless(term: Term) -> bool:
    """Whether a sum has so many terms that no pattern is tried on it, whatever cancels."""
    if not isinstance(term, App) or term.op not in SUMS:
        return False
    return next(islice(summands(term), ENDLESS, None), None) is not None
