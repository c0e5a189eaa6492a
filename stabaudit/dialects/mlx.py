"""MLX: `mlx.core` spells most of NumPy's names, and with `mlx.nn` it has the stable functions."""

from stabaudit.dialects.dialect import Dialect, table

UNARY = [
    "exp",
    "log",
    "log2",
    "log10",
    "log1p",
    "expm1",
    "sqrt",
    "square",
    "reciprocal",
    "tanh",
    "sinh",
    "cosh",
    "sin",
    "cos",
    "sign",
    "floor",
    "abs",
    "isfinite",
    "sigmoid",
]
REDUCTIONS = {
    **{name: f"{name} a:x axis keepdims" for name in ("sum", "mean", "prod", "max", "min")},
    "cumsum": "cumsum a:x axis reverse:! inclusive:! dtype:!",
    "logcumsumexp": "logcumsumexp a:x axis reverse:! inclusive:!",
    "logsumexp": "logsumexp a:x axis keepdims",
    "softmax": "softmax a:x axis precise:-",
    **{name: f"{name} a:x axis keepdims ddof:-" for name in ("std", "var")},
}
BINARY = {
    **{name: f"{op} a b" for name, op in (("add", "add"), ("subtract", "sub"), ("multiply", "mul"), ("divide", "div"))},
    **{name: f"{name} a b" for name in ("maximum", "minimum", "logaddexp")},
    **dict.fromkeys(("power", "pow"), "pow a b"),
    "greater": "gt a b",
    "greater_equal": "ge a b",
    "less": "lt a b",
    "less_equal": "le a b",
    "logical_and": "and a b",
    "logical_or": "or a b",
}
VIEWS = {
    "expand_dims": "expand_dims a:x axis",
    "squeeze": "squeeze a:x axis",
    "transpose": "transpose a:x",
    "flip": "flip a:x axis",
    "reshape": "reshape a:x shape",
}

DIALECT = Dialect(
    name="mlx",
    precedence=4,
    packages=("mlx",),
    functions={
        **table("mlx.core", {name: f"{name} a:x" for name in UNARY}),
        **table("mlx.core", {**REDUCTIONS, **BINARY, **VIEWS}),
        **table("mlx.core", dict.fromkeys(("isinf", "isnan", "isneginf", "isposinf"), "~isinf a:x")),
        **table(
            "mlx.core",
            {
                "negative": "neg a:x",
                "logical_not": "not a:x",
                "where": "where condition x:a y:b",
                "clip": "clip a:x a_min:low a_max:high",
            },
        ),
        **table("mlx.core.linalg", {"norm": "norm a:x ord:!=2 axis keepdims"}),
        **table(
            "mlx.nn",
            {
                "sigmoid": "sigmoid x",
                "softmax": "softmax x axis=-1",
                "log_softmax": "log_softmax x axis=-1",
                "log_sigmoid": "log_sigmoid x",
                "softplus": "softplus x",
            },
        ),
    },
    constants={f"mlx.core.{name}": name for name in ("e", "pi", "inf")} | {"mlx.core.newaxis": "none"},
    home="own",
    takes_numbers=False,
    differentiated=True,
    single=True,
    aliases={"mlx.core": "mx", "mlx.nn": "nn"},
)
