"""The marks as bits: what each word leaves, and what a pattern needs."""

from __future__ import annotations

from functools import cache

from stabaudit.dialects import dialects
from stabaudit.ops import TABLE
from stabaudit.sieve.marks import clauses, telling, words

Need = tuple[int, ...]


@cache
def bit(mark: str) -> int:
    """The bit of a mark: of an operation, or of one above another."""
    ops = telling()
    if mark in ops:
        return 1 << ops.index(mark)
    above, below = mark.split(">")
    return above_all(bit(above), bit(below))


def above_all(own: int, operands: int) -> int:
    """The marks of each operation in `own` above each in `operands`."""
    count = len(telling())
    low = operands & ((1 << count) - 1)
    if not low:
        return 0
    pairs = 0
    for i in range(count):
        if own >> i & 1:
            pairs |= low << (count + i * count)
    return pairs


def applied(own: int, operands: int) -> int:
    """The marks of an operation that leaves `own`, on operands that left `operands`."""
    return own | operands | above_all(own, operands) if own and operands else own | operands


@cache
def every() -> int:
    """All marks there are."""
    count = len(telling())
    return (1 << (count + count * count)) - 1


@cache
def telling_bits() -> int:
    """Without one of these there is nothing to find."""
    return bit("exp") | bit("log")


@cache
def marks() -> dict[str, int]:
    """The marks that each word of the dialects leaves."""
    return {name: sum(bit(m) for m in found) for name, found in words().items()}


@cache
def needs() -> tuple[Need, ...]:
    """What an expression must have left before any pattern fits: of one of these, a bit of each part."""
    return tuple(tuple(sum(bit(m) for m in clause) for clause in pattern) for pattern in clauses())


@cache
def stable_words() -> frozenset[str]:
    """Words that are never at fault themselves, only in what is made of their results."""
    spelled = [pair for d in dialects() for table in (d.functions, d.methods) for pair in table.items()]
    unstable = {p.rpartition(".")[2] for p, s in spelled if not TABLE[s.op].stable or TABLE[s.op].elementary}
    return frozenset({p.rpartition(".")[2] for p, _ in spelled} - unstable)


@cache
def constants() -> dict[str, int]:
    """The marks of constants, which are exponentials of numbers, by the last part of their path."""
    return {p.rpartition(".")[2]: bit("exp") for d in dialects() for p, c in d.constants.items() if c == "e"}


def suffices(found: int) -> bool:
    """Whether some pattern could fit what left these marks."""
    return bool(found & telling_bits()) and any(all(found & clause for clause in need) for need in needs())
