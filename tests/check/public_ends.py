"""Norms, powers, roots and arcs of public code whose slope is infinite at a point that the code itself reaches.

A place is `NAN` where the library's gradient is no number at the point, and `RIGHT` where it is one.
"""

from __future__ import annotations

from tests.check.public_choices import NAN, RIGHT, Place, Point

ROW, PAIRS = [[0.0, 0.0]], [[1.0, 2.0], [3.0, 5.0]]


def _at(**point: Point) -> dict[str, Point]:
    return point


PLACES = [
    Place("x / (torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True)) + 1e-10)", "lpips __init__.py", NAN, _at(x=ROW)),
    Place("x / (torch.sqrt((x * x).sum(dim=1, keepdim=True)) + eps)", "unit vectors", NAN, _at(x=ROW, eps=1e-8)),
    Place("x / (torch.sqrt(torch.mean(x ** 2, dim=-1, keepdim=True)) + 1e-8)", "an RMS norm", NAN, _at(x=ROW)),
    Place("x / (x.pow(2).sum(-1, keepdim=True).sqrt() + 1e-6)", "a normalized layer", NAN, _at(x=ROW)),
    Place("((x - y) ** 2).sum(-1).sqrt() + 1e-8", "distances to a grid", NAN, _at(x=ROW, y=ROW)),
    Place(
        "(p * t).sum(-1) / ((p ** 2).sum(-1).sqrt() * (t ** 2).sum(-1).sqrt() + 1e-8)",
        "a loss of correlations",
        NAN,
        _at(p=ROW, t=[[1.0, 2.0]]),
    ),
    Place("torch.sqrt(((x[:, None] - x[None]) ** 2).sum(-1))", "distances of all pairs", NAN, _at(x=PAIRS)),
    Place("((x.unsqueeze(0) - x.unsqueeze(1)) ** 2).sum(-1) ** 0.5", "distances of all pairs", NAN, _at(x=PAIRS)),
    Place("jnp.sqrt(((x[:, None] - x[None]) ** 2).sum(-1))", "jax-ml/jax#3058", NAN, _at(x=PAIRS)),
    Place("x / (jnp.sqrt(jnp.sum(x ** 2, axis=-1, keepdims=True)) + 1e-6)", "optax#1267", NAN, _at(x=ROW)),
    Place("torch.sqrt(torch.sum((x * mask) ** 2, dim=-1))", "padded rows", NAN, _at(x=PAIRS, mask=ROW)),
    Place("torch.pow(1 - torch.sigmoid(x), gamma)", "focal losses, kornia/kornia#918", NAN, _at(x=1e3, gamma=0.5)),
    Place("(1 - torch.sigmoid(x)) ** 0.5", "focal losses", NAN, _at(x=1e3)),
    Place("(x - t).clamp(min=0) ** 0.75", "entmax by hand", NAN, _at(x=1.0, t=1.0)),
    Place("torch.clamp(x, min=0) ** 0.4", "power-law compression", NAN, _at(x=0.0)),
    Place("jnp.maximum(x, 0.0) ** (1 / 2.4)", "sRGB by hand", NAN, _at(x=0.0)),
    Place("(s ** 2 - u ** 2).clamp(min=0).sqrt()", "k-diffusion sampling", NAN, _at(s=1.0, u=1.0)),
    Place("torch.acos(torch.clamp(c, -1, 1))", "geoopt/geoopt#79", NAN, _at(c=1.0)),
    Place("x / (jnp.linalg.norm(x, axis=-1, keepdims=True) + 1e-8)", "unit vectors", NAN, _at(x=ROW)),
    Place("x / jnp.maximum(jnp.linalg.norm(x, axis=-1, keepdims=True), 1e-8)", "unit vectors", NAN, _at(x=ROW)),
    Place("x / jnp.clip(jnp.linalg.norm(x, ord=2, axis=-1, keepdims=True), min=1e-6)", "embeddings", NAN, _at(x=ROW)),
    Place("jnp.linalg.norm(x) ** 2", "jax-ml/jax#4177, jax-ml/jax#21723", NAN, _at(x=ROW)),
    Place("jnp.exp(-1.0 * jnp.linalg.norm(x) ** 2)", "HIPS/autograd#183", NAN, _at(x=ROW)),
    Place("jnp.linalg.norm(x[:, None] - x[None], axis=-1)", "distances of all pairs", NAN, _at(x=PAIRS)),
    Place("jnp.linalg.norm(x * mask, axis=-1)", "padded rows", NAN, _at(x=PAIRS, mask=ROW)),
    Place("jnp.maximum(jnp.sqrt(jnp.sum(x * x, axis=-1)), 1e-10)", "ml-explore/mlx#3668", NAN, _at(x=ROW)),
    Place("torch.sqrt((x ** 2).sum(-1)).clamp(min=1e-8)", "unit vectors", NAN, _at(x=ROW)),
    Place("x / (jnp.std(x, axis=-1, keepdims=True) + 1e-5)", "a layer norm by hand", NAN, _at(x=ROW)),
    Place("x / (torch.sqrt(x.var(dim=-1, keepdim=True)) + 1e-5)", "a layer norm by hand", NAN, _at(x=ROW)),
    # Forms that keep away from the point, and such that nothing brings there.
    Place("x / torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True) + 1e-10)", "lpips, mended", RIGHT, _at(x=ROW)),
    Place("x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)", "llama RMSNorm", RIGHT, _at(x=ROW)),
    Place("torch.nn.functional.normalize(x, dim=-1)", "torch", RIGHT, _at(x=ROW)),
    Place("torch.linalg.norm(x, dim=-1) + 1e-8", "torch", RIGHT, _at(x=ROW)),
    Place("torch.linalg.norm(x) ** 2", "pytorch/pytorch#2421, mended", RIGHT, _at(x=ROW)),
    Place("x.norm(dim=-1).clamp(min=1e-8)", "torch", RIGHT, _at(x=ROW)),
    Place("torch.cdist(x, x) + 1e-8", "torch", RIGHT, _at(x=PAIRS)),
    Place("x / (x.std(dim=-1, keepdim=True) + 1e-5)", "torch", RIGHT, _at(x=ROW)),
    Place("x / torch.sqrt(x.var(dim=-1, keepdim=True) + 1e-5)", "a layer norm", RIGHT, _at(x=ROW)),
    Place(
        "jnp.linalg.norm(x[:, None] - y[None], axis=-1)", "distances of two sets", RIGHT, _at(x=PAIRS, y=[[0.0, 1.0]])
    ),
    Place("jnp.linalg.norm(jnp.arccos(x))", "angles between subspaces", RIGHT, _at(x=[[0.5, 0.25]])),
    Place("jnp.linalg.norm(x, ord=1, axis=-1) + 1e-8", "sums of sizes", RIGHT, _at(x=ROW)),
    Place("x / jnp.sqrt(jnp.var(x, axis=-1, keepdims=True) + 1e-5)", "a layer norm", RIGHT, _at(x=ROW)),
    Place(
        "torch.sqrt(((x[:, None] - y[None]) ** 2).sum(-1))",
        "distances of two sets",
        RIGHT,
        _at(x=PAIRS, y=[[0.0, 1.0]]),
    ),
    Place("torch.sqrt(((x[:, None] - x[None]) ** 2).sum(-1) + 1e-8)", "energies of particles", RIGHT, _at(x=PAIRS)),
    Place("(1 - torch.sigmoid(x)) ** 2", "focal losses", RIGHT, _at(x=1e3)),
    Place("torch.clamp(x, min=1e-8) ** 0.4", "a clip above zero", RIGHT, _at(x=0.0)),
    Place("torch.clamp(x, min=0) ** 1.5", "a hinge with a flat foot", RIGHT, _at(x=0.0)),
    Place("torch.acos(torch.clamp(c, -1 + 1e-6, 1 - 1e-6))", "geoopt, mended", RIGHT, _at(c=1.0)),
]
