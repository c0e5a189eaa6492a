"""`sum(p * log(p))` is nan as soon as one p is 0, where the term is 0 in the limit.

An empty bin of a histogram or a class that never occurs makes the whole entropy nan. `entr(p)` is `-p * log(p)`, and 0
at 0; `rel_entr(p, q)` is `p * log(p / q)`.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import entr, log, log2, rel_entr, sum_

TIER = "preview"
#: Probabilities, some of which may be nothing.
Parts = Annotated[Term, Domain(0.0, 1e4, rows=True, zero=True)]
EMPTY = ((0.25, 0.0, 0.75),)


@template(limit=True, samples=EMPTY)
def unstable(p: Parts, axis: Setting, keepdims: Setting) -> Term:
    return sum_(p * log(p), axis=axis, keepdims=keepdims)


def stable(p: Term, axis: Term, keepdims: Term) -> Term:
    return -sum_(entr(p), axis=axis, keepdims=keepdims)


@template(limit=True, samples=EMPTY)
def unstable_bits(p: Parts, axis: Setting, keepdims: Setting) -> Term:
    return sum_(p * log2(p), axis=axis, keepdims=keepdims)


def stable_bits(p: Term, axis: Term, keepdims: Term) -> Term:
    return -sum_(entr(p), axis=axis, keepdims=keepdims) / log(2)


@template(limit=True, samples=EMPTY)
def unstable_relative(p: Parts, q: Parts, axis: Setting, keepdims: Setting) -> Term:
    return sum_(p * log(p / q), axis=axis, keepdims=keepdims)


def stable_relative(p: Term, q: Term, axis: Term, keepdims: Term) -> Term:
    return sum_(rel_entr(p, q), axis=axis, keepdims=keepdims)


@template(limit=True, samples=EMPTY, bound=64)
def unstable_deviance(p: Parts, q: Parts, axis: Setting, keepdims: Setting) -> Term:
    return sum_(p * log(p / q) - p + q, axis=axis, keepdims=keepdims)


def stable_deviance(p: Term, q: Term, axis: Term, keepdims: Term) -> Term:
    return sum_(rel_entr(p, q) - p + q, axis=axis, keepdims=keepdims)


MATCHES = [
    "-np.sum(p * np.log(p))",
    "np.sum(p * np.log(p / q))",
    "2 * np.sum(y * np.log(y / mu) - (y - mu))",
]
IGNORES = [
    "np.sum(p * np.log(p + 1e-12))",
    "np.sum(p * np.log(2))",
    "np.sum(y * np.log(p))",
    "scipy.special.entr(p).sum()",
]
