"""Choices of public code, each in the words of its library and as few others as its formula needs.

A place is `NAN` where the library's gradient is nan at the point and the true one is finite, `RIGHT` where it is
finite, and `INFINITE` where the true gradient is not finite either.
"""

from __future__ import annotations

from typing import NamedTuple

NAN, RIGHT, INFINITE = "nan", "right", "infinite in truth"
#: A number, or rows of numbers.
Point = float | list[list[float]]


class Place(NamedTuple):
    """An expression, where one like it stands, and the point at which a gradient is asked for."""

    expression: str
    source: str
    gradient: str
    at: dict[str, Point]

    @property
    def library(self) -> str:
        """The library that it is written for."""
        return "jax" if "jnp." in self.expression else "torch"


def _at(**point: Point) -> dict[str, Point]:
    return point


PLACES = [
    Place("torch.where(n == 0, 0, x / n)", "pytorch/pytorch#16317", NAN, _at(x=1.0, n=0.0)),
    Place("torch.where(b > 1, a / b, 1)", "pytorch/pytorch#52248", NAN, _at(a=1.0, b=0.0)),
    Place("torch.where(x > 2, torch.log2(x), 2 * x)", "pytorch/pytorch#108618", NAN, _at(x=0.0)),
    Place("torch.where(x <= 10, torch.exp(x), 1)", "pytorch/pytorch#156212", NAN, _at(x=1e5)),
    Place("torch.where(y == 0, 0, torch.divide(x, y))", "keras-team/keras#23063", NAN, _at(x=1.0, y=0.0)),
    Place("torch.where(x < 0, torch.sqrt(-x), torch.sqrt(x))", "pytorch/pytorch#23395", NAN, _at(x=-4.0)),
    Place("torch.where(x > 0, x, a * (torch.exp(x) - 0.5))", "gsplat scale activations", NAN, _at(x=1e3, a=1.0)),
    Place("torch.where(s > 0, 1 / torch.sqrt(s), 1)", "kornia fundamental.py:668", NAN, _at(s=0.0)),
    Place("torch.where(n > 1e-6, torch.sin(n) / n, 1)", "geoopt sphere.py:139", NAN, _at(n=0.0)),
    Place("torch.where(x.abs() < 1e-7, 1, torch.tanh(x) / x)", "geoopt stereographic/math.py", NAN, _at(x=0.0)),
    Place("torch.where(t == 0, 1, torch.sin(t) / t)", "lietorch, so3 exponential", NAN, _at(t=0.0)),
    Place("torch.where(t < 1e-3, 0.5, (1 - torch.cos(t)) / t ** 2)", "pytorch3d so3.py", NAN, _at(t=0.0)),
    Place("torch.log(x).masked_fill(x <= 0, 0)", "masked log-probabilities", NAN, _at(x=0.0)),
    Place("(1 / x).masked_fill(x == 0, 0)", "degree ** -1 in torch_geometric gcn_conv.py", NAN, _at(x=0.0)),
    Place("x.pow(-0.5).masked_fill(x == 0, 0)", "torch_geometric gcn_conv.py", NAN, _at(x=0.0)),
    Place("torch.where(p == 0, 0, p * torch.log(p))", "entropies by hand", NAN, _at(p=0.0)),
    Place("torch.where(x > 0, torch.log10(x), -4)", "spectrograms in decibel", NAN, _at(x=0.0)),
    Place("torch.where(x > 0, x ** 0.4, 0)", "power-law compression, auraloss", NAN, _at(x=0.0)),
    Place("torch.where(x > 0.0031308, 1.055 * x ** (1 / 2.4), 12.92 * x)", "kornia rgb.py", NAN, _at(x=0.0)),
    Place("torch.where(x > 1, torch.sqrt(x - 1), 0)", "hinge of roots", NAN, _at(x=0.0)),
    Place("jnp.where(x < 1.0, x, jnp.sqrt(x))", "jax-ml/jax#5798", NAN, _at(x=0.0)),
    Place("jnp.where(x > 0, jnp.log(x), 0.0)", "jax-ml/jax#1052", NAN, _at(x=0.0)),
    Place("jnp.where(x > 0, jnp.log(x), -100)", "inferactively-pymdp 1.0.4 maths", NAN, _at(x=0.0)),
    Place("jnp.where(x > 0.0, jnp.log(x), jnp.log(1e-30))", "ott-jax 0.6.0 utils.py:46", NAN, _at(x=0.0)),
    Place("jnp.where(d > 0.0, 1.0 / jnp.sqrt(d), 0.0)", "ott-jax 0.6.0 geodesic.py:223", NAN, _at(d=0.0)),
    Place("jnp.where(a > 0, 1.0 / a, 1.0)", "ott-jax 0.6.0 gw_barycenter.py:140", NAN, _at(a=0.0)),
    Place("jnp.where(x == 0.0, 0.0, jnp.log(jnp.abs(x)))", "evosax 0.3.2 bbob_fns.py:31", NAN, _at(x=0.0)),
    Place("jnp.where(x > 0.0, jnp.power(x, 1.5), x)", "evosax 0.3.2 bbob_fns.py:51", NAN, _at(x=-4.0)),
    Place("jnp.where(x > 0.0, jnp.power(x, 0.5), x)", "evosax 0.3.2 bbob_fns.py:51", NAN, _at(x=0.0)),
    Place("jnp.where(x >= 0.0, x, 2.0 * jnp.exp(x ** 2) - x)", "exojax 2.6.0 erfcx.py:63", NAN, _at(x=1e3)),
    Place("jnp.where(x < -9, jnp.exp(x), jax.nn.sigmoid(x))", "distrax 0.1.9 sigmoid.py:79", NAN, _at(x=1e3)),
    Place("jnp.where(m > 0, 1.0 / m, 0.0)", "jax-md 0.2.29 constraints.py:285", NAN, _at(m=0.0)),
    Place("jnp.where(q == 0, 0.0, x * 14.4 / q)", "jax-md 0.2.29 reaxff_energy.py:424", NAN, _at(x=1.0, q=0.0)),
    Place("jnp.where(x != 0.0, jnp.sin(x) / x, 1.0)", "tfp 0.26 loglogistic.py:171", NAN, _at(x=0.0)),
    Place("jnp.where(x == 0, 1, jnp.sin(jnp.pi * x) / (jnp.pi * x))", "trax 1.4.1 math_ops.py:754", NAN, _at(x=0.0)),
    Place(
        "jnp.where(y == 0, 0, jnp.log(y * y) - jnp.log(2 * y * y))",
        "tfp lambertw_transform.py",
        NAN,
        _at(y=0.0),
    ),
    Place("jnp.where(s > 1, 0.0, jnp.exp(s * jnp.log1p(-s)))", "tfp 0.26 loglogistic.py:121", NAN, _at(s=1e3)),
    Place("jnp.where(d <= 1e-15, 1e-6, (0.01 / d) ** 0.25)", "diffrax 0.7.2 pid.py:76", NAN, _at(d=0.0)),
    Place("jnp.where(n > 0, x / n, 0.0)", "padded trajectories", NAN, _at(x=1.0, n=0.0)),
    Place("jnp.where(lam == 0, jnp.log(x), (x ** lam - 1) / lam)", "Box-Cox by hand", NAN, _at(x=2.0, lam=0.0)),
    Place("jnp.where(jnp.abs(y) < 1e-6, 0.0, x / y)", "protected division", NAN, _at(x=1.0, y=0.0)),
    Place("jnp.where(x > 20, x, jnp.log1p(jnp.exp(x)))", "softplus by hand", NAN, _at(x=1e3)),
    Place("jnp.where(e > 0, e ** -0.5, 0)", "graph Laplacians", NAN, _at(e=0.0)),
    Place("jnp.where(v > 0, jnp.sqrt(v) * 2, v)", "safe_sqrt of stellar models", NAN, _at(v=0.0)),
    Place("jnp.where(z > 5, 1 / z, z / 25)", "a clamped reciprocal", NAN, _at(z=0.0)),
    Place("torch.where(x >= 0, x ** 0.5, x)", "signed roots", NAN, _at(x=-4.0)),
    # What upstream came to, and forms that need nothing.
    Place("torch.where(n == 0, 0, x / torch.where(n == 0, 1, n))", "pytorch/pytorch#16317", RIGHT, _at(x=1.0, n=0.0)),
    Place("jnp.where(x < 1.0, x, jnp.sqrt(jnp.where(x < 1.0, 1, x)))", "jax-ml/jax#5798", RIGHT, _at(x=0.0)),
    Place("jnp.where(x > 0, jnp.log(jnp.maximum(x, 1e-30)), -1e12)", "a safe logarithm", RIGHT, _at(x=0.0)),
    Place("jnp.where(x > 0, x, jnp.expm1(jnp.where(x > 0, 0.0, x)))", "jax.nn.elu", RIGHT, _at(x=1e3)),
    Place("jnp.where(x >= 0, x, 0.01 * x)", "jax.nn.leaky_relu", RIGHT, _at(x=0.0)),
    Place("jnp.where(x > 0, x ** 2, -(x ** 2))", "signed squares", RIGHT, _at(x=0.0)),
    Place("jnp.where(jnp.abs(x) < 1, 0.5 * x ** 2, jnp.abs(x) - 0.5)", "optax huber_loss", RIGHT, _at(x=0.0)),
    Place("torch.where(x.abs() < 1, x ** 2 / 2, x.abs() - 0.5)", "torch smooth_l1_loss", RIGHT, _at(x=0.0)),
    Place("torch.where(x > 0, torch.log1p(x), -torch.log1p(-x.clamp(max=0)))", "symlog", RIGHT, _at(x=0.0)),
    Place("torch.where(x > 0, x / (1 + x), x)", "softsign", RIGHT, _at(x=0.0)),
    Place("torch.where(x > 0, torch.exp(-x.abs()), 1)", "decay with a size", RIGHT, _at(x=-1e3)),
    Place("torch.where(t < 0.5, t ** 3, t / (t + 1))", "a smooth step", RIGHT, _at(t=0.0)),
    Place("x.masked_fill(x <= 0, 0)", "relu by a mask", RIGHT, _at(x=0.0)),
    Place("jnp.where(x > 0, jnp.tanh(x), jnp.sin(x))", "two bounded branches", RIGHT, _at(x=-1e3)),
    # The slope is infinite where the branch is taken.
    Place("jnp.where(x >= 0, jnp.sqrt(jnp.abs(x)), 0.0)", "roots of sizes", INFINITE, _at(x=0.0)),
    Place("torch.where(x < 3, torch.sqrt(x), x)", "roots below a limit", INFINITE, _at(x=0.0)),
    Place("jnp.where(u < 2, jnp.sqrt(u), jnp.log(u))", "roots below a limit", INFINITE, _at(u=0.0)),
]
