"""Random programs run before and after their safe fixes: `python benchmarks/differential.py 100000 --seed 1 --jobs 2`.

Counts the programs in which nothing is found, those that get no safe fix, and those that do what they did with their
safe fixes. Each of the others is shown as short as it can be made, with what it no longer does.
Needs `pip install -e ".[dev,libraries,fast]"`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

#: How many programs a process judges at a time.
CHUNK = 500


def main() -> int:
    """Judge as many programs as asked for; exit code 1 if a safe fix is wrong in one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("programs", type=int)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="how many wrong ones are shown (default: 20)")
    parser.add_argument("--preview", action="store_true", help="also with the rules that are in preview")
    parser.add_argument("--only", default="", help="show the program of this seed, as `0-17`")
    options = parser.parse_args()
    from stabaudit.catalogue.extra_rules import choosing
    from tests.random_programs.batch import Verdict
    from tests.random_programs.reduced import report

    more = more_rules(preview=options.preview)
    if options.only:
        with choosing(more):
            print(report(options.only))
        return 0
    seeds = [f"{options.seed}-{n}" for n in range(options.programs)]
    chunks = [seeds[start : start + CHUNK] for start in range(0, len(seeds), CHUNK)]
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[Verdict] = []
    began = time.monotonic()
    with ProcessPoolExecutor(options.jobs, get_context("spawn"), max_tasks_per_child=10) as pool:
        for number, verdicts in enumerate(pool.map(partial(chunk, more=more), chunks), 1):
            counts.update((v.library, v.status) for v in verdicts)
            new = [v for v in verdicts if v.status in ("half", "wrong")]
            for verdict in new[: max(0, options.show - len(wrong))]:
                with choosing(more):
                    print(f"\n===== {verdict.seed}: {verdict.library}\n{report(verdict.seed)}", flush=True)
            wrong += new
            if sys.stderr.isatty() or number % 20 == 0:
                print(f"{number * CHUNK} programs, {len(wrong)} wrong", file=sys.stderr)
    print(table(counts), f"{time.monotonic() - began:.0f} s", sep="\n")
    print("wrong:", *[v.seed for v in wrong])
    return int(bool(wrong))


def more_rules(*, preview: bool) -> frozenset[str]:
    """The rules that hold beside those that do by default."""
    from stabaudit.catalogue.load import load

    return frozenset(rule.name for rule in load() if preview and rule.tier == "preview")


def chunk(seeds: list[str], *, more: frozenset[str]) -> list[object]:
    """The verdicts on the programs of seeds, where `more` rules hold than do by default."""
    from stabaudit.catalogue.extra_rules import choosing
    from tests.random_programs.batch import verdicts

    with choosing(more):
        return list(verdicts(seeds))


def table(counts: Counter[tuple[str, str]]) -> str:
    """The programs by library and by what became of them."""
    columns = {
        "nothing": "nothing found",
        "kept": "no safe fix",
        "right": "as before",
        "ends": "no result",
        "late": "late",
        "half": "half a fix",
        "wrong": "wrong",
    }
    lines = [f"{'':12}" + "".join(f"{title:>15}" for title in columns.values())]
    for library in [*sorted({name for name, _ in counts}), "all"]:
        numbers = [
            sum(n for (name, s), n in counts.items() if s == status and library in (name, "all")) for status in columns
        ]
        lines.append(f"{library:12}" + "".join(f"{n:>15}" for n in numbers))
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
