"""The gradient of a run is that of the real libraries, nan where theirs is nan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stabaudit.proof.gradient import gradient
from stabaudit.proof.no_value import NotEvaluable
from stabaudit.terms import Term, Var
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import TABLE

torch = pytest.importorskip("torch")
jax = pytest.importorskip("jax")

X, Y = Var("x"), Var("y")
POINTS = np.array([1000.0, -1000.0, 0.0, 1.0, -1.0, 40.0, -40.0, 0.5, 1e-300])

exp, log, where, gt, sqrt, abs_ = (TABLE[n] for n in ("exp", "log", "where", "gt", "sqrt", "abs"))

#: Formulas as terms, with the same for a library `m` that has NumPy's functions.
FORMS: list[tuple[Term, Callable[[Any, Any], Any]]] = [
    (1 / (1 + exp(-X)), lambda m, x: 1 / (1 + m.exp(-x))),
    (log(1 + exp(X)), lambda m, x: m.log(1 + m.exp(x))),
    (exp(X) / (1 + exp(X)), lambda m, x: m.exp(x) / (1 + m.exp(x))),
    (exp(-exp(X)), lambda m, x: m.exp(-m.exp(x))),
    (where(gt(X, 20), X, log(1 + exp(X))), lambda m, x: m.where(x > 20, x, m.log(1 + m.exp(x)))),
    (where(gt(X, 0), log(X), 0), lambda m, x: m.where(x > 0, m.log(x), 0 * x)),
    (where(gt(X, 0), X, exp(X) - 1), lambda m, x: m.where(x > 0, x, m.exp(x) - 1)),
    (where(gt(X, 0), sqrt(X), 0), lambda m, x: m.where(x > 0, m.sqrt(x), 0 * x)),
    (where(gt(X, 0), 1 / X, 0), lambda m, x: m.where(x > 0, 1 / x, 0 * x)),
    (TABLE["tanh"](X) * X**2, lambda m, x: m.tanh(x) * x**2),
    (TABLE["log1p"](X**2), lambda m, x: m.log1p(x**2)),
    (TABLE["expm1"](X) * abs_(X), lambda m, x: m.expm1(x) * m.abs(x)),
    (TABLE["cos"](X) + TABLE["sin"](X) ** 3, lambda m, x: m.cos(x) + m.sin(x) ** 3),
    (TABLE["acos"](X), lambda m, x: m.acos(x)),
    (TABLE["asin"](X * X), lambda m, x: m.asin(x * x)),
    (TABLE["maximum"](X, 0) * exp(X), lambda m, x: m.maximum(x, m.zeros_like(x)) * m.exp(x)),
]


def of_torch(form: Callable[[Any, Any], Any], x: Any) -> Any:
    value = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    form(torch, value).sum().backward()
    return value.grad.numpy()


def of_jax(form: Callable[[Any, Any], Any], x: Any) -> Any:
    with jax.enable_x64(True):
        import jax.numpy as jnp

        return np.asarray(jax.grad(lambda v: form(jnp, v).sum())(jnp.asarray(x, dtype=float)))


@pytest.mark.parametrize("library", [of_torch, of_jax])
@pytest.mark.parametrize(("term", "form"), FORMS, ids=[str(term) for term, _ in FORMS])
def test_the_computed_gradient_is_the_one_of_the_library(
    term: Term, form: Callable[[Any, Any], Any], library: Callable[[Any, Any], Any]
) -> None:
    np.testing.assert_allclose(gradient(term, {X: POINTS}).computed[X], library(form, POINTS), rtol=1e-12)


ALONG_AXES: list[tuple[Term, Callable[[Any], Any]]] = [
    (TABLE["logsumexp"](X, axis=-1), lambda x: torch.logsumexp(x, -1)),
    (TABLE["softmax"](X, axis=-1) * X, lambda x: torch.softmax(x, -1) * x),
    (TABLE["log_softmax"](X, axis=-1) * X, lambda x: torch.log_softmax(x, -1) * x),
    (log(TABLE["sum"](exp(X), axis=0)), lambda x: torch.log(x.exp().sum(0))),
    (exp(X) / TABLE["sum"](exp(X), axis=-1, keepdims=True), lambda x: x.exp() / x.exp().sum(-1, keepdim=True)),
    (TABLE["mean"](X**2), lambda x: (x**2).mean()),
    (TABLE["max"](X, axis=1) * 2, lambda x: x.amax(1) * 2),
    (TABLE["transpose"](X) * X, lambda x: x.T * x),
]


@pytest.mark.parametrize(("term", "form"), ALONG_AXES, ids=[str(term) for term, _ in ALONG_AXES])
def test_gradients_flow_along_axes(term: Term, form: Callable[[Any], Any]) -> None:
    x = np.array([[1.0, 2.0, -3.0], [0.5, 0.25, 4.0], [9.0, -1.0, 0.0]])
    value = torch.tensor(x, requires_grad=True)
    form(value).sum().backward()
    np.testing.assert_allclose(gradient(term, {X: x}).computed[X], value.grad.numpy(), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", ["norm", "std", "var"])
def test_lengths_and_deviations_have_the_gradient_of_jax_where_they_are_zero_too(name: str) -> None:
    function = jax.numpy.linalg.norm if name == "norm" else getattr(jax.numpy, name)
    x = np.array([[3.0, -4.0], [0.5, 0.25], [0.0, 0.0]])
    with jax.enable_x64(True):
        library = np.asarray(jax.grad(lambda v: function(v, axis=-1).sum())(jax.numpy.asarray(x)))
    computed = gradient(TABLE[name](X, axis=-1, keepdims=False), {X: x}).computed[X]
    np.testing.assert_allclose(computed, library, rtol=1e-12)
    assert bool(np.isnan(computed[2]).all()) == (name != "var")


def test_both_operands_get_their_share_where_shapes_differ() -> None:
    x, y = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, -2.0])
    a, b = (torch.tensor(v, requires_grad=True) for v in (x, y))
    (a**b / (a - b)).sum().backward()
    computed = gradient(X**Y / (X - Y), {X: x, Y: y}).computed
    np.testing.assert_allclose(computed[X], a.grad.numpy(), rtol=1e-12)
    np.testing.assert_allclose(computed[Y], b.grad.numpy(), rtol=1e-12)


def test_the_true_gradient_multiplies_no_zero() -> None:
    """Of `where(x > 20, x, log(1 + exp(x)))` the branch that is not taken gives 0 * inf."""
    back = gradient(where(gt(X, 20), X, log(1 + exp(X))), {X: np.float64(1000.0)})
    assert np.isnan(back.computed[X])
    assert back.true[X] == 1.0


def test_sums_and_products_in_normal_form_have_a_gradient() -> None:
    term = normal(X**2 * exp(X) * Y + X)
    x, y = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (0.5, -2.0))
    (x**2 * x.exp() * y + x).backward()
    computed = gradient(term, {X: np.float64(0.5), Y: np.float64(-2.0)}).computed
    assert computed[X] == pytest.approx(float(x.grad))
    assert computed[Y] == pytest.approx(float(y.grad))


def test_a_step_without_a_known_derivative_is_refused() -> None:
    with pytest.raises(NotEvaluable, match="cumsum"):
        gradient(TABLE["cumsum"](X, axis=0), {X: np.ones(3)})
