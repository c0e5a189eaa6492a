"""Every verdict on a choice, norm or power of public code agrees with the gradient that the real library computes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import pytest

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.check import check_text
from stabaudit.findings.finding import Finding
from tests.check import public_ends, public_reports
from tests.check.public_choices import INFINITE, NAN, PLACES, Place, Point

torch = pytest.importorskip("torch")
jax = pytest.importorskip("jax")
jnp = jax.numpy

EVERY = [*PLACES, *public_ends.PLACES, *public_reports.PLACES]
RULES = frozenset({"where-gradient", "norm-gradient", "pow-gradient", "sqrt-gradient", "acos-gradient"})
HEAD = "import torch\nimport jax\nimport jax.numpy as jnp\n"


def computed(place: Place, point: Mapping[str, Point]) -> dict[str, list[float]]:
    """The gradient of a place by each of its variables, as its library computes it."""
    if place.library == "torch":
        values = {n: torch.tensor(x, dtype=torch.float32, requires_grad=True) for n, x in point.items()}
        eval(place.expression, {"torch": torch}, values).sum().backward()
        return {n: [0.0] if x.grad is None else x.grad.flatten().tolist() for n, x in values.items()}

    def value(given: dict[str, Any]) -> Any:
        return eval(place.expression, {"jnp": jnp, "jax": jax}, given).sum()

    return {n: x.flatten().tolist() for n, x in jax.grad(value)({n: jnp.float32(x) for n, x in point.items()}).items()}


def is_spoiled(gradient: Mapping[str, list[float]]) -> bool:
    return not all(math.isfinite(x) for row in gradient.values() for x in row)


def reported(place: Place) -> list[Finding]:
    with choosing(RULES):
        found = check_text(f"{HEAD}def loss({', '.join(place.at)}):\n    return {place.expression}\n")
    return [f for f in found if f.witness is not None and "gradient" in (f.witness.note or "")]


def test_the_places_are_many_and_of_each_kind() -> None:
    assert len({place.expression for place in EVERY}) >= 85
    assert sum(place.gradient != NAN for place in EVERY) >= 25


@pytest.mark.parametrize("place", EVERY, ids=lambda place: f"{place.source}: {place.expression}")
def test_a_verdict_agrees_with_the_library(place: Place) -> None:
    assert is_spoiled(computed(place, place.at)) == (place.gradient in (NAN, INFINITE))
    assert bool(reported(place)) == (place.gradient == NAN)


@pytest.mark.parametrize(
    "place", [p for p in PLACES if p.gradient == NAN], ids=lambda place: f"{place.source}: {place.expression}"
)
def test_the_witness_of_a_choice_is_one_for_the_library(place: Place) -> None:
    [finding] = reported(place)
    assert finding.witness is not None
    point = {name: float(x) for name, x in re.findall(r"(\w+) = ([-+\w.]+)", finding.witness.at)}
    assert any(math.isnan(x) for row in computed(place, point).values() for x in row)
