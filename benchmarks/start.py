"""What a run on one file costs beside an empty Python, as pre-commit calls it: python -m benchmarks.start

A checkout is measured as an installed copy is after `python -m stabaudit.shipping tests/idioms`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.linear import HEAD, LOG, PLAIN
from benchmarks.measure import Run, measured

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


class Case(NamedTuple):
    """What is measured, the command for it, and the files that are changed before each run to something new."""

    told: str
    command: list[str]
    changed: Sequence[Path] = ()


def cases(folder: Path) -> Iterator[Case]:
    """All cases; the first is Python alone."""
    yield Case("`python -c pass`", ["-c", "pass"])
    (folder / "irrelevant.py").write_text(IRRELEVANT)
    (folder / "logarithm.py").write_text(IRRELEVANT + LOG.format(2))
    (folder / "three.py").write_text(THREE)
    check = ["-m", "stabaudit", "check", "--isolated"]
    for kept, told in ([], "from the second run on"), (["--no-cache"], "without a cache"):
        yield Case(f"300 lines, no exponential, no logarithm, {told}", [*check, *kept, str(folder / "irrelevant.py")])
        yield Case(f"300 lines, a harmless logarithm, {told}", [*check, *kept, str(folder / "logarithm.py")])
        yield Case(f"300 lines, three findings, {told}", [*check, *kept, str(folder / "three.py")])
    changed = folder / "changed.py"
    changed.write_text(THREE)
    yield Case("300 lines, three findings, changed since the last run", [*check, str(changed)], [changed])
    ten = folder / "ten"
    ten.mkdir()
    files = [ten / f"m{n}.py" for n in range(10)]
    for n, file in enumerate(files):
        file.write_text(THREE if n < 2 else IRRELEVANT)
    yield Case("ten files, two of them with findings, without a cache", [*check, "--no-cache", str(ten)])
    yield Case("ten files, two of them with findings, all changed since the last run", [*check, str(ten)], files)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as name:
        env = {"STABAUDIT_CACHE_DIR": f"{name}/cache"}
        every = [*cases(Path(name))]
        for case in every:
            # Compiles what is imported, and fills the cache.
            measured((sys.executable, *case.command), b"", env)
        taken: dict[str, list[Run]] = {}
        for number in range(rounds):
            for case in every:
                for file in case.changed:
                    file.write_text(f"{file.read_text()}# {file} {number}\n")
                run = measured((sys.executable, *case.command), b"", env, watched=False)
                taken.setdefault(case.told, []).append(run)
    print(f"Medians of {rounds} rounds.\n\n| | CPU, ms | beyond `python -c pass` | wall, ms |\n|---|---:|---:|---:|")
    empty = median(run.cpu for run in taken[every[0].told])
    for told, runs in taken.items():
        cpu, wall = median(run.cpu for run in runs), median(run.wall for run in runs)
        print(f"| {told} | {1000 * cpu:.0f} | {1000 * (cpu - empty):.0f} | {1000 * wall:.0f} |")


if __name__ == "__main__":
    main()
