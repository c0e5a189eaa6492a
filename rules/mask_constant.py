"""`masked_fill(mask, -1e9)` is -inf or an error in float16, whose largest number is 65504

PyTorch refuses a constant that the type cannot hold, JAX makes -inf of it, and a row in which all is masked then has a
softmax of nan. `torch.finfo(scores.dtype).min` fits the type, as long as nothing is added to it. It is found where the
code itself says that the values are in half precision: by `x.half()`, `x.to(torch.float16)`, a default type or a policy
of Keras, or as a product of matrices under `autocast`.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Truth, template
from stabaudit.terms import Term
from stabaudit.terms.ops import where

TIER = "preview"
#: Values in half precision.
Half = Annotated[Term, Domain(half=True)]
#: A number that is written as such, and that float16 cannot hold.
Beyond = Annotated[Term, Domain(-1e30, -65520.0, literal=True)]


@template(dtype="float16", samples=(1.0, 0.0))
def unstable(m: Truth, c: Beyond, x: Half) -> Term:
    return where(m, c, x)


@template(dtype="float16", samples=(1.0, 0.0))
def unstable_else(m: Truth, x: Half, c: Beyond) -> Term:
    return where(m, x, c)


MATCHES = ["torch.where(m, -1e9, x.half())", "x.half().masked_fill(m, -1e9)", "torch.where(m, x.half(), -1e5)"]
IGNORES = ["torch.where(m, -1e9, x)", "torch.where(m, -1e4, x.half())"]
