"""The promises of the catalogue. No rule is known here by name: a new file in rules/ is tested at once."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.catalogue.load import load
from stabaudit.catalogue.read import read
from stabaudit.catalogue.rule import Rule, RuleError
from stabaudit.check import check_text
from stabaudit.findings.finding import Finding
from stabaudit.fix.apply import fix_text
from stabaudit.proof.audit import Trial, audit, audit_runtime, stable_operations
from stabaudit.proof.claims import disputes
from tests.shuffle import SHUFFLES

RULES = load()
#: In JAX a gradient is asked for where the module speaks of what is learned from.
PREAMBLE = "import numpy as np, math, torch\nimport scipy.special, scipy.stats\nimport jax.numpy as jnp  # of a loss\n"
MATCHES = [pytest.param(r, m, id=f"{r.name}: {m}") for r in RULES for m in r.matches]
IGNORES = [pytest.param(r, i, id=f"{r.name}: {i}") for r in RULES for i in r.ignores]
SHUFFLED = [
    pytest.param(r, spelled, id=f"{r.name}: {name}: {m}")
    for r in RULES
    for m in r.matches
    for name, shuffle in SHUFFLES.items()
    if (spelled := shuffle(m)) is not None
]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
each_type = pytest.mark.parametrize("dtype", ["float64", "float32"])


@cache
def trials(rule: Rule, dtype: str) -> tuple[Trial, ...]:
    return audit(rule, dtype)


def broken(found: tuple[Trial, ...], promise: str) -> str:
    lines = [
        f"{trial.rule} ({trial.form}, {trial.dtype}): {breach}"
        for trial in found
        for breach in trial.breaches
        if breach.promise in (promise, "evaluable")
    ]
    return "\n".join(lines)


def findings(code: str, rule: Rule) -> list[Finding]:
    """What is found where a rule holds, be it one that does not by default."""
    with choosing(frozenset({rule.name})):
        return check_text(PREAMBLE + code)


@each_rule
def test_every_rule_is_documented(rule: Rule):
    assert len(rule.summary) > 20
    assert not rule.summary.endswith(".")
    assert rule.story, "the docstring says what is wrong in its first line, and why in the rest"
    assert rule.matches, "MATCHES shows what is caught"
    assert rule.ignores, "IGNORES shows what is not"


@each_type
@each_rule
def test_the_stable_form_is_the_same_function(rule: Rule, dtype: str):
    assert not broken(trials(rule, dtype), "equal")


@each_type
@each_rule
def test_the_unstable_form_fails_somewhere(rule: Rule, dtype: str):
    assert not broken(trials(rule, dtype), "needed")


@each_type
@each_rule
def test_the_stable_form_is_right_everywhere(rule: Rule, dtype: str):
    assert not broken(trials(rule, dtype), "works")


@each_type
def test_the_runtime_is_right_everywhere(dtype: str):
    found = audit_runtime(dtype)
    assert {trial.form for trial in found} == {op.name for op in stable_operations()}
    assert not broken(found, "works")
    assert not broken(found, "equal")


def test_no_two_rules_claim_the_same_code():
    assert not [*disputes(RULES)]


@pytest.mark.parametrize(("rule", "example"), MATCHES)
def test_what_a_rule_says_it_catches_it_catches(rule: Rule, example: str):
    found = findings(f"y = {example}\n", rule)
    assert [finding.rule for finding in found] == [rule.name]
    assert found[0].start.row == 4
    assert found[0].witness is not None
    if rule.fixable and found[0].fix is None:
        # The library of the example cannot say it, or what it can say loses digits that the code keeps elsewhere, or
        # the example does not say which library, that no lists are given, or the number that the fix would need.
        cannot = ("has no", "no stable form", "the rewrite is worse")
        unsaid = ("unrecognised array library", "takes lists", "a constant that is not in the code")
        excuses = (*cannot, *unsaid)
        assert any(excuse in (found[0].withheld or "") for excuse in excuses)


@pytest.mark.parametrize(("rule", "example"), SHUFFLED)
def test_another_spelling_is_caught_as_well(rule: Rule, example: str):
    assert {finding.rule for finding in findings(example, rule)} == {rule.name}


@pytest.mark.parametrize(("rule", "example"), MATCHES)
def test_what_a_rule_writes_no_rule_rewrites(rule: Rule, example: str):
    text = f"{PREAMBLE}y = {example}\n"
    with choosing(frozenset({rule.name})):
        if not any(finding.fix for finding in check_text(text)):
            pytest.skip("there is no fix here")
        outcome = fix_text(text, check_text, "unsafe")
        assert outcome.text != text
        assert not outcome.left
        ast.parse(outcome.text)
        assert not check_text(outcome.text)


def test_a_rule_that_does_not_hold_by_default_finds_nothing_unless_it_is_asked_for():
    for rule in RULES:
        if rule.tier != "default":
            found = {finding.rule for example in rule.matches for finding in check_text(f"{PREAMBLE}y = {example}\n")}
            assert rule.name not in found


@pytest.mark.parametrize(("rule", "example"), IGNORES)
def test_what_a_rule_says_it_ignores_it_ignores(rule: Rule, example: str):
    assert rule.name not in {finding.rule for finding in findings(f"y = {example}\n", rule)}


HEAD = '''"""It is wrong.

