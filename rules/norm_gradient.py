"""The gradient of `sqrt(sum(x**2))` is nan for a row of zeros: 0 / 0, although the norm itself is 0

Such a row comes from equal points, as `x[:, None] - x` has on its diagonal, and from masks and padding. A small number
that is added to the norm, `x / (norm + eps)`, keeps the value finite and comes too late for the gradient: the root is
what has an infinite slope at 0. `sqrt(sum(x**2) + eps**2)` has one that is finite, and so has the double where.

`torch.linalg.norm` and `torch.cdist` take 0 for the gradient there.
"""

from stabaudit.catalogue.rule import Guard, Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import mean, sqrt, sum_

TIER = "preview"


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable(x: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return sqrt(sum_(x**2, axis=axis, keepdims=keepdims)) + e


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_mean(x: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return sqrt(mean(x**2, axis=axis, keepdims=keepdims)) + e


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_product(x: Rows, y: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return sqrt(sum_(x**2, axis=axis, keepdims=keepdims)) * sqrt(sum_(y**2, axis=axis, keepdims=keepdims)) + e


@template(gradient=True, whole=True)
def unstable_reached(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sqrt(sum_(x**2, axis=axis, keepdims=keepdims))


@template(gradient=True, whole=True)
def unstable_masked(x: Rows, m: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sqrt(sum_((x * m) ** 2, axis=axis, keepdims=keepdims))


@template(gradient=True, whole=True)
def unstable_weighted(x: Rows, m: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sqrt(sum_(m * x**2, axis=axis, keepdims=keepdims))


MATCHES = [
    "x / (torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True)) + 1e-10)",
    "x / (x.pow(2).sum(-1, keepdim=True).sqrt() + eps)",
    "torch.sqrt(((x[:, None] - x[None]) ** 2).sum(-1))",
    "x / (torch.sqrt(torch.mean(x ** 2, dim=-1, keepdim=True)) + 1e-8)",
    "(p * t).sum(-1) / ((p ** 2).sum(-1).sqrt() * (t ** 2).sum(-1).sqrt() + 1e-8)",
    "torch.sqrt(torch.sum((x * mask) ** 2, dim=1))",
    "torch.sqrt((mask * x ** 2).sum(-1))",
    "((x.unsqueeze(0) - x.unsqueeze(1)) ** 2).sum(-1) ** 0.5",
]
IGNORES = [
    "torch.sqrt(torch.sum(x ** 2, dim=1))",
    "x / torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True) + 1e-10)",
    "torch.sqrt(((x[:, None] - y[None]) ** 2).sum(-1))",
    "x / (np.sqrt(np.sum(x ** 2, axis=1, keepdims=True)) + 1e-10)",
]
