"""What a function computes, as a formula in its parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stabaudit.catalogue.active import telling as telling_operations
from stabaudit.records import Record
from stabaudit.syntax.node import Expression
from stabaudit.terms import App, Term, Var, substitute, without_origin
from stabaudit.terms.match import LOGARITHMS
from stabaudit.terms.ops import expand


class Formula(Record):
    """What a function computes, in the variables that stand for its parameters and in `free` ones.

    `located` is the same term with each part where it stands in the function. `local` are the names that the function
    binds. `acts`: a call does more than compute that value, so it must stay a call.
    """

    parameters: tuple[str, ...]
    variables: tuple[Var, ...]
    defaults: dict[str, Expression]
    term: Term
    located: Term
    local: frozenset[str] = frozenset()
    acts: bool = False

    @property
    def telling(self) -> bool:
        """Whether there is an exponential or a logarithm in it, so that it is judged where it is defined."""
        return not telling_operations().isdisjoint(expand(self.term).ops)

    @property
    def free(self) -> frozenset[Var]:
        """What it reads beside its parameters: attributes of `self`, names around it, calls that are not understood."""
        return self.term.variables.difference(self.variables)

    @property
    def takes_logarithms(self) -> bool:
        """Whether it takes a logarithm of something that its caller may have made."""
        return not LOGARITHMS.isdisjoint(self.term.ops)

    def of_arrays(self) -> Formula:
        """The same formula of arrays: the functions of Python's own library in it are NumPy's."""
        return self._replace(term=_of_arrays(self.term), located=_of_arrays(self.located))

    def applied_in_place(self, arguments: Sequence[Term]) -> Term:
        """The formula with its parts where they stand in the function, and arguments that stand nowhere."""
        return substitute(self.located, dict(zip(self.variables, map(without_origin, arguments), strict=True)))

    def applied(self, arguments: dict[str, Term], read: Callable[[Var], Term]) -> Term:
        """The formula with the parameters replaced; `read` gives what a free variable is to the caller."""
        bindings = {v: arguments[n] for n, v in zip(self.parameters, self.variables, strict=False)}
        return substitute(self.term, bindings | {v: read(v) for v in self.free})


def _of_arrays(term: Term) -> Term:
    if not isinstance(term, App):
        return term
    library = "numpy" if term.library == "math" else term.library
    return App(term.op, tuple(map(_of_arrays, term.args)), term.attrs, term.node, library)
