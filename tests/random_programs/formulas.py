"""What random programs compute: the formulas of all rules, near misses, and what they are made into.

In a formula `m` is the library, `x`, `y` and `z` are arrays, `w` are weights and `k` is a number.
"""

from __future__ import annotations

import ast
from functools import cache

from stabaudit.catalogue.active import rules
from stabaudit.catalogue.rule import Rule

#: Forms that no rule's own examples have: near misses, parts of a greater whole, guards, products, other constants.
MORE = """
m.log(1 - m.tanh(x) ** 2)
m.log(1 + x ** 2)
m.log(1 + m.exp(x) + m.exp(y))
m.log(2 + m.exp(x))
m.log(k + m.exp(x))
m.log(1 + k * m.exp(x))
m.log(1 - k + k * m.exp(-x))
m.log(1 - x + k)
m.log(1 - x ** 2 + 1e-12)
m.log(x + 1e-9) + m.log(1 - x + 1e-9)
m.exp(x) / (2 + m.exp(x))
m.exp(x) / (m.exp(x) + m.exp(y) + 1e-5)
2 / (m.exp(x) + m.exp(-x))
k * (m.exp(x) - m.exp(-x))
(m.exp(x) - m.exp(-x)) / 2
m.exp(x) - 1 - x
x - m.log(1 + x)
x / (m.exp(x) - 1)
x ** 2 * m.exp(x) / (m.exp(x) - 1) ** 2
m.exp(x) / (1 - m.exp(x))
(m.exp(2 * x) + 1) / (m.exp(2 * x) - 1) - 1 / x
1 - 1 / (1 + m.exp(-x))
1 / (1 + m.exp(-x)) * (1 - 1 / (1 + m.exp(-x)))
1 / (1 + m.exp(-x)) - 1 / (1 + m.exp(-y))
1 / (1 + k * m.exp(-x))
1 / (k + m.exp(x - y))
k / (1 + m.exp(-(x - y) / k))
x * (1 / (1 + m.exp(-x)))
x * m.tanh(m.log(1 + m.exp(x)))
m.log(1 / (1 + m.exp(-x)) / (1 - 1 / (1 + m.exp(-x))))
m.log(m.log(1 + m.exp(x)))
-y * m.log(1 / (1 + m.exp(-x))) - (1 - y) * m.log(1 - 1 / (1 + m.exp(-x)))
m.log(m.exp(x) + m.exp(y) + m.exp(z))
m.log(m.exp(x) * w + m.exp(y) * k)
m.log(m.exp(x) - m.exp(y) + 1)
m.log(1 - m.exp(-x) * m.exp(-y))
m.exp(x) / m.exp(y)
m.exp(x) / (m.exp(x) + w)
m.exp(x - y) / (1 + m.exp(x - y))
m.exp(k * x) / m.sum(m.exp(k * x))
w * m.exp(x) / m.sum(w * m.exp(x))
m.sum(w * m.exp(x)) / m.sum(m.exp(x))
m.sum(m.exp(x)) / m.sum(m.exp(y))
m.log(m.sum(w * m.exp(x)))
m.log(m.sum(m.exp(x)) + k)
m.log(m.sum(m.exp(x)) / k)
m.log(m.mean(m.exp(x)))
m.log(m.sum(m.exp(x), axis=0))
m.log(m.sum(m.exp(x), axis=1, keepdims=True))
m.log(m.mean(m.exp(x), axis=-1))
m.exp(x) / m.sum(m.exp(x), axis=0)
m.exp(x) / m.sum(m.exp(x), axis=-1, keepdims=True)
m.exp(-x ** 2 / 2) / m.sum(m.exp(-x ** 2 / 2))
m.exp(x - m.max(x)) / m.sum(m.exp(x - m.max(x)))
m.max(x) + m.log(m.sum(m.exp(x - m.max(x))))
m.exp(x - m.mean(x)) / m.sum(m.exp(x - m.mean(x)))
x - m.log(m.sum(m.exp(x)))
x - m.log(m.sum(m.exp(x), axis=-1, keepdims=True))
-m.sum(m.exp(x) / m.sum(m.exp(x)) * m.log(m.exp(x) / m.sum(m.exp(x))))
m.exp(x[0]) / m.sum(m.exp(x))
m.log(m.cumsum(m.exp(x)))
m.log(m.cosh(x)) + m.log(m.cosh(y))
(m.exp(2 * x) - 1) / (m.exp(2 * x) + 1)
(1 - m.exp(-x)) / x
(1 - m.exp(-k * x)) * w
m.log10(1 + x)
m.log2(1 + x)
m.log2(1 + 2 ** x)
m.log1p(m.exp(x))
m.log1p(-m.exp(x))
m.log(m.expm1(x))
m.sqrt(m.exp(x) - 1)
m.log(1 + m.sqrt(x ** 2))
1 - m.exp(m.log(x) * k)
"""
#: What an array may be replaced with.
INPUTS = (
    "2 * x", "-x", "x / k", "x - y", "x + 1", "x * k + y", "x ** 2", "-x / k", "d['x']", "o.x", "xs[0]", "x[...]",
    "m.abs(x)", "x * 0.5", "(x - y) / k", "-(x - k)", "xs[-1]", "d['x'] * k", "-o.x", "x.copy()", "max(k, 0.1) * x",
)  # fmt: skip
#: What is done with a result.
OUTSIDE = (
    "1 - r", "-r", "r * k", "k * r + y", "r ** 2", "m.log(r)", "m.exp(r)", "1 / r", "r - x", "x * r", "(r, x)", "[r]",
    "{'r': r}", "m.sum(r)", "r + 0", "-r * w", "m.log(1 - r)", "(r > 0.5)", "r if k > 0 else x", "f'{r}'",
)  # fmt: skip


def formulas() -> tuple[str, ...]:
    """The examples of all rules that hold, as nothing is found by others, and those above."""
    return _formulas(rules())


@cache
def _formulas(held: tuple[Rule, ...]) -> tuple[str, ...]:
    found = [line for line in MORE.split("\n") if line]
    for rule in held:
        texts = (text for text in rule.matches if not any(word in text for word in ("\n", " for ", "np.e ")))
        found += map(neutral, texts)
    return tuple(dict.fromkeys(text for text in found if text))


def neutral(text: str) -> str:
    """An example of a rule in the words of no library; empty where it is no single expression."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return ""
    order: dict[str, str] = {}
    tree = _Neutral(order).visit(tree)
    return ast.unparse(tree) if len(order) <= 5 else ""


class _Neutral(ast.NodeTransformer):
    def __init__(self, order: dict[str, str]) -> None:
        self.order = order

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in ("np", "math", "torch"):
            return ast.Name("m")
        if node.id in ("scipy", "sum", "max", "abs", "values"):
            return node
        free = ("w",) if node.id == "w" else tuple("xyzwk")
        name = self.order.get(node.id) or next((n for n in free if n not in self.order.values()), "x")
        self.order[node.id] = name
        return ast.Name(name)

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        self.generic_visit(node)
        node.arg = {"dim": "axis", "keepdim": "keepdims"}.get(node.arg or "", node.arg)
        return node
