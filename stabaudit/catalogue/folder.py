"""Where the rules lie, and what they are called, without reading them."""

from __future__ import annotations

import os
from functools import cache

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
#: The folder of rule files, wherever the package was installed from.
FOLDER = next(p for p in (f"{PACKAGE}/rules", f"{os.path.dirname(PACKAGE)}/rules") if os.path.isdir(p))


@cache
def names() -> tuple[str, ...]:
    """The names of all rules."""
    files = (name for name in os.listdir(FOLDER) if name.endswith(".py") and name[0] not in "!_.")
    return tuple(sorted(name.removesuffix(".py").replace("_", "-") for name in files))
