"""The hash by which GitHub knows a line again: `primaryLocationLineHash`, as its own action computes it.

It is a rolling hash of the hundred characters from the start of the line on, spaces left out.
"""

from __future__ import annotations

from collections import Counter

BLOCK, BASE, MASK = 100, 37, (1 << 64) - 1
_GOES = BASE**BLOCK
# What stands for the end of the file.
_END = 65535


def hashes(text: str) -> list[str]:
    """The hash of each line of `text`, with how often it was met so far."""
    units, starts = _units(text)
    value = 0
    for unit in units[:BLOCK]:
        value = (value * BASE + unit) & MASK
    rolling = {0: value}
    wanted = set(starts)
    for at in range(1, starts[-1] + 1):
        value = (value * BASE + units[at + BLOCK - 1] - _GOES * units[at - 1]) & MASK
        if at in wanted:
            rolling[at] = value
    seen: Counter[int] = Counter()
    found = []
    for start in starts:
        one = rolling[start]
        seen[one] += 1
        found.append(f"{one:x}:{seen[one]}")
    return found


def _units(text: str) -> tuple[list[int], list[int]]:
    """The UTF-16 units that count, padded, and where each line starts among them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    data = text.encode("utf-16-le", "surrogatepass")
    units = list(memoryview(data).cast("H"))
    starts = [0, *(at + 1 for at, unit in enumerate(units) if unit == 10)]
    return [*units, _END, *[0] * BLOCK], starts
