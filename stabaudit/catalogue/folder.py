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
    return (*files_in(FOLDER), *(files_in(own) if own is not None else ()))


def path_of(name: str) -> str:
    """The file of the rule of this name; raises `KeyError` if there is none."""
    own = own_folder()
    files = files_in(FOLDER)
    return files[name] if own is None or name in files else files_in(own)[name]


@cache
def files_in(folder: str) -> dict[str, str]:
    """The path of each rule file in a folder by the name of its rule, in the order of the names."""
    files = (file for file in os.listdir(folder) if file.endswith(".py") and file[0] not in "!_.")
    return dict(sorted((name_of(file), os.path.join(folder, file)) for file in files))


def name_of(path: str) -> str:
    """The name of the rule in a file: `log-cosh` for `rules/log_cosh.py`."""
    return os.path.basename(path).removesuffix(".py").replace("_", "-")
