"""Where the rules lie, and what they are called, without reading them."""

from __future__ import annotations

import os
from functools import cache

from stabaudit.catalogue.own import own_folder

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
#: The folder of rule files, wherever the package was installed from.
FOLDER = next(p for p in (f"{PACKAGE}/rules", f"{os.path.dirname(PACKAGE)}/rules") if os.path.isdir(p))


def names() -> tuple[str, ...]:
    """The names of all rules, a project's own among them."""
    own = own_folder()
    return (*names_in(FOLDER), *(names_in(own) if own is not None else ()))


@cache
def names_in(folder: str) -> tuple[str, ...]:
    """The names of the rules in a folder."""
    files = (name for name in os.listdir(folder) if name.endswith(".py") and name[0] not in "!_.")
    return tuple(sorted(name.removesuffix(".py").replace("_", "-") for name in files))


def path_of(name: str, folder: str = FOLDER) -> str:
    """The file of the rule of this name in a folder."""
    return os.path.join(folder, f"{name.replace('-', '_')}.py")
