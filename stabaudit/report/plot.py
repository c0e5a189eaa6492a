"""A curve of lost digits as SVG: digits upwards, and inputs of all sizes on both sides of zero to the right.

The inputs stand at equal distances: on no scale are both 1e-16 and the step from 709 to 710 seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from stabaudit.report.formula import formula

if TYPE_CHECKING:
    # It takes NumPy to compute one, not to draw it.
    from stabaudit.proof.curve import Curve, Point

WIDTH, HEIGHT = 520, 190
LEFT, RIGHT, TOP, BOTTOM = 44, 496, 26, 152
#: How far apart the inputs are.
STEP = (RIGHT - LEFT) / 60
TICKS = (-1000.0, -38.0, -1.0, -1e-9, 1e-9, 1.0, 38.0, 1000.0)

STYLE = """\
.plot text { font: 11px system-ui, sans-serif; fill: currentColor; }
.plot .grid { stroke: currentColor; stroke-opacity: .18; }
.plot .fails { fill: #c0392b; fill-opacity: .12; }
.plot polyline { fill: none; stroke-width: 1.8; }
.plot .before { stroke: #c0392b; } .plot .after { stroke: #2471a3; stroke-dasharray: 5 3; }
.plot .way { fill: #c0392b; } .plot text.before { fill: #c0392b; stroke: none; }
.plot text.after { fill: #2471a3; stroke: none; }
@media (prefers-color-scheme: dark) {
.plot .before { stroke: #ff8370; } .plot .after { stroke: #6db8ee; } .plot .way { fill: #ff8370; }
.plot text.before { fill: #ff8370; } .plot text.after { fill: #6db8ee; } }
"""


def picture(curve: Curve) -> str:
    """The plot as a file of its own."""
    # Where a browser shows it as an image, nothing says what the current colour is.
    style = f"svg {{ color: #222; }} @media (prefers-color-scheme: dark) {{ svg {{ color: #ddd; }} }}\n{STYLE}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" class="plot" role="img">'
    return "\n".join(
        [head, f"<title>{escape(title(curve))}</title>", f"<style>{style}</style>", drawn(curve), "</svg>\n"]
    )


def title(curve: Curve) -> str:
    """What the plot shows, for who does not see it."""
    said = f"Digits lost of 16 by {formula(curve.unstable)} and by {formula(curve.stable)} at {curve.along}."
    ranges = [f"from {_number(run[0].x)} to {_number(run[-1].x)}" for run in failing(curve.points)]
    return f"{said} More than half are lost {' and '.join(ranges)}." if ranges else said


def drawn(curve: Curve) -> str:
    """The parts of the plot."""
    return "\n".join(_parts(curve))


def failing(points: Sequence[Point]) -> list[list[Point]]:
    """The runs of points at which more than half of the digits are lost."""
    runs: list[list[Point]] = []
    last = False
    for point in points:
        if point.fails and last:
            runs[-1].append(point)
        elif point.fails:
            runs.append([point])
        last = point.fails
    return runs


def _parts(curve: Curve) -> Iterator[str]:
    for run in failing(curve.points):
        first, last = _x(run[0].x) - STEP / 2, _x(run[-1].x) + STEP / 2
        yield f'<rect class="fails" x="{first:.1f}" y="{TOP}" width="{last - first:.1f}" height="{BOTTOM - TOP}"/>'
    for digits in (0, 8, 16):
        y = _y(digits)
        yield f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{digits}</text>'
    for tick in TICKS:
        yield f'<line class="grid" x1="{_x(tick):.1f}" x2="{_x(tick):.1f}" y1="{TOP}" y2="{BOTTOM}"/>'
        yield f'<text x="{_x(tick):.1f}" y="{BOTTOM + 15}" text-anchor="middle">{_number(tick)}</text>'
    middle = f"{(LEFT + RIGHT) / 2:.0f}"
    yield f'<text x="{middle}" y="{BOTTOM + 32}" text-anchor="middle">t, where {escape(curve.along)}</text>'
    yield f'<text x="{LEFT}" y="14">digits lost</text>'
    yield '<text class="before" x="330" y="14">as written</text><text class="after" x="430" y="14">rewritten</text>'
    for name in ("before", "after"):
        for side in (-1, 1):
            points = [point for point in curve.points if point.x * side > 0]
            if points:
                told = " ".join(f"{_x(one.x):.1f},{_y(getattr(one, name)):.1f}" for one in points)
                yield f'<polyline class="{name}" points="{told}"/>'
    for point in curve.points:
        if point.overflows and not point.fails:
            yield f'<circle class="way" cx="{_x(point.x):.1f}" cy="{_y(0):.1f}" r="2.5"/>'


def _x(value: float) -> float:
    from stabaudit.proof.curve import LINE

    return LEFT + (RIGHT - LEFT) * (LINE.index(value) + 0.5) / len(LINE)


def _y(digits: float) -> float:
    from stabaudit.proof.curve import DIGITS

    return BOTTOM - (BOTTOM - TOP) * digits / DIGITS


def _number(value: float) -> str:
    return f"{value:g}".replace("e-0", "e-").replace("e+0", "e")
