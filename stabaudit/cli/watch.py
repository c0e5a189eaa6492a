"""`stabaudit check --watch`: the check once more whenever a file that it would check changes."""

from __future__ import annotations

import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from stabaudit.catalogue.names import UsageError
from stabaudit.cli.combined import refuse
from stabaudit.cli.console import complain
from stabaudit.cli.options import Options
from stabaudit.cli.recorded import entries
from stabaudit.config.find import NAMES
from stabaudit.source.find import find

#: So many seconds lie between two looks at the files that are known, and so many looks between two searches.
PAUSE, LOOKS = 0.5, 10
CLEAR = "\x1b[2J\x1b[3J\x1b[H"

#: The times and sizes of the files that are checked, and of the settings.
State = dict[str, tuple[int, int]]


def watch(arguments: Namespace, check: Callable[[Namespace], int]) -> int:
    """Check again and again, until the user has had enough."""
    paths = arguments.paths or ["."]
    refuse(arguments, paths)
    if not arguments.quiet:
        sys.stderr.write("watching for changes; Ctrl-C ends it\n")
    first = True
    while True:
        state = _state(_files(arguments, paths))
        if sys.stdout.isatty():
            sys.stdout.write(CLEAR)
        try:
            check(arguments)
        except UsageError as error:
            # Later ones are of settings, which are files that change as well.
            if first:
                raise
            complain(str(error))
        first = False
        sys.stdout.flush()
        entries.cache_clear()
        while not _has_changed(state, arguments, paths):
            pass


def _has_changed(state: State, arguments: Namespace, paths: Iterable[str]) -> bool:
    """Whether something changes while the files are looked at for a while."""
    for _ in range(LOOKS):
        time.sleep(PAUSE)
        if _state(state) != state:
            return True
    return _state(_files(arguments, paths)) != state


def _files(arguments: Namespace, paths: Iterable[str]) -> list[str]:
    """The files that would be checked, and those that say how."""
    files: list[str] = []
    named = [*(arguments.config or ()), arguments.reach]
    try:
        plan = Options(arguments)
        files = find(paths, plan.finder.of).files
        named.append(plan.here.path("baseline"))
    except UsageError:
        # It has been told, and what is to be changed is a file of settings.
        pass
    settings = (os.path.join(folder, name) for folder in _folders(files) for name in NAMES)
    return [*files, *(path for path in (*named, *settings) if path is not None and os.path.isfile(path))]


def _folders(files: Iterable[str]) -> Iterator[str]:
    """The folders whose configuration may hold for `files`, and for the run."""
    known: set[str] = set()
    for folder in {os.curdir, *(os.path.dirname(path) or os.curdir for path in files)}:
        # The current folder may be gone.
        with suppress(FileNotFoundError):
            folder = os.path.realpath(folder)
            while folder not in known:
                known.add(folder)
                yield folder
                folder = os.path.dirname(folder)


def _state(files: Iterable[str]) -> State:
    state: State = {}
    for path in files:
        with suppress(OSError):
            found = os.stat(path)
            state[path] = (found.st_mtime_ns, found.st_size)
    return state
