"""Python's own functions; they work on what they are given, so other names decide where a fix goes."""

from stabaudit.dialects.dialect import Dialect, table

DIALECT = Dialect(
    name="builtins",
    precedence=-1,
    packages=("builtins",),
    functions=table(
        "builtins",
        {
            "sum": "~sum iterable:x start:!",
            "max": "~max iterable:x",
            "min": "~min iterable:x",
            "abs": "abs x",
            "pow": "pow base:a exp:b",
        },
    ),
)
