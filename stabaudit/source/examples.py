"""The sessions in the docstrings of a module, each a text of its own, in which the imports of the module hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast

    from stabaudit.findings.finding import Finding
    from stabaudit.source.block import Block

#: What a session begins with.
PROMPT = ">>> "
#: Why an example has no fix.
NO_PLACE = "an example in a docstring has no place for the import"


def blocks(text: str) -> Iterator[Block]:
    """The sessions of `text`, a docstring each."""
    import ast

    from stabaudit.source.block import prompted
    from stabaudit.source.lines import bare
    from stabaudit.source.tree import tree_of

    tree = tree_of(text)
    if tree is None:
        return
    rows = bare(text)
    brought = "; ".join(
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom)) and node.col_offset == 0
        if not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
    )
    for said in _docstrings(tree):
        inside = rows[said.lineno - 1 : said.end_lineno]
        # What is escaped is at another place in the text than in the value.
        if not any(PROMPT in row for row in inside) or any("\\" in row for row in inside):
            continue
        session = prompted(inside, said.lineno - 1)
        if session is not None:
            first, _, others = session.text.partition("\n")
            # The row of the quotes is empty in the session.
            yield session if first else session._replace(text=f"{brought}\n{others}")


def check(
    find: Callable[[str], Sequence[Finding]], inner: Callable[[str], Sequence[Finding]], text: str
) -> list[Finding]:
    """What `find` says of `text`, and `inner` of the sessions in it, at their places; a fragment is passed over."""
    from stabaudit.findings.finding import Unparsable

    found = [*find(text)]
    for block in blocks(text):
        try:
            found += [_without_imports(block.moved(one)) for one in inner(block.text)]
        except Unparsable:
            continue
    return sorted(found, key=lambda one: (one.start, one.end))


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    import ast

    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            match node.body[:1]:
                case [ast.Expr(value=ast.Constant(value=str()) as said)]:
                    yield said


def _without_imports(finding: Finding) -> Finding:
    """The finding, without a fix that puts an import between the words of a docstring."""
    if finding.fix is None or all(edit.start.column > 1 for edit in finding.fix.edits):
        return finding
    return finding._replace(fix=None, withheld=NO_PLACE)
