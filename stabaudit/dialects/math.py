"""The standard library's `math`: scalars, and an overflow is an exception."""

from stabaudit.dialects.dialect import Dialect, table

FUNCTIONS = {
    **{
        name: f"{name} x"
        for name in (
            [
                "exp",
                "log1p",
                "expm1",
                "sqrt",
                "tanh",
                "sinh",
                "cosh",
                "sin",
                "cos",
                "log2",
                "log10",
                "exp2",
                "floor",
                "isfinite",
                "asinh",
                "acosh",
                "atanh",
                "cbrt",
                "acos",
                "asin",
            ]
        )
    },
    "log": "log x base:!",
    "fabs": "abs x",
    "pow": "pow x:a y:b",
    "fsum": "~sum seq:x",
    **{name: f"{name} x" for name in ("erf", "erfc", "gamma")},
    "lgamma": "gammaln x",
    "hypot": "hypot x:a y:b",
    "atan2": "atan2 y x",
}

DIALECT = Dialect(
    name="math",
    precedence=1,
    packages=("math", "numpy.math"),
    former=("numpy.math",),
    # NumPy handed the module on as `numpy.math` up to 1.25.
    functions={**table("math", FUNCTIONS), **table("numpy.math", FUNCTIONS)},
    constants={"math.e": "e", "math.pi": "pi", "math.inf": "inf"},
    home="scalar",
    raises=True,
    imports_whole=True,
)
