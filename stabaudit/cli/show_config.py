"""`stabaudit config`: each setting that holds for a path, and where it comes from."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from typing import Any, TextIO

from stabaudit.catalogue.names import UsageError
from stabaudit.cli.options import Options
from stabaudit.report.style import clean, style


def show(arguments: Namespace, stream: TextIO) -> int:
    """Print the settings of the path of `arguments` as TOML, with their origins; the exit code."""
    path = arguments.path
    if not os.path.exists(path):
        raise UsageError(f"{path}: no such file or directory; check the path")
    real = os.path.realpath(path)
    settings = Options(arguments).finder.of(real if os.path.isdir(real) else os.path.dirname(real))
    lines = [(f"{key} = {toml(value.value)}", value) for key, value in settings.values.items() if key != "extend"]
    width = min(max(len(line) for line, _ in lines), 60)
    paint = style(stream)
    for line, value in lines:
        unset = value.value is None
        shown = f"# {line.replace('= None', 'is not set')}" if unset else line
        origin = f"# {value.origin}" if not unset else ""
        stream.write(f"{clean(shown):{width}}  {paint.blue(clean(origin))}".rstrip() + "\n")
    return 0


def toml(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            # A TOML string takes the escapes of JSON.
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            inner = ", ".join(f"{toml(key)} = {toml(one)}" for key, one in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case _:
            return str(value)
