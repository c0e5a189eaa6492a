"""A project's own rules: a folder that the command line names. Its files are Python, and are run.

No configuration file can name one, as that of a checked tree must run no code. Processes that share the work are told
through the environment, which the command sets itself.
"""

from __future__ import annotations

import os

_FOLDER = "_STABAUDIT_OWN_RULES"


def use(folder: str | None) -> None:
    """The rules of `folder` hold as well from here on, in this process and those that it starts; of `None` no more."""
    os.environ.pop(_FOLDER, None)
    if folder is not None:
        os.environ[_FOLDER] = os.path.abspath(folder)


def own_folder() -> str | None:
    """The folder of a project's own rules, if there is one."""
    return os.environ.get(_FOLDER)
