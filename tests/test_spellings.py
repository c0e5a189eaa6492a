"""A formula is found by what it computes, wherever it stands and however it is taken apart."""

from __future__ import annotations

from hypothesis import given, settings

from stabaudit.check import check_text
from tests.programs import programs

#: What else is at fault in a formula that is taken apart.
STEPS = {"log-sigmoid": {"sigmoid"}, "log-softmax": {"softmax"}}


@settings(deadline=None, derandomize=True, max_examples=120)
@given(programs(stable=False))
def test_a_naive_formula_is_found_and_named_in_any_program(program: tuple[str, str]):
    rule, text = program
    found = {finding.rule for finding in check_text(text)}
    # A step that has a name of its own is a place of its own.
    assert found - STEPS.get(rule, set()) == {rule}, text


@settings(deadline=None, derandomize=True, max_examples=120)
@given(programs(stable=True))
def test_the_same_with_the_right_shift_is_let_alone(program: tuple[str, str]):
    _, text = program
    assert not check_text(text), text
