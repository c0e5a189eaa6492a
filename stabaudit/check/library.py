"""The library that an expression is written for."""

from __future__ import annotations

from stabaudit.dialects import Dialect, named
from stabaudit.lift.scope import Scope
from stabaudit.syntax.expressions import Call
from stabaudit.terms import App, Term, applications


def home_of(term: Term, scope: Scope) -> Dialect:
    """The library an expression is written for."""
    found = {t.library for t in applications(term) if t.library is not None and not _is_constant(t)}
    if not found:
        # A power of `math.e` may be that of an array, where there are arrays.
        arrays = any(path.partition(".")[0] == "numpy" for path in scope.modules.values())
        constants = {t.library for t in applications(term) if t.library is not None}
        found = {"numpy" if library == "math" and arrays else library for library in constants}
    return max((named(n) for n in found), key=lambda d: (d.precedence, d.name), default=named("builtins"))


def _is_constant(term: App) -> bool:
    """Whether it is a number by name, `math.e`."""
    return not term.variables and not isinstance(term.node, Call)
