"""stabaudit and its peers on a tree of published packages: wall, CPU, memory and findings side by side.

    python -m benchmarks.corpus fetch DIR           download the packages of packages.tsv, unpack their .py files
    python -m benchmarks.corpus DIR [--rounds 5]    run all that is installed, print the table and the aims
    python -m benchmarks.corpus DIR --profile       where the time of a cold run goes, in one process

A peer that is not installed is left out; `--programs FOLDER` names another folder to look for them in. One that
takes longer than five minutes is ended.
"""

from __future__ import annotations

import argparse
import math
import pstats
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.fetch import fetch
from benchmarks.measure import LIMIT, Run, measured, program

HERE = Path(__file__).resolve().parent
#: Who is compared with whom, and the most that the first may take of the other's time.
AIMS = (
    ("stabaudit, cold", "ruff, default rules", 1),
    ("stabaudit, cold", "ruff, NPY rules", 1),
    ("stabaudit, cold", "ast-grep, naive patterns", 0.125),
    ("stabaudit, warm", "stabaudit, cold", 0.25),
    ("stabaudit, warm", "rg -c exp", 3),
)


class Contestant(NamedTuple):
    """A program, how it is started, and how its findings are counted: by lines that hold `mark`."""

    name: str
    command: tuple[str, ...]
    mark: bytes
    #: So slow that once is enough.
    slow: bool = False


def contestants(tree: str, cache: str, folder: str | None, jobs: int) -> Iterator[Contestant]:
    """All that are installed, stabaudit cold and warm first."""
    own: tuple[str, ...] = (
        sys.executable,
        "-m",
        "stabaudit",
        "check",
        tree,
        "--isolated",
        "-q",
        "--output-format",
        "json-lines",
    )
    own = (*own, "-j", str(jobs))
    yield Contestant("stabaudit, cold", own, b'"name"')
    yield Contestant("stabaudit, warm", own, b'"name"')
    if found := program("rg", folder):
        yield Contestant("rg -c exp", (found, "-c", "exp", tree), b":")
    if ruff := program("ruff", folder):
        plain = (ruff, "check", tree, "--isolated", "--no-cache", "-q", "--output-format", "concise")
        yield Contestant("ruff, default rules", plain, b":")
        yield Contestant("ruff, NPY rules", (*plain, "--select", "NPY"), b":")
    if found := program("ast-grep", folder):
        scan = (found, "scan", "-c", str(HERE / "ast-grep" / "sgconfig-base.yml"), "--json=stream", tree)
        yield Contestant("ast-grep, naive patterns", scan, b'"ruleId"')
    if found := program("torchfix", folder):
        yield Contestant("TorchFix", (found, tree), b":", slow=True)
    if found := program("fixit", folder):
        yield Contestant("Fixit", (found, "--quiet", "lint", tree), b"@", slow=True)


def rounds(tree: str, number: int, folder: str | None, slow: bool, jobs: int) -> dict[str, list[Run]]:
    """The runs of each contestant, all of them once a round, so that a busy machine is unfair to none."""
    taken: dict[str, list[Run]] = {}
    for this in range(number):
        with TemporaryDirectory() as cache:
            for one in contestants(tree, cache, folder, jobs):
                if not one.slow or (slow and this == 0):
                    print(f"round {this + 1} of {number}: {one.name}", file=sys.stderr)
                    env = {"STABAUDIT_CACHE_DIR": cache, "PYTHONWARNINGS": "ignore"}
                    taken.setdefault(one.name, []).append(measured(one.command, one.mark, env))
    return taken


def medians(taken: dict[str, list[Run]]) -> dict[str, Run]:
    """The middle of the runs of each contestant."""
    return {n: Run(*(median(r[i] for r in runs) for i in range(4))) for n, runs in taken.items()}


def aims(middle: dict[str, Run]) -> Iterator[str]:
    """What a run takes as a multiple of another, beside the most that it is to take."""
    yield "| wall | ratio | aim |\n|---|---:|---:|"
    for one, other, aim in AIMS:
        if one in middle and other in middle:
            yield f"| {one} / {other} | {middle[one].wall / middle[other].wall:.2f} | {aim} |"


def profile(tree: str) -> None:
    """Print where a cold run in one process spends its time."""
    with TemporaryDirectory() as folder:
        kept = f"{folder}/run.prof"
        words = ["check", tree, "--isolated", "-q", "--no-cache", "-j", "1", "--output-format", "json-lines"]
        command = [sys.executable, "-m", "cProfile", "-o", kept, "-m", "stabaudit", *words]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pstats.Stats(kept).sort_stats("cumulative").print_stats(40).sort_stats("tottime").print_stats(40)


def table(middle: dict[str, Run]) -> Iterator[str]:
    """Medians, and wall and CPU as multiples of those of ruff with its default rules, or of the first."""
    unit = middle.get("ruff, default rules") or next(iter(middle.values()))
    yield "| | wall, s | CPU, s | memory, MB | findings | wall, ratio | CPU, ratio |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, run in middle.items():
        shares = f"{run.wall / unit.wall:.2f} | {run.cpu / unit.cpu:.2f}"
        if run.wall == math.inf:
            yield f"| {name} | ended after {LIMIT:.0f} | | {run.memory / 1e6:.0f} | | | |"
            continue
        yield f"| {name} | {run.wall:.2f} | {run.cpu:.2f} | {run.memory / 1e6:.0f} | {run.findings:.0f} | {shares} |"


def main() -> None:
    """Fetch, or measure and print."""
    if sys.argv[1:2] == ["fetch"]:
        fetch(HERE / "packages.tsv", Path(sys.argv[2]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", help="a folder of Python files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--programs", metavar="FOLDER", help="where peers lie that are not on the path")
    parser.add_argument("--slow", action="store_true", help="run TorchFix and Fixit, too, which take minutes")
    parser.add_argument("--profile", action="store_true", help="show where the time of stabaudit goes, and run no peer")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    options = parser.parse_args()
    tree = Path(options.tree).resolve()
    if options.profile:
        profile(str(tree))
        return
    files = [path for path in tree.rglob("*.py") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {size / 1e6:.0f} MB, medians of {options.rounds} rounds, {options.jobs} processes\n")
    middle = medians(rounds(str(tree), options.rounds, options.programs, options.slow, options.jobs))
    print("\n".join([*table(middle), "", *aims(middle)]))
    if options.slow:
        print("\nTorchFix and Fixit ran once.")
    subprocess.run([sys.executable, "--version"], check=True)


if __name__ == "__main__":
    main()
