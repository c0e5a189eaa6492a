"""What a finding is known by when the lines around it move: its rule and its code without the spaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from stabaudit.finding import Finding
from stabaudit.fix.apply import offsets


def mark(text: str, finding: Finding) -> str:
    """The mark of a finding in `text`; two of the same code in one file share it."""
    at = offsets(text)
    code = "".join(text[at(finding.start) : at(finding.end)].split())
    return blake2b(f"{finding.rule}\0{code}".encode(errors="surrogatepass"), digest_size=8).hexdigest()


def marks(text: str, findings: Iterable[Finding]) -> list[str]:
    """The mark of each of `findings`, with a number that tells twins apart."""
    seen = Counter[str]()
    found = []
    for finding in findings:
        one = mark(text, finding)
        seen[one] += 1
        found.append(f"{one}:{seen[one]}")
    return found


def fresh(text: str, findings: Sequence[Finding], known: Mapping[str, int]) -> tuple[list[Finding], int]:
    """The findings that are not `known`, each known one as often as it is, and how many known are gone."""
    left = Counter(known)
    new = []
    for finding in findings:
        one = mark(text, finding)
        if left[one] > 0:
            left[one] -= 1
        else:
            new.append(finding)
    return new, sum(number for number in left.values() if number > 0)
