"""What the way a formula is written says about its variables: widths are positive, bell curves peak in range.

Only silence follows from these assumptions, never a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from stabaudit.proof.peaks import is_magnitude, is_square
from stabaudit.terms import CONSTANT_MARK, DRAWN_MARK, App, Data, Term, Var, walk
from stabaudit.terms.arithmetic import addends, base_and_exponent, factors, scale, split
from stabaudit.terms.normal import VIEWS, normal
from stabaudit.terms.ops import expand

#: Names of maxima.
MAXIMUM = re.compile(r"(?:^|[^a-z])max|max$|_max\b|maxi", re.IGNORECASE)
#: Names of minima.
MINIMUM = re.compile(r"(?:^|[^a-z])min|min$|_min\b|minim|smallest|lowest", re.IGNORECASE)
#: Names under which code keeps what it subtracts from exponents to keep them small; in a multiple of a difference only
#: maxima count, as `scale * (t - shift)` may be a curve that is moved along its axis.
SHIFT_NAMES = re.compile(
    rf"{MAXIMUM.pattern}|(?:^|[^a-z])(?:lse|logsumexp|log_?z|log_?norm|log_?evidence|shift)", re.IGNORECASE
)
#: What stands before a length in what is computed of lengths alone: `int(x.shape[0] / 2)`, but not
#: `y.reshape(x.shape[0], -1)`.
BEFORE_A_LENGTH = (
    r"^(?:[\w.\s+*/%,-]|(?<![\w\])])\(|(?:(?<=\bint)|(?<=\bmax)|(?<=\bmin)|(?<=\bsum)|(?<=\bprod)|(?<=\babs)"
    r"|(?<=\bround)|(?<=\bfloat)|(?<=\bfloor)|(?<=\bceil)|(?<=\bsqrt))\()*"
)
#: Expressions that count something: `len(x)`, `x.shape[0]`, `self.n_docs`, `num_words`, `nobs`, `count_a`, `epoch`.
COUNT = re.compile(
    rf"^len\(|{BEFORE_A_LENGTH}\.shape\[|"
    r"\.shape\[[^\[\]]*\]$|\.size$|\.shape$|\.ndim$|^n$|\.numel\(\)$"
    r"|^(?:\w+\.)*_?(?:n_[a-z]{3}\w*|num_[a-z]\w*|n(?:obs|live|samples|points|bins|steps)|count_\w+|df_(?:model|resid)|dof"
    r"|(?:\w+_)?(?:counts?|ranks?|epochs?|iterations?|global_steps?|tf|deg|degrees?|dur|durations?|hz)_?"
    r"|(?:\w+_)?(?:population|batch|sample|vocab(?:ulary)?|buffer)_size)$"
    r"|\[[\"'](?:\w+_)?counts?[\"']\]$|(?:^|\.)(?:bincount|count_nonzero|value_counts|histogram)\(|\bfftn?\(|\.count\("
)
#: An element by its place.
ELEMENT = re.compile(r"^(.+)\[(-?\d{1,9})\]$")
#: Names of tiny numbers that keep something from zero.
GUARD = re.compile(r"^(?:\w+\.)*_?(?:\w+_)?(?:eps|epsilon|tiny|EPS|EPSILON|TINY)(?:_\w+)?_?$")
#: Names of widths, which are positive.
WIDTHS = "temp|temperature|tau|sigma|scale|std|bandwidth|length_?scale|width"
WIDTH = re.compile(rf"(?:^|[._])(?:{WIDTHS})_?$", re.IGNORECASE)
#: Names of scales, which are positive in most programs.
SCALE = re.compile(rf"(?:^|[._])(?:{WIDTHS}|alpha|beta|steepness)_?$", re.IGNORECASE)
#: Names of constants: `const.T0`, `gas_constant`, `BOLTZMANN`, `self.COEFF.c_8`, `SPEED_OF_LIGHT`.
CONSTANT = re.compile(
    r"(?:^|\.)(?:const|consts|constants|[A-Z]{4,})\.\w+$|(?:^|_|\.)constant$|^(?:\w+\.)*[A-Z]{2,}(?:_[A-Z0-9]+)+$"
    r"|^(?:\w+\.)*\w*(?:boltzmann|planck|avogadro|BOLTZMANN|PLANCK|AVOGADRO)\w*$"
)
#: Names of distances, which are not negative.
DISTANCE = re.compile(r"^(?:\w+\.)*_?(?:dists?|distances?)_?$")
#: Draws from the uniform distribution between 0 and 1.
DRAW = re.compile(r"(?:^|\.)(?:random|rand|random_sample|ranf)\([^()]*\)$")
#: Expressions that are a number of elements for sure, one of Python.
LENGTH = re.compile(r"^len\([^()]*\)$|^[\w.]+(?:\.shape\[-?\w+\]|\.size|\.ndim|\.numel\(\)|\.size\(-?\w+\))$")
#: Operations that work along axes.
SHAPED = frozenset(
    {"branch", "cross_entropy", "cumsum", "det", "dot", "expand_dims", "flip", "index", "item", "kl_div",
     "log_softmax", "logabsdet", "logcumsumexp", "logmeanexp", "logsumexp", "max", "mean", "min", "nll_loss",
     "norm", "picked", "prod", "product", "reshape", "revcumsum", "segmented", "segmented_max", "softmax", "squeeze",
     "std", "sum", "transpose", "var", "weighted_logsumexp"}
)  # fmt: skip

#: In a sum of more terms nobody looks for a shift: each is held against all others.
MOST_ADDENDS = 100


def is_count(variable: Var) -> bool:
    """Whether a variable is a number of elements, or counts them."""
    counts = variable.bounds is not None and variable.bounds.counts
    return counts or _fits(COUNT, variable.name) or _fits(LENGTH, variable.name)


def is_distance(variable: Var) -> bool:
    """Whether a variable is called a distance."""
    return _fits(DISTANCE, variable.name)


def is_guard(variable: Var) -> bool:
    """Whether a variable is called what keeps something from zero."""
    return _fits(GUARD, variable.name)


def is_scale(variable: Var) -> bool:
    """Whether a variable is called like a scale: a negative one is no witness where a positive one is."""
    return _fits(SCALE, variable.name)


def is_width(variable: Var) -> bool:
    """Whether a variable is called like a width or a temperature, of which there are no negative ones."""
    return _fits(WIDTH, variable.name)


def is_constant(variable: Var) -> bool:
    """Whether a variable is a number that does not vary, by its name or the module that it is imported from."""
    return (CONSTANT_MARK, 1) in variable.stamp or CONSTANT.search(variable.name) is not None


def is_draw(variable: Var) -> bool:
    """Whether a variable is a random number between 0 and 1: a multiple of 2**-53, so that 1 - u is exact."""
    return (DRAWN_MARK, 1) in variable.stamp or _fits(DRAW, variable.name)


def is_length(term: Term) -> bool:
    """Whether it is a number of elements for sure."""
    return isinstance(term, Var) and _fits(LENGTH, term.name)


# Asked of each variable for each sample.
@lru_cache(maxsize=1 << 12)
def _fits(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.search(name) is not None


def value_variables(terms: Sequence[Term]) -> list[Var]:
    """The variables that hold numbers, in order of appearance; those used as settings are left out."""
    found: dict[Var, None] = {}
    for term in terms:
        for part in operands(term):
            if isinstance(part, Var):
                found.setdefault(part)
    return list(found)


def elements(variables: Sequence[Var]) -> dict[Var, tuple[Var, int]]:
    """Which variables are elements of others, each with its place: `x[3]` beside `x`."""
    rows = {variable.name: variable for variable in variables}
    found = {}
    for variable in variables:
        said = ELEMENT.match(variable.name)
        if said is not None and said[1] in rows:
            found[variable] = rows[said[1]], int(said[2])
    return found


@lru_cache(maxsize=1 << 10)
def is_shaped(term: Term) -> bool:
    """Whether whole arrays matter, not element by element."""
    return (
        not SHAPED.isdisjoint(term.ops | expand(term).ops)
        or not value_variables([term])
        or any(isinstance(part, Data) for part in walk(term))
    )


def positive_variables(term: Term) -> frozenset[Var]:
    """Widths that divide a square in an exponent, rates before a shifted exponent, weights beside an exponential.

    What a logarithm is taken of is positive as well.
    """
    found: set[Var] = set()
    for part in operands(expand(term)):
        if isinstance(part, App) and part.op == "exp":
            for addend in addends(normal(part.args[0])):
                pairs = [base_and_exponent(f) for f in factors(split(addend)[1])]
                marks = [b for b, e in pairs if is_square(b, e) or is_magnitude(b) or _is_shifted(b)]
                if marks:
                    found.update(*(b.variables for b, _ in pairs if b not in marks))
        elif isinstance(part, App) and part.op == "log":
            inner = part.args[0]
            if isinstance(inner, App) and inner.op == "pow" and "prod" in inner.ops:
                inner = inner.args[0]
            if isinstance(inner, App) and inner.op == "prod":
                inner = inner.args[0]
            if isinstance(inner, Var):
                found.add(inner)
        elif isinstance(part, App) and part.op in ("sum", "mean"):
            weighed = factors(split(normal(part.args[0]))[1])
            if any(isinstance(f, App) and f.op == "exp" for f in weighed):
                found.update(f for f in weighed if isinstance(f, Var))
    return frozenset(found)


def has_deliberate_shift(term: Term) -> bool:
    """Whether an exponent is reduced by what is called a maximum or a normalizer, or by another array's maximum."""
    # One shift for all is what can be done about products and ratios of running sums, although some terms may still
    # underflow; the logarithm of a running sum can be had without.
    running = "dot" in term.ops or ("log" not in term.ops and not term.ops.isdisjoint({"cumsum", "revcumsum"}))
    for part in operands(term):
        if not (isinstance(part, App) and part.op == "exp"):
            continue
        exponent = normal(expand(part.args[0]))
        if any(_is_shifted_in_a_branch(p) for p in operands(part.args[0])):
            return True
        parts = _differing(exponent)
        if len(parts) > MOST_ADDENDS:
            continue
        names = SHIFT_NAMES if isinstance(exponent, App) and exponent.op == "+" else MAXIMUM
        if any(map(_is_clipped, operands(part.args[0]))):
            return True
        if any(_is_limited(p) for p in operands(expand(part.args[0]))):
            return True
        for addend in parts:
            coefficient, rest = split(addend)
            beside = [split(a) for a in parts if a != addend]
            # `exp((smallest - energy) / t)` is shifted by the largest exponent.
            lowest = coefficient > 0 and beside and all(c < 0 for c, _ in beside)
            if lowest and _is_called(MINIMUM, rest, [other for _, other in beside]):
                return True
            if coefficient > 0 or len(parts) == 1:
                continue
            others = frozenset[Var]().union(*(a.variables for a in parts if a != addend))
            if _is_called(names, rest, [split(a)[1] for a in parts if a != addend]):
                return True
            if _is_largest_either_way(rest):
                return True
            of_array = isinstance(rest, App) and rest.op == "max" and isinstance(rest.args[0], Var)
            if of_array and (running or rest.variables.isdisjoint(others)):
                return True
    return False


