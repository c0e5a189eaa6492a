"""The stable form of every pointwise rule is right on every float16, wherever that can hold its steps."""

from __future__ import annotations

import numpy as np
import pytest

from stabaudit.catalogue.load import load
from stabaudit.catalogue.rule import Form
from stabaudit.proof.exhaustive import is_pointwise, numbers, worst

FORMS = [
    pytest.param(form, id=f"{rule.name}: {form.name}") for rule in load() for form in rule.forms if is_pointwise(form)
]


def form_of(rule: str, name: str = "unstable") -> Form:
    return next(form for one in load() if one.name == rule for form in one.forms if form.name == name)


@pytest.mark.parametrize("form", FORMS)
def test_the_stable_form_is_within_its_bound_on_every_float16(form: Form) -> None:
    found = worst(form, np.float16, numbers(np.float16))

    assert found.units <= form.traits.bound, found
    assert found.count > 1000
    assert found.beyond < found.count / 2


def test_the_forms_are_those_without_rows_and_special_functions() -> None:
    assert len(FORMS) >= 50
    assert not is_pointwise(form_of("softmax"))
    assert not is_pointwise(form_of("where-gradient", "unstable_log"))


def test_every_finite_number_of_a_type_is_tried_once() -> None:
    [block] = numbers(np.float16)

    assert block.size == (1 << 16) - 2 * (1 << 10)
    assert np.unique(block).size == block.size - 1, "0 and -0 are one number"


def test_blocks_of_float32_are_told_by_their_bits() -> None:
    blocks = [*numbers(np.float32, 0x3F80, 0x3F82)]

    assert [block[0] for block in blocks] == [1.0, np.float32(1 + 2.0**-7)]


@pytest.mark.parametrize(("rule", "name"), [("softplus", "unstable"), ("log1p", "unstable"), ("expm1", "unstable")])
def test_the_unstable_form_in_its_place_is_found_out(rule: str, name: str) -> None:
    form = form_of(rule, name)
    naive = Form(form.name, form.unstable, form.unstable, form.domains, form.equal, form.traits)

    assert worst(naive, np.float16, numbers(np.float16)).units > 100
