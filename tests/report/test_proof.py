"""`stabaudit verify` and `stabaudit rule`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from stabaudit.catalogue.load import load
from stabaudit.catalogue.read import read
from stabaudit.catalogue.rule import TIERS, Rule
from stabaudit.proof.audit import Trial
from stabaudit.report import catalogue, page, verification

WRONG = '''"""It is wrong."""
from stabaudit.terms.ops import exp, log
from stabaudit.catalogue.rule import Real

def unstable(x: Real): return log(1 + exp(x))
def stable(x): return log(2 + exp(x))
'''


@pytest.fixture
def quick() -> str:
    """A rule that is proved in no time."""
    return min(load(), key=lambda rule: (len(rule.forms), sum(len(f.domains) for f in rule.forms), rule.name)).name


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rule:
    (tmp_path / "made_up.py").write_text(WRONG, "utf-8")
    rule = read(tmp_path / "made_up.py")
    monkeypatch.setattr(verification, "load", lambda: (rule,))
    return rule


def test_a_rule_that_holds_is_a_table_a_summary_and_exit_code_0(quick: str):
    stream = io.StringIO()
    assert verification.show([quick], stream) == 0
    lines = stream.getvalue().splitlines()
    assert lines[2].split()[:4] == ["rule", "form", "type", "points"]
    assert {line.split()[2] for line in lines[3:-2]} == {"float64", "float32"}
    assert lines[-1].startswith("Tried 1 rule in float64 and float32")
    assert lines[-1].endswith("everything holds.")


def test_a_form_that_fails_in_a_type_of_its_own_is_tried_once_in_that():
    stream = io.StringIO()
    assert verification.show(["eps-absorbed", "mask-constant"], stream) == 0
    rows = [tuple(line.split()[:3]) for line in stream.getvalue().splitlines()[3:-2]]
    rules = [rule for rule in load() if rule.name in ("eps-absorbed", "mask-constant")]
    assert {kind for _, _, kind in rows} == {"float16", "float32"}
    assert rows == [(rule.name, form.name, form.traits.dtype) for rule in rules for form in rule.forms]


@pytest.mark.usefixtures("wrong")
def test_a_rule_that_does_not_hold_is_told_with_its_witness_and_exit_code_1():
    stream = io.StringIO()
    assert verification.show(["made-up"], stream) == 1
    text = stream.getvalue()
    assert "not equal: the forms are different functions" in text
    for label in (
        "at          x = 0.5",
        "true value  0.97407698",
        "unstable    0.97407698",
        "stable      1.29437",
    ):
        assert label in text
    assert "promises broken." in text.splitlines()[-1]


def test_the_runtime_is_tried_when_all_is(monkeypatch: pytest.MonkeyPatch):
    trial = Trial("runtime", "sqrt", "float64", 9, None, None, 0.0, ())
    monkeypatch.setattr(verification, "load", lambda: load()[:1])
    monkeypatch.setattr(verification, "audit", lambda rule, dtype: ())
    monkeypatch.setattr(verification, "audit_runtime", lambda dtype: (trial,))
    stream = io.StringIO()
    assert verification.show([], stream) == 0
    assert "\nruntime " in stream.getvalue()
    assert "Tried 1 rule and the runtime" in stream.getvalue()


def test_the_catalogue_names_every_rule_once_below_its_tier():
    stream = io.StringIO()
    assert catalogue.show([], stream) == 0
    tiers = stream.getvalue().split(":\n\n")
    # Behind each tier but the last stands what is said of the next.
    told = [part.rpartition("\n\n")[0] or part for part in tiers[:-1]] + tiers[-1:]
    assert len(told) == len(TIERS)
    for tier, text in zip(TIERS, told, strict=True):
        rules = [rule for rule in load() if rule.tier == tier]
        lines = text.splitlines()
        assert [line.split()[0] for line in lines] == [rule.name for rule in rules]
        assert all(rule.summary in line for rule, line in zip(rules, lines, strict=True))


def test_the_story_of_a_rule_has_its_reasons_forms_examples_and_worst_points(quick: str):
    (rule,) = (rule for rule in load() if rule.name == quick)
    stream = io.StringIO()
    assert catalogue.show([quick], stream) == 0
    text = stream.getvalue()
    for part in (rule.summary, rule.story, "Caught:", "Ignored:", *rule.matches, *rule.ignores):
        assert part in text
    assert text.count("worst of") == sum(1 + (form.stable is not None) for form in rule.forms)
    assert "true value" in text


def test_a_rule_may_be_read_by_programs_and_as_a_page():
    (rule,) = (rule for rule in load() if rule.name == "log1p")
    stream = io.StringIO()
    assert catalogue.show(["log1p"], stream, "json") == 0
    (entry,) = json.loads(stream.getvalue())
    assert (entry["name"], entry["code"], entry["summary"]) == (rule.name, rule.name, rule.summary)
    assert (entry["explanation"], entry["matches"]) == (rule.story, [*rule.matches])
    assert entry["forms"][0] == {"unstable": "log(1 + x)", "stable": "log1p(x)", "unsafe": None}
    stream = io.StringIO()
    assert catalogue.show(["log1p"], stream, "markdown") == 0
    assert stream.getvalue() == page.page(rule)
    assert "- y = np.log(1 + x)\n+ y = np.log1p(x)\n" in stream.getvalue()


def test_the_comment_that_silences_nothing_has_its_story_as_well():
    stream = io.StringIO()
    assert catalogue.show(["unused-ignore"], stream) == 0
    assert stream.getvalue().startswith("unused-ignore: ")
