"""Whether the cost of a run grows no faster than its work: python -m benchmarks.linear

Each row has one kind of work at growing sizes: CPU seconds without a cache, and by how much the time for one
unit of work grew from the first size to the last (1.0 is linear; what starts slowly gets below it).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Run, measured

HEAD = "import numpy as np\n\n\n"
PLAIN = "def f{0}(x, y):\n    z = x * {0} + y\n    if z > 3:\n        return z\n    return y\n\n\n"
FOUND = "def g{0}(x):\n    e = np.exp(x - {0})\n    return e / e.sum()\n\n\n"
LOG = "def h{0}(x):\n    return np.log(x + {0}) + {0}\n\n\n"


def files(folder: Path, number: int) -> None:
    """Files of thirty lines, each tenth with a logarithm."""
    for n in range(number):
        text = HEAD + "".join(PLAIN.format(i) for i in range(4)) + (LOG.format(n) if n % 10 == 0 else "")
        path = folder / f"p{n // 100}" / f"m{n}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def findings(folder: Path, number: int) -> None:
    """Findings, ten a file."""
    for n in range(number // 10):
        (folder / f"m{n}.py").write_text(HEAD + "".join(FOUND.format(10 * n + i) for i in range(10)))


def lines(folder: Path, number: int) -> None:
    """One file of many lines, each seventh function with a logarithm."""
    kinds = [*[PLAIN] * 6, LOG]
    text, count, n = [HEAD], 3, 0
    while count < number:
        text.append(kinds[n % 7].format(n))
        count += text[-1].count("\n")
        n += 1
    (folder / "m.py").write_text("".join(text))


def lines_with_findings(folder: Path, number: int) -> None:
    """One file of many lines, each fifth one a finding."""
    (folder / "m.py").write_text(HEAD + "".join(FOUND.format(n) for n in range(max(1, number // 5))))


def terms(folder: Path, number: int) -> None:
    """The logarithm of a sum of many exponentials."""
    total = "\n        + ".join(f"np.exp(x[{n}])" for n in range(number))
    (folder / "m.py").write_text(f"{HEAD}def f(x):\n    return np.log(\n        {total}\n    )\n")


def brackets(folder: Path, number: int) -> None:
    """A logarithm within many brackets."""
    (folder / "m.py").write_text(f"{HEAD}def f(x):\n    return {'(' * number}np.log(1 + np.exp(x)){')' * number}\n")


def calls(folder: Path, number: int) -> None:
    """A softplus of a softplus of a softplus."""
    inner = f"{'np.log(1 + np.exp(' * number}x{'))' * number}"
    (folder / "m.py").write_text(f"{HEAD}def f(x):\n    return {inner}\n")


def chain(folder: Path, number: int) -> None:
    """Names that hold what was made of the name before, line by line."""
    steps = "".join(f"    a{n + 1} = np.log(1 + np.exp(a{n}))\n" for n in range(number))
    (folder / "m.py").write_text(f"{HEAD}def f(a0):\n{steps}    return a{number}\n")


def blocks(folder: Path, number: int) -> None:
    """A finding below many `if`s, of which Python allows a hundred."""
    text = "".join(f"{'    ' * (n + 1)}if x > {n}:\n" for n in range(number))
    inner = "    " * (number + 1)
    (folder / "m.py").write_text(f"{HEAD}def f(x):\n{text}{inner}return np.log(1 + np.exp(x))\n")


WORK: dict[str, tuple[Callable[[Path, int], None], tuple[int, ...]]] = {
    "files": (files, (1_000, 10_000, 30_000)),
    "findings": (findings, (100, 1_000, 10_000)),
    "lines of one file": (lines, (1, 1_000, 10_000, 50_000)),
    "lines of one file, every fifth a finding": (lines_with_findings, (100, 1_000, 10_000)),
    "terms of one expression": (terms, (10, 100, 1_000, 10_000)),
    "brackets": (brackets, (10, 100, 1_000)),
    "calls within calls": (calls, (10, 100, 1_000)),
    "names made of names": (chain, (10, 100, 1_000)),
    "blocks within blocks": (blocks, (10, 50, 90)),
}


def rows(wanted: list[str]) -> Iterator[str]:
    """The table, row by row."""
    yield "| work | size: CPU s | growth of the cost of one |"
    yield "|---|---|---:|"
    start = run_on(lambda folder, _: (folder / "m.py").write_text("x = 1\n"), 1).cpu
    for name, (make, sizes) in WORK.items():
        if wanted and not any(word in name for word in wanted):
            continue
        taken = {size: run_on(make, size).cpu for size in sizes}
        shown = ", ".join(f"{size:,}: {seconds:.2f}" for size, seconds in taken.items())
        # What every run costs is no cost of the work; the first sizes are too small to tell.
        first, last = sizes[-2], sizes[-1]
        growth = ((taken[last] - start) / last) / max((taken[first] - start) / first, 1e-9)
        yield f"| {name} | {shown} | {growth:.2f} |"


def run_on(make: Callable[[Path, int], object], size: int) -> Run:
    """A run on work of that size; a crash is told of."""
    with TemporaryDirectory() as folder:
        make(Path(folder), size)
        command = (sys.executable, "-m", "stabaudit", "check", folder, "--isolated", "--no-cache", "-q", "-j", "2")
        command = (*command, "--output-format", "concise")
        return measured(command, b"internal error", dict(os.environ))


def main() -> None:
    """Print the table, or the rows that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only rows with one of these words")
    for row in rows(parser.parse_args().words):
        print(row, flush=True)


if __name__ == "__main__":
    main()
