"""What the modules beside a file bind, as `from .common import np` takes it over: read by their syntax, never run."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Iterable, Mapping

from stabaudit.source import here

#: How far star imports are followed, how far up packages are looked for, and the largest module that is read.
DEPTH, PARENTS, LARGEST = 5, 6, 1_000_000
#: Statements of which each part is carried out.
SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.With, ast.Tuple, ast.List, ast.withitem)


def names_of(package: str) -> Mapping[str, str | None] | None:
    """The names that `from package import *` binds in the file at work; `None` if that is not known.

    Each comes with the dotted path that it was imported by, if it was.
    """
    path = here.asked()
    return None if path is None else _names(package, path, DEPTH)


def origin_of(path: str) -> str | None:
    """The dotted path by which the module beside a file got what the file imports from it by a dotted path."""
    package, _, name = path.rpartition(".")
    dots = len(path) - len(path.lstrip("."))
    return (names_of(package if package.strip(".") else "." * dots) or {}).get(name)


def _names(package: str, path: str, depth: int) -> Mapping[str, str | None] | None:
    found = _file(package, path)
    if found is None or depth == 0:
        return None
    try:
        with open(found, "rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names: dict[str, str | None] = {}
    if not _bind(tree.body, found, depth, names, sure=True):
        return None
    public = names.get("__all__", "")
    if public is None:
        listed = _listed(tree)
        return None if listed is None else {name: names.get(name) for name in listed}
    return {name: origin for name, origin in names.items() if not name.startswith("_")}


def _file(package: str, path: str) -> str | None:
    """The file of a module, as one at `path` would import it."""
    level = len(package) - len(package.lstrip("."))
    parts = [part for part in package.split(".") if part]
    folder = os.path.dirname(path)
    for _ in range(level - 1):
        folder = os.path.dirname(folder)
    for _ in range(1 if level else PARENTS):
        stem = os.path.join(folder, *parts)
        for file in (f"{stem}.py", os.path.join(stem, "__init__.py")):
            if os.path.isfile(file) and not os.path.islink(file):
                return file
        folder = os.path.dirname(folder)
    return None


def _bind(body: Iterable[ast.AST], path: str, depth: int, names: dict[str, str | None], *, sure: bool) -> bool:
    """Note what statements bind; false if that is not known.

    What is not `sure` to be carried out, as in a `try`, may leave a name what it was before.
    """

    def bind(found: Mapping[str, str | None]) -> None:
        for name, origin in found.items():
            names[name] = origin if sure or names.get(name, origin) == origin else None

    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bind({name: None})
                continue
            case ast.Assign(targets=targets, value=ast.Constant(value=None)) if not sure and _are_names(targets):
                # What could not be imported is not there.
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case ast.Import(names=imported):
                for a in imported:
                    root = a.name.partition(".")[0]
                    bind({a.asname or root: a.name if a.asname else root})
            case ast.ImportFrom(module=module, level=level, names=imported):
                package = "." * level + (module or "")
                if imported[0].name == "*":
                    inner = _names(package, path, depth - 1)
                    if inner is None:
                        return False
                    bind(inner)
                else:
                    bind({a.asname or a.name: f"{package}.{a.name}" for a in imported})
            case ast.Name(id=name) if not isinstance(node.ctx, ast.Load):
                bind({name: None})
            case ast.Call(func=ast.Name(id="exec" | "globals" | "vars" | "locals")):
                return False
        if not _bind(ast.iter_child_nodes(node), path, depth, names, sure=sure and isinstance(node, SIMPLE)):
            return False
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
