"""What is right in float64 and fails in the type that the code computes in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from textwrap import dedent

import pytest

from stabaudit.catalogue.chosen import choosing
from stabaudit.check import check_text
from stabaudit.findings.finding import Finding

torch = pytest.importorskip("torch")
jnp = pytest.importorskip("jax").numpy

HEAD = "import torch\nimport jax.numpy as jnp\nimport numpy as np\nEPS = 1e-8\n"


@pytest.fixture(autouse=True)
def _with_the_rules() -> Iterator[None]:
    with choosing(frozenset({"eps-absorbed", "mask-constant"})):
        yield


def found(code: str, name: str = "eps-absorbed") -> list[Finding]:
    return [f for f in check_text(HEAD + dedent(code)) if f.rule == name]


@pytest.mark.parametrize(
    "expression",
    [
        "torch.log(1 - torch.clamp(p, 1e-8, 1 - 1e-8))",
        "torch.log1p(-p.clamp(1e-10, 1 - 1e-10))",
        "jnp.log(1 - jnp.clip(p, EPS, 1 - EPS))",
        "jnp.log(jnp.clip(p, EPS, 1 - EPS) / (1 - jnp.clip(p, EPS, 1 - EPS)))",
        "torch.log(1 - p.clamp(max=1 - 1e-9))",
    ],
)
def test_a_bound_that_float32_takes_for_one_bounds_nothing(expression: str) -> None:
    p = jnp.float32(1) if "jnp." in expression else torch.tensor(1.0)
    assert math.isinf(float(eval(expression, {"torch": torch, "jnp": jnp, "EPS": 1e-8, "p": p})))
    [finding] = found(f"def f(p):\n    return {expression}\n")
    assert finding.witness is not None
    assert finding.witness.at == "p = 1.0"
    assert finding.witness.note == "in float32"


@pytest.mark.parametrize(
    "code",
    {
        "float32 has it": "def f(p):\n    return torch.log(1 - torch.clamp(p, 1e-6, 1 - 1e-6))",
        "NumPy computes in float64": "def f(p):\n    return np.log(1 - np.clip(p, 1e-8, 1 - 1e-8))",
        "the code says float64": "def f(p):\n    return torch.log(1 - p.to(torch.float64).clamp(1e-8, 1 - 1e-8))",
        "Python's own float has 64 bits": """
            def f(p):
                p = torch.as_tensor(p, dtype=float).clamp(1e-8, 1 - 1e-8)
                return torch.log(1 - p)
            """,
        "the type is asked for its limit": """
            def f(p):
                eps = jnp.finfo(p.dtype).eps
                return jnp.log1p(-jnp.clip(p, 0.0, 1.0 - eps))
            """,
        "a clip to one itself": "def f(p):\n    return torch.log(1 - torch.clamp(p, 0, 1))",
    }.items(),
    ids=lambda case: case[0],
)
def test_a_bound_that_is_there_is_silent(code: tuple[str, str]) -> None:
    assert found(code[1]) == []


HALF = """
    def f(x, mask):
        x = x.half()
        scores = x @ x.T
        return scores.masked_fill(mask, {})
    """


def test_a_constant_that_float16_cannot_hold_is_found_where_the_code_says_half() -> None:
    with pytest.raises(RuntimeError, match="overflow"):
        torch.ones(2, 2).half().masked_fill(torch.ones(2, 2).bool(), -1e9)
    [finding] = found(HALF.format("-1e9"), "mask-constant")
    assert finding.witness is not None
    assert finding.witness.gives == "-inf"
    assert finding.witness.note == "in float16"


@pytest.mark.parametrize(
    "code",
    {
        "float16 has it": HALF.format("-6e4"),
        "infinity is meant": HALF.format("float('-inf')"),
        "the limit of the type": HALF.format("torch.finfo(scores.dtype).min"),
        "nothing says half": "def f(x, mask):\n    return x.masked_fill(mask, -1e9)",
        "it is widened before": """
            def f(x, mask):
                x = x.half()
                scores = (x @ x.T).float()
                return scores.masked_fill(mask, -1e9)
            """,
        "another value is in half precision": """
            def f(x, y, mask):
                y = y.half()
                return x.masked_fill(mask, -1e9), y
            """,
        "bfloat16 has the range of float32": """
            def f(x, mask):
                x = x.to(torch.bfloat16)
                return x.masked_fill(mask, -1e9)
            """,
    }.items(),
    ids=lambda case: case[0],
)
def test_a_constant_that_the_type_holds_is_silent(code: tuple[str, str]) -> None:
    assert found(code[1], "mask-constant") == []


@pytest.mark.parametrize("rule", ["eps-absorbed", "mask-constant"])
def test_the_script_of_a_witness_shows_it_in_the_library(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = (
        HALF.format("-1e9") if rule == "mask-constant" else "def f(p):\n    return torch.log(1 - p.clamp(max=1 - 1e-9))"
    )
    [finding] = found(code, rule)
    assert finding.witness is not None
    assert finding.witness.script is not None
    exec(finding.witness.script, {})
    assert "-inf" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("expression", "at", "note"),
    [
        ("torch.log(1 + torch.exp(torch.clamp(x, -100, 100)))", "x = 100.0", "in float32"),
        ("jnp.log(1 + jnp.exp(jnp.clip(x, -100, 100)))", "x = 100.0", "in float32"),
        ("1 / (1 + torch.exp(-torch.clamp(x, -500, 500)))", "x = -100.0", "in float32 the gradient is nan"),
        ("torch.log(1 + torch.exp(x.half()))", "x.half() = 20.0", "in float16"),
        ("torch.log(1 + torch.exp(torch.clamp(x.half(), -20, 20)))", "x.half() = 20.0", "in float16"),
    ],
)
def test_a_clip_that_suffices_in_float64_does_not_in_a_narrower_type(expression: str, at: str, note: str) -> None:
    [finding] = check_text(f"import torch\nimport jax.numpy as jnp\ndef f(x):\n    return {expression}\n")

    assert finding.witness is not None
    assert finding.witness.at == at
    assert finding.witness.note == note
    assert finding.fix is not None


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\ndef f(x):\n    return np.log(1 + np.exp(np.clip(x, -100, 100)))\n",
        "import torch\ndef f(x):\n    return torch.log(1 + torch.exp(torch.clamp(x, -30, 30)))\n",
        "import torch\ndef f(x):\n    x = x.double()\n    return torch.log(1 + torch.exp(torch.clamp(x, -100, 100)))\n",
        "import torch\ndef f(x):\n    return torch.exp(x.half() - x.half().max()).sum()\n",
        # Where a product underflows to the right zero, double precision is not asked for its gradient either.
        "import torch\ndef f(t, x, eps):\n    return -t / (x.exp() + eps)\n",
    ],
)
def test_what_a_type_can_hold_is_no_finding_in_it(code: str) -> None:
    assert check_text(code) == []


def test_the_script_of_a_witness_fails_in_its_type(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch")
    [finding] = check_text("import torch\ndef f(x):\n    return 1 / (1 + torch.exp(-torch.clamp(x, -500, 500)))\n")
    assert finding.witness is not None
    assert finding.witness.script is not None
    exec(finding.witness.script, {})
    assert "nan" in capsys.readouterr().out
