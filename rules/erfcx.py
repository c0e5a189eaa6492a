"""`exp(x**2) * erfc(x)` is inf * 0 = nan from x = 27 on, where the true value is near 1 / (sqrt(pi) * x)

The first factor overflows and the second underflows, though their product is a moderate number. `erfcx` computes it as
a whole; it is what convolutions of a decay with a Gaussian are made of, and plasma dispersion.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import erfc, erfcx, exp

TIER = "preview"
Size = Annotated[Term, Domain(-25.0, 1e4, tried=True)]


@template(samples=(30.0, 27.0))
def unstable(x: Size) -> Term:
    return exp(x**2) * erfc(x)


def stable(x: Term) -> Term:
    return erfcx(x)


MATCHES = [
    "np.exp(x * x) * scipy.special.erfc(x)",
    "torch.exp(x**2) * torch.erfc(x)",
    "a * np.exp(z**2) * scipy.special.erfc(z)",
]
IGNORES = ["scipy.special.erfcx(x)", "np.exp(-(x**2)) * scipy.special.erfc(x)", "np.exp(x**2) * scipy.special.erf(x)"]
