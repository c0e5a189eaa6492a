"""The error over the range of the input as SVG, drawn with nothing but text."""

from __future__ import annotations

from typing import Any

import numpy as np

from stabaudit import runtime
from tests.runtime import samples, truth

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 260, 56, 40, 34
COLOURS = {"naive": "#c0392b", "textbook": "#d98e04", "scipy": "#2471a3", "stabaudit": "#1e8449"}
# Errors are drawn on a logarithmic scale from a hundredth of a unit to "every bit wrong".
LOW, HIGH = -2.0, 16.0


def height(errors: Any) -> Any:
    """Where errors lie on the picture, from 0 at the bottom to 1 at the top."""
    with np.errstate(divide="ignore"):
        logs = np.log10(np.asarray(errors, float))
    return (np.clip(logs, LOW, HIGH) - LOW) / (HIGH - LOW)


def picture(name: str, peers: dict[str, Any], low: float, high: float, bins: int = 160) -> str:
    """The largest error of `name` in each of many intervals of the input, by library."""
    rng = np.random.default_rng(6)
    edges = np.linspace(low, high, bins + 1)
    x = np.sort(rng.uniform(np.repeat(edges[:-1], 12), np.repeat(edges[1:], 12)))
    low_end, high_end = samples.DOMAIN.get(name, (-np.inf, np.inf))
    x = x[(x > low_end) & (x < high_end)]
    exact = [truth.UNIVARIATE[name](v) for v in truth.numbers(x)]
    place = np.clip(np.searchsorted(edges, x, side="right") - 1, 0, bins - 1)
    lines = []
    for label in COLOURS:
        functions = runtime if label == "stabaudit" else peers.get(label, {})
        function = getattr(runtime, name) if label == "stabaudit" else functions.get(name)
        if function is None:
            continue
        with np.errstate(all="ignore"):
            errors = truth.ulps(np.asarray(function(x)), exact)
        worst = np.zeros(bins)
        np.maximum.at(worst, place, np.minimum(errors, 1e16))
        lines.append((label, edges[:-1] + (high - low) / bins / 2, worst))
    return svg(name, low, high, lines)


def svg(name: str, low: float, high: float, lines: list[tuple[str, Any, Any]]) -> str:
    """The picture as text."""
    wide, tall = WIDTH - LEFT - 16, HEIGHT - TOP - BOTTOM

    def across(v: float) -> float:
        return LEFT + (v - low) / (high - low) * wide

    def up(h: float) -> float:
        return TOP + (1 - h) * tall

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="18" font-size="14">{name}: largest error in ULP</text>',
    ]
    for power in (0, 5, 10, 15):
        y = up((power - LOW) / (HIGH - LOW))
        parts.append(f'<line x1="{LEFT}" x2="{LEFT + wide}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">10^{power}</text>')
    for v in np.linspace(low, high, 5):
        parts.append(f'<text x="{across(v):.1f}" y="{HEIGHT - 18}" text-anchor="middle">{v:g}</text>')
    for i, (label, xs, worst) in enumerate(lines):
        points = " ".join(f"{across(a):.1f},{up(h):.1f}" for a, h in zip(xs, height(worst), strict=True))
        colour = COLOURS[label]
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.4"/>')
        parts.append(f'<text x="{LEFT + 260 + 90 * i}" y="18" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>\n"])
