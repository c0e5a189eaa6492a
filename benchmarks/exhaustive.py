"""All 2^32 float32 inputs of sigmoid, log_sigmoid, softplus and log1mexp, against float64.

    python benchmarks/exhaustive.py state.json

Stops and goes on where it stopped: what is done is in the state file, written after every 2^26 inputs.
The reference is the textbook formula in float64, within 2^-26 float32 ULP of the truth, not the runtime.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from stabaudit import runtime
from stabaudit.runtime import precise

STEP, BLOCK = 1 << 26, 1 << 18


def log1mexp(x: Any) -> Any:
    """Maechler's two branches."""
    return np.where(x > -0.6931471805599453, np.log(-np.expm1(x)), np.log1p(-np.exp(x)))


TRUTH = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "log_sigmoid": lambda x: -np.logaddexp(0, -x),
    "softplus": lambda x: np.logaddexp(0, x),
    "log1mexp": log1mexp,
}


def errors(found: Any, exact: Any) -> Any:
    """In float32 ULP; infinite where one is finite or nan and the other is not."""
    exponent = ((exact.view(np.int64) >> 52) & 0x7FF) - 1023
    unit = ((np.maximum(exponent, -126) - 23 + 1023) << 52).view(np.float64)
    wide = found.astype(np.float64)
    error = np.abs(wide - exact) / unit
    error[(wide == exact) | (np.isnan(wide) & np.isnan(exact))] = 0
    return np.where(np.isnan(error), np.inf, error)


def measured(name: str, first: int, count: int) -> dict[str, list[float]]:
    """The largest error and its input, as a bit pattern, of the fast and the precise function."""
    worst = {"fast": [0.0, 0], "precise": [0.0, 0]}
    for start in range(first, first + count, BLOCK):
        x = np.arange(start, start + BLOCK, dtype=np.uint32).view(np.float32)
        exact = TRUTH[name](x.astype(np.float64))
        for kind, module in (("fast", runtime), ("precise", precise)):
            error = errors(getattr(module, name)(x), exact)
            i = int(error.argmax())
            if error[i] > worst[kind][0]:
                worst[kind] = [float(error[i]), start + i]
    return worst


def main(path: Path) -> None:
    """Measure what the state file does not have yet, then print the table."""
    state = json.loads(path.read_text()) if path.exists() else {}
    for name in TRUTH:
        done = state.setdefault(name, {"next": 0, "fast": [0.0, 0], "precise": [0.0, 0], "seconds": 0.0})
        while done["next"] < 1 << 32:
            begun = time.process_time()
            with np.errstate(all="ignore"):
                found = measured(name, done["next"], STEP)
            for kind, worst in found.items():
                done[kind] = max(done[kind], worst)
            done["next"] += STEP
            done["seconds"] += time.process_time() - begun
            path.write_text(json.dumps(state, indent=1))
    print("| float32, all 2^32 inputs | fast, ULP | at | precise, ULP | at | CPU seconds |")
    print("|---|---|---|---|---|---|")
    for name, done in state.items():
        points = [float(np.uint32(done[kind][1]).view(np.float32)) for kind in ("fast", "precise")]
        fast, exact = done["fast"][0], done["precise"][0]
        cells = f"{fast:.3f} | {points[0]:.8g} | {exact:.7f} | {points[1]:.8g} | {done['seconds']:.0f}"
        print(f"| `{name}` | {cells} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
