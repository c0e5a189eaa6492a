"""How the steps of a witness are written in NumPy, in `math`, and in torch."""

from __future__ import annotations

#: Operations that are their first operand, as far as values go.
HANDED_ON = frozenset({"same", "call", "built", "mapping", "masked", "ascending", "descending"})

#: The same in every library.
WORDS = {
    "add": "({0} + {1})",
    "sub": "({0} - {1})",
    "mul": "({0} * {1})",
    "div": "({0} / {1})",
    "pow": "({0} ** {1})",
    "^": "({0} ** {1})",
    "neg": "(-{0})",
    "reciprocal": "(1 / {0})",
    "gt": "({0} > {1})",
    "ge": "({0} >= {1})",
    "lt": "({0} < {1})",
    "le": "({0} <= {1})",
    "eq": "({0} == {1})",
    "ne": "({0} != {1})",
    "item": "item({0})",
    "picked": "picked({0})",
    "index": "{0}[{slots}]",
}
_UNARY = (
    *("exp", "log", "exp2", "log2", "log10", "log1p", "expm1", "sqrt", "square", "tanh", "sinh", "cosh", "sin", "cos"),
    *("abs", "sign", "floor", "isfinite"),
)
NUMPY = {
    **{name: f"np.{name}({{0}})" for name in _UNARY},
    "acos": "np.arccos({0})",
    "asin": "np.arcsin({0})",
    "infinity": "np.inf",
    "pi": "np.pi",
    "maximum": "np.maximum({0}, {1})",
    "minimum": "np.minimum({0}, {1})",
    "not": "np.logical_not({0})",
    "and": "np.logical_and({0}, {1})",
    "or": "np.logical_or({0}, {1})",
    "where": "np.where({0}, {1}, {2})",
    "branch": "({1} if np.all({0}) else {2})",
    **{
        name: f"np.{name}({{0}}, axis={{axis}}, keepdims={{keepdims}})"
        for name in ("sum", "mean", "max", "min", "prod")
    },
    "cumsum": "np.cumsum({0}, axis={axis})",
    "revcumsum": "revcumsum({0}, {axis})",
    "flip": "np.flip({0}, {axis})",
    "reshape": "np.reshape({0}, {shape})",
    "transpose": "np.transpose({0})",
    "expand_dims": "np.expand_dims({0}, {axis})",
    "squeeze": "squeezed({0}, {axis})",
}
TORCH = {
    **{name: f"torch.{name}({{0}})" for name in _UNARY},
    "acos": "torch.acos({0})",
    "asin": "torch.asin({0})",
    "infinity": "torch.inf",
    "pi": "torch.pi",
    "maximum": "torch.maximum(torch.as_tensor({0}), torch.as_tensor({1}))",
    "minimum": "torch.minimum(torch.as_tensor({0}), torch.as_tensor({1}))",
    "not": "torch.logical_not({0})",
    "and": "torch.logical_and({0}, {1})",
    "or": "torch.logical_or({0}, {1})",
    "where": "torch.where({0}, {1}, {2})",
    "sigmoid": "torch.sigmoid({0})",
    **{name: f"torch.{name}({{0}}, dim={{axis}}, keepdim={{keepdims}})" for name in ("sum", "mean")},
    **{name: f"torch.{name}({{0}}, dim={{axis}})" for name in ("softmax", "log_softmax")},
}
#: Functions of the runtime that are called otherwise, and with their operands in another order.
STABLE = {"weighted_logsumexp": ("logsumexp", "{0}, b={1}")}

#: Functions that a script defines if it calls them.
HELPERS = {
    "exp_": "exp_ = np.vectorize(math.exp, otypes=[float])",
    "log_": "log_ = np.vectorize(math.log, otypes=[float])",
    "sqrt_": "sqrt_ = np.vectorize(math.sqrt, otypes=[float])",
    "cosh_": "cosh_ = np.vectorize(math.cosh, otypes=[float])",
    "sinh_": "sinh_ = np.vectorize(math.sinh, otypes=[float])",
    "log1p_": "log1p_ = np.vectorize(math.log1p, otypes=[float])",
    "expm1_": "expm1_ = np.vectorize(math.expm1, otypes=[float])",
    "log2_": "log2_ = np.vectorize(math.log2, otypes=[float])",
    "log10_": "log10_ = np.vectorize(math.log10, otypes=[float])",
    "pow_": "pow_ = np.vectorize(lambda a, b: float(a) ** float(b), otypes=[float])",
    "div_": "div_ = np.vectorize(lambda a, b: float(a) / float(b), otypes=[float])",
    "item": "def item(x):\n    return x[0] if np.ndim(x) else x\n",
    "picked": "def picked(x):\n    return x[:, 0] if np.ndim(x) > 1 else x[0]\n",
    "revcumsum": "def revcumsum(x, axis):\n    return np.flip(np.cumsum(np.flip(x, axis), axis=axis), axis or 0)\n",
    "squeezed": "def squeezed(x, axis):\n    return np.squeeze(x) if axis is None else np.take(x, 0, axis)\n",
}
