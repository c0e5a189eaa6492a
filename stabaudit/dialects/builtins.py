"""Python's own functions, and its operators by name; they take anything, so other names decide where a fix goes."""

from stabaudit.dialects.dialect import Dialect, table

DIALECT = Dialect(
    name="builtins",
    precedence=-1,
    packages=("builtins",),
    functions={
        **table(
            "builtins",
            {
                "sum": "~sum iterable:x start:!",
                "max": "~max iterable:x",
                "min": "~min iterable:x",
                "abs": "abs x",
                "pow": "pow base:a exp:b",
            },
        ),
        **table(
            "operator",
            {
                "add": "~add a b",
                "sub": "~sub a b",
                "mul": "~mul a b",
                "truediv": "~div a b",
                "pow": "~pow a b",
                "neg": "~neg x",
                "abs": "~abs x",
            },
        ),
    },
)
