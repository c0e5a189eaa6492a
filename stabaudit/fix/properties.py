"""Properties that do more than give a value: an expression that reads one may not read it more or less often."""

from __future__ import annotations

import ast
import re

from stabaudit.sieve.stretch import statements
from stabaudit.source.tree import tree_of


def busy_properties(text: str) -> frozenset[str]:
    """The names of a module's properties that change something when they are read, or that are set by a function."""
    if "property" not in text and ".setter" not in text:
        return frozenset()
    tree = tree_of(text)
    every = () if tree is None else statements(tree.body)
    return frozenset(node.name for node in every if isinstance(node, ast.FunctionDef) and _is_busy(node))


def misread(before: str, after: str, properties: frozenset[str]) -> str | None:
    """The first of these properties that a rewritten piece of code reads more or less often than before."""
    for name in sorted(properties):
        was, now = (len(re.findall(rf"\.{name}\b", code)) for code in (before, after))
        if was != now:
            return name
    return None


def _is_busy(node: ast.FunctionDef) -> bool:
    if any(isinstance(d, ast.Attribute) and d.attr == "setter" for d in node.decorator_list):
        return True
    is_property = any(isinstance(d, ast.Name) and d.id == "property" for d in node.decorator_list)
    return is_property and any(_changes(part) for part in ast.walk(node))


def _changes(node: ast.AST) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete)):
        targets = node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [node.target]
        return any(isinstance(t, (ast.Attribute, ast.Subscript)) for t in targets)
    return isinstance(node, (ast.Global, ast.Nonlocal, ast.Yield))
