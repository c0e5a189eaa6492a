"""`scipy.special`: mostly stable functions, met in formulas that undo what they give."""

from stabaudit.dialects.dialect import Dialect, table
from stabaudit.dialects.numpy import FUNCTIONS

#: The releases that brought functions of `scipy.special`, where fixes have to mind them.
SINCE = {"softmax": (1, 2), "log_softmax": (1, 5), "log_expit": (1, 8), "softplus": (1, 17)}

DIALECT = Dialect(
    name="scipy",
    precedence=1,
    packages=("scipy",),
    functions=table(
        "scipy.special",
        {
            "expit": "sigmoid x out",
            "log_expit": "log_sigmoid x out",
            "softplus": "softplus x",
            "softmax": "softmax x axis",
            "log_softmax": "log_softmax x axis",
            "logsumexp": "logsumexp a:x axis b:! keepdims return_sign:!",
            "expm1": "expm1 x out",
            "log1p": "log1p x out",
            "exp2": "exp2 x out",
        },
    )
    # Old releases handed on NumPy's functions under their own name.
    | table("scipy", FUNCTIONS)
    | table("scipy.misc", {"logsumexp": "logsumexp a:x axis b:! keepdims return_sign:!"}),
    home="runtime",
)
