"""Which functions of the runtime a code base calls through its copy, and which its fixes would call."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from contextlib import suppress

from stabaudit.config.project import Project, Vendored
from stabaudit.engine.job import Result
from stabaudit.source import blocks
from stabaudit.source.dotted import dotted_name
from stabaudit.source.errors import FileError
from stabaudit.source.read import LARGEST, decode, load
from stabaudit.vendoring.sources import PACKAGE, public


def used(files: Iterable[str], copy: Vendored) -> set[str]:
    """The functions that `files` call through the copy."""
    return {name for path in files for name in _in_file(path, copy)}


def called(results: Iterable[Result], copy: Vendored) -> set[str]:
    """The functions that the files of `results` call through the copy, once they are fixed."""
    found: set[str] = set()
    for result in results:
        if result.source:
            found.update(_in_text(result.path, result.text, copy))
        elif not result.trouble:
            found.update(_in_file(result.path, copy))
    return found


def _in_file(path: str, copy: Vendored) -> Iterator[str]:
    # Who cannot be read has been told of, or is no concern of this one.
    with suppress(FileError):
        data = load(path)
        if copy.module.rpartition(".")[2].encode() in data:
            yield from _in_text(path, decode(path, data, LARGEST).text, copy)


def _in_text(path: str, text: str, copy: Vendored) -> Iterator[str]:
    pieces = [block.text for block in blocks.blocks(path, text)] if blocks.is_document(path) else [text]
    for piece in pieces:
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            yield from names(ast.parse(piece), copy)


def names(tree: ast.Module, copy: Vendored) -> Iterator[str]:
    """The functions that a module calls through the copy."""
    project = Project(vendored=copy)
    bound: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            package = "." * node.level + (node.module or "")
            for one in node.names:
                path = project.meaning(f"{package}.{one.name}")
                bound[one.asname or one.name] = path
                # What is imported by name counts as called.
                yield from _known(path)
        elif isinstance(node, ast.Import):
            bound.update((one.asname or one.name, project.meaning(one.name)) for one in node.names)
    modules = {local for local, path in bound.items() if f"{path}.".startswith(f"{PACKAGE}.")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (chain := dotted_name(node)):
            for local in modules:
                if chain.startswith(f"{local}."):
                    yield from _known(bound[local] + chain[len(local) :])


def _known(path: str) -> Iterator[str]:
    name = path.removeprefix(f"{PACKAGE}.")
    if name in public():
        yield name
