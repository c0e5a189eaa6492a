"""Some functions of the runtime, with all that they need, as the text of one module."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from stabaudit.vendoring.licence import LICENCE
from stabaudit.vendoring.sources import FOLDER, Foreign, Meaning, Own, Source, Statement, public, source

#: How a module begins that may be written anew.
MARK = '"""Stable functions for arrays, copied from `stabaudit.runtime` by `stabaudit vendor`.\n'
HEAD = f"""{MARK}
Do not edit: `stabaudit vendor` writes this module anew, `stabaudit vendor --check` tells when that is due.

{{licence}}\"\"\"
# Formatters and linters leave it as it is.
# fmt: off
# ruff: noqa

from __future__ import annotations
"""
TWINS = '''class scalar:
    """The same functions for single floats, on `math`."""

'''


def bundle(names: Iterable[str]) -> str:
    """The text of a module with the functions `names` of the runtime."""
    wanted = sorted(set(names))
    statements = needed([public()[name] for name in wanted])
    foreign = {use.meaning for one in statements for use in one.uses if isinstance(use.meaning, Foreign)}
    replacements = [name.removeprefix("scalar.") for name in wanted if name.startswith("scalar.")]
    for name in replacements:
        meaning = source("scalar").meanings[name]
        foreign |= {meaning} if isinstance(meaning, Foreign) else set()
    exported = sorted([*(name for name in wanted if "." not in name), *(["scalar"] if replacements else [])])
    listed = "__all__ = [\n" + "".join(f'    "{name}",\n' for name in exported) + "]\n"
    pieces = [
        HEAD.format(licence=LICENCE),
        *_imports(foreign),
        "\n" + (listed if len(exported) > 1 else f'__all__ = ["{exported[0]}"]\n'),
    ]
    before: Statement | None = None
    for one in statements:
        pieces += [_gap(before, one), text(one)]
        before = one
    if replacements:
        bound = "".join(
            f"    {name} = staticmethod({called(source('scalar').meanings[name])})\n" for name in replacements
        )
        pieces += ["\n", TWINS, bound]
    return "".join(pieces)


def needed(wanted: Iterable[Own]) -> list[Statement]:
    """The statements that define what is `wanted` and all that these refer to, each before it is used."""
    found: dict[Statement, None] = {}
    todo: list[Meaning] = list(wanted)
    while todo:
        meaning = todo.pop()
        if isinstance(meaning, Foreign):
            continue
        module = source(meaning.module)
        known = module.meanings[meaning.name]
        if known != meaning:
            todo.append(known)
            continue
        one = next(s for s in module.statements if meaning.name in s.names)
        if one not in found:
            found[one] = None
            todo += [use.meaning for use in one.uses]
    order = {name: place for place, name in enumerate(_order())}
    return sorted(found, key=lambda one: (order[one.module], one.rows))


def text(statement: Statement) -> str:
    """A statement with the comment above it, in the names of the one module."""
    lines = list(source(statement.module).lines)
    first, last = statement.rows
    edits = [(use.row, use.start, use.end, called(use.meaning)) for use in statement.uses]
    edits += _own_names(statement, lines)
    for row, start, end, new in sorted(set(edits), reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:start] + new.encode() + line[end:]
    left = set(_inner_words(statement, lines))
    return (
        b"\n".join(line for row, line in enumerate(lines[first - 1 : last], first) if row not in left).decode() + "\n"
    )


def _inner_words(statement: Statement, lines: list[bytes]) -> Iterator[int]:
    """The rows of what is said of functions that only others here call; the runtime itself has all of it."""
    exported = {meaning for meaning in public().values() if meaning.module != "scalar"}
    for node in ast.walk(statement.node):
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)) or ast.get_docstring(node) is None:
            continue
        said, *others = node.body
        if others and Own(statement.module, node.name) not in exported:
            assert said.end_lineno is not None
            # Also the empty line in front of the first method.
            empty = 1 if not lines[said.end_lineno].strip() else 0
            yield from range(said.lineno, said.end_lineno + 1 + empty)


