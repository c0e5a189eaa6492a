"""Draw the value and the gradient of choices as a library computes them, for docs/gradients.md.

    python -m benchmarks.gradients

The runs are in float32. Where the gradient is nan there is a band instead of a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from stabaudit.proof.floats import Floats
from stabaudit.proof.gradient import gradient
from stabaudit.terms import Term, Var
from stabaudit.terms.ops import exp, gt, log, sqrt, where

DOCS = Path(__file__).parents[1] / "docs"
X = Var("x")
WIDTH, HEIGHT, LEFT, TOP = 640, 260, 56, 36
POINTS = 240


class Choice(NamedTuple):
    """A choice as a term and in words, and where it is drawn."""

    term: Term
    says: str
    low: float
    high: float


CHOICES = {
    "softplus": Choice(where(gt(X, 20), X, log(1 + exp(X))), "where(x > 20, x, log(1 + exp(x)))", -120, 120),
    "sqrt": Choice(where(gt(X, 0), sqrt(X), 0), "where(x > 0, sqrt(x), 0)", -1, 2),
}


def picture(choice: Choice) -> str:
    """The value, the true gradient and the computed one of a choice."""
    x = np.linspace(choice.low, choice.high, POINTS).astype(np.float32)
    with np.errstate(all="ignore"):
        value = np.asarray(Floats({X: x}, np.float32).run(choice.term), dtype=float)
    back = gradient(choice.term, {X: x}, np.float32)
    computed, true = (np.asarray(flow[X], dtype=float) for flow in back)
    scale = max(1.0, float(np.nanmax(np.abs(value))) / 2)
    told = "value" if scale == 1 else f"value / {scale:g}"
    drawn = [*_frame(choice), *_band(x, computed, choice), *_lines(x, (told, value / scale), computed, true, choice)]
    return "\n".join([*drawn, "</svg>", ""])


def _frame(choice: Choice) -> Iterator[str]:
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
    yield f"<title>{_escaped(choice.says)}</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    yield f'<text x="{LEFT}" y="18" font-size="14">{_escaped(choice.says)}</text>'
    for number in np.linspace(choice.low, choice.high, 5):
        yield f'<text x="{_across(number, choice):.1f}" y="{HEIGHT - 8}" text-anchor="middle">{number:g}</text>'
    for number in (0, 1, 2):
        y = _down(number)
        yield f'<line x1="{LEFT}" x2="{WIDTH - 16}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{number}</text>'


def _band(x: Any, computed: Any, choice: Choice) -> Iterator[str]:
    lost = x[~np.isfinite(computed)]
    if len(lost):
        left, right = (_across(float(end), choice) for end in (lost.min(), lost.max()))
        yield f'<rect x="{left:.1f}" y="{TOP}" width="{right - left:.1f}" height="{HEIGHT - 2 * TOP}" fill="#f4c7c3"/>'
        yield f'<text x="{(left + right) / 2:.1f}" y="{TOP + 16}" text-anchor="middle">the gradient is nan</text>'


def _lines(x: Any, value: tuple[str, Any], computed: Any, true: Any, choice: Choice) -> Iterator[str]:
    said = ((*value, "#888888", ""), ("true gradient", true, "#1a73e8", ' stroke-dasharray="4 4"'))
    for place, (name, line, color, dash) in enumerate((*said, ("computed gradient", computed, "#c5221f", ""))):
        kept = [(a, b) for a, b in zip(x, line, strict=True) if np.isfinite(b) and -0.2 <= b <= 2.2]
        points = " ".join(f"{_across(float(a), choice):.1f},{_down(float(b)):.1f}" for a, b in kept)
        yield f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"{dash}/>'
        yield f'<text x="{LEFT + 16 + 150 * place}" y="{HEIGHT - 26}" fill="{color}">{name}</text>'


def _across(x: float, choice: Choice) -> float:
    return LEFT + (x - choice.low) / (choice.high - choice.low) * (WIDTH - 16 - LEFT)


def _down(y: float) -> float:
    return HEIGHT - 48 - (y + 0.2) / 2.4 * (HEIGHT - 48 - TOP)


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def main() -> None:
    """Write all pictures."""
    for name, choice in CHOICES.items():
        (DOCS / f"gradient-{name}.svg").write_text(picture(choice))


if __name__ == "__main__":
    main()
