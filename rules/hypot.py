"""`sqrt(x**2 + y**2)` is inf or 0 where the squares leave the range of floats, long before the root does

`hypot(x, y)` scales them first. In double floats that is from 1.4e154 on and below 1e-162, where few programs are; in
single floats from 1.8e19 on and below 1e-23. The length of a vector, `sqrt(sum(x**2))`, does the same; divide it by its
largest element first, or use `math.hypot(*x)` or `scipy.linalg.norm`, which do.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import hypot, sqrt, sum_

TIER = "pedantic"
Size = Annotated[Term, Domain(-1e300, 1e300)]


@template(relative=True, samples=((3e200, 4e200), (3e-200, 4e-200), (3e25, 4e25)))
def unstable(x: Size, y: Size) -> Term:
    return sqrt(x**2 + y**2)


def stable(x: Term, y: Term) -> Term:
    return hypot(x, y)


@template(relative=True, samples=(1e200, 1e25))
def unstable_with_one(x: Size) -> Term:
    return sqrt(1 + x**2)


def stable_with_one(x: Term) -> Term:
    return hypot(1, x)


@template(relative=True, samples=((3e200, 4e200), (3e25, 4e25)))
def unstable_rows(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sqrt(sum_(x**2, axis=axis, keepdims=keepdims))


stable_rows = None

MATCHES = ["np.sqrt(x**2 + y**2)", "math.sqrt(a * a + b * b)", "np.sqrt(1 + x**2)", "np.sqrt(np.sum(v**2))"]
IGNORES = ["np.hypot(x, y)", "np.sqrt(x**2 - y**2)", "np.sqrt(x**2 + y)", "np.sqrt(3**2 + 4**2)"]
