"""Many files to their results, in order; one bad file never takes the others down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from stabaudit.engine.job import FileJob, PendingFile, Result, analyse
from stabaudit.engine.limits import LIMITS, Limits
from stabaudit.records import TYPE_CHECKING
from stabaudit.source.errors import FileError
from stabaudit.source.places import Places
from stabaudit.source.read import load

if TYPE_CHECKING:
    from stabaudit.engine.cache.session import CacheSession
    from stabaudit.engine.cache.store import Store

# Below this, starting a new Python takes longer than the work.
MANY_FILES = 50
MANY_BYTES = 1_000_000
# To read so many files and to find nothing in their bytes takes less than to open a store: 9 ms.
FEW_FILES = 20
# What is shorter is read through in no time, whatever it says.
LONG = 20_000


def run(
    paths: Sequence[str],
    plan: Callable[[str], FileJob],
    jobs: int = 1,
    opened: Callable[[], Store | None] | None = None,
    places: Places | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Result]:
    """The results of `paths` in their order; with much to do, `jobs` processes share it.

    `plan` says what to do with the file at a path; `opened` gives what earlier runs have found, if anything is to be
    kept, `places` says where the folders are. The `limits` hold in processes other than this one, which then does
    nothing but wait for them; where it cannot start one in no time, it looks at few files itself, without limits.
    """
    if opened is not None and len(paths) <= FEW_FILES:
        results = [*sieved(paths, plan, None, limits)]
        if not any(isinstance(result, PendingFile) for result in results):
            yield from _results(iter(results), jobs, None, limits)
            return
    store = opened() if opened is not None else None
    if store is None:
        yield from _results(sieved(paths, plan, None, limits), jobs, None, limits)
        return
    from stabaudit.engine.cache import verdicts
    from stabaudit.engine.cache.session import CacheSession

    kept = CacheSession(store, len(paths), Places() if places is None else places)
    verdicts.hold(store.path)
    try:
        for result in _results(sieved(paths, plan, kept, limits), jobs, store.path, limits):
            if result.learned is not None:
                kept.learn(result.path, result.learned)
            yield result
    finally:
        verdicts.let_go()
        store.close()


def check_bytes(path: str, data: bytes, task: FileJob, limits: Limits = LIMITS) -> Result:
    """The result of one text that is at hand."""
    try:
        item = PendingFile(path, data, task) if _is_worth(path, data, task, limits) else Result(path)
    except FileError as trouble:
        item = Result(path, trouble=trouble)
    [result] = _results(iter([item]), 1, None, limits)
    return result


def _results(work: Iterator[PendingFile | Result], jobs: int, store: str | None, limits: Limits) -> Iterator[Result]:
    # Where a worker takes long to start, read ahead until there is much work or none is left.
    ahead: list[PendingFile | Result] = []
    files = size = 0
    for item in work:
        waiting = item if isinstance(item, PendingFile) and not item.quick else None
        if not ahead and waiting is None:
            yield _done(item)
            continue
        ahead.append(item)
        if waiting is not None:
            files, size = files + 1, size + len(waiting.data)
        if jobs == 1 or _starts_at_once() or (files > 1 and much(files, size)):
            break
    if not ahead:
        return
    workers = jobs if _starts_at_once() or (files > 1 and much(files, size)) else 1
    if _apart(ahead[0], workers):
        # Imported here: where nothing has changed, there is nothing to do.
        from stabaudit.engine.pool import share

        yield from share(_chain(ahead, work), workers, store, limits)
        return
    for item in _chain(ahead, work):
        yield _done(item)


def _done(item: PendingFile | Result) -> Result:
    if isinstance(item, Result):
        return item
    # Imported here: most files hold nothing, and where some do, others see to them.
    from stabaudit.engine.work import examine

    return examine(item)


def _apart(first: PendingFile | Result, workers: int) -> bool:
    """Whether the work is done in other processes: what asks the user cannot be."""
    if isinstance(first, PendingFile) and first.task.pick is not None:
        return False
    return workers > 1 or _starts_at_once()


def _starts_at_once() -> bool:
    """Whether one worker takes no time to start; the pool starts others when the run turns out to be long."""
    from stabaudit.engine.start import can_fork

    return can_fork()


def much(files: int, size: int) -> bool:
    """Whether so much work is worth a process that takes long to start."""
    # pre-commit runs several hooks at once already.
    return files > MANY_FILES or (size > MANY_BYTES and not os.environ.get("PRE_COMMIT"))


def sieved(
    paths: Iterable[str], plan: Callable[[str], FileJob], kept: CacheSession | None = None, limits: Limits = LIMITS
) -> Iterator[PendingFile | Result]:
    """The files that need a closer look, and the results of those that do not."""
    silent, last = 0, ""
    for path in paths:
        try:
            task = plan(path)
            keeper = kept if task.check is analyse else None
            if keeper is not None and not task.known and keeper.is_silent(path):
                # Most files of a second run: to tell of each is felt.
                silent, last = silent + 1, path
                continue
            item = _sieved(path, task, keeper, limits)
        except FileError as trouble:
            item = Result(path, trouble=trouble)
        if silent:
            yield Result(last, files=silent)
            silent = 0
        yield item
    if silent:
        yield Result(last, files=silent)


def _sieved(path: str, task: FileJob, kept: CacheSession | None, limits: Limits) -> PendingFile | Result:
    if kept is None:
        data = load(path)
        return PendingFile(path, data, task) if _is_worth(path, data, task, limits) else Result(path)
    known = kept.untouched(path)
    data = load(path)
    content, silent, entries = kept.of(path, data, known)
    if silent and not task.known:
        return Result(path)
    if entries is not None or _is_worth(path, data, task, limits):
        # What was kept is shown, never written.
        return PendingFile(path, data, task, {} if task.writes else entries or {}, content)
    from stabaudit.engine.cache.store import CacheUpdate

    return Result(path, learned=CacheUpdate(content, True, {}))


def _is_worth(path: str, data: bytes, task: FileJob, limits: Limits) -> bool:
    """Whether a file could hold a finding; raises `FileError` where to tell takes too long."""
    if len(data) < LONG:
        return task.worth(path, data)
    from stabaudit.engine.time_limit import Late, within

    try:
        with within(limits.time(len(data))):
            return task.worth(path, data)
    except Late:
        raise FileError(path, limits.too_long(len(data))) from None


def _chain(ahead: list[PendingFile | Result], work: Iterator[PendingFile | Result]) -> Iterator[PendingFile | Result]:
    # Each item is let go when it is handed on, so that the bytes of all files are never held at once.
    ahead.reverse()
    while ahead:
        yield ahead.pop()
    yield from work
