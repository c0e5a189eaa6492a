"""The source lines of a finding with its place underlined, as rustc shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stabaudit.findings.finding import Finding, Position
from stabaudit.report.place import Where
from stabaudit.report.style import TAB, Style, clean, width

# Of a longer finding the first and last lines say where it is.
MOST_LINES = 8


def snippet(source: Sequence[str], finding: Finding, style: Style, at: Where) -> Iterator[str]:
    """The lines to print: `source` are the lines of the whole text, without their ends."""
    first, last = finding.start.row, min(finding.end.row, len(source))
    gutter = len(str(at(finding.end).row))
    margin = style.blue(f"{'':{gutter}} |")
    yield margin
    for row in range(first, last + 1):
        if MOST_LINES // 2 <= row - first and row <= last - MOST_LINES // 2 and last - first >= MOST_LINES:
            if row - first == MOST_LINES // 2:
                yield style.blue("...")
            continue
        line = source[row - 1]
        start = finding.start.column - 1 if row == first else len(line) - len(line.lstrip())
        end = finding.end.column - 1 if row == finding.end.row else len(line.rstrip())
        before, marked, after = _crop(line, start, max(end, start + 1), style.columns - gutter - len(" |  "))
        shown = before + marked + after
        yield f"{style.blue(f'{at(Position(row, 1)).row:>{gutter}} |')} {shown}".rstrip()
        if shown.strip():
            carets = " " * width(before) + style.red("^" * max(width(marked), 1))
            yield f"{margin} {carets}"


def _crop(line: str, start: int, end: int, most: int) -> tuple[str, str, str]:
    """What is shown before, in and after the marked part; of a line longer than `most` only what is around it."""
    if len(line) <= most:
        return _shown(line[:start]), _shown(line[start:end]), _shown(line[end:])
    most -= 2 * len("...")
    left = max(0, start - most // 4)
    right = min(len(line), left + most)
    end = min(end, right)
    before, after = _shown(line[left:start]), _shown(line[end:right])
    return (
        ("..." if left else "") + before,
        _shown(line[start:end]),
        after + ("..." if right < len(line) else ""),
    )


def _shown(text: str) -> str:
    return clean(text, TAB)
