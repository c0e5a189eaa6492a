"""The runtime's scalar replacements: what fixes of `math` code call."""

from stabaudit.dialects.dialect import Dialect, table

DIALECT = Dialect(
    name="scalar",
    precedence=1,
    packages=("stabaudit.runtime.scalar",),
    functions=table(
        "stabaudit.runtime.scalar",
        {
            "softmax": "softmax x",
            "log_softmax": "log_softmax x",
            "logsumexp": "logsumexp x",
            "logmeanexp": "logmeanexp x",
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
    raises=True,
)