Because.
"""

from stabaudit.terms.ops import exp, log, log1p, logsumexp, softmax, softplus, square, sum_
from stabaudit.catalogue.rule import AboveMinusOne, Positive, Real, Rows, Setting

'''


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(code: str, name: str = "made_up.py") -> Path:
        (tmp_path / name).write_text(code, "utf-8")
        return tmp_path / name

    return written


BAD = {
    "another function": (
        "def unstable(x: Real): return log(1 + exp(x))\ndef stable(x): return log(2 + exp(x))",
        "equal",
        "the forms are different functions",
    ),
    "the same function only of positive numbers": (
        "def unstable(x: Real): return log(exp(x) + 1)\ndef stable(x): return log1p(exp(-x)) + (x**2) ** 0.5",
        "equal",
        "the forms are different functions",
    ),
    "another axis": (
        "def unstable(x: Rows, axis: Setting): return exp(x) / sum_(exp(x), axis=axis, keepdims=True)\n"
        "def stable(x, axis): return softmax(x, axis=-1)",
        "equal",
        "the forms are different functions",
    ),
    "another shape": (
        "def unstable(x: Rows, axis: Setting): return log(sum_(exp(x), axis=axis))\n"
        "def stable(x, axis): return logsumexp(x, axis=axis, keepdims=True)",
        "equal",
        "the forms are different functions",
    ),
    "an intention that is the code": (
        "def unstable(x: Rows): return exp(x) / sum_(exp(x))\ndef intended(x): return softmax(x)",
        "equal",
        "what is intended is what is written already",
    ),
    "a form that is stable": (
        "def unstable(x: Real): return 1 / (1 + square(x))\ndef stable(x): return 1 / (x * x + 1)",
        "needed",
        "the unstable form does well on all inputs tried",
    ),
    "a form that is stable and has no replacement": (
        "def unstable(x: Positive): return log(x) / 2",
        "needed",
        "the unstable form does well on all inputs tried",
    ),
    "a cure that still overflows": (
        "def unstable(x: Real): return log(1 + exp(x))\ndef stable(x): return log1p(exp(x))",
        "works",
        "the stable form leaves the float range",
    ),
    "a cure that still absorbs": (
        "def unstable(x: AboveMinusOne): return log(1 + x)\ndef stable(x): return log((1 + x) ** 2) / 2",
        "works",
        "units off, where 4 are allowed",
    ),
    "a formula without values": (
        "def unstable(x: Positive): return log(-x)",
        "evaluable",
        "the formula has a value at 0 of the inputs tried",
    ),
}


@each_type
@pytest.mark.parametrize(("code", "promise", "reason"), BAD.values(), ids=BAD)
def test_a_rule_that_breaks_a_promise_is_refused_with_a_witness(
    write: Callable[[str], Path], code: str, promise: str, reason: str, dtype: str
):
    (trial,) = audit(read(write(HEAD + code)), dtype)
    told = {breach.promise: breach for breach in trial.breaches}
    assert promise in told
    assert reason in str(told[promise])
    if promise == "works" or "different" in reason:
        assert " = " in told[promise].witness.place


def test_the_witness_of_a_wrong_rule_tells_all_four_values(write: Callable[[str], Path]):
    code = "def unstable(x: Real): return log(1 + exp(x))\ndef stable(x): return log(2 + exp(x))"
    (trial,) = audit(read(write(HEAD + code)))
    assert dict(trial.breaches[0].witness.told()) == {
        "at": "x = 0.5",
        "true value": "0.9740769841801067",
        "unstable": "0.9740769841801067",
        "stable": "1.2943767694176431",
    }


def test_two_rules_with_the_same_pattern_are_refused(write: Callable[[str], Path]):
    one = read(write(HEAD + "def unstable(x: Real): return log(1 + exp(x))", "one.py"))
    two = read(write(HEAD + "def unstable(u: Real): return log(exp(-u) + 1)", "two.py"))
    other = read(write(HEAD + "def unstable(u: Real): return log(u + 1)", "other.py"))
    assert [*disputes([one, two, other])] == ["`one` (unstable) and `two` (unstable) claim the same code"]


MALFORMED = {
    "no docstring": ("x = 1\n", "a rule starts with a docstring"),
    "no template": (HEAD + "def stable(x): return x\n", "a rule needs a function called `unstable`"),
    "unknown parameter in stable": (
        HEAD + "def unstable(x: Real): return log(1 + exp(x))\ndef stable(z): return softplus(z)\n",
        "`stable` uses z, which `unstable` does not have",
    ),
    "missing domain": (
        HEAD + "def unstable(x): return log(1 + exp(x))\n",
        "parameter `x` of `unstable` needs a domain such as `Real` or `Rows`",
    ),
    "import that fails": ('"""It."""\nimport nowhere_to_be_found\n', "ModuleNotFoundError: No module named"),
    "syntax error": ('"""It."""\ndef unstable(:\n', "SyntaxError"),
    "unknown setting": (
        HEAD + "def unstable(x: Rows): return log(sum_(exp(x), dim=0))\n",
        "`sum` has no setting dim",
    ),
}


@pytest.mark.parametrize(("code", "message"), MALFORMED.values(), ids=MALFORMED)
def test_a_file_that_is_no_rule_is_refused_by_name_and_reason(write: Callable[[str], Path], code: str, message: str):
    path = write(code)
    with pytest.raises(RuleError) as refusal:
        read(path)
    assert str(refusal.value).startswith(f"{path}: ")
    assert message in str(refusal.value)


def test_a_rule_is_named_after_its_file(write: Callable[[str], Path]):
    rule = read(write(HEAD + "def unstable(x: Real): return log(1 + exp(x))"))
    assert (rule.name, rule.summary, rule.story, rule.fixable) == (
        "made-up",
        "It is wrong",
        "Because.",
        False,
    )
