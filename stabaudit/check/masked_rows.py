"""A softmax of what a mask sets to -inf, in a function that does not ask whether all of a row is masked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from stabaudit.catalogue.rule import Form, Rule
from stabaudit.check.candidates import Candidate
from stabaudit.check.code import Code
from stabaudit.check.library import home_of
from stabaudit.check.masks import FILLING, mask_before
from stabaudit.lift.literals import number
from stabaudit.lift.scope import Scope
from stabaudit.proof.question import Site, Verdict
from stabaudit.syntax.compound import Function
from stabaudit.syntax.dotted import called, dotted, last
from stabaudit.syntax.expressions import Attribute, Call, Name
from stabaudit.syntax.node import Expression, Node, below
from stabaudit.syntax.printer import source
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, Term, Var
from stabaudit.terms.match import Match, Pattern

#: Names of functions by which a function asks whether all of a row is masked, or mends what comes of that.
ASKING = frozenset({"all", "any", "isnan", "isfinite", "isinf", "nan_to_num", "nansum"})
#: Names of what makes masks that leave something of each row: by the order of the elements, by the largest of them.
LEAVING = frozenset(
    {"triu", "tril", "triu_indices", "tril_indices", "eye", "diag", "diagonal", "fill_diagonal_", "topk", "top_k",
     "kthvalue", "sort", "argsort", "argmax", "cumsum", "cumprod", "multinomial"}
)  # fmt: skip
#: Names of masks by order.
BY_ORDER = frozenset({"causal", "triangular", "subsequent", "future", "lookahead", "diag", "diagonal"})


class MaskedRows:
    """Looks at the softmaxes of one module."""

    def __init__(self, code: Code, rules: Sequence[Rule]) -> None:
        self._code = code
        self._forms = _forms(tuple(rules))

    def judge(self, term: App, scope: Scope) -> tuple[Candidate, Site, Verdict] | None:
        """The verdict on a softmax, if a mask may have left it nothing."""
        for rule, form in self._forms:
            assert isinstance(form.unstable, App)
            if term.op != form.unstable.op or not home_of(term, scope).differentiated:
                continue
            node, masked = term.node, term.args[0].node
            if not isinstance(node, Expression) or not isinstance(masked, Expression):
                continue
            way = path_to(self._code.tree, node)
            around = next((one for one in reversed(way) if isinstance(one, Function)), self._code.tree)
            mask = mask_before(around, node, masked)
            if mask is None or _leaves_something(around, mask, masked):
                return None
            # Imported here: it needs NumPy, and what is known already does not.
            from stabaudit.proof import all_masked

            site, verdict = all_masked.judge(form)
            bound: dict[Var, Term] = {
                Var("m"): Var(source(mask)),
                Var("x"): term.args[0],
                Var("axis"): term.attrs[0][1],
            }
            candidate = Candidate(rule, form, Pattern(form.unstable, frozenset(bound)), Match(bound), written=term)
            return None if verdict.witness is None else (candidate, site, verdict)
        return None


@lru_cache(maxsize=4)
def _forms(rules: tuple[Rule, ...]) -> Sequence[tuple[Rule, Form]]:
    return [(rule, form) for rule in rules for form in rule.forms if form.traits.masked]


def _leaves_something(around: Node, mask: Expression, masked: Expression) -> bool:
    """Whether the mask is made of what it masks, or the function around knows of rows without anything."""
    name = dotted(masked)
    if name is not None and any(dotted(part) == name for part in below(mask)):
        return True
    inside = [*below(around)]
    if any(isinstance(node, Call) and called(node) in FILLING and _fills_with_zero(node) for node in inside):
        return True
    said = {last(node).lower() for node in inside if isinstance(node, (Name, Attribute))}
    return not said.isdisjoint(ASKING | LEAVING) or any(part in BY_ORDER for one in said for part in one.split("_"))


def _fills_with_zero(call: Call) -> bool:
    return any(number(argument.value) == 0 for argument in call.args)
