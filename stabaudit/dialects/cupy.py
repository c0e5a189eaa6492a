"""CuPy: NumPy's names on the GPU; the stable functions are in `cupyx.scipy.special`."""

from stabaudit.dialects.dialect import Dialect, table
from stabaudit.dialects.numpy import CONSTANTS, FUNCTIONS

DIALECT = Dialect(
    name="cupy",
    precedence=4,
    packages=("cupy", "cupyx"),
    functions={
        **table("cupy", FUNCTIONS),
        **table(
            "cupyx.scipy.special",
            {
                "expit": "sigmoid x out",
                "log_expit": "log_sigmoid x out",
                "softmax": "softmax x axis",
                "log_softmax": "log_softmax x axis",
                "logsumexp": "logsumexp a:x axis b:! keepdims return_sign:!",
            },
        ),
    },
    constants={f"cupy.{n}": c for n, c in CONSTANTS.items()},
    home="own",
    scalars_promote=True,
)
