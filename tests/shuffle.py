"""One expression, spelled in other ways that mean the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable


def swapped(expression: str) -> str:
    """The operands of every sum and product the other way round."""

    class Swap(ast.NodeTransformer):
        def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
            self.generic_visit(node)
            if isinstance(node.op, (ast.Add, ast.Mult)):
                node.left, node.right = node.right, node.left
            return node

    return f"y = {ast.unparse(Swap().visit(ast.parse(expression)))}\n"


def floating(expression: str) -> str:
    """Every integer that is an operand as a float."""

    class Float(ast.NodeTransformer):
        def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
            self.generic_visit(node)
            node.left, node.right = self.number(node.left), self.number(node.right)
            return node

        def number(self, node: ast.expr) -> ast.expr:
            if isinstance(node, ast.UnaryOp):
                node.operand = self.number(node.operand)
            is_integer = isinstance(node, ast.Constant) and type(node.value) is int
            return ast.Constant(float(node.value)) if is_integer else node

    return f"y = {ast.unparse(Float().visit(ast.parse(expression)))}\n"


def renamed(expression: str) -> str | None:
    """NumPy under another name."""
    if "np." not in expression:
        return None
    return "import numpy as anything\ny = " + re.sub(r"\bnp\.", "anything.", expression) + "\n"


def imported(expression: str) -> str | None:
    """`exp` and `log` by names of their own."""
    modules = {"np": "numpy", "math": "math", "torch": "torch"}
    found = dict.fromkeys(re.findall(r"\b(np|math|torch)\.(exp|log)\b(?=\()", expression))
    if len({name for _, name in found}) < len(found) or not found:
        return None
    lines = [f"from {modules[module]} import {name} as {name[0]}_" for module, name in found]
    return (
        "\n".join([*lines, "y = " + re.sub(r"\b(?:np|math|torch)\.(exp|log)\b(?=\()", r"\1_", expression), ""])
        .replace("exp_(", "e_(")
        .replace("log_(", "l_(")
    )


def split(expression: str) -> str | None:
    """The exponential computed in a line before."""
    tree = ast.parse(expression, mode="eval")
    if any(isinstance(node, (ast.GeneratorExp, ast.ListComp)) for node in ast.walk(tree)):
        return None
    calls = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    call = next((c for c in calls if re.fullmatch(r"(np|math|torch)\.exp\([^()]*\)|\w+\.exp\(\)", c)), None)
    if call is None:
        return None
    rest = ast.unparse(tree).replace(call, "part")
    return None if rest == "part" else f"part = {call}\ny = {rest}\n"


def function(expression: str) -> str:
    """As what a function returns."""
    return f"def f():\n    return {expression}\n"


SHUFFLES: dict[str, Callable[[str], str | None]] = {
    "operands swapped": swapped,
    "numbers as floats": floating,
    "another alias": renamed,
    "names imported": imported,
    "split in two": split,
    "in a function": function,
}
