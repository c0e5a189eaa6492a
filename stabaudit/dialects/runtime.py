"""The bundled runtime: what fixes of NumPy code call."""

from stabaudit.dialects.dialect import Dialect, table

DIALECT = Dialect(
    name="runtime",
    precedence=1,
    packages=("stabaudit.runtime",),
    functions=table(
        "stabaudit.runtime",
        {
            "exp": "exp x",
            "expm1": "expm1 x",
            "log1p": "log1p x",
            "softmax": "softmax x axis",
            "log_softmax": "log_softmax x axis",
            "logsumexp": "logsumexp x axis b:! keepdims return_sign:!",
            "logcumsumexp": "logcumsumexp x axis",
            "logmeanexp": "logmeanexp x axis keepdims",
            "logaddexp": "logaddexp a b",
            "logdiffexp": "logdiffexp a b",
            "sigmoid": "sigmoid x",
            "log_sigmoid": "log_sigmoid x",
            "softplus": "softplus x",
            "inverse_softplus": "inverse_softplus x",
            "log1mexp": "log1mexp x",
            "logcosh": "logcosh x",
        },
    ),
    home="own",
)
