"""`scipy.special`: mostly stable functions, met in formulas that undo what they give."""

from stabaudit.dialects.dialect import Dialect, table
from stabaudit.dialects.numpy import FUNCTIONS, LINALG
from stabaudit.dialects.special import SPECIAL, distributions

#: The releases that brought functions of `scipy.special`, where fixes have to mind them.
SINCE = {"softmax": (1, 2), "log_softmax": (1, 5), "log_expit": (1, 8), "softplus": (1, 17), "betaincc": (1, 11)}

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
            **SPECIAL,
        },
    )
    | table("scipy.stats", distributions())
    | table("scipy.linalg", {"det": LINALG["det"] + " overwrite_a:- check_finite:-"})
    | table("scipy.misc", {name: SPECIAL[name] for name in ("factorial", "comb")})
    # Old releases handed on NumPy's functions under their own name.
    | table("scipy", FUNCTIONS)
    | table("scipy.misc", {"logsumexp": "logsumexp a:x axis b:! keepdims return_sign:!"}),
    home="runtime",
)