def called(meaning: Meaning) -> str:
    """What a name of the runtime is called in the one module."""
    if isinstance(meaning, Foreign):
        taken = meaning.name is not None and meaning.local in public()
        return f"{meaning.package.replace('.', '_')}_{meaning.local}" if taken else meaning.local
    meaning = _defining(meaning)
    if isinstance(meaning, Foreign):
        return called(meaning)
    module, name = meaning
    if meaning in public().values() and module != "scalar":
        return name
    if module in _spaces() or name in _ambiguous():
        return f"{module.upper() if name.isupper() else module}_{name}"
    return name


@cache
def _modules() -> tuple[Source, ...]:
    # The compiled and the precise functions are asked for by name, and no fix does.
    apart = {"precise", "fast"}
    names = sorted(path.stem for path in FOLDER.glob("*.py"))
    return tuple(source(name) for name in names if name not in apart and not name.startswith(("_", "jit")))


@cache
def _spaces() -> frozenset[str]:
    """Modules whose functions are called through them: they keep that name in front."""
    asked = {m.module for s in _modules() for m in s.meanings.values() if isinstance(m, Own) and not m.name}
    return frozenset({*asked, "scalar"})


@cache
def _ambiguous() -> frozenset[str]:
    """Names that several modules define, or that mean something else as well."""
    count = Counter(name for module in _modules() for one in module.statements for name in one.names)
    foreign = {m.local for s in _modules() for m in s.meanings.values() if isinstance(m, Foreign)}
    return frozenset({name for name, number in count.items() if number > 1} | foreign | {"scalar"})


@cache
def _order() -> tuple[str, ...]:
    """The modules, each behind those that it imports."""
    found: dict[str, None] = {}

    def visit(module: Source) -> None:
        for meaning in module.meanings.values():
            if isinstance(meaning, Own) and meaning.module not in (module.name, *found):
                visit(source(meaning.module))
        found[module.name] = None

    for module in _modules():
        visit(module)
    return tuple(found)


def _defining(meaning: Own) -> Meaning:
    """The module that defines what another one hands on."""
    known = source(meaning.module).meanings[meaning.name]
    return known if known == meaning or isinstance(known, Foreign) else _defining(known)


def _own_names(statement: Statement, lines: list[bytes]) -> Iterator[tuple[int, int, int, str]]:
    """Where a statement gives its own names, and what they become."""
    node = statement.node
    names = {name: called(Own(statement.module, name)) for name in statement.names}
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        found = re.match(rb"(?:def|class) +(\w+)", lines[node.lineno - 1])
        assert found
        yield node.lineno, found.start(1), found.end(1), names[node.name]
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        value = node.value
        if isinstance(value, ast.Call) and value.args and isinstance(value.args[0], ast.Constant):
            first = value.args[0]
            if first.value in names:
                # A type variable is told its own name.
                yield first.lineno, first.col_offset, first.end_col_offset or 0, f'"{names[str(first.value)]}"'


def _gap(before: Statement | None, one: Statement) -> str:
    """The empty lines in front of a statement."""
    plain = (ast.Assign, ast.AnnAssign)
    if before is not None and isinstance(before.node, plain) and isinstance(one.node, plain):
        return "" if (before.module, before.rows[1] + 1) == (one.module, one.rows[0]) else "\n"
    return "\n"


def _imports(found: Iterable[Foreign]) -> Iterator[str]:
    """The lines that import what is needed from elsewhere: Python's own first."""
    foreign = sorted(set(found), key=lambda one: (one.package, one.name or ""))
    for third in (False, True):
        block = [one for one in foreign if (one.package.split(".")[0] == "numpy") is third]
        lines = [
            f"import {one.package}" + (f" as {one.local}" if one.local != one.package else "")
            for one in block
            if one.name is None
        ]
        for package in sorted({one.package for one in block if one.name is not None}):
            inside = [one for one in block if one.package == package and one.name is not None]
            plain = sorted((str(one.name) for one in inside if called(one) == one.name), key=_rank)
            lines += [f"from {package} import {', '.join(plain)}"] if plain else []
            lines += [f"from {package} import {one.name} as {called(one)}" for one in inside if called(one) != one.name]
        if lines:
            yield "\n" + "\n".join(lines) + "\n"


def _rank(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
