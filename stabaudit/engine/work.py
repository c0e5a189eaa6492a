"""The work on one file: read, checked, fixed or silenced, whatever happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from stabaudit.catalogue.names import UNUSED, known_rules
from stabaudit.engine.job import FileJob, PendingFile, Result, speaks
from stabaudit.engine.limits import TOO_LARGE
from stabaudit.source import blocks, current_file, examples
from stabaudit.source.errors import FileError, internal_error
from stabaudit.source.read import Source, decode, plain

if TYPE_CHECKING:
    # A file without candidates must not pay for the analysis.
    from stabaudit.engine.cache.memo import Memo
    from stabaudit.engine.cache.store import CacheUpdate
    from stabaudit.findings.finding import Unparsable


def examine(raw: PendingFile) -> Result:
    """The result of one file, whatever happens."""
    path, data, task, known, content = raw
    memo = None
    if known is not None:
        from stabaudit.engine.cache.memo import Memo
        from stabaudit.engine.cache.session import content_of

        content = content or content_of(path, data)
        memo = Memo(task.check, task.listen, known, (data, content))
        task = task._replace(check=memo, listen=memo.listen)
    with _afresh() if task.writes else nullcontext(), current_file.at(path, task.roots):
        result = _examined(path, data, task)
    # What depends on other files as well is not kept.
    if memo is None or not memo.learned or current_file.was_asked():
        return result
    return result._replace(learned=_learned(raw, content, memo, silent=not result.notes))


@contextmanager
def _afresh() -> Iterator[None]:
    """No verdict is taken from earlier runs: a fix that is written is proved by the run that writes it."""
    from stabaudit.proof import verdict_cache

    held = verdict_cache.current()
    verdict_cache.set_cache(None)
    try:
        yield
    finally:
        verdict_cache.set_cache(held)


def _examined(path: str, data: bytes, task: FileJob) -> Result:
    try:
        source = decode(path, data, task.largest)
        if blocks.is_document(path):
            # Its comments are those of each block, which are obeyed there.
            task = task._replace(check=partial(blocks.check, path, task.all.find), comments=False)
        elif task.examples and examples.PROMPT in source.text and not source.notebook:
            task = task._replace(check=partial(examples.check, task.check, task.all.find))
        result = _done(path, source, task)
        if task.known or task.elsewhere or task.before is not None:
            result = _compared(result, result.text if result.fixed else source.text, task)
        return result._replace(notes=(*_left(path, source), *(_notes(path, source, task) if task.comments else ())))
    except FileError as trouble:
        return Result(path, trouble=trouble)
    except MemoryError:
        return Result(path, trouble=FileError(path, TOO_LARGE))
    except Exception as error:
        return Result(path, trouble=FileError(path, internal_error(error)))


def _learned(raw: PendingFile, content: str, memo: Memo, *, silent: bool) -> CacheUpdate:
    """What may be kept; `silent` says that nothing is to be said beside what was found."""
    from stabaudit.engine.cache.store import CacheUpdate
    from stabaudit.engine.cache.verdicts import taken

    silent = (
        silent
        and not any(entry.said != () for entry in memo.entries.values())
        and not speaks(plain(raw.path, raw.data))
        # A run that reads examples has more to say of them.
        and (raw.task.examples or examples.PROMPT.encode() not in raw.data)
    )
    return CacheUpdate(content, silent, memo.entries, taken())


def _done(path: str, source: Source, task: FileJob) -> Result:
    from stabaudit.findings.finding import Unparsable

    try:
        if task.silence and task.comments:
            return _silence(path, source, task)
        return _mend(path, source, task) if task.fix else _look(path, source, task)
    except Unparsable as error:
        raise _unparsable(path, source, error) from None


def _look(path: str, source: Source, task: FileJob) -> Result:
    findings = task.find(source.text)
    return Result(path, findings, source, source.text) if findings else Result(path)


def _mend(path: str, source: Source, task: FileJob) -> Result:
    from stabaudit.fix.apply import fix_text

    assert task.fix
    outcome = fix_text(source.text, task.find, task.fix, task.pick and partial(task.pick, source))
    changed = Result(path, outcome.left, source, outcome.text, dict(outcome.fixed), outcome.reason)
    return _written(changed, source, task)


def _silence(path: str, source: Source, task: FileJob) -> Result:
    from stabaudit.suppress.add import add

    findings = [one for one in task.find(source.text) if one.rule != UNUSED]
    text = add(source.text, findings, task.reason)
    return _written(Result(path, (), source, text, Counter(one.rule for one in findings)), source, task)


def _written(result: Result, source: Source, task: FileJob) -> Result:
    if task.write and result.text != source.text:
        from stabaudit.source.write import write

        try:
            write(result.path, source, result.text)
        except FileError as trouble:
            return _look(result.path, source, task)._replace(trouble=trouble)
    return result


def _compared(result: Result, text: str, task: FileJob) -> Result:
    """`result` with how much is known or old, and how much of the baseline is no more there."""
    from stabaudit.engine.fingerprint import fresh

    there = task.all.find(text)
    _, gone = fresh(text, there, task.known)
    return result._replace(known=len(there) - len(result.findings), gone=gone)


def _left(path: str, source: Source) -> Iterator[FileError]:
    """What is said of the cells of a notebook that were left out, once for each reason."""
    left = source.notebook.joined.left if source.notebook else {}
    for why in sorted({*left.values()}):
        numbers = [str(number) for number, one in left.items() if one == why]
        shown = ", ".join(numbers[:5]) + (", ..." if len(numbers) > 5 else "")
        yield FileError(path, f"cell{'s' * (len(numbers) > 1)} {shown}: {why}")


def _notes(path: str, source: Source, task: FileJob) -> tuple[FileError, ...]:
    from stabaudit.suppress.apply import flaws

    found = flaws(task.listen(source.text, False), known_rules)
    if not source.notebook:
        return tuple(FileError(path, said, row) for row, said in found)
    from stabaudit.source.cells import place

    at = place(source.text, source.notebook.joined.heads)
    return tuple(FileError(path, "in cell {}, row {}: {}".format(*at(row), said)) for row, said in found)


def _unparsable(path: str, source: Source, error: Unparsable) -> FileError:
    said = f"{error.message}; fix or exclude the file"
    if not source.notebook:
        return FileError(path, f"cannot be parsed: {said}", *error.position)
    from stabaudit.source.cells import place

    cell, row = place(source.text, source.notebook.joined.heads)(error.position.row)
    return FileError(path, f"cannot be parsed: in cell {cell}, row {row}: {said}")
