"""Keras: `keras.ops` of version 3, and the older `keras.backend`, also as TensorFlow carries it."""

from stabaudit.dialects.dialect import Dialect, table

UNARY = ["exp", "log", "sqrt", "square", "tanh", "sin", "cos", "abs", "sign", "sigmoid", "softplus"]
SHARED = {
    **{name: f"{name} x" for name in UNARY},
    "sum": "sum x axis keepdims",
    "mean": "mean x axis keepdims",
    "max": "max x axis keepdims",
    "min": "min x axis keepdims",
    "prod": "prod x axis keepdims",
    "softmax": "softmax x axis=-1*",
    "logsumexp": "logsumexp x axis keepdims",
    "expand_dims": "expand_dims x axis=-1",
    "squeeze": "squeeze x axis",
    "reshape": "reshape x shape",
}
OPS = SHARED | {
    **{name: f"{name} x" for name in ("log1p", "expm1", "exp2", "log2", "log10", "sinh", "cosh", "floor")},
    **{f"arc{name}": f"a{name} x" for name in ("sinh", "cosh", "tanh")},
    "absolute": "abs x",
    "negative": "neg x",
    "reciprocal": "reciprocal x",
    "add": "add x1:a x2:b",
    "subtract": "sub x1:a x2:b",
    "multiply": "mul x1:a x2:b",
    "divide": "div x1:a x2:b",
    "true_divide": "div x1:a x2:b",
    "power": "pow x1:a x2:b",
    "maximum": "maximum x1:a x2:b",
    "minimum": "minimum x1:a x2:b",
    "where": "where condition x1:a x2:b",
    "clip": "clip x x_min:low x_max:high",
    "cumsum": "cumsum x axis dtype:!",
    "norm": "norm x ord:!=2 axis keepdims",
    "std": "std x axis keepdims",
    "var": "var x axis keepdims",
    "log_softmax": "log_softmax x axis=-1*",
    "log_sigmoid": "log_sigmoid x",
    "logaddexp": "logaddexp x1:a x2:b",
}
BACKEND = SHARED | {
    "pow": "pow x:a a:b",
    "maximum": "maximum x:a y:b",
    "minimum": "minimum x:a y:b",
    "clip": "clip x min_value:low max_value:high",
    "cumsum": "cumsum x axis=0",
}

DIALECT = Dialect(
    name="keras",
    precedence=5,
    packages=("keras", "tensorflow.keras", "tensorflow.python.keras"),
    functions={
        **table("keras.ops", OPS),
        **table("tensorflow.keras.ops", OPS),
        **table("keras.src.ops", OPS),
        **table("keras.backend", BACKEND),
        **table("tensorflow.keras.backend", BACKEND),
        **table("tensorflow.python.keras.backend", BACKEND),
    },
    home="own",
    takes_numbers=False,
    differentiated=True,
    single=True,
)
