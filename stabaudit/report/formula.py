"""A template as a formula that Python could read: operators, the parentheses they need, and calls."""

from __future__ import annotations

from fractions import Fraction

from stabaudit.terms import App, Const, Lit, Term, Var

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)
#: Sign, how tightly it binds, and how tightly its operands have to.
OPERATORS = {
    "add": (" + ", SUM, SUM, PRODUCT),
    "sub": (" - ", SUM, SUM, PRODUCT),
    "mul": (" * ", PRODUCT, PRODUCT, SIGN),
    "div": (" / ", PRODUCT, PRODUCT, SIGN),
    "pow": ("**", POWER, ATOM, SIGN),
}


def formula(term: Term) -> str:
    """The term as source text."""
    return _text(term)[0]


def _text(term: Term) -> tuple[str, int]:
    if isinstance(term, Var):
        return term.name, ATOM
    if isinstance(term, Const):
        return _number(term.value)
    if isinstance(term, Lit):
        return repr(term.value), ATOM
    assert isinstance(term, App)
    if term.op in OPERATORS:
        sign, strength, left, right = OPERATORS[term.op]
        a, b = term.args
        return f"{_within(a, left)}{sign}{_within(b, right)}", strength
    if term.op == "neg":
        return f"-{_within(term.args[0], SIGN)}", SIGN
    defaults: dict[str, Term] = {"keepdims": Lit(False)}
    words = [formula(a) for a in term.args]
    words += [f"{n}={formula(v)}" for n, v in term.attrs if v != defaults.get(n, Lit(None))]
    return f"{term.op}({', '.join(words)})", ATOM


def _within(term: Term, strength: int) -> str:
    text, own = _text(term)
    return text if own >= strength else f"({text})"


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else SIGN
    return f"{value.numerator} / {value.denominator}", PRODUCT
