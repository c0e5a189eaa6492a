"""Where the stable functions of a fix come from: the runtime, a copy of it, SciPy, or the file's own library.

Code of a library that has stable functions of its own, such as torch, is always fixed with those.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from stabaudit.config.project import Project
from stabaudit.dialects import Dialect, dialect_of, named
from stabaudit.dialects.scipy import SINCE
from stabaudit.lift.scope import Scope
from stabaudit.records import Record
from stabaudit.terms import App, Const, Term, Var
from stabaudit.terms.arithmetic import ONE, ZERO
from stabaudit.terms.ops import expm1, log

RUNTIME = "stabaudit.runtime"
SPECIAL = "scipy.special"
#: What computes the same from operations that most libraries have.
OTHERWISE: dict[str, Callable[[Term], Term]] = {
    "softplus": lambda x: App("logaddexp", (Const(0), x)),
    "log1mexp": lambda x: log(-expm1(x)),
    "inverse_softplus": lambda x: x + log(-expm1(-x)),
    "logcosh": lambda x: App("logaddexp", (x, -x)) - log(2),
}
#: Libraries of arrays that know more than their numbers, and are plain arrays after a call of SciPy.
LABELLED = ("pandas", "polars", "xarray", "astropy", "pint", "unyt", "numpy.ma")


class Import(Record):
    """A module that a fix may have to import: the statement, less its last name, and what that may be called."""

    package: str
    name: str
    aliases: tuple[str, ...]

    @property
    def path(self) -> str:
        """The dotted path of the module."""
        return f"{self.package}.{self.name}" if self.package else self.name

    def statement(self, alias: str) -> str:
        """The line that brings the module in as `alias`."""
        start = f"from {self.package} import {self.name}" if self.package else f"import {self.name}"
        return start if alias == self.name else f"{start} as {alias}"


def module(project: Project, package: str) -> Import:
    """What fixes of NumPy and `math` code import to call functions of the runtime, or of SciPy."""
    if package == SPECIAL:
        return Import("scipy", "special", ("special", "scipy_special", "stable_special"))
    package, _, name = (project.vendored.module if project.vendored else RUNTIME).rpartition(".")
    # In order of liking; the first that the module does not use is taken.
    return Import(package, name, ("stable", "stable_runtime", "stabaudit_runtime"))


def offered(path: str) -> Import:
    """What makes the function at a dotted path available in a module that uses its library."""
    home = path.rpartition(".")[0]
    package, _, name = home.rpartition(".")
    top = home.partition(".")[0]
    whole = dialect_of(top)
    if not package or (whole and whole.imports_whole):
        return Import("", top, (_alias(top) or top, f"{top}_library"))
    return Import(package, name, (_alias(home) or f"{top}_{name}",))


def _alias(path: str) -> str | None:
    """What a module is usually called."""
    dialect = dialect_of(path)
    return dialect.aliases.get(path) if dialect else None


def library(home: Dialect, project: Project) -> Dialect:
    """Whose stable functions the fixes of code in the dialect `home` call."""
    if home.home not in ("runtime", "scalar"):
        return home
    if project.target == "native":
        return named("numpy") if home.home == "runtime" else home
    if project.target == "scipy":
        # Of single floats SciPy makes floats of NumPy, and it takes no iterators.
        return _scipy(project.scipy) if home.home == "runtime" else home
    if project.target == "imported" and home.home == "runtime":
        return _imported(project.scipy if project.has_special else ())
    return named(home.home)


@cache
def _imported(version: tuple[int, ...]) -> Dialect:
    """NumPy's own functions, SciPy's of that release if it is there, and those of the runtime else."""
    numpy = {path: s for path, s in _scipy(version or (0,)).functions.items() if path.startswith("numpy.")}
    theirs = dict(_scipy(version).functions) if version else numpy
    # `np.logaddexp(0, x)` is softplus.
    known = {"softplus", *(s.op for s in theirs.values())}
    rest = {path: s for path, s in named("runtime").functions.items() if s.op not in known}
    return named("runtime")._replace(name="the file", functions=theirs | rest)


@cache
def _scipy(version: tuple[int, ...]) -> Dialect:
    """The stable functions of SciPy in that release, with what its NumPy has."""
    special = {
        path: spelling
        for path, spelling in named("scipy").functions.items()
        if path.startswith(f"{SPECIAL}.") and SINCE.get(path.rpartition(".")[2], (0,)) <= version
    }
    known = {**special, "numpy.logaddexp": named("numpy").functions["numpy.logaddexp"]}
    return named("scipy")._replace(name=f"SciPy {'.'.join(map(str, version))}", functions=known)


def spoken(replacement: Term, home: Dialect, project: Project) -> Term:
    """`replacement` with what the target lacks said otherwise, where it can be."""
    if not isinstance(replacement, App):
        return replacement
    operands = tuple(spoken(operand, home, project) for operand in replacement.args)
    if replacement.op == "log" and operands == (ONE,):
        return ZERO
    theirs = library(home, project)
    if (
        replacement.op == "logaddexp"
        and ZERO in operands
        and not (theirs.takes_numbers and theirs.spellings_of(replacement.op))
    ):
        return App("softplus", tuple(operand for operand in operands if operand != ZERO))
    if replacement.op in OTHERWISE and not theirs.spellings_of(replacement.op):
        other = OTHERWISE[replacement.op](*operands)
        if all(_can_say(op, theirs) for op in OTHERWISE[replacement.op](*map(_blank, operands)).ops):
            return other
    return (
        App(replacement.op, operands, replacement.attrs, replacement.origin, replacement.library)
        if operands != replacement.args
        else replacement
    )


def _blank(operand: Term) -> Term:
    return Var("x")


def _can_say(op: str, home: Dialect) -> bool:
    """Whether a library has an operation, or writes it with an operator."""
    return op in ("add", "sub", "neg") or bool(home.spellings_of(op))


def lacking(path: str, project: Project) -> str | None:
    """Why the function at a dotted path cannot be called, if the project has a copy of the runtime without it."""
    if project.vendored is None or not path.startswith(f"{RUNTIME}."):
        return None
    name = path.removeprefix(f"{RUNTIME}.")
    if project.vendored.has(name):
        return None
    return f"`{project.vendored.module}` has no `{name}`; `stabaudit vendor` adds it"


def caution(paths: set[str], scope: Scope) -> str | None:
    """Why calls of the functions at `paths` may give another type than the formula did."""
    plain = [path for path in sorted(paths) if path.startswith(f"{SPECIAL}.") and path not in UFUNCS]
    if not plain:
        return None
    used = sorted(
        library for library in LABELLED if any(f"{path}.".startswith(f"{library}.") for path in scope.modules.values())
    )
    return f"`{plain[0]}` gives plain arrays, and this module uses {used[0]}" if used else None


#: Functions that hand on to the type of their argument.
UFUNCS = frozenset(f"{SPECIAL}.{name}" for name in ("expit", "log_expit", "softplus", "expm1", "log1p", "exp2"))
