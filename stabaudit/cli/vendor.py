"""`stabaudit vendor`: a module with what the code base needs of the runtime, written, recorded and looked after."""

from __future__ import annotations

import ast
import os
import sys
from argparse import Namespace
from collections.abc import Iterable

from stabaudit.catalogue.names import UsageError, nearest
from stabaudit.cli.console import CLEAN, FOUND
from stabaudit.cli.options import Options
from stabaudit.config.project import Vendored
from stabaudit.config.vendored import dotted, functions
from stabaudit.source import regular
from stabaudit.source.find import find, tidy
from stabaudit.vendoring.bundle import MARK, bundle
from stabaudit.vendoring.needs import called, used
from stabaudit.vendoring.sources import public


def vendor(arguments: Namespace) -> int:
    """Write or check the copy that `arguments` ask for; the exit code."""
    path = _path(arguments)
    copy = Vendored(dotted(path))
    named = _named(arguments.functions) if arguments.functions else None
    old = _read(path)
    if arguments.check:
        return _check(path, copy, old, named, arguments)
    names = _needed(copy, arguments, path) if named is None else {*named, *_used(copy, arguments, path)}
    if not names:
        raise UsageError("no fix below the current folder calls the runtime; name functions with --functions")
    from stabaudit.source.errors import FileError
    from stabaudit.source.write import put
    from stabaudit.vendoring.record import recorded

    entry = recorded(path)
    text = bundle(names)
    try:
        # A formatter may have been over it: that is no reason to write it again.
        put({**({} if _same(old, text) else {path: text.encode()}), **(dict([entry]) if entry else {})})
    except FileError as trouble:
        raise UsageError(str(trouble)) from None
    done = "already holds" if _same(old, text) else "now holds"
    sys.stdout.write(f"{tidy(path)} {done} {_told(names)}.\n")
    if entry:
        package, _, name = copy.module.rpartition(".")
        line = f"from {package} import {name} as stable" if package else f"import {name} as stable"
        sys.stdout.write(f"Recorded in {tidy(entry[0])}: fixes write `{line}`.\n")
    return CLEAN


def _check(path: str, copy: Vendored, old: str | None, named: set[str] | None, arguments: Namespace) -> int:
    if old is None:
        raise UsageError(f"{tidy(path)}: no such module; `stabaudit vendor` writes it")
    names = _held(path, old)
    lacking = (named if named is not None else _needed(copy, arguments, path)) - names
    if lacking:
        sys.stdout.write(f"{tidy(path)} is out of date: it lacks {_told(lacking)}; run `stabaudit vendor`.\n")
        return FOUND
    if not _same(old, bundle(names)):
        sys.stdout.write(f"{tidy(path)} is out of date: the runtime has changed; run `stabaudit vendor`.\n")
        return FOUND
    sys.stdout.write(f"{tidy(path)} is up to date.\n")
    return CLEAN


def _path(arguments: Namespace) -> str:
    """Where the module is, or is to be."""
    path: str | None = arguments.path or Options(arguments).here.path("vendored")
    if path is None:
        raise UsageError("PATH is missing; name the module to write, such as src/pkg/_stable.py")
    folder, name = os.path.split(path)
    if not name.endswith(".py") or not name.removesuffix(".py").isidentifier() or name == "__init__.py":
        raise UsageError(f"{path}: is not a module name; use one such as {os.path.join(folder, '_stable.py')}")
    if not os.path.isdir(folder or "."):
        raise UsageError(f"{folder}: no such folder; make it first")
    if os.path.isdir(path):
        raise UsageError(f"{path}: is a folder; choose another name")
    return path


def _read(path: str) -> str | None:
    """What stands at `path`, if anything does; it must be ours."""
    try:
        text = regular.read(path, regular.SETTINGS).decode().replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text.startswith(MARK):
        raise UsageError(f"{path}: was not written by `stabaudit vendor`; choose another name or delete it")
    return text


def _named(words: Iterable[str]) -> set[str]:
    names = {one.strip() for word in words for one in word.split(",") if one.strip()}
    for name in sorted(names):
        if name not in public():
            hint = nearest(name, public()) or "; docs/runtime.md lists them"
            raise UsageError(f"unknown function `{name}` in --functions{hint}")
    return names


def _needed(copy: Vendored, arguments: Namespace, path: str) -> set[str]:
    """What the code base calls, and what it would call were it fixed."""
    from stabaudit.cli.console import warn
    from stabaudit.cli.results import results_of

    # Each file is looked at, whatever is known of it.
    looked_at = {"diff": True, "unsafe_fixes": True, "obeys_baseline": False, "no_cache": True}
    every = Namespace(**{**vars(arguments), **looked_at})
    results = []
    for result in results_of(["."], Options(every, copy), arguments.jobs):
        warn(result, quiet=True)
        if os.path.realpath(result.path) != os.path.realpath(path):
            results.append(result)
    return called(results, copy)


def _used(copy: Vendored, arguments: Namespace, path: str) -> set[str]:
    plan = Options(arguments, copy)
    files = [one for one in find(["."], plan.finder.of).files if os.path.realpath(one) != os.path.realpath(path)]
    return used(files, copy)


def _held(path: str, text: str) -> set[str]:
    try:
        return {name for name in functions(ast.parse(text)) if name in public()}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UsageError(f"{tidy(path)}: is not valid Python any more; `stabaudit vendor` rewrites it") from None


def _same(old: str | None, new: str) -> bool:
    """Whether two texts are the same program."""
    if old is None or old == new:
        return old == new
    try:
        return ast.dump(ast.parse(old)) == ast.dump(ast.parse(new))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _told(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