def _differing(exponent: Term) -> Sequence[Term]:
    """What an exponent adds up, be it a multiple of a sum: `x` and `-m` for `r * (x - m)`."""
    coefficient, rest = split(exponent)
    total = next((f for f in factors(rest) if isinstance(f, App) and f.op == "+"), None)
    return [exponent] if total is None else [scale(coefficient, a) for a in addends(total)]


def _is_called(names: re.Pattern[str], value: Term, others: Sequence[Term]) -> bool:
    """Whether it has such a name, as `top_max[:, None]` has, or is as many times a maximum as one of the others."""
    for factor in factors(value):
        inner = factor
        while isinstance(inner, App) and inner.op in VIEWS:
            inner = inner.args[0]
        if isinstance(inner, Var):
            scales = {f for f in factors(value) if f is not factor}
            if not scales:
                return names.search(inner.name) is not None
            if MAXIMUM.search(inner.name) and any(scales <= set(factors(other)) for other in others):
                return True
    return False


def _is_largest_either_way(term: Term) -> bool:
    """Whether two branches take a maximum, along one axis or another."""
    while isinstance(term, App) and term.op in VIEWS:
        term = term.args[0]
    return isinstance(term, App) and term.op == "branch" and all("max" in arm.ops for arm in term.args[1:])


