"""Many files to their results, in order; one bad file never takes the others down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from stabaudit.source.read import load, plain
from stabaudit.source.trouble import Trouble
from stabaudit.task import Raw, Result, Task
from stabaudit.work import examine

# Below this, starting processes takes longer than the work.
MANY_FILES = 50
MANY_BYTES = 1_000_000


def run(paths: Iterable[str], plan: Callable[[str], Task], jobs: int = 1) -> Iterator[Result]:
    """The results of `paths` in their order; with much to do, `jobs` processes share it.

    `plan` says what to do with the file at a path.
    """
    work = sieved(paths, plan)
    # Read ahead until there is much work or none is left.
    ahead: list[Raw | Result] = []
    files = size = 0
    for item in work:
        ahead.append(item)
        if isinstance(item, Raw):
            files, size = files + 1, size + len(item.data)
        if jobs > 1 and files > 1 and much(files, size):
            # Imported here: most runs need no processes.
            from stabaudit.pool import share

            yield from share(_chain(ahead, work), jobs)
            return
        if jobs == 1:
            break
    for item in _chain(ahead, work):
        yield item if isinstance(item, Result) else examine(item)


def much(files: int, size: int) -> bool:
    """Whether so much work is worth starting processes for."""
    # pre-commit runs several hooks at once already.
    return files > MANY_FILES or (size > MANY_BYTES and not os.environ.get("PRE_COMMIT"))


def sieved(paths: Iterable[str], plan: Callable[[str], Task]) -> Iterator[Raw | Result]:
    """The files that need a closer look, and the results of those that do not."""
    for path in paths:
        try:
            data = load(path)
        except Trouble as trouble:
            yield Result(path, trouble=trouble)
            continue
        task = plan(path)
        yield Raw(path, data, task) if task.worth(plain(path, data)) else Result(path)


def _chain(ahead: list[Raw | Result], work: Iterator[Raw | Result]) -> Iterator[Raw | Result]:
    # Each item is let go when it is handed on, so that the bytes of all files are never held at once.
    ahead.reverse()
    while ahead:
        yield ahead.pop()
    yield from work
