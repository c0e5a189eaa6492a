"""TensorFlow: `tf.exp`, `tf.math`, `tf.nn`; reductions are called `reduce_sum` and so on."""

from stabaudit.dialects.dialect import Dialect, table

UNARY = {
    **{n: n for n in ("exp", "log", "log1p", "expm1", "sqrt", "square", "tanh", "sinh", "cosh", "sin", "cos")},
    **{n: n for n in ("asinh", "acosh", "atanh", "acos", "asin")},
    **{n: n for n in ("abs", "sign", "floor", "sigmoid", "reciprocal")},
    "negative": "neg",
}
MATH = {
    **{name: f"{op} x name:-" for name, op in UNARY.items()},
    "reduce_sum": "sum input_tensor:x axis keepdims name:-",
    "reduce_mean": "mean input_tensor:x axis keepdims name:-",
    "reduce_max": "max input_tensor:x axis keepdims name:-",
    "reduce_min": "min input_tensor:x axis keepdims name:-",
    "reduce_prod": "prod input_tensor:x axis keepdims name:-",
    "reduce_logsumexp": "logsumexp input_tensor:x axis keepdims name:-",
    "add": "add x:a y:b name:-",
    "subtract": "sub x:a y:b name:-",
    "multiply": "mul x:a y:b name:-",
    "divide": "div x:a y:b name:-",
    "truediv": "div x:a y:b name:-",
    "pow": "pow x:a y:b name:-",
    "maximum": "maximum x:a y:b name:-",
    "minimum": "minimum x:a y:b name:-",
    "greater": "gt x:a y:b name:-",
    "greater_equal": "ge x:a y:b name:-",
    "less": "lt x:a y:b name:-",
    "less_equal": "le x:a y:b name:-",
    "equal": "eq x:a y:b name:-",
    "not_equal": "ne x:a y:b name:-",
    "logical_not": "not x name:-",
    "logical_and": "and x:a y:b name:-",
    "logical_or": "or x:a y:b name:-",
    "cumsum": "cumsum x axis=0 exclusive:! reverse:! name:-",
}
SPECIAL = {
    **{name: f"{name} x name:-" for name in ("erf", "erfc")},
    "lgamma": "gammaln x name:-",
    "igamma": "gammainc a x name:-",
    "igammac": "gammaincc a x name:-",
    "xlogy": "xlogy x y name:-",
}
LINALG = {"det": "det input:x name:-", "slogdet": "logabsdet input:x name:- [1]"}
NORM = {"norm": "norm tensor:x ord:!=2 axis keepdims name:-"}
DEVIATIONS = {
    "reduce_std": "std input_tensor:x axis keepdims name:-",
    "reduce_variance": "var input_tensor:x axis keepdims name:-",
}
ARRAYS = {
    "where": "where condition x:a y:b name:-",
    "clip_by_value": "clip t:x clip_value_min:low clip_value_max:high name:-",
    "expand_dims": "expand_dims input:x axis name:-",
    "squeeze": "squeeze input:x axis name:-",
    "reshape": "reshape tensor:x shape name:-",
}
NN = {
    "softmax": "softmax logits:x axis=-1* name:-",
    "log_softmax": "log_softmax logits:x axis=-1* name:-",
    "softplus": "softplus features:x name:-",
    "softmax_cross_entropy_with_logits": "cross_entropy labels:y logits:x axis:! name:-",
    "sparse_softmax_cross_entropy_with_logits": "cross_entropy labels:y logits:x name:-",
    "sigmoid_cross_entropy_with_logits": "bce_with_logits labels:y logits:x name:-",
    "sigmoid": "sigmoid x name:-",
    "tanh": "tanh x name:-",
}
#: The package as it is, and the two faces under which one version shows the other.
ROOTS = ("tensorflow", "tensorflow.compat.v1", "tensorflow.compat.v2")

DIALECT = Dialect(
    name="tensorflow",
    precedence=4,
    packages=("tensorflow",),
    functions={
        path: spelling
        for root in ROOTS
        for names in (
            table(f"{root}.math", {**MATH, "log_sigmoid": "log_sigmoid x name:-", "softplus": "softplus features:x"}),
            table(f"{root}.math", {"cumulative_logsumexp": "logcumsumexp x axis=0 exclusive:! reverse:! name:-"}),
            table(f"{root}.nn", NN),
            table(f"{root}.math", SPECIAL),
            table(f"{root}.linalg", LINALG | NORM),
            table(f"{root}.math", DEVIATIONS),
            table(root, MATH | ARRAYS | NORM),
        )
        for path, spelling in names.items()
    },
    home="own",
    takes_numbers=False,
    differentiated=True,
    single=True,
    aliases={"tensorflow": "tf"},
    imports_whole=True,
)
