"""NumPy: functions, and the methods of arrays."""

from stabaudit.dialects.dialect import Dialect, methods, table, unary

REDUCTIONS = {
    "sum": "sum a:x axis dtype:! out keepdims initial:! where:!",
    "mean": "mean a:x axis dtype:! out keepdims where:!",
    "nanmean": "~mean a:x axis dtype:! out keepdims where:!",
    "max": "max a:x axis out keepdims initial:! where:!",
    "amax": "max a:x axis out keepdims initial:! where:!",
    "nanmax": "~max a:x axis out keepdims initial:! where:!",
    "min": "min a:x axis out keepdims initial:! where:!",
    "amin": "min a:x axis out keepdims initial:! where:!",
    "nansum": "~sum a:x axis dtype:! out keepdims initial:! where:!",
    "prod": "prod a:x axis dtype:! out keepdims initial:! where:!",
    "cumsum": "cumsum a:x axis dtype:! out",
}
#: What has an inverse, which is called `arcsin` and the like; since NumPy 2 `asin` as well.
INVERSE = ("sin", "cos", "sinh", "cosh", "tanh")
ELEMENTWISE = {
    **unary("exp log exp2 log2 log10 log1p expm1 sqrt square reciprocal tanh sinh cosh sin cos sign floor isfinite"),
    **dict.fromkeys(("isinf", "isnan", "isneginf", "isposinf"), "~isinf x"),
    "abs": "abs x out",
    "absolute": "abs x out",
    "fabs": "abs x out",
    "negative": "neg x out",
    "logical_not": "not x",
    "add": "add x1:a x2:b out",
    "subtract": "sub x1:a x2:b out",
    "multiply": "mul x1:a x2:b out",
    "divide": "div x1:a x2:b out where",
    "true_divide": "div x1:a x2:b out where",
    "power": "pow x1:a x2:b out",
    "float_power": "pow x1:a x2:b out",
    "maximum": "maximum x1:a x2:b out",
    "minimum": "minimum x1:a x2:b out",
    "fmax": "~maximum x1:a x2:b out",
    "fmin": "~minimum x1:a x2:b out",
    "greater": "gt x1:a x2:b",
    "greater_equal": "ge x1:a x2:b",
    "less": "lt x1:a x2:b",
    "less_equal": "le x1:a x2:b",
    "logical_and": "and x1:a x2:b",
    "logical_or": "or x1:a x2:b",
    "where": "where condition x:a y:b",
    "clip": "clip a:x a_min:low a_max:high out",
    "logaddexp": "logaddexp x1:a x2:b out",
    "logaddexp2": "logaddexp2 x1:a x2:b out",
    "hypot": "hypot x1:a x2:b out",
    **{f"arc{name}": f"a{name} x out" for name in INVERSE},
    "cbrt": "cbrt x out",
    "arctan2": "atan2 x1:y x2:x out",
}
#: Functions of matrices.
LINALG = {"det": "det a:x", "slogdet": "logabsdet a:x [1]"}
VIEWS = {
    "expand_dims": "expand_dims a:x axis",
    "squeeze": "squeeze a:x axis",
    "transpose": "transpose a:x",
    "flip": "flip m:x axis",
    "reshape": "reshape a:x newshape:shape order:-",
}
CONSTANTS = {"e": "e", "pi": "pi", "newaxis": "none", "inf": "inf"}

FUNCTIONS = {**ELEMENTWISE, **REDUCTIONS, **VIEWS}

DIALECT = Dialect(
    name="numpy",
    precedence=2,
    packages=("numpy",),
    functions={
        **table("numpy", FUNCTIONS),
        **table("numpy", {"i0": "i0 x", "atan2": "atan2 x1:y x2:x out"}),
        **table("numpy", {f"a{name}": f"a{name} x out" for name in INVERSE}),
        **table("numpy.linalg", LINALG),
        **table(
            "numpy",
            {
                "add.reduce": "~sum a:x axis=0 dtype:! out keepdims",
                "multiply.reduce": "~prod a:x axis=0 dtype:! out keepdims",
                "maximum.reduce": "~max a:x axis=0 dtype:! out keepdims",
                "minimum.reduce": "~min a:x axis=0 dtype:! out keepdims",
            },
        ),
    },
    methods=methods(
        {
            "sum": "sum x axis dtype:! out keepdims",
            "mean": "mean x axis dtype:! out keepdims",
            "max": "max x axis out keepdims",
            "min": "min x axis out keepdims",
            "prod": "prod x axis dtype:! out keepdims",
            "var": "var x axis dtype:! out ddof:- keepdims",
            "cumsum": "cumsum x axis dtype:! out",
            "clip": "clip x min:low max:high out",
            "transpose": "transpose x",
            "squeeze": "squeeze x axis",
        }
    ),
    constants={f"numpy.{n}": c for n, c in CONSTANTS.items()},
    home="runtime",
    aliases={"numpy": "np"},
    imports_whole=True,
    scalars_promote=True,
)
