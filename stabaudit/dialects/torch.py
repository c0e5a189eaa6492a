"""PyTorch: functions, `torch.special`, `torch.nn.functional`, and the methods of tensors."""

from stabaudit.dialects.dialect import Dialect, methods, table
from stabaudit.dialects.special import unary

UNARY = [
    "exp",
    "log",
    "exp2",
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
    "neg",
    "sigmoid",
    "isfinite",
    "asinh",
    "acosh",
    "acos",
    "asin",
    "atanh",
]
REDUCTIONS = {
    "sum": "sum {x} dim:axis keepdim:keepdims dtype:!",
    "mean": "mean {x} dim:axis keepdim:keepdims dtype:!",
    "max": "max+index {x} dim:axis keepdim:keepdims",
    "min": "min+index {x} dim:axis keepdim:keepdims",
    "amax": "max {x} dim:axis keepdim:keepdims",
    "amin": "min {x} dim:axis keepdim:keepdims",
    "prod": "prod {x} dim:axis keepdim:keepdims dtype:!",
    # The deviation itself and the norms have a gradient of 0 at 0.
    "var": "var {x} dim:axis unbiased:- keepdim:keepdims correction:-",
    "cumsum": "cumsum {x} dim:axis dtype:!",
    "logcumsumexp": "logcumsumexp {x} dim:axis*",
    "flip": "flip {x} dims:axis",
    "logsumexp": "logsumexp {x} dim:axis* keepdim:keepdims",
    "softmax": "softmax {x} dim:axis** dtype:!",
    "log_softmax": "log_softmax {x} dim:axis** dtype:!",
    "unsqueeze": "expand_dims {x} dim:axis",
    "squeeze": "squeeze {x} dim:axis",
    "clamp": "clip {x} min:low max:high",
    "clip": "clip {x} min:low max:high",
}
BINARY = {
    "add": "add {x} other:b",
    "sub": "sub {x} other:b",
    "mul": "mul {x} other:b",
    "div": "div {x} other:b rounding_mode:!",
    "pow": "pow {x} exponent:b",
    "maximum": "maximum {x} other:b",
    **{name: f"{name} {{x}} other:b" for name in ("gt", "ge", "lt", "le", "eq", "ne")},
    "clamp_min": "maximum {x} min:b",
    "clamp_max": "minimum {x} max:b",
    "minimum": "minimum {x} other:b",
    "logaddexp": "logaddexp {x} other:b",
    "logaddexp2": "logaddexp2 {x} other:b",
    "hypot": "hypot {x} other:b",
}
ALIASES = {
    "subtract": "sub",
    "multiply": "mul",
    "divide": "div",
    "true_divide": "div",
    "negative": "neg",
    "absolute": "abs",
    "arccos": "acos",
    "arcsin": "asin",
    **{f"arc{name}": f"a{name}" for name in ("sinh", "cosh", "tanh")},
}
#: Special functions that are there as `torch.erf` and as methods of tensors, those of `torch.special`, and of matrices.
GENERAL = ("erf", "erfc", "i0")
SPECIAL = {
    **unary(("erf", "erfc", "erfcx", "ndtr", "log_ndtr", "gammaln", "i0", "i0e", "i1", "i1e", "entr"), "input"),
    "gammainc": "gammainc input:a other:x",
    "gammaincc": "gammaincc input:a other:x",
    "xlogy": "xlogy input:x other:y",
}
LINALG = {"det": "det A:x", "slogdet": "logabsdet A:x [1]"}
#: Near to it: an infinity of one sign, or nan.
NOT_FINITE = ("isinf", "isnan", "isneginf", "isposinf")


def _signatures(operand: str) -> dict[str, str]:
    """Signatures of functions (the tensor is called `input`) or of methods."""
    found = {name: f"{name} {operand}:x" for name in UNARY}
    found |= {name: text.format(x=f"{operand}:x") for name, text in REDUCTIONS.items()}
    found |= {name: text.format(x=f"{operand}:a") for name, text in BINARY.items()}
    found |= dict.fromkeys(NOT_FINITE, f"~isinf {operand}:x")
    found |= {name: f"{name} {operand}:x" for name in (*GENERAL, "det")}
    found |= {"lgamma": f"gammaln {operand}:x"}
    return found | {alias: found[name] for alias, name in ALIASES.items()}


def _in_place() -> dict[str, str]:
    """Methods that leave their value in the tensor as well: `x.exp_()`."""
    signatures = _signatures("self")
    return {f"{name}_": signatures[name] for name in (*UNARY, *BINARY, *ALIASES) if name not in REDUCTIONS}


#: Losses, by their functions and by the classes of their modules, with what they are told beside input and target.
LOSSES = {
    "cross_entropy": ("cross_entropy", "weight size_average:! ignore_index reduce:! reduction label_smoothing"),
    "nll_loss": ("nll_loss", "weight size_average:! ignore_index reduce:! reduction"),
    "binary_cross_entropy": ("bce", "weight size_average:! reduce:! reduction"),
    "binary_cross_entropy_with_logits": (
        "bce_with_logits",
        "weight size_average:! reduce:! reduction pos_weight",
    ),
    "kl_div": ("kl_div", "size_average:! reduce:! reduction log_target"),
}
MODULES = {
    "CrossEntropyLoss": "cross_entropy",
    "NLLLoss": "nll_loss",
    "BCELoss": "binary_cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits",
    "KLDivLoss": "kl_div",
}

DIALECT = Dialect(
    name="torch",
    precedence=4,
    packages=("torch",),
    functions={
        **table("torch", {**_signatures("input"), "where": "where condition input:a other:b"}),
        **table(
            "torch.special",
            {
                "expit": "sigmoid input:x",
                "log_softmax": "log_softmax input:x dim:axis** dtype:!",
                "softmax": "softmax input:x dim:axis** dtype:!",
                "logsumexp": "logsumexp input:x dim:axis* keepdim:keepdims",
                "log1p": "log1p input:x",
                "expm1": "expm1 input:x",
                **SPECIAL,
            },
        ),
        **table("torch.linalg", LINALG),
        **table(
            "torch.nn.functional",
            {
                "softmax": "softmax input:x dim:axis** _stacklevel:- dtype:!",
                "log_softmax": "log_softmax input:x dim:axis** _stacklevel:- dtype:!",
                "logsigmoid": "log_sigmoid input:x",
                # Above 20, its own threshold, it drops what a float64 still holds.
                "softplus": "softplus input:x beta:! threshold:-+36",
                "sigmoid": "sigmoid input:x",
                "tanh": "tanh input:x",
                **{name: f"{op} input:x target:y {rest}" for name, (op, rest) in LOSSES.items()},
            },
        ),
    },
    methods=methods(_signatures("self") | _in_place() | {"masked_fill": "where self:b mask:condition value:a"}),
    objects=table(
        "torch.nn",
        {
            "Softmax": "softmax dim:axis",
            "LogSoftmax": "log_softmax dim:axis",
            "Sigmoid": "sigmoid",
            "LogSigmoid": "log_sigmoid",
            "Softplus": "softplus beta:! threshold:!",
            **{name: " ".join(LOSSES[function]) for name, function in MODULES.items()},
        },
    ),
    constants={"torch.pi": "pi", "torch.e": "e", "torch.inf": "inf"},
    home="own",
    takes_numbers=False,
    differentiated=True,
    records=True,
    single=True,
    imports_whole=True,
    nan_curvature=frozenset({"logaddexp"}),
)
