"""Findings for people: the place, the line, the witness and the rewrite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stabaudit.records import TYPE_CHECKING
from stabaudit.report.concise import headline
from stabaudit.report.place import where
from stabaudit.report.style import MOST_COLUMNS, Style, clean, width

if TYPE_CHECKING:
    from typing import TextIO

    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Edit, Finding


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print the findings of `results` as they come."""
    # A file may come in several results.
    known: dict[str, set[Edit]] = {}
    for result in results:
        if result.findings:
            from stabaudit.source import lines

            source = lines.bare(result.text)
            shown = known.setdefault(result.path, set())
            for finding in (_told_once(one, shown) for one in result.findings):
                for line in story(result, source, finding, style, unsafe):
                    stream.write(f"{line}\n")
                stream.write("\n")


def _told_once(finding: Finding, shown: set[Edit]) -> Finding:
    """The finding with what its fix changes elsewhere, such as an import, unless another one has `shown` that."""
    if finding.fix is None:
        return finding
    edits = tuple(one for one in finding.fix.edits if one not in shown)
    shown.update(one for one in edits if one.end < finding.start or one.start > finding.end)
    return finding._replace(fix=finding.fix._replace(edits=edits))


def story(result: Result, source: Sequence[str], finding: Finding, style: Style, unsafe: bool) -> Iterator[str]:
    """The lines that tell one finding."""
    from stabaudit.report.line_changes import change
    from stabaudit.report.snippet import snippet

    at = where(result)
    gutter = len(str(at(finding.end).row))
    yield headline(result.path, finding, at, style, unsafe)
    yield from snippet(source, finding, style, at)
    for label, said in _notes(finding):
        margin = gutter + len(f" = {label}: ")
        first, *more = _wrapped(clean(said), style.columns - margin) if style.columns < MOST_COLUMNS else [clean(said)]
        yield f"{'':{gutter}} {style.blue('=')} {style.bold(f'{label}:')} {first}"
        yield from (f"{'':{margin}}{line}" for line in more)
    if finding.fix:
        yield from change(result.text, finding.fix, gutter, style, at)


def _notes(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.witness:
        yield "witness", str(finding.witness)
    if finding.reach:
        yield "data", str(finding.reach)
    if finding.fix:
        yield "help", finding.fix.message
        if finding.fix.applicability == "unsafe":
            yield "unsafe", finding.fix.reason or "the fix may change what the program does"
    if finding.withheld:
        yield "no fix", finding.withheld


def _wrapped(text: str, columns: int) -> list[str]:
    """The words of a text in lines of at most so many columns; a longer word has a line of its own."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and width(lines[-1]) + 1 + width(word) > columns:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
