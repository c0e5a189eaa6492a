from __future__ import annotations

import ast
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stabaudit.catalogue.load import load
from stabaudit.catalogue.rule import Form
from stabaudit.report.formula import formula
from stabaudit.terms import App, Const, Term, Var, ops

NAMES = {name: op for name, op in ops.TABLE.items() if name.isidentifier()}
LEAVES = st.sampled_from([Var("x"), Var("y"), Const(2), Const(1)])
TERMS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["add", "sub", "mul", "div", "pow"]), inner, inner),
        st.tuples(st.sampled_from(["neg", "exp"]), inner),
    ).map(lambda parts: App(parts[0], parts[1:])),
    max_leaves=8,
)


class Exact(ast.NodeTransformer):
    """Numbers in a formula become constants of terms, so that Python does not compute with them."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is not int:
            return node
        return ast.Call(ast.Name("Const", ast.Load()), [node], [])


def read(text: str) -> Term:
    tree = ast.fix_missing_locations(Exact().visit(ast.parse(text, mode="eval")))
    names = {node.id: Var(node.id) for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return signed(eval(compile(tree, text, "eval"), {**names, **NAMES, "Const": Const}))


def signed(term: Term) -> Term:
    """`-2` is a number, whether a sign was put before it or not."""
    if not isinstance(term, App):
        return term
    args = tuple(signed(a) for a in term.args)
    if term.op == "neg" and isinstance(args[0], Const):
        return Const(-args[0].value)
    return App(term.op, args, tuple((n, signed(v)) for n, v in term.attrs))


@settings(deadline=None, derandomize=True)
@given(TERMS)
def test_a_formula_reads_back_as_the_term(term: Term):
    assert read(formula(term)) == signed(term)


FORMS = [form for rule in load() for form in rule.forms]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: formula(form.unstable))
def test_every_template_reads_back_as_itself(form: Form):
    for side in (form.unstable, form.stable):
        assert side is None or read(formula(side)) == side


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (ops.log(1 + ops.exp(-Var("x"))), "log(1 + exp(-x))"),
        (-(Var("x") + 1), "-(x + 1)"),
        ((-Var("x")) ** 2, "(-x)**2"),
        (-(Var("x") ** 2), "-x**2"),
        (Var("x") ** Fraction(1, 2), "x**(1 / 2)"),
        (Var("x") - (Var("y") - 1), "x - (y - 1)"),
        (Var("x") / (Var("y") * 2), "x / (y * 2)"),
        (ops.sum_(Var("x")), "sum(x)"),
        (ops.sum_(Var("x"), axis=0, keepdims=True), "sum(x, axis=0, keepdims=True)"),
    ],
)
def test_a_formula_has_the_parentheses_it_needs_and_no_others(term: Term, text: str):
    assert formula(term) == text
