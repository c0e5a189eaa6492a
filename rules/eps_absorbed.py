"""`1 - 1e-8` is 1 in float32: `log(1 - clip(p, 1e-8, 1 - 1e-8))` is -inf where p is 1, as if there were no clip

The largest float32 below 1 is 1 - 6e-8. Nearer than half of that to 1 a number is rounded to 1, so that a bound of
`1 - 1e-8` or `1 - 1e-10` bounds nothing in PyTorch, JAX, TensorFlow, Keras and MLX, which compute in float32. In
float16 1 - 2e-4 is 1, and in bfloat16 1 - 1e-3. Where p is a sigmoid or a softmax, `log_sigmoid` and `log_softmax` need
no bound; else `1 - torch.finfo(p.dtype).eps` is one.

In float16 a small number may be nothing at all: `x + 1e-8` is x even where x is 0, and so is all below 3e-8.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Guard, Real, template
from stabaudit.terms import Term
from stabaudit.terms.ops import clip, log, minimum, sqrt

TIER = "preview"
#: So near to one that a type narrower than float64 may take it for one.
AlmostOne = Annotated[Term, Domain(0.99, 1.0, literal=True)]


@template(dtype="float32", samples=(1.0, 0.5))
def unstable(p: Real, e: Guard, c: AlmostOne) -> Term:
    return log(1 - clip(p, e, c))


@template(dtype="float32", samples=(1.0, 0.5))
def unstable_at_most(p: Real, c: AlmostOne) -> Term:
    return log(1 - minimum(p, c))


@template(dtype="float32", samples=(1.0, 0.5))
def unstable_odds(p: Real, e: Guard, c: AlmostOne) -> Term:
    return log(clip(p, e, c) / (1 - clip(p, e, c)))


@template(dtype="float16", whole=True, samples=(0.0, 0.5))
def unstable_log(x: Real, e: Guard) -> Term:
    return log(x + e)


@template(dtype="float16", samples=(0.0, 0.5))
def unstable_root(x: Real, e: Guard) -> Term:
    return 1 / sqrt(x + e)


MATCHES = [
    "torch.log(1 - torch.clamp(p, 1e-8, 1 - 1e-8))",
    "torch.log1p(-p.clamp(1e-10, 1 - 1e-10))",
    "torch.log(1 - torch.clamp(p.bfloat16(), 1e-6, 1 - 1e-6))",
    "torch.log(x.half() + 1e-8)",
    "1 / torch.sqrt(x.half() + 1e-8)",
]
IGNORES = [
    "torch.log(1 - torch.clamp(p, 1e-6, 1 - 1e-6))",
    "np.log(1 - np.clip(p, 1e-8, 1 - 1e-8))",
    "torch.log(1 - torch.clamp(p.bfloat16(), 1e-2, 1 - 1e-2))",
    "torch.log(x.half() + 1e-4)",
    "torch.log(x + 1e-8)",
    "torch.log(x.bfloat16() + 1e-8)",
]
