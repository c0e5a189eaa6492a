"""Autograd: `autograd.numpy` spells NumPy's names, `autograd.scipy.special` has few of the stable functions."""

from stabaudit.dialects.dialect import Dialect, table
from stabaudit.dialects.numpy import CONSTANTS, FUNCTIONS

DIALECT = Dialect(
    name="autograd",
    precedence=4,
    packages=("autograd",),
    functions={
        **table("autograd.numpy", FUNCTIONS),
        **table("autograd.numpy", {n: f"{n} x axis ddof:- keepdims" for n in ("std", "var")}),
        **table("autograd.numpy.linalg", {"norm": "norm x ord:!=2 axis"}),
        **table(
            "autograd.scipy.special",
            {
                "expit": "sigmoid x",
                "logsumexp": "logsumexp x axis b:! keepdims return_sign:!",
            },
        ),
    },
    constants={f"autograd.numpy.{n}": c for n, c in CONSTANTS.items()},
    home="own",
    differentiated=True,
    needs="scipy",
)
