from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stabaudit.catalogue.load import load
from stabaudit.catalogue.rule import Form
from stabaudit.proof import answers, shared_verdicts, verdict_cache
from stabaudit.proof import site as place
from stabaudit.proof.question import Site
from stabaudit.terms import Bounds, Const, Lit, Term, Var, substitute
from stabaudit.terms.ops import exp, expand, gt, log, sum_

FORMS = [form for rule in load() for form in rule.forms]
#: Names that say something, names that say nothing, and names that stand in another order than those they replace.
NAMES = ["a", "b", "x", "z", "n", "len(a)", "x.size", "x_max", "row_max", "logits", "scale", "d['`']", "f('``')"]
VARIABLES = st.builds(
    Var,
    st.sampled_from(NAMES),
    stamp=st.sampled_from([(), (("#", 1),), (("#", 2),)]),
    rank=st.sampled_from([None, 1]),
    bounds=st.sampled_from([None, None, Bounds(0.0, 1.0), Bounds(0.0, 9.0, whole=True)]),
)
TERMS = st.one_of(
    VARIABLES,
    st.builds(lambda a, b: a - b, VARIABLES, VARIABLES),
    st.builds(lambda a, b: -((a - b) ** 2) / b, VARIABLES, VARIABLES),
    st.builds(lambda a, b: (a - b) ** 3 * b, VARIABLES, VARIABLES),
)


def site_of(form: Form, values: list[Term], guarded: Term | None, digits: bool) -> tuple[Site, Term | None]:
    parameters = sorted(form.domains)
    numbers = [n for n in parameters if not form.domains[n].setting]
    bound: dict[Var, Term] = {Var(n): Lit(None) if n == "axis" else Lit(False) for n in parameters}
    bound |= {Var(n): t for n, t in zip(numbers, values, strict=False)}
    term = substitute(form.unstable, bound)
    guards = () if guarded is None else (gt(guarded, Const(0)),)
    site = Site(term, tuple(bound[Var(n)] for n in numbers), guards, digits=digits)
    known = {v for t in (term, *guards) for v in t.variables}
    replacement = None if form.stable is None else substitute(form.stable, bound)
    return site, replacement if replacement is not None and replacement.variables <= known else None


# The slowest of these are not decided at any precision.
@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    st.sampled_from([f for f in FORMS if f.equal]),
    st.lists(TERMS, min_size=4, max_size=4),
    st.none() | VARIABLES,
    st.booleans(),
)
def test_a_verdict_is_the_same_whether_it_was_given_before_or_not(
    form: Form, values: list[Term], guarded: Term | None, digits: bool
):
    site, replacement = site_of(form, values, guarded, digits)
    fresh = place.judge(site, replacement)
    assert shared_verdicts.judge(site, replacement) == fresh
    assert shared_verdicts.judge(site, replacement) == fresh


def test_the_witness_of_a_known_formula_names_the_variables_of_its_place():
    first = shared_verdicts.judge(Site(1 / (1 + exp(-Var("a")))), None)
    other = shared_verdicts.judge(Site(1 / (1 + exp(-Var("logits")))), None)
    assert first.witness is not None
    assert first.witness.at == "a = -1000.0"
    assert other.witness == first.witness._replace(at="logits = -1000.0")


@pytest.mark.parametrize("name", ["x_max", "peak"])
def test_a_name_that_says_something_makes_another_question(name: str):
    x, shift = Var("x"), Var(name)
    site = Site(log(sum_(exp(x - shift))) + shift)
    assert shared_verdicts.judge(site, None) == place.judge(site, None)


@pytest.mark.parametrize("names", [("dist", "x"), ("x", "dist")])
def test_a_distance_is_asked_for_by_itself(names: tuple[str, str]):
    # A distance is not negative, and at -x alone does the sigmoid overflow.
    found = {name: shared_verdicts.judge(Site(1 / (1 + exp(-Var(name)))), None).witness for name in names}
    assert found["x"] is not None
    assert found["dist"] is None


class Pile(dict[str, str]):
    """A shelf in memory."""

    def find(self, question: str) -> str | None:
        return self.get(question)

    def keep(self, question: str, answer: str) -> None:
        self[question] = answer


@pytest.fixture
def pile(monkeypatch: pytest.MonkeyPatch) -> Pile:
    found = Pile()
    monkeypatch.setattr(answers, "_KNOWN", {})
    monkeypatch.setattr(verdict_cache, "_current", found)
    return found


@pytest.mark.parametrize("form", [f for f in FORMS if f.equal][::7])
def test_a_verdict_that_was_kept_is_the_one_that_was_given(form: Form, pile: Pile, monkeypatch: pytest.MonkeyPatch):
    site, replacement = site_of(form, [Var("a"), Var("b"), Var("x"), Var("z")], None, False)
    first = shared_verdicts.judge(site, replacement)
    assert len(pile) == 1
    monkeypatch.setattr(answers, "_KNOWN", {})
    monkeypatch.setattr(place, "judge", None)
    assert shared_verdicts.judge(site, replacement) == first


@pytest.mark.parametrize("damaged", ["", "[", "{}", '[["a"], null, []]', "[null, null, [[7, 8]]]", "[null]"])
def test_a_damaged_verdict_is_given_anew(damaged: str, pile: Pile, monkeypatch: pytest.MonkeyPatch):
    site = Site(1 / (1 + exp(-Var("a"))))
    first = shared_verdicts.judge(site, None)
    [question] = pile
    pile[question] = damaged
    monkeypatch.setattr(answers, "_KNOWN", {})
    assert shared_verdicts.judge(site, None) == first


def test_no_more_verdicts_are_remembered_than_said(monkeypatch: pytest.MonkeyPatch):
    known: dict[object, object] = {}
    monkeypatch.setattr(answers, "_KNOWN", known)
    monkeypatch.setattr(answers, "MOST", 2)
    for i in range(4):
        shared_verdicts.judge(Site(expand(log(1 + exp(i * Var("x"))))), None)
    assert len(known) == 2