def _is_clipped(term: Term) -> bool:
    """Whether it is kept below what stands under a name, which was chosen for that."""
    return isinstance(term, App) and term.op == "clip" and bool(term.args[2].variables)


def _is_shifted_in_a_branch(term: Term) -> bool:
    """Whether some branches take a maximum or a minimum from a value, which the last one leaves as it is."""
    arms: list[Term] = []
    while isinstance(term, App) and term.op == "branch":
        arms.append(term.args[1])
        term = term.args[2]
    shifted = {a.args[0] for a in arms if isinstance(a, App) and a.op == "sub" and not {"max", "min"}.isdisjoint(a.ops)}
    return len(shifted) == 1 and (term in shifted or any(a in shifted for a in arms))


def _is_limited(term: Term) -> bool:
    """Whether it is the smaller of something and what is called a maximum."""
    smaller = isinstance(term, App) and term.op == "minimum"
    return smaller and any(isinstance(o, Var) and SHIFT_NAMES.search(o.name) is not None for o in term.args)


def puts_an_axis_back(term: Term) -> bool:
    """Whether a reduced array is given an axis again, as in `s[:, None]`: then there were two."""
    return any(
        isinstance(part, App)
        and part.op in ("index", "reshape")
        and not {"sum", "mean", "max", "min"}.isdisjoint(part.ops)
        for part in operands(term)
    )


def operands(term: Term) -> Iterator[Term]:
    """The term and all its operands, not its settings."""
    # A generator within a generator would hand on each term as often as it is deep.
    todo = [term]
    while todo:
        one = todo.pop()
        yield one
        todo += reversed(one.args)


def _is_shifted(base: Term) -> bool:
    return (
        isinstance(base, App)
        and base.op == "+"
        and any(isinstance(r := split(a)[1], App) and r.op in ("max", "min") for a in base.args)
    )
