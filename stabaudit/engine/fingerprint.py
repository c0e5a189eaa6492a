"""What a finding is known by when the lines around it move: its rule and its code, however that is laid out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from stabaudit.findings.finding import Finding
from stabaudit.source import lines
from stabaudit.source.digest import blake2b

_LAST_COMMA = re.compile(r",(?=[)\]}])")


def mark(text: str, finding: Finding) -> str:
    """The mark of a finding in `text`; two of the same code in one file share it."""
    return _mark(_rows(text, [finding]), finding)


def _rows(text: str, findings: Iterable[Finding]) -> list[str]:
    """The lines up to the last that holds a finding."""
    # To cut a long text into all of its lines is felt in a run in which no file has changed.
    return lines.bare(text, max((finding.end.row for finding in findings), default=0))


def code(text: str, finding: Finding) -> str:
    """The code of a finding in one line."""
    return " ".join(_code(_rows(text, [finding]), finding).split())


def mark_of(rule: str, code: str) -> str:
    """The mark of a finding of `rule` at some code."""
    # Formatters put a comma behind the last argument where each has a line of its own.
    bare = _LAST_COMMA.sub("", "".join(code.split()))
    return blake2b(f"{rule}\0{bare}".encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _mark(rows: Sequence[str], finding: Finding) -> str:
    return mark_of(finding.rule, _code(rows, finding))


def _code(rows: Sequence[str], finding: Finding) -> str:
    (first, start), (last, end) = finding.start, finding.end
    # The end first, as both may be in one row.
    parts = [*rows[first - 1 : last - 1], rows[last - 1][: end - 1]]
    parts[0] = parts[0][start - 1 :]
    return " ".join(parts)


def marks(text: str, findings: Sequence[Finding]) -> list[str]:
    """The mark of each of `findings`, with a number that tells equal ones apart."""
    seen = Counter[str]()
    found = []
    rows = _rows(text, findings)
    for finding in findings:
        one = _mark(rows, finding)
        seen[one] += 1
        found.append(f"{one}:{seen[one]}")
    return found


def fresh(text: str, findings: Sequence[Finding], known: Mapping[str, int]) -> tuple[list[Finding], int]:
    """The findings that are not `known`, each known one as often as it is, and how many known are gone."""
    left = Counter(known)
    new = []
    rows = _rows(text, findings)
    for finding in findings:
        one = _mark(rows, finding)
        if left[one] > 0:
            left[one] -= 1
        else:
            new.append(finding)
    return new, sum(number for number in left.values() if number > 0)
