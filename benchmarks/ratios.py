"""The time of `stabaudit.runtime` as a ratio to SciPy's, measured in turns: below 1 is faster.

python -m benchmarks.ratios [FUNCTION ...]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from scipy import special

from stabaudit import runtime

REDUCTIONS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "softmax": (runtime.softmax, special.softmax),
    "log_softmax": (runtime.log_softmax, special.log_softmax),
    "logsumexp": (runtime.logsumexp, special.logsumexp),
}
POINTWISE: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "sigmoid": (runtime.sigmoid, special.expit),
    # SciPy has no softplus; this is the way NumPy offers.
    "softplus": (runtime.softplus, lambda x: np.logaddexp(0, x)),
}
SIZES = (10, 1000, 100_000, 2_000_000)
SQUARE = (1000, 1000)


def in_turns(ours: Callable[[], Any], theirs: Callable[[], Any], elements: int) -> tuple[float, float]:
    """The shortest time of each in seconds a call, of rounds in which they take turns."""
    calls = min(300, max(1, 20_000 // elements))
    best = [float("inf"), float("inf")]
    for _ in range(40 if elements < 500_000 else 12):
        for place, function in enumerate((ours, theirs)):
            start = time.perf_counter()
            for _ in range(calls):
                function()
            best[place] = min(best[place], (time.perf_counter() - start) / calls)
    return best[0], best[1]


def main() -> None:
    """One line for each function and type, a cell for each size."""
    wanted = set(sys.argv[1:])
    rng = np.random.default_rng(0)
    for name, (ours, theirs) in (REDUCTIONS | POINTWISE).items():
        if wanted and name not in wanted:
            continue
        for dtype in (np.float64, np.float32):
            arrays = [(str(n), rng.normal(size=n).astype(dtype), {}) for n in SIZES]
            if name in REDUCTIONS:
                square = rng.normal(size=SQUARE).astype(dtype)
                arrays += [("rows", square, {"axis": 1}), ("columns", square, {"axis": 0})]
            cells = []
            for label, x, options in arrays:
                own, other = in_turns(partial(ours, x, **options), partial(theirs, x, **options), x.size)
                cells.append(f"{label} {own / other:.2f} ({own * 1e6:.1f} µs)")
            print(f"{name} {dtype.__name__}: " + ", ".join(cells), flush=True)


if __name__ == "__main__":
    main()
