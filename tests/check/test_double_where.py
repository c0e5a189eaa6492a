"""A step in a branch that `where` does not take spoils the gradient; it is found where the choice guards it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent

import pytest

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.check import check_text
from stabaudit.findings.finding import Finding
from stabaudit.fix.apply import fix_text

HEAD = """
import torch
import jax
import jax.numpy as jnp
import numpy as np
import tensorflow as tf
import mlx.core as mx
import autograd.numpy as anp
from keras import ops
from functools import partial
"""


@pytest.fixture(autouse=True)
def _with_the_rule() -> Iterator[None]:
    with choosing(frozenset({"where-gradient"})):
        yield


def found(code: str) -> list[Finding]:
    return [f for f in check_text(HEAD + dedent(code)) if f.rule == "where-gradient"]


@pytest.mark.parametrize(
    ("expression", "fixed"),
    [
        ("torch.where(x > 0, torch.log(x), 0)", "torch.where(x > 0, torch.log(torch.where(x > 0, x, 1)), 0)"),
        ("torch.where(n == 0, 0, z / n)", "torch.where(n == 0, 0, z / torch.where(n == 0, 1, n))"),
        ("jnp.where(x > 0, jnp.sqrt(x), 0)", "jnp.where(x > 0, jnp.sqrt(jnp.where(x > 0, x, 1)), 0)"),
        ("tf.where(x > 0, x ** 0.5, 0)", "tf.where(x > 0, tf.where(x > 0, x, 1) ** 0.5, 0)"),
        ("ops.where(x > 0, x, a * ops.exp(x))", "ops.where(x > 0, x, a * ops.exp(ops.where(x > 0, 0, x)))"),
        ("mx.where(x > 0, 1 / x, 0)", "mx.where(x > 0, 1 / mx.where(x > 0, x, 1), 0)"),
        ("anp.where(x > 0, anp.log(x), 0)", "anp.where(x > 0, anp.log(anp.where(x > 0, x, 1)), 0)"),
        ("(x.log() * 2).masked_fill(x <= 0, 0)", "(x.masked_fill(x <= 0, 1).log() * 2).masked_fill(x <= 0, 0)"),
        (
            "jnp.where(x > 0, jnp.log(x) / x, 0)",
            "jnp.where(x > 0, jnp.log(jnp.where(x > 0, x, 1)) / jnp.where(x > 0, x, 1), 0)",
        ),
        ("torch.where(x > 0, torch.log10(x), 0)", "torch.where(x > 0, torch.log10(torch.where(x > 0, x, 1)), 0)"),
    ],
)
def test_what_a_step_is_given_is_made_harmless_where_its_branch_is_not_taken(expression: str, fixed: str) -> None:
    code = f"def f(x, n, z, a):\n    return {expression}\n"
    [finding] = found(code)
    assert finding.severity == "error"
    assert "is nan, not" in str(finding.witness)
    text = fix_text(HEAD + code, check_text, "safe").text
    assert "".join(fixed.split()) in "".join(text.split())
    assert not found(text)


@pytest.mark.parametrize(
    "code",
    {
        "NumPy has no gradients": "def f(x):\n    return np.where(x > 0, np.log(x), 0)",
        "Python computes one branch": "def f(x):\n    return torch.log(x) if x > 0 else 0",
        "the condition says nothing of the step": "def f(c, x):\n    return torch.where(c, torch.log(x), 0)",
        "the double where": "def f(x):\n    return torch.where(x > 0, torch.log(torch.where(x > 0, x, 1)), 0)",
        "the double where under a name": """
            def f(x):
                safe = jnp.where(x == 0, 1.0, x)
                return jnp.where(x == 0, 1.0, jnp.sin(safe) / safe)
            """,
        "a clip keeps it away": "def f(x):\n    return torch.where(x > 0, torch.log(x.clamp(min=1e-6)), 0)",
        "the step fails where it is taken, too": "def f(x, y):\n    return jnp.where(y > x, 1 / y, 0)",
        "a threshold that somebody chose": """
            def f(r, cutoff):
                return jnp.where((r < cutoff) & (r > 1e-7), 0.5 * jnp.cos(r / cutoff), 0)
            """,
        "a distance is never far below zero": "def f(r):\n    return jnp.where(r > 0, jnp.exp(-r), 0)",
        "the slope is infinite in truth": "def f(x):\n    return jnp.where(x >= 0, jnp.sqrt(jnp.abs(x)), 0)",
        "an index": "def f(x, y):\n    return y[torch.where(x > 0, 1 / x, 0).long()]",
        "it is compared": "def f(x):\n    return torch.where(x > 0, 1 / x, 0) > 3",
        "it is detached": "def f(x):\n    return torch.where(x > 0, torch.log(x), 0).detach()",
        "JAX stops it": "def f(x):\n    return jax.lax.stop_gradient(jnp.where(x > 0, jnp.log(x), 0))",
        "its operand is detached": "def f(x):\n    return torch.where(x > 0, torch.log(x.detach()), 0)",
        "whole numbers": "def f(x):\n    return jnp.where(x > 0, jnp.array(3 / x, dtype=int), -1)",
        "nothing is recorded": "@torch.no_grad()\ndef f(x):\n    return torch.where(x > 0, torch.log(x), 0)",
        "a gradient of its own": "@jax.custom_vjp\ndef f(x):\n    return jnp.where(x > 0, jnp.log(x), 0)",
        "a gradient of its own, by keyword": """
            @partial(jax.custom_jvp, nondiff_argnums=(1,))
            def f(x, y):
                return jnp.where(x > 0, jnp.log(x), y)
            """,
        "an optimizer": """
            class O(torch.optim.Optimizer):
                def step(self, x):
                    return torch.where(x > 0, 1 / x, 0)
            """,
        "a metric": """
            class M(tf.keras.metrics.Metric):
                def result(self, x):
                    return tf.where(x > 0, 1 / x, 0)
            """,
        "gradients themselves": """
            def clip(grads, limit):
                n = jnp.sqrt(sum(g ** 2 for g in grads))
                return jnp.where(n > 0, limit / n, 1)
            """,
        "a prediction": "def predict(x):\n    return torch.where(x > 0, torch.log(x), 0)",
        "counts of hits": "def f(tp, fp):\n    return torch.where(tp + fp == 0, 0, tp / (tp + fp))",
        "counts": "def f(num_hits, num_rows):\n    return torch.where(num_rows == 0, 0, num_hits / num_rows)",
        "rows that somebody counts": "def f(n):\n    return tf.where(tf.range(n) == 0, 1, 2 / tf.range(n))",
        "a switch": "def f(cls, x):\n    return jnp.where(cls.use_weights > 0, 1 / cls.use_weights, 0)",
        "a threshold inside of what is compared": """
            def f(r, cutoff):
                near = jnp.where(r < cutoff, r, 0)
                return jnp.where(near > 0, jnp.exp(1 / (near - cutoff)), 0)
            """,
        "a helper of a gradient of its own": """
            def naive(x):
                return jnp.where(x > 0, jnp.log(x), 0)
            def forward(x):
                return naive(x), x
            @jax.custom_vjp
            def f(x):
                return naive(x)
            f.defvjp(forward, lambda x, g: g / x)
            """,
        "a helper of what is predicted": """
            def naive(x):
                return jnp.where(x > 0, jnp.log(x), 0)
            def again(x):
                return naive(x)
            def predict(x):
                return naive(x) + again(x)
            """,
        "constants of a layer": """
            def window(t):
                return torch.where(t == 0, 1, torch.sin(t) / t)
            class Layer(torch.nn.Module):
                def __init__(self, t):
                    self.window = window(t)
            """,
        "what is made once and kept": """
            @functools.lru_cache
            def window(t):
                return torch.where(t == 0, 1, torch.sin(t) / t)
            """,
        "a running mean": """
            class RunningAverage:
                def result(self, total, weight):
                    return torch.where(weight > 0, total / weight, total)
            """,
        "steps through noise": """
            class AncestralScheduler(SchedulerMixin):
                def step(self, sigma):
                    return torch.where(sigma > 0, 1 / sigma, 0)
            """,
        "numbers in few bits": "def quantize_int(x, s):\n    return torch.where(s > 0, x / s, 0)",
        "what a prediction is held against": """
            def loss(x, labels):
                gain = 2 * gain_fn(sorted_labels)
                return x * torch.where(gain > 0, 1 / gain, 0)
            """,
        "which prediction belongs to which object": """
            class FocalLossCost(BaseMatchCost):
                def forward(self, x):
                    return torch.where(x > 0, torch.log(x), 0)
            """,
        "what is shown beside the training": """
            def _diagnostics(self, x):
                return torch.where(x > 0, torch.log(x), 0)
            """,
        "the other branch is nan": "def f(x):\n    return jnp.where(x > 0, jnp.log(x), jnp.nan)",
    }.items(),
    ids=lambda case: case[0],
)
def test_no_gradient_is_asked_for_or_it_is_right(code: tuple[str, str]) -> None:
    assert found(code[1]) == []


@pytest.mark.parametrize(
    "code",
    [
        "import jax.numpy as jnp\ndef f(x):\n    return jnp.where(x > 0, jnp.log(x), 0)\n",
        "import tensorflow as tf\ndef f(x):\n    return tf.where(x > 0, tf.math.log(x), 0)\n",
    ],
)
def test_a_library_that_is_asked_for_gradients_is_asked_somewhere_in_the_module(code: str) -> None:
    assert check_text(code) == []
    assert [f.rule for f in check_text(f"{code}\ndef loss(x):\n    return f(x)\n")] == ["where-gradient"]


def test_a_helper_is_blamed_if_anything_with_a_gradient_calls_it() -> None:
    code = """
        def helper(x):
            return jnp.where(x > 0, jnp.log(x), 0)
        def predict(x):
            return helper(x)
        def loss(x):
            return helper(x)
        """
    assert len(found(code)) == 1


@pytest.mark.parametrize("head", ["class MccLoss(Metric):", "@LossRegistry.register('mcc')\nclass Mcc(Metric):"])
def test_a_metric_that_is_a_loss_has_a_gradient(head: str) -> None:
    assert len(found(f"{head}\n    def compute(self, x):\n        return torch.where(x > 0, 1 / x, 0)\n")) == 1


def test_a_number_of_nothing_spoils_the_gradient_of_what_is_divided() -> None:
    [finding] = found("def f(loss, num_rows):\n    return torch.where(num_rows == 0, 0, loss / num_rows)")
    assert finding.witness is not None
    assert finding.witness.at == "num_rows = 0.0, loss = 1.0"


def test_rows_of_zeros_have_a_norm_without_a_slope() -> None:
    code = """
        def f(x):
            n = torch.sqrt((x * x).sum(-1, keepdim=True))
            return torch.where(n > 1e-6, x / n, torch.zeros_like(x))
        """
    [finding] = found(code)
    assert finding.witness is not None
    assert finding.witness.at == "x = [0.0, 0.0]"
    assert finding.witness.note == "the gradient is [nan, nan], not [0.0, 0.0]"


def test_a_step_in_another_statement_has_advice_and_no_fix() -> None:
    code = """
        def f(x, n):
            y = x / n
            return torch.where(n == 0, torch.zeros_like(y), y)
        """
    [finding] = found(code)
    assert finding.fix is None
    assert finding.withheld == "the step stands in another statement; give it `torch.where(n == 0, 1, n)` there"
    assert finding.witness is not None
    assert finding.witness.fixed is None


def test_a_choice_is_blamed_beside_what_is_found_in_its_branch() -> None:
    code = "def f(x):\n    return torch.where(x >= 0, x, 1.67 * (torch.exp(x) - 1))\n"
    inner, outer = sorted(check_text(f"import torch\n{code}"), key=lambda finding: finding.rule)
    assert (inner.rule, outer.rule) == ("expm1", "where-gradient")
    assert inner.fix is not None
    assert outer.fix is None
    assert outer.withheld == "mend first what is found inside of it"


def test_the_fix_has_the_gradient_that_the_code_lacks() -> None:
    torch = pytest.importorskip("torch")
    code = "import torch\ndef f(x):\n    return torch.where(x > 0, torch.log(x), 0)\n"
    gradients = []
    for text in (code, fix_text(code, check_text, "safe").text):
        names: dict[str, object] = {}
        exec(text, names)
        x = torch.tensor([0.0, -1.0, 2.0], requires_grad=True)
        names["f"](x).sum().backward()  # type: ignore[operator]
        gradients.append(x.grad.tolist())
    assert gradients[0][0] != gradients[0][0]
    assert gradients[1] == [0.0, 0.0, 0.5]


@pytest.mark.parametrize("expression", ["torch.where(n == 0, 0, z / n)", "torch.log(x).masked_fill(x <= 0, 0)"])
def test_the_script_of_a_witness_shows_the_gradient_in_the_library(
    expression: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch")
    [finding] = found(f"def f(x, n, z):\n    return {expression}\n")
    assert finding.witness is not None
    assert finding.witness.script is not None
    exec(finding.witness.script, {})
    assert "nan" in capsys.readouterr().out
