"""How code says that values are of a kind for which a stable function gives something else than the formula."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Kind:
    """One kind of values.

    `words` are in every text that says it. `makers` fits the names of functions that give it, `types` what stands
    for its dtype. `passes` are the functions and attributes whose value is of the kind if an argument is. With
    `spreads`, a sum is of the kind if one addend is, else if both are. A kind is `lasting` if what is computed from
    other values is not of it. `withholds` says that there is no rewrite at all; `in_sums` that only sums over all
    axes are at stake, and `has_columns` that what stands under a name in brackets is not of the kind.
    """

    name: str
    reason: str
    words: str
    makers: str
    types: str
    passes: frozenset[str]
    spreads: bool = True
    is_lasting: bool = False
    withholds: bool = True
    in_sums: bool = False
    has_columns: bool = False

    def says_type(self, node: ast.expr) -> bool:
        """Whether an annotation or a dtype names the kind."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return re.search(self.types, node.value) is not None
        return any(re.search(self.types, chain(part) or "") for part in ast.walk(node))

    def is_said(self, node: ast.expr, known: Callable[[str], bool]) -> bool:
        """Whether the value of an expression is of the kind; `known` tells it of names."""

        def said(part: ast.expr) -> bool:
            return self.is_said(part, known)

        if (name := chain(node)) is not None and known(name):
            return True
        match node:
            case ast.Constant(value=complex()):
                return self.is_lasting
            case ast.Constant(value=bool()):
                return not self.spreads
            case ast.Call():
                return self._is_call(node, said)
            case ast.Attribute(value=owner, attr=name):
                return name in self.passes and said(owner)
            case ast.Subscript(slice=ast.Constant(value=str())) if self.has_columns:
                return False
            case ast.Subscript(value=owner) | ast.Starred(value=owner):
                return said(owner)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Invert(), operand=operand):
                return said(operand)
            case ast.BinOp(op=ast.Div()) if not self.spreads:
                return False
            case ast.BinOp(left=left, right=right) if self.spreads:
                return said(left) or said(right)
            case ast.BinOp(left=left, right=right):
                sides = [s for s in (left, right) if not (isinstance(s, ast.Constant) and isinstance(s.value, int))]
                return bool(sides) and all(map(said, sides))
            case ast.Compare():
                return not self.spreads
            case ast.IfExp(body=body, orelse=orelse):
                return said(body) or said(orelse)
            case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                return any(map(said, values))
            case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
                return said(element)
            case ast.NamedExpr(value=value):
                return said(value)
        return False

    def _is_call(self, node: ast.Call, said: Callable[[ast.expr], bool]) -> bool:
        path = chain(node.func) or ""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else path
        if re.search(self.makers, path or f".{name}"):
            return True
        types = [k.value for k in node.keywords if k.arg == "dtype"]
        if name in ("astype", "view"):
            types += node.args[:1]
        elif name in ("zeros", "ones", "empty", "array", "asarray") and len(node.args) > 1:
            types.append(node.args[1])
        elif name == "full" and len(node.args) > 2:
            types.append(node.args[2])
        if types:
            return any(map(self.says_type, types))
        if name not in self.passes:
            return False
        receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return any(map(said, [*receiver, *node.args]))


def chain(node: ast.AST) -> str | None:
    """`self.z` as text; `None` for what is no name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (inner := chain(node.value)) is not None:
        return f"{inner}.{node.attr}"
    return None


KINDS = (
    Kind(
        "complex",
        "it computes with complex numbers",
        words=r"complex|\d[jJ]\b|fft|cmath|eig|roots|hilbert|imag|conj|c16|c8",
        makers=r"(^|\.)(complex\d*|csingle|cdouble|clongdouble|[ir]?fft[2n]?|eig|eigvals|roots|hilbert|exp2j)$|^cmath\.",
        types=r"(^|\.|\b)(complex\d*|csingle|cdouble|clongdouble)\b|^[<>=]?c(8|16|32)$|^[FDG]$",
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
        "of small integers and bools it gives float16 or float32, and float64 after it",
        words=r"int8|int16|bool|True|False|u?byte|u?short|['\"][?bBhH]['\"]|[<>]|==|i1|i2|u1|u2",
        makers=r"(^|\.)(u?int8|u?int16|bool_|u?byte|u?short)$",
        types=r"(^|\.)(u?int8|u?int16|bool_?|u?byte|u?short)$|^[<>=|]?([iu][12]|[?bBhH])$",
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
)
