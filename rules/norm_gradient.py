"""The gradient of `sqrt(sum(x**2))` is nan for a row of zeros: 0 / 0, although the norm itself is 0

Such a row comes from equal points, as `x[:, None] - x` has on its diagonal, and from masks and padding. A small number
that is added to the norm, `x / (norm + eps)`, keeps the value finite and comes too late for the gradient: the root is
what has an infinite slope at 0. `sqrt(sum(x**2) + eps**2)` has one that is finite, and so has the double where.

A root of the variance does the same for a row of equal values. `norm(x)**2` goes through the root as well, where
`sum(x**2)` has no need of one.

`torch.linalg.norm`, `torch.std` and `torch.cdist` take 0 for the gradient there. `jnp.linalg.norm`, `jnp.std` and those
of TensorFlow, MLX and autograd take the root of a sum, and so does Keras on all of its backends but PyTorch.
"""

from stabaudit.catalogue.rule import Guard, Real, Rows, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import maximum, mean, norm, sqrt, std, sum_, var

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


@template(gradient=True, whole=True, samples=(0.0, (0.0, 0.0, 1e-7)))
def unstable_plane(x: Real, y: Real, e: Guard) -> Term:
    return sqrt(x**2 + y**2) + e


@template(gradient=True, whole=True)
def unstable_reached(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sqrt(sum_(x**2, axis=axis, keepdims=keepdims))


@template(gradient=True, whole=True)
def unstable_masked(x: Rows, m: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sqrt(sum_((x * m) ** 2, axis=axis, keepdims=keepdims))


@template(gradient=True, whole=True)
def unstable_weighted(x: Rows, m: Rows, axis: Setting, keepdims: Setting) -> Term:
    return sqrt(sum_(m * x**2, axis=axis, keepdims=keepdims))


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_clipped(x: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return maximum(sqrt(sum_(x**2, axis=axis, keepdims=keepdims)), e)


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_function(x: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return norm(x, axis=axis, keepdims=keepdims) + e


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_function_clipped(x: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return maximum(norm(x, axis=axis, keepdims=keepdims), e)


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_function_product(x: Rows, y: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return norm(x, axis=axis, keepdims=keepdims) * norm(y, axis=axis, keepdims=keepdims) + e


@template(gradient=True, whole=True)
def unstable_function_reached(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return norm(x, axis=axis, keepdims=keepdims)


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_function_squared(x: Rows, axis: Setting, keepdims: Setting) -> Term:
    return norm(x, axis=axis, keepdims=keepdims) ** 2


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_deviation(x: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return std(x, axis=axis, keepdims=keepdims) + e


@template(gradient=True, whole=True, samples=((0.0, 0.0),))
def unstable_variance(x: Rows, axis: Setting, keepdims: Setting, e: Guard) -> Term:
    return sqrt(var(x, axis=axis, keepdims=keepdims)) + e


MATCHES = [
    "torch.sqrt((b - a) ** 2 + (d - c) ** 2) + 1e-8",
    "x / (torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True)) + 1e-10)",
    "x / (x.pow(2).sum(-1, keepdim=True).sqrt() + eps)",
    "torch.sqrt(((x[:, None] - x[None]) ** 2).sum(-1))",
    "x / (torch.sqrt(torch.mean(x ** 2, dim=-1, keepdim=True)) + 1e-8)",
    "(p * t).sum(-1) / ((p ** 2).sum(-1).sqrt() * (t ** 2).sum(-1).sqrt() + 1e-8)",
    "torch.sqrt(torch.sum((x * mask) ** 2, dim=1))",
    "torch.sqrt((mask * x ** 2).sum(-1))",
    "((x.unsqueeze(0) - x.unsqueeze(1)) ** 2).sum(-1) ** 0.5",
    "x / jnp.maximum(jnp.sqrt(jnp.sum(x ** 2, axis=-1, keepdims=True)), 1e-8)",
    "x / (jnp.linalg.norm(x, axis=-1, keepdims=True) + 1e-8)",
    "x / jnp.linalg.norm(x, axis=-1, keepdims=True).clip(1e-8)",
    "jnp.sum(u * v) / (jnp.linalg.norm(u) * jnp.linalg.norm(v) + 1e-8)",
    "jnp.linalg.norm(x[:, None] - x[None], axis=-1)",
    "jnp.exp(-(jnp.linalg.norm(x) ** 2))",
    "x / (jnp.std(x, axis=-1, keepdims=True) + 1e-5)",
    "x / (torch.sqrt(x.var(dim=-1, keepdim=True)) + 1e-5)",
]
IGNORES = [
    "torch.sqrt(x ** 2 + y ** 2)",
    "torch.sqrt(x ** 2 + y ** 2 + 1e-8)",
    "torch.sqrt(torch.sum(x ** 2, dim=1))",
    "x / torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True) + 1e-10)",
    "torch.sqrt(((x[:, None] - y[None]) ** 2).sum(-1))",
    "x / (np.sqrt(np.sum(x ** 2, axis=1, keepdims=True)) + 1e-10)",
    "x / (torch.linalg.norm(x, dim=-1, keepdim=True) + 1e-8)",
    "jnp.linalg.norm(x, axis=-1)",
    "jnp.linalg.norm(x, ord=1) + 1e-8",
    "x / (x.std(dim=-1, keepdim=True) + 1e-5)",
    "x / torch.sqrt(x.var(dim=-1, keepdim=True) + 1e-5)",
]
