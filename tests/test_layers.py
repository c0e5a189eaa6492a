"""Imports point one way: docs/architecture.md says which, this holds it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import stabaudit

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "stabaudit"

# Lowest first. A part imports what stands on lines above its own, and the parts of its own group `(...)`.
LAYERS = """
    records runtime
    terms findings
    source dialects
    catalogue syntax
    sieve config concrete history
    lift proof
    fix
    check suppress
    engine
    report vendoring
    api shipping
    (cli codemod server __main__)
    watch
"""
# Who may use what is not ours.
FOREIGN = {
    "numpy": {"runtime", "proof"},
    "mpmath": {"proof"},
    "libcst": {"syntax", "concrete", "fix", "check", "codemod"},
    # What editors speak.
    "pygls": {"server"},
    "lsprotocol": {"server"},
    # Whose tests are watched.
    "pytest": {"watch"},
    "_pytest": {"watch"},
    # Compiled loops, on request alone.
    "numba": {"runtime"},
    "llvmlite": {"runtime"},
    # The one stands in for the other on Python 3.10.
    "tomli": {"config"},
    "tomllib": {"config"},
    # Only what writes a configuration needs more than the standard library.
    "tomlkit": {"vendoring"},
}


def groups() -> Iterator[tuple[int, set[str]]]:
    """The layer and the members of every group; a part on its own is a group of one."""
    for layer, line in enumerate(LAYERS.split("\n")):
        line = line.strip()
        if line.startswith("("):
            yield layer, set(line.strip("()").split())
        else:
            yield from ((layer, {part}) for part in line.split())


LAYER = {part: layer for layer, parts in groups() for part in parts}
GROUP = {part: parts for _, parts in groups() for part in parts}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__")


#: The modules by their dotted names, the packages among them.
DOTTED = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def part_of(path: Path) -> str:
    """The part of the package that a module belongs to: its folder, or itself."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


class ForTypes(ast.NodeTransformer):
    """Takes away what only a type checker imports."""

    def visit_If(self, node: ast.If) -> ast.If | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else node


def modules_imported(path: Path) -> Iterator[str]:
    """The modules of the package that a module imports anywhere in it when it runs, inside functions as well."""
    for node in ast.walk(ForTypes().visit(ast.parse(path.read_bytes()))):
        if isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from names & DOTTED.keys() or {f"{node.module}"} & DOTTED.keys()
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & DOTTED.keys()


def parts_imported(path: Path) -> set[str]:
    """The parts of the package that a module imports."""
    dotted = (name.split(".") for name in imports(path))
    # The package itself holds its version and nothing more.
    return {name[1] for name in dotted if name[0] == "stabaudit" and name[1] != "__version__"}


def test_every_part_of_the_package_has_a_layer():
    assert {part_of(path) for path in MODULES} == set(LAYER)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_is_below_it(path: Path):
    part = part_of(path)
    above = {other for other in parts_imported(path) - GROUP[part] if LAYER[other] >= LAYER[part]}
    assert not above


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_uses_only_the_libraries_of_its_part(path: Path):
    used = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"stabaudit"}
    assert used <= {library for library, parts in FOREIGN.items() if part_of(path) in parts}


def test_the_package_itself_imports_nothing_but_its_functions():
    used = set(imports(PACKAGE / "__init__.py")) - {"typing.TYPE_CHECKING", "stabaudit.api"}
    assert used == {f"stabaudit.api.{name}" for name in stabaudit.__all__}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_declares_records_and_no_named_tuples(path: Path):
    assert part_of(path) in {"records", "runtime"} or "typing.NamedTuple" not in imports(path)


def test_no_module_imports_itself_through_others():
    # It raises a `CycleError` that names them.
    TopologicalSorter({name: {*modules_imported(path)} for name, path in DOTTED.items()}).prepare()


@pytest.mark.parametrize("path", sorted((ROOT / "rules").glob("*.py")), ids=lambda path: path.stem)
def test_a_rule_imports_only_the_vocabulary(path: Path):
    used = {name.rpartition(".")[0] for name in imports(path)}
    assert used <= {"stabaudit.terms.ops", "stabaudit.catalogue.rule", "stabaudit.terms", "typing"}


def test_the_runtime_loads_numpy_and_nothing_else():
    program = (
        "import sys, numpy; before = set(sys.modules); import stabaudit.runtime;"
        "print(*sorted({m for m in set(sys.modules) - before"
        " if m.split('.')[0] not in sys.stdlib_module_names | {'numpy'}}))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert loaded[0] == "stabaudit"
    assert all(name.startswith("stabaudit.runtime") for name in loaded[1:])
