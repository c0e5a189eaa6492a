"""What is right in float64 and fails in the type that the code computes in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from textwrap import dedent

import pytest

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.check import check_text
from stabaudit.findings.finding import Finding
from stabaudit.proof.bfloat16 import rounded

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


SOURCES = {
    "NVIDIA/apex#1052": "def f(s, mask):\n    s = s.half()\n    return s.masked_fill(~mask.unsqueeze(-1), -1e9)",
    "NVIDIA/apex#1105": "def f(s, mask):\n    s = s.half()\n    return s.masked_fill(mask == 0, -1e10)",
    "a conversion": "def f(x, mask):\n    return x.half().masked_fill(mask, -1e9)",
    "a type by its name": "def f(x, mask):\n    return torch.where(mask, -1e9, x.to(dtype='float16'))",
    "a product under autocast": """
        def f(q, k, mask):
            with torch.autocast("cpu", dtype=torch.float16):
                scores = q @ k.T / 8
                return scores.masked_fill(mask, -1e9)
        """,
    "a function under autocast": """
        @torch.autocast("cuda")
        def f(q, k, mask):
            return torch.matmul(q, k).masked_fill(mask, -1e9)
        """,
    "the old name of autocast": """
        def f(q, k, mask):
            with torch.cuda.amp.autocast():
                scores = torch.einsum("ij,kj->ik", q, k)
            return scores.masked_fill(mask, -1e9)
        """,
    "a default type": "torch.set_default_dtype(torch.float16)\ndef f(x, mask):\n    return x.masked_fill(mask, -1e9)",
    "a default type of Keras": """
        import keras
        keras.backend.set_floatx("float16")
        def f(x, mask):
            return keras.ops.where(mask, -1e9, x)
        """,
    "a policy of Keras": """
        import keras
        keras.mixed_precision.set_global_policy("mixed_float16")
        class Attention(keras.layers.Layer):
            def call(self, x, mask):
                return keras.ops.where(mask, -1e9, x)
        """,
}
NO_SOURCES = {
    "facebookresearch/mmf#962": "def f(s, mask):\n    s = s.half()\n    return s.masked_fill(mask, -10000.0)",
    "tatp22/linformer-pytorch#19": "def f(s, mask):\n    s = s.half()\n    return s.masked_fill(mask, float('-inf'))",
    "bfloat16 under autocast": """
        def f(q, k, mask):
            with torch.autocast("cuda", dtype=torch.bfloat16):
                return (q @ k).masked_fill(mask, -1e9)
        """,
    "autocast of a processor": """
        def f(q, k, mask):
            with torch.autocast("cpu"):
                return (q @ k).masked_fill(mask, -1e9)
        """,
    "autocast that is off": """
        def f(q, k, mask):
            with torch.autocast("cuda", enabled=False):
                return (q @ k).masked_fill(mask, -1e9)
        """,
    "no product under autocast": """
        def f(x, mask):
            with torch.autocast("cuda"):
                return x.masked_fill(mask, -1e9)
        """,
    "what autocast keeps wide": """
        def f(q, k, mask):
            with torch.autocast("cuda"):
                return torch.log_softmax(q @ k, -1).masked_fill(mask, -1e9)
        """,
    "a product beside autocast": """
        def f(q, k, mask):
            with torch.autocast("cuda"):
                other = q * 2
            return (q @ k).masked_fill(mask, -1e9), other
        """,
    "widened under a policy": """
        import keras
        keras.mixed_precision.set_global_policy("mixed_float16")
        class Attention(keras.layers.Layer):
            def call(self, x, mask):
                return keras.ops.where(mask, -1e9, keras.ops.cast(x, "float32"))
        """,
    "a default type in a comment": """
        # Some call torch.set_default_dtype(torch.float16) first.
        def f(x, mask):
            return x.masked_fill(mask, -1e9)
        """,
    "a default type in a function": """
        def narrow():
            torch.set_default_dtype(torch.float16)
        def f(x, mask):
            return x.masked_fill(mask, -1e9)
        """,
    "a default type of 64 bits": """
        torch.set_default_dtype(torch.float64)
        def f(x, mask):
            return x.masked_fill(mask, -1e9)
        """,
}


@pytest.mark.parametrize("code", SOURCES.values(), ids=SOURCES)
def test_a_type_is_known_wherever_the_code_says_it(code: str) -> None:
    [finding] = found(code, "mask-constant")
    assert finding.witness is not None
    assert finding.witness.note == "in float16"


@pytest.mark.parametrize("code", NO_SOURCES.values(), ids=NO_SOURCES)
def test_no_half_precision_is_assumed_where_the_code_says_another(code: str) -> None:
    assert found(code, "mask-constant") == []


def test_autocast_computes_products_of_matrices_in_half_precision() -> None:
    x, mask = torch.ones(2, 2), torch.ones(2, 2, dtype=torch.bool)
    with torch.autocast("cpu", dtype=torch.float16):
        assert (x @ x).dtype == torch.float16
        with pytest.raises(RuntimeError, match="without overflow"):
            (x @ x).masked_fill(mask, -1e9)
    with torch.autocast("cpu"):
        assert (x @ x).dtype == torch.bfloat16


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("torch.log(1 - p.bfloat16().clamp(1e-6, 1 - 1e-6))", "bfloat16"),
        ("torch.log(1 - p.to(torch.bfloat16).clamp(max=1 - 1e-3))", "bfloat16"),
        # The next is fastino-ai/GLiNER2#155, and that of the logarithm rwightman/efficientdet-pytorch#291.
        ("torch.log1p(-p.bfloat16().clamp(max=1.0 - 1e-6))", "bfloat16"),
        ("torch.log(1 - p.half().clamp(1e-5, 1 - 1e-4))", "float16"),
        ("torch.log((1 - p).half() + 1e-8)", "float16"),
        ("1 / torch.sqrt((1 - p).half() + 1e-8)", "float16"),
    ],
)
def test_a_small_number_is_lost_in_half_precision(expression: str, kind: str) -> None:
    value = eval(expression, {"torch": torch, "p": torch.tensor(1.0)})
    assert value.dtype == getattr(torch, kind)
    assert math.isinf(float(value))
    [finding] = found(f"def f(p):\n    return {expression}\n")
    assert finding.witness is not None
    assert finding.witness.note == f"in {kind}"


@pytest.mark.parametrize(
    "expression",
    [
        "torch.log(1 - p.bfloat16().clamp(1e-2, 1 - 1e-2))",
        "torch.log(1 - p.half().clamp(1e-3, 1 - 1e-3))",
        "torch.log((1 - p).bfloat16() + 1e-8)",
        "torch.log((1 - p).half() + 1e-4)",
        "torch.log((1 - p).half().float() + 1e-8)",
        "torch.log(1 - p + 1e-8)",
    ],
)
def test_a_number_that_half_precision_holds_is_silent(expression: str) -> None:
    assert math.isfinite(float(eval(expression, {"torch": torch, "p": torch.tensor(1.0)})))
    assert found(f"def f(p):\n    return {expression}\n") == []


def test_bfloat16_is_float32_rounded_to_the_nearest() -> None:
    numbers = torch.cat([torch.randn(1000, generator=torch.Generator().manual_seed(1)) * 10.0**k for k in (-40, 0, 38)])
    ties = torch.tensor([1 + 2.0**-8, 1 + 3 * 2.0**-8, 3.4e38, math.inf, -math.inf, -0.0, 1e-45])
    numbers = torch.cat([numbers, ties])
    mine = rounded(numbers.numpy())
    assert mine.tolist() == numbers.to(torch.bfloat16).to(torch.float32).tolist()


@pytest.mark.parametrize(
    "code",
    {
        "numbers of elements": "def f(x, m):\n    x = x.half()\n    return sum(x.numel() for x in m.parameters())",
        "sizes": "def f(x, m):\n    x = x.half()\n    return torch.tensor(x.shape).sum()",
        "what is asked whether it is one": """
            def f(x):
                x = np.abs(x).astype(np.float16)
                return np.isclose(x.sum(axis=0), 1).all()
            """,
    }.items(),
    ids=lambda case: case[0],
)
def test_what_is_counted_or_asked_for_overflows_in_no_type(code: tuple[str, str]) -> None:
    with choosing(frozenset({"half-sum"})):
        assert check_text(HEAD + dedent(code[1])) == []


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
