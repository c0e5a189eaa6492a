"""The kinds of values for which a stable function gives something else than the formula: one row a kind."""

from __future__ import annotations

from stabaudit.fix.kind_evidence import Kind

#: What gives a part of an array, or another look at it: of the same kind as the array.
LOOKS = frozenset(
    {"T", "flat", "copy", "reshape", "ravel", "flatten", "transpose", "swapaxes", "squeeze", "array", "asarray",
     "asanyarray", "ascontiguousarray", "atleast_1d", "atleast_2d", "broadcast_to", "expand_dims", "repeat", "tile",
     "concatenate", "stack", "vstack", "hstack", "take", "roll", "flip", "sort", "max", "min", "where", "diag",
     "zeros_like", "ones_like", "empty_like", "full_like", "list", "tuple", "enumerate", "zip", "reversed", "sorted"}
)  # fmt: skip
#: What computes with an array.
COMPUTED = frozenset(
    {"sum", "mean", "prod", "cumsum", "cumprod", "dot", "matmul", "vdot", "inner", "outer", "einsum", "exp", "log",
     "log1p", "expm1", "sqrt", "power", "square", "sin", "cos", "tan", "sinh", "cosh", "tanh", "negative", "add",
     "subtract", "multiply", "divide", "true_divide", "interp", "gradient", "diff", "solve", "inv", "conj",
     "conjugate"}
)  # fmt: skip

KINDS = (
    Kind(
        "complex",
        "it computes with complex numbers",
        words=r"complex|\d[jJ]\b|fft|cmath|eig|roots|hilbert|imag|conj|c16|c8|cfloat|cdouble|polar",
        makers=r"(^|\.)((view_as_)?complex\d*|csingle|cfloat|cdouble|clongdouble|polar|[ir]?fft[2n]?|eig|eigvals|roots|hilbert"
        r"|exp2j)$|^cmath\.",
        types=r"(^|\.|\b)(complex\d*|csingle|cfloat|cdouble|clongdouble)\b|^[<>=]?c(8|16|32)$|^[FDG]$",
        passes=LOOKS | COMPUTED,
        is_lasting=True,
    ),
    Kind(
        "matrix",
        "it computes with `np.matrix`, of which `*` is the product of matrices",
        words=r"matrix|\bb?mat\b|todense",
        makers=r"^((np|numpy)\.)?(matrix|as_?matrix|b?mat)$|\.todense$",
        types=r"(^|\.)matrix$",
        passes=(LOOKS | COMPUTED | {"I", "H"}) - {"array", "asarray", "ascontiguousarray", "list", "tuple"},
    ),
    Kind(
        "small",
        "of small integers and bools it gives float16 or float32, and unsigned ones know no sign",
        words=r"int8|int16|uint|bool|True|False|u?byte|u?short|['\"][?bBhH]['\"]|[<>]|==|i1|i2|u1|u2",
        makers=r"(^|\.)(int8|int16|uint\d*|bool_|u?byte|u?short)$",
        types=r"(^|\.)(int8|int16|uint\d*|bool_?|u?byte|u?short)$|^[<>=|]?(i[12]|u[1248]|[?bBhHIL])$",
        passes=LOOKS,
        spreads=False,
        withholds=False,
    ),
    Kind(
        "frame",
        "the sums of a DataFrame run along its first axis, or over both, as the version of pandas has it",
        words=r"DataFrame|\bread_\w+\(",
        makers=r"(^|\.)(DataFrame|read_(csv|table|excel|parquet|feather|json|sql|pickle|hdf))$",
        types=r"(^|\.)DataFrame$",
        passes=LOOKS | COMPUTED | {"loc", "iloc", "fillna", "dropna", "head", "tail", "sample", "set_index", "apply"},
        withholds=False,
        in_sums=True,
        has_columns=True,
    ),
    Kind(
        "dataset",
        "the stable functions take no `xarray.Dataset`",
        words=r"[Dd]ataset",
        makers=r"^(xr|xarray)\.(Dataset|open_(mf)?dataset|load_dataset|merge)$",
        types=r"^(xr|xarray)\.Dataset$",
        passes=LOOKS | COMPUTED | {"isel", "sel", "load", "compute"},
        has_columns=True,
    ),
    Kind(
        "whole",
        "of integers this library has no such stable function",
        words=r"torch|jax",
        makers=r"\.(randint|randperm|bincount|count_nonzero|nonzero|searchsorted|bucketize|unique|(Long|Int|Bool|Short|Byte)Tensor|long|int|bool|argmax|argmin|argsort)$",
        types=r"(^|\.)(u?int\d*|long|bool_?|short)$",
        passes=LOOKS | {"unsqueeze", "view", "permute", "clone", "detach", "to", "cuda", "cpu", "contiguous", "sum"},
        spreads=False,
        in_tensors=True,
    ),
)
