"""A softmax of a row in which all is masked is nan: found unless the function keeps something, asks, or mends it."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.check import check_text

torch = pytest.importorskip("torch")
jax = pytest.importorskip("jax")

HEAD = "import numpy as np\nimport torch\nimport torch.nn.functional as F\nimport jax\nimport jax.numpy as jnp\n"
SCORES, ALL = [[0.5, -1.0], [2.0, 0.25]], [[True, True], [False, False]]

UNGUARDED = {
    "filled": "return torch.softmax(scores.masked_fill(mask, float('-inf')), dim=-1)",
    "filled before": """
        scores = scores / 8
        scores = scores.masked_fill(mask, -torch.inf)
        return F.softmax(scores, dim=-1)
        """,
    "filled where there is a mask": """
        if mask is not None:
            scores = scores.masked_fill(mask, -float('inf'))
        return F.softmax(scores.float(), dim=-1).type_as(scores)
        """,
    "filled in place": """
        scores = scores * 2
        scores.masked_fill_(mask, float('-Inf'))
        return scores.softmax(-1)
        """,
    "assigned": """
        scores = scores * 2
        scores[mask] = -float('inf')
        return torch.log_softmax(scores, dim=-1)
        """,
    "shifted by the largest": """
        scores = scores.masked_fill(mask, -torch.inf)
        return F.softmax(scores - scores.max(dim=-1, keepdim=True)[0], dim=-1)
        """,
    "added to": """
        bias = torch.zeros_like(scores).masked_fill_(mask, float('-inf'))
        return F.softmax(scores / 8 + bias, dim=-1)
        """,
    "THUwangcy/ReChorus#8": """
        scores = scores / scores.size(-1) ** 0.5
        scores = scores.masked_fill((~mask) == 0, -np.inf)
        return scores.softmax(dim=-1)
        """,
    "pytorch/pytorch#26098": """
        if mask is not None:
            scores = scores.view(1, 2, 2)
            scores = scores.masked_fill(mask.unsqueeze(0), float('-inf'))
            scores = scores.view(2, 2)
        return F.softmax(scores, dim=-1)
        """,
    "lucidrains/vit-pytorch#26": """
        dots = scores * 0.5
        keep = ~mask
        dots.masked_fill_(~keep, float('-inf'))
        attn = dots.softmax(dim=-1)
        return attn
        """,
    "dmlc/dgl#2657": """
        e = scores / 4
        e.masked_fill_(mask == 1, -float('inf'))
        return torch.softmax(e, dim=-1)
        """,
    "chosen in torch": "return torch.softmax(torch.where(~mask, scores, -torch.inf), dim=-1)",
    "chosen in JAX": "return jax.nn.softmax(jnp.where(mask, -jnp.inf, scores), axis=-1)",
    "chosen in JAX, logarithms": "return jax.nn.log_softmax(jnp.where(~mask, scores, -jnp.inf), axis=-1)",
}
GUARDED = {
    "a finite number": "return torch.softmax(scores.masked_fill(mask, -1e9), dim=-1)",
    "the limit of the type": "return torch.softmax(scores.masked_fill(mask, torch.finfo(scores.dtype).min), dim=-1)",
    "the rows are asked for": """
        mask = mask & ~mask.all(-1, keepdim=True)
        return torch.softmax(scores.masked_fill(mask, float('-inf')), dim=-1)
        """,
    "nan is replaced": "return torch.softmax(scores.masked_fill(mask, float('-inf')), dim=-1).nan_to_num(0.0)",
    "the weights are filled": """
        weights = torch.softmax(scores.masked_fill(mask, float('-inf')), dim=-1)
        return weights.masked_fill(mask, 0.0)
        """,
    "THUwangcy/ReChorus#8, mended": """
        scores = scores.masked_fill(mask, -np.inf).softmax(dim=-1)
        return scores.masked_fill(torch.isnan(scores), 0)
        """,
    "lucidrains/reformer-pytorch#26": """
        scores = scores.masked_fill(mask, -torch.finfo(scores.dtype).max)
        return scores.softmax(dim=-1)
        """,
    "the largest are kept": """
        least = torch.topk(scores, 1)[0][..., -1, None]
        return torch.softmax(scores.masked_fill(scores < least, float('-inf')), dim=-1)
        """,
    "a mask by order": """
        mask = torch.triu(torch.ones(2, 2), diagonal=1).bool()
        return torch.softmax(scores.masked_fill(mask, float('-inf')), dim=-1)
        """,
    "another array is masked": """
        other = scores.masked_fill(mask, float('-inf'))
        return torch.softmax(scores, dim=-1)
        """,
    "the masked array is gone": """
        scores = scores.masked_fill(mask, float('-inf'))
        scores = torch.exp(scores)
        return torch.softmax(scores, dim=-1)
        """,
}


def function(body: str) -> str:
    return f"def weights(scores, mask):\n{dedent(body).strip()}".replace("\n", "\n    ") + "\n"


def computed(body: str) -> Any:
    """What the library makes of a row in which all is masked, beside one in which nothing is."""
    names: dict[str, Any] = {}
    exec(f"{HEAD}{function(body)}", names)
    array = jax.numpy.array if "jnp." in body else torch.tensor
    return names["weights"](array(SCORES), array(ALL))


def found(body: str) -> list[str]:
    with choosing(frozenset({"all-masked-row"})):
        return [f.rule for f in check_text(f"{HEAD}{function(body)}")]


@pytest.mark.parametrize("body", UNGUARDED.values(), ids=UNGUARDED)
def test_a_mask_that_may_leave_nothing_is_found(body: str) -> None:
    assert bool((computed(body) != computed(body))[0].all())
    assert found(body) == ["all-masked-row"]


@pytest.mark.parametrize("body", GUARDED.values(), ids=GUARDED)
def test_what_leaves_something_or_is_mended_is_silent(body: str) -> None:
    assert not bool((computed(body) != computed(body)).any())
    assert found(body) == []


def test_the_script_of_the_witness_shows_nan_in_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    with choosing(frozenset({"all-masked-row"})):
        [finding] = check_text(f"{HEAD}{function(UNGUARDED['filled'])}")
    assert finding.witness is not None
    assert finding.witness.script is not None
    exec(finding.witness.script, {})
    assert "nan, nan" in capsys.readouterr().out
