"""Chainer: `chainer.functions` spells NumPy's names on variables and has the stable functions."""

from stabaudit.dialects.dialect import Dialect, table

UNARY = (
    "exp",
    "log",
    "log1p",
    "expm1",
    "exp2",
    "log2",
    "log10",
    "sqrt",
    "square",
    "tanh",
    "sinh",
    "cosh",
    "sin",
    "cos",
)
FUNCTIONS = {
    **{name: f"{name} x" for name in UNARY},
    "absolute": "abs x",
    "sign": "sign x",
    "floor": "floor x",
    "sum": "sum x axis keepdims",
    "mean": "mean x axis keepdims weights:!",
    "average": "mean x axis weights:! keepdims",
    "max": "max x axis keepdims",
    "min": "min x axis keepdims",
    "prod": "prod x axis keepdims",
    "cumsum": "cumsum x axis",
    "maximum": "maximum x1:a x2:b",
    "minimum": "minimum x1:a x2:b",
    "where": "where condition x:a y:b",
    "clip": "clip x x_min:low x_max:high",
    "expand_dims": "expand_dims x axis",
    "squeeze": "squeeze x axis",
    "sigmoid": "sigmoid x",
    "softplus": "softplus x beta:!",
    "softmax": "softmax x axis=1*",
    "log_softmax": "log_softmax x axis=1*",
    "logsumexp": "logsumexp x axis",
}

DIALECT = Dialect(
    name="chainer",
    precedence=4,
    packages=("chainer",),
    functions={
        **table("chainer.functions", FUNCTIONS),
        # As the package itself imports them.
        **table("chainer.functions.math.exponential", {n: FUNCTIONS[n] for n in ("exp", "log", "log2", "log10")}),
    },
    home="own",
    takes_numbers=False,
    differentiated=True,
    records=True,
    single=True,
)
