"""From a match to a rewrite: the new text, whether it may be applied by itself, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

import libcst as cst

from stabaudit.config.project import Project
from stabaudit.dialects import Dialect, dialect_of, named
from stabaudit.fix.aliases import is_alias
from stabaudit.fix.code_text import bare_source
from stabaudit.fix.evidence import Evidence
from stabaudit.fix.imports import optional, packages
from stabaudit.fix.not_renderable import NotRenderable
from stabaudit.fix.render import Renderer
from stabaudit.fix.target import RUNTIME, SPECIAL, Import, caution, lacking, library, module, offered
from stabaudit.fix.text import Text
from stabaudit.fix.user_text import Own, said_apart
from stabaudit.lift.scope import Scope
from stabaudit.records import Record
from stabaudit.syntax.dotted import dotted
from stabaudit.syntax.expressions import Call, Lambda
from stabaudit.syntax.node import below
from stabaudit.syntax.reads import first_names
from stabaudit.syntax.statements import Module
from stabaudit.terms import App, Lit, Term, Var, applications

#: Logarithms that are exact at the powers of their base.
EXACT = {"log2": 2, "log10": 10}


class Proposal(Record):
    """The text that replaces the expression, the imports it `needs`, and why it may change a type.

    `own`: it calls nothing but what the library of the expression has itself. `called` are the dotted paths of the
    functions that it calls for the formula, `said` the names of those that the formula calls.
    """

    text: Text
    needs: tuple[str, ...]
    own: bool
    unsafe: str | None = None
    called: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()


class Place(Record):
    """Where an expression stands: its term, its module as a syntax tree and as LibCST's, and what names mean there.

    `free` gives the first of some names that means nothing in the file, or one like it; `means` tells whether a name
    is bound to what stands at a dotted path, for sure. With `earlier`, the scope is that of statements before the
    expression, which go with it. `takes_from` tells whether the file takes names from a module at its top,
    `evidence` what it says of types.
    """

    term: Term
    tree: Module
    module: cst.Module
    scope: Scope
    home: Dialect
    project: Project
    free: Callable[[tuple[str, ...]], str]
    means: Callable[[str, str], bool]
    takes_from: Callable[[str], bool]
    evidence: Evidence
    earlier: bool = False


def propose(place: Place, replacement: Term, *, promotes: bool = False) -> Proposal:
    """The rewrite of the expression at `place` as `replacement`; raises `NotRenderable` with the reason.

    With `promotes`, elementary functions have to make floats of integers.
    """
    if place.home.home == "nowhere":
        hint = "; `array-modules` in the configuration can name it" if place.home.name == "arrays" else ""
        raise NotRenderable(f"unrecognised array library{hint}")
    if (other := _other_library(place)) is not None:
        raise NotRenderable(f"its methods may belong to {other}")
    _same_calls(place.term, replacement)
    if "log1p" in replacement.ops and (bases := place.term.ops & EXACT.keys()):
        base = min(bases)
        raise NotRenderable(f"`{base}` is exact at powers of {EXACT[base]}, and a quotient of logarithms is not")
    if not place.home.takes_numbers and (number := _made_of_a_number(place)):
        raise NotRenderable(f"`{number}` is a Python number, which the library does not accept everywhere")
    needs: set[str] = set()
    called: set[str] = set()
    # What the formula says itself is there, be it imported in an `if`.
    said = first_names(part.node for part in applications(place.term) if part.node is not None)
    there = {*said, *optional(place.tree, said)}
    bound = {
        n: p
        for n, p in place.scope.modules.items()
        if n.partition(".")[0] in there or place.means(n.partition(".")[0], p)
    }

    def name(path: str) -> str:
        if (reason := lacking(path, place.project)) is not None:
            raise NotRenderable(reason)
        local = _local_name(path, bound)
        if local is not None:
            called.add(path)
            return local
        for package in (RUNTIME, SPECIAL):
            if path.startswith(f"{package}."):
                return by_name(path) or imported(module(place.project, package), path, package)
        raise NotRenderable(f"`{path}` is not imported in this file")

    def by_name(path: str) -> str | None:
        taken = _taken_by_name(path, place)
        if taken is None:
            return None
        called.add(path)
        needs.add(taken)
        return path.rpartition(".")[2]

    def bring(path: str) -> str:
        if (said := by_name(path)) is not None:
            return said
        home = path.partition(".")[0]
        dialect = dialect_of(path)
        needed = {home, dialect.needs} if dialect and dialect.needs else {home}
        if home != "math" and not needed <= packages(place.tree):
            raise NotRenderable(f"`{path}` is not imported in this file")
        return imported(offer := offered(path), path, offer.path)

    def imported(there: Import, path: str, package: str) -> str:
        called.add(path)
        alias = place.free(there.aliases)
        needs.add(there.statement(alias))
        return f"{alias}.{path.removeprefix(f'{package}.')}"

    stable = library(place.home, place.project)
    theirs = named("numpy") if place.home.name == "scipy" else place.home
    text = Renderer(
        Own(place.term, place.module, place.scope, earlier=place.earlier, is_array=place.evidence.is_made),
        theirs,
        stable,
        name,
        bring,
        promotes,
    ).render(replacement)
    for call in _acting_calls(place):
        if text.source.count(call) != 1:
            raise NotRenderable(f"`{call}` may have side effects, so its call must stay")
    own = not any(path.startswith((f"{RUNTIME}.", f"{SPECIAL}.")) for path in called)
    calls = (part.steps.func for part in applications(place.term) if isinstance(part.steps, Call))
    helpers = _helpers(place.term)
    spoken = helpers | said | {path for call in calls if (path := dotted(call)) is not None}
    functions = frozenset(n for n in spoken if n.partition(".")[0] in place.scope.modules or n in helpers)
    unsafe = caution(called, place.scope) or (_made_required(place, said) if needs else None)
    return Proposal(text, tuple(sorted(needs)), own, unsafe, frozenset(called), functions)


def _made_required(place: Place, said: Collection[str]) -> str | None:
    """Why a fix is not safe that imports something where the file does without the library of the formula."""
    missing = sorted(optional(place.tree, said) & set(said))
    if not missing:
        return None
    library = place.scope.modules.get(missing[0], missing[0]).partition(".")[0]
    return f"`{library}` is optional in this file, and the fix would require it"


def _helpers(term: Term) -> set[str]:
    """The names of the module's own functions that a formula was read through, in a lambda that is called at once, too.

    Of that lambda only the value is known.
    """
    found: set[str | None] = set()
    for part in applications(term):
        call = part.steps
        if isinstance(call, Call) and part.op == "call":
            found.add(dotted(call.func))
        if isinstance(call, Call) and isinstance(call.func, Lambda):
            found |= {dotted(node.func) for node in below(call.func) if isinstance(node, Call)}
    return {path for path in found if path is not None}


#: Libraries whose values have an `exp` and a `log`, as tensors have.
WITH_METHODS = ("polars", "sympy", "mpmath", "paddle", "mxnet")


def _other_library(place: Place) -> str | None:
    """A library of the file that may have the methods of a formula in which no function of its library is called."""
    imported = {path.partition(".")[0] for path in place.scope.modules.values()}
    others = [name for name in WITH_METHODS if name in imported]
    if not others or place.home.name in ("numpy", "math"):
        return None
    for part in applications(place.term):
        if part.library == place.home.name and isinstance(part.steps, Call):
            root = (dotted(part.steps.func) or "").partition(".")[0]
            if place.scope.modules.get(root, "").partition(".")[0] in place.home.packages:
                return None
    return others[0]


def _taken_by_name(path: str, place: Place) -> str | None:
    """The import of a function from a module of which the file takes its functions by name; its name is free."""
    home, _, name = path.rpartition(".")
    if not place.takes_from(home) or place.free((name,)) != name:
        return None
    return f"from {home} import {name}"


def _made_of_a_number(place: Place) -> str | None:
    """An exponential or logarithm of another library in a formula of tensors: `math.exp(a)`."""
    for part in applications(place.term):
        foreign = part.library not in (None, place.home.name) and part.library in ("math", "numpy")
        if foreign and part.variables and isinstance(part.origin, cst.Call):
            return bare_source(place.module, part.origin.func)
    return None


def _same_calls(before: Term, after: Term) -> None:
    for variable in sorted(before.variables, key=lambda v: v.key):
        if not any(n == "#" for n, _ in variable.stamp) or not (calls := _calls(before, variable)):
            continue
        if _count(after, variable) != calls:
            raise NotRenderable(f"`{' '.join(variable.name.split())}` would be called a different number of times")


def _calls(term: Term, variable: Var) -> int:
    """How often what a call gives is called for where a term stands; what has a name was called for before."""
    if is_alias(term):
        return 0
    if term == variable:
        return 0 if isinstance(term.origin, cst.Name) and term.origin.value != variable.name else 1
    return sum(_calls(operand, variable) for operand in term.args)


def _count(term: Term, part: Term) -> int:
    return 1 if term == part else sum(_count(operand, part) for operand in term.args)


def _acting_calls(place: Place) -> Iterator[str]:
    """The calls that are written in the expression itself and do more than compute a value."""
    for part in said_apart(place.term):
        call = part.term
        if part.here and isinstance(call, App) and call.op == "call" and call.attr("acts") == Lit(True):
            assert isinstance(call.origin, cst.BaseExpression)
            yield bare_source(place.module, call.origin)


def _local_name(path: str, modules: Mapping[str, str]) -> str | None:
    """The shortest way to say a dotted path with the names that are bound."""
    ways = []
    for local, bound in modules.items():
        if path == bound:
            ways.append(local)
        elif path.startswith(f"{bound}."):
            ways.append(f"{local}.{path.removeprefix(f'{bound}.')}")
    if path.startswith("builtins."):
        ways.append(path.removeprefix("builtins."))
    return min(ways, key=len, default=None)
