"""A sum of float16 values is inf above 65504: a thousand values of 100 are enough

The sum is kept in the type of its values. `x.sum(dtype=torch.float32)` has room for it, and so has the mean. It is
found where the code itself says that the values are in half precision: `x.half()`, `x.to(torch.float16)`.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, Setting, template
from stabaudit.terms import Term
from stabaudit.terms.ops import sum_

TIER = "preview"
#: An array of values in half precision.
HalfRows = Annotated[Term, Domain(rows=True, half=True)]


@template(dtype="float16", whole=True, samples=((40000.0, 40000.0), (0.5, 1.0), (2.0, -3.0), (60000.0, 6000.0)))
def unstable(x: HalfRows, axis: Setting, keepdims: Setting) -> Term:
    return sum_(x, axis=axis, keepdims=keepdims)


MATCHES = ["x.half().sum()", "torch.sum(x.to(torch.float16), dim=-1)", "(x.half() ** 2).sum(1)"]
IGNORES = ["x.half().sum(dtype=torch.float32)", "x.half().float().sum()", "x.sum()", "x.half().mean()"]
