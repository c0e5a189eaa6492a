"""Which lines of a text are not in an older one, in time that grows as the texts do.

Lines that both have once are matched first, in their longest common order; from there on equal neighbours match. What
is left matches wherever it stands and however it is indented: it was moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise


def new_rows(old: Sequence[str], new: Sequence[str]) -> frozenset[int]:
    """The rows of `new`, from 1 on, that have no counterpart in `old`."""
    kept: set[int] = set()
    anchors = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    for (a, b), (c, d) in pairwise(anchors):
        first = 1
        while a + first < c and b + first < d and old[a + first] == new[b + first]:
            kept.add(b + first)
            first += 1
        last = 1
        while c - last >= a + first and d - last >= b + first and old[c - last] == new[d - last]:
            kept.add(d - last)
            last += 1
        kept.add(d)
    left = Counter(line.strip() for line in old)
    left.subtract(new[row].strip() for row in kept if row < len(new))
    fresh = []
    for row, line in enumerate(new):
        if row in kept:
            continue
        bare = line.strip()
        left[bare] -= 1
        if left[bare] < 0:
            fresh.append(row + 1)
    return frozenset(fresh)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest chain of lines that stand once in both, in the order of both."""
    once_old, once_new = Counter(old), Counter(new)
    there = {line: at for at, line in enumerate(old) if once_old[line] == 1}
    pairs = [(there[line], at) for at, line in enumerate(new) if once_new[line] == 1 and line in there]
    # The longest increasing run of places in `old`.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (at, _) in enumerate(pairs):
        length = bisect_left(ends, at)
        ends[length : length + 1] = [at]
        last[length : length + 1] = [number]
        before.append(last[length - 1] if length else -1)
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
