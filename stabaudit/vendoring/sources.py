"""The modules of the runtime as they are written: their statements, and what each statement refers to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stabaudit.records import Record

#: Where the runtime lies beside this package.
FOLDER = Path(__file__).parents[1] / "runtime"
PACKAGE = "stabaudit.runtime"


class Foreign(Record):
    """What a module imports from elsewhere: a package, and the name in it if it is not the package itself."""

    package: str
    name: str | None
    local: str


class Own(Record):
    """A name in a module of the runtime; without a name the module itself."""

    module: str
    name: str


Meaning = Foreign | Own


class Use(Record):
    """A place at which a statement names what it does not define: rows from 1, columns in bytes."""

    row: int
    start: int
    end: int
    meaning: Meaning


class Statement(Record):
    """A definition at the top of a module: its names, the rows from the comment above it, and what it refers to."""

    module: str
    names: tuple[str, ...]
    rows: tuple[int, int]
    node: ast.stmt
    uses: tuple[Use, ...]


class Source(Record):
    """A module: its lines, the names that it defines or imports, and its statements."""

    name: str
    lines: tuple[bytes, ...]
    meanings: dict[str, Meaning]
    statements: tuple[Statement, ...]


@cache
def public() -> dict[str, Own]:
    """The functions of the runtime by name, the replacements for single floats as `scalar.softmax`."""
    package, scalar = source("__init__"), source("scalar")
    found = {n: one for n, one in package.meanings.items() if isinstance(one, Own) and one.name and n != "__all__"}
    replacements = {f"scalar.{name}": Own("scalar", name) for name in _listed(scalar)}
    return dict(sorted({**found, **replacements}.items()))


@cache
def source(name: str) -> Source:
    """The module `name` of the runtime."""
    data = (FOLDER / f"{name}.py").read_bytes()
    tree = ast.parse(data)
    meanings: dict[str, Meaning] = {}
    for node in tree.body:
        meanings.update(_imported(node))
        meanings.update((one, Own(name, one)) for one in defined(node))
    lines = tuple(data.split(b"\n"))
    statements = tuple(
        Statement(name, names, _rows(node, lines), node, tuple(_uses(node, meanings)))
        for node in tree.body
        if (names := defined(node))
    )
    return Source(name, lines, meanings, statements)


def defined(node: ast.stmt) -> tuple[str, ...]:
    """The names that a statement at the top of a module defines."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return (name,)
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
            return tuple(one.id for one in ast.walk(target) if isinstance(one, ast.Name))
    return ()


def _listed(module: Source) -> list[str]:
    node = next(s.node for s in module.statements if s.names == ("__all__",))
    assert isinstance(node, ast.Assign)
    return list(ast.literal_eval(node.value))


def _imported(node: ast.stmt) -> Iterator[tuple[str, Meaning]]:
    if isinstance(node, ast.Import):
        for one in node.names:
            local = one.asname or one.name
            yield local, Foreign(one.name, None, local)
    elif isinstance(node, ast.ImportFrom):
        package = node.module or ""
        for one in node.names:
            local = one.asname or one.name
            if package == PACKAGE:
                yield local, Own(one.name, "")
            elif package.startswith(f"{PACKAGE}."):
                yield local, Own(package.removeprefix(f"{PACKAGE}."), one.name)
            elif package != "__future__":
                yield local, Foreign(package, one.name, local)


def _rows(node: ast.stmt, lines: tuple[bytes, ...]) -> tuple[int, int]:
    decorators = node.decorator_list if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []
    first = min([node.lineno, *(one.lineno for one in decorators)])
    while lines[first - 2].startswith(b"#"):
        first -= 1
    return first, node.end_lineno or first


def _uses(node: ast.stmt, meanings: dict[str, Meaning]) -> Iterator[Use]:
    for one in free(node, frozenset()):
        inner = one.value if isinstance(one, ast.Attribute) else one
        assert isinstance(inner, ast.Name)
        meaning = meanings.get(inner.id)
        if meaning is None:
            continue
        if isinstance(one, ast.Attribute):
            if not (isinstance(meaning, Own) and not meaning.name):
                one = inner
            else:
                meaning = Own(meaning.module, one.attr)
        yield Use(one.lineno, one.col_offset, one.end_col_offset or 0, meaning)


def free(node: ast.AST, bound: frozenset[str]) -> Iterator[ast.Name | ast.Attribute]:
    """The names that are looked up outside of `node`, each with the attribute that is taken of it, if one is."""
    match node:
        case ast.Name():
            if node.id not in bound:
                yield node
        case ast.Attribute(value=ast.Name() as name):
            if name.id not in bound:
                yield node
        case ast.FunctionDef() | ast.Lambda():
            heading = [*getattr(node, "decorator_list", ()), *node.args.defaults, *filter(None, node.args.kw_defaults)]
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            every += [one for one in (node.args.vararg, node.args.kwarg) if one is not None]
            heading += [one.annotation for one in every if one.annotation is not None]
            if isinstance(node, ast.FunctionDef) and node.returns is not None:
                heading.append(node.returns)
            for one in heading:
                yield from free(one, bound)
            body = node.body if isinstance(node.body, list) else [node.body]
            inner = bound | {one.arg for one in every} | {name for one in body for name in _bound(one)}
            for child in body:
                yield from free(child, inner)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            inner = bound | set(_bound(node))
            for part in ast.iter_child_nodes(node):
                yield from free(part, inner)
        case _:
            for part in ast.iter_child_nodes(node):
                yield from free(part, bound)


def _bound(node: ast.AST) -> Iterator[str]:
    """The names to which a piece of a function gives a value."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        yield node.name
    elif not isinstance(node, ast.Lambda):
        for part in ast.iter_child_nodes(node):
            yield from _bound(part)
