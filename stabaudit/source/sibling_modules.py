"""What the modules beside a file bind, as `from .common import np` takes it over: read by their syntax, never run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Mapping

from stabaudit.source import current_file, imported

#: How far star imports are followed, how far up packages are looked for, and the largest module that is read.
DEPTH, PARENTS, LARGEST = 5, 6, 1_000_000
#: Statements of which each part is carried out.
SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.With, ast.Tuple, ast.List, ast.withitem)


def names_of(package: str) -> Mapping[str, str | None] | None:
    """The names that `from package import *` binds in the file at work; `None` if that is not known.

    Each comes with the dotted path that it was imported by, if it was.
    """
    path = current_file.asked()
    return None if path is None else _names(package, path, DEPTH)


def origin_of(path: str) -> str | None:
    """The dotted path by which the module beside a file got what the file imports from it by a dotted path."""
    package, _, name = path.rpartition(".")
    dots = len(path) - len(path.lstrip("."))
    return (names_of(package if package.strip(".") else "." * dots) or {}).get(name)


def _names(package: str, path: str, depth: int) -> Mapping[str, str | None] | None:
    found = imported.module(package, path, PARENTS)
    return None if found is None or depth == 0 else _bound(found, current_file.roots(), depth)


# A module that others take over many times is read once for each depth.
@imported.remembered(256)
def _bound(found: str, roots: tuple[str, ...], depth: int) -> Mapping[str, str | None] | None:
    data = imported.content(found, LARGEST)
    if data is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _public(ast.parse(data), found, depth)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _public(tree: ast.Module, path: str, depth: int) -> Mapping[str, str | None] | None:
    names: dict[str, str | None] = {}
    if not _bind(tree.body, path, depth, names):
        return None
    if names.get("__all__", "") is None:
        listed = _listed(tree)
        return None if listed is None else {name: names.get(name) for name in listed}
    return {name: origin for name, origin in names.items() if not name.startswith("_")}


def _bind(body: Iterable[ast.AST], path: str, depth: int, names: dict[str, str | None]) -> bool:
    """Note what statements bind; false if that is not known.

    What is not sure to be carried out, as in a `try`, may leave a name what it was before.
    """
    sure = True

    def bind(found: Mapping[str, str | None]) -> None:
        for name, origin in found.items():
            names[name] = origin if sure or names.get(name, origin) == origin else None

    # A stack, so depth is no limit.
    todo = [(node, True) for node in body][::-1]
    while todo:
        node, sure = todo.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bind({name: None})
                continue
            case ast.Assign(targets=targets, value=ast.Constant(value=None)) if not sure and _are_names(targets):
                # What could not be imported is not there.
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case ast.Import(names=aliases):
                for a in aliases:
                    root = a.name.partition(".")[0]
                    bind({a.asname or root: a.name if a.asname else root})
            case ast.ImportFrom(module=module, level=level, names=aliases):
                package = "." * level + (module or "")
                if aliases[0].name == "*":
                    inner = _names(package, path, depth - 1)
                    if inner is None:
                        return False
                    bind(inner)
                else:
                    bind({a.asname or a.name: f"{package}.{a.name}" for a in aliases})
            case ast.Name(id=name) if not isinstance(node.ctx, ast.Load):
                bind({name: None})
            case ast.Call(func=ast.Name(id="exec" | "globals" | "vars" | "locals")):
                return False
        inner_sure = sure and isinstance(node, SIMPLE)
        todo += [(child, inner_sure) for child in ast.iter_child_nodes(node)][::-1]
    return True


def _are_names(targets: Iterable[ast.expr]) -> bool:
    return all(isinstance(target, ast.Name) for target in targets)


def _listed(tree: ast.Module) -> list[str] | None:
    """The names in `__all__`, if it is one list of texts."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            try:
                return [str(name) for name in ast.literal_eval(node.value)]
            except (ValueError, TypeError):
                return None
    return None
