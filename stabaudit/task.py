"""One file: what to do with it, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from stabaudit.sieve import could_match
from stabaudit.source.read import Source, decode, load
from stabaudit.source.trouble import Trouble, mishap

if TYPE_CHECKING:
    # A file without candidates must not pay for the analysis.
    from stabaudit.finding import Applicability, Finding, Unparsable


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


def visit(path: str, task: Task) -> Result:
    """The result of the file at `path`, read again: bytes in a queue would block it when a process dies."""
    try:
        return examine(Raw(path, load(path)), task)
    except Trouble as trouble:
        return Result(path, trouble=trouble)


def examine(raw: Raw, task: Task) -> Result:
    """The result of one file, whatever happens."""
    try:
        source = decode(raw.path, raw.data)
        return _mend(raw.path, source, task) if task.fix else _look(raw.path, source, task)
    except Trouble as trouble:
        return Result(raw.path, trouble=trouble)
    except Exception as error:
        return Result(raw.path, trouble=Trouble(raw.path, mishap(error)))


def _look(path: str, source: Source, task: Task) -> Result:
    from stabaudit.finding import Unparsable

    try:
        findings = task.find(source.text)
    except Unparsable as error:
        raise _unparsable(path, source.text, error) from None
    return Result(path, findings, source, source.text) if findings else Result(path)


def _mend(path: str, source: Source, task: Task) -> Result:
    from stabaudit.finding import Unparsable
    from stabaudit.fix.apply import fix_text

    assert task.fix
    try:
        outcome = fix_text(source.text, task.find, task.fix)
    except Unparsable as error:
        raise _unparsable(path, source.text, error) from None
    if task.write and outcome.text != source.text:
        from stabaudit.source.write import write

        try:
            write(path, source, outcome.text)
        except Trouble as trouble:
            return _look(path, source, task)._replace(trouble=trouble)
    return Result(path, outcome.left, source, outcome.text, dict(outcome.fixed), outcome.reason)


def _unparsable(path: str, text: str, error: Unparsable) -> Trouble:
    from stabaudit.source.syntax import flaw

    message, row, column = flaw(text) or (error.message, error.position.row, error.position.column)
    return Trouble(path, f"cannot be parsed: {message}; mend it or leave it out", row, column)
