"""Programs around one formula: other names, other libraries, steps with names of their own, helpers, loops, methods."""

from __future__ import annotations

import ast
from textwrap import dedent, indent

from hypothesis import strategies as st

#: A formula as people write it first, and as they should: `m` is the library, `x` what it is a function of.
FORMULAS = {
    "softmax": ("m.exp(x) / m.sum(m.exp(x))", "m.exp(x - m.max(x)) / m.sum(m.exp(x - m.max(x)))"),
    "logsumexp": ("m.log(m.sum(m.exp(x)))", "m.max(x) + m.log(m.sum(m.exp(x - m.max(x))))"),
    "sigmoid": ("1 / (1 + m.exp(-x))", "m.exp(m.minimum(x, 0)) / (1 + m.exp(-m.abs(x)))"),
    "softplus": ("m.log(1 + m.exp(x))", "m.maximum(x, 0) + m.log1p(m.exp(-m.abs(x)))"),
    "logaddexp": ("m.log(m.exp(x) + m.exp(y))", "m.maximum(x, y) + m.log1p(m.exp(-m.abs(x - y)))"),
    "log-softmax": ("m.log(m.exp(x) / m.sum(m.exp(x)))", "x - m.max(x) - m.log(m.sum(m.exp(x - m.max(x))))"),
    "log-sigmoid": ("m.log(1 / (1 + m.exp(-x)))", "m.minimum(x, 0) - m.log1p(m.exp(-m.abs(x)))"),
    "tanh-exp": ("(m.exp(x) - m.exp(-x)) / (m.exp(x) + m.exp(-x))", "m.tanh(x)"),
    "exp-ratio": (
        "m.sum(v * m.exp(x)) / m.sum(m.exp(x))",
        "m.sum(v * m.exp(x - m.max(x))) / m.sum(m.exp(x - m.max(x)))",
    ),
}
LIBRARIES = {
    "np": "import numpy as np",
    "N": "import numpy as N",
    "jnp": "import jax.numpy as jnp",
    "torch": "import torch",
    "anp": "import autograd.numpy as anp",
}
#: What the formula is a function of.
INPUTS = ["x", "logits", "a * u + b", "scores[0]", "self.z", "frame['u']", "-u / temperature"]
ENCLOSURES = {
    "a function": "def f({names}):\n{steps}\n    return {formula}\n",
    "a method": "class A:\n    def f({names}):\n{deeper}\n        return {formula}\n",
    "a loop": "def f({names}):\n    for _ in range(3):\n{deeper}\n        print({formula})\n",
    "a function in a function": "def f({names}):\n    def g():\n{deeper}\n        return {formula}\n    return g()\n",
    "a branch": "def f({names}, chosen):\n    if chosen:\n{deeper}\n        return {formula}\n    return None\n",
    "an argument": "def f({names}):\n{steps}\n    return print({formula}, end='')\n",
}
NAMES = "self, x, y, v, logits, a, u, b, scores, frame, temperature"


@st.composite
def programs(draw: st.DrawFn, *, stable: bool) -> tuple[str, str]:
    """The rule, and a program that holds its formula once, as it should not be or (`stable`) as it should."""
    rule = draw(st.sampled_from(sorted(FORMULAS)))
    library = draw(st.sampled_from(sorted(LIBRARIES)))
    tree = ast.parse(FORMULAS[rule][stable], mode="eval").body
    given = ast.parse(draw(st.sampled_from(INPUTS)), mode="eval").body
    tree = _Spelled(library, given, turned=draw(st.booleans())).visit(tree)
    head, called = LIBRARIES[library], library
    if draw(st.booleans()):
        head += f"\n\n\ndef _exp(value):\n    return {library}.exp(value)\n\n"
        tree = _Renamed(f"{called}.exp", "_exp").visit(tree)
    steps = []
    for number in range(draw(st.integers(0, 3))):
        places = [n for n in ast.walk(tree) if isinstance(n, (ast.Call, ast.BinOp)) and n is not tree]
        if places:
            step = draw(st.sampled_from(places))
            steps.append(f"t{number} = {ast.unparse(step)}")
            tree = _Named(ast.unparse(step), f"t{number}").visit(tree)
    body = "\n".join(steps) or "pass"
    enclosure = ENCLOSURES[draw(st.sampled_from(sorted(ENCLOSURES)))]
    text = enclosure.format(
        names=NAMES, steps=indent(body, "    "), deeper=indent(body, "        "), formula=ast.unparse(tree)
    )
    return rule, f"{head}\n\n\n{dedent(text)}"


class _Spelled(ast.NodeTransformer):
    """The library's name for `m`, the input for `x`; sums and products `turned` round."""

    def __init__(self, library: str, given: ast.expr, *, turned: bool) -> None:
        self.library, self.given, self.turned = library, given, turned

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.given if node.id == "x" else ast.Name(self.library) if node.id == "m" else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if self.turned and isinstance(node.op, (ast.Add, ast.Mult)):
            node.left, node.right = node.right, node.left
        return node


class _Renamed(ast.NodeTransformer):
    """Calls of one function as calls of another."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if ast.unparse(node.func) == self.old:
            node.func = ast.Name(self.new)
        return node


class _Named(ast.NodeTransformer):
    """A name in the place of a step, wherever it is taken."""

    def __init__(self, step: str, name: str) -> None:
        self.step, self.name = step, name

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, (ast.Call, ast.BinOp)) and ast.unparse(node) == self.step:
            return ast.Name(self.name)
        return super().generic_visit(node)
