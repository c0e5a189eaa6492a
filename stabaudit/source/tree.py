"""The syntax tree that Python makes of a text."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache


# The sieve, the positions and the fixes all look at the same text.
@lru_cache(maxsize=1)
def syntax_tree(text: str) -> ast.Module:
    """The tree of a text, to be read and never changed; raises as `ast.parse` does."""
    with warnings.catch_warnings():
        # What Python says about the user's own code is not for us to say.
        warnings.simplefilter("ignore")
        return ast.parse(text)


def tree_of(text: str) -> ast.Module | None:
    """The tree of a text, if Python can read it."""
    try:
        return syntax_tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def let_go_of_tree() -> None:
    """Forget the tree of a text that is done with."""
    syntax_tree.cache_clear()


def first_line(node: ast.stmt) -> int:
    """The line on which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])
