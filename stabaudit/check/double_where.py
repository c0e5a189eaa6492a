"""Steps in a branch that `where` does not take and that spoil its gradient, and the *double where* that cures them.

A step is one of the rules' whose form is blamed for its gradient. What it is given is replaced with something harmless
wherever its branch is not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from stabaudit.catalogue.rule import Form, Rule
from stabaudit.check.code import Code
from stabaudit.check.gradients_asked import GradientsAsked
from stabaudit.check.guards import relevant
from stabaudit.check.judged import Judged
from stabaudit.check.library import home_of
from stabaudit.check.reported import Reported
from stabaudit.check.steps import Step, cured, place_in
from stabaudit.dialects import dialects
from stabaudit.lift.scope import Scope
from stabaudit.proof.question import Site, Verdict
from stabaudit.proof.stopping import stops
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Node, below
from stabaudit.terms import App, Term, applications

if TYPE_CHECKING:
    from stabaudit.check.detection import Detection

#: So many steps of a choice are looked at.
MOST_STEPS = 12
#: Choices with more parts are not looked at: one takes as many steps on hundreds of inputs for each way to cure it.
LARGEST = 150

#: Why a choice has no fix beside that of a formula in it.
MENDED_INSIDE = "mend first what is found inside of it"


class DoubleWhere:
    """The choices of one module that are blamed for their gradient."""

    def __init__(self, code: Code, asked: GradientsAsked, reported: Reported, rules: Sequence[Rule]) -> None:
        self._code = code
        self._asked = asked
        self._reported = reported
        #: The forms, and the operations by which they are known.
        self._forms, self.ops = _choosing(tuple(rules))

    def judge(self, choice: App, scope: Scope) -> Detection | None:
        """What is found of a choice, if its gradient is at fault."""
        if choice.op != "where" or not self._forms or choice.size > LARGEST or not _is_called_here(choice):
            return None
        home = home_of(choice, scope)
        if not home.differentiated:
            return None
        whole = self._reported.stabilised(choice)
        steps = [*self._steps(whole)]
        if not steps or len(steps) > MOST_STEPS or not self._asked.at(choice.node, home):
            return None
        ways = [[step] for step in steps] + ([steps] if len(steps) > 1 else [])
        site = Site(whole, guards=relevant(scope.guards, whole), differentiated=True)
        # Imported here: it needs NumPy, and what is known already does not.
        from stabaudit.proof import untaken

        tried = [untaken.Way([step.term for step in way], cured(whole, way)) for way in ways]
        blamed = untaken.judge(site, tried)
        if blamed is None:
            return None
        # Imported here, and LibCST with it: mostly nothing is found.
        from stabaudit.check.harmless_operands import detection

        way, verdict = ways[blamed.way], Verdict(blamed.witness, at=blamed.at)
        return detection(self._code.module, Judged(choice, site, scope, home), way, cured(choice, way), verdict)

    def besides(self, choice: App, scope: Scope) -> list[Detection]:
        """What is found of a choice in whose branch digits are lost: that mended, its gradient is lost as before."""
        hit = self.judge(choice, scope)
        return [] if hit is None else [hit._replace(text=None, withheld=MENDED_INSIDE)]

    def _steps(self, choice: Term) -> Iterator[Step]:
        """The steps in the branches that the condition may keep from their fault."""
        assert isinstance(choice, App)
        condition, *branches = choice.args
        for branch, first in zip(branches, (True, False), strict=True):
            for part in dict.fromkeys(applications(branch)):
                for rule, form in self._forms:
                    place = place_in(part, form)
                    if place is None or part.args[place].variables.isdisjoint(condition.variables):
                        continue
                    if not _is_stopped(part):
                        yield Step(rule, form, part, place, first)
                        break


@lru_cache(maxsize=4)
def _choosing(rules: tuple[Rule, ...]) -> tuple[Sequence[tuple[Rule, Form]], frozenset[str]]:
    """The forms that blame a choice for its gradient, and the operations of these and of others that ask of choices."""
    apart = [(rule, form) for rule in rules for form in rule.forms if form.is_apart]
    roots = {form.unstable.op for _, form in apart if isinstance(form.unstable, App)}
    return [pair for pair in apart if pair[1].is_choice], frozenset(roots & {"where"})


def _is_called_here(choice: App) -> bool:
    """Whether the choice itself is called at its place, not a helper that makes it; `a if c else b` is no call."""
    return isinstance(choice.node, Call) and called(choice.node) in _calls()


@cache
def _calls() -> frozenset[str]:
    """The last names of the functions and methods that choose."""
    tables = (
        table for dialect in dialects() if dialect.differentiated for table in (dialect.functions, dialect.methods)
    )
    return frozenset(
        p.rpartition(".")[2] for table in tables for p, spelling in table.items() if spelling.op == "where"
    )


def _is_stopped(part: App) -> bool:
    """Whether nothing flows back through a step, as something in it is detached."""
    return isinstance(part.node, Node) and any(map(stops, below(part.node)))
