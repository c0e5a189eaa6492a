"""JSON that every reader takes, and in which no log finds a command."""

from __future__ import annotations

import json
from typing import Any


def written(value: Any, indent: int | None = None) -> str:
    """`value` as JSON in ASCII, so that neither the terminal nor the locale has a say."""
    # A number sign stands in strings alone. Agents of CI services look for `##[` and `##vso[` anywhere in a line.
    return json.dumps(_whole(value), indent=indent).replace("##", "#\\u0023")


def _whole(value: Any) -> Any:
    """The same with half characters, which names of files may hold and strict readers refuse, spelled out."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_whole(name): _whole(inner) for name, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, (list, tuple)) else value
