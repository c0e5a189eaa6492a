"""All rules: ours from what was made of them when one last changed, and a project's own from their files."""

from __future__ import annotations

from functools import cache

from stabaudit.catalogue.compiled import compiled
from stabaudit.catalogue.folder import FOLDER, files_in
from stabaudit.catalogue.own import own_folder
from stabaudit.catalogue.packed import packed, unpacked
from stabaudit.catalogue.rule import Rule


def load(folder: str = FOLDER) -> tuple[Rule, ...]:
    """All rules of a folder, in the order of their files' names, with a project's own; raises `RuleError`."""
    if folder != FOLDER:
        return _all_in(folder)
    own = own_folder()
    return _ours() if own is None else (*_ours(), *_all_in(own))


@cache
def _ours() -> tuple[Rule, ...]:
    return compiled("rules", lambda: _all_in(FOLDER), packed, unpacked)


@cache
def _all_in(folder: str) -> tuple[Rule, ...]:
    # It takes modules of Python that a run on files does not need.
    from stabaudit.catalogue.read import read

    return tuple(read(path) for path in sorted(files_in(folder).values()))
