"""What a chain of names is called: `np.linalg.norm` as text, from either syntax tree."""

from __future__ import annotations

import ast

#: Chains of more names than this name no module, function or variable that anybody asks for. Each node of a chain is
#: asked, so that without an end a chain would cost the square of its length.
LONGEST = 20


def dotted_name(node: ast.AST) -> str | None:
    """`a.b.c` as text; `None` for anything that is no chain of names, or a longer one than `LONGEST`."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        if len(names) == LONGEST:
            return None
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else None
