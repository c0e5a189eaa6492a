"""Many files to their results, in order; one bad file never takes the others down."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from stabaudit.sieve import could_match
from stabaudit.source.read import Source, decode, load
from stabaudit.source.trouble import Trouble
from stabaudit.source.write import write

if TYPE_CHECKING:
    # A file without candidates must not pay for the analysis.
    from stabaudit.finding import Applicability, Finding

# Below this, starting processes takes longer than the work.
MANY_FILES = 50
MANY_BYTES = 1_000_000


def analyse(text: str) -> Sequence[Finding]:
    """All findings of `text`; the analysis is imported when the first file needs it."""
    from stabaudit.check import check_text

    return check_text(text)


class Task(NamedTuple):
    """What to do with each file; it travels to other processes, so `check` is a function of a module."""

    check: Callable[[str], Sequence[Finding]] = analyse
    rules: frozenset[str] | None = None
    fix: Applicability | None = None
    write: bool = False

    def find(self, text: str) -> Sequence[Finding]:
        """The findings of `text` that were asked for."""
        return [one for one in self.check(text) if self.rules is None or one.rule in self.rules]


class Result(NamedTuple):
    """What became of one file: the findings in it now, and what was fixed or went wrong.

    `source` is what was read, `text` what findings point into;
    both are only there where something was found.
    """

    path: str
    findings: Sequence[Finding] = ()
    source: Source | None = None
    text: str = ""
    fixed: Mapping[str, int] = {}
    unfixed: str | None = None
    trouble: Trouble | None = None


class Raw(NamedTuple):
    """A file that has passed the sieve."""

    path: str
    data: bytes


def study(path: str, data: bytes, task: Task) -> Result:
    """The result of one text that is at hand."""
    return examine(Raw(path, data), task) if could_match(data) else Result(path)


def examine(raw: Raw, task: Task) -> Result:
    """The result of one file, whatever happens."""
    try:
        source = decode(raw.path, raw.data)
        return _mend(raw.path, source, task) if task.fix else _look(raw.path, source, task)
    except Trouble as trouble:
        return Result(raw.path, trouble=trouble)
    except Exception as error:
        return Result(raw.path, trouble=_mishap(raw.path, error))


def run(paths: Iterable[str], task: Task, jobs: int = 1) -> Iterator[Result]:
    """The results of `paths` in their order; with much to do, `jobs` processes share it."""
    work = sieved(paths)
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

            yield from share(_chain(ahead, work), task, jobs)
            return
        if jobs == 1:
            break
    for item in _chain(ahead, work):
        yield item if isinstance(item, Result) else examine(item, task)


def much(files: int, size: int) -> bool:
    """Whether so much work is worth starting processes for."""
    # pre-commit runs several hooks at once already.
    return files > MANY_FILES or (size > MANY_BYTES and not os.environ.get("PRE_COMMIT"))


def sieved(paths: Iterable[str]) -> Iterator[Raw | Result]:
    """The files that need a closer look, and the results of those that do not."""
    for path in paths:
        try:
            data = load(path)
        except Trouble as trouble:
            yield Result(path, trouble=trouble)
            continue
        yield Raw(path, data) if could_match(data) else Result(path)


def _chain(ahead: list[Raw | Result], work: Iterator[Raw | Result]) -> Iterator[Raw | Result]:
    # Each item is let go when it is handed on, so that the bytes of all files are never held at once.
    ahead.reverse()
    while ahead:
        yield ahead.pop()
    yield from work


def _look(path: str, source: Source, task: Task) -> Result:
    from stabaudit.finding import Unparsable

    try:
        findings = task.find(source.text)
    except Unparsable as error:
        raise _unparsable(path, error) from None
    return Result(path, findings, source, source.text) if findings else Result(path)


def _mend(path: str, source: Source, task: Task) -> Result:
    from stabaudit.finding import Unparsable
    from stabaudit.fix.apply import fix_text

    assert task.fix
    try:
        outcome = fix_text(source.text, task.find, task.fix)
    except Unparsable as error:
        raise _unparsable(path, error) from None
    if task.write and outcome.text != source.text:
        try:
            write(path, source, outcome.text)
        except Trouble as trouble:
            return _look(path, source, task)._replace(trouble=trouble)
    return Result(path, outcome.left, source, outcome.text, dict(outcome.fixed), outcome.reason)


def _unparsable(path: str, error: Exception) -> Trouble:
    from stabaudit.finding import Unparsable

    assert isinstance(error, Unparsable)
    return Trouble(path, f"cannot be parsed: {error.message}", error.position.row, error.position.column)


def _mishap(path: str, error: Exception) -> Trouble:
    frame = (traceback.extract_tb(error.__traceback__) or [None])[-1]
    place = f" at {os.path.basename(frame.filename)}:{frame.lineno}" if frame else ""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return Trouble(path, f"internal error: {said}{place}; please report it")
