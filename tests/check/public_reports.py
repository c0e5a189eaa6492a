"""Formulas of public reports of nan gradients, and what became of them, in our words: each names its report."""

from __future__ import annotations

from tests.check.public_choices import NAN, RIGHT, Place, Point

ROW, PAIRS, OTHERS = [[0.0, 0.0]], [[1.0, 2.0], [3.0, 5.0]], [[0.0, 1.0], [1.0, 0.0]]


def _at(**point: Point) -> dict[str, Point]:
    return point


PLACES = [
    # Norms and distances.
    Place(
        "jnp.where(keep > 0, jnp.linalg.norm(x[:, None] - x[None], axis=-1), 0)",
        "jax-ml/jax#654",
        NAN,
        _at(x=PAIRS, keep=OTHERS),
    ),
    Place(
        "jnp.where(jnp.linalg.norm(x, axis=1) > 0.5, jnp.sqrt(jnp.sum(x ** 2, axis=1)), 1)",
        "jax-ml/jax#347",
        NAN,
        _at(x=ROW),
    ),
    Place(
        "jnp.sqrt(jnp.where(jnp.sum(x ** 2, axis=1) > 0.5, jnp.sum(x ** 2, axis=1), 1))",
        "jax-ml/jax#347, mended",
        RIGHT,
        _at(x=ROW),
    ),
    Place("torch.sqrt((x ** 2).sum(-1, keepdim=True)) + 1e-9", "mpariente/pytorch_stoi#7", NAN, _at(x=ROW)),
    Place("torch.sqrt((x ** 2).sum(-1, keepdim=True) + 1e-9)", "mpariente/pytorch_stoi#14", RIGHT, _at(x=ROW)),
    Place(
        "torch.sqrt((b - a).square() + (d - c).square()) + 1e-8",
        "lilanxiao/Rotated_IoU#20",
        NAN,
        _at(a=1.0, b=1.0, c=2.0, d=2.0),
    ),
    Place(
        "torch.sqrt((b - a).square() + (d - c).square() + 1e-14)",
        "lilanxiao/Rotated_IoU#20, mended",
        RIGHT,
        _at(a=1.0, b=1.0, c=2.0, d=2.0),
    ),
    Place(
        "torch.maximum(torch.sqrt((w ** 2).sum(-1)), torch.tensor(1e-4))",
        "daa233/generative-inpainting-pytorch#42",
        NAN,
        _at(w=ROW),
    ),
    Place("torch.sqrt((w ** 2 + 1e-4).sum(-1))", "daa233/generative-inpainting-pytorch#42, mended", RIGHT, _at(w=ROW)),
    Place(
        "x / (((x - x.mean(-1, keepdim=True)) ** 2).mean(-1, keepdim=True).sqrt() + 1e-5)",
        "pyg-team/pytorch_geometric#2559",
        NAN,
        _at(x=[[1.0, 1.0]]),
    ),
    Place(
        "x / (((x - x.mean(-1, keepdim=True)) ** 2).mean(-1, keepdim=True) + 1e-5).sqrt()",
        "pyg-team/pytorch_geometric#2917",
        RIGHT,
        _at(x=[[1.0, 1.0]]),
    ),
    Place("x / x.sum(-1, keepdim=True).clamp(min=1e-12)", "pytorch/pytorch#3264", RIGHT, _at(x=ROW)),
    Place("x.std(dim=-1)", "pytorch/pytorch#4320, mended", RIGHT, _at(x=ROW)),
    # Roots and angles.
    Place("torch.sqrt((1.0 - torch.pow(c, 2)).clamp(0, 1))", "ronghuaiyang/arcface-pytorch#91", NAN, _at(c=1.0)),
    Place(
        "torch.sqrt((1.0 - torch.pow(c, 2)).clamp(1e-6, 1))",
        "ronghuaiyang/arcface-pytorch#91, mended",
        RIGHT,
        _at(c=1.0),
    ),
    Place("torch.clamp(a - b, min=0).sqrt()", "pyro-ppl/pyro#1273", NAN, _at(a=1.0, b=1.0)),
    Place("(w * w).clamp(min=1e-8).sqrt()", "kornia/kornia#3275, mended", RIGHT, _at(w=0.0)),
    Place("d.clamp(1e-7).sqrt()", "open-mmlab/mmrotate#205", RIGHT, _at(d=0.0)),
    Place("torch.acos(torch.clamp((t - 1) / 2, -1, 1))", "papagina/RotationContinuity#1", NAN, _at(t=3.0)),
    Place("torch.acos(torch.clamp((t - 1) / 2, -0.9999, 0.9999))", "papagina/RotationContinuity#11", RIGHT, _at(t=3.0)),
    Place("jnp.arccos(jnp.clip(y, -1, 1))", "jax-ml/jax#23649", NAN, _at(y=1.0)),
    Place("jnp.arccos(jnp.clip(y, -1 + 1e-6, 1 - 1e-6))", "jax-ml/jax#23649, mended", RIGHT, _at(y=1.0)),
    # Branches that are not taken.
    Place(
        "jnp.where(x >= 0, alpha * jnp.log(jnp.where(x > 0, x, 1.0)), 0.0)",
        "tensorflow/tensorflow#27684, mended",
        RIGHT,
        _at(x=-1.0, alpha=1.0),
    ),
    Place("jnp.where(x == 0, 0.0, jnp.log(x))", "tensorflow/tensorflow#2540", NAN, _at(x=0.0)),
    Place("jnp.where(b == 0, 0.0, jnp.divide(a, b))", "keras-team/keras#20110", NAN, _at(a=1.0, b=0.0)),
    Place(
        "jnp.where(b == 0, 0.0, jnp.divide(a, jnp.where(b == 0, 1.0, b)))",
        "keras-team/keras#20110, mended",
        RIGHT,
        _at(a=1.0, b=0.0),
    ),
    Place("jnp.where(x > 0, x, alpha * jnp.expm1(x / alpha))", "jax-ml/jax#9873", NAN, _at(x=1e3, alpha=2.0)),
    Place("jnp.where(x > 0, x, jnp.expm1(x))", "jax-ml/jax#1538", NAN, _at(x=1e3)),
    Place("torch.where(x >= 0, x, 1.67 * (torch.exp(x) - 1))", "tinygrad/tinygrad#17852", NAN, _at(x=300.0)),
    Place(
        "torch.where(x >= 0, x, 1.67 * (torch.exp(x.clamp(max=0)) - 1))",
        "tinygrad/tinygrad#17852, mended",
        RIGHT,
        _at(x=300.0),
    ),
    Place("torch.where(x > 0, x, torch.exp(x))", "apache/mxnet#14673", NAN, _at(x=100.0)),
    Place("torch.where(x > 0.5, torch.sqrt(x - 0.5), 0)", "tinygrad/tinygrad#12409", NAN, _at(x=0.0)),
]
