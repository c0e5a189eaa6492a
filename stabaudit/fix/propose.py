"""From a match to a rewrite: the new text, whether it may be applied by itself, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

import libcst as cst

from stabaudit.dialects import Dialect, named
from stabaudit.fix.imports import packages
from stabaudit.fix.render import ATOM, LOOSE, POWER, PRODUCT, SIGN, SUM, NotRenderable, Renderer, Text
from stabaudit.fix.target import BEHIND, RUNTIME, SPECIAL, Import, caution, lacking, library, module, offered
from stabaudit.lift.literals import column
from stabaudit.lift.names import dotted, names_in
from stabaudit.lift.scope import Scope
from stabaudit.ops import expand
from stabaudit.project import Project
from stabaudit.terms import App, Const, Term, Var, applications, children
from stabaudit.terms.arithmetic import scale
from stabaudit.terms.normal import normal

STRENGTH_OF: dict[type[cst.CSTNode], int] = {
    cst.Add: SUM,
    cst.Subtract: SUM,
    cst.Multiply: PRODUCT,
    cst.Divide: PRODUCT,
    cst.Power: POWER,
}


#: Python's own types of numbers.
TYPES = frozenset({"int", "float", "bool", "complex"})


class Proposal(NamedTuple):
    """The text that replaces the expression, the import it `needs`, and why it may change a type.

    `own`: it calls nothing but what the library of the expression has itself.
    """

    text: Text
    needs: str | None
    own: bool
    unsafe: str | None = None


class Place(NamedTuple):
    """Where an expression stands: its term, its module, and what names mean there.

    `free` gives the first of some names that means nothing in the file, or one like it; `means` tells whether a name
    is bound to what stands at a dotted path, for sure.
    """

    term: Term
    module: cst.Module
    scope: Scope
    home: Dialect
    project: Project
    free: Callable[[tuple[str, ...]], str]
    means: Callable[[str, str], bool]


def propose(place: Place, twin: Term) -> Proposal:
    """The rewrite of the expression at `place` as `twin`; raises `NotRenderable` with the reason."""
    if place.home.home == "nowhere":
        hint = "; `array-modules` in the configuration can name it" if place.home.name == "arrays" else ""
        raise NotRenderable(f"the library it is written for is not known well enough{hint}")
    _same_calls(place.term, twin)
    if not place.home.takes_numbers and (number := _made_of_a_number(place)):
        raise NotRenderable(f"`{number}` gives a number, which the library does not take everywhere")
    needs: set[str] = set()
    called: set[str] = set()
    # What the formula says itself is there, be it imported in an `if`.
    origins = (part.origin for part in applications(place.term))
    said = frozenset[str]().union(*(names_in(origin) for origin in origins if isinstance(origin, cst.CSTNode)))
    bound = {
        n: p
        for n, p in place.scope.modules.items()
        if n.partition(".")[0] in said or place.means(n.partition(".")[0], p)
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
                return imported(module(place.project), path, package)
        raise NotRenderable(f"`{path}` is not imported under a name here")

    def bring(path: str) -> str:
        home = path.partition(".")[0]
        if home != "math" and not {home, BEHIND.get(home, home)} <= packages(place.module):
            raise NotRenderable(f"`{path}` is not imported under a name here")
        return imported(offer := offered(path), path, offer.path)

    def imported(there: Import, path: str, package: str) -> str:
        called.add(path)
        alias = place.free(there.aliases)
        needs.add(there.statement(alias))
        return f"{alias}.{path.removeprefix(f'{package}.')}"

    stable = library(place.home, place.project)
    theirs = named("numpy") if place.home.name == "scipy" else place.home
    text = Renderer(_own_words(place), lambda v: _still_said(v, place.scope), theirs, stable, name, bring).render(twin)
    if len(needs) > 1:
        raise NotRenderable(f"it would need {len(needs)} imports")
    own = not any(path.startswith((f"{RUNTIME}.", f"{SPECIAL}.")) for path in called)
    return Proposal(text, needs.pop() if needs else None, own, caution(called, place.scope))


def _made_of_a_number(place: Place) -> str | None:
    """An exponential or logarithm of another library in a formula of tensors: `math.exp(a)`."""
    for part in applications(place.term):
        foreign = part.library not in (None, place.home.name) and part.library in ("math", "numpy")
        if foreign and part.variables and isinstance(part.origin, cst.Call):
            return bare_source(place.module, part.origin.func)
    return None


def bare_source(module: cst.Module, node: cst.BaseExpression) -> str:
    """The source of an expression without the parentheses around it, as far as it can stand without."""
    if not isinstance(node, (cst.Tuple, cst.GeneratorExp, cst.Yield, cst.NamedExpr)):
        node = node.with_changes(lpar=(), rpar=())
    return module.code_for_node(node)


def strength(node: cst.BaseExpression) -> int:
    """How tightly the outermost operator of an expression binds."""
    match node:
        case cst.BinaryOperation():
            return STRENGTH_OF.get(type(node.operator), LOOSE)
        case cst.UnaryOperation():
            return LOOSE if isinstance(node.operator, cst.Not) else SIGN
        case cst.Name() | cst.Attribute() | cst.Call() | cst.Subscript() | cst.Integer() | cst.Float() | cst.List():
            return ATOM
        case cst.Tuple() if node.lpar:
            return ATOM
    return LOOSE


def negated(module: cst.Module, node: cst.BaseExpression) -> Text | None:
    """The negative of an expression in its own words: `b - a` for `a - b`, `x / s` for `-x / s`."""
    match node:
        case cst.UnaryOperation(operator=cst.Minus()):
            return Text(bare_source(module, node.expression), strength(node.expression))
        case cst.BinaryOperation(operator=cst.Subtract()):
            left, right = (Text(bare_source(module, n), strength(n)) for n in (node.left, node.right))
            return Text(f"{right.within(SUM)} - {left.within(PRODUCT)}", SUM)
        case cst.BinaryOperation(operator=cst.Multiply() | cst.Divide() as operator):
            inner = negated(module, node.left)
            if inner is None:
                return None
            sign = module.code_for_node(operator)
            return Text(f"{inner.within(PRODUCT)}{sign}{module.code_for_node(node.right)}", PRODUCT)
    return None


def _own_words(place: Place) -> Mapping[Term, Text]:
    """The user's text for every part of the expression that can be said at its place."""
    known: dict[Term, Text] = {}
    negatives: dict[Term, Text] = {}

    for term, key, here in _said_apart(place.term):
        origin = term.origin
        if isinstance(origin, cst.BaseExpression) and (here or _still_means(origin, term, place.scope)):
            bare = bare_source(place.module, origin)
            if "#" not in bare:
                text = Text(bare, strength(origin), open_ended="\n" in bare and not _is_closed(origin))
                if key not in known or len(text.source) < len(known[key].source):
                    known[key] = text
                opposite = negated(place.module, origin)
                if opposite is not None and "\n" not in opposite.source:
                    negatives.setdefault(scale(Fraction(-1), key), opposite)
    return negatives | known


