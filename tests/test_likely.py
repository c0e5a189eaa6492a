from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stabaudit.catalogue.active import signs
from stabaudit.catalogue.load import load
from stabaudit.check.candidate_forms import Forms
from stabaudit.check.candidates import is_telling
from stabaudit.terms import App, Const, Lit, Term, Var
from stabaudit.terms.arithmetic import mul
from stabaudit.terms.match import substitute_normal
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import TABLE, Op, expand

FORMS = Forms(load())
PATTERNS = [row[2] for row in FORMS.rows]
x, y = Var("x"), Var("y")
VALUES = st.sampled_from([x, y, -x, x - y, 2 * x, x * y, Const(1), Const(0), Const(-3), App("exp", (x,)), Lit(None)])
RESTS = st.sampled_from([Const(1), Const(-2), y, App("exp", (y,)), x + y])


@given(st.sampled_from(PATTERNS), st.lists(VALUES, min_size=8, max_size=8), RESTS)
def test_a_form_that_fits_is_likely(pattern, values: list[Term], rest: Term):
    bound = {v: normal(value) for v, value in zip(sorted(pattern.variables, key=str), values, strict=False)}
    term = mul([normal(rest), substitute_normal(pattern.term, bound)])
    fitting = [p for p in PATTERNS if p.ops <= term.ops and p.match(term) is not None]
    likely = {id(row[2]) for row in FORMS.likely(term)}
    assert all(id(p) in likely for p in fitting)


def _with_powers(ops: frozenset[str]) -> frozenset[str]:
    """With the power that a root is in normal form."""
    return ops | {"^"} if "pow" in ops else ops


def test_what_is_telling_is_read_off_the_names_of_operations():
    def used(op: Op) -> Term:
        return op(*map(Var, op.operands), **{n: Var(n) for n in op.settings})

    for op in TABLE.values():
        assert is_telling(used(op)) == (not signs().operations.isdisjoint(_with_powers(expand(used(op)).ops))), op.name
