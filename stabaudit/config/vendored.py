"""The copy of the runtime that a project keeps: how it is imported, and what it holds."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator

from stabaudit.catalogue.names import UsageError
from stabaudit.config.project import Vendored
from stabaudit.source import regular
from stabaudit.source.errors import refusal
from stabaudit.source.find import tidy


def vendored(path: str) -> Vendored:
    """What the module at `path` is called and holds; raises `UsageError`."""
    shown = tidy(path)
    try:
        tree = ast.parse(regular.read(path, regular.SETTINGS))
    except FileNotFoundError:
        raise UsageError(f"{shown}: no such module; `stabaudit vendor` writes it") from None
    except OSError as error:
        raise UsageError(str(refusal(shown, error))) from None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UsageError(f"{shown}: is not valid Python; `stabaudit vendor` rewrites it") from None
    return Vendored(dotted(path), frozenset(functions(tree)))


def dotted(path: str) -> str:
    """The name under which the module at `path` is imported: its package begins where folders are packages."""
    folder, name = os.path.split(os.path.realpath(path))
    parts = [name.removesuffix(".py")]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        parts.insert(0, name)
    return ".".join(parts)


def functions(tree: ast.Module) -> Iterator[str]:
    """What a vendored module offers, the replacements for single floats as `scalar.softmax`."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name("__all__")], value=ast.List(names)):
                found = [one.value for one in names if isinstance(one, ast.Constant)]
                yield from (str(name) for name in found if name != "scalar")
            case ast.ClassDef(name="scalar"):
                bound = [one.targets[0] for one in node.body if isinstance(one, ast.Assign)]
                yield from (f"scalar.{one.id}" for one in bound if isinstance(one, ast.Name))
