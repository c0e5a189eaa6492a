"""`log(det(a))` is -inf or inf where the logarithm is a moderate number: 0.1 on a diagonal of 400 gives a det of 0.

A determinant is a product of as many factors as the matrix has rows, and leaves the range of floats long before its
logarithm does. `slogdet` adds up the logarithms of the factors. It also has a value where the determinant is negative.
"""

from stabaudit.catalogue.rule import SquareMatrix, template
from stabaudit.terms import Term
from stabaudit.terms.ops import abs_, det, log, logabsdet


@template(samples=((1e-200, 0.0), (1e200, 0.0)), caution="of a negative determinant it has a value, and `log` has none")
def unstable(a: SquareMatrix) -> Term:
    return log(det(a))


@template(samples=((1e-200, 0.0), (1e200, 0.0)))
def unstable_size(a: SquareMatrix) -> Term:
    return log(abs_(det(a)))


def stable(a: Term) -> Term:
    return logabsdet(a)


@template(samples=((1e-200, 0.0), (1e200, 0.0)))
def unstable_square(a: SquareMatrix) -> Term:
    return log(det(a) ** 2)


def stable_square(a: Term) -> Term:
    return 2 * logabsdet(a)


MATCHES = [
    "np.log(np.linalg.det(a))",
    "0.5 * np.log(np.linalg.det(2 * np.pi * cov))",
    "torch.log(torch.det(a))",
    "np.log(np.abs(np.linalg.det(w)))",
    "np.log10(np.linalg.det(a))",
    "np.log(np.linalg.det(w) ** 2)",
    "np.log(1 / np.linalg.det(a))",
]
IGNORES = ["np.linalg.slogdet(a)[1]", "np.log(1 + np.linalg.det(a))", "np.log(np.linalg.norm(a))"]
