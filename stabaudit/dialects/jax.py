"""JAX: `jax.numpy` spells NumPy's names, `jax.nn` and `jax.scipy.special` have the stable functions."""

from stabaudit.dialects.dialect import Dialect, table
from stabaudit.dialects.numpy import CONSTANTS, FUNCTIONS, LINALG
from stabaudit.dialects.special import SPECIAL, distributions

#: What JAX does not have of SciPy's special functions, and of the methods of distributions other than the normal one.
ABSENT = frozenset({"erfcx", "exprel", "iv", "ive", "loggamma", "binom", "betaincc"})
LAX = ("exp", "log", "expm1", "log1p", "tanh", "sqrt", "abs", "square")
#: Losses of logits.
OPTAX = {
    "softmax_cross_entropy": "cross_entropy logits:x labels:y",
    "softmax_cross_entropy_with_integer_labels": "cross_entropy logits:x labels:y",
    "sigmoid_binary_cross_entropy": "bce_with_logits logits:x labels:y",
}
TAILS = {method: method for method in ("cdf", "sf", "logcdf", "logsf")}

DIALECT = Dialect(
    name="jax",
    precedence=4,
    packages=("jax", "optax"),
    functions={
        **table("jax.numpy", FUNCTIONS),
        **table("jax.numpy", {"arccos": "acos x", "acos": "acos x", "arcsin": "asin x", "asin": "asin x"}),
        **table("jax.lax", {name: f"{name} x" for name in LAX}),
        **table(
            "jax.nn",
            {
                "sigmoid": "^sigmoid x",
                "log_sigmoid": "log_sigmoid x",
                "softplus": "softplus x",
                "softmax": "softmax x axis=-1 where:! initial:!",
                "log_softmax": "log_softmax x axis=-1 where:! initial:!",
                "logsumexp": "logsumexp a:x axis b:! keepdims return_sign:!",
            },
        ),
        **table(
            "jax.scipy.special",
            {
                "expit": "sigmoid x",
                "logsumexp": "logsumexp a:x axis b:! keepdims return_sign:!",
                "log_softmax": "log_softmax x axis",
                "softmax": "softmax x axis",
                **{n: s for n, s in SPECIAL.items() if n not in ABSENT},
            },
        ),
        **table("optax", OPTAX),
        **table("optax.losses", OPTAX),
        **table("jax.lax", {name: f"{name} x" for name in ("erf", "erfc")} | {"lgamma": "gammaln x"}),
        **table(
            "jax.numpy", {n: f"{n} a:x axis dtype:! out:! ddof:- keepdims where:! correction:-" for n in ("std", "var")}
        ),
        **table("jax.numpy.linalg", LINALG | {"norm": "norm x ord:!=2 axis keepdims"}),
        **table("jax.numpy.linalg", {"vector_norm": "norm x axis keepdims ord:!=2"}),
        **table("jax.scipy.stats", distributions(("norm",)) | distributions(("chi2", "gamma", "beta", "expon"), TAILS)),
    },
    constants={f"jax.numpy.{n}": c for n, c in CONSTANTS.items()},
    home="own",
    differentiated=True,
    single=True,
    aliases={"jax.numpy": "jnp"},
)
