"""Python's search path without the current folder, in which the code of others may lie.

Nothing may be imported here that Python has not loaded before: the checked tree could hold a `typing.py`.
"""

import os
import sys


def drop_current_folder() -> None:
    """Take off `sys.path` what depends on the current folder.

    That is the folder that `python -m` puts first, and the relative and empty entries of `PYTHONPATH`.
    """
    try:
        here = os.getcwd()
    except OSError:
        # It is gone, and nothing lies in it.
        return
    named = "" if sys.flags.ignore_environment else os.environ.get("PYTHONPATH", "")
    # Python has made them absolute.
    relative = {os.path.join(here, entry) for entry in named.split(os.pathsep) if not os.path.isabs(entry)}
    unsafe = {os.path.normpath(entry) for entry in relative} if named else set()
    if sys.path and sys.path[0] == here and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
        del sys.path[0]
    sys.path[:] = [entry for entry in sys.path if os.path.isabs(entry) and entry not in unsafe]
