"""Array modules that spell NumPy's names but are not known by name: `xp`, `anp`, `F`, a backend of one's own.

Formulas are seen, fixes are withheld: nobody knows what such a module offers.
"""

from stabaudit.dialects.dialect import Dialect, spelled
from stabaudit.dialects.numpy import FUNCTIONS

#: Names that stand for an array module wherever they come from.
MODULE_NAMES = frozenset(
    {"F", "K", "anp", "backend", "bk", "cp", "functional", "jnp", "lax", "math", "nd", "np", "numpy", "onp", "special",
     "tf", "tnp", "torch", "xp"}
)  # fmt: skip
#: Functions of one array that no array has as a method with an argument: `backend().exp(x)` is a function.
FUNCTIONS_OF_ONE = frozenset({"exp", "log", "log1p", "expm1", "exp2", "log2", "log10", "sqrt"})
#: Those of them that nothing else has but a module of such functions; loggers have a `log`, too.
OF_MODULES = FUNCTIONS_OF_ONE - {"log", "log2", "log10"}
#: The path of an array module that is not known by name.
ANY = "*"

DIALECT = Dialect(
    name="arrays",
    precedence=3,
    functions={f"*.{name}": spelled(text) for name, text in FUNCTIONS.items()}
    | {
        f"*.{name}": spelled(text)
        for name, text in {
            "reduce_sum": "sum input_tensor:x axis keepdims",
            "reduce_max": "max input_tensor:x axis keepdims",
            "reduce_mean": "mean input_tensor:x axis keepdims",
            "sigmoid": "sigmoid x",
            "softmax": "softmax x axis",
            "log_softmax": "log_softmax x axis",
            "logsumexp": "logsumexp x axis keepdims",
            "reduce_logsumexp": "logsumexp x axis keepdims",
            # MXNet's.
            "max_axis": "max data:x axis keepdims",
            "sum_axis": "sum data:x axis keepdims",
            "broadcast_add": "add lhs:a rhs:b",
            "broadcast_plus": "add lhs:a rhs:b",
            "broadcast_sub": "sub lhs:a rhs:b",
            "broadcast_minus": "sub lhs:a rhs:b",
            "broadcast_mul": "mul lhs:a rhs:b",
            "broadcast_div": "div lhs:a rhs:b",
            "broadcast_maximum": "maximum lhs:a rhs:b",
            "broadcast_minimum": "minimum lhs:a rhs:b",
            "broadcast_greater": "gt lhs:a rhs:b",
            "broadcast_greater_equal": "ge lhs:a rhs:b",
            "broadcast_lesser": "lt lhs:a rhs:b",
            "broadcast_lesser_equal": "le lhs:a rhs:b",
        }.items()
    },
)
