"""Every verdict on a choice of public code agrees with the gradient that the real library computes."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from stabaudit.catalogue.chosen import choosing
from stabaudit.check import check_text
from stabaudit.findings.finding import Finding
from tests.check.public_choices import INFINITE, NAN, PLACES, Place

torch = pytest.importorskip("torch")
jax = pytest.importorskip("jax")
jnp = jax.numpy

HEAD = "import torch\nimport jax\nimport jax.numpy as jnp\n"


def computed(place: Place, point: dict[str, float]) -> dict[str, float]:
    """The gradient of a place by each of its variables, as its library computes it."""
    if place.library == "torch":
        values = {n: torch.tensor(x, dtype=torch.float32, requires_grad=True) for n, x in point.items()}
        eval(place.expression, {"torch": torch}, values).sum().backward()
        return {n: 0.0 if x.grad is None else float(x.grad) for n, x in values.items()}

    def value(given: dict[str, Any]) -> Any:
        return eval(place.expression, {"jnp": jnp, "jax": jax}, given)

    return {n: float(x) for n, x in jax.grad(value)({n: jnp.float32(x) for n, x in point.items()}).items()}


def reported(place: Place) -> list[Finding]:
    with choosing(frozenset({"where-gradient"})):
        found = check_text(f"{HEAD}def loss({', '.join(place.at)}):\n    return {place.expression}\n")
    return [f for f in found if f.witness is not None and "gradient" in (f.witness.note or "")]


def test_the_places_are_many_and_of_each_kind() -> None:
    assert len({place.expression for place in PLACES}) >= 60
    assert sum(place.gradient != NAN for place in PLACES) >= 15


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.source}: {place.expression}")
def test_a_verdict_agrees_with_the_library(place: Place) -> None:
    gradient = computed(place, place.at)
    spoiled = any(not math.isfinite(x) for x in gradient.values())
    assert spoiled == (place.gradient in (NAN, INFINITE))
    assert bool(reported(place)) == (place.gradient == NAN)


@pytest.mark.parametrize(
    "place", [p for p in PLACES if p.gradient == NAN], ids=lambda place: f"{place.source}: {place.expression}"
)
def test_the_witness_of_a_place_is_one_for_the_library(place: Place) -> None:
    [finding] = reported(place)
    assert finding.witness is not None
    point = {name: float(x) for name, x in re.findall(r"(\w+) = ([-+\w.]+)", finding.witness.at)}
    assert any(math.isnan(x) for x in computed(place, point).values())
