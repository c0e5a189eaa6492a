"""Dask: `dask.array` spells NumPy's names, in blocks; it has `logaddexp` and no other stable function."""

from stabaudit.dialects.dialect import Dialect, table
from stabaudit.dialects.numpy import CONSTANTS, FUNCTIONS

DIALECT = Dialect(
    name="dask",
    precedence=4,
    packages=("dask.array",),
    functions=table("dask.array", {n: s for n, s in FUNCTIONS.items() if n not in ("amax", "amin")}),
    constants={f"dask.array.{n}": c for n, c in CONSTANTS.items()},
    home="own",
)
