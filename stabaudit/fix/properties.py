"""Properties that do more than give a value: an expression that reads one may not read it more or less often."""

from __future__ import annotations

import ast
import re
import warnings


def busy_properties(text: str) -> frozenset[str]:
    """The names of a module's properties that change something when they are read, or that are set by a function."""
    if "property" not in text and ".setter" not in text:
        return frozenset()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and _is_busy(node))


def misread(before: str, after: str, properties: frozenset[str]) -> str | None:
    """The first of these properties that a rewritten piece of code reads more or less often than before."""
    for name in sorted(properties):
        was, now = (len(re.findall(rf"\.{name}\b", code)) for code in (before, after))
        if was != now:
            return name
    return None


def _is_busy(node: ast.FunctionDef) -> bool:
    decorators = [ast.unparse(d) for d in node.decorator_list]
    if any(d.endswith(".setter") for d in decorators):
        return True
    return "property" in decorators and any(_changes(part) for part in ast.walk(node))


def _changes(node: ast.AST) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete)):
        targets = node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [node.target]
        return any(isinstance(t, (ast.Attribute, ast.Subscript)) for t in targets)
    return isinstance(node, (ast.Global, ast.Nonlocal, ast.Yield))
