"""Accuracy and speed of `stabaudit.runtime` against what else there is, as tables and pictures.

python benchmarks/runtime.py                 all tables, about ten minutes
python benchmarks/runtime.py --quick         fewer points, fewer rounds
python benchmarks/runtime.py --write         also into docs/runtime.md and docs/*.svg
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import accuracy, peers, pictures, speed  # noqa: E402

PICTURES = {
    "sigmoid": (-760, 60),
    "softplus": (-50, 760),
    "log1mexp": (-50, 0),
    "logcosh": (-5, 5),
    "logit": (0, 1),
}


def table(rows: Iterable[list[str]]) -> str:
    """Rows as Markdown; a row that is not like the first of its kind starts a new table."""
    lines: list[str] = []
    width = 0
    for row in rows:
        if len(row) != width or re.match(r"(float|scalar)", row[0]):
            width = len(row)
            lines += ["", "| " + " | ".join(row) + " |", "|" + "---|" * width]
        else:
            lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines[1:])


def said(title: str, rows: Iterable[list[str]]) -> str:
    """A section, printed as soon as it is known."""
    text = f"### {title}\n\n{table(rows)}\n"
    print(text, flush=True)
    return text


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", choices=["accuracy", "speed"])
    options = parser.parse_args()
    found = peers.installed()
    size, rounds, shrink = (1200, 3, 10) if options.quick else (24_000, 9, 1)
    rows = 1000 if options.quick else 12_000
    sections = {"accuracy": "", "speed": ""}
    if options.only != "speed":
        parts = [
            said("Functions of one variable", accuracy.univariate(np.float64, found, size)),
            said("float32", accuracy.univariate(np.float32, found, size // 2)),
            said("float16", accuracy.half(size)),
            said("Rows", accuracy.rows(np.float64, found, rows)),
            said("Rows, float32", accuracy.rows(np.float32, found, rows // 2)),
            said("Long axes", accuracy.tall(found, 10_000 if options.quick else 1_000_000)),
        ]
        sections["accuracy"] = "\n".join(parts)
    if options.only != "accuracy":
        parts = [
            said("Large arrays, float64", speed.large(np.float64, found, rounds, shrink)),
            said("Large arrays, float32", speed.large(np.float32, found, rounds, shrink)),
            said("Element by element, float64", speed.elementwise(np.float64, found, rounds)),
            said("Element by element, float32", speed.elementwise(np.float32, found, rounds)),
            said("Small arrays", speed.small(found, rounds)),
            said("Scalars", speed.scalars(rounds)),
            said("Memory", speed.memory()),
        ]
        sections["speed"] = "\n".join(parts)
    if options.write:
        written(sections, found)


def written(sections: dict[str, str], found: dict[str, dict[str, peers.Function]]) -> None:
    """Put the tables between their marks in docs/runtime.md, and draw the pictures."""
    page = ROOT / "docs" / "runtime.md"
    text = page.read_text()
    for section, body in sections.items():
        if body:
            name = section if peers.wide() else f"{section} without AVX-512"
            marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
            before, rest = text.split(marks[0])
            text = (
                before
                + f"{marks[0]}\n\nMeasured with {peers.versions()}.\n\n{body}\n{marks[1]}"
                + rest.split(marks[1])[1]
            )
    page.write_text(text)
    if not sections["accuracy"]:
        return
    for name, (low, high) in PICTURES.items():
        (ROOT / "docs" / f"error-{name}.svg").write_text(pictures.picture(name, found, low, high))


if __name__ == "__main__":
    main()