def _said_apart(term: Term, above: Term | None = None, *, here: bool = True) -> Iterator[tuple[Term, Term, bool]]:
    """The parts of a term, each with its normal form and whether it is written `here`, not under a name."""
    key = normal(expand(term))
    if isinstance(key, Const) and isinstance(term.origin, cst.Tuple):
        # An axis that is written `(0,)` is no number.
        return
    # Of `x.astype(int)` and the `x` in it only the former is what is computed with.
    if key != above:
        yield term, key, here
    for child in children(term):
        yield from _said_apart(child, key, here=here and not is_alias(term))


def is_alias(term: Term) -> bool:
    """Whether a term stands under a name, its steps being in earlier statements."""
    origin = term.origin
    if isinstance(origin, cst.Attribute):
        return isinstance(term, App) and term.op not in ("same", "transpose", "max", "min")
    if isinstance(origin, cst.Subscript):
        return isinstance(term, App) and column(origin) is not None
    return isinstance(origin, cst.Name)


def _is_closed(node: cst.BaseExpression) -> bool:
    return isinstance(node, (cst.Call, cst.List, cst.Subscript))


def _still_said(term: Term, scope: Scope) -> bool:
    """Whether text from an earlier statement means the same here: no name in it changed, no call in it is repeated."""
    return all(scope.is_current(v) and not any(n == "#" for n, _ in v.stamp) for v in term.variables)


def _still_means(origin: cst.BaseExpression, term: Term, scope: Scope) -> bool:
    """Whether the text of an earlier statement means the same here: its names are those of unchanged variables."""
    if not _still_said(term, scope):
        return False
    unchanged = {name for variable in term.variables for name, _ in variable.stamp}
    if isinstance(origin, cst.Name):
        return origin.value in unchanged or scope.facts.get(origin.value) == term
    names = names_in(origin)
    if isinstance(origin, cst.Call) and isinstance(term, App) and term.op == "same":
        # The method of a conversion, `x.astype`, is that of an unchanged x.
        names.discard(dotted(origin.func) or "")
        names -= TYPES - scope.versions.keys()
    # What is said of a module, `math.pi`, is so as long as the module is.
    return all(name in unchanged or name.partition(".")[0] in scope.modules for name in names)


def _same_calls(before: Term, after: Term) -> None:
    for variable in before.variables:
        if any(n == "#" for n, _ in variable.stamp) and _count(after, variable) != _count(before, variable):
            raise NotRenderable(f"`{' '.join(variable.name.split())}` would not be called as often as before")


def _count(term: Term, variable: Var) -> int:
    return 1 if term == variable else sum(_count(operand, variable) for operand in term.args)


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


__all__ = ["NotRenderable", "Place", "Proposal", "is_alias", "propose", "strength"]
