"""Forms that are judged by something else than their value in float64: by their gradient, or in another type."""

from __future__ import annotations

import re
from functools import cached_property

from stabaudit.catalogue.rule import Form
from stabaudit.check.code import Code
from stabaudit.check.gradients_asked import GradientsAsked
from stabaudit.check.halves import Halves, widens
from stabaudit.dialects import Dialect
from stabaudit.proof.assumptions import is_shaped
from stabaudit.proof.question import Site, Verdict
from stabaudit.syntax.dotted import called
from stabaudit.syntax.expressions import Call
from stabaudit.syntax.node import Node
from stabaudit.syntax.ways import path_to
from stabaudit.terms import App, Term, Var, substitute

#: Stand for what is clipped, and for a mask.
CLIPPED, MASK = Var("what is clipped"), Var("what is masked")
#: Functions that ask whether values are near to each other.
NEAR = frozenset({"isclose", "allclose"})
#: Who says so computes in float64, in libraries that do not by themselves, or asks the type for its limits.
DOUBLE = re.compile(r"float64|enable_x64|\bdouble\b|dtype=float\b|finfo")


class Apart:
    """Judges such forms in one module."""

    def __init__(self, code: Code, asked: GradientsAsked, text: str) -> None:
        self._code = code
        self._asked = asked
        self._text = text
        self._halves = Halves(code.tree, text)

    def judge(self, site: Site, term: App, form: Form, dialect: Dialect) -> Verdict:
        """The verdict on an expression that such a form fits."""
        if form.traits.gradient:
            return self._at_the_end(site, term, form, dialect)
        assert form.traits.dtype is not None
        dtype = self._half_type(term, form) if form.traits.dtype == "float16" else self._narrow_type(term, dialect)
        if dtype is None or (form.traits.dtype == "float16" and dtype != "float16"):
            return Verdict(None)
        # Imported here: it needs NumPy, and what is known already does not.
        from stabaudit.proof import narrower

        return narrower.judge(_by_itself(site, form, term), dtype)

    def floats(self, term: App, dialect: Dialect) -> str:
        """The type that an expression is computed in, as far as its range and the code tell."""
        if isinstance(term.node, Node) and self._halves.kind(term.node) == "float16":
            return "float16"
        return "float32" if dialect.single and not self._is_double else "float64"

    def _narrow_type(self, term: App, dialect: Dialect) -> str | None:
        """The type that an expression is computed in, if it is narrower than float64."""
        half = self._halves.kind(term.node) if isinstance(term.node, Node) else None
        return half or ("float32" if dialect.single and not self._is_double else None)

    @cached_property
    def _is_double(self) -> bool:
        return DOUBLE.search(self._text) is not None

    def _at_the_end(self, site: Site, term: App, form: Form, dialect: Dialect) -> Verdict:
        """The verdict on a formula whose slope is infinite at the end of a clip in it."""
        if not site.differentiated or not isinstance(term.node, Node) or not self._asked.at(term.node, dialect):
            return Verdict(None)
        from stabaudit.proof import ends

        return ends.judge(_by_itself(site, form, term))

    def _is_asked_about(self, node: Node) -> bool:
        """Whether a value is held against another, which it is near to where that matters."""
        return any(isinstance(one, Call) and called(one) in NEAR for one in path_to(self._code.tree, node)[:-1])

    def _half_type(self, term: App, form: Form) -> str | None:
        """The kind of half precision that what has to be in one is in: operands of the form, or all of it."""
        assert isinstance(form.unstable, App)
        if widens(term.node) or (isinstance(term.node, Node) and self._is_asked_about(term.node)):
            return None
        wanted = [i for i, v in enumerate(form.unstable.args) if isinstance(v, Var) and form.domains[v.name].half]
        nodes = [term.args[i].node for i in wanted if i < len(term.args)] if wanted else [term.node]
        kinds = {self._halves.kind(node) if isinstance(node, Node) else None for node in nodes}
        return kinds.pop() if len(kinds) == 1 else None


def _by_itself(site: Site, form: Form, term: App) -> Site:
    """The site, or the form where what it is made of is computed along axes: what is clipped reaches its end."""
    if not is_shaped(site.term) or any(d.setting and not d.truth for d in form.domains.values()):
        return site
    bound: dict[Var, Term] = {Var(n): MASK if d.truth else CLIPPED for n, d in form.domains.items() if not d.literal}
    if len(bound) < len(form.domains):
        assert isinstance(form.unstable, App)
        # A number is what is written, where it stands by itself.
        numbers = (pair for pair in zip(form.unstable.args, term.args, strict=False) if not pair[1].variables)
        bound |= {variable: number for variable, number in numbers if isinstance(variable, Var)}
    if len(bound) < len(form.domains):
        return site
    return site._replace(term=substitute(form.unstable, bound), guards=())
