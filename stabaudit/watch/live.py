"""The gauges that watched code calls, as attributes of this module.

Watched code knows this module alone, and a module goes to other processes by its name. There it holds no gauges, and
code that was sent along runs as it would without them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

Watcher = Callable[[Any], Any]
#: What the names of gauges begin with.
GAUGE = "gauge_"
_numbers = count()


def hold(see: Watcher) -> str:
    """Make a gauge an attribute of this module; its name."""
    name = f"{GAUGE}{next(_numbers)}"
    globals()[name] = see
    return name


def __getattr__(name: str) -> Watcher:
    if not name.startswith(GAUGE):
        raise AttributeError(name)
    return _unwatched


def _unwatched(value: Any) -> Any:
    return value
