"""`arccos(sin(a) * sin(b) + cos(a) * cos(b) * cos(d))` is 0 for places nearer than 1e-8 rad: 6 cm

Near zero the cosine is 1 less half a square, which rounds to 1; of places 100 m apart half of the digits are left. The
haversine, `2 * arcsin(sqrt(sin((a - b) / 2)**2 + cos(a) * cos(b) * sin(d / 2)**2))`, keeps the digits.
"""

from typing import Annotated

from stabaudit.catalogue.rule import Domain, template
from stabaudit.terms import Term
from stabaudit.terms.ops import acos, asin, cos, maximum, minimum, sin, sqrt

TIER = "preview"
Latitude = Annotated[Term, Domain(-1.5, 1.5, tried=True)]
Longitude = Annotated[Term, Domain(-3.0, 3.0, tried=True)]
NEAR = ((0.5, 0.5, 1e-9), (0.5, 0.5, 1e-7), (1.0, 1.0 + 1e-9, 0.0))


@template(relative=True, samples=NEAR, bound=256)
def unstable(a: Latitude, b: Latitude, d: Longitude) -> Term:
    return acos(sin(a) * sin(b) + cos(a) * cos(b) * cos(d))


@template(relative=True, samples=NEAR, bound=256)
def unstable_clipped(a: Latitude, b: Latitude, d: Longitude) -> Term:
    return acos(maximum(minimum(sin(a) * sin(b) + cos(a) * cos(b) * cos(d), 1), -1))


def stable(a: Term, b: Term, d: Term) -> Term:
    return 2 * asin(sqrt(sin((a - b) / 2) ** 2 + cos(a) * cos(b) * sin(d / 2) ** 2))


MATCHES = [
    "np.arccos(np.sin(a) * np.sin(b) + np.cos(a) * np.cos(b) * np.cos(x - y))",
    "math.acos(math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(d))",
    "np.arccos(np.clip(np.sin(a) * np.sin(b) + np.cos(a) * np.cos(b) * np.cos(d), -1, 1))",
]
IGNORES = ["np.arccos(x)", "np.arccos(np.cos(d))", "np.sin(a) * np.sin(b) + np.cos(a) * np.cos(b) * np.cos(d)"]
