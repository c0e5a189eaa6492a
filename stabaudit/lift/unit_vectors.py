"""Vectors of length one, whose products and distances are small."""

from __future__ import annotations

import re

from stabaudit.terms import App, Bounds, Term, Var

#: Between what the products of two of them lie, and how far they are from each other.
PRODUCTS = Bounds(-1, 1)
APART = Bounds(0, 2)
#: Functions that give the distances of rows.
DISTANCES = frozenset({"pdist", "cdist", "pairwise_distance", "pairwise_distances", "euclidean_distances"})


def are_unit_vectors(term: Term) -> bool:
    """Whether the rows or columns of an array have length one, as `F.normalize` leaves them."""
    while isinstance(term, App) and term.op in ("transpose", "same", "abs"):
        term = term.args[0]
    if isinstance(term, App) and term.op == "div":
        return _is_norm(term.args[1], term.args[0])
    return isinstance(term, Var) and term.bounds is not None and term.bounds.unit


def _is_norm(term: Term, vectors: Term) -> bool:
    """Whether it is the length of some vectors: `np.linalg.norm(x, axis=1, keepdims=True)`."""
    while isinstance(term, App) and term.op in ("index", "same", "maximum", "clip", "expand_dims", "reshape"):
        term = term.args[0]
    if not (isinstance(term, Var) and isinstance(vectors, Var)):
        return False
    return re.search(rf"norm\({re.escape(vectors.name)}\b|^{re.escape(vectors.name)}\.norm\(", term.name) is not None
