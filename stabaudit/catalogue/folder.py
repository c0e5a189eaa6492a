"""Where the rules lie, and what they are called, without reading them."""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise

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
    """The path of each rule file in a folder by the name of its rule, in the order of the names.

    Of two files with the same name, as `log-cosh.py` and `log_cosh.py`, the last one counts; see `clash_in`.
    """
    return dict(sorted((name_of(file), os.path.join(folder, file)) for file in _files(folder)))


def clash_in(folder: str) -> tuple[str, str] | None:
    """Two files of a folder whose rules have the same name, if there are any."""
    files = sorted(_files(folder), key=lambda file: (name_of(file), file))
    return next(((a, b) for a, b in pairwise(files) if name_of(a) == name_of(b)), None)


def _files(folder: str) -> list[str]:
    return [file for file in os.listdir(folder) if file.endswith(".py") and file[0] not in "!_."]


def name_of(path: str) -> str:
    """The name of the rule in a file: `log-cosh` for `rules/log_cosh.py`."""
    return os.path.basename(path).removesuffix(".py").replace("_", "-")
