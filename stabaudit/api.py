"""stabaudit for other programs: the findings of a text, and the text with them fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from stabaudit.records import Record

if TYPE_CHECKING:
    # Whoever imports the runtime must not pay for the analysis.
    from stabaudit.engine.job import FileJob
    from stabaudit.findings.finding import Finding


class Fixed(Record):
    """A text after its fixes: how often each rule was `fixed`, and the findings `left` in it."""

    text: str
    fixed: Mapping[str, int]
    left: tuple[Finding, ...]


def check_source(text: str, *, select: Iterable[str] | None = None, ignore: Iterable[str] = ()) -> list[Finding]:
    """The findings of the Python `text` in their order; `select` and `ignore` are names of rules.

    Comments in `text` silence findings as they do for `stabaudit check`; no configuration is read.
    Raises `SyntaxError` for what cannot be parsed, `ValueError` for a rule that does not exist.
    """
    return list(_parsed(text, _task(select, ignore)))


def fix_source(
    text: str, *, select: Iterable[str] | None = None, ignore: Iterable[str] = (), unsafe: bool = False
) -> Fixed:
    """The Python `text` with all fixes that are safe, or with `unsafe` all, as `check_source` reads it.

    Raises also `RuntimeError` where fixes do not go together; that is a mistake in stabaudit.
    """
    from stabaudit.fix.apply import fix_text

    task = _task(select, ignore)
    _parsed(text, task)
    outcome = fix_text(text, task.find, "unsafe" if unsafe else "safe")
    if outcome.reason:
        raise RuntimeError(outcome.reason)
    return Fixed(outcome.text, dict(outcome.fixed), tuple(outcome.left))


def _parsed(text: str, task: FileJob) -> Iterable[Finding]:
    from stabaudit.engine.job import analyse_all
    from stabaudit.findings.finding import Unparsable
    from stabaudit.source.tree import tree_of

    if tree_of(text) is None:
        # Whatever is wrong with it may be in a part that holds nothing.
        task = task._replace(check=analyse_all)
    try:
        return task.find(text)
    except Unparsable as error:
        raise SyntaxError(error.message, ("<text>", *error.position, None)) from None


def _task(select: Iterable[str] | None, ignore: Iterable[str]) -> FileJob:
    from stabaudit.catalogue.names import UNUSED, UsageError, known
    from stabaudit.engine.job import FileJob

    rules, without = None if select is None else frozenset(select), frozenset(ignore)
    try:
        known(sorted(rules or ()), "select", [UNUSED])
        known(sorted(without), "ignore", [UNUSED])
    except UsageError as error:
        raise ValueError(str(error)) from None
    return FileJob(rules=rules, without=without, unused=rules is None and not without)
