"""The algebra: immutable expressions and their normal form. Imports nothing of the rest."""

from stabaudit.terms.term import (
    App,
    Attrs,
    Bounds,
    Const,
    Data,
    Lit,
    Number,
    Term,
    Var,
    applications,
    as_term,
    children,
    placed,
    substitute,
    walk,
    without_origin,
)

__all__ = [
    "App",
    "Attrs",
    "Bounds",
    "Const",
    "Data",
    "Lit",
    "Number",
    "Term",
    "Var",
    "applications",
    "as_term",
    "children",
    "placed",
    "substitute",
    "walk",
    "without_origin",
]
