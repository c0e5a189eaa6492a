"""The stable form of every pointwise rule on every float32: the largest error in units, and where.

    python -m benchmarks.every [--part 0/1024] [RULE ...]

Each part takes one in so many of the 65,536 blocks of 65,536 neighbours, spread over all magnitudes. All parts of one
form take hours: it is for a release, one rule at a time. Exit code 1 if a form is off by more than its bound.
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain

import numpy as np

from stabaudit.catalogue.load import load
from stabaudit.proof.exhaustive import BLOCK, is_pointwise, numbers, worst


def main() -> int:
    """The table, a line a form."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--part", default="0/1", metavar="K/N", help="the blocks K, K + N, K + 2N and so on")
    given = parser.parse_args()
    first, step = map(int, given.part.split("/"))
    chosen = [(r, f) for r in load() for f in r.forms if is_pointwise(f) and (not given.rules or r.name in given.rules)]
    failed = 0
    for rule, form in chosen:
        places = range(first, (1 << 32) // BLOCK, step)
        found = worst(form, np.float32, chain.from_iterable(numbers(np.float32, n, n + 1) for n in places))
        failed += found.units > form.traits.bound
        print(f"{rule.name:24} {form.name:32} {found.count:12} {found.units:8.3f} {dict(found.at)}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
