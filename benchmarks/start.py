"""What a run on one file costs beside an empty Python, as pre-commit calls it: python -m benchmarks.start"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.linear import HEAD, LOG, PLAIN
from benchmarks.measure import measured

FINDINGS = """def softmax(x):
    e = np.exp(x)
    return e / e.sum()


def total(x):
    return np.log(np.sum(np.exp(x)))


def soft(x):
    return np.log(1 + np.exp(x))
"""
IRRELEVANT = HEAD + "".join(PLAIN.format(n) for n in range(50))
THREE = HEAD + "".join(PLAIN.format(n) for n in range(41)) + FINDINGS


def cases(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """What is measured, and the command for it."""
    yield "`python -c pass`", ["-c", "pass"]
    (folder / "irrelevant.py").write_text(IRRELEVANT)
    (folder / "logarithm.py").write_text(IRRELEVANT + LOG.format(2))
    (folder / "three.py").write_text(THREE)
    check = ["-m", "stabaudit", "check", "--isolated"]
    for kept, told in ([], "from the second run on"), (["--no-cache"], "without a cache"):
        yield f"300 lines, no exponential, no logarithm, {told}", [*check, *kept, str(folder / "irrelevant.py")]
        yield f"300 lines, a harmless logarithm, {told}", [*check, *kept, str(folder / "logarithm.py")]
        yield f"300 lines, three findings, {told}", [*check, *kept, str(folder / "three.py")]
    ten = folder / "ten"
    ten.mkdir()
    for n in range(10):
        (ten / f"m{n}.py").write_text(THREE if n < 2 else IRRELEVANT)
    yield "ten files, two of them with findings, without a cache", [*check, "--no-cache", str(ten)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    number = parser.parse_args().rounds
    with TemporaryDirectory() as name:
        env = {"STABAUDIT_CACHE_DIR": f"{name}/cache"}
        commands = [(told, (sys.executable, *words)) for told, words in cases(Path(name))]
        for _, command in commands:
            # Compiles what is imported, and fills the cache.
            measured(command, b"", env)
        taken: dict[str, list[float]] = {}
        for _ in range(number):
            for told, command in commands:
                taken.setdefault(told, []).append(measured(command, b"", env, watched=False).cpu)
    print(f"Medians of {number} rounds.\n\n| | CPU, ms | beyond `python -c pass` |\n|---|---:|---:|")
    empty = median(taken["`python -c pass`"])
    for told, times in taken.items():
        print(f"| {told} | {1000 * median(times):.0f} | {1000 * (median(times) - empty):.0f} |")


if __name__ == "__main__":
    main()
