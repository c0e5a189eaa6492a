"""Formulas in the branches of a `where` through which gradients flow: both branches are computed, whatever is taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stabaudit.check.code import Code
from stabaudit.check.gradient_modes import takes_gradients
from stabaudit.check.guards import relevant
from stabaudit.check.library import home_of
from stabaudit.check.reported import Reported
from stabaudit.lift.scope import Scope
from stabaudit.proof.question import Site, Verdict
from stabaudit.syntax.expressions import Choice
from stabaudit.syntax.node import Node
from stabaudit.terms import App, Const, Term, applications, placed, replaced
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import expand


class Choices:
    """The choices around the expression that is looked at, the innermost last."""

    def __init__(self, code: Code, reported: Reported) -> None:
        self._code = code
        self._reported = reported
        self._around: list[tuple[App, tuple[Term, ...]]] = []

    @contextmanager
    def within(self, term: App, scope: Scope) -> Iterator[None]:
        """What is looked at meanwhile stands in `term`, which counts if it is a choice that gradients flow through.

        Of `a if c else b` one branch alone is computed.
        """
        if term.op != "where" or isinstance(term.node, Choice) or not home_of(term, scope).differentiated:
            yield
            return
        self._around.append((term, scope.guards))
        yield
        self._around.pop()

    def judge(self, site: Site, valued: Term | None, term: App) -> tuple[Site, Verdict] | None:
        """The verdict on the innermost choice because of the formula `term` in it, if its gradient is at fault.

        `site` is the formula as it is proved, `valued` its rewrite.
        """
        if not self._around:
            return None
        choice, guards = self._around[-1]
        if choice.args[0].variables.isdisjoint(term.variables) or not _takes_gradients(self._code, choice):
            return None
        whole = self._reported.stabilised(choice)
        alone = site.term if term == choice else _alone(whole, site.term)
        if alone is None:
            return None
        around = site._replace(term=alone, inputs=(), guards=relevant(guards, whole))
        # Imported here: it needs NumPy, and what is known already does not.
        from stabaudit.proof import discarded

        verdict = discarded.judge(around, whole, None if valued is None else replaced(alone, site.term, valued))
        return None if verdict.witness is None else (around._replace(term=whole), verdict)


def _takes_gradients(code: Code, term: Term) -> bool:
    return not isinstance(term.node, Node) or takes_gradients(code.tree, term.node)


def _alone(choice: Term, part: Term) -> Term | None:
    """The choice with nothing in the branch in which `part` does not stand."""
    condition, yes, no = choice.args
    if any(one == part for one in applications(yes)):
        args: tuple[Term, ...] = (condition, yes, Const(0))
    elif any(one == part for one in applications(no)):
        args = (condition, Const(0), no)
    else:
        return None
    return App("where", args, (), choice.node)


def of_both(choice: App) -> Term | None:
    """The formula that both branches of a choice are, each in other words: `where(x > 0, 1/(1+exp(-x)), ...)`."""
    if choice.op != "where":
        return None
    _, yes, no = choice.args
    if "exp" not in yes.ops & no.ops or normal(expand(yes)) != normal(expand(no)):
        return None
    return placed(yes, choice.node)
